import { registry } from '@guatu/domains'
import { FieldWork, type Intent, type Kept, memoryShelf, type Shelf } from '../../../packages/client/src/offline/index.ts'
import type { Clockwork } from './clockwork.ts'
import type { Dice } from './dice.ts'
import { type Link, transportOver } from './network.ts'

const PIN = '271828'
const HOUR = 3_600_000

/** What a phone showed its worker as kept: the promise that the simulation holds the system to. */
export interface Promised {
  readonly event: string
  readonly record: string
  readonly recordId: string
  readonly action: string
  /** When it was really done, milliseconds. */
  readonly at: number
}

/** A shelf whose phone dies at a write: what was written before is there, the write itself and all after it are not. */
function mortal(shelf: Shelf): { readonly shelf: Shelf; readonly death: Promise<void>; dieIn(writes: number): void } {
  let left = Number.POSITIVE_INFINITY
  let die: () => void = () => undefined
  const death = new Promise<void>((resolve) => {
    die = resolve
  })
  const write =
    <A extends readonly unknown[], R>(real: (...given: A) => Promise<R>) =>
    (...given: A): Promise<R> => {
      left -= 1
      if (left >= 0) return real(...given)
      die()
      return new Promise<never>(() => undefined)
    }
  return {
    death,
    dieIn: (writes) => {
      left = writes
    },
    shelf: {
      ...shelf,
      set: write(shelf.set),
      remove: write(shelf.remove),
      append: write(shelf.append),
      replace: write(shelf.replace),
      dropEntries: write(shelf.dropEntries),
      putBlocks: write(shelf.putBlocks),
      keepGeneration: write(shelf.keepGeneration),
    },
  }
}

/** One worker's phone: the app as it is, over a shelf in memory, a clock that is wrong, and a network that is what it is. */
export class Phone {
  readonly name: string
  readonly link: Link
  readonly promised: Promised[] = []
  readonly #clockwork: Clockwork
  readonly #dice: Dice
  readonly #prefix: string
  readonly #stored = memoryShelf()
  #mortal = mortal(this.#stored)
  #work: FieldWork | undefined
  #ids = 0
  #ahead: number
  #boot = 0
  /** Since it was opened, for how long it has slept, and the sleep that may still go on. */
  #slept = 0
  #sleep = { from: 0, until: 0 }
  #life = 0
  /** Signing in, which no status shows. */
  #busy = false
  #wake: () => void = () => undefined

  constructor(at: { name: string; link: Link; clockwork: Clockwork; dice: Dice; prefix: string; ahead: number }) {
    this.name = at.name
    this.link = at.link
    this.#clockwork = at.clockwork
    this.#dice = at.dice
    this.#prefix = at.prefix
    this.#ahead = at.ahead
    this.link.settled = () => this.quiet()
  }

  get work(): FieldWork {
    if (!this.#work) throw new Error('the app is closed')
    return this.#work
  }

  readonly newId = (): string => {
    this.#ids += 1
    return `${this.#prefix}-4000-8000-${String(this.#ids).padStart(12, '0')}`
  }

  get entries(): readonly Kept[] {
    return this.#work?.outbox?.entries ?? []
  }

  /** Somebody sets the clock, or the phone loses it. */
  setClock(hours: number): void {
    this.#ahead = hours * HOUR
  }

  /** The running clock stands still for so many hours; whatever happens meanwhile wakes it for that moment only. */
  doze(hours: number): void {
    const { now } = this.#clockwork
    this.#slept = this.#asleep
    this.#sleep = { from: now, until: Math.max(now + hours * HOUR, this.#sleep.until) }
  }

  get #asleep(): number {
    return this.#slept + Math.max(0, Math.min(this.#clockwork.now, this.#sleep.until) - this.#sleep.from)
  }

