import {
  type Actor,
  type AnyRecord,
  type Circumstances,
  CORRECT,
  type Command,
  type DomainEvent,
  decide,
  derivedId,
  type Follow,
  MOVE,
  no,
  ok,
  problem,
  type RecordState,
  type Result,
  stampOf,
} from '@guatu/kernel'
import type { Keeper } from '../identity/keeper.ts'
import { around, beside, lookUp, recall } from './ahead.ts'
import { goesTo, ledBack, overtaken as takenAlong } from './along.ts'
import { breath } from './breath.ts'
import { isCarriage } from './carriage.ts'
import { carried } from './carry.ts'
import type { Link } from './chain.ts'
import { correct } from './correction.ts'
import { figuresOf } from './figures.ts'
import { heldBy } from './held.ts'
import { HeldClock } from './held-clock.ts'
import { judgedAnew, type Turned, turns } from './judged-anew.ts'
import { amidst, type Inserted, insertAmid, insertLate, madeSooner } from './late.ts'
import { leftBehind } from './left-behind.ts'
import { mayAnywhere, strangeRecord } from './mentions.ts'
import { move } from './move.ts'
import { withFiles } from './named-files.ts'
import { isLatest } from './order.ts'
import { type Group, inGroup, type Receipt, type Surround } from './receipt.ts'
import { related } from './related.ts'
import { restsOn } from './rests.ts'
import { again } from './same-act.ts'
import { hasSeenAll } from './seen-all.ts'
import { named } from './set-right.ts'
import { alreadyThere } from './twin.ts'
import { consequenceId } from './undone.ts'
import { earlierThan, inTurn } from './when.ts'
import { type Known, Workspace } from './workspace.ts'

/** Consequences of consequences end somewhere: a definition that never stops is a mistake, not a load. */
const DEPTH = 8

const NOBODY: Circumstances['related'] = {}

/** The refusal of what was tried, if it was refused. */
type Unless = Result<never> | undefined

/** Groups decided in one go: whoever asks for something else meanwhile gets an answer. */
const BREATH_AFTER = 50

/** Consequences of one act decided in one go: an order may have tens of thousands of passes. */
const MANY_FOLLOWS = 500

/** `overtaken`: it follows from an act of before that took along what it knew of, and leaves nothing behind that is not asked for by itself. */
type Besides = Pick<Circumstances, 'strange'> & Pick<Group, 'shown'> & Pick<Follow, 'yields'> & { readonly overtaken?: boolean }

/** Decides many groups in order on one workspace; each group gets its own answer, a refused one leaves no trace. */
export class Batch {
  readonly #at: Surround
  readonly #clock: HeldClock
  readonly work: Workspace
  /** Its last link, once it was asked to be written. */
  last: Link | undefined
  #below: Batch | undefined
  readonly #trusting: boolean
  readonly #known = new Map<string, DomainEvent>()
  /** Ids of what is done over at its own moment, and of what follows from that. */
  readonly #anew = new Set<string>()
  /** Acts of the group by which something may turn out to have been otherwise than others judged themselves by. */
  #turned: Turned[] = []

