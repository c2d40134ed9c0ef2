import type { DomainEvent } from '@guatu/kernel'
import { openInput, subjectOf } from '../identity/codec.ts'
import type { Keeper } from '../identity/keeper.ts'
import type { Lane } from './lane.ts'
import type { Runner } from './statements.ts'

/** An event as it was stored, with its place in the chain. */
export interface LogLine {
  /** As it was chained: identity stays sealed. */
  readonly stored: DomainEvent
  readonly seq: number
  readonly hash: string
  /** Share of the county's records that it belongs to, see {@link countyPages}. */
  readonly share: number
  /** The record's key, sealed, where the input has a sealed part. */
  readonly wrapped: string | null
}

/** Events read at a time: some megabytes of text. */
const PAGE = 4_000

/** A line as it travels, in the order of {@link asText}. */
type Cells = readonly [
  seq: string,
  share: string,
  id: string,
  record: string,
  recordId: string,
  action: string,
  area: string,
  happenedAt: string,
  recordedAt: string,
  day: string,
  actor: string,
  unit: string,
  authority: string,
  corrects: string,
  cause: string,
  hash: string,
  wrapped: string,
  input: string,
]
const isWhole = (cells: readonly string[]): cells is Cells => cells.length === 18

/** Only somebody who wrote into the table past the program makes a code with a tab in it: its line says nothing, and the chain breaks there. */
const unreadable = (seq: string | undefined): Cells => {
  const epoch = '1970-01-01 00:00:00+00'
  return [seq ?? '0', '0', '', '', '', '', '', epoch, epoch, epoch.slice(0, 10), '', '', '', '', '', '', '', '{}']
}

const WRAPPED = `case when jsonb_exists(input, '@sealed') then
  (select k.wrapped from identity_keys k where k.id = e.record_id and k.county = e.county) end`

/** JSON escapes what parts lines and cells; ids, codes and times have no such sign. */
const orNothing = (cell: string) => `coalesce((${cell})::text, '')`

/**
 * A page of the log travels as one text of lines and cells: rows of so many columns cost the driver twice as much, and JSON of everything
 * costs the database twice as much.
 */
const asText = (share: string, rows: string) =>
  `select string_agg(concat_ws(E'\t', seq, ${share}, id, record, record_id, action, area, happened_at, recorded_at, day, actor,
     ${orNothing('to_json(unit)')}, ${orNothing('to_json(authority)')}, ${orNothing('corrects')}, ${orNothing('cause')}, hash,
     ${orNothing(WRAPPED)}, input), E'\n') as page from (${rows}) e`

/** PostgreSQL writes `2020-02-14 02:00:00.12+00`; events say `2020-02-14T02:00:00.120Z`. */
function stamp(text: string): string {
  const tail = text.length - 3
  if (tail < 19 || tail > 23 || !text.endsWith('+00')) return new Date(text).toISOString()
  const fraction = tail === 19 ? '.000' : text.slice(19, tail).padEnd(4, '0')
  return `${text.slice(0, 10)}T${text.slice(11, 19)}${fraction}Z`
}

const orNull = (cell: string): string | null => (cell === '' ? null : cell)
const textOf = (cell: string): string | null => (cell === '' ? null : (JSON.parse(cell) as string))

function lineOf(county: string, text: string): LogLine {
  const found = text.split('\t')
  const cells = isWhole(found) ? found : unreadable(found[0])
  const happenedAt = stamp(cells[7])
  return {
    stored: {
      id: cells[2],
      county,
      record: cells[3],
      recordId: cells[4],
      action: cells[5],
      area: cells[6],
      happenedAt,
      recordedAt: cells[8] === cells[7] ? happenedAt : stamp(cells[8]),
      day: cells[9],
      actor: cells[10],
      unit: textOf(cells[11]),
      authority: textOf(cells[12]),
      corrects: orNull(cells[13]),
      cause: orNull(cells[14]),
      input: JSON.parse(cells[17]) as Record<string, unknown>,
    },
    seq: Number(cells[0]),
    hash: cells[15],
    share: Number(cells[1]),
    wrapped: orNull(cells[16]),
  }
}

