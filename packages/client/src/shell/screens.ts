import type { Label, Problem, Role } from '@guatu/kernel'
import type { ComponentType, ReactNode } from 'react'
import type { Receipt, Row } from '../api/types.ts'

/** Records that wait for the people of some roles. */
export interface Waiting {
  /** Their name, or the address below `/api` of what is counted like them. */
  readonly record: string
  readonly filters: Readonly<Record<string, string>>
  readonly roles: readonly Role[]
  /** Field that names whose it is: of a person who works for units only what is theirs waits. */
  readonly unit?: string
}

/** A record that could not be made, and what is done instead. */
export interface WayOn {
  readonly problem: Problem
  /** Of the record that was refused. */
  readonly id: string
  /** Where it was to stand. */
  readonly area: string
  /** Is that being done? The form that was refused makes room for it. */
  readonly going: boolean
  onGo(going: boolean): void
  /** It was done: with the record that stands in the place of the refused one, as far as whoever did it may read it. */
  onDone(instead?: Receipt): void
}

/** A special screen of a domain: where it stands in the navigation and who sees it. Derived screens need none. */
export interface Screen {
  /** Address below `/`, such as `wall` or `meetings/$id`. */
  readonly path: string
  readonly label: Label
  /** Group of the navigation; screens without one are reached from others. */
  readonly group?: 'wall' | 'command' | 'containment' | 'analysis' | 'areas' | 'registers' | 'system'
  readonly icon?: ReactNode
  /** Everybody signed in when left out. */
  readonly roles?: readonly Role[]
  /** The record of which this is the page, where the path ends in `$id`: its facts lead there. */
  readonly of?: string
  /** Whose day starts here; everybody else starts at the first screen of theirs. */
  readonly startFor?: readonly Role[]
  /** Takes the whole window, without header and navigation. */
  readonly bare?: boolean
  /** What waits here for whom: counted in the header. */
  readonly waiting?: readonly Waiting[]
  /** What a record shows beside its facts, wherever it is opened: by the record's name. */
  readonly panels?: Readonly<Record<string, ComponentType<{ readonly row: Row }>>>
  /** The way on from a record that could not be made, by the code of the refusal. */
  readonly waysOn?: Readonly<Record<string, ComponentType<WayOn>>>
  /** The screen itself; left out for an entry that leads to a derived page. */
  readonly load?: () => Promise<{ readonly default: ComponentType }>
}

export const GROUPS = {
  wall: { zh: '挂图', en: 'Wall' },
  command: { zh: '指挥', en: 'Command' },
  containment: { zh: '防控', en: 'Containment' },
  analysis: { zh: '分析', en: 'Analysis' },
  areas: { zh: '区划', en: 'Areas' },
  registers: { zh: '登记', en: 'Registers' },
  system: { zh: '系统', en: 'System' },
} as const satisfies Record<NonNullable<Screen['group']>, Label>
