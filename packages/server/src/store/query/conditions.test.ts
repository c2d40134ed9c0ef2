import { buildRegistry, type Expression, erase, holds, type Scope, within } from '@guatu/kernel'
import { cast, lamp, lighthouse, VILLAGES } from '@guatu/testing'
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { onBothEngines } from '../../../../../testing/src/databases/index.ts'
import { places } from '../../../../../testing/src/places/places.ts'
import { migrated, tablesOf } from '../../../../../testing/src/stores/tables.ts'
import { Seals } from '../identity/seals.ts'
import { sealedStates, sqlOf, statesPiece } from '../log/state-rows.ts'
import { writePieces } from '../log/statements.ts'
import { tableOf } from '../schema/model.ts'
import { expressionCondition, scopeCondition } from './conditions.ts'

const registry = buildRegistry([lighthouse])
const tables = migrated(tablesOf(registry))
const def = erase(lamp)

const row = fc.record(
  {
    colour: fc.constantFrom('white', 'red', 'green'),
    candela: fc.nat({ max: 20 }),
    height: fc.nat({ max: 2000 }).map((n) => (n / 100).toFixed(2)),
    builtOn: fc.constantFrom('2019-12-31', '2020-02-01', '2020-02-29'),
    automatic: fc.boolean(),
    keeper: fc.constantFrom('harbour', 'hq-11'),
    guests: fc.array(fc.constantFrom('harbour', 'hq-11', 'other'), { maxLength: 3 }),
    name: fc.constantFrom('北岸', '南岸', "o'clock", '100%'),
    phone: fc.constant('13800000000'),
  },
  { requiredKeys: [] },
)
const leaf: fc.Arbitrary<Expression> = fc.oneof(
  fc.record({ op: fc.constant('is' as const), field: fc.constant('colour'), value: fc.constantFrom('red', 'white') }),
  fc.record({ op: fc.constant('is' as const), field: fc.constant('name'), value: fc.constantFrom('北岸', "o'clock", '100%') }),
  fc.record({ op: fc.constant('in' as const), field: fc.constant('state'), values: fc.subarray(['dark', 'lit', 'retired']) }),
  fc.record({ op: fc.constant('in' as const), field: fc.constant('candela'), values: fc.array(fc.nat({ max: 20 }), { maxLength: 12 }) }),
  fc.record({
    op: fc.constant('in' as const),
    field: fc.constant('builtOn'),
    values: fc.array(fc.constantFrom('2019-12-31', '2020-02-01', '2020-03-01'), { maxLength: 12 }),
  }),
  fc.record({ op: fc.constant('is' as const), field: fc.constant('automatic'), value: fc.boolean() }),
  fc.record({ op: fc.constant('given' as const), field: fc.constantFrom('height', 'keeper', 'builtOn', 'phone') }),
  fc.record({
    op: fc.constant('between' as const),
    field: fc.constantFrom('candela', 'height'),
    low: fc.nat({ max: 20 }),
    high: fc.nat({ max: 20 }),
  }),
  fc.record({ op: fc.constant('between' as const), field: fc.constant('builtOn'), low: fc.constantFrom('2020-01-01', '2020-02-29') }),
)
const expression: fc.Arbitrary<Expression> = fc.letrec<{ any: Expression }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.record({ op: fc.constant('not' as const), of: tie('any') }),
    fc.record({ op: fc.constantFrom('every' as const, 'some' as const), of: fc.array(tie('any'), { maxLength: 3 }) }),
  ),
})).any

onBothEngines('conditions as SQL', (engine) => {
  it('select exactly the rows that the reference evaluators select', { timeout: 120_000 }, async () => {
    const db = await engine.open<unknown>({}, tables)
    const rows = fc
      .sample(fc.tuple(row, fc.constantFrom(...VILLAGES), fc.constantFrom('dark', 'lit', 'retired')), { numRuns: 150, seed: 5119 })
      .map(([fields, area, state], i) => ({
        path: places.path(area) ?? '',
        state: {
          id: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
          county: places.county(area) ?? '',
          area,
          state,
          version: 1,
          createdAt: '2020-02-14T00:00:00.000Z',
          changedAt: '2020-02-14T00:00:00.000Z',
          lastEvent: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
          fields: { number: `DT-${String(i).padStart(6, '0')}`, ...fields } as Record<string, unknown>,
        },
      }))
    const seals = await Seals.forRecords(db, registry, [])
    await writePieces(db, [statesPiece(sqlOf(def), sealedStates(sqlOf(def), rows, seals))])
    const select = async (condition: ReturnType<typeof expressionCondition>) => {
      const found = await sql<{ id: string }>`select id from ${sql.table(tableOf('lamp'))} where ${condition}`.execute(db.kysely)
      return found.rows.map((one) => one.id).sort()
    }
    await fc.assert(
      fc.asyncProperty(expression, async (one) => {
        const expected = rows.filter(({ state }) => holds(one, { ...state.fields, state: state.state })).map(({ state }) => state.id)
        expect(await select(expressionCondition(def, one))).toEqual(expected)
      }),
      { numRuns: 150, seed: 11 },
    )
    const scope: fc.Arbitrary<Scope> = fc.record({
      all: fc.constant(false),
      paths: fc.subarray(['1/', '1/11/', '1/11/11a/', '1/12/12a/12a1/', '1/1']),
      above: fc.subarray(['1/', '1/11/', '1/11/11a/']),
      units: fc.subarray(['harbour', 'hq-11', 'nobody']),
    })
    await fc.assert(
      fc.asyncProperty(scope, async (one) => {
        const unitsOf = (fields: Record<string, unknown>) =>
          [fields.keeper, ...((fields.guests as unknown[] | undefined) ?? [])].filter((u) => u !== undefined).map(String)
        const expected = rows.filter(({ state, path }) => within(one, { path, units: unitsOf(state.fields) })).map(({ state }) => state.id)
        expect(await select(scopeCondition(def, one))).toEqual(expected)
      }),
      { numRuns: 60, seed: 12 },
    )
    expect(cast.nobody.grants).toHaveLength(0)
  })
})
