import type { BlockInput, PatchInput } from './cartogram.ts'
import type { Assignment } from './grid.ts'

/** A sheet whose cells belong to patches: the result of every way of laying out. Patches are numbered through all blocks. */
export interface Sheet {
  readonly assignment: Assignment
  readonly cells: readonly number[]
  /** Offset of the sheet's first column and row in the layout's own numbering; the row offset is even. */
  readonly column: number
  readonly row: number
}

/** The tree with its patches numbered through. */
export interface Plan {
  readonly blocks: readonly BlockInput[]
  readonly patches: readonly { readonly input: PatchInput; readonly block: number }[]
}
