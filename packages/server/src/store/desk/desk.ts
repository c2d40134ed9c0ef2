import {
  type Action,
  type Actor,
  type AnyRecord,
  type Command,
  carriersOf,
  comparedFields,
  type DomainEvent,
  type Fields,
  isEmpty,
  located,
  no,
  nowhere,
  ok,
  type Problem,
  problem,
  type RecordState,
  type Result,
  readersOf,
  type Scope,
  scopeOf,
  unitsOf,
  within,
} from '@guatu/kernel'
import { widest } from '../areas/wholes.ts'
import { readHistory } from '../log/event-rows.ts'
import { filesIn } from '../log/named-files.ts'
import type { Receipt } from '../log/receipt.ts'
import { findBySound, isHeard } from '../query/by-sound.ts'
import { type CarriedRequest, carriedRows } from '../query/carried.ts'
import { type EnteringRequest, lateness, type SameMinute, sameMinute } from '../query/entering.ts'
import {
  countRecords,
  type Group,
  getRecord,
  groupRecords,
  type Listed,
  type ListRequest,
  listRecords,
  type Page,
  seenOf,
} from '../query/list.ts'
import { type OtherEntry, otherEntries } from '../query/other-entries.ts'
import { type AreaFigures, readAreaOver } from '../tallies/area-over.ts'
import { addUp, type BoardRequest, firstDay, type IndicatorSeries, type MapFigure, readBoard, readMap } from '../tallies/board.ts'
import { type Correctable, correctable } from './correctable.ts'
import type { DeskStore } from './desk-store.ts'
import { IdentityDesk } from './identity-desk.ts'
import { maskEvent, maskHistory, maskState } from './masking.ts'
import { strangeReference } from './references.ts'
import { strangeFile } from './sent-files.ts'
import { asNeverMade } from './unknown.ts'

/** An action as the caller meets it on a record: possible now, or not and why. */
export interface Offer {
  readonly action: string
  readonly allowed: boolean
}

/**
 * The store as one person may use it: every reading and writing is limited to the person's scope here, once, so that no screen,
 * export or count can forget it.
 */
export class Desk {
  readonly #store: DeskStore
  readonly actor: Actor
  #turn: Promise<void> = Promise.resolve()

  constructor(store: DeskStore, actor: Actor) {
    this.#store = store
    this.actor = actor
  }

  #def(record: string, scopeIn = readersOf): Result<{ def: AnyRecord; scope: Scope }> {
    const def = this.#store.registry.records.get(record)
    if (!def) return no(problem('not-found', { what: record }))
    const scope = widest(this.#store.areas.index, scopeIn(def, this.actor))
    return isEmpty(scope)
      ? no(nowhere(def.read, this.actor, { zh: `查看${def.label.zh}`, en: `read ${def.label.en}` }))
      : ok({ def, scope })
  }

