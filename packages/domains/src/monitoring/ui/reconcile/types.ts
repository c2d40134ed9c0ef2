import { w } from '@guatu/client'
import type { Label, Problem } from '@guatu/kernel'
import type { Decision, Finding, Outcome } from '../../lists/outcomes.ts'

export const MEANINGS = {
  name: w('姓名', 'Name'),
  document: w('证件号码', 'Document number'),
  phone: w('电话', 'Phone'),
  birthYear: w('出生年月', 'Born'),
  address: w('地址', 'Address'),
  arrivedOn: w('到达日期', 'Arrived on'),
  note: w('备注', 'Note'),
  nothing: w('不用', 'Not used'),
} as const
export type Meaning = keyof typeof MEANINGS

/** One row of the answer; what identifies is masked. */
export interface Compared {
  readonly line: number
  /** Name of its sheet and its line there, where the workbook has several. */
  readonly within?: { readonly name: string; readonly line: number }
  readonly outcome: Outcome
  readonly why: Label
  readonly name?: string
  readonly document?: string
  /** Where there is no number. */
  readonly phone?: string
  /** Where a person of the register lives. */
  readonly area?: string
  readonly watch?: string
  readonly decided?: { readonly decision: Decision; readonly state: string; readonly finding?: Finding; readonly undone?: true }
}

/** A meaning that several columns may have, or one that may be somebody else's: given to none until somebody says which. */
export interface Doubt {
  readonly meaning: Meaning
  readonly columns: readonly number[]
}

/** A sheet of the workbook that was not compared. */
interface NotCompared {
  readonly sheet: number
  readonly name: string
  readonly rows?: number
  readonly why: Label
  readonly comparable: boolean
}

export interface Reconciled {
  readonly layout: { readonly line: number; readonly headings: readonly string[] }
  readonly meanings: readonly Meaning[]
  readonly doubts: readonly Doubt[]
  readonly remembered: boolean
  readonly sheets: readonly { readonly sheet: number; readonly name: string; readonly rows?: number }[]
  readonly left: readonly NotCompared[]
  readonly rows?: readonly Compared[]
  readonly counts?: Readonly<Record<Outcome, number>>
}

export interface Answered {
  readonly results: readonly { readonly line: number; readonly done: boolean; readonly problem?: Problem }[]
}

/** A form with the list and what is asked of it: the list itself stays on this machine and is sent each time. */
export const formOf = (file: File, asked: Readonly<Record<string, unknown>>): FormData => {
  const form = new FormData()
  form.append('asked', JSON.stringify(asked))
  form.append('file', file)
  return form
}
