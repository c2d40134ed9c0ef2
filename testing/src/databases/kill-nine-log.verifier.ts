// The verifier of the kill -9 trial over the real event log: every acknowledged event is there, and states, books and chains equal the events.
import { text } from 'node:stream/consumers'
import { lighthouseStore } from '../stores/lighthouse-store.ts'
import { targetFromEnvironment } from './kill-nine.target.ts'

const acknowledged = (await text(process.stdin)).split('\n').filter((id) => id !== '')
const { store } = await lighthouseStore({ target: targetFromEnvironment() })
const found = new Set((await store.db.query<{ id: string }>('select id from events')).map(({ id }) => id))
const missing = acknowledged.filter((id) => !found.has(id))
const { differences } = await store.rebuild({ check: true })
await store.close()
if (missing.length > 0 || differences.length > 0) {
  process.stdout.write(`missing ${missing.length}; ${differences.slice(0, 5).join('; ')}\n`)
  process.exitCode = 1
}
