/** What a panel of a chart over the calendar holds: bars, lines, bands, marks, and horizontal lines with words. */

export type Layer =
  | {
      readonly kind: 'bars'
      readonly values: readonly (number | null)[]
      readonly label: string
      readonly colour?: string
      readonly highlight?: (day: number) => string | undefined
    }
  | {
      readonly kind: 'line'
      readonly values: readonly (number | null)[]
      readonly label: string
      readonly colour?: string
      readonly width?: number
    }
  | {
      readonly kind: 'band'
      readonly lower: readonly (number | null)[]
      readonly upper: readonly (number | null)[]
      readonly label: string
      readonly colour?: string
      readonly opacity?: number
    }
  | { readonly kind: 'marks'; readonly values: readonly (number | null)[]; readonly label: string; readonly colour?: string }

/** A horizontal line with words. */
export interface Reference {
  readonly value: number
  readonly label: string
  readonly colour?: string
}

export interface Panel {
  readonly title: string
  readonly height: number
  readonly layers: readonly Layer[]
  /** Horizontal lines with words. */
  readonly references?: readonly Reference[]
  /** Top of the axis; by default from the layers, bands cut where they would flatten everything else. */
  readonly top?: number
}
