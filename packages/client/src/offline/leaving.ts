import { handOver } from './hand-over.ts'
import { KEPT } from './kept.ts'
import type { DeviceIdentity } from './keys.ts'
import type { Phone } from './phone.ts'
import { NoNetwork } from './transport.ts'

export const SIGNING_KEY = 'signing-key'
const OF_THE_WORKER: readonly string[] = ['place', 'head', 'recognition', SIGNING_KEY, ...KEPT]

/** Gives what is unsent to the server, sealed, and removes everything: the phone may be used no longer. */
export async function wipe(phone: Phone, device: DeviceIdentity): Promise<void> {
  await phone.saveClock()
  await handOver(phone.options.shelf, phone.options.transport, device)
  await phone.forget()
  phone.set({ phase: 'wiped', leftBehind: 0 })
}

/** Hands over what a worker left sealed on this phone; once nothing is left, the phone is free for somebody else. */
export async function leave(phone: Phone, device: DeviceIdentity): Promise<number> {
  await phone.saveClock()
  const left = await handOver(phone.options.shelf, phone.options.transport, device)
  if (left === 0) await phone.forget()
  phone.set({ leftBehind: left })
  return left
}

/** Asks whether this phone may still be used; a wiped one hands over what it has and removes everything. @returns whether it was wiped */
export async function checkWipe(phone: Phone, device: DeviceIdentity): Promise<boolean> {
  try {
    const sent = phone.options.watch.running()
    const answer = await phone.options.transport.call(`/api/field/devices/${device.id}`)
    const { wiped, now } = (answer.body ?? {}) as { wiped?: boolean; now?: string }
    if (now !== undefined) phone.heard(now, sent)
    if (wiped === true) await wipe(phone, device)
    else if (!(await phone.keys.hasLock()) && !phone.opened && !phone.fresh) await leave(phone, device)
    return wiped === true
  } catch (error) {
    if (!(error instanceof NoNetwork)) throw error
    phone.offline()
    return false
  }
}

/** The key goes at once; what is unsent stays sealed until it was handed over. @returns how many entries stay behind */
export async function signOut(phone: Phone): Promise<number> {
  const { shelf, transport } = phone.options
  const device = await phone.keys.device()
  await phone.keys.removeLock()
  phone.close()
  phone.replica.head = undefined
  await shelf.keepGeneration(undefined)
  for (const name of OF_THE_WORKER) await shelf.remove(name)
  let left = (await shelf.entries()).filter((entry) => entry.open).length
  try {
    if (device) left = await leave(phone, device)
    await transport.call('/api/auth/sign-out', {})
  } catch (error) {
    if (!(error instanceof NoNetwork)) throw error
  }
  phone.set({ phase: 'new', leftBehind: left })
  return left
}
