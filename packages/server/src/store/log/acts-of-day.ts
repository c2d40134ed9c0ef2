import type { Runner } from './rows.ts'

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
