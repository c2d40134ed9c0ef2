import { fromBase64, type Problem } from '@guatu/kernel'
import { askedAt, DeviceClock, type KeptClock } from './device-clock.ts'
import type { KeptName } from './kept.ts'
import { Leaving, SIGNING_KEY } from './leaving.ts'
import type { Outbox } from './outbox.ts'
import { Phone } from './phone.ts'
import { NEEDS_NETWORK, OTHER_WORKER } from './refusals.ts'
import type { Replica } from './replica.ts'
import type { SigningKey } from './signing-key.ts'
import type { FieldOptions, Status } from './status.ts'
import { Syncing } from './syncing.ts'
import { type Answer, NoNetwork, problemIn } from './transport.ts'
import type { SealedBytes } from './vault.ts'

/** Work on a phone with or without a network: the one object that screens talk to. */
export class FieldWork {
  readonly #phone: Phone
  readonly #leaving: Leaving
  readonly #syncing: Syncing

  constructor(options: FieldOptions) {
    this.#phone = new Phone(options)
    this.#leaving = new Leaving(this.#phone)
    this.#syncing = new Syncing(this.#phone, this.#leaving)
  }

  get replica(): Replica {
    return this.#phone.replica
  }
  get status(): Status {
    return this.#phone.status
  }
  get clock(): DeviceClock | undefined {
    return this.#phone.clock
  }
  get outbox(): Outbox | undefined {
    return this.#phone.opened?.outbox
  }
  /** Key by which identity numbers are recognised; none before the first sync. */
  get recognition(): Uint8Array<ArrayBuffer> | undefined {
    return this.#phone.recognition
  }
  get rowsComplete(): boolean {
    return this.#phone.opened?.rows.complete ?? false
  }
  /** Resolves when all rows that lie on this phone are read, for questions that concern the whole area. */
  get loaded(): Promise<void> {
    return this.#phone.opened?.loaded ?? Promise.resolve()
  }

  subscribe(listener: () => void): () => void {
    return this.#phone.subscribe(listener)
  }

  /** Finds out in which state the phone was left. Needs no network. */
  async start(): Promise<void> {
    const phone = this.#phone
    const { shelf, watch, newId } = phone.options
    const [kept, door, lastSync] = await Promise.all([shelf.get<KeptClock>('clock'), phone.keys.door(), shelf.get<string>('lastSync')])
    phone.clock = new DeviceClock(watch, kept, newId)
    phone.set({ ...door, ...(lastSync === undefined ? {} : { lastSync }) })
    void this.#leaving.look()
  }

  /** Signs in with the network's help. Answers what is wrong, if anything. */
  async signIn(username: string, password: string): Promise<Problem | undefined> {
    const phone = this.#phone
    try {
      const answer = await phone.options.transport.call('/api/auth/sign-in/username', { username, password })
      const refused = problemIn(answer)
      if (!refused) return await this.#register(username)
      // Whoever left cannot send any more: what lies here goes to the clerk.
      const device = await phone.keys.device()
      if (refused.code === 'account-closed' && device?.username === username) await this.#leaving.wipe(device)
      return refused
    } catch (error) {
      if (error instanceof NoNetwork) return NEEDS_NETWORK
      throw error
    }
  }

  async #register(username: string): Promise<Problem | undefined> {
    const phone = this.#phone
    const { transport, watch, newId } = phone.options
    const me = await transport.call('/api/me')
    const account = String((me.body as { id?: unknown } | undefined)?.id ?? '')
    await this.#leaving.settled()
    const known = await phone.keys.device()
    if (known && known.account !== account && (await this.#leaving.leave(known)) > 0) return OTHER_WORKER
    const id = known?.account === account ? known.id : newId()
    const asked = askedAt(watch)
    const answer = await transport.call('/api/field/devices', { device: id })
    const refused = problemIn(answer)
    if (refused?.code === 'device-wiped' && known) await this.#leaving.wipe(known)
    if (refused) return refused
    const { key, now } = answer.body as { key: string; now: string }
    phone.heard(now, asked)
    const device = { id, account, username }
    await phone.keys.known(device)
    const raw = fromBase64(key).buffer
    phone.set({ signInNeeded: false, username, online: true })
    if (phone.opened) void this.sync()
    else if (await phone.keys.hasLock()) await this.#open(device, raw)
    else {
      phone.fresh = { device, raw }
      phone.set({ phase: 'pin' })
    }
    return undefined
  }

  async #open(...at: Parameters<Phone['open']>): Promise<void> {
    await this.#phone.open(...at)
    void this.sync()
  }

  /** Chooses the PIN that opens this phone without a network; also to change it. */
  async choosePin(pin: string): Promise<void> {
    const { fresh, opened, keys } = this.#phone
    const at = fresh ?? opened
    if (!at) return
    await keys.setPin(at.raw, pin)
    if (fresh) await this.#open(fresh.device, fresh.raw)
    this.#phone.fresh = undefined
  }

  /** Opens the phone. Answers how many attempts are left when the PIN was wrong. */
  async unlock(pin: string): Promise<{ readonly left: number } | undefined> {
    const { keys } = this.#phone
    const device = await keys.device()
    const opened = await keys.unlock(pin)
    if (!device || 'left' in opened) {
      const left = 'left' in opened ? opened.left : 0
      if (left === 0) this.#phone.set({ phase: 'new' })
      return { left }
    }
    await this.#open(device, opened.key)
    return undefined
  }

  /** Closes the phone without forgetting anything: the PIN opens it again. */
  lock(): void {
    if (!this.#phone.opened) return
    this.#phone.close()
    this.#phone.set({ phase: 'locked' })
  }

  /**
   * Signs out: the key goes at once. What is unsent goes with the network's help; without it, it stays sealed and is handed over at
   * the next chance. @returns how many acts and files stay behind
   */
  async signOut(): Promise<number> {
    await this.sync().catch(() => undefined)
    return this.#leaving.signOut()
  }

  /** Does acts here and now; they go to the server when it can be reached. */
  async act(...given: Parameters<Outbox['add']>): ReturnType<Outbox['add']> {
    const { opened } = this.#phone
    if (!opened) throw new Error('the phone is locked')
    // A rule may look at any row of the area.
    await opened.loaded
    const kept = await opened.outbox.add(...given)
    if (kept.ok) {
      await this.#phone.saveClock()
      this.#phone.changed()
      void this.sync()
    }
    return kept
  }

  /** Sends what waits and takes what changed. */
  sync(): Promise<void> {
    return this.#syncing.now()
  }

  /** The key with which this phone signs, as long as it is kept. */
  signingKey(): Promise<SigningKey | undefined> {
    return this.#phone.options.shelf.get<SigningKey>(SIGNING_KEY)
  }

  keepSigningKey(key: SigningKey): Promise<void> {
    return this.#phone.options.shelf.set(SIGNING_KEY, key)
  }

  /** Keeps something that a screen needs without a network, sealed with everything else. */
  async keep(name: KeptName, value: unknown): Promise<void> {
    const { opened, options } = this.#phone
    if (opened) await options.shelf.set(name, await opened.vault.sealText(JSON.stringify(value)))
  }

  async kept<T>(name: KeptName): Promise<T | undefined> {
    const { opened, options } = this.#phone
    const sealed = await options.shelf.get<SealedBytes>(name)
    return opened && sealed ? (JSON.parse(await opened.vault.openText(sealed)) as T) : undefined
  }

  /** Asks the server something that this phone does not carry. @throws NoNetwork */
  ask(path: string, body?: unknown): Promise<Answer> {
    return this.#phone.options.transport.call(path, body)
  }
}
