import { askedAt } from './device-clock.ts'
import { handOver } from './hand-over.ts'
import { KEPT } from './kept.ts'
import type { DeviceIdentity } from './keys.ts'
import { Pauses } from './pauses.ts'
import type { Phone } from './phone.ts'
import { unsent } from './shelf.ts'
import { NoNetwork } from './transport.ts'

export const SIGNING_KEY = 'signing-key'
const OF_THE_WORKER: readonly string[] = ['place', 'head', 'recognition', SIGNING_KEY, ...KEPT]

/**
 * The end of somebody's work on this phone: by a wipe from afar, a sign-out, or because the worker has left. The key and all rows go at once;
 * what is unsent stays sealed, is handed over, again and again until the server has it, and only then removed.
 */
export class Leaving {
  readonly #phone: Phone
  readonly #pauses: Pauses
  #running: Promise<number> | undefined

  constructor(phone: Phone) {
    this.#phone = phone
    this.#pauses = new Pauses(phone.options)
  }

  /** The phone may be used no longer. It shows that it hands over, and nothing else, until nothing is left. */
  async wipe(device: DeviceIdentity): Promise<void> {
    const phone = this.#phone
    const { shelf } = phone.options
    await phone.keys.wipe()
    await phone.saveClock()
    await this.#removeKey()
    phone.fresh = undefined
    await shelf.dropEntries((await shelf.entries()).filter((entry) => !entry.open).map(({ seq }) => seq))
    const left = await unsent(shelf)
    if (left > 0) phone.set({ phase: 'wiped', leftBehind: left })
    try {
      await this.leave(device)
    } catch (error) {
      if (!(error instanceof NoNetwork)) throw error
    }
    phone.set({ phase: 'wiped' })
  }

  /** Hands over what a worker left sealed on this phone; once nothing is left, the phone is free for somebody else. @throws NoNetwork */
  leave(device: DeviceIdentity): Promise<number> {
    this.#running ??= this.#handOver(device).finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  /** Resolves when nothing is being handed over just now. */
  async settled(): Promise<void> {
    await this.#running?.catch(() => undefined)
  }

  async #handOver(device: DeviceIdentity): Promise<number> {
    const phone = this.#phone
    const { shelf, transport } = phone.options
    let left = 0
    try {
      await phone.saveClock()
      left = await handOver(shelf, transport, device)
      if (left === 0) await phone.forget()
      return left
    } catch (error) {
      left = await unsent(shelf)
      throw error
    } finally {
      phone.set({ leftBehind: left })
      if (left === 0) this.#pauses.succeeded()
      else this.#pauses.later(() => void this.look())
    }
  }

  /** Asks whether this phone may still be used, and hands over what lies here of somebody who works here no more. @returns whether it was wiped */
  async look(): Promise<boolean> {
    const phone = this.#phone
    const device = await phone.keys.device()
    if (!device) return false
    try {
      const asked = askedAt(phone.options.watch)
      const answer = await phone.options.transport.call(`/api/field/devices/${device.id}`)
      const { wiped, now } = (answer.body ?? {}) as { wiped?: boolean; now?: string }
      if (now !== undefined) phone.heard(now, asked)
      // Somebody else may have signed in while it was asked.
      if ((await phone.keys.device())?.id !== device.id) return false
      if (wiped === true || (await phone.keys.wiped())) {
        await this.wipe(device)
        return true
      }
      if (await this.#isLeft()) await this.leave(device)
    } catch (error) {
      if (!(error instanceof NoNetwork)) throw error
      phone.offline()
      if (await this.#isLeft()) this.#pauses.later(() => void this.look())
    }
    return false
  }

  async #isLeft(): Promise<boolean> {
    const { keys, opened, fresh } = this.#phone
    return !opened && !fresh && !(await keys.hasLock())
  }

  /** The key goes at once; what is unsent stays sealed until it was handed over. @returns how many acts and files stay behind */
  async signOut(): Promise<number> {
    const phone = this.#phone
    const { shelf, transport } = phone.options
    const device = await phone.keys.device()
    await this.#removeKey()
    let left = await unsent(shelf)
    try {
      if (device) left = await this.leave(device)
      await transport.call('/api/auth/sign-out', {})
    } catch (error) {
      if (!(error instanceof NoNetwork)) throw error
    }
    phone.set({ phase: 'new', leftBehind: left })
    return left
  }

  /** Whatever opens or tells something: the key, the rows of the area, and what screens kept. */
  async #removeKey(): Promise<void> {
    const phone = this.#phone
    const { shelf } = phone.options
    await phone.keys.removeLock()
    phone.close()
    phone.replica.head = undefined
    await shelf.keepGeneration(undefined)
    for (const name of OF_THE_WORKER) await shelf.remove(name)
  }
}
