import { type Clock, fromBase64, type Problem, toBase64 } from '@guatu/kernel'
import { DeviceClock, type KeptClock } from './device-clock.ts'
import { handOver } from './hand-over.ts'
import { type DeviceIdentity, Keys } from './keys.ts'
import { Outbox } from './outbox.ts'
import { NEEDS_NETWORK, OTHER_WORKER } from './refusals.ts'
import { Replica } from './replica.ts'
import { Rows } from './rows.ts'
import { sendAll } from './sending.ts'
import type { FieldOptions, Status } from './status.ts'
import { type Answer, NoNetwork, problemIn } from './transport.ts'
import { type Sealed, Vault } from './vault.ts'

interface Opened {
  readonly device: DeviceIdentity
  readonly raw: ArrayBuffer
  readonly vault: Vault
  readonly outbox: Outbox
  readonly rows: Rows
}

const FIRST_PAUSE = 2_000
const LONGEST_PAUSE = 5 * 60_000

/** Work on a phone with or without a network: the one object that screens talk to. */
export class FieldWork {
  readonly replica: Replica
  readonly #o: FieldOptions
  readonly #keys: Keys
  readonly #listeners = new Set<() => void>()
  #clock: DeviceClock | undefined
  #opened: Opened | undefined
  #fresh: { device: DeviceIdentity; raw: ArrayBuffer } | undefined
  #recognition: Uint8Array<ArrayBuffer> | undefined
  #status: Status = { phase: 'starting', online: true, syncing: false, signInNeeded: false, leftBehind: 0 }
  #running: Promise<void> | undefined
  #next: Promise<void> | undefined
  #failures = 0
  #callOff: (() => void) | undefined

