import type { RecordState } from '@guatu/kernel'

/** One line of the case register. */
export interface DayCount {
  readonly place: string
  /** Whose count it is today: that of the county itself, or of the one that took its place. */
  readonly area: string
  readonly day: string
  readonly confirmed: number
  readonly discharged: number
  readonly died: number
  /** Clusters found on the day; undefined where nobody said. */
  readonly clusters?: number
  readonly sustained: boolean
  /** Since when it says what it says, a moment. */
  readonly said: string
}

export function dayCounts(rows: readonly RecordState[]): readonly DayCount[] {
  return rows.map(({ area, changedAt, fields }) => ({
    place: String(fields.place),
    area,
    day: String(fields.day),
    confirmed: Number(fields.confirmed ?? 0),
    discharged: Number(fields.discharged ?? 0),
    died: Number(fields.died ?? 0),
    ...(fields.clusters === undefined ? {} : { clusters: Number(fields.clusters) }),
    sustained: fields.sustained === true,
    said: changedAt,
  }))
}
