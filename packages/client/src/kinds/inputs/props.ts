import type { Field } from '@guatu/kernel'

/** What every input gets: the field it fills, its value, and where a change goes. */
export interface InputProps {
  readonly field: Field
  readonly id?: string
  readonly value?: unknown
  onChange?(value: unknown): void
  readonly autoFocus?: boolean
}

export const text = (value: unknown): string => (value === undefined || value === null ? '' : String(value))
export const orNothing = (value: string) => (value === '' ? undefined : value)
