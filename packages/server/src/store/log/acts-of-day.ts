import type { Runner } from './statements.ts'

/** How many acts of a city day came into these books after a moment: what a report frozen at that moment could not know. */
export async function actsRecordedLater(run: Runner, counties: readonly string[], day: string, after: string): Promise<number> {
  const [row] = await run.query<{ n: number }>(
    'select count(*)::integer as n from events where county = any($1::text[]) and day = $2 and recorded_at > $3',
    [counties, day, after],
  )
  return row?.n ?? 0
}

/** The acts on records of some kinds on a day, whose place lies in these areas: at most `limit`, oldest first. */
export async function actsOfDay(
  run: Runner,
  counties: readonly string[],
  records: readonly string[],
  areas: readonly string[],
  day: string,
  limit: number,
): Promise<readonly string[]> {
  const rows = await run.query<{ id: string }>(
    `select id from events where county = any($1::text[]) and record = any($2::text[]) and area = any($3::text[]) and day = $4
      order by happened_at, id limit ${limit}`,
    [counties, records, areas, day],
  )
  return rows.map(({ id }) => id)
}

/** An act that came in after its day was over. */
export interface LateRow {
  readonly id: string
  readonly record: string
  readonly area: string
  readonly happenedAt: string
  readonly recordedAt: string
}

/**
 * Acts on records of some kinds that happened before a day and were recorded after a moment: how many, and the first `limit` of them
 * in the order in which they came in. Consequences are not counted beside their causes.
 */
export async function actsAbout(
  run: Runner,
  counties: readonly string[],
  records: readonly string[],
  before: string,
  after: string,
  limit: number,
): Promise<{ readonly acts: number; readonly rows: readonly LateRow[] }> {
  const where = 'county = any($1::text[]) and record = any($2::text[]) and day < $3 and recorded_at > $4 and cause is null'
  const asked = [counties, records, before, after]
  const [count] = await run.query<{ n: number }>(`select count(*)::integer as n from events where ${where}`, asked)
  const rows = await run.query<{ id: string; record: string; area: string; happened_at: Date | string; recorded_at: Date | string }>(
    `select id, record, area, happened_at, recorded_at from events where ${where} order by recorded_at, id limit ${limit}`,
    asked,
  )
  const iso = (moment: Date | string) => new Date(moment).toISOString()
  return {
    acts: count?.n ?? 0,
    rows: rows.map((row) => ({
      id: row.id,
      record: row.record,
      area: row.area,
      happenedAt: iso(row.happened_at),
      recordedAt: iso(row.recorded_at),
    })),
  }
}
