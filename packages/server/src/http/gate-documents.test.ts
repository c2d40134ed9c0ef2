import { passes } from '@guatu/domains'
import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { doTimedDuties } from '../jobs/timed.ts'
import { TERM, villageClosed } from './testing/closed-village.ts'

onServer('a number at a gate', ({ engine }) => {
  async function city(besides?: Parameters<typeof villageClosed>[1]) {
    const at = await villageClosed(engine, besides)
    const look = async (shown: string) => {
      const answer = await at.ask('gate', 'POST', '/api/gate/look', { shown, direction: 'out' })
      return answer.json<{
        by?: string
        person?: { id: string }
        observed?: object
        verdict?: passes.Verdict
        pass?: { id: string }
        code?: string
      }>()
    }
    const observed = async (documentType: string, documentNumber: string) => {
      const person = crypto.randomUUID()
      expect(await at.act('grid', 'person', person, 'register', { name: '测试甲', documentType, documentNumber })).toBe('done')
      const entered = { person, kind: 'home', entry: 'list', class: 'listed' }
      expect(await at.act('grid', 'watch', crypto.randomUUID(), 'enter', entered)).toBe('done')
      return person
    }
    return { ...at, look, observed }
  }

  it('finds whoever is registered under it, of whatever document it is', async () => {
    const at = await city()
    for (const [type, number] of [
      ['permit', '12345678'],
      ['permit', 'H12345678'],
      ['permit', 'H1234567801'],
      ['passport', 'AB123456'],
      ['passport', '123456789'],
      ['passport', 'C01X00T47'],
      ['passport', 'E00000001'],
      ['permit', 'A123456(7)'],
      ['other', 'CHN123456789012'],
      ['permit', '811234567890123'],
      ['other', '8112345678901234'],
      ['other', '811234567890123456'],
      ['passport', 'E-91000777'],
      ['permit', 'H12.345-678-09'],
      ['nationalId', '519900-19900101-0015'],
    ] as const) {
      const id = await at.observed(type, number)
      const bare = number.replace(/[.-]/g, '')
      for (const shown of [number, bare, `${bare.slice(0, 3)}-${bare.slice(3, -2)}·${bare.slice(-2)}`])
        expect([shown, await at.look(`证件 ${shown}`)]).toMatchObject([shown, { person: { id }, observed: {} }])
      expect([number, await at.look(number)]).toMatchObject([number, { person: { id }, observed: {} }])
    }
    for (const slip of ['87654321', 'HELLO123']) expect([slip, (await at.look(slip)).code]).toEqual([slip, 'number-of-neither'])
    for (const slip of ['519900199001010010', '5199001990010100', 'hello', '36'])
      expect([slip, (await at.look(slip)).code]).toEqual([slip, 'invalid'])
    expect(at.errors).toEqual([])
  })

  it('is registered as that of a document only where a gate would look for one', async () => {
    const at = await city()
    for (const documentNumber of ['1234', 'A123', ' 12 34', 'HELLO']) {
      const input = { name: '测试甲', documentType: 'other', documentNumber }
      const answer = await at.ask('grid', 'POST', `/api/person/${crypto.randomUUID()}/register`, {
        event: crypto.randomUUID(),
        area: at.village,
        input,
      })
      expect([answer.statusCode, answer.json()]).toMatchObject([422, { code: 'document-number-short', path: 'input.documentNumber' }])
      expect((await at.look(documentNumber)).code).toBe('invalid')
    }
    expect((await at.look('P1234')).code).toBeUndefined()
    const id = await at.observed('other', 'P1234')
    expect(await at.look('P1234')).toMatchObject({ person: { id } })
  })

  it('or a plate is asked after the pass that serves now, where the next one was issued ahead', async () => {
    const at = await city(() => ({ trades: ['医疗'] }))
    const [worker, plate] = ['E91000888', '川Y12345']
    const person = crypto.randomUUID()
    const named = { documentType: 'passport', name: '测试乙' }
    expect(await at.act('grid', 'person', person, 'register', { ...named, documentNumber: worker })).toBe('done')
    const home = { ...named, documentNumber: 'E91000777', household: at.household }
    expect(await at.act('grid', 'person', crypto.randomUUID(), 'register', home)).toBe('done')
    const kinds = [
      { kind: 'worker', person, trade: '医疗' },
      { kind: 'vehicle', plate },
      { kind: 'household', household: at.household },
    ]
    const issued = async (term: object, which: readonly object[]) => {
      const input = { closure: at.closure, ...term }
      for (const kind of which) expect(await at.act('grid', 'pass', crypto.randomUUID(), 'issue', { ...input, ...kind })).toBe('done')
    }
    const seen = () => Promise.all([worker, plate, home.documentNumber].map(async (shown) => (await at.look(shown)).verdict?.code))
    await issued(TERM, kinds.slice(0, 2))
    await issued({ validFrom: '2020-02-20T02:00:00.000Z', validTo: '2020-02-24T02:00:00.000Z' }, kinds)
    expect(await seen()).toEqual(['valid', 'valid', 'valid'])
    at.clock.set('2020-02-20T03:00:00Z')
    expect(await seen()).toEqual(['valid', 'valid', 'valid'])
    // Over, they let nobody out; whoever comes home is let in by pass and by document, a vehicle not.
    at.clock.set('2020-02-24T03:00:00Z')
    await doTimedDuties(at.store)
    const back = [worker, home.documentNumber, plate].map(async (shown) => {
      const answer = await at.ask('gate', 'POST', '/api/gate/look', { shown, direction: 'in' })
      return answer.json<{ verdict?: passes.Verdict }>().verdict?.code
    })
    expect(await Promise.all(back)).toEqual(['valid', 'valid', 'expired'])
    expect(await seen()).toEqual([undefined, 'expired', undefined])
    expect(await at.verdict('gate', { code: at.code.code, direction: 'in' })).toBe('valid')
    expect(await at.verdict('gate', { code: at.code.code, direction: 'out' })).toBe('expired')
    expect(at.errors).toEqual([])
  })

  it('that stands on a pass and on a document is taken for neither until somebody says which', async () => {
    const at = await city()
    const pass = '018f3c5a-7b10-7000-8000-000000000001'
    const household = crypto.randomUUID()
    expect(await at.act('grid', 'household', household, 'register', { door: '201', kind: 'family' })).toBe('done')
    const issued = { closure: at.closure, kind: 'household', household, ...TERM }
    expect(await at.act('grid', 'pass', pass, 'issue', issued)).toBe('done')
    const short = passes.shortNumberOf(pass).replaceAll('-', '')
    const found = { by: 'pass', pass: { id: pass }, verdict: { code: 'valid' } }
    expect(await at.look(short)).toMatchObject(found)
    expect(await at.look(passes.numberOf(pass).replaceAll('-', ''))).toMatchObject(found)
    const id = await at.observed('passport', short)
    expect((await at.look(short)).code).toBe('number-of-both')
    expect(await at.look(`证件${short}`)).toMatchObject({ person: { id }, observed: {} })
    expect(await at.look(`Document ${short}`)).toMatchObject({ person: { id }, observed: {} })
    expect(await at.look(`通行证 ${short}`)).toMatchObject(found)
    expect(await at.look(passes.numberOf(pass))).toMatchObject(found)
    expect(at.errors).toEqual([])
  })

  it('goes by the pass of its household, not by that for work of somebody else who lives there', async () => {
    const at = await city(() => ({ trades: ['医疗'] }))
    const [member, worker] = [crypto.randomUUID(), crypto.randomUUID()]
    const lives = { name: '测试乙', household: at.household }
    const shown = { ...lives, documentType: 'passport', documentNumber: 'E00000009' }
    expect(await at.act('grid', 'person', member, 'register', shown)).toBe('done')
    expect(await at.act('grid', 'person', worker, 'register', { ...lives, documentType: 'none' })).toBe('done')
    const work = { closure: at.closure, kind: 'worker', person: worker, household: at.household, trade: '医疗' }
    const longer = { validFrom: '2020-02-14T03:00:00.000Z', validTo: '2020-02-21T02:00:00.000Z' }
    expect(await at.act('grid', 'pass', crypto.randomUUID(), 'issue', { ...work, ...longer })).toBe('done')
    expect((await at.look('E00000009')).verdict?.code).toBe('valid')
    const out = { gate: 'estate', direction: 'out', temperature: 36.5, mask: true, checked: 'valid', decision: 'pass' }
    const line = { ...out, passNumber: at.code.number }
    at.clock.set('2020-02-14T03:01:00Z')
    expect(await at.act('gate', 'crossing', crypto.randomUUID(), 'record', line)).toBe('done')
    expect((await at.look('E00000009')).verdict?.code).toBe('spent')
  })
})