const linesOf = (county: string, rows: readonly { page: string | null }[]): LogLine[] =>
  rows[0]?.page?.split('\n').map((text) => lineOf(county, text)) ?? []

/** The event of a line, its identity in clear. */
export function eventOf({ vault }: Pick<Keeper, 'vault'>, { stored, wrapped }: LogLine): DomainEvent {
  const input = openInput(vault, stored.input, subjectOf(stored.record, stored.recordId), wrapped)
  return input === stored.input ? stored : { ...stored, input }
}

/** Which records of a county are meant: all of them where `of` is 1. The same record is always in the same share. */
export interface Share {
  readonly of: number
  /** Only this one is read; every line, with its share named, when left out. */
  readonly only?: number
}

/**
 * The log of a county in its own order, page by page; the next page is fetched while one is worked on. A page is a stretch of numbers, not
 * "the next so many": without fresh statistics the database sorts all that follows for each of those, which is quadratic in the county.
 */
export async function* countyPages(run: Keeper, lane: Lane, county: string, share: Share): AsyncGenerator<readonly LogLine[]> {
  const shareOf = share.of === 1 ? '0' : `(uuid_hash(record_id) & 2147483647) % ${share.of}`
  const wanted = share.only === undefined ? '' : ` and ${shareOf} = ${share.only}`
  const fetch = (after: number) =>
    lane.run(() =>
      run.query<{ page: string | null }>(
        asText(shareOf, `select * from events where county = $1 and seq > $2 and seq <= $2 + ${PAGE}${wanted} order by seq`),
        [county, after],
      ),
    )
  const last = await lane.run(() => endOf(run, county))
  if (last === 0) return
  let next = fetch(0)
  for (let after = 0; after < last; ) {
    const page = linesOf(county, await next)
    // Numbers follow one another; whoever tampered may have left a gap of any width, which is stepped over.
    after = page.length === 0 ? await lane.run(() => beforeNext(run, county, after + PAGE)) : after + PAGE
    if (after < last) {
      next = fetch(after)
      // Asked for before it is wanted, a page that fails is reported when its turn comes.
      next.catch(() => undefined)
    }
    if (page.length > 0) yield page
  }
}

/** The lines of a county from one number to another. */
export const linesBetween = async (run: Runner, county: string, from: number, to: number): Promise<readonly LogLine[]> =>
  linesOf(
    county,
    await run.query<{ page: string | null }>(
      asText('0', 'select * from events where county = $1 and seq >= $2 and seq <= $3 order by seq'),
      [county, from, to],
    ),
  )

/** The highest number in the log of a county, 0 where there is none. */
async function endOf(run: Runner, county: string): Promise<number> {
  const [row] = await run.query<{ last: number | null }>('select max(seq) as last from events where county = $1', [county])
  return row?.last ?? 0
}

/** The number before the first one above `after`, or the highest where there is none. */
async function beforeNext(run: Runner, county: string, after: number): Promise<number> {
  const [row] = await run.query<{ first: number | null }>('select min(seq) as first from events where county = $1 and seq > $2', [
    county,
    after,
  ])
  return row?.first == null ? Number.MAX_SAFE_INTEGER : row.first - 1
}

/** Whole histories of some records of a county, each in the order of the log. */
export async function historiesOf(
  run: Keeper,
  lane: Lane,
  county: string,
  record: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, DomainEvent[]>> {
  const rows = await lane.run(() =>
    run.query<{ page: string | null }>(
      asText('0', 'select * from events where county = $1 and record = $2 and record_id = any($3::uuid[]) order by seq'),
      [county, record, ids],
    ),
  )
  const histories = new Map<string, DomainEvent[]>()
  for (const line of linesOf(county, rows)) {
    const event = eventOf(run, line)
    const history = histories.get(event.recordId)
    if (history) history.push(event)
    else histories.set(event.recordId, [event])
  }
  return histories
}
