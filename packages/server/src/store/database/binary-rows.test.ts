import fc from 'fast-check'
import { expect, test } from 'vitest'
import { onBothEngines } from '../../../../../testing/src/databases/index.ts'
import { binaryRows } from './binary-rows.ts'

const COLUMNS = {
  flag: 'boolean',
  small: 'integer',
  large: 'bigint',
  word: 'text',
  words: 'text[]',
  day: 'date',
  moment: 'timestamptz',
  exact: 'numeric',
  id: 'uuid',
  tree: 'jsonb',
}
/** The same rows read from JSON by the database itself: the slow, obvious way. */
const shape = Object.entries(COLUMNS)
  .map(([name, type]) => `${name} ${type}`)
  .join(', ')

const moment = fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true })
const word = fc.string({ unit: 'grapheme', maxLength: 90 }).filter((text) => !text.includes('\0') && text.isWellFormed())
const decimal = fc.tuple(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), fc.integer({ min: 0, max: 12 })).map(([digits, places]) => {
  const text = String(digits < 0n ? -digits : digits).padStart(places + 1, '0')
  const sign = digits < 0n ? '-' : ''
  return places === 0 ? sign + text : `${sign}${text.slice(0, -places)}.${text.slice(-places)}`
})
const row = fc.record(
  {
    flag: fc.boolean(),
    small: fc.integer(),
    large: fc.maxSafeInteger(),
    word,
    words: fc.array(fc.option(word), { maxLength: 3 }),
    day: moment.map((date) => date.toISOString().slice(0, 10)),
    moment: moment.map((date) => date.toISOString()),
    exact: fc.oneof(decimal, fc.constantFrom(0, -0.5, 1e21, 1.5e-7, 12345678.9)),
    id: fc.uuid(),
    tree: fc.dictionary(word, fc.oneof(word, fc.integer(), fc.constant(null), fc.array(word, { maxLength: 2 })), { maxKeys: 3 }),
  },
  { requiredKeys: [] },
)

onBothEngines('rows in binary', (engine) => {
  const shared = engine.shared(async (database) => {
    // A dropped column stays in the row type; what lies behind it must not move.
    await database.query(
      `create table thing (flag boolean, gone text, small integer, large bigint, word text, words text[], day date, moment timestamptz, exact numeric, id uuid, tree jsonb);
       alter table thing drop column gone`,
    )
  })

  test('are the rows that JSON would have been', async () => {
    const database = shared()
    const type = await database.rowTypes.of(database, 'thing')
    expect(type.columns.map(([name]) => name)).toEqual(Object.keys(COLUMNS))
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 20 }), async (rows) => {
        const names = Object.keys(COLUMNS).join(', ')
        const text = (source: string) => `select t::text as row from (select ${names} from ${source}) as t`
        expect(await database.query(text('unnest($1::thing[]) as n'), [binaryRows(type, rows)])).toEqual(
          await database.query(text(`json_to_recordset($1::json) as n(${shape})`), [JSON.stringify(rows)]),
        )
      }),
      { numRuns: 60 },
    )
  })

  test('are refused where a value is not of its column', async () => {
    const database = shared()
    const type = await database.rowTypes.of(database, 'thing')
    const wrong = [{ id: '12' }, { id: 'x'.repeat(32) }, { day: 'some day' }, { small: 1.5 }, { exact: 'much' }, { word: '\ud800' }]
    for (const one of wrong) expect(() => binaryRows(type, [one]), JSON.stringify(one)).toThrow()
  })

  test('follow the table when a migration changes it, and name one that is not there', async () => {
    const database = await engine.open()
    await database.query('create table first (a text)')
    const read = async () => (await database.rowTypes.of(database, 'first')).columns.map(([name]) => name)
    expect(await read()).toEqual(['a'])
    await database.query('alter table first add column b text')
    database.rowTypes.forget()
    expect(await read()).toEqual(['a', 'b'])
    await expect(database.rowTypes.of(database, 'second')).rejects.toThrow('second')
  })
})
