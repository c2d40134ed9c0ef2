import { type Command, dayOf, type FileReference, no, ok, type Result, sawOf, shapeOf } from '@guatu/kernel'
import type { DeviceClock } from './device-clock.ts'
import { datedMoment, type Entry, type FieldAct, isOpen, isWaiting } from './entry.ts'
import { foreseenBy } from './foreseen.ts'
import type { Replica } from './replica.ts'
import type { Shelf } from './shelf.ts'
import { hashOf, type Vault } from './vault.ts'

/** What a screen asks to be done. */
export interface Intent {
  readonly record: string
  readonly id: string
  readonly action: string
  readonly area?: string
  readonly authority?: string
  readonly input: Readonly<Record<string, unknown>>
  /** The earlier day on which it happened, where the action is `dated`; now when left out. */
  readonly day?: string
  /** What the server has to know beside the act and keeps in no record of it: whoever stood at a gate. */
  readonly beside?: Readonly<Record<string, unknown>>
}

export interface Kept extends Entry {
  readonly seq: number
}

/** Settled entries that are kept to be looked at. */
const REMEMBERED = 300

/** Acts of this phone in the order in which they were done: durable before the screen says so, sealed while they lie here. */
export class Outbox {
  readonly #shelf: Shelf
  readonly #vault: Vault
  readonly #clock: DeviceClock
  readonly #replica: Replica
  readonly #newId: () => string
  #entries: Kept[] = []
  /** Of the last act, so that no two of this phone happened at the same moment. */
  #lastAt = 0

  constructor(at: { shelf: Shelf; vault: Vault; clock: DeviceClock; replica: Replica; newId: () => string }) {
    this.#shelf = at.shelf
    this.#vault = at.vault
    this.#clock = at.clock
    this.#replica = at.replica
    this.#newId = at.newId
  }

