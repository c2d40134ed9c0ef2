import { createHmac } from 'node:crypto'
import { idCheckCharacter, readParameters } from '@guatu/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkVehicle, type GateBook, isObserved } from '../pass/check.ts'
import { numberOf, shortNumberOf } from '../pass/number.ts'
import { packBoth, packNumbers } from '../pass/packed.ts'
import { crossingOf, isSlip, NOTHING_ASKED } from './asked.ts'
import { readShown, tokenOf } from './shown.ts'

const ID = `51990019900101001${idCheckCharacter('51990019900101001')}`

const SLIP = `${ID.slice(0, -1)}${ID.endsWith('X') ? '1' : 'X'}`

describe('what is measured at a gate', () => {
  const rules = readParameters(new Map(), '2020-02-14')
  it.each([
    ['36.5', 36.5, false],
    ['36', 36, false],
    ['3', undefined, false],
    ['36.', undefined, false],
    ['375', undefined, true],
    ['20', undefined, true],
    ['46.1', undefined, true],
    ['36.55', undefined, true],
  ])('%s', (temperature, degrees, slip) => {
    expect(crossingOf('estate', 'out', { ...NOTHING_ASKED, temperature }, undefined, rules, []).temperature).toBe(degrees)
    expect(isSlip(temperature)).toBe(slip)
  })
})

describe('what is shown at a gate', () => {
  it.each([
    [ID, { kind: 'document', document: ID, type: 'nationalId' }],
    [` ${ID.slice(0, 6)} ${ID.slice(6).toLowerCase()} `, { kind: 'document', document: ID, type: 'nationalId' }],
    ['e12345678', { kind: 'document', document: 'E12345678', type: 'passport' }],
    ['E-1234·5678', { kind: 'document', document: 'E12345678', type: 'passport' }],
    [`${ID.slice(0, 6)}-${ID.slice(6, 14)}-${ID.slice(14)}`, { kind: 'document', document: ID, type: 'nationalId' }],
    ['h12345-678.01', { kind: 'document', document: 'H1234567801' }],
    ['川y-00000', { kind: 'plate', plate: '川Y00000' }],
    ['川y·00000', { kind: 'plate', plate: '川Y00000' }],
    ['川YD00000', { kind: 'plate', plate: '川YD00000' }],
    ['7k3m q0zd', { kind: 'number', number: '7K3M-Q0ZD', document: '7K3MQ0ZD' }],
    ['12345678', { kind: 'number', number: '1234-5678', document: '12345678' }],
    ['证件：12345678', { kind: 'document', document: '12345678' }],
    ['pass 1234 5678', { kind: 'number', number: '1234-5678' }],
    ['ab123456u', { kind: 'document', document: 'AB123456U' }],
    ['123456789', { kind: 'document', document: '123456789' }],
    ['A123456（7）', { kind: 'document', document: 'A123456(7)' }],
    ['H1234567801', { kind: 'document', document: 'H1234567801' }],
    ['CHN123456789012', { kind: 'document', document: 'CHN123456789012' }],
    ['36.5', undefined],
    ['519900199001010', { kind: 'document', document: '519900199001010', doubtful: true }],
    ['证件 8112 3456 7890 1234', { kind: 'document', document: '8112345678901234', doubtful: true }],
    ['hello', undefined],
    [SLIP, { kind: 'document', document: SLIP, doubtful: true }],
    ['', undefined],
  ])('%s', (written, read) => {
    expect(readShown(written)).toEqual(read)
  })

  it('takes the number of a pass for one, whatever else it may be', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        const number = numberOf(id)
        expect(readShown(number)).toMatchObject({ kind: 'number', number })
        expect(readShown(number.replaceAll('-', '').toLowerCase())).toMatchObject({ kind: 'number', number })
      }),
    )
  })

  it('is recognised without a network by tokens that mean nothing without the key', async () => {
    const hashBy = (key: string) => async (text: string) => createHmac('sha256', key).update(text).digest()
    const mine = hashBy('a')
    const [pass, order] = [numberOf('00000000-0000-4000-8000-000000000001'), shortNumberOf('11111111-0000-4000-8000-000000000001')]
    const term = { from: '2020-02-10T00:00:00.000Z', to: '2020-02-20T00:00:00.000Z' }
    const book: GateBook = {
      asOf: '2020-02-14T00:00:00.000Z',
      zone: 'Asia/Shanghai',
      keys: [],
      orders: [{ number: order, path: '1/', start: term.from, end: term.to }],
      stopped: packNumbers([]),
      isolated: packNumbers([]),
      observed: packNumbers([await tokenOf(mine, 'document', ID)]),
      vehicles: [{ token: await tokenOf(mine, 'plate', '川Y00000'), pass, order, ...term }],
    }
    expect(isObserved(book, await tokenOf(mine, 'document', ID))).toBe(true)
    expect(isObserved(book, await tokenOf(mine, 'plate', ID))).toBe(false)
    expect(isObserved(book, await tokenOf(hashBy('b'), 'document', ID))).toBe(false)
    const at = { now: '2020-02-14T02:00:00.000Z', direction: 'out' } as const
    const plate = await tokenOf(mine, 'plate', '川Y00000')
    expect(checkVehicle(book, plate, at)).toMatchObject({ number: pass, verdict: { code: 'valid' } })
    expect(checkVehicle({ ...book, full: { stopped: packBoth([pass]).full, isolated: '', elsewhere: '' } }, plate, at)?.verdict.code).toBe(
      'revoked',
    )
    expect(checkVehicle(book, plate, { ...at, now: term.to })?.verdict.code).toBe('expired')
    expect(checkVehicle(book, await tokenOf(mine, 'plate', '川Y11111'), at)).toBeUndefined()
  })
})
