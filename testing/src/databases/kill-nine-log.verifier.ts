// The verifier of the kill -9 trial over the real event log: every acknowledged event is there, states, books and chains equal the events, every reform
// is there whole or not at all, and every file that an event names is there whole.
import { createHash } from 'node:crypto'
import { buffer, text } from 'node:stream/consumers'
import { openAttachments } from '../../../packages/server/src/store/attachments/attachments.ts'
import { lighthouseStore } from '../stores/lighthouse-store.ts'
import { clockOfRound, examine } from './kill-nine.reforms.ts'
import { targetFromEnvironment } from './kill-nine.target.ts'

const acknowledged = (await text(process.stdin)).split('\n').filter((line) => line !== '')
const reforms = acknowledged.filter((line) => line.startsWith('reform '))
const { store } = await lighthouseStore({ target: targetFromEnvironment() }, clockOfRound(Number(process.env.GUATU_ROUND ?? '0')))
const found = new Set((await store.db.query<{ id: string }>('select id from events')).map(({ id }) => id))
const missing = acknowledged.filter((line) => !reforms.includes(line) && !found.has(line))
const attachments = openAttachments({ dir: process.env.GUATU_FILES ?? 'files' })
let lost = 0
for (const { hash } of await store.db.query<{ hash: string }>(`select plan->>'hash' as hash from r_lamp where plan is not null`)) {
  const file = await attachments.read(hash)
  if (
    !file ||
    createHash('sha256')
      .update(await buffer(file))
      .digest('hex') !== hash
  )
    lost += 1
}
const { wrong, caughtUp } = await examine(store, reforms)
await store.close()
process.stdout.write(`${reforms.length} reforms acknowledged; ${caughtUp} records moved after the kill\n`)
if (missing.length > 0 || lost > 0 || wrong.length > 0) {
  process.stdout.write(`missing ${missing.length}; files lost ${lost}; ${wrong.slice(0, 5).join('; ')}\n`)
  process.exitCode = 1
}