  get #running(): number {
    return this.#clockwork.now - this.#boot - this.#asleep
  }

  /** Opens the app on what lies on the shelf; the one that was open is gone with all it was doing. */
  async open(): Promise<void> {
    this.link.cut()
    this.#life += 1
    const life = this.#life
    this.#mortal = mortal(this.#stored)
    this.#boot = this.#clockwork.now
    this.#slept = 0
    this.#sleep = { from: 0, until: 0 }
    const away = this.link.offlineUntil
    this.link.offlineUntil = Number.POSITIVE_INFINITY
    const work = new FieldWork({
      shelf: this.#mortal.shelf,
      registry,
      transport: transportOver(this.link, this.#dice),
      watch: { wall: () => this.#clockwork.now + this.#ahead, running: () => this.#running },
      zone: 'Asia/Shanghai',
      app: 'simulation',
      newId: this.newId,
      later: (again, ms) =>
        this.#clockwork.in(Math.max(ms, this.link.offlineUntil - this.#clockwork.now), async () => {
          if (life !== this.#life) return
          again()
          await this.quiet()
        }),
      chance: () => this.#dice.next(),
      pinRounds: 1,
    })
    this.#work = work
    await work.start()
    if (work.status.phase === 'locked') await work.unlock(PIN)
    await this.quiet()
    this.link.offlineUntil = away
    if (work.status.phase !== 'open') {
      // The first sign-in happens at the office, where the network is good.
      const calm = this.link.calm
      this.link.calm = true
      this.link.offlineUntil = 0
      this.#busy = true
      void work
        .signIn(this.name, '')
        .then(() => work.choosePin(PIN))
        .finally(() => {
          this.#busy = false
          this.#wake()
        })
      await this.#settleIn()
      this.link.calm = calm
    } else this.#clockwork.in(1_000, () => this.sync())
  }

  async #settleIn(): Promise<void> {
    await this.quiet()
    while (this.#work?.status.phase !== 'open' || !this.#work.rowsComplete) {
      await this.#clockwork.run(this.#clockwork.now + 1_000)
      await this.quiet()
    }
  }

  /** Waits until the phone has nothing left to do at this moment: it waits for the network, or for its worker, or is dead. */
  async quiet(): Promise<void> {
    const work = this.#work
    if (!work) return
    const { death } = this.#mortal
    let dead = false
    void death.then(() => {
      dead = true
    })
    const idle = () => this.link.pending > 0 || !(work.status.syncing || this.#busy)
    for (;;) {
      await new Promise(setImmediate)
      if (dead || work !== this.#work || idle()) return
      await new Promise<void>((resolve) => {
        const stop = work.subscribe(() => {
          stop()
          resolve()
        })
        this.#wake = resolve
        this.link.onCall(resolve)
        void death.then(resolve)
        if (idle()) resolve()
      })
    }
  }

  async sync(): Promise<void> {
    void this.#work?.sync()
    await this.quiet()
  }

  /** Crashes at one of the next writes, or now, and is opened again after a while. */
  async crash(writes: number, rest: number): Promise<void> {
    this.#mortal.dieIn(writes)
    if (writes === 0) this.link.cut()
    await this.sync()
    this.#clockwork.in(rest, () => this.open())
  }

  /** Does what belongs together. @returns the code of the refusal, `done`, or `died` where the phone went out meanwhile */
  async act(intents: readonly Intent[]): Promise<string> {
    const { outbox } = this.work
    if (!outbox) return 'closed'
    const at = this.#clockwork.now
    const done = await Promise.race([this.work.act(intents), this.#mortal.death.then(() => 'died' as const)])
    if (done === 'died') return done
    if (done.ok)
      for (const { act } of done.value)
        this.promised.push({ event: act.event, record: act.record, recordId: act.id, action: act.action, at })
    await this.quiet()
    return done.ok ? 'done' : done.problem.code
  }

  /** The worker looks at what needs a decision, and decides: for the other side, or for the own. */
  async decide(insistent: number): Promise<void> {
    const { outbox } = this.work
    for (const entry of this.entries.filter((one) => one.state === 'conflict' || one.state === 'refused')) {
      if (this.#dice.luck(insistent)) await Promise.race([outbox?.insist(entry.seq), this.#mortal.death])
      else await Promise.race([outbox?.drop(entry.seq), this.#mortal.death])
    }
    await this.sync()
  }
}
