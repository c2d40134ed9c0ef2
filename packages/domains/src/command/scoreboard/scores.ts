import { addDays } from '@guatu/kernel'

/** What is counted of each unit, as filters on its tasks: the same filters find the tasks behind a figure. */
export const MEASURES = ['issued', 'signed', 'signedInTime', 'reported', 'reportedInTime', 'returned', 'overdue'] as const
export type Measure = (typeof MEASURES)[number]
export type Filters = Readonly<Record<string, string>>

const OPEN = 'issued,signed,returned'
/** A task that was withdrawn speaks neither for its unit nor against it. */
const STANDING = { state: `${OPEN},reported,accepted` }

/** Filters of a measure. @param yesterday last day on which an open task would be overdue today, `YYYY-MM-DD` */
const filtersOf = (measure: Measure, yesterday: string): Filters => {
  switch (measure) {
    case 'issued':
      return STANDING
    case 'signed':
      return { ...STANDING, signedInTime: 'given' }
    case 'signedInTime':
      return { ...STANDING, signedInTime: 'true' }
    case 'reported':
      return { ...STANDING, reportedInTime: 'given' }
    case 'reportedInTime':
      return { ...STANDING, reportedInTime: 'true' }
    case 'returned':
      return { ...STANDING, returns: 'given' }
    case 'overdue':
      return { state: OPEN, 'due.to': yesterday }
  }
}

/** What the tasks of a scoreboard are grouped by where its months stand apart; without the month it is one row a unit. */
export const BY_UNIT_AND_MONTH = ['unit', 'issuedOn.month'] as const

/** Filters of a measure among the tasks issued from one day to another. @param today city day */
export const filtersIn = (measure: Measure, { from, to }: Period, today: string): Filters => ({
  ...filtersOf(measure, addDays(today, -1)),
  'issuedOn.from': from,
  'issuedOn.to': to,
})

/** Days of issue, both included, `YYYY-MM-DD`. */
export interface Period {
  readonly from: string
  readonly to: string
}

/** Tasks counted by what they have in common. */
interface Group {
  readonly values: Readonly<Record<string, string | number | boolean | null>>
  readonly count: number
}

/** One unit in one month. Ratios keep both numbers. */
export interface Score {
  readonly unit: string
  /** `YYYY-MM`, the month in which the tasks were issued; empty where months are taken together. */
  readonly month: string
  readonly counts: Readonly<Record<Measure, number>>
}

const none = (): Record<Measure, number> => ({
  issued: 0,
  signed: 0,
  signedInTime: 0,
  reported: 0,
  reportedInTime: 0,
  returned: 0,
  overdue: 0,
})

/** Puts the counted groups of all measures together, by unit and month of issue; most tasks first. */
export function scoresOf(groups: Readonly<Partial<Record<Measure, readonly Group[]>>>): readonly Score[] {
  const scores = new Map<string, { unit: string; month: string; counts: Record<Measure, number> }>()
  for (const measure of MEASURES) {
    for (const { values, count } of groups[measure] ?? []) {
      const unit = String(values.unit)
      const month = String(values['issuedOn.month'] ?? '')
      const key = `${unit} ${month}`
      const score = scores.get(key) ?? { unit, month, counts: none() }
      score.counts[measure] += count
      scores.set(key, score)
    }
  }
  return [...scores.values()].sort(
    (a, b) => b.month.localeCompare(a.month) || b.counts.issued - a.counts.issued || a.unit.localeCompare(b.unit),
  )
}

/** The months of one unit added up. */
export function byUnit(scores: readonly Score[]): readonly Score[] {
  const units = new Map<string, { unit: string; month: string; counts: Record<Measure, number> }>()
  for (const one of scores) {
    const sum = units.get(one.unit) ?? { unit: one.unit, month: '', counts: none() }
    for (const measure of MEASURES) sum.counts[measure] += one.counts[measure]
    units.set(one.unit, sum)
  }
  return [...units.values()]
}

/** Units to praise (everything in time, nothing returned or overdue) and to criticise (something overdue or late), worst first. */
export function verdicts(scores: readonly Score[]): { readonly praised: readonly Score[]; readonly criticised: readonly Score[] } {
  const late = ({ counts: c }: Score) => c.overdue * 2 + (c.reported - c.reportedInTime) + (c.signed - c.signedInTime) + c.returned
  const praised = scores.filter((one) => one.counts.reported > 0 && late(one) === 0)
  const criticised = scores.filter((one) => one.counts.overdue > 0 || one.counts.reported > one.counts.reportedInTime)
  return {
    praised: praised.toSorted((a, b) => b.counts.reported - a.counts.reported),
    criticised: criticised.toSorted((a, b) => late(b) - late(a)),
  }
}
