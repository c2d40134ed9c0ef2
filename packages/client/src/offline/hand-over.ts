import type { KeptClock } from './device-clock.ts'
import type { DeviceIdentity } from './keys.ts'
import type { Shelf } from './shelf.ts'
import type { Transport } from './transport.ts'

/** Sealed entries in one call. */
const BATCH = 100

/**
 * Gives what lies here unsent to the server, sealed as it is: no PIN and no session are needed, because only this phone's key could
 * have sealed it. For a phone that was wiped from afar, was signed out, or whose worker has left. What the server kept leaves the phone.
 * @returns how many entries remain
 */
export async function handOver(shelf: Shelf, transport: Transport, device: DeviceIdentity): Promise<number> {
  const clock = await shelf.get<KeptClock>('clock')
  const offsets = Object.fromEntries((clock?.eras ?? []).map((era) => [era.id, era.offset]))
  for (const { hash, name, sealed } of await shelf.files()) {
    await transport.call('/api/field/hand-over', { device: device.id, entries: [], files: [{ name, ...sealed }] })
    await shelf.dropFiles([hash])
  }
  for (;;) {
    const open = (await shelf.entries()).filter((entry) => entry.open).slice(0, BATCH)
    if (open.length === 0) return 0
    const answer = await transport.call('/api/field/hand-over', { device: device.id, offsets, entries: open.map((entry) => entry.sealed) })
    const { kept } = (answer.body ?? {}) as { kept?: readonly boolean[] }
    const taken = open.filter((_, i) => kept?.[i] === true)
    if (answer.status !== 200 || taken.length === 0) return (await shelf.entries()).filter((entry) => entry.open).length
    await shelf.dropEntries(taken.map((entry) => entry.seq))
  }
}
