import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBase64, packRows, toBase64, unpackRows } from './columns.ts'

const row = fc.record({
  id: fc.uuid(),
  county: fc.constantFrom('11', '12'),
  area: fc.constantFrom('11a1', '11a2', '12a1'),
  state: fc.constantFrom('dark', 'lit'),
  version: fc.integer({ min: 1, max: 9 }),
  at: fc.integer({ min: 0, max: 2_000_000 }),
  fields: fc.record(
    {
      name: fc.string(),
      candela: fc.integer(),
      guests: fc.array(fc.string(), { maxLength: 3 }),
      motto: fc.constant({ zh: '一', en: 'one' }),
      keeper: fc.uuid(),
      tower: fc.constantFrom('00000000-0000-4000-8000-00000000000a', 'ffffffff-ffff-4fff-bfff-ffffffffffff'),
    },
    { requiredKeys: [] },
  ),
  known: fc.option(fc.integer({ min: 0, max: 65_535 }), { nil: undefined }),
})

describe('rows by columns', () => {
  it('come back as they went, whatever is missing in them', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), (given) => {
        const rows = given.map(({ at, known, ...rest }) => {
          const changedAt = new Date(at * 1_000).toISOString()
          return { ...rest, createdAt: changedAt, changedAt, lastEvent: '', ...(known === undefined ? {} : { known }) }
        })
        const block = packRows('lamp', ['name', 'candela', 'guests', 'motto', 'keeper', 'tower'], rows)
        expect(unpackRows(JSON.parse(JSON.stringify(block)))).toEqual(rows)
      }),
    )
  })

  it('round the time of the last change up, so that what follows is never earlier', () => {
    const one = { id: '00000000-0000-4000-8000-000000000001', county: '1', area: '1', state: 's', version: 1, lastEvent: '', fields: {} }
    const at = '2020-02-14T01:02:03.004Z'
    expect(unpackRows(packRows('lamp', [], [{ ...one, createdAt: at, changedAt: at }]))[0]?.changedAt).toBe('2020-02-14T01:02:04.000Z')
  })

  it('speak the base64 that everybody speaks', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        const text = toBase64(bytes)
        expect(text).toBe(Buffer.from(bytes).toString('base64'))
        expect([...fromBase64(text)]).toEqual([...bytes])
      }),
    )
    expect(() => fromBase64('ü')).toThrow(RangeError)
  })
})
