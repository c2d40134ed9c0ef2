import type { RecordState } from '@guatu/kernel'

/** One line of the case register. */
export interface DayCount {
  readonly place: string
  readonly day: string
  readonly confirmed: number
  readonly discharged: number
  readonly died: number
  /** Clusters found on the day; undefined where nobody said. */
  readonly clusters?: number
  readonly sustained: boolean
}

export function dayCounts(rows: readonly RecordState[]): readonly DayCount[] {
  return rows.map(({ fields }) => ({
    place: String(fields.place),
    day: String(fields.day),
    confirmed: Number(fields.confirmed ?? 0),
    discharged: Number(fields.discharged ?? 0),
    died: Number(fields.died ?? 0),
    ...(fields.clusters === undefined ? {} : { clusters: Number(fields.clusters) }),
    sustained: fields.sustained === true,
  }))
}
