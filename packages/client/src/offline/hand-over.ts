import type { KeptClock } from './device-clock.ts'
import type { DeviceIdentity } from './keys.ts'
import { type Shelf, type StoredFile, unsent } from './shelf.ts'
import { type Answer, refusedForGood, type Transport } from './transport.ts'

/** Sealed entries in one call. */
const BATCH = 100
/** Files in one call, and how much they may hold together, characters; one file goes alone whatever it holds. */
const FILES = 20
const FILE_CHARACTERS = 2_000_000

/**
 * Gives what lies here unsent to the server, sealed as it is: no PIN and no session are needed, because only this phone's key could
 * have sealed it. For a phone that was wiped from afar, was signed out, or whose worker has left. Files go first, and no act before them: an act only
 * names them. Only what the server answered for leaves the phone; of a file that it will never take, it says so beside the act.
 * @returns how many acts and files remain @throws NoNetwork
 */
export async function handOver(shelf: Shelf, transport: Transport, device: DeviceIdentity): Promise<number> {
  if (await filesGo(shelf, transport, device)) await actsGo(shelf, transport, device)
  return unsent(shelf)
}

interface Received {
  /** Of each act whether the server has it. */
  readonly kept?: readonly boolean[]
  /** Of each file whether the server is done with it: it has it, or will never take it and says so beside the act. */
  readonly files?: readonly boolean[]
  /** Something could not be taken just now. What is neither done nor to be sent again cannot be opened there, and stays. */
  readonly again: boolean
}

const received = (answer: Answer): Received => (answer.status === 200 ? (answer.body as Received) : { again: true })

/** @returns whether no file has to come before the acts any more */
async function filesGo(shelf: Shelf, transport: Transport, device: DeviceIdentity): Promise<boolean> {
  for (const files of inCalls(await shelf.files())) {
    const body = { device: device.id, entries: [], files: files.map(({ name, sealed }) => ({ name, ...sealed })) }
    const answer = await transport.call('/api/field/hand-over', body)
    const { files: done, again } = files.length === 1 && refusedForGood(answer) ? { files: [true], again: false } : received(answer)
    await shelf.dropFiles(files.filter((_, i) => done?.[i] === true).map(({ hash }) => hash))
    if (again || done === undefined) return false
  }
  return true
}

function inCalls(files: readonly StoredFile[]): readonly (readonly StoredFile[])[] {
  const calls: StoredFile[][] = []
  let room = 0
  for (const file of files) {
    const last = calls.at(-1)
    room -= file.sealed.data.length
    if (last && room >= 0 && last.length < FILES) last.push(file)
    else {
      calls.push([file])
      room = FILE_CHARACTERS - file.sealed.data.length
    }
  }
  return calls
}

async function actsGo(shelf: Shelf, transport: Transport, device: DeviceIdentity): Promise<void> {
  const clock = await shelf.get<KeptClock>('clock')
  const offsets = Object.fromEntries((clock?.eras ?? []).map((era) => [era.id, era.offset]))
  const open = (await shelf.entries()).filter((entry) => entry.open)
  for (let from = 0; from < open.length; from += BATCH) {
    const entries = open.slice(from, from + BATCH)
    const body = { device: device.id, offsets, entries: entries.map((entry) => entry.sealed) }
    const { kept, again } = received(await transport.call('/api/field/hand-over', body))
    await shelf.dropEntries(entries.filter((_, i) => kept?.[i] === true).map(({ seq }) => seq))
    // In their order: what comes later may build on what has to come again.
    if (again) return
  }
}
