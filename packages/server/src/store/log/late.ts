import {
  type AnyRecord,
  type Circumstances,
  CORRECT,
  type Command,
  type Decision,
  type DomainEvent,
  decide,
  effective,
  type Follow,
  fold,
  inOrder,
  instantMs,
  MOVE,
  no,
  ok,
  type Problem,
  problem,
  type RecordState,
  type Result,
  stampOf,
} from '@guatu/kernel'
import { givingWay } from './giving-way.ts'
import { notYetThere } from './not-yet.ts'
import type { Receipt, Surround } from './receipt.ts'
import { restsOn } from './rests.ts'
import { sealedIn } from './sealed.ts'
import { alreadyThere } from './twin.ts'
import type { Workspace } from './workspace.ts'

/** An act at its place among others, with what it saw and what gives way to others because of it. */
export type Inserted = Receipt & Pick<Decision, 'situation'> & { readonly way?: Command | undefined }

/**
 * Takes in an act that happened before others which are already known (an offline device, a back-dated entry). It is judged
 * by the record as it stood then; what came later must still be possible after it, else a person has to look.
 */
export async function insertLate(
  work: Workspace,
  around: Surround,
  def: AnyRecord,
  command: Command,
  at: Circumstances,
): Promise<Result<Inserted>> {
  const history = await work.history(def, command.recordId)
  const decision = decidedThen(work, def, history, command, at)
  if (!decision.ok) return decision
  const closed = at.underCause ? undefined : sealedSince(def, command.action, decision.value.situation.state, fold(def, history)?.state)
  return placed(work, around, def, at, history, decision.value, closed)
}

/** What was sealed meanwhile is not written anew by an act that is dated back; only what a device did without a network is still taken in. */
function sealedSince(def: AnyRecord, name: string, then: string | undefined, now: string | undefined): Problem | undefined {
  const action = def.actions[name]
  return now === undefined || !action || action.offline || then === now ? undefined : sealedIn(def, now, action.label)
}

/**
 * Takes in a consequence of what became known late, at its own moment among what has happened to its record since. Undefined where nothing has, or
 * where it was not possible then or would make what followed impossible: it stands where history is now. Refused where something that was done
 * since on another record rests on what it changes, as the act that it follows from would be.
 */
export async function insertAmid(
  work: Workspace,
  around: Surround,
  def: AnyRecord,
  command: Command,
  at: Circumstances,
  before: RecordState,
  yields?: Follow['yields'],
): Promise<Result<Inserted> | undefined> {
  const then = await amidst(work, def, command, before)
  if (!then) return undefined
  const history = await work.history(def, command.recordId)
  const decision = decidedThen(work, def, history, then, at)
  if (!decision.ok || firstImpossible(def, [...history, decision.value.event]) !== undefined) return undefined
  const done = await placed(work, around, def, at, history, decision.value)
  const way = done.ok || !yields ? undefined : givingWay(def, history, decision.value.event, yields)
  const beside = way && (await placed(work, around, def, at, history, decision.value, undefined, [way.event]))
  return beside?.ok ? ok({ ...beside.value, way: way?.command }) : done
}

/** What would have been decided when an act was done. */
function decidedThen(
  work: Workspace,
  def: AnyRecord,
  history: readonly DomainEvent[],
  command: Command,
  at: Circumstances,
): Result<Decision> {
  const mark = { happenedAt: command.happenedAt ?? '', id: command.id }
  const earlier = history.filter((event) => inOrder(event, mark) < 0)
  // The version that the sender saw is that of today, not of then.
  const { version: _, ...rest } = command
  const then = fold(def, earlier)
  const decision = decide(def, then, rest, at)
  const now = decision.ok || decision.problem.code !== 'not-found' || then ? undefined : fold(def, history)
  return now ? no(notYetThere(work, def, now, { actor: at.actor, happenedAt: mark.happenedAt, zone: at.clock.zone })) : decision
}

/**
 * A consequence of what became known late, at its own moment among what has happened to its record since, where it would stand if all had been known
 * in time; undefined where nothing has happened since.
 */
export async function amidst(work: Workspace, def: AnyRecord, command: Command, before: RecordState): Promise<Command | undefined> {
  const cause = command.happenedAt === undefined ? undefined : instantMs(command.happenedAt)
  if (cause === undefined || stampOf({ epochMilliseconds: cause }) >= before.changedAt) return undefined
  const taken = new Set((await work.history(def, command.recordId)).map((one) => one.happenedAt))
  let at = cause
  while (taken.has(stampOf({ epochMilliseconds: at }))) at += 1
  const happenedAt = stampOf({ epochMilliseconds: at })
  return happenedAt < before.changedAt ? { ...command, happenedAt } : undefined
}

/**
 * Makes a record by an earlier cause than the one that made it: several causes asked for it, and the earliest became known last. The act
 * names the one that it stands for from now on. Undefined where somebody made the record, corrected how it was made, or has done with it what
 * would no longer be possible: then it stands as it was made, and what became known late is not refused for it.
 */
export async function madeSooner(
  work: Workspace,
  around: Surround,
  def: AnyRecord,
  command: Command,
  at: Circumstances,
): Promise<Inserted | undefined> {
  const history = await work.history(def, command.recordId)
  const [maker] = effective(history)
  if (!maker || maker.cause === null || history.some(({ action, corrects }) => action === CORRECT && corrects === maker.id))
    return undefined
  const decision = decide(def, undefined, command, at)
  if (!decision.ok) return undefined
  const { event, situation } = decision.value
  const made = await placed(work, around, def, at, history, { event: { ...event, corrects: maker.id }, situation })
  return made.ok ? made.value : undefined
}

/**
 * Puts a decided act at its place in a history, if what came later is still possible after it.
 * @param closed why nothing may be put there all the same
 * @param beside what will be done on the record together with it
 */
async function placed(
  work: Workspace,
  around: Surround,
  def: AnyRecord,
  at: Circumstances,
  history: readonly DomainEvent[],
  { event, situation }: Pick<Decision, 'event' | 'situation'>,
  closed?: Problem,
  beside: readonly DomainEvent[] = [],
): Promise<Result<Inserted>> {
  const broken = firstImpossible(def, [...history, event, ...beside])
  if (broken !== undefined) return no(problem('out-of-order', { later: def.actions[broken]?.label ?? broken }))
  if (closed) return no(closed)
  const rests = await restsOn(work, around, def, event, undefined, beside)
  if (rests) return no(rests)
  const now = fold(def, [...history, event])
  const twin = now && (await work.keys.twin(def, now, fold(def, history)))
  if (twin !== undefined) return no(await alreadyThere(work, def, twin, at.actor, event.day))
  const state = work.refold(def, history, event)
  return state ? ok({ event, state, repeated: false, situation }) : no(problem('not-found', { what: def.label }))
}

/** Walks a history and names the first action that could not have followed from the state before it. */
export function firstImpossible(def: AnyRecord, history: Parameters<typeof effective>[0]): string | undefined {
  let state: string | undefined
  for (const event of effective(history)) {
    if (event.action === MOVE) {
      if (state === undefined) return MOVE
      continue
    }
    const action = def.actions[event.action]
    if (!action) continue
    if (action.from === 'new' ? state !== undefined : state === undefined || !action.from.includes(state)) return event.action
    if (action.to !== 'same') state = action.to
  }
  return undefined
}