  async list(record: string, request: ListRequest = {}): Promise<Result<Page>> {
    const found = this.#def(record)
    if (!found.ok) return found
    const { def, scope } = found.value
    const probing = probe(def, request)
    if (probing) return no(probing)
    const page = await listRecords(this.#store.db, def, scope, request)
    return page.ok ? ok({ ...page.value, rows: page.value.rows.map((row) => maskState(def, row)) }) : page
  }

  /** Rows for a phone that will work without a network: masked like any list, references to people left as they are. */
  async carried(record: string, request: CarriedRequest): Promise<Result<readonly Listed[]>> {
    const found = this.#def(record, carriersOf)
    if (!found.ok) return found
    return ok(await carriedRows(this.#store.db, found.value.def, found.value.scope, request))
  }

  async count(record: string, request: Pick<ListRequest, 'where' | 'path' | 'text'> = {}): Promise<Result<number>> {
    const found = this.#def(record)
    if (!found.ok) return found
    const probing = probe(found.value.def, request)
    return probing ? no(probing) : ok(await countRecords(this.#store.db, found.value.def, found.value.scope, request))
  }

  async groups(
    record: string,
    by: readonly string[],
    request: Pick<ListRequest, 'where' | 'path' | 'text'> = {},
  ): Promise<Result<readonly Group[]>> {
    const found = this.#def(record)
    if (!found.ok) return found
    const probing = probe(found.value.def, request)
    return probing ? no(probing) : groupRecords(this.#store.db, found.value.def, found.value.scope, by, request)
  }

  /** Several summaries of one record's list as of one moment, in their order: nothing that is done meanwhile stands in one of them alone. */
  async groupsTogether(
    record: string,
    by: readonly string[],
    requests: readonly Pick<ListRequest, 'where' | 'path' | 'text'>[],
  ): Promise<Result<readonly (readonly Group[])[]>> {
    const found = this.#def(record)
    if (!found.ok) return found
    const { def, scope } = found.value
    const probing = requests.map((request) => probe(def, request)).find((one) => one !== undefined)
    if (probing) return no(probing)
    return this.#store.db.snapshot(async (session) => {
      const all: (readonly Group[])[] = []
      for (const request of requests) {
        const groups = await groupRecords(session, def, scope, by, request)
        if (!groups.ok) return groups
        all.push(groups.value)
      }
      return ok(all)
    })
  }

  async get(record: string, id: string): Promise<Result<Listed>> {
    const found = this.#def(record)
    if (!found.ok) return found
    const { def, scope } = found.value
    const row = await getRecord(this.#store.db, def, scope, id)
    return row ? ok(maskState(def, row)) : no(problem('not-found', { what: def.label }))
  }

  /** Which of these records this person may read; none where this person reads no record of the kind. */
  async seen(record: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
    const found = this.#def(record)
    return found.ok ? seenOf(this.#store.db, found.value.def, found.value.scope, ids) : new Set()
  }

  /** Of each of these records that this person may read, the other entries that are the same by merging: where they stand and what holds them, no more. */
  async otherEntries(record: string, ids: readonly string[]): Promise<Result<Readonly<Record<string, readonly OtherEntry[]>>>> {
    const found = this.#def(record)
    if (!found.ok) return found
    const { def, scope } = found.value
    const { db, registry } = this.#store
    return ok(await otherEntries(db, registry, this.actor, def, [...(await seenOf(db, def, scope, ids))]))
  }

  /** Records whose title sounds like what was typed, where a title is words; none elsewhere. */
  async heard(record: string, request: { readonly typed: string; readonly limit: number }): Promise<Result<readonly Listed[]>> {
    const found = this.#def(record)
    if (!found.ok) return found
    const { def, scope } = found.value
    const rows = isHeard(def) ? await findBySound(this.#store.db, def, scope, request) : []
    return ok(rows.map((row) => maskState(def, row)))
  }

  /** How the acts of a day came in: the same value for many records in one minute, and what arrived late. */
  async entering(
    record: string,
    request: EnteringRequest & { readonly atLeast: number; readonly hours: number },
  ): Promise<Result<{ readonly acts: number; readonly late: number; readonly copied: readonly SameMinute[] }>> {
    const found = this.#def(record)
    if (!found.ok) return found
    const { def, scope } = found.value
    const [timed, copied] = [await lateness(this.#store.db, def, scope, request), await sameMinute(this.#store.db, def, scope, request)]
    return ok({ ...timed, copied })
  }

  /** Seeing, finding and comparing identity; everything else this desk shows masked. */
  get identity(): IdentityDesk {
    return new IdentityDesk(this.#store, this.actor)
  }

  /** Everything that was done to a record, oldest first. */
  async timeline(record: string, id: string): Promise<Result<readonly DomainEvent[]>> {
    const done = await this.history(record, id)
    return done.ok ? ok(done.value.events) : done
  }

  /** The same, and which of it this person may set right. */
  async history(
    record: string,
    id: string,
  ): Promise<Result<{ readonly events: readonly DomainEvent[]; readonly correctable: readonly Correctable[] }>> {
    const row = await this.get(record, id)
    if (!row.ok) return row
    const def = this.#store.registry.records.get(record)
    const history = await readHistory(this.#store.db, record, id)
    if (!def) return ok({ events: history, correctable: [] })
    return ok({
      events: maskHistory(def, history),
      correctable: correctable(def, row.value, history, this.actor),
    })
  }

  /** Which actions this person may do on a record as it stands; guards are asked when the act is done. */
  offers(def: AnyRecord, row: Listed): readonly Offer[] {
    return Object.entries(def.actions)
      .filter(([, action]) => !action.automatic && action.from !== 'new' && action.from.includes(row.state))
      .map(([name, action]) => ({ action: name, allowed: this.#may(def, action, row) }))
  }

  #may(def: AnyRecord, action: Action<Fields, string>, row: Listed): boolean {
    return within(scopeOf(action.by, this.actor), { path: row.path, units: unitsOf(def, row.fields) })
  }

  /** @param shown records that the program looked up for this person by what was shown, wherever they stand: the act may name them */
  async submit(command: Command, shown?: readonly string[]): Promise<Result<Receipt>> {
    const strange = await this.#inTurn(() => this.#strange(command))
    return strange ? no(strange) : this.#masked(await this.#store.writer.submit(command, this.actor, { outside: true, shown }))
  }

  /** @param shown as for {@link submit} */
  async submitTogether(commands: readonly Command[], shown?: readonly string[]): Promise<Result<readonly Receipt[]>> {
    for (const [i, command] of commands.entries()) {
      const strange = await this.#strange(command)
      if (strange) return no({ ...strange, path: `commands.${i}.${strange.path}` })
    }
    const done = await this.#store.writer.submitTogether(commands, this.actor, { outside: true, shown })
    return done.ok ? ok(done.value.map((receipt) => this.#maskReceipt(receipt))) : done
  }

  /**
   * An act of somebody who is told at once what became of it. Of a record that they may not know of they are told the same as of one that was never
   * made, so that no id can be tried out; what a phone hands over goes by {@link submit}, which says that it belongs to others.
   * @param shown as for {@link submit}
   */
  async try(command: Command, shown?: readonly string[]): Promise<Result<Receipt>> {
    const done = await this.submit(command, shown)
    const [instead] = (done.ok ? undefined : await asNeverMade(this.#store, this.actor, [command])) ?? []
    return instead ? this.submit(instead, shown) : done
  }

  /**
   * Acts that stand or fall together, answered as {@link try} answers each.
   * @param shown as for {@link submit}
   */
  async tryTogether(commands: readonly Command[], shown?: readonly string[]): Promise<Result<readonly Receipt[]>> {
    const done = await this.submitTogether(commands, shown)
    const instead = done.ok ? undefined : await asNeverMade(this.#store, this.actor, commands)
    return instead ? this.submitTogether(instead, shown) : done
  }

  /** Acts enter the queue of the writer in the order in which they were given, also where the files of one of them are looked up. */
  #inTurn<T>(look: () => T | Promise<T>): Promise<T> {
    const found = this.#turn.then(look)
    this.#turn = found.then(
      () => undefined,
      () => undefined,
    )
    return found
  }

  /** Only files have to be looked up, and most acts name none. */
  #strange(command: Command): Problem | undefined | Promise<Problem | undefined> {
    const def = this.#store.registry.records.get(command.record)
    if (!def) return undefined
    const strange = strangeReference(def, this.#store.areas.tree, command)
    return strange || filesIn(def, command).length === 0 ? strange : strangeFile(this.#store, def, command, this.actor.id)
  }

  #masked(done: Result<Receipt>): Result<Receipt> {
    return done.ok ? ok(this.#maskReceipt(done.value)) : done
  }

  #maskReceipt(receipt: Receipt): Receipt {
    const def = this.#store.registry.records.get(receipt.event.record)
    return def ? { ...receipt, event: maskEvent(def, receipt.event), state: maskState(def, receipt.state) } : receipt
  }

  /** May this person see the figures of an area? Figures name nobody; they follow the area of the grant whatever its role. */
  seesArea(area: string): boolean {
    if (this.actor.system) return true
    const path = this.#store.areas.index.currentPath(area)
    return path !== undefined && this.actor.grants.some((grant) => path.startsWith(grant.path))
  }

  async board(request: BoardRequest): Promise<Result<readonly IndicatorSeries[]>> {
    const unknown = request.indicators.find((id) => !this.#store.registry.indicators.has(id))
    if (unknown !== undefined) return no(problem('not-found', { what: unknown }, { path: 'indicators' }))
    if (!request.areas.every((area) => this.seesArea(area))) return no(problem('outside-jurisdiction'))
    const members = new Map(request.areas.map((area) => [area, this.#members(area, request.day)]))
    const series = await readBoard(this.#store.db, this.#store.registry, { ...request, areas: [...new Set([...members.values()].flat())] })
    return ok(addUp(series, request.indicators, members))
  }

  /** First day of which any of these indicators has figures; the day alone says nothing of anybody. */
  firstDay(indicators: readonly string[]): Promise<string | undefined> {
    return firstDay(this.#store.db, indicators)
  }

  /**
   * The books that make up an area's figures: its own, and those of the counties below a city or province. A county that a reform ended
   * stays among them: what it had until then, and what left it on that day, belongs to the city.
   */
  #members(area: string, day: string): readonly string[] {
    const { tree } = this.#store.areas
    const level = tree.last(area)?.level
    if (level !== 'city' && level !== 'province') return [area]
    const below: string[] = []
    for (const one of tree.everBelow(area, day)) if (one.id === area || one.level === 'city' || one.level === 'county') below.push(one.id)
    return below
  }

  /** "Today's town over the figures of the old ones": what was counted on one day within the boundaries that an area has on `day`. */
  async areaOver(area: string, day: string, counted: string, indicators: readonly string[]): Promise<Result<AreaFigures>> {
    const unknown = indicators.find((id) => !this.#store.registry.indicators.has(id))
    if (unknown !== undefined) return no(problem('not-found', { what: unknown }, { path: 'indicators' }))
    if (!this.#store.areas.tree.asOf(day).get(area)) return no(problem('area-unknown', { area, day }, { path: 'area' }))
    if (!this.seesArea(area)) return no(problem('outside-jurisdiction'))
    return ok(await readAreaOver(this.#store.db, this.#store.registry, this.#store.areas.tree, { area, day, counted, indicators }))
  }

  /** Figures of one indicator in every area that this person sees, on one day: what colours a map. */
  async map(indicator: string, day: string): Promise<Result<readonly MapFigure[]>> {
    const known = this.#store.registry.indicators.get(indicator)
    if (!known) return no(problem('not-found', { what: indicator }, { path: 'indicator' }))
    const figures = await readMap(this.#store.db, indicator, known, day)
    return ok(figures.filter((figure) => this.seesArea(figure.area)))
  }

  /** Does a committed act concern somebody with this scope? Used for the live stream. */
  sees(event: DomainEvent, state: RecordState): boolean {
    const def = this.#store.registry.records.get(event.record)
    if (!def) return false
    return within(readersOf(def, this.actor), located(def, state, this.#store.areas.index.currentPath(state.area) ?? ''))
  }
}

/** Asking for rows by a masked value, or in its order, would tell the value: whoever may not read it may not ask by it either. */
function probe(def: AnyRecord, request: Pick<ListRequest, 'where' | 'sort'>): Problem | undefined {
  const asked = [...(request.where ? comparedFields(request.where) : []), ...(request.sort ? [request.sort.replace(/^-/, '')] : [])]
  const hidden = asked.find((name) => def.fields[name]?.sensitive)
  const label = hidden === undefined ? undefined : def.fields[hidden]?.label
  return label && problem('not-allowed', { action: { zh: `按${label.zh}查询`, en: `ask by ${label.en}` } }, { path: hidden ?? '' })
}