  /**
   * Trusting, it decides on what is remembered and takes new ids for new; who writes it makes sure (`Workspace.assumed`). Else it looks
   * everything up first. `below` is a batch that is being written: what it did counts as done.
   */
  constructor(
    run: Keeper,
    at: Surround,
    known: { readonly below?: Batch; readonly state?: Known['state']; readonly trusting?: boolean } = {},
  ) {
    this.#clock = new HeldClock(at.clock)
    this.#at = { ...at, clock: this.#clock }
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

  /** Asks for what these will want to see, before they are decided as one round; false where they want to see nothing. */
  async lookAhead(groups: readonly Group[]): Promise<boolean> {
    this.#clock.pass()
    const recalled = await recall(this.work, this.#at, groups)
    const wanted = beside(this.work, this.#at, groups)
    if (!recalled && wanted.pointing.length === 0 && wanted.ways.length === 0) return false
    await this.work.meetAhead(wanted)
    return true
  }

  /** Decides all of them; `looked` where they were looked ahead for, all of them and no others. */
  async decideAll(groups: readonly Group[], looked = false): Promise<Result<readonly Receipt[]>[]> {
    if (!looked) {
      this.#clock.pass()
      await (this.#trusting ? recall(this.work, this.#at, groups) : this.#lookUp(groups))
      await this.work.meet(beside(this.work, this.#at, groups))
    }
    const answers: Result<readonly Receipt[]>[] = []
    for (const [i, group] of groups.entries()) {
      if (i > 0 && i % BREATH_AFTER === 0) await breath()
      answers.push(await this.#group(group))
    }
    if (this.#trusting) await this.#lookAgain(groups, answers)
    await this.work.meet(undefined)
    return answers
  }

  /**
   * A refusal must not come from having taken a known act for a new one: acts that were refused are looked up, and those that are known, or
   * whose record is there already, are decided again. The others were refused on what is true, at their place in the order.
   */
  async #lookAgain(groups: readonly Group[], answers: Result<readonly Receipt[]>[]): Promise<void> {
    const refused = groups.flatMap((group, i) => (answers[i]?.ok ? [] : [{ group, i }]))
    if (refused.length === 0) return
    const made = new Set(refused.flatMap(({ group }) => group.commands.map((one) => one.recordId)).filter((id) => this.work.isThere(id)))
    const stored = await this.#lookUp(refused.map(({ group }) => group))
    const found = ({ id, record, recordId, action }: Command) =>
      stored.has(id) ||
      (this.#at.registry.records.get(record)?.actions[action]?.from === 'new' && this.work.isThere(recordId) && !made.has(recordId))
    for (const { group, i } of refused) if (group.commands.some(found)) answers[i] = await this.#group(group)
  }

  /** The ids of those acts that are stored. */
  async #lookUp(groups: readonly Group[]): Promise<ReadonlySet<string>> {
    const known = await lookUp(this.work, this.#at, groups)
    for (const event of known) this.#known.set(event.id, event)
    return new Set(known.map(({ id }) => id))
  }

  async #group({ commands, actor, outside, shown }: Group): Promise<Result<readonly Receipt[]>> {
    const careful =
      commands.length > 1 ||
      commands.some((c) => c.action === CORRECT || this.#at.registry.records.get(c.record)?.actions[c.action]?.follows)
    this.#clock.pass()
    const mark = careful ? this.work.mark() : undefined
    const from = this.work.events.length
    this.#turned = []
    const receipts: Receipt[] = []
    const by = { actor, shown, zone: this.#at.clock.zone }
    for (const [i, sent] of commands.entries()) {
      const earlier = receipts.find((one) => one.event.id === sent.id)
      const def = this.#at.registry.records.get(sent.record)
      const { files } = this.#at
      const { command, missing } = def && files && !actor.system ? withFiles(def, sent, files) : { command: sent }
      // Who may not do it at all is told that, and not what there is.
      const looks = def && mayAnywhere(def, command.action, actor) && !this.#knownEvent(command.id)
      const strange = looks && outside ? await strangeRecord(this.work, def, command, by) : undefined
      const done =
        looks && missing
          ? no(missing)
          : earlier && def
            ? await again(this.work, earlier.event, command, def, actor)
            : await this.#one(command, actor, 0, { shown, ...(strange ? { strange } : {}) })
      if (!done.ok) {
        mark?.back()
        this.#remember(from)
        return no(commands.length === 1 ? done.problem : inGroup(done.problem, i))
      }
      receipts.push(done.value)
    }
    mark?.keep()
    await this.#judgeAnew(actor)
    const states = await this.#carryOn(from, actor)
    this.#remember(from)
    return ok(states.size === 0 ? receipts : receipts.map((one) => ({ ...one, state: states.get(one.state.id) ?? one.state })))
  }

  #remember(from: number): void {
    const { events } = this.work
    for (let i = from; i < events.length; i += 1) {
      const event = events[i]
      if (event) this.#known.set(event.id, event)
    }
  }

  /** What judged itself by what turns out to have been otherwise says so, where it still can. */
  async #judgeAnew(actor: Actor): Promise<void> {
    const turned = this.#turned
    for (const { id, cause, follows } of turned.length > 0 ? await judgedAnew(this.work, this.#at, turned, actor) : [])
      await this.#follow(follows, cause, actor, 0, derivedId(`${cause.id}/${id}`))
  }

  /** What came in late for an area that has ended since goes to the heir at once, and where whoever it belongs to has moved, along with them. */
  async #carryOn(from: number, actor: Actor): Promise<ReadonlyMap<string, RecordState>> {
    const { areas, events, outcomes } = this.work
    const states = new Map<string, RecordState>()
    for (const event of events.slice(from)) {
      const def = this.#at.registry.records.get(event.record)
      for (const command of def ? await takenAlong(this.work, this.#at, def, event) : []) {
        const moved = await this.#one(command, actor, 1, { overtaken: true })
        if (moved.ok) states.set(event.recordId, moved.value.state)
      }
    }
    for (let i = from, end = events.length; i < end; i += 1) {
      const [event, outcome] = [events[i], outcomes[i]]
      if (!event || !outcome || !areas.heir(outcome.area)) continue
      const def = this.#at.registry.records.get(event.record)
      const now = def && (await this.work.state(def, event.recordId))
      if (def && now) states.set(now.id, await carried(this.work, this.#at, def, now))
    }
    return states
  }

  async #one(command: Command, actor: Actor, depth: number, besides: Besides = {}): Promise<Result<Receipt>> {
    const { overtaken = false, shown, strange, yields } = besides
    const def = this.#at.registry.records.get(command.record)
    if (!def) return no(problem('not-found', { what: command.record }))
    const known = this.#knownEvent(command.id)
    if (known) return again(this.work, known, command, def, actor)
    if (strange && (command.action === CORRECT || command.action === MOVE)) return no(strange)
    if (command.action === CORRECT) {
      const corrected = await correct(this.work, this.#at, def, command, actor, { underCause: depth > 0, shown })
      if (!corrected.ok) return corrected
      const { amends, ...receipt } = corrected.value
      this.#turned.push({ def, act: receipt.event })
      return (await this.#follow(amends, receipt.event, actor, depth)) ?? ok(await this.#asNow(def, receipt))
    }
    if (command.action === MOVE) return this.#move(def, command, actor, depth, overtaken)
    const action = def.actions[command.action]
    const found = await (action?.from === 'new' ? this.work.stateOfNew(def, command.recordId) : this.work.state(def, command.recordId))
    const before = found && this.work.areas.heir(found.area) ? await carried(this.work, this.#at, def, found) : found
    // Who sends the version of before it was taken along has seen all there was to see.
    const seen = before && found && (await hasSeenAll(this.work, def, found, command))
    const own = seen ? { ...command, version: before.version } : command
    const now = stampOf(this.#at.clock.now())
    const asOf = earlierThan(now, command, depth > 0)
    const others = action?.related
      ? await related(this.work, action.related, command.recordId, around(this.work, this.#at, command, before), { asOf })
      : NOBODY
    const timed = inTurn(own, [before, ...(depth > 0 ? [] : Object.values(others).flat())], now, depth > 0)
    const held = action?.erases ? await heldBy(this.work, def, command.recordId) : undefined
    const figures = action?.figures ? await figuresOf(this.work, action, around(this.work, this.#at, command, before)) : undefined
    const circumstances: Circumstances = {
      ...this.#circumstances(actor, others, depth),
      ...(held ? { held } : {}),
      ...(figures ? { figures } : {}),
      ...(strange ? { strange } : {}),
    }
    if (before && timed.happenedAt !== undefined && timed.happenedAt < before.changedAt)
      return this.#late(def, timed, circumstances, actor, depth)
    const amid =
      depth > 0 && before ? await insertAmid(this.work, this.#around(command), def, command, circumstances, before, yields) : undefined
    if (amid) return amid.ok ? this.#inserted(def, amid.value, actor, depth) : amid
    const decision = decide(def, before, timed, circumstances)
    if (!decision.ok) return decision
    const { event, after, situation } = decision.value
    if (!isLatest(before, event)) return this.#late(def, timed, circumstances, actor, depth)
    const twin = await this.work.keys.twin(def, after, before)
    if (twin !== undefined) return no(await alreadyThere(this.work, def, twin, actor, event.day))
    const rests = asOf && (await restsOn(this.work, this.#around(command), def, event, { before, after }))
    if (rests) return no(rests)
    this.work.accept(def, before, event, after)
    if (turns(this.work, def, { before, after, isPast: asOf !== undefined })) this.#turned.push({ def, act: event })
    const followed = await this.#follow(action?.follows?.(situation) ?? [], event, actor, depth)
    return followed ?? ok(await this.#asNow(def, { event, state: after, repeated: false }))
  }

  /** A receipt with its record as it is after what followed. */
  async #asNow(def: AnyRecord, receipt: Receipt): Promise<Receipt> {
    return { ...receipt, state: (await this.work.state(def, receipt.event.recordId)) ?? receipt.state }
  }

  /** A move, and what goes along; one that follows from what became known late stands beside it, as every consequence does. */
  async #move(def: AnyRecord, command: Command, actor: Actor, depth: number, overtaken: boolean): Promise<Result<Receipt>> {
    if (isCarriage({ ...command, actor: actor.id, cause: command.cause ?? null })) return move(this.work, this.#at, def, command, actor)
    const before = await this.work.state(def, command.recordId)
    const action = def.actions[MOVE]
    const now = stampOf(this.#at.clock.now())
    const asOf = earlierThan(now, command, depth > 0)
    const fields = around(this.work, this.#at, { ...command, input: {} }, before)
    const others = action?.related ? await related(this.work, action.related, command.recordId, fields, { asOf }) : NOBODY
    const how = { related: others, underCause: depth > 0 }
    const then = depth > 0 && before ? await amidst(this.work, def, command, before) : undefined
    const amid = then && (await move(this.work, this.#at, def, then, actor, how))
    const timed = inTurn(command, [before, ...(depth > 0 ? [] : Object.values(others).flat())], now, depth > 0)
    const done = amid?.ok ? amid : await move(this.work, this.#at, def, timed, actor, how)
    if (!done.ok) return done
    const { event, state, situation } = done.value
    const stays = asOf && !overtaken && (await leftBehind(this.work, this.#at, def, done.value, fields))
    if (stays) return no(stays)
    const followed = await this.#follow(action?.follows?.(situation) ?? [], event, actor, depth)
    const back = await ledBack(this.work, this.#at, def, event, before)
    const led = followed ?? (back && (await this.#one(back, actor, depth + 1)))
    if (led && !led.ok) return led
    return ok({ event, state: (await this.work.state(def, command.recordId)) ?? state, repeated: false })
  }

  #knownEvent(id: string): DomainEvent | undefined {
    const below = this.#below
    return this.#known.get(id) ?? (below ? below.#knownEvent(id) : undefined)
  }

  /** What becomes known late has its consequences all the same; they stand beside it, or where history is now when that is no longer possible. */
  async #late(def: AnyRecord, command: Command, at: Circumstances, actor: Actor, depth: number): Promise<Result<Receipt>> {
    const late = await insertLate(this.work, this.#around(command), def, command, at)
    return late.ok ? this.#inserted(def, late.value, actor, depth) : late
  }

  async #inserted(def: AnyRecord, { situation, event, state, way }: Inserted, actor: Actor, depth: number): Promise<Result<Receipt>> {
    const gone = way && (await this.#one(way, actor, depth))
    if (gone && !gone.ok) return gone
    this.#turned.push({ def, act: event })
    const followed = await this.#follow(def.actions[event.action]?.follows?.(situation) ?? [], event, actor, depth)
    return followed ?? ok(await this.#asNow(def, { event, state, repeated: false }))
  }

  /** @param of what the ids of the consequences are made of */
  async #follow(follows: readonly Follow[], cause: DomainEvent, actor: Actor, depth: number, of = cause.id): Promise<Unless> {
    if (follows.length > 0 && depth >= DEPTH)
      throw new Error(`${cause.record}.${cause.action} causes more than ${DEPTH} generations of consequences`)
    for (const [i, follow] of follows.entries()) {
      if (i > 0 && i % MANY_FOLLOWS === 0) await breath()
      const recordId = follow.recordId ?? derivedId(`${of}/${i}/record`)
      const area = follow.action === MOVE ? await goesTo(this.work, follow, cause) : (follow.area ?? cause.area)
      if (area === undefined) continue
      const asked: Command = {
        id: consequenceId(of, i),
        record: follow.record,
        recordId,
        action: follow.action,
        area,
        happenedAt: follow.happenedAt ?? cause.happenedAt,
        ...(cause.authority === null ? {} : { authority: cause.authority }),
        cause: cause.id,
        input: follow.input,
      }
      const target = this.#at.registry.records.get(follow.record)
      const def = follow.once && target
      const there = def && (await this.work.state(def, recordId))
      if (def && there && there.createdAt <= cause.happenedAt) continue
      for (const command of target && follow.action === CORRECT
        ? await named(this.work, this.#at, target, asked, follow.yields)
        : [asked]) {
        if (follow.anew || this.#anew.has(cause.id)) this.#anew.add(command.id)
        const done = def && there ? await this.#sooner(def, command, actor, depth + 1) : await this.#one(command, actor, depth + 1, follow)
        if (done && !done.ok) return done
      }
    }
    return undefined
  }

  /** What is there already was asked for by something that happened before what made it. */
  async #sooner(def: AnyRecord, command: Command, actor: Actor, depth: number): Promise<Result<Receipt> | undefined> {
    const asOf = earlierThan(stampOf(this.#at.clock.now()), command, true)
    const fields = around(this.work, this.#at, command, undefined)
    const others = await related(this.work, def.actions[command.action]?.related, command.recordId, fields, { asOf })
    const made = await madeSooner(this.work, this.#at, def, command, this.#circumstances(actor, others, depth))
    return made && this.#inserted(def, made, actor, depth)
  }

  #around({ id }: Command): Surround {
    return this.#anew.has(id) ? { ...this.#at, anew: true } : this.#at
  }

  #circumstances(actor: Actor, others: Circumstances['related'], depth: number): Circumstances {
    return {
      actor,
      clock: this.#at.clock,
      places: this.work.areas,
      parameters: this.#at.parameters,
      related: others,
      underCause: depth > 0,
    }
  }
}
