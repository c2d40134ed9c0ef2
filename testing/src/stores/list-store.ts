import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { registry } from '@guatu/domains'
import { type Actor, fixedClock, idCheckCharacter, SYSTEM } from '@guatu/kernel'
import { onTestFinished } from 'vitest'
import { type Deciding, decideLines } from '../../../packages/server/src/sheets/reconcile/decide.ts'
import { type ReconcileRequest, reconcile } from '../../../packages/server/src/sheets/reconcile/reconcile.ts'
import { draft } from '../../../packages/server/src/store/schema/ddl.ts'
import { schemaOf } from '../../../packages/server/src/store/schema/model.ts'
import { openStore } from '../../../packages/server/src/store/store.ts'
import type { TestEngine } from '../databases/index.ts'
import { CITY_FACTS } from './lighthouse-store.ts'

const town: Actor = { id: 'town', name: 'town', grants: [{ role: 'town-clerk', path: '1/11/11a/' }] }
const duty: Actor = { ...town, grants: [{ role: 'duty-officer', path: '1/' }] }
const purpose = '核对推送名单'

/** Number of a document that passes its check. */
export const numberOf = (serial: number): string => {
  const seventeen = `51990019900101${String(serial).padStart(3, '0')}`
  return seventeen + idCheckCharacter(seventeen)
}

/** A city with a town (11a, villages 11a1 and 11a2) that pushed lists are compared in, and a folder for them. */
export async function listStore(engine: TestEngine) {
  const place = await engine.place()
  const clock = fixedClock('2020-02-14T02:00:00Z')
  const store = await openStore({
    target: place.target,
    registry,
    clock,
    migrations: [{ name: '0001-all', sql: draft([], schemaOf(registry)).sql.join(';\n') }],
  })
  const folder = mkdtempSync(join(tmpdir(), 'guatu-list-'))
  onTestFinished(async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })
  await store.areas.confirm(CITY_FACTS, SYSTEM, store.writer)
  const act = async (
    record: string,
    recordId: string,
    action: string,
    input: Record<string, unknown>,
    more: Record<string, string> = {},
  ) => {
    const done = await store.writer.submit({ id: crypto.randomUUID(), record, recordId, action, area: '11a1', input, ...more }, duty)
    if (!done.ok) throw new Error(`${record}.${action}: ${done.problem.message.en}`)
  }
  const register = async (input: Record<string, unknown>, area = '11a1') => {
    const id = crypto.randomUUID()
    await act('person', id, 'register', input, { area })
    return id
  }
  let lists = 0
  const list = (content: string | Uint8Array, ending = 'csv') => {
    const path = join(folder, `${lists++}.${ending}`)
    writeFileSync(path, content)
    return path
  }
  const compare = async (path: string, more: Partial<ReconcileRequest> = {}) => {
    const done = await reconcile(store, town, { path, purpose, ...more })
    if (!done.ok) throw new Error(done.problem.message.en)
    return done.value
  }
  const decide = async (path: string, asked: Omit<Deciding, 'path' | 'purpose'>) => {
    const done = await decideLines(store, town, { path, purpose, ...asked })
    if (!done.ok) throw new Error(done.problem.message.en)
    return done.value.map((one) => (one.done ? 'done' : (one.problem?.path ?? one.problem?.code)))
  }
  return { store, clock, duty, town, act, register, list, compare, decide }
}
