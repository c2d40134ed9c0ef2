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
  /** City day that it is about: of a correction, that of what it corrects. */
  readonly day: string
}

/**
 * Acts on records of some kinds that are about a day before `before` and were recorded after a moment: how many, and the first `limit`
 * of each day in the order in which they came in. Consequences are not counted beside their causes.
 */
export async function actsAbout(
  run: Runner,
  counties: readonly string[],
  records: readonly string[],
  before: string,
  after: string,
  limit: number,
): Promise<{ readonly acts: number; readonly rows: readonly LateRow[] }> {
  const rows = await run.query<{
    id: string
    record: string
    area: string
    about: string
    happened_at: Date | string
    recorded_at: Date | string
    acts: number
  }>(
    `with late as (
       select e.id, e.record, e.area, e.happened_at, e.recorded_at, coalesce(original.day, e.day) as about
         from events e left join events original on original.id = e.corrects and original.county = e.county
        where e.county = any($1::text[]) and e.record = any($2::text[]) and e.recorded_at > $4 and e.cause is null
     ), counted as (
       select *, count(*) over () as acts, row_number() over (partition by about order by recorded_at, id) as nth from late where about < $3
     )
     select id, record, area, about::text as about, happened_at, recorded_at, acts::integer as acts
       from counted where nth <= ${limit} order by about, recorded_at, id`,
    [counties, records, before, after],
  )
  const iso = (moment: Date | string) => new Date(moment).toISOString()
  return {
    acts: rows[0]?.acts ?? 0,
    rows: rows.map((row) => ({
      id: row.id,
      record: row.record,
      area: row.area,
      happenedAt: iso(row.happened_at),
      recordedAt: iso(row.recorded_at),
      day: row.about,
    })),
  }
}
