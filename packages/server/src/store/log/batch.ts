import { isDeepStrictEqual } from 'node:util'
import {
  type Actor,
  type AnyRecord,
  type Circumstances,
  CORRECT,
  type Command,
  type DomainEvent,
  decide,
  derivedId,
  ERASED,
  type Follow,
  leadsTo,
  MOVE,
  no,
  ok,
  type Problem,
  problem,
  type RecordState,
  type Result,
  readInput,
  SKEW,
  stampOf,
  today,
} from '@guatu/kernel'
import type { Keeper } from '../identity/keeper.ts'
import type { Link } from './chain.ts'
import { correct } from './correction.ts'
import { EVENT_COLUMNS, type EventRow, fromEventRow } from './event-rows.ts'
import { isKnownInCity } from './keys.ts'
import { insertLate } from './late.ts'
import { move } from './move.ts'
import type { Pointing, Wanted } from './neighbours.ts'
import { isLatest } from './order.ts'
import type { Group, Receipt, Surround } from './receipt.ts'
import { type Moment, related } from './related.ts'
import { restsOn } from './rests.ts'
import { alreadyThere } from './twin.ts'
import { type Known, Workspace } from './workspace.ts'

/** Consequences of consequences end somewhere: a definition that never stops is a mistake, not a load. */
const DEPTH = 8

/** Groups decided in one go: whoever asks for something else meanwhile gets an answer. */
const BREATH_AFTER = 50

/** Lets others have their turn. */
export const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Decides many groups in order on one workspace; each group gets its own answer, a refused one leaves no trace. */
export class Batch {
  readonly #at: Surround
  readonly work: Workspace
  /** Its last link, once it was asked to be written. */
  last: Link | undefined
  #below: Batch | undefined
  readonly #trusting: boolean
  readonly #known = new Map<string, DomainEvent>()

  /**
   * Trusting, it decides on what is remembered and takes new ids for new; who writes it makes sure (`Workspace.assumed`). Else it looks
   * everything up first. `below` is a batch that is being written: what it did counts as done.
   */
  constructor(
    run: Keeper,
    at: Surround,
    known: { readonly below?: Batch; readonly state?: Known['state']; readonly trusting?: boolean } = {},
  ) {
    this.#at = at
    this.#below = known.below
    this.#trusting = known.trusting ?? false
    const { below, state } = known
    this.work = new Workspace(run, at.registry, at.areas(), {
      trusting: this.#trusting,
      ...(below ? { below: below.work } : {}),
      ...(state ? { state } : {}),
    })
  }

  /** The batch below is written. */
  settle(): void {
    this.#below = undefined
    this.work.settle()
  }

  /** Everything that it does, consequences included. */
  receipts(): Receipt[] {
    const { events, outcomes } = this.work
    return events.flatMap((event, i) => {
      const state = outcomes[i]
      return state ? [{ event, state, repeated: false }] : []
    })
  }

