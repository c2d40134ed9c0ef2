import {
  type Actor,
  type AnyRecord,
  CORRECT,
  type Command,
  dayOf,
  type Field,
  instantMs,
  isEmpty,
  located,
  lookersOf,
  meaningsOf,
  type Problem,
  problem,
  type RecordState,
  type Registry,
  readersOf,
  scopeOf,
  within,
} from '@guatu/kernel'
import { holdersOf } from './lookers.ts'
import { stateBefore } from './related.ts'
import { normal } from './when.ts'
import type { Workspace } from './workspace.ts'

/** A value of an act that names something else. */
export interface Mention {
  readonly name: string
  readonly field: Field
  /** The kind of what is named; of a list, that of its items. */
  readonly of: Field
}

const known = new WeakMap<AnyRecord, Map<string, readonly Mention[]>>()

/** Which values of an act name a place, a body or a record. */
export function mentionsOf(def: AnyRecord, action: string): readonly Mention[] {
  const ofDef = known.get(def) ?? new Map<string, readonly Mention[]>()
  known.set(def, ofDef)
  const before = ofDef.get(action)
  if (before) return before
  const made = Object.entries(meaningsOf(def, action)).flatMap(([name, field]): Mention[] => {
    const of = field.item ?? field
    return ['area', 'unit', 'person', 'record'].includes(of.kind) ? [{ name, field, of }] : []
  })
  // Any name may be asked about; only those of the definition are few.
  if (action === CORRECT || Object.hasOwn(def.actions, action)) ofDef.set(action, made)
  return made
}

export interface Named extends Mention {
  readonly id: string
  readonly path: string
}

/** What an act names, one by one. */
export function namedBy(def: AnyRecord, { action, input: sent }: Pick<Command, 'action' | 'input'>): Named[] {
  const mentions = mentionsOf(def, action)
  if (mentions.length === 0) return []
  // A correction carries the values that take the place of others.
  const input = (action === CORRECT ? sent.input : sent) as Readonly<Record<string, unknown>> | null | undefined
  if (typeof input !== 'object' || input === null) return []
  const found: Named[] = []
  for (const mention of mentions) {
    const given = input[mention.name]
    // An act carries few of the values that it might.
    if (given === undefined) continue
    const path = `${action === CORRECT ? 'input.' : ''}input.${mention.name}`
    for (const id of Array.isArray(given) ? given : [given]) if (typeof id === 'string' && id !== '') found.push({ ...mention, id, path })
  }
  return found
}

/** Do values of this field name records of this registry? */
export const namesRecord = (registry: Registry, field: Field): boolean => recordNamed(registry, { of: field.item ?? field }) !== undefined

/** The definition of the record that is named; none for places and bodies, and for what this registry does not have. */
export function recordNamed(registry: Registry, { of }: Pick<Mention, 'of'>): AnyRecord | undefined {
  return registry.records.get(of.kind === 'person' ? 'person' : of.kind === 'record' ? (of.of ?? '') : '')
}

/** Who names something, and what they may name besides, see `Group.shown`. */
export interface Naming {
  readonly actor: Actor
  readonly shown?: readonly string[] | undefined
  /** Time zone of the city. */
  readonly zone: string
}

/**
 * Why an act from outside names a record that was never made, or that its sender may neither read nor look up: nobody would ever find what hangs on
 * the one, and whoever answers for the other would not know of it. Both are told the same. One that is over, merged or erased is still there; whether
 * it serves is for the act.
 */
export async function strangeRecord(work: Workspace, def: AnyRecord, command: Command, by: Naming): Promise<Problem | undefined> {
  for (const named of namedBy(def, command)) {
    const target = recordNamed(work.registry, named)
    // What is no id at all is refused for its form.
    if (!target || !ID.test(named.id)) continue
    const there = await work.state(target, named.id)
    if (there && (await mayName(work, { def, command, target, there }, by))) continue
    const why = {
      zh: `没有这条${target.label.zh}记录，请从已有记录中选择。`,
      en: `there is no such ${target.label.en.toLowerCase()}; choose an existing record.`,
    }
    return problem('invalid', { field: named.field.label, why }, { path: named.path })
  }
  return undefined
}

interface NamedRecord {
  readonly def: AnyRecord
  readonly command: Command
  readonly target: AnyRecord
  readonly there: RecordState
}

/**
 * Within reach now, or when the act was done, whoever moved meanwhile; or on the record already, or on an open one that the sender reads, or shown to the sender, or entered by them where they
 * may enter whoever stands before them.
 */
async function mayName(work: Workspace, { def, command, target, there }: NamedRecord, { actor, shown, zone }: Naming): Promise<boolean> {
  if (actor.system || actor.self || shown?.includes(there.id)) return true
  const scope = lookersOf(target, actor)
  const path = work.areas.currentPath(there.area) ?? ''
  if (within(scope, located(target, there, path))) return true
  const carrying = await work.state(def, command.recordId)
  if (carrying && Object.values(carrying.fields).some((value) => value === there.id || (Array.isArray(value) && value.includes(there.id))))
    return true
  const ms = command.happenedAt === undefined ? undefined : instantMs(command.happenedAt)
  if (ms !== undefined) {
    const then = await stateBefore(work, target, there, { happenedAt: normal(command.happenedAt ?? ''), id: command.id })
    const day = dayOf({ epochMilliseconds: ms }, zone)
    if (then && within(scope, located(target, then, work.areas.path(then.area, day) ?? ''))) return true
  }
  if (await isHeldHere(work, target, there, actor)) return true
  const first = (await work.history(target, there.id)).find(({ action }) => target.actions[action]?.from === 'new')
  return first?.actor === actor.id && within(scopeOf(target.actions[first.action]?.by ?? {}, actor), { path, units: [] })
}

/** Whoever is observed at a central point is known to those who see the observation, wherever they are registered, as long as it is open. */
async function isHeldHere(work: Workspace, { name }: AnyRecord, { id }: RecordState, actor: Actor): Promise<boolean> {
  for (const { def, of, states } of holdersOf(work.registry, name)) {
    const scope = readersOf(def, actor)
    if (isEmpty(scope)) continue
    const holders = await work.where(def, of, [id])
    const sees = (row: RecordState) => within(scope, located(def, row, work.areas.currentPath(row.area) ?? ''))
    if (holders.some((row) => row.fields[of] === id && states.includes(row.state) && sees(row))) return true
  }
  return false
}

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Whoever may do something nowhere is told that, before anything of what is there. */
export const mayAnywhere = (def: AnyRecord, action: string, actor: Actor): boolean => {
  const by = Object.hasOwn(def.actions, action) ? def.actions[action]?.by : undefined
  return by === undefined || !isEmpty(scopeOf(by, actor))
}
