import { nowhere } from '../access/nowhere.ts'
import { type Actor, covers, EVERYTHING, isEmpty, type Located, NOTHING, type Scope, scopeOf, union, within } from '../access/scope.ts'
import { type Clock, dayOf, instantMs, stampOf } from '../clock.ts'
import type { DomainEvent } from '../events/event.ts'
import type { Label } from '../label.ts'
import type { ParameterReader } from '../parameters/parameter.ts'
import { no, ok, type Problem, problem, type Result } from '../problem.ts'
import type { Action } from './action.ts'
import type { AnyRecord } from './define.ts'
import { enteredAt, isWider } from './entered.ts'
import { apply } from './fold.ts'
import { readInput } from './input.ts'
import type { Fields, RecordState } from './row.ts'
import { type SeenVersion, unseen } from './seen-version.ts'
import type { Places, Situation } from './situation.ts'
import { notVouched, type Saw } from './vouched.ts'

/** What somebody asks for: an act with an id of their own making. */
export interface Command {
  readonly id: string
  readonly record: string
  readonly recordId: string
  readonly action: string
  /** Area of a new record, stable id. */
  readonly area?: string
  /** When it was done; now when left out. */
  readonly happenedAt?: string
  /** What the actor saw; a conflict is refused, not settled. */
  readonly version?: SeenVersion
  /**
   * Acts of the sender's own by which the version that they saw is further than what the system had told them, one for each step: neither these nor
   * what follows from them is somebody else's doing.
   */
  readonly builtOn?: readonly string[]
  /** What the actor saw of what the action vouches for, see `Action.vouches`. */
  readonly saw?: Saw
  readonly authority?: string
  readonly cause?: string
  /** Shape of the input that the sender knows, see `Action.upcasts`; today's when left out. */
  readonly shape?: number
  /** Its input was made by the server itself, for an action that is `composed`. Never read from a request. */
  readonly composed?: true
  readonly input: Readonly<Record<string, unknown>>
}

export interface Circumstances {
  readonly actor: Actor
  readonly clock: Clock
  readonly places: Places
  readonly parameters: (day: string, path: string) => ParameterReader
  readonly related: Readonly<Record<string, readonly RecordState[]>>
  readonly figures?: Readonly<Record<string, number>>
  /** Why nothing of this record may be erased at present: something that names it is open. */
  readonly held?: Problem
  /** Why the act names what its sender may not name: said to whoever may do it there, so that everybody else is told of the place alone. */
  readonly strange?: Problem
  /** A consequence runs under the authority of its cause: permission was asked there. */
  readonly underCause?: boolean
}

const LEVEL_NAMES: Readonly<Record<string, Label>> = {
  province: { zh: '省', en: 'province level' },
  city: { zh: '市', en: 'city level' },
  county: { zh: '区县', en: 'county level' },
  town: { zh: '乡镇', en: 'town level' },
  village: { zh: '村', en: 'village level' },
  grid: { zh: '网格', en: 'grid level' },
}
/** How far a device's clock may run ahead before its time is refused. */
export const SKEW = Temporal.Duration.from({ minutes: 5 })
export const SKEW_MS = SKEW.total('milliseconds')

export const unitsOf = (def: AnyRecord, fields: Readonly<Record<string, unknown>>): readonly string[] =>
  (def.units ?? []).flatMap((name) => {
    const value = fields[name]
    return Array.isArray(value) ? value.map(String) : value === undefined || value === null ? [] : [String(value)]
  })

export const located = (def: AnyRecord, row: Pick<RecordState, 'fields' | 'state'>, path: string): Located => ({
  path,
  units: unitsOf(def, row.fields),
  state: row.state,
})

/** What of a record's kind an actor may read, also as a list. */
export const readersOf = (def: Pick<AnyRecord, 'read' | 'drafts'>, actor: Actor): Scope => outFor(def, actor, scopeOf(def.read, actor))

/** What of a record's kind an actor may look up one by one, by what names it exactly: all that they read, and more. */
export const lookersOf = (def: Pick<AnyRecord, 'read' | 'lookUp' | 'drafts'>, actor: Actor): Scope =>
  outFor(def, actor, union(scopeOf(def.read, actor), scopeOf(def.lookUp ?? {}, actor)))

/** What of a record's kind an actor's phone carries: what they read, or what the roles that its definition names may look up. */
export function carriersOf(def: Pick<AnyRecord, 'read' | 'lookUp' | 'drafts' | 'carried'>, actor: Actor): Scope {
  const by = def.carried?.by
  return by ? lookersOf(def, { ...actor, grants: actor.grants.filter((grant) => by.includes(grant.role)) }) : readersOf(def, actor)
}

/** Who reads every draft within reach is not asked for the state of each. */
function outFor(def: Pick<AnyRecord, 'drafts'>, actor: Actor, scope: Scope): Scope {
  const drafts = def.drafts && { states: def.drafts.states, scope: scopeOf(def.drafts.read, actor) }
  return drafts && !covers(drafts.scope, scope) ? { ...scope, drafts } : scope
}

/** An ISO instant, undefined when it is none. */
export const instant = (text: string): Temporal.Instant | undefined => {
  const ms = instantMs(text)
  return ms === undefined ? undefined : Temporal.Instant.fromEpochMilliseconds(ms)
}

export interface Decision {
  readonly event: DomainEvent
  readonly after: RecordState
  readonly situation: Situation<Fields>
}