  constructor(options: FieldOptions) {
    this.#o = options
    this.#keys = new Keys(options.shelf, options.pinRounds)
    const clock: Clock = { zone: options.zone, now: () => this.#clock?.now() ?? Temporal.Now.instant() }
    this.replica = new Replica(options.registry, clock)
  }

  get status(): Status {
    return this.#status
  }
  get clock(): DeviceClock | undefined {
    return this.#clock
  }
  get outbox(): Outbox | undefined {
    return this.#opened?.outbox
  }
  /** Key by which identity numbers are recognised; none before the first sync. */
  get recognition(): Uint8Array<ArrayBuffer> | undefined {
    return this.#recognition
  }
  get rowsComplete(): boolean {
    return this.#opened?.rows.complete ?? false
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #set(change: Partial<Status>): void {
    const next = { ...this.#status, ...change }
    this.#status = next
    for (const listener of this.#listeners) listener()
  }

  readonly #changed = () => this.#set({})
  readonly #heard = (now: string, sent: number) => this.#clock?.heard(now, sent, this.#o.watch.running())

  /** Finds out in which state the phone was left. Needs no network. */
  async start(): Promise<void> {
    this.#clock = new DeviceClock(this.#o.watch, await this.#o.shelf.get<KeptClock>('clock'), this.#o.newId)
    const device = await this.#keys.device()
    const locked = device !== undefined && (await this.#keys.hasLock())
    const lastSync = await this.#o.shelf.get<string>('lastSync')
    this.#set({
      phase: locked ? 'locked' : 'new',
      ...(device ? { username: device.username } : {}),
      ...(lastSync === undefined ? {} : { lastSync }),
    })
    if (device) void this.#checkWipe(device)
  }

  /** Asks whether this phone may still be used; a wiped one hands over what it has and removes everything. */
  async #checkWipe(device: DeviceIdentity): Promise<boolean> {
    try {
      const sent = this.#o.watch.running()
      const answer = await this.#o.transport.call(`/api/field/devices/${device.id}`)
      const { wiped, now } = (answer.body ?? {}) as { wiped?: boolean; now?: string }
      if (now !== undefined) this.#heard(now, sent)
      if (wiped === true) await this.#wipe(device)
      else if (!(await this.#keys.hasLock()) && !this.#opened && !this.#fresh) await this.#leave(device)
      return wiped === true
    } catch (error) {
      if (!(error instanceof NoNetwork)) throw error
      this.#offline()
      return false
    }
  }

  async #wipe(device: DeviceIdentity): Promise<void> {
    await this.#saveClock()
    await handOver(this.#o.shelf, this.#o.transport, device)
    await this.#forget()
    this.#set({ phase: 'wiped', leftBehind: 0 })
  }

  async #forget(): Promise<void> {
    await this.#o.shelf.erase()
    this.#opened = undefined
    this.#fresh = undefined
    this.#recognition = undefined
    this.replica.clear()
    this.replica.head = undefined
    this.replica.fold([])
  }

  /** Hands over what a worker left sealed on this phone; once nothing is left, the phone is free for somebody else. */
  async #leave(device: DeviceIdentity): Promise<number> {
    await this.#saveClock()
    const left = await handOver(this.#o.shelf, this.#o.transport, device)
    if (left === 0) await this.#forget()
    this.#set({ leftBehind: left })
    return left
  }

  async #saveClock(): Promise<void> {
    if (this.#clock) await this.#o.shelf.set('clock', this.#clock.kept())
  }

  /** Signs in with the network's help. Answers what is wrong, if anything. */
  async signIn(username: string, password: string): Promise<Problem | undefined> {
    try {
      const answer = await this.#o.transport.call('/api/auth/sign-in/username', { username, password })
      const refused = problemIn(answer)
      if (refused) {
        // Whoever left cannot send any more: what lies here goes to the clerk.
        const device = await this.#keys.device()
        if (refused.code === 'account-closed' && device?.username === username) await this.#wipe(device)
        return refused
      }
      return await this.#register(username)
    } catch (error) {
      if (error instanceof NoNetwork) return NEEDS_NETWORK
      throw error
    }
  }

  async #register(username: string): Promise<Problem | undefined> {
    const me = await this.#o.transport.call('/api/me')
    const account = String((me.body as { id?: unknown } | undefined)?.id ?? '')
    const known = await this.#keys.device()
    if (known && known.account !== account && (await this.#leave(known)) > 0) return OTHER_WORKER
    const id = known?.account === account ? known.id : this.#o.newId()
    const sent = this.#o.watch.running()
    const answer = await this.#o.transport.call('/api/field/devices', { device: id })
    const refused = problemIn(answer)
    if (refused?.code === 'device-wiped' && known) await this.#wipe(known)
    if (refused) return refused
    const { key, now } = answer.body as { key: string; now: string }
    this.#heard(now, sent)
    const device = { id, account, username }
    await this.#keys.known(device)
    const raw = fromBase64(key).buffer
    this.#set({ signInNeeded: false, username, online: true })
    if (this.#opened) void this.sync()
    else if (await this.#keys.hasLock()) await this.#open(device, raw)
    else {
      this.#fresh = { device, raw }
      this.#set({ phase: 'pin' })
    }
    return undefined
  }

  /** Chooses the PIN that opens this phone without a network; also to change it. */
  async choosePin(pin: string): Promise<void> {
    const at = this.#fresh ?? this.#opened
    if (!at) return
    await this.#keys.setPin(at.raw, pin)
    if (this.#fresh) await this.#open(at.device, at.raw)
    this.#fresh = undefined
  }

  /** Opens the phone. Answers how many attempts are left when the PIN was wrong. */
  async unlock(pin: string): Promise<{ readonly left: number } | undefined> {
    const device = await this.#keys.device()
    const opened = await this.#keys.unlock(pin)
    if (!device || 'left' in opened) {
      const left = 'left' in opened ? opened.left : 0
      if (left === 0) this.#set({ phase: 'new' })
      return { left }
    }
    await this.#open(device, opened.key)
    return undefined
  }

  async #open(device: DeviceIdentity, raw: ArrayBuffer): Promise<void> {
    const vault = await Vault.of(raw)
    const { shelf, transport, watch, newId } = this.#o
    const clock = this.#clock
    if (!clock) return
    const outbox = new Outbox({ shelf, vault, clock, replica: this.replica, newId })
    const rows = new Rows({
      shelf,
      vault,
      replica: this.replica,
      transport,
      device: device.id,
      changed: this.#changed,
      heard: this.#heard,
      running: watch.running,
    })
    this.#opened = { device, raw, vault, outbox, rows }
    await outbox.load()
    await rows.load()
    const recognition = await shelf.get<Sealed>('recognition')
    if (recognition) this.#recognition = fromBase64(await vault.open<string>(recognition))
    this.#set({ phase: 'open' })
    void this.sync()
  }

  /** Closes the phone without forgetting anything: the PIN opens it again. */
  lock(): void {
    if (!this.#opened) return
    this.#opened = undefined
    this.#recognition = undefined
    this.replica.clear()
    this.replica.fold([])
    this.#set({ phase: 'locked' })
  }

  /**
   * Signs out: the key goes at once. What is unsent goes with the network's help; without it, it stays sealed and is handed over at
   * the next chance. @returns how many entries stay behind
   */
  async signOut(): Promise<number> {
    const device = await this.#keys.device()
    await this.sync().catch(() => undefined)
    await this.#keys.removeLock()
    await this.#o.shelf.keepGeneration(undefined)
    for (const name of ['place', 'head', 'recognition']) await this.#o.shelf.remove(name)
    this.#opened = undefined
    this.#recognition = undefined
    this.replica.clear()
    this.replica.head = undefined
    this.replica.fold([])
    let left = (await this.#o.shelf.entries()).filter((entry) => entry.open).length
    try {
      if (device) left = await this.#leave(device)
      await this.#o.transport.call('/api/auth/sign-out', {})
    } catch (error) {
      if (!(error instanceof NoNetwork)) throw error
    }
    this.#set({ phase: 'new', leftBehind: left })
    return left
  }

  /** Does acts here and now; they go to the server when it can be reached. */
  async act(...given: Parameters<Outbox['add']>): ReturnType<Outbox['add']> {
    const { outbox } = this.#opened ?? {}
    if (!outbox) throw new Error('the phone is locked')
    const kept = await outbox.add(...given)
    if (kept.ok) {
      await this.#saveClock()
      this.#changed()
      void this.sync()
    }
    return kept
  }

  /**
   * Sends what waits and takes what changed. One at a time; failing is normal and tried again. Asked for while it runs, it runs once
   * more, so that whoever waits for it has seen what was there when it was asked.
   */
  sync(): Promise<void> {
    if (this.#running) {
      this.#next ??= this.#running.then(() => {
        this.#next = undefined
        return this.sync()
      })
      return this.#next
    }
    this.#running = this.#sync().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  async #sync(): Promise<void> {
    const at = this.#opened
    if (!at) return
    this.#callOff?.()
    this.#set({ syncing: true })
    let again = true
    try {
      // Times are not guessed where they can be asked for.
      if (this.#clock?.ahead === undefined) {
        if (await this.#checkWipe(at.device)) return
        if (this.#clock?.ahead === undefined) throw new NoNetwork()
      }
      const refused = (await this.#send(at)) ?? (await this.#take(at))
      if (refused) await this.#refused(at, refused)
      else {
        this.#failures = 0
        again = at.outbox.sendable
        const now = this.replica.clock.now().toString({ smallestUnit: 'second' })
        await this.#o.shelf.set('lastSync', now)
        const { offlineSince: _o, problem: _p, ...rest } = this.#status
        this.#status = { ...rest, online: true, lastSync: now, signInNeeded: false }
      }
    } catch (error) {
      if (!(error instanceof NoNetwork)) throw error
      this.#offline()
    } finally {
      await this.#saveClock()
      this.#set({ syncing: false })
      if (again) this.#tryLater()
    }
  }

  async #send(at: Opened): Promise<Answer | undefined> {
    const { app, shelf, transport, watch } = this.#o
    const { clock } = this
    if (!clock) return undefined
    const { device, outbox, vault } = at
    const sending = { device: device.id, app, outbox, shelf, vault, clock, replica: this.replica, transport, running: watch.running }
    return sendAll(sending, this.#changed)
  }

  async #take(at: Opened): Promise<Answer | undefined> {
    if (!this.#recognition) {
      const answer = await this.#o.transport.call(`/api/field/recognition?device=${at.device.id}`)
      if (problemIn(answer)) return answer
      this.#recognition = fromBase64((answer.body as { key: string }).key)
      await this.#o.shelf.set('recognition', await at.vault.seal(toBase64(this.#recognition)))
    }
    const confirmed = new Set(at.outbox.entries.filter((one) => one.state === 'confirmed' && !one.settled).map((one) => one.seq))
    const refused = await at.rows.update()
    if (!refused) await at.outbox.settle(confirmed)
    return refused
  }

  async #refused(at: Opened, answer: Answer): Promise<void> {
    const problem = problemIn(answer)
    if (answer.status === 410) await this.#wipe(at.device)
    else if (answer.status === 401 || problem?.code === 'password-needed' || problem?.code === 'second-factor-needed')
      this.#set({ signInNeeded: true, online: true, ...(problem ? { problem } : {}) })
    else if (problem) this.#set({ online: true, problem })
  }

  #offline(): void {
    this.#set({
      online: false,
      offlineSince: this.#status.offlineSince ?? this.replica.clock.now().toString({ smallestUnit: 'second' }),
    })
  }

  /** Tries again after a pause that doubles, with chance in it; at most some minutes. */
  #tryLater(): void {
    if (!this.#opened) return
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.#failures) * (0.5 + this.#o.chance())
    this.#failures += 1
    this.#callOff?.()
    this.#callOff = this.#o.later(() => void this.sync(), pause)
  }

  /** The grants of the worker changed: what the phone carries is taken anew. */
  async takeAnew(): Promise<void> {
    await this.#opened?.rows.startOver()
    await this.sync()
  }
}
