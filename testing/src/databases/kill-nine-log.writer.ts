// The writer of the kill -9 trial over the real event log: whole acts through the write path, acknowledged only when accepted.
import { writeSync } from 'node:fs'
import { Readable } from 'node:stream'
import { openAttachments } from '../../../packages/server/src/store/attachments/attachments.ts'
import { VILLAGES } from '../places/places.ts'
import { lighthouseStore } from '../stores/lighthouse-store.ts'
import { targetFromEnvironment } from './kill-nine.target.ts'

const attachments = openAttachments({ dir: process.env.GUATU_FILES ?? 'files' })
const { store } = await lighthouseStore({ target: targetFromEnvironment() })
const actor = { id: 'writer', name: 'writer', grants: [{ role: 'town-clerk' as const, path: '1/' }] }
writeSync(1, 'ready\n')
const round = process.env.GUATU_ROUND ?? '0'

/** Several acts at once, so that groups of many sizes are caught in the middle; every fifth has its plan attached. */
async function one(n: number): Promise<void> {
  const recordId = crypto.randomUUID()
  const build = crypto.randomUUID()
  const plan =
    n % 5 === 0
      ? await attachments.keep('plan.txt', Readable.from([Buffer.from(`plan ${round} ${n} ${'x'.repeat(n % 5_000)}`)]))
      : undefined
  const built = await store.writer.submit(
    {
      id: build,
      record: 'lamp',
      recordId,
      action: 'build',
      area: VILLAGES[n % VILLAGES.length] ?? '11a1',
      input: {
        number: `DT-${round.padStart(3, '0')}${String(n % 100_000).padStart(5, '0')}`,
        name: '塔',
        colour: 'red',
        candela: n % 100,
        ...(plan?.ok ? { plan: plan.value } : {}),
      },
    },
    actor,
  )
  if (!built.ok) return
  writeSync(1, `ack ${build}\n`)
  const light = crypto.randomUUID()
  if ((await store.writer.submit({ id: light, record: 'lamp', recordId, action: 'light', input: {} }, actor)).ok)
    writeSync(1, `ack ${light}\n`)
}
for (let n = 0; ; n += 40) {
  await Promise.all(Array.from({ length: 40 }, (_, i) => one(n + i)))
}
