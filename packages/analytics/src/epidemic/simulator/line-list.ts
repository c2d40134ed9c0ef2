/** What the authorities see of a simulated outbreak, with the truth beside it. */
import { RandomStream } from '../../statistics/index.ts'
import type { ExposureLink } from '../chains/index.ts'
import { isoDay } from '../linelist/index.ts'
import type { Outbreak } from './outbreak.ts'
import type { OutbreakSettings } from './settings.ts'

/** One row of the line list; dates are ISO days. */
export interface LineListRow {
  readonly id: string
  readonly district: number
  readonly household: number
  readonly workplace: number | null
  readonly onset: string
  readonly isolated: string | null
  readonly reported: string
  readonly imported: boolean
  readonly outcome: 'recovered' | 'died' | null
  readonly ended: string | null
}

export interface ObservedOutbreak {
  readonly rows: readonly LineListRow[]
  /** Contacts between reported cases that are on record, as rows of the list. */
  readonly links: readonly ExposureLink[]
  /** Row of the true infector; null for imports and where the infector was never found. */
  readonly infectors: readonly (number | null)[]
  /** True generation of each row, 0 for imports. */
  readonly generations: readonly number[]
  /** New reports by district and day. */
  readonly dailyReports: readonly (readonly number[])[]
}

/**
 * The line list as of the end of one day of the simulation. This library's own model of what is reported, and when; it needs no source.
 *
 * @param firstDay ISO day of simulated day 0, as a day number.
 * @param asOf Last day that is known, counted from 0.
 * @returns Rows of the line list, the true infector of each, and the contacts between them.
 * @throws Nothing.
 */
export function observeOutbreak(
  outbreak: Outbreak,
  settings: OutbreakSettings,
  firstDay: number,
  asOf: number,
  seed: number,
): ObservedOutbreak {
  const random = new RandomStream(seed).split('records')
  const seen = outbreak.infections
    .filter((one) => one.reportedOn < asOf + 1)
    .sort((a, b) => a.reportedOn - b.reportedOn || a.number - b.number)
  const rowOf = new Map(seen.map((one, row) => [one.number, row]))
  const rowOfPerson = new Map(seen.map((one, row) => [one.person, row]))
  const day = (time: number) => isoDay(firstDay + Math.floor(time))
  const rows = seen.map(
    (one, row): LineListRow => ({
      id: `C${String(row + 1).padStart(4, '0')}`,
      district: one.district,
      household: one.household,
      workplace: one.workplace < 0 ? null : one.workplace,
      onset: day(one.onset),
      isolated: one.isolatedFrom < asOf + 1 ? day(one.isolatedFrom) : null,
      reported: day(one.reportedOn),
      imported: one.infector === null,
      outcome: one.endedOn < asOf + 1 ? (one.died ? 'died' : 'recovered') : null,
      ended: one.endedOn < asOf + 1 ? day(one.endedOn) : null,
    }),
  )
  const met = new Map<string, { a: number; b: number; kind: string; hours: number; firstDay: number; lastDay: number }>()
  for (const exposure of outbreak.exposures) {
    const a = rowOf.get(exposure.source)
    const b = rowOfPerson.get(exposure.person)
    if (a === undefined || b === undefined) continue
    const key = `${Math.min(a, b)} ${Math.max(a, b)} ${exposure.setting}`
    const known = met.get(key)
    const today = firstDay + exposure.day
    if (known === undefined) met.set(key, { a, b, kind: exposure.setting, hours: exposure.hours, firstDay: today, lastDay: today })
    else {
      known.hours += exposure.hours
      known.firstDay = Math.min(known.firstDay, today)
      known.lastDay = Math.max(known.lastDay, today)
    }
  }
  const links = [...met.values()].filter((link) => link.kind === 'household' || random.uniform() < settings.contactRecall)
  const dailyReports = Array.from({ length: settings.population.districts }, () => new Array<number>(asOf + 1).fill(0))
  for (const one of seen) {
    const counts = dailyReports[one.district]
    const on = Math.max(0, Math.floor(one.reportedOn))
    if (counts !== undefined) counts[on] = (counts[on] ?? 0) + 1
  }
  return {
    rows,
    links,
    infectors: seen.map((one) => (one.infector === null ? null : (rowOf.get(one.infector) ?? null))),
    generations: seen.map((one) => one.generation),
    dailyReports,
  }
}
