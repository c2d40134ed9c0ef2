import type { Problem, RecordState } from '@guatu/kernel'
import { askedAt, type DeviceClock, type Watch } from './device-clock.ts'
import type { EntryState } from './entry.ts'
import type { Kept, Outbox } from './outbox.ts'
import type { Replica } from './replica.ts'
import type { Shelf } from './shelf.ts'
import { type Answer, problemIn, refusedForGood, type Transport } from './transport.ts'
import type { Vault } from './vault.ts'

/** Acts in one call. */
const BATCH = 200

interface Result {
  readonly event: string
  readonly record?: RecordState
  readonly handedOver?: 'waiting' | 'taken' | 'dropped'
  readonly problem?: Problem
}

export interface Sending {
  readonly device: string
  readonly app: string
  readonly outbox: Outbox
  readonly shelf: Shelf
  readonly vault: Vault
  readonly clock: DeviceClock
  readonly replica: Replica
  readonly transport: Transport
  readonly watch: Watch
}

/**
 * Sends what waits, in its order. Each act is answered alone; an answer that does not come changes nothing, and the act goes again.
 * @returns a refusal of the whole call, if there was one @throws NoNetwork
 */
export async function sendAll(at: Sending, answered: () => void): Promise<Answer | undefined> {
  for (;;) {
    const batch = await at.outbox.next(BATCH)
    if (batch.length === 0) return undefined
    try {
      const files = await sendFiles(at, batch)
      if (files.stopped) {
        await at.outbox.update(batch.map((entry) => ({ ...entry, state: 'kept' })))
        return files.stopped
      }
      const refused = batch.flatMap((entry) => {
        const problem = entry.files?.map((hash) => files.refused.get(hash)).find((one) => one !== undefined)
        return problem ? [{ ...entry, state: 'refused' as const, problem }] : []
      })
      if (refused.length > 0) {
        // What is left is asked for anew: it may build on what was refused.
        const seqs = new Set(refused.map((entry) => entry.seq))
        await at.outbox.update([
          ...refused,
          ...batch.flatMap((entry) => (seqs.has(entry.seq) ? [] : [{ ...entry, state: 'kept' as const }])),
        ])
        answered()
        continue
      }
      const asked = askedAt(at.watch)
      const answer = await at.transport.call('/api/field/acts', {
        device: at.device,
        app: at.app,
        deviceNow: new Date(at.clock.stamp().deviceAt).toISOString(),
        acts: batch.map(({ act }) => act),
      })
      if (problemIn(answer)) {
        await at.outbox.update(batch.map((entry) => ({ ...entry, state: 'kept' })))
        return answer
      }
      const { now, results } = answer.body as { now: string; results: readonly Result[] }
      at.clock.heard(now, asked)
      await take(at, batch, results)
      answered()
      // An answer that leaves everything as it was would be asked for ever.
      if (results.length === 0) return { status: 502, body: undefined }
      // A store that is ill refuses all alike; going on would only repeat it.
      if (results.some((one) => (one.problem?.status ?? 0) >= 500)) return { status: 503, body: undefined }
    } catch (error) {
      await at.outbox.update(batch.map((entry) => ({ ...entry, state: 'kept' })))
      throw error
    }
  }
}

async function take(at: Sending, batch: readonly Kept[], results: readonly Result[]): Promise<void> {
  const answers = new Map(results.map((one) => [one.event, one]))
  const changed = batch.map((entry): Kept => {
    const answer = answers.get(entry.act.event)
    const { problem: _, ...rest } = entry
    if (!answer) return { ...rest, state: 'kept' }
    if (answer.handedOver) return { ...rest, state: 'handed-over' }
    if (answer.record) {
      const overtaken = overtakenBy(at.replica, entry, answer.record)
      return overtaken
        ? { ...rest, state: 'conflict', problem: overtaken, version: answer.record.version }
        : { ...rest, state: 'confirmed', version: answer.record.version }
    }
    const problem = answer.problem
    return problem && problem.status < 500 ? { ...rest, state: stateFor(problem), problem } : { ...rest, state: 'kept' }
  })
  await at.outbox.update(changed)
  await at.outbox.release(changed.filter((entry) => entry.state === 'confirmed' || entry.state === 'handed-over'))
}

/** What two people did contradicts each other: a person decides. Everything else is a rule that says no. */
const CONFLICTS = new Set([
  'wrong-state',
  'version-conflict',
  'seen-otherwise',
  'not-looked-at',
  'already-exists',
  'out-of-order',
  'id-reused',
  'not-found',
])
const stateFor = (problem: Problem): EntryState => (CONFLICTS.has(problem.code) ? 'conflict' : 'refused')

const OVERTAKEN = (field: { zh: string; en: string }): Problem => ({
  code: 'overtaken',
  status: 409,
  message: {
    zh: `您的记录已收到，但“${field.zh}”此后已被他人改为别的值；请核对以哪一个为准。`,
    en: `Your entry arrived, but “${field.en}” has been changed by somebody else since; decide which holds.`,
  },
})

/**
 * The act was accepted, but somebody did something later that the phone had not seen, and a value stands otherwise now than the person wrote it.
 * History settles that by time; a person has to know of it.
 */
function overtakenBy(replica: Replica, entry: Kept, now: RecordState): Problem | undefined {
  if (entry.act.version === undefined || now.version === entry.act.version + 1) return undefined
  const def = replica.registry.records.get(entry.act.record)
  const action = def?.actions[entry.act.action]
  for (const name of [...(action?.needs ?? []), ...(action?.takes ?? [])]) {
    const field = def?.fields[name]
    const mine = entry.act.input[name]
    if (!field || field.sensitive || mine === undefined || mine === null) continue
    if (JSON.stringify(mine) !== JSON.stringify(now.fields[name])) return OVERTAKEN(field.label)
  }
  return undefined
}

interface FilesSent {
  /** Files that the server will never take, by hash. */
  readonly refused: ReadonlyMap<string, Problem>
  /** Why a file could not go now, which holds back what names it and all that comes after. */
  readonly stopped?: Answer
}

/** Photos and signatures go first: an event only names them. */
async function sendFiles(at: Sending, batch: readonly Kept[]): Promise<FilesSent> {
  const refused = new Map<string, Problem>()
  for (const hash of new Set(batch.flatMap((entry) => entry.files ?? []))) {
    const file = await at.shelf.file(hash)
    if (!file) continue
    const answer = await at.transport.upload('/api/files', file.name, await at.vault.openBytes(file.sealed))
    const problem = refusedForGood(answer)
    if (answer.status === 201) await at.shelf.dropFiles([hash])
    else if (problem) refused.set(hash, problem)
    else return { refused, stopped: answer }
  }
  return { refused }
}
