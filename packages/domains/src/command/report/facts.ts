import {
  type AnyRecord,
  type DomainEvent,
  dayOf,
  daysBetween,
  erase,
  type Indicator,
  instantMs,
  type RecordState,
  steps,
} from '@guatu/kernel'
import type { Light } from '../lights/light.ts'
import { item } from '../supervision/item.ts'
import { task } from '../supervision/task.ts'
import type { ActsBehind, ReportMeeting } from './content.ts'

/** The value of an indicator for the area reported on or one of its parts at the cut-off, from the books. */
export interface IndicatorValue {
  readonly indicator: string
  readonly area: string
  readonly day: string
  readonly value: number
  readonly per?: number
  readonly behind?: ActsBehind
  readonly perBehind?: ActsBehind
}

/** Everything that a report is written from: the log of its matters, the books, names. No state of today. */
export interface ReportFacts {
  readonly meetings: readonly ReportMeeting[]
  /** Whole histories, one list a record; what lies behind the cut-off is left out here. */
  readonly items: readonly (readonly DomainEvent[])[]
  readonly tasks: readonly (readonly DomainEvent[])[]
  /** ISO moment. */
  readonly cutOff: string
  readonly composedAt: string
  readonly zone: string
  readonly issuer: string
  /** What is reported on: a city, or the county whose meetings they were. */
  readonly whole: { readonly id: string; readonly name: string }
  /** The counties of a city, the towns of a county; empty where there are none. */
  readonly parts: readonly { readonly id: string; readonly name: string }[]
  readonly partLevel: 'county' | 'town'
  /** Units by id, each with the part in which it lies. */
  readonly units: ReadonlyMap<string, { readonly name: string; readonly part?: string }>
  readonly indicators: ReadonlyMap<string, Indicator>
  readonly values: readonly IndicatorValue[]
}

export interface Step {
  readonly event: DomainEvent
  readonly after: RecordState
}

/** A record as it stood at the cut-off, with the acts that brought it there. */
export interface Folded {
  readonly state: RecordState
  readonly steps: readonly Step[]
}

export interface Task extends Folded {
  readonly unit: string
  readonly lead: boolean
  readonly due: string
  readonly light: Light
  /** Still to be done. */
  readonly open: boolean
  /** Days behind the due date at the cut-off; 0 when not overdue. */
  readonly daysLate: number
}

/** A matter with its tasks. */
export interface Matter extends Folded {
  readonly number: string
  readonly content: string
  readonly domain: string
  readonly lead: string
  readonly tasks: readonly Task[]
}

const ITEM: AnyRecord = erase(item)
const TASK: AnyRecord = erase(task)

/** The history as it was known at a moment: acts and corrections recorded up to it. */
export const knownAt = (history: readonly DomainEvent[], moment: string): readonly DomainEvent[] => {
  const limit = instantMs(moment) ?? Number.NEGATIVE_INFINITY
  return history.filter((event) => (instantMs(event.recordedAt) ?? Number.POSITIVE_INFINITY) <= limit)
}

function foldAt(def: AnyRecord, history: readonly DomainEvent[], moment: string): Folded | undefined {
  const all = steps(def, knownAt(history, moment))
  const last = all.at(-1)
  return last && { state: last.after, steps: all }
}

export const textOf = (state: RecordState, field: string): string | undefined => {
  const value = state.fields[field]
  return value === undefined || value === '' ? undefined : String(value)
}

const OPEN = new Set(['issued', 'signed', 'returned'])

/** Matters and tasks as they stood at the cut-off, in the order of the register; taken-back ones are left out. */
export function mattersAt(facts: ReportFacts): readonly Matter[] {
  const day = dayOf(Temporal.Instant.from(facts.cutOff), facts.zone)
  const tasks = facts.tasks
    .flatMap((history) => foldAt(TASK, history, facts.cutOff) ?? [])
    .filter(({ state }) => state.state !== 'withdrawn')
    .map((one) => asTask(one, day))
  return facts.items
    .flatMap((history) => foldAt(ITEM, history, facts.cutOff) ?? [])
    .filter(({ state }) => state.state !== 'cancelled')
    .map((one) => ({
      ...one,
      number: textOf(one.state, 'number') ?? '',
      content: textOf(one.state, 'content') ?? '',
      domain: textOf(one.state, 'domain') ?? 'other',
      lead: textOf(one.state, 'lead') ?? '',
      tasks: tasks.filter(({ state }) => state.fields.item === one.state.id).sort(leadFirst(one.state)),
    }))
    .sort((a, b) => (a.number < b.number ? -1 : a.number > b.number ? 1 : a.state.id < b.state.id ? -1 : 1))
}

/** The lead unit first, the others as the matter names them; a unit's own tasks by age. */
function leadFirst({ fields }: RecordState) {
  const order = Array.isArray(fields.assisting) ? fields.assisting : []
  const place = (task: Task) => (task.lead ? -1 : order.indexOf(task.unit))
  const key = ({ state }: Task) => `${state.createdAt} ${state.id}`
  return (a: Task, b: Task) => place(a) - place(b) || (key(a) < key(b) ? -1 : 1)
}

function asTask(folded: Folded, day: string): Task {
  const { state } = folded
  const due = textOf(state, 'due') ?? day
  const open = OPEN.has(state.state)
  return {
    ...folded,
    unit: textOf(state, 'unit') ?? '',
    lead: state.fields.role === 'lead',
    due,
    // The light as it was graded last by the cut-off: what the wall showed and the books counted.
    light: (textOf(state, 'light') ?? 'notStarted') as Light,
    open,
    daysLate: open && day > due ? daysBetween(due, day) : 0,
  }
}