/**
 * Checks one act against the record as it stands and makes the event, or says why not. Order: known action → time →
 * permission at all → place → permission there → state → version → what is vouched for → input → guard; the first that fails answers.
 */
export function decide(def: AnyRecord, before: RecordState | undefined, command: Command, at: Circumstances): Result<Decision> {
  const action = Object.hasOwn(def.actions, command.action) ? def.actions[command.action] : undefined
  if (!action || (action.automatic && !at.actor.system && !at.underCause)) {
    return no(problem('no-such-action', { record: def.label, action: command.action }))
  }
  if (action.composed && !command.composed) return no(problem('composed-by-system', { action: action.label }, { path: 'input' }))
  const now = at.clock.now().epochMilliseconds
  const happened = command.happenedAt === undefined ? now : instantMs(command.happenedAt)
  if (happened === undefined)
    return no(
      problem(
        'invalid',
        { field: { zh: '发生时间', en: 'happenedAt' }, why: { zh: '请使用ISO时间。', en: 'use an ISO instant.' } },
        { path: 'happenedAt' },
      ),
    )
  if (happened > now + SKEW_MS) return no(problem('from-future', {}, { path: 'happenedAt' }))
  const day = dayOf({ epochMilliseconds: happened }, at.clock.zone)

  const scope = at.underCause ? EVERYTHING : at.actor.self ? (action.self ? EVERYTHING : NOTHING) : scopeOf(action.by, at.actor)
  // Whoever may do this nowhere is not told what is there.
  if (isEmpty(scope)) return no(nowhere(action.by, at.actor, action.label))
  // What is not there, or was not yet there at that time, is not a question of the area.
  if (!before && action.from !== 'new') return no(problem('not-found', { what: def.label }))
  const area = before?.area ?? command.area
  const path = area === undefined ? undefined : at.places.path(area, day)
  const county = before?.county ?? (area === undefined ? undefined : at.places.county(area, day))
  if (area === undefined || path === undefined || county === undefined) {
    return no(problem('area-unknown', { area: at.places.name(area ?? '') ?? area ?? '', day }, { path: 'area' }))
  }
  const level = at.underCause || at.actor.system || at.actor.self ? def.at : enteredAt(def, command.input)
  if (!before && isWider(at.places.level(area, day), level)) {
    return no(problem('area-level', { record: def.label, level: LEVEL_NAMES[level] ?? level }, { path: 'area' }))
  }
  // A new record is judged by where and for whom it would be.
  const units = before ? unitsOf(def, before.fields) : unitsOf(def, command.input)
  if (!within(scope, { path, units })) return no(problem('outside-jurisdiction'))
  if (at.strange) return no(at.strange)
  const stateProblem = checkState(def, action, before, at.actor)
  if (stateProblem) return no(stateProblem)
  const conflict = unseen(command.version, before, def.label)
  if (conflict) return no(conflict)
  const other = before && !at.underCause ? notVouched(def, action, command, before) : undefined
  if (other) return no(other)
  const input = readInput(def, action, command.input, command.shape, command.recordId)
  if (!input.ok) return input

  const grant = at.actor.grants.find((one) => one.unit !== undefined && action.by[one.role] !== undefined)
  const event: DomainEvent = {
    id: command.id,
    county,
    record: def.name,
    recordId: command.recordId,
    action: command.action,
    area,
    happenedAt: stampOf({ epochMilliseconds: happened }),
    recordedAt: stampOf({ epochMilliseconds: now }),
    day,
    actor: at.actor.id,
    unit: grant?.unit ?? null,
    authority: command.authority ?? null,
    corrects: null,
    cause: command.cause ?? null,
    input: input.value,
  }
  const after = apply(def, before, event)
  const situation: Situation<Fields> = {
    before: before?.fields,
    after: after.fields,
    state: before?.state,
    act: event,
    actor: at.actor,
    area,
    places: at.places,
    today: day,
    zone: at.clock.zone,
    parameter: at.parameters(day, path),
    parameterOn: (on) => at.parameters(on, path),
    related: at.related,
    ...(at.figures ? { figures: at.figures } : {}),
  }
  const refusal = action.guard?.(situation) ?? (action.erases ? at.held : undefined)
  return refusal ? no(refusal) : ok({ event, after, situation })
}

function checkState(def: AnyRecord, action: Action<Fields, string>, before: RecordState | undefined, actor: Actor) {
  if (action.from === 'new') return before ? problem('already-exists', { what: def.label }, { data: { id: before.id } }) : undefined
  if (!before) return problem('not-found', { what: def.label })
  if (action.from.includes(before.state)) return undefined
  return problem(
    'wrong-state',
    { state: def.states[before.state] ?? before.state, action: action.label, instead: possibleNow(def, before.state, actor) },
    { data: { state: before.state } },
  )
}

/** What the roles of an actor may do with a record in a state, in words. */
function possibleNow(def: AnyRecord, state: string, actor: Actor): Label {
  const acts = Object.values(def.actions).filter(
    ({ from, by }) => from !== 'new' && from.includes(state) && actor.grants.some(({ role }) => by[role] !== undefined),
  )
  if (acts.length === 0)
    return {
      zh: '您在这个状态下没有可办的操作，如与所见不符请刷新。',
      en: 'There is nothing for you to do in this state; refresh if you see another one.',
    }
  return {
    zh: `现在可办：${acts.map(({ label }) => label.zh).join('、')}。`,
    en: `What you can do now: ${acts.map(({ label }) => label.en).join(', ')}.`,
  }
}
