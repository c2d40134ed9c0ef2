import type { Replica } from '@guatu/client/offline'
import type { CarriedRow, GeoPoint } from '@guatu/kernel'

/** What a line of today asks for. */
export type Task = 'reading' | 'notice' | 'release' | 'transit' | 'arrival' | 'visit' | 'need' | 'check'

export interface Line {
  readonly key: string
  readonly task: Task
  readonly record: string
  readonly row: CarriedRow
  readonly person?: CarriedRow
  readonly household?: CarriedRow
  readonly place?: CarriedRow
  /** Should have been done on an earlier day. */
  readonly late: boolean
}

export type Half = 'morning' | 'evening'

const day = (value: unknown): string => (typeof value === 'string' ? value : '9999-12-31')
const id = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The half day that is read at a time of day, `HH:MM`: the morning until the evening's readings begin. */
export const halfAt = (replica: Replica, today: string, time: string): Half =>
  time < replica.parameters(today)<string>('monitoring.reading.opens.evening', '12:00') ? 'morning' : 'evening'

/** The half day whose reading is due now: the one that is read, unless only the one before it is open. */
export function halfDue(row: CarriedRow, today: string, now: Half): Half | undefined {
  const open = { morning: day(row.fields.dueMorning) <= today, evening: day(row.fields.dueEvening) <= today }
  if (!open.morning && !open.evening) return undefined
  return open[now] ? now : now === 'evening' ? 'morning' : undefined
}

/** Everything that is due today, one line for each matter. */
export function linesOf(replica: Replica, today: string, now: Half): Line[] {
  const lines: Line[] = []
  const add = (task: Task, record: string, row: CarriedRow, due: string) => {
    const person = replica.stays('person', id(row.fields.person))
    const household = replica.get('household', id(row.fields.household) || id(person?.fields.household))
    const place = replica.get('place', id(household?.fields.place))
    lines.push({
      key: `${task} ${row.id}`,
      task,
      record,
      row,
      ...(person ? { person } : {}),
      ...(household ? { household } : {}),
      ...(place ? { place } : {}),
      late: due < today,
    })
  }
  for (const row of replica.all('watch')) {
    if (row.state !== 'watching' && row.state !== 'absent') continue
    if (row.fields.servedOn === undefined) add('notice', 'watch', row, day(row.fields.from))
    if (day(row.fields.proposedOn) <= today) add('release', 'watch', row, day(row.fields.proposedOn))
    const half = halfDue(row, today, now)
    if (half) add('reading', 'watch', row, day(half === 'morning' ? row.fields.dueMorning : row.fields.dueEvening))
  }
  // Whom a gate has sent here: late as soon as the drive takes longer than it should.
  const moment = replica.clock.now().toString({ smallestUnit: 'millisecond' })
  for (const row of replica.all('transit'))
    if (row.state === 'expected') add('transit', 'transit', row, String(row.fields.expectedBy) < moment ? '' : today)
  for (const row of replica.all('arrival')) if (row.state === 'declared') add('arrival', 'arrival', row, day(row.fields.arrivedOn))
  for (const row of replica.all('visit'))
    if (row.state === 'due' && day(row.fields.dueOn) <= today) add('visit', 'visit', row, day(row.fields.dueOn))
  for (const row of replica.all('need'))
    if ((row.state === 'open' || row.state === 'taken') && day(row.fields.dueOn) <= today) add('need', 'need', row, day(row.fields.dueOn))
  for (const row of replica.all('listCheck')) if (row.state === 'open') add('check', 'listCheck', row, day(row.fields.dueOn))
  return lines
}

const natural = new Intl.Collator('zh-CN', { numeric: true })
const door = (line: Line) => String(line.household?.fields.door ?? '')
const order = (line: Line) => Number(line.household?.fields.order ?? Number.POSITIVE_INFINITY)

/** Metres between two points, near enough for a walk through a village. */
export function metres(a: GeoPoint, b: GeoPoint): number {
  const rad = Math.PI / 180
  const x = (b.lon - a.lon) * rad * Math.cos(((a.lat + b.lat) / 2) * rad)
  return Math.hypot(x, (b.lat - a.lat) * rad) * 6_371_000
}

const positionOf = (line: Line): GeoPoint | undefined => line.place?.fields.position as GeoPoint | undefined

/** Lines of one building, in the order in which somebody walks through it. */
export interface Stop {
  readonly key: string
  readonly name: string
  readonly lines: readonly Line[]
}

/**
 * The walk: buildings one after the other, the nearest first where positions are known, and in each the doors by the order on the round or by
 * their numbers: 2 before 10. Matters of one door stand together.
 */
export function walk(replica: Replica, lines: readonly Line[], from?: GeoPoint): Stop[] {
  const groups = Map.groupBy(lines, (line) => line.place?.id ?? line.household?.area ?? line.row.area)
  const stops = [...groups].map(([key, members]) => {
    const [first] = members
    const area = replica.area(first?.household?.area ?? first?.row.area ?? '')?.name ?? ''
    const sorted = members.toSorted((a, b) => order(a) - order(b) || natural.compare(door(a), door(b)) || natural.compare(a.key, b.key))
    return { key, name: String(first?.place?.fields.name ?? area), at: first && positionOf(first), lines: sorted }
  })
  stops.sort((a, b) => natural.compare(a.name, b.name) || natural.compare(a.key, b.key))
  if (!from) return stops
  const left = new Set(stops)
  const out: Stop[] = []
  let here = from
  while (left.size > 0) {
    const near = [...left].filter((one) => one.at).sort((a, b) => metres(here, a.at ?? here) - metres(here, b.at ?? here))[0]
    const next = near ?? [...left][0]
    if (!next) break
    left.delete(next)
    out.push(next)
    if (next.at) here = next.at
  }
  return out
}
