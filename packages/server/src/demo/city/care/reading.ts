export type Half = 'morning' | 'evening'

/** A reading as it is taken. */
export interface Reading {
  /** Minutes after midnight at which it is taken, and at which it reaches the server where that is later. */
  readonly minute: number
  readonly sent?: number
  readonly input: {
    /** °C. */
    readonly temperature: number
    readonly how: string
    readonly symptoms?: readonly string[]
    readonly wants?: string
  }
  /** What it is corrected to, so many minutes later. */
  readonly corrected?: { readonly temperature: number; readonly after: number }
}
