import {
  type Actor,
  type AnyRecord,
  apply,
  beforeEntered,
  type CarriedRow,
  type Clock,
  type Command,
  carriedOf,
  type Decision,
  type DomainEvent,
  dayOf,
  decide,
  type Hop,
  instantMs,
  isMeant,
  leadsTo,
  MOVE,
  no,
  type ParameterReader,
  type ParameterSetting,
  type Places,
  type RecordState,
  type Registry,
  type Result,
  type RowBlock,
  readParameters,
  seenOf,
  stampOf,
  unpackRows,
} from '@guatu/kernel'
import type { Stamp } from './device-clock.ts'
import { type Entry, withForeseen } from './entry.ts'
import { oneAndSame, stays } from './merged.ts'

/** What a phone is told before any rows. */
export interface Head {
  readonly now: string
  readonly day: string
  readonly zone: string
  readonly actor: Actor
  readonly areas: readonly FieldArea[]
  readonly parameters: Readonly<Record<string, readonly Omit<ParameterSetting, 'instrument'>[]>>
  readonly records: readonly string[]
  readonly heads: Readonly<Record<string, number>>
}

export interface FieldArea {
  readonly id: string
  readonly name: string
  readonly level: string
  readonly path: string
  readonly county: string
}

const NO_INSTRUMENT = { zh: '', en: '' }

/** The rows of an area on a phone, with what was done here folded on top by the same fold and the same decision as on the server. */
export class Replica {
  readonly registry: Registry
  readonly clock: Clock
  readonly #instantOf: (stamp: Stamp) => number
  #head: Head | undefined
  readonly #areas = new Map<string, FieldArea>()
  readonly #rows = new Map<string, Map<string, CarriedRow>>()
  readonly #pending = new Map<string, Entry[]>()
  #parameters = new Map<string, readonly ParameterSetting[]>()
  /** Counts every change, for screens that remember what they computed. */
  revision = 0

  /** @param instantOf the city's time of what was done here, milliseconds: the clock of the phone may be off by hours */
  constructor(registry: Registry, clock: Clock, instantOf: (stamp: Stamp) => number) {
    this.registry = registry
    this.clock = clock
    this.#instantOf = instantOf
  }

  get head(): Head | undefined {
    return this.#head
  }

