import { type Clock, fromBase64 } from '@guatu/kernel'
import type { Asked, DeviceClock } from './device-clock.ts'
import { type DeviceIdentity, Keys } from './keys.ts'
import { Outbox } from './outbox.ts'
import { Replica } from './replica.ts'
import { Rows } from './rows.ts'
import { type FieldOptions, STARTING, type Status } from './status.ts'
import { type Sealed, Vault } from './vault.ts'

/** What there is while the phone is unlocked, and only then. */
export interface Opened {
  readonly device: DeviceIdentity
  readonly raw: ArrayBuffer
  readonly vault: Vault
  readonly outbox: Outbox
  readonly rows: Rows
  /** Resolves when all rows of the area are read; today's are there from the beginning. */
  readonly loaded: Promise<void>
}

/** What the parts of the work on a phone share: what is known, what is open, and how it stands. */
export class Phone {
  readonly options: FieldOptions
  readonly keys: Keys
  readonly replica: Replica
  clock: DeviceClock | undefined
  opened: Opened | undefined
  /** Signed in for the first time: the key waits for its PIN. */
  fresh: { readonly device: DeviceIdentity; readonly raw: ArrayBuffer } | undefined
  recognition: Uint8Array<ArrayBuffer> | undefined
  #status: Status = STARTING
  readonly #listeners = new Set<() => void>()

  constructor(options: FieldOptions) {
    this.options = options
    this.keys = new Keys(options.shelf, options.pinRounds)
    const clock: Clock = { zone: options.zone, now: () => this.clock?.now() ?? Temporal.Now.instant() }
    this.replica = new Replica(options.registry, clock, (stamp) => this.clock?.instantOf(stamp) ?? stamp.deviceAt)
  }

  get status(): Status {
    return this.#status
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  set(change: Partial<Status>): void {
    this.#status = { ...this.#status, ...change }
    for (const listener of this.#listeners) listener()
  }

  readonly changed = () => this.set({})
  readonly heard = (now: string, asked: Asked) => this.clock?.heard(now, asked)

  get now(): string {
    return this.replica.clock.now().toString({ smallestUnit: 'second' })
  }

  offline(): void {
    this.set({ online: false, offlineSince: this.#status.offlineSince ?? this.now })
  }

  /** The server answered: nothing on the screen says offline any more, before what it said is shown there. */
  readonly reached = () => {
    const { offlineSince: _, ...rest } = this.#status
    this.#status = rest
    this.set({ online: true })
  }

  /** Everything came and went as it should. */
  online(lastSync: string): void {
    const { offlineSince: _o, problem: _p, ...rest } = this.#status
    this.#status = { ...rest, online: true, lastSync, signInNeeded: false }
  }

  async saveClock(): Promise<void> {
    if (this.clock) await this.options.shelf.set('clock', this.clock.kept())
  }

  /** Opens what today's list needs; the rest of the area follows while the person looks at it. */
  async open(device: DeviceIdentity, raw: ArrayBuffer): Promise<void> {
    const { clock, replica, changed, heard } = this
    if (!clock) return
    const { shelf, transport, watch, newId } = this.options
    const vault = await Vault.of(raw)
    const outbox = new Outbox({ shelf, vault, clock, replica, newId })
    const rows = new Rows({ shelf, vault, replica, transport, device: device.id, changed, heard, watch })
    const [recognition] = await Promise.all([shelf.get<Sealed>('recognition'), outbox.load(), rows.loadToday()])
    if (recognition) this.recognition = fromBase64(await vault.open<string>(recognition))
    this.opened = { device, raw, vault, outbox, rows, loaded: rows.loadRest() }
    this.set({ phase: 'open' })
  }

  /** Forgets what is open, in memory; what lies on the shelf stays sealed. */
  close(): void {
    this.opened?.rows.close()
    this.opened = undefined
    this.recognition = undefined
    this.replica.clear()
    this.replica.fold([])
  }

  /** Removes everything from the phone. */
  async forget(): Promise<void> {
    this.close()
    this.fresh = undefined
    this.replica.head = undefined
    await this.options.shelf.erase()
  }
}
