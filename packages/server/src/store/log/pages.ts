import type { DomainEvent } from '@guatu/kernel'
import { openInput, subjectOf } from '../identity/codec.ts'
import type { Keeper } from '../identity/keeper.ts'
import type { Lane } from './lane.ts'

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

type Cells = readonly [
  seq: number,
  id: string,
  record: string,
  recordId: string,
  action: string,
  area: string,
  happenedAt: string,
  recordedAt: string,
  day: string,
  actor: string,
  unit: string | null,
  authority: string | null,
  corrects: string | null,
  cause: string | null,
  input: Record<string, unknown>,
  hash: string,
  share: number,
  wrapped: string | null,
]

const CELLS = `seq, id, record, record_id, action, area, happened_at, recorded_at, day, actor, unit, authority, corrects, cause, input, hash`
const WRAPPED = `case when jsonb_exists(input, '@sealed') then
  (select k.wrapped from identity_keys k where k.id = e.record_id and k.county = e.county) end`

/** A page of the log travels as one JSON text: a row of seventeen columns costs the database and the driver twice as much. */
const asText = (cells: string, rows: string) => `select json_agg(json_build_array(${cells}))::text as page from (${rows}) e`

/** PostgreSQL's JSON writes `2020-02-14T02:00:00.12+00:00`; events say `2020-02-14T02:00:00.120Z`. */
function stamp(text: string): string {
  const tail = text.length - 6
  if (tail < 19 || tail > 23 || !text.endsWith('+00:00')) return new Date(text).toISOString()
  return tail === 19 ? `${text.slice(0, 19)}.000Z` : `${text.slice(0, tail).padEnd(23, '0')}Z`
}

function lineOf(county: string, cells: Cells): LogLine {
  const happenedAt = stamp(cells[6])
  return {
    stored: {
      id: cells[1],
      county,
      record: cells[2],
      recordId: cells[3],
      action: cells[4],
      area: cells[5],
      happenedAt,
      recordedAt: cells[7] === cells[6] ? happenedAt : stamp(cells[7]),
      day: cells[8],
      actor: cells[9],
      unit: cells[10],
      authority: cells[11],
      corrects: cells[12],
      cause: cells[13],
      input: cells[14],
    },
    seq: cells[0],
    hash: cells[15],
    share: cells[16],
    wrapped: cells[17],
  }
}

const linesOf = (county: string, rows: readonly { page: string | null }[]): LogLine[] =>
  (JSON.parse(rows[0]?.page ?? '[]') as Cells[]).map((cells) => lineOf(county, cells))

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

/** The log of a county in its own order, page by page; the next page is fetched while one is worked on. */
export async function* countyPages(run: Keeper, lane: Lane, county: string, share: Share): AsyncGenerator<readonly LogLine[]> {
  const shareOf = share.of === 1 ? '0' : `(uuid_hash(record_id) & 2147483647) % ${share.of}`
  const wanted = share.only === undefined ? '' : ` and ${shareOf} = ${share.only}`
  const fetch = (after: number) =>
    lane.run(() =>
      run.query<{ page: string | null }>(
        asText(
          `${CELLS}, ${shareOf}, ${WRAPPED}`,
          `select * from events where county = $1 and seq > $2${wanted} order by seq limit ${PAGE}`,
        ),
        [county, after],
      ),
    )
  for (let page = linesOf(county, await fetch(0)); page.length > 0; ) {
    const last = page.at(-1)
    const next = page.length === PAGE && last ? fetch(last.seq) : undefined
    // Asked for before it is wanted, a page that fails is reported when its turn comes.
    next?.catch(() => undefined)
    yield page
    page = next ? linesOf(county, await next) : []
  }
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
      asText(
        `${CELLS}, 0, ${WRAPPED}`,
        'select * from events where county = $1 and record = $2 and record_id = any($3::uuid[]) order by seq',
      ),
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