  set head(head: Head | undefined) {
    this.#head = head
    this.#areas.clear()
    for (const area of head?.areas ?? []) this.#areas.set(area.id, area)
    this.#parameters = new Map(
      Object.entries(head?.parameters ?? {}).map(([code, list]) => [code, list.map((one) => ({ ...one, instrument: NO_INSTRUMENT }))]),
    )
    this.revision += 1
  }

  /** Takes rows but those that are known to have left. @returns the ids in the block */
  take(block: RowBlock, left?: ReadonlySet<string>): readonly string[] {
    const rows = this.#of(block.record)
    const given = unpackRows(block)
    for (const row of given) {
      const known = rows.get(row.id)
      // Blocks may arrive in another order than they were made: an older row never replaces a newer one.
      if (!left?.has(row.id) && (!known || known.version <= row.version)) rows.set(row.id, row)
    }
    this.revision += 1
    return given.map((row) => row.id)
  }

  forget(gone: readonly { readonly record: string; readonly id: string }[]): void {
    for (const { record, id } of gone) this.#of(record).delete(id)
    this.revision += 1
  }

  clear(): void {
    this.#rows.clear()
    this.revision += 1
  }

  /** Sets what was done here and is not yet part of the rows. */
  fold(entries: readonly Entry[]): void {
    this.#pending.clear()
    for (const entry of entries) {
      if (entry.settled || !(entry.state === 'kept' || entry.state === 'sent' || entry.state === 'confirmed')) continue
      for (const one of withForeseen(entry)) {
        const list = this.#pending.get(one.act.id)
        if (list) list.push(one)
        else this.#pending.set(one.act.id, [one])
      }
    }
    // An act that was entered for an earlier day comes before what was done since.
    for (const list of this.#pending.values()) list.sort((a, b) => this.#momentOf(a) - this.#momentOf(b))
    this.revision += 1
  }

  #of(record: string): Map<string, CarriedRow> {
    const known = this.#rows.get(record)
    if (known) return known
    const made = new Map<string, CarriedRow>()
    this.#rows.set(record, made)
    return made
  }

  /** What the server said of a record last, without what was done here. */
  theirs(record: string, id: string): CarriedRow | undefined {
    return this.#of(record).get(id)
  }

  /** A record as it stands for this phone. */
  get(record: string, id: string): CarriedRow | undefined {
    const def = this.registry.records.get(record)
    let state: CarriedRow | undefined = this.#of(record).get(id)
    if (def) for (const entry of this.#onTop(record, id)) state = this.#applied(def, state, entry)
    return state
  }

  /** What was done here with a record that its rows do not hold yet, in its order. */
  #onTop(record: string, id: string): readonly Entry[] {
    const row = this.#of(record).get(id)
    const later = (version: number | undefined) => version === undefined || !row || row.version < version
    return (this.#pending.get(id) ?? []).filter(({ version }) => later(version))
  }

  /** The acts of this phone by which a record is further here than what the server said of it, one for each step. */
  builtOn(record: string, id: string): readonly string[] {
    return this.#onTop(record, id).map(({ act }) => act.event)
  }

  #applied(def: AnyRecord, before: CarriedRow | undefined, entry: Entry): CarriedRow {
    const { act } = entry
    const happenedAt = new Date(this.#momentOf(entry)).toISOString()
    const area = (act.action === MOVE ? act.area : before?.area) ?? act.area ?? ''
    const event: DomainEvent = {
      id: act.event,
      county: before?.county ?? this.#areas.get(area)?.county ?? area,
      record: act.record,
      recordId: act.id,
      action: act.action,
      area,
      happenedAt,
      recordedAt: happenedAt,
      day: dayOf(Temporal.Instant.from(happenedAt), this.clock.zone),
      actor: this.#head?.actor.id ?? '',
      unit: null,
      authority: null,
      corrects: null,
      cause: null,
      input: act.input,
    }
    const folded: RecordState = apply(def, before, event)
    // What was known before stays known: an act of an earlier day is no step back.
    const after = before && before.changedAt > happenedAt ? { ...folded, changedAt: before.changedAt } : folded
    return before?.known === undefined ? after : { ...after, known: before.known }
  }

  /** When something was done here, milliseconds of the city. */
  #momentOf(entry: Entry): number {
    return instantMs(entry.act.happenedAt ?? '') ?? Math.max(this.#instantOf(entry), entry.after)
  }

  /** The record that stays where this one was merged into another, as far as this phone carries it. */
  stays(record: string, id: string): CarriedRow | undefined {
    return stays(this.registry.records.get(record), id, (one) => this.get(record, one))
  }

  /** All records of a kind as they stand for this phone, without those that nobody looks for any more. */
  all(record: string): CarriedRow[] {
    const aside = this.registry.records.get(record)?.carried?.aside ?? []
    const ids = new Set(this.#of(record).keys())
    for (const [id, [first]] of this.#pending) if (first?.act.record === record) ids.add(id)
    return [...ids].flatMap((id) => {
      const row = this.get(record, id)
      return row && !aside.includes(row.state) ? [row] : []
    })
  }

  area(id: string): FieldArea | undefined {
    return this.#areas.get(id)
  }

  get places(): Places {
    return {
      path: (area) => this.#areas.get(area)?.path,
      county: (area) => this.#areas.get(area)?.county,
      level: (area) => this.#areas.get(area)?.level as ReturnType<Places['level']>,
      name: (area) => this.#areas.get(area)?.name,
      heirs: (area) => (this.#areas.has(area) ? [area] : []),
      // A phone knows the areas of today, and of no reform.
      inPlaceOf: (areas) =>
        areas.flatMap((area) => {
          const path = this.#areas.get(area)?.path
          return path === undefined ? [] : [{ area, path, whole: true }]
        }),
    }
  }

  /** Whether this phone can do an action without a network: declared so, on a record that it carries. */
  offline(record: string, action: string): boolean {
    const def = this.registry.records.get(record)
    return def?.actions[action]?.offline === true && carriedOf(def) !== undefined
  }

  /** The numbers in force on a day, as this phone carries them. */
  parameters(day: string, path = ''): ParameterReader {
    return readParameters(this.#parameters, day, path)
  }

  /** What is met on the way from hop to hop, from the first that leads on, as far as this phone carries it. */
  #along(via: readonly Hop[], from: readonly unknown[]): readonly unknown[] {
    if (via.length === 0) return from
    const met: unknown[] = []
    let last = from
    for (const { record, field } of via) {
      last = last.flatMap((id) => this.get(record, String(id))?.fields[field] ?? []).slice(0, 1)
      met.push(...last)
    }
    return met
  }

  #same(record: string, id: unknown): readonly unknown[] {
    const def = this.registry.records.get(record)
    return oneAndSame(def, id, this.#of(record).values(), (one) => this.get(record, one))
  }

  /** The kernel's own decision on an act, here and now: what is refused here would be refused there. */
  decide(command: Command, underCause = false): Result<Decision> {
    const def = this.registry.records.get(command.record)
    if (!def || !this.#head) throw new RangeError(`this phone knows nothing of ${command.record}`)
    const action = def.actions[command.action]
    const before = this.get(command.record, command.recordId)
    const [first] = this.theirs(command.record, command.recordId) ? [] : (this.#pending.get(command.recordId) ?? [])
    const made = first && this.#momentOf(first)
    const { happenedAt = '' } = command
    if (made !== undefined && (instantMs(happenedAt) ?? made) < made)
      return no(beforeEntered(def.label, { happenedAt, since: stampOf({ epochMilliseconds: made }) }, this.clock.zone))
    const path = this.#areas.get(before?.area ?? command.area ?? '')?.path
    const fields: Readonly<Record<string, unknown>> = { ...before?.fields, ...command.input, path }
    const related = Object.entries(action?.related ?? {}).map(([name, relation]) => {
      const led = leadsTo(relation, command.recordId, fields)
      const leads = this.#along(relation.via ?? [], relation.doubles === undefined ? led : this.#same(relation.doubles, led[0]))
      const rows =
        relation.at === undefined ? this.all(relation.record) : leads.flatMap((id) => this.get(relation.record, String(id)) ?? [])
      return [name, rows.filter((row) => isMeant(relation, leads, row)).map((row) => seenOf(relation, row))] as const
    })
    return decide(def, before, command, {
      actor: this.#head.actor,
      clock: this.clock,
      places: this.places,
      parameters: (day, path) => this.parameters(day, path),
      related: Object.fromEntries(related),
      underCause,
    })
  }
}
