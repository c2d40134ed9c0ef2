import type { AreaBooks, DailyContent, DayBooks } from '../../report/content.ts'
import { LINES } from '../../report/lines.ts'

const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0)

export const KEYS = ['cumulative', 'ended', 'observed', 'central'] as const
const NONE: DayBooks = { before: 0, stock: 0, entered: 0, left: 0, movedIn: 0, movedOut: 0 }
export type Counts = Readonly<Record<(typeof KEYS)[number] | 'entered', number>>

/** An area of a report. */
interface Part {
  readonly id: string
  readonly name: string
  readonly counts: Counts
}

const booksOf = ({ id, name, counts: at }: Part): AreaBooks => ({
  area: id,
  name,
  books: {
    'monitoring.cumulative': { ...NONE, stock: at.cumulative, entered: at.entered },
    'monitoring.observed': { ...NONE, stock: at.observed, entered: at.entered },
    'monitoring.observed.central': { ...NONE, stock: at.central },
    // One or two of them left otherwise than by release.
    'monitoring.released': { ...NONE, stock: at.ended - (at.ended % 3) },
    'monitoring.otherExits': { ...NONE, stock: at.ended % 3 },
  },
})
export const addUp = (all: readonly Counts[]): Counts => {
  const of = (key: keyof Counts) => sum(all.map((one) => one[key]))
  return {
    cumulative: of('cumulative'),
    ended: of('ended'),
    observed: of('observed'),
    central: of('central'),
    entered: of('entered'),
  }
}
/** The frozen report of a city, as far as a bulletin is drawn from it. */
export const reportOf = (day: string, parts: readonly Part[]): DailyContent => ({
  day,
  level: 'city',
  area: 'city',
  name: '灯塔市',
  cutOff: `${day}T16:00:00.000Z`,
  composedAt: `${day}T16:05:00.000Z`,
  zone: 'Asia/Shanghai',
  lines: LINES,
  total: booksOf({ id: 'city', name: '灯塔市', counts: addUp(parts.map(({ counts }) => counts)) }),
  parts: parts.map(booksOf),
  zero: [],
  silent: [],
  late: 0,
  doubtful: 0,
  checks: [],
})