  async decideAll(groups: readonly Group[]): Promise<Result<readonly Receipt[]>[]> {
    await (this.#trusting ? this.#recall(groups) : this.#prefetch(groups))
    await this.work.meet(this.#beside(groups))
    const answers: Result<readonly Receipt[]>[] = []
    for (const [i, group] of groups.entries()) {
      if (i > 0 && i % BREATH_AFTER === 0) await breath()
      answers.push(await this.#group(group))
    }
    if (this.#trusting) await this.#lookAgain(groups, answers)
    await this.work.meet(undefined)
    return answers
  }

  /** What the acts will want to see beside their own records, as far as it can be told before they are decided. */
  #beside(groups: readonly Group[]): Wanted {
    const pointing: Pointing[] = []
    const ids = new Set<string>()
    let since: string | undefined
    for (const { commands } of groups)
      for (const command of commands) {
        const action = this.#at.registry.records.get(command.record)?.actions[command.action]
        const before = this.work.remembered(command.recordId)
        const fields = this.#around(command, action?.from === 'new' ? undefined : before)
        if (command.happenedAt !== undefined) {
          const own = normal(command.happenedAt)
          if (since === undefined || own < since) since = own
          for (const value of [command.recordId, ...Object.values(before?.fields ?? {}), ...Object.values(command.input)])
            if (typeof value === 'string' && ID.test(value)) ids.add(value)
        }
        for (const relation of Object.values(action?.related ?? {})) {
          const def = this.#at.registry.records.get(relation.record)
          if (!def || relation.by === undefined) continue
          const value = leadsTo(relation, command.recordId, fields)
          if (value !== undefined) pointing.push({ def, by: relation.by, value })
        }
      }
    return { pointing, ids, since }
  }

  /** Reads the states that acts on existing records need and nobody remembers. */
  async #recall(groups: readonly Group[]): Promise<void> {
    const states = new Map<AnyRecord, string[]>()
    const keyed = new Map<AnyRecord, { county: string; fields: Command['input'] }[]>()
    for (const { commands } of groups) {
      for (const command of commands) {
        const def = this.#at.registry.records.get(command.record)
        if (!def) continue
        if (def.actions[command.action]?.from === 'new') {
          if (!isKnownInCity(def)) continue
          const wanted = keyed.get(def)
          const one = { county: '', fields: command.input }
          if (wanted) wanted.push(one)
          else keyed.set(def, [one])
          continue
        }
        const list = states.get(def)
        if (list) list.push(command.recordId)
        else states.set(def, [command.recordId])
      }
    }
    if (states.size > 0) await this.work.prefetch(states)
    for (const [def, wanted] of keyed) await this.work.prefetchKeys(def, wanted)
  }

  /**
   * A refusal must not come from having taken a known act for a new one: acts that were refused are looked up, and those that are known, or
   * whose record is there already, are decided again. The others were refused on what is true, at their place in the order.
   */
  async #lookAgain(groups: readonly Group[], answers: Result<readonly Receipt[]>[]): Promise<void> {
    const refused = groups.flatMap((group, i) => (answers[i]?.ok ? [] : [{ group, i }]))
    if (refused.length === 0) return
    const made = new Set(refused.flatMap(({ group }) => group.commands.map((one) => one.recordId)).filter((id) => this.work.isThere(id)))
    const stored = await this.#prefetch(refused.map(({ group }) => group))
    const found = ({ id, record, recordId, action }: Command) =>
      stored.has(id) ||
      (this.#at.registry.records.get(record)?.actions[action]?.from === 'new' && this.work.isThere(recordId) && !made.has(recordId))
    for (const { group, i } of refused) if (group.commands.some(found)) answers[i] = await this.#group(group)
  }

  /** Looks up everything that the groups may meet; answers with the ids of those acts that are stored. */
  async #prefetch(groups: readonly Group[]): Promise<ReadonlySet<string>> {
    const ids: string[] = []
    const states = new Map<AnyRecord, string[]>()
    const keyed = new Map<AnyRecord, { county: string; fields: Readonly<Record<string, unknown>> }[]>()
    const day = today(this.#at.clock)
    for (const { commands } of groups) {
      for (const command of commands) {
        ids.push(command.id)
        const def = this.#at.registry.records.get(command.record)
        if (!def) continue
        const list = states.get(def)
        if (list) list.push(command.recordId)
        else states.set(def, [command.recordId])
        if (def.key && command.area !== undefined && def.actions[command.action]?.from === 'new') {
          const county = this.work.areas.county(command.area, command.happenedAt?.slice(0, 10) ?? day) ?? command.area
          const wanted = keyed.get(def)
          const one = { county, fields: command.input }
          if (wanted) wanted.push(one)
          else keyed.set(def, [one])
        }
      }
    }
    await this.work.prefetch(states)
    for (const [def, candidates] of keyed) await this.work.prefetchKeys(def, candidates)
    const known = await this.work.run.query<EventRow>(`select ${EVENT_COLUMNS} from events where id = any($1::uuid[])`, [ids])
    for (const row of known) this.#known.set(row.id, fromEventRow(this.work.run, row))
    return new Set(known.map((row) => row.id))
  }

  async #group({ commands, actor }: Group): Promise<Result<readonly Receipt[]>> {
    const careful = commands.length > 1 || commands.some((c) => this.#at.registry.records.get(c.record)?.actions[c.action]?.follows)
    const mark = careful ? this.work.mark() : undefined
    const receipts: Receipt[] = []
    for (const [i, command] of commands.entries()) {
      const earlier = receipts.find((one) => one.event.id === command.id)
      const def = this.#at.registry.records.get(command.record)
      const done = earlier && def ? await this.#again(earlier.event, command, def, actor) : await this.#one(command, actor, 0)
      if (!done.ok) {
        mark?.back()
        return no(commands.length === 1 ? done.problem : at(done.problem, i))
      }
      receipts.push(done.value)
    }
    mark?.keep()
    for (const { event } of receipts) this.#known.set(event.id, event)
    return ok(receipts)
  }

  async #one(command: Command, actor: Actor, depth: number): Promise<Result<Receipt>> {
    const def = this.#at.registry.records.get(command.record)
    if (!def) return no(problem('not-found', { what: command.record }))
    const known = this.#knownEvent(command.id)
    if (known) return this.#again(known, command, def, actor)
    if (command.action === CORRECT) return correct(this.work, this.#at, def, command, actor)
    if (command.action === MOVE) return move(this.work, this.#at, def, command, actor)
    const action = def.actions[command.action]
    const before = await (action?.from === 'new' ? this.work.stateOfNew(def, command.recordId) : this.work.state(def, command.recordId))
    const now = stampOf(this.#at.clock.now())
    const asOf = earlierThan(now, command, depth > 0)
    const others = await related(this.work, action, command.recordId, this.#around(command, before), { asOf })
    const timed = inTurn(command, [before, ...(depth > 0 ? [] : Object.values(others).flat())], now, depth > 0)
    const circumstances: Circumstances = {
      actor,
      clock: this.#at.clock,
      places: this.work.areas,
      parameters: this.#at.parameters,
      related: others,
      underCause: depth > 0,
    }
    if (before && timed.happenedAt !== undefined && timed.happenedAt < before.changedAt) {
      return this.#late(def, timed, circumstances, actor, depth)
    }
    const decision = decide(def, before, timed, circumstances)
    if (!decision.ok) return decision
    const { event, after, situation } = decision.value
    if (!isLatest(before, event)) return this.#late(def, timed, circumstances, actor, depth)
    const twin = await this.work.sameKey(def, after)
    if (twin !== undefined) return no(await alreadyThere(this.work, def, twin, actor, event.day))
    const rests = asOf && (await restsOn(this.work, this.#at, def, event, { before, after }))
    if (rests) return no(rests)
    this.work.accept(def, before, event, after)
    const followed = await this.#follow(action?.follows?.(situation) ?? [], event, actor, depth)
    return followed ?? ok({ event, state: (await this.work.state(def, command.recordId)) ?? after, repeated: false })
  }

  #knownEvent(id: string): DomainEvent | undefined {
    const below = this.#below
    return this.#known.get(id) ?? (below ? below.#knownEvent(id) : undefined)
  }

  /** What relations may lead through: the fields as they would be, and the county of the record. */
  #around(command: Command, before: RecordState | undefined): Readonly<Record<string, unknown>> {
    const county = before?.county ?? (command.area === undefined ? undefined : this.work.areas.county(command.area, today(this.#at.clock)))
    return { ...before?.fields, ...command.input, county }
  }

  /** What becomes known late has its consequences all the same; they stand where history is now. */
  async #late(def: AnyRecord, command: Command, at: Circumstances, actor: Actor, depth: number): Promise<Result<Receipt>> {
    const late = await insertLate(this.work, this.#at, def, command, at)
    if (!late.ok) return late
    const { situation, event, state } = late.value
    const followed = await this.#follow(def.actions[command.action]?.follows?.(situation) ?? [], event, actor, depth)
    return followed ?? ok({ event, state: (await this.work.state(def, command.recordId)) ?? state, repeated: false })
  }

  async #follow(follows: readonly Follow[], cause: DomainEvent, actor: Actor, depth: number): Promise<Result<never> | undefined> {
    if (follows.length > 0 && depth >= DEPTH)
      throw new Error(`${cause.record}.${cause.action} causes more than ${DEPTH} generations of consequences`)
    for (const [i, follow] of follows.entries()) {
      const recordId = follow.recordId ?? derivedId(`${cause.id}/${i}/record`)
      if (follow.once) {
        const def = this.#at.registry.records.get(follow.record)
        if (def && (await this.work.state(def, recordId))) continue
      }
      const done = await this.#one(
        {
          id: derivedId(`${cause.id}/${i}`),
          record: follow.record,
          recordId,
          action: follow.action,
          area: follow.area ?? cause.area,
          happenedAt: cause.happenedAt,
          ...(cause.authority === null ? {} : { authority: cause.authority }),
          cause: cause.id,
          input: follow.input,
        },
        actor,
        depth + 1,
      )
      if (!done.ok) return done
    }
    return undefined
  }

  /** A known id: the same act gets its old receipt, another act under the same id is refused. */
  async #again(known: DomainEvent, command: Command, def: AnyRecord, actor: Actor): Promise<Result<Receipt>> {
    // The id of somebody else's act opens no view of it.
    if (known.actor !== actor.id && !actor.system) return no(problem('id-reused'))
    if (
      known.record !== command.record ||
      known.recordId !== command.recordId ||
      known.action !== command.action ||
      differs(known, command, def)
    )
      return no(problem('id-reused'))
    const state = await this.work.state(def, known.recordId)
    return state ? ok({ event: known, state, repeated: true }) : no(problem('not-found', { what: def.label }))
  }
}

/**
 * An act without a time of its own happens now, but never before or at the same millisecond as what it builds on or looked at: the order of history
 * must be the order in which the server saw it. A clock that runs a little ahead is wrong: what it dates later than now happens now. Consequences
 * follow their cause in the same way.
 */
function inTurn(command: Command, seen: readonly (RecordState | undefined)[], now: string, consequence: boolean): Command {
  const own = command.happenedAt === undefined ? undefined : normal(command.happenedAt)
  const ahead = own !== undefined && own > now && own <= stampOf(Temporal.Instant.from(now).add(SKEW))
  if (own !== undefined && !consequence && !ahead) return { ...command, happenedAt: own }
  const base = consequence ? (own ?? now) : now
  const last = seen.reduce((latest, one) => (one && one.changedAt > latest ? one.changedAt : latest), '')
  return {
    ...command,
    happenedAt: base > last ? base : Temporal.Instant.from(last).add({ milliseconds: 1 }).toString({ smallestUnit: 'millisecond' }),
  }
}

/** The moment as of which an act sees others, where it was done earlier than now; a consequence sees all that happened by the time of its cause. */
function earlierThan(now: string, { happenedAt, id }: Command, consequence: boolean): Moment | undefined {
  const own = happenedAt === undefined ? now : normal(happenedAt)
  return own < now ? { happenedAt: own, id: consequence ? '~' : id } : undefined
}

const normal = (instant: string): string => {
  try {
    return stampOf(Temporal.Instant.from(instant))
  } catch {
    return instant
  }
}

/** Was the known act another one? What an act was sent with is compared as it was read: trimmed, defaults filled in. */
function differs(known: DomainEvent, command: Command, def: AnyRecord): boolean {
  const action = Object.hasOwn(def.actions, command.action) ? def.actions[command.action] : undefined
  if (!action) return false
  const read = readInput(def, action, command.input, command.shape)
  if (!read.ok) return true
  const sent: Record<string, unknown> = JSON.parse(JSON.stringify(read.value))
  // What was erased cannot be compared any more: a phone that sends an old act again gets its receipt.
  for (const [name, value] of Object.entries(known.input)) if (value === ERASED && name in sent) sent[name] = ERASED
  return !isDeepStrictEqual(sent, JSON.parse(JSON.stringify(known.input)))
}

const at = (p: Problem, index: number): Problem => ({ ...p, path: `commands.${index}${p.path ? `.${p.path}` : ''}` })