  /** Reads what lies on the phone. An act that was on its way when the app closed is sent again: its id makes that harmless. */
  async load(): Promise<void> {
    const stored = await this.#shelf.entries()
    this.#entries = await Promise.all(
      stored.map(async ({ seq, sealed }) => {
        const entry = await this.#vault.open<Entry>(sealed)
        return { ...entry, seq, state: entry.state === 'sent' ? 'kept' : entry.state }
      }),
    )
    this.#entries.sort((a, b) => a.seq - b.seq)
    this.#replica.fold(this.#entries)
  }

  get entries(): readonly Kept[] {
    return this.#entries
  }

  /** Does acts that belong together: decided here by the rules of the server, kept in one step, shown at once. */
  async add(
    intents: readonly Intent[],
    files: readonly { reference: FileReference; bytes: Uint8Array<ArrayBuffer> }[] = [],
  ): Promise<Result<readonly Kept[]>> {
    const made: Entry[] = []
    for (const intent of intents) {
      const entry = this.#decided(intent, made, files)
      if (!entry.ok) {
        this.#replica.fold(this.#entries)
        return entry
      }
      made.push(entry.value)
      // The next one of the same registration builds on this one.
      this.#replica.fold([...this.#entries, ...made])
    }
    for (const { reference, bytes } of files)
      await this.#shelf.putFile({ hash: reference.hash, name: reference.name, sealed: await this.#vault.sealBytes(bytes) })
    const sealed = await Promise.all(made.map(async (entry) => ({ open: true, sealed: await this.#vault.seal(entry) })))
    const seqs = await this.#shelf.append(sealed)
    const kept = made.map((entry, i) => ({ ...entry, seq: seqs[i] ?? 0 }))
    this.#entries = [...this.#entries, ...kept]
    this.#replica.fold(this.#entries)
    return ok(kept)
  }

  #decided(intent: Intent, before: readonly Entry[], files: readonly { reference: FileReference }[]): Result<Entry> {
    const { record, id, action: name } = intent
    const def = this.#replica.registry.records.get(record)
    const action = def?.actions[name]
    if (!def || !action)
      return no({
        code: 'no-such-action',
        status: 404,
        message: { zh: '这个操作需要网络，请在电脑上办理。', en: 'This needs the network; do it at a computer.' },
      })
    const seen = this.#replica.get(record, id)
    // Said with every act: should nobody be able to place it any more, it tells where it was done.
    const area = intent.area ?? (seen?.area === '' ? undefined : seen?.area)
    const stamp = this.#clock.stamp()
    const theirs = this.#replica.theirs(record, id)
    const after = theirs ? Date.parse(theirs.changedAt) + 1 : 0
    const at = Math.max(this.#clock.instantOf(stamp), seen ? Date.parse(seen.changedAt) + 1 : 0, this.#lastAt + 1)
    const dated = action.dated && datedMoment(intent.day, this.#replica.clock, [...this.#entries, ...before])
    const saw = seen && sawOf(action, seen.fields)
    const command: Command = {
      id: this.#newId(),
      record,
      recordId: id,
      action: name,
      ...(area === undefined ? {} : { area }),
      happenedAt: dated ?? new Date(at).toISOString(),
      ...(saw ? { saw } : {}),
      input: intent.input,
    }
    const decision = this.#replica.decide(command)
    if (!decision.ok) return decision
    if (dated === undefined) this.#lastAt = at
    const foreseen = foreseenBy(this.#replica, decision.value, command)
    const overwrites = [...(action.needs ?? []), ...(action.takes ?? [])].some((field) => intent.input[field] !== undefined)
    const version = seen && overwrites ? seen.version : undefined
    const builtOn = version === undefined ? [] : this.#replica.builtOn(record, id)
    const act: FieldAct = {
      record,
      id,
      action: name,
      event: command.id,
      ...(area === undefined ? {} : { area }),
      ...(version === undefined ? {} : { version }),
      ...(builtOn.length > 0 ? { builtOn } : {}),
      ...(saw ? { saw } : {}),
      ...(intent.authority === undefined ? {} : { authority: intent.authority }),
      shape: shapeOf(action),
      ...(dated === undefined ? {} : { happenedAt: dated }),
      input: decision.value.event.input,
      ...(intent.beside === undefined ? {} : { beside: intent.beside }),
    }
    const earlier = before.findLast((one) => one.act.id === id)
    const hashes = files.map((file) => file.reference.hash)
    return ok({
      act,
      // Two acts of one registration happen in their order, whatever the clock's grain.
      deviceAt: earlier ? Math.max(stamp.deviceAt, earlier.deviceAt + 1) : stamp.deviceAt,
      era: stamp.era,
      state: 'kept',
      after,
      ...(dated === undefined ? {} : { dated: true }),
      ...(foreseen.length > 0 ? { foreseen } : {}),
      ...(seen ? { seen: seen.fields } : {}),
      ...(hashes.length > 0 ? { files: hashes } : {}),
    })
  }

  /** Changes entries, on the shelf first. */
  async update(changed: readonly Kept[]): Promise<void> {
    if (changed.length === 0) return
    const stored = await Promise.all(
      changed.map(async ({ seq, ...entry }) => ({ seq, open: isOpen(entry), sealed: await this.#vault.seal(entry) })),
    )
    await this.#shelf.replace(stored)
    const bySeq = new Map(changed.map((entry) => [entry.seq, entry]))
    this.#entries = this.#entries.map((entry) => bySeq.get(entry.seq) ?? entry)
    this.#replica.fold(this.#entries)
  }

  /** Records of which a person has to decide something first. */
  #undecided(): Set<string> {
    return new Set(this.#entries.filter((one) => one.state === 'conflict' || one.state === 'refused').map((one) => one.act.id))
  }

  /** Whether anything waits for the network alone; what builds on a conflict waits for a person, and asking again does not help. */
  get sendable(): boolean {
    const undecided = this.#undecided()
    return this.#entries.some((one) => isWaiting(one) && !undecided.has(one.act.id))
  }

  /**
   * The next acts to send, with their time as it is known by now: in order, of each record one at a time, so that what builds on an act
   * that was refused waits with it for a person.
   */
  async next(most: number): Promise<readonly Kept[]> {
    const taken = this.#undecided()
    const due: Kept[] = []
    for (const entry of this.#entries) {
      if (due.length >= most) break
      if (entry.state !== 'kept' || taken.has(entry.act.id)) continue
      taken.add(entry.act.id)
      due.push(entry)
    }
    // By time, not by place: an old act that was insisted on happens now, and must not carry what was done before it along.
    const timed = due.map((entry) => ({ entry, at: Math.max(this.#clock.instantOf(entry), entry.after) }))
    timed.sort((a, b) => a.at - b.at || a.entry.seq - b.entry.seq)
    let last = 0
    const batch = timed.map(({ entry, at }): Kept => {
      if (entry.dated) return { ...entry, state: 'sent' }
      last = Math.max(at, last + 1)
      return { ...entry, state: 'sent', act: { ...entry.act, happenedAt: new Date(last).toISOString() } }
    })
    await this.update(batch)
    return batch
  }

  /** The person decides a conflict for the own side: the act is sent again, on top of what is there now. */
  async insist(seq: number, input?: Readonly<Record<string, unknown>>): Promise<void> {
    const entry = this.#entries.find((one) => one.seq === seq)
    if (!entry) return
    const { version: _v, builtOn: _b, happenedAt, ...act } = entry.act
    const { problem: _p, settled: _s, ...rest } = entry
    const now = this.#clock.stamp()
    const theirs = this.#replica.theirs(act.record, act.id)
    const action = this.#replica.registry.records.get(act.record)?.actions[act.action]
    // What they vouch for is what they decided on: what stands there by now.
    const saw = theirs && action ? sawOf(action, theirs.fields) : act.saw
    // It is decided now, so it happens now: what was decided against is earlier. A new id, because the old one may be known.
    const event = this.#newId()
    const renamed = (id: string) => (id === act.event ? event : id)
    await this.update([
      ...this.#entries
        .filter((one) => one.act.builtOn?.includes(act.event))
        .map((one) => ({ ...one, act: { ...one.act, builtOn: one.act.builtOn?.map(renamed) ?? [] } })),
      {
        ...rest,
        ...now,
        after: theirs ? Date.parse(theirs.changedAt) + 1 : rest.after,
        state: 'kept',
        act: {
          ...act,
          event,
          ...(saw ? { saw } : {}),
          ...(entry.dated && happenedAt ? { happenedAt } : {}),
          ...(input ? { input } : {}),
        },
      },
    ])
  }

  /** The person decides for the other side. The act stays to be seen as dropped. */
  async drop(seq: number): Promise<void> {
    const entry = this.#entries.find((one) => one.seq === seq)
    if (!entry) return
    await this.update([{ ...entry, state: 'dropped', settled: true }])
    await this.release([entry])
  }

  /** Files of acts that are done with leave the phone, unless an open act names them too. */
  async release(done: readonly Entry[]): Promise<void> {
    const needed = new Set(this.#entries.filter(isOpen).flatMap((one) => one.files ?? []))
    await this.#shelf.dropFiles(done.flatMap((one) => one.files ?? []).filter((hash) => !needed.has(hash)))
  }

  /** Rows that came after these confirmations hold them. Old ones are forgotten. */
  async settle(seqs: ReadonlySet<number>): Promise<void> {
    await this.update(
      this.#entries.filter((one) => seqs.has(one.seq) && one.state === 'confirmed').map((one) => ({ ...one, settled: true })),
    )
    const done = this.#entries.filter((one) => !isOpen(one) && (one.settled || one.state === 'handed-over'))
    const old = done.slice(0, Math.max(0, done.length - REMEMBERED))
    if (old.length === 0) return
    await this.#shelf.dropEntries(old.map((one) => one.seq))
    const gone = new Set(old.map((one) => one.seq))
    this.#entries = this.#entries.filter((one) => !gone.has(one.seq))
  }

  /** Days of work that lie here unsent, for the banner. */
  oldestWaiting(): string | undefined {
    const first = this.#entries.find((one) => one.state === 'kept' || one.state === 'sent')
    return first && dayOf(Temporal.Instant.fromEpochMilliseconds(this.#clock.instantOf(first)), this.#replica.clock.zone)
  }
}

/** A photo or signature as the server will know it. */
export async function fileFor(
  name: string,
  type: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<{ reference: FileReference; bytes: Uint8Array<ArrayBuffer> }> {
  return { reference: { hash: await hashOf(bytes), name, type, size: bytes.length }, bytes }
}
