// The writer of the kill -9 trial over the real event log: whole acts through the write path, acknowledged only when accepted, and reforms among them.
import { Readable } from 'node:stream'
import { openAttachments } from '../../../packages/server/src/store/attachments/attachments.ts'
import { VILLAGES } from '../places/places.ts'
import { lighthouseStore } from '../stores/lighthouse-store.ts'
import { clockOfRound, found, reform } from './kill-nine.reforms.ts'
import { say } from './kill-nine.say.ts'
import { targetFromEnvironment } from './kill-nine.target.ts'

/** Lamps of a town: so many that their moving takes a while. */
const LAMPS = 240

const round = Number(process.env.GUATU_ROUND ?? '0')
const attachments = openAttachments({ dir: process.env.GUATU_FILES ?? 'files' })
const { store } = await lighthouseStore({ target: targetFromEnvironment() }, clockOfRound(round))
const actor = { id: 'writer', name: 'writer', grants: [{ role: 'town-clerk' as const, path: '1/' }] }
say('ready')

/** Builds a lamp, every fifth with its plan attached. */
async function build(n: number, area: string): Promise<string | undefined> {
  const recordId = crypto.randomUUID()
  const id = crypto.randomUUID()
  const plan =
    n % 5 === 0
      ? await attachments.keep('plan.txt', Readable.from([Buffer.from(`plan ${round} ${n} ${'x'.repeat(n % 5_000)}`)]))
      : undefined
  const built = await store.writer.submit(
    {
      id,
      record: 'lamp',
      recordId,
      action: 'build',
      area,
      input: {
        number: `DT-${String(round).padStart(3, '0')}${String(n % 100_000).padStart(5, '0')}`,
        name: '塔',
        colour: 'red',
        candela: n % 100,
        ...(plan?.ok ? { plan: plan.value } : {}),
      },
    },
    actor,
  )
  if (!built.ok) return undefined
  say(`ack ${id}`)
  return recordId
}

async function light(recordId: string): Promise<boolean> {
  const id = crypto.randomUUID()
  const lit = await store.writer.submit({ id, record: 'lamp', recordId, action: 'light', input: {} }, actor)
  if (lit.ok) say(`ack ${id}`)
  return lit.ok
}

/** Several acts at once, so that groups of many sizes are caught in the middle. */
async function acts(): Promise<never> {
  for (let n = 0; ; n += 40) {
    const some = Array.from({ length: 40 }, async (_, i) => {
      const lamp = await build(n + i, VILLAGES[(n + i) % VILLAGES.length] ?? '11a1')
      if (lamp !== undefined) await light(lamp)
    })
    await Promise.all(some)
  }
}

/** Towns are founded, filled and reformed while work goes on in them; what the last round decided ahead is due first. */
async function reforms(): Promise<never> {
  await store.areas.settle(store.writer)
  for (let n = 0; ; n += 1) {
    const plot = await found(store, round, n)
    if (!plot) throw new Error('a town was not founded')
    const lamps = await Promise.all(
      Array.from({ length: LAMPS }, (_, i) => build(50_000 + n * LAMPS + i, i % 6 === 0 ? plot.stays : plot.ends)),
    )
    const confirming = reform(store, plot, round, n % 2 === 1)
    for (const lamp of lamps.slice(0, 12))
      if (lamp !== undefined && !(await light(lamp))) throw new Error('work was refused because of a reform')
    const name = await confirming
    if (name === undefined) throw new Error('a reform was refused')
    say(`ack ${name}`)
  }
}

await Promise.all([acts(), reforms()])
