import type { Label } from '../label.ts'
import type { FieldName, Fields } from './row.ts'

/**
 * Fields of the input that consequences rest on. A correction has none of its own, so it may not change these: the record would say one thing and
 * what followed from it another. `whole`: nor is the act itself taken back. `instead` says what to do, in any state or state by state; in a state that
 * it does not name all may still be corrected.
 */
export interface Settled<F extends Fields, S extends string> {
  readonly fields: readonly FieldName<F>[]
  /** The same of values that are the act's alone. */
  readonly own?: readonly string[]
  readonly whole?: true
  /** What the act left unsaid may be said by the server, which found out whom it was about; by nobody else. */
  readonly found?: true
  /** The act may be taken back as a whole all the same: `undoes` or `amends` takes back what followed. */
  readonly undone?: true
  readonly instead: Label | Readonly<Partial<Record<S, Label>>>
}

/** An act that nobody takes back, for what followed from it stands, and of which these fields stay as they are; and what to do instead. */
export const lasting = <const N extends readonly string[]>(zh: string, en: string, ...fields: N) =>
  ({ fields, whole: true, instead: { zh, en } }) as const

/** What is settled of an act. */
interface Settling {
  readonly settles?: Settled<Fields, string> | readonly Settled<Fields, string>[]
}

/** What corrections of an act do not change while the record is in a state. */
export const settledIn = ({ settles = [] }: Settling, state: string): readonly Settled<Fields, string>[] =>
  [settles].flat().filter((one) => insteadIn(one, state) !== undefined)

/** What to do instead of correcting what is settled while the record is in a state; nothing where it may be corrected. */
export const insteadIn = ({ instead }: Pick<Settled<Fields, string>, 'instead'>, state: string): Label | undefined =>
  isLabel(instead) ? instead : instead[state]

const isLabel = (instead: Settled<Fields, string>['instead']): instead is Label => typeof instead.zh === 'string'
