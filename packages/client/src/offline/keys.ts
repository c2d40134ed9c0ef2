import { type Shelf, unsent } from './shelf.ts'
import type { Status } from './status.ts'
import { bindingKey, type Lock, makeLock, openLock } from './vault.ts'

/** The phone as the server knows it: one account each. */
export interface DeviceIdentity {
  readonly id: string
  readonly account: string
  /** Name under which the account signs in: shown at the lock, so that a wrong person notices. */
  readonly username: string
}

/** Wrong PINs before the wrapped key is removed; signing in with the password brings it back. */
export const PIN_ATTEMPTS = 5

/** The keys of a phone on its shelf: which phone this is, and its key wrapped by the PIN. */
export class Keys {
  readonly #shelf: Shelf
  readonly #rounds: number | undefined

  constructor(shelf: Shelf, rounds?: number) {
    this.#shelf = shelf
    this.#rounds = rounds
  }

  device(): Promise<DeviceIdentity | undefined> {
    return this.#shelf.get<DeviceIdentity>('device')
  }

  async known(device: DeviceIdentity): Promise<void> {
    await this.#shelf.set('device', device)
  }

  async hasLock(): Promise<boolean> {
    return (await this.#shelf.get<Lock>('lock')) !== undefined
  }

  /** Whether this phone was wiped from afar, and still lies here only to hand over. */
  async wiped(): Promise<boolean> {
    return (await this.#shelf.get<boolean>('wiped')) === true
  }

  async wipe(): Promise<void> {
    await this.#shelf.set('wiped', true)
  }

  /** How the phone was left, as its door shows it. */
  async door(): Promise<Pick<Status, 'phase' | 'username' | 'leftBehind'>> {
    const [device, locked, wiped] = await Promise.all([this.device(), this.hasLock(), this.wiped()])
    const phase = wiped ? 'wiped' : device && locked ? 'locked' : 'new'
    const leftBehind = phase === 'locked' ? 0 : await unsent(this.#shelf)
    return { phase, leftBehind, ...(device ? { username: device.username } : {}) }
  }

  async setPin(raw: ArrayBuffer | Uint8Array<ArrayBuffer>, pin: string): Promise<void> {
    const binding = (await this.#shelf.get<CryptoKey>('binding')) ?? (await bindingKey())
    await this.#shelf.set('binding', binding)
    await this.#shelf.set('lock', await makeLock(raw, pin, binding, this.#rounds))
    await this.#shelf.set('attempts', 0)
  }

  /** The key, or how many attempts are left; at none the wrapped key is gone. Counted before it is tried, so that closing the app gains nothing. */
  async unlock(pin: string): Promise<{ readonly key: ArrayBuffer } | { readonly left: number }> {
    const lock = await this.#shelf.get<Lock>('lock')
    const binding = await this.#shelf.get<CryptoKey>('binding')
    if (!lock || !binding) return { left: 0 }
    const attempts = ((await this.#shelf.get<number>('attempts')) ?? 0) + 1
    await this.#shelf.set('attempts', attempts)
    const key = await openLock(lock, pin, binding)
    if (key) {
      await this.#shelf.set('attempts', 0)
      return { key }
    }
    const left = PIN_ATTEMPTS - attempts
    if (left <= 0) await this.removeLock()
    return { left: Math.max(0, left) }
  }

  async removeLock(): Promise<void> {
    await this.#shelf.remove('lock')
    await this.#shelf.remove('binding')
  }
}
