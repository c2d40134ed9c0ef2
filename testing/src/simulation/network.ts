import { type Answer, NoNetwork, type Transport } from '../../../packages/client/src/offline/index.ts'
import type { Clockwork } from './clockwork.ts'
import type { Dice } from './dice.ts'
import type { World } from './world.ts'

/** A caller gives up after this, milliseconds: what a phone does too. */
const PATIENCE = 30_000
const MINUTE = 60_000
/** Shares of calls whose request is lost, whose answer is lost, that the network delivers twice, that arrive long after the caller gave up. */
const LOST = 0.06
const ANSWER_LOST = 0.08
const TWICE = 0.06
const LATE = 0.03
const SLOW = 0.1

interface Reply {
  readonly status: number
  readonly text: string
}

/** The way of one device to the server: in the hands of its dice. */
export class Link {
  readonly #world: World
  readonly #clockwork: Clockwork
  readonly #dice: Dice
  readonly #who: string
  readonly #note: (what: string) => void
  #generation = 0
  #told: () => void = () => undefined
  /** Waits for answers. */
  pending = 0
  /** No way to the server until this moment. */
  offlineUntil = 0
  /** Nothing is lost or late any more. */
  calm = false
  /** Called with the caller's own work after an answer, so that a moment is over only when the caller has nothing left to do. */
  settled: () => Promise<void> = async () => undefined

  constructor(world: World, clockwork: Clockwork, dice: Dice, who: string, note: (what: string) => void) {
    this.#world = world
    this.#clockwork = clockwork
    this.#dice = dice
    this.#who = who
    this.#note = note
  }

  get offline(): boolean {
    return this.#clockwork.now < this.offlineUntil
  }

  /** The caller is gone: no answer reaches it any more. */
  cut(): void {
    this.#generation += 1
    this.pending = 0
  }

  /** Told whenever a call begins. */
  onCall(told: () => void): void {
    this.#told = told
  }

  #delay(): number {
    return this.#dice.luck(this.calm ? 0 : SLOW) ? 2_000 + this.#dice.next() * 12_000 : 50 + this.#dice.next() * 900
  }

  async #serve(path: string, body: unknown): Promise<Reply | undefined> {
    if (!this.#world.up) return undefined
    const answer = await this.#world.app.inject({
      url: path,
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: this.#who },
      ...(body === undefined ? {} : { payload: body as object }),
    })
    this.#note(`${this.#who} ${path.replace(/device=[^&]*/, '')} ${answer.statusCode}`)
    return { status: answer.statusCode, text: answer.body }
  }

  ask(path: string, body?: unknown): Promise<Reply> {
    if (this.offline) return Promise.reject(new NoNetwork())
    this.pending += 1
    this.#told()
    const generation = this.#generation
    const dice = this.#dice
    const lost = !this.calm && dice.luck(LOST)
    const answerLost = !this.calm && dice.luck(ANSWER_LOST)
    const twice = !this.calm && dice.luck(TWICE)
    const late = !this.calm && dice.luck(LATE)
    const out = late ? PATIENCE + dice.next() * 20 * MINUTE : this.#delay()
    const back = this.#delay()
    const again = PATIENCE + dice.next() * 600 * MINUTE
    return new Promise<Reply>((resolve, reject) => {
      let over = false
      const end = async (how: () => void) => {
        if (over || generation !== this.#generation) return
        over = true
        this.pending -= 1
        how()
        await this.settled()
      }
      const giveUp = () => end(() => reject(new NoNetwork()))
      this.#clockwork.in(PATIENCE, giveUp)
      if (lost) return
      this.#clockwork.in(out, async () => {
        const reply = await this.#serve(path, body)
        if (reply && !answerLost) this.#clockwork.in(back, () => (this.offline ? undefined : end(() => resolve(reply))))
      })
      if (twice) this.#clockwork.in(again, async () => void (await this.#serve(path, body)))
    })
  }
}

const bodyOf = ({ status, text }: Reply): Answer => ({ status, body: text === '' ? undefined : (JSON.parse(text) as unknown) })

/** What a phone uses as its way to the server. Signing in is the gateway's business here. */
export function transportOver(link: Link, dice: Dice): Transport {
  async function* lines(text: string): AsyncGenerator<string> {
    const all = text.trim().split('\n')
    const cut = !link.calm && dice.luck(0.1) ? dice.below(all.length) : all.length
    for (const [i, line] of all.entries()) {
      if (i >= cut) throw new NoNetwork()
      yield line
    }
  }
  return {
    call: async (path, body) => (path === '/api/auth/sign-in/username' ? { status: 200, body: {} } : bodyOf(await link.ask(path, body))),
    upload: () => Promise.reject(new NoNetwork()),
    lines: async (path) => {
      const reply = await link.ask(path)
      return reply.status === 200 ? { status: 200, lines: lines(reply.text) } : { ...bodyOf(reply), lines: lines('') }
    },
  }
}
