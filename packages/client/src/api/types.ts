import type { DomainEvent, RecordState, Role } from '@guatu/kernel'

export interface Me {
  readonly id: string
  readonly name: string
  readonly grants: readonly { readonly role: Role; readonly path: string; readonly area: string; readonly unit?: string }[]
  /** The city's now when the answer was given, ISO. */
  readonly now: string
  readonly zone: string
  /** What this person has to do under “My account” before anything else. */
  readonly pending?: 'password' | 'second-factor'
}

export interface Offer {
  readonly action: string
  readonly allowed: boolean
}

export interface Row extends RecordState {
  readonly path: string
  readonly offers: readonly Offer[]
}

export interface RowPage {
  readonly rows: readonly Row[]
  readonly next?: string
}

export interface Receipt {
  readonly event: DomainEvent
  readonly record: RecordState
  readonly repeated: boolean
}

/** What was done to a record, and which of it whoever asks may set right. */
export interface History {
  readonly events: readonly DomainEvent[]
  readonly correctable: readonly { readonly event: string; readonly void: boolean }[]
  readonly actors: Readonly<Record<string, string>>
}

export interface AreaNode {
  readonly id: string
  readonly level: string
  readonly nature: string
  readonly code: string | null
  readonly name: string
  /** Short names; left out where it has none. */
  readonly aliases?: readonly string[]
  readonly parent: string | null
}

export interface AreaTreeOfDay {
  readonly day: string
  /** First day on which any area lives; none while none is known. */
  readonly first: string | null
  readonly areas: readonly AreaNode[]
  /** What had ended by that day, or begins later: records name it still. */
  readonly others: readonly { readonly id: string; readonly name: string }[]
}

export interface Figure {
  readonly day: string
  readonly stock: number
  readonly entered: number
  readonly left: number
  readonly movedIn: number
  readonly movedOut: number
  readonly per?: number
}

export interface Board {
  readonly asOf: string
  readonly day: string
  /** First day that anything of these indicators stands in the books; none while nothing does. */
  readonly first?: string
  readonly series: readonly { readonly indicator: string; readonly area: string; readonly days: readonly Figure[] }[]
}
