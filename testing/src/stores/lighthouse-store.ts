import { type AreaFact, buildRegistry, fixedClock, SYSTEM } from '@guatu/kernel'
import { openAttachments } from '../../../packages/server/src/store/attachments/attachments.ts'
import type { DatabaseOptions, DatabaseTarget } from '../../../packages/server/src/store/database/index.ts'
import { openStore, type Store } from '../../../packages/server/src/store/store.ts'
import { lighthouse } from '../lighthouse/lighthouse.ts'
import { migrated, tablesOf } from './tables.ts'

const FOUNDED = '2019-10-31'
const area = (id: string, level: 'city' | 'county' | 'town' | 'village' | 'unit', parent: string | null, name: string): AreaFact => ({
  kind: 'created',
  id,
  level,
  ...(level === 'unit' ? { nature: 'functional' as const } : {}),
  code: null,
  name,
  parent,
  date: FOUNDED,
  instrument: 'test',
})

/** The same small city as `places`, as dated facts, with two bodies. */
export const CITY_FACTS: readonly AreaFact[] = [
  area('1', 'city', null, '灯塔市'),
  area('11', 'county', '1', '东县'),
  area('12', 'county', '1', '西县'),
  area('11a', 'town', '11', '甲镇'),
  area('11b', 'town', '11', '乙镇'),
  area('12a', 'town', '12', '丙镇'),
  area('11a1', 'village', '11a', '一村'),
  area('11a2', 'village', '11a', '二村'),
  area('11b1', 'village', '11b', '三村'),
  area('12a1', 'village', '12a', '四村'),
  area('harbour', 'unit', '1', '港务局'),
  area('hq-11', 'unit', '11', '东县指挥部'),
]

export const lighthouseRegistry = buildRegistry([lighthouse])

/** What its store starts from, where nothing else is said. */
export const lighthouseTables = migrated(tablesOf(lighthouseRegistry))

/** A whole store over the fictional domain, in a place of its own, at a clock that the test sets. */
export async function lighthouseStore(
  place: { readonly target: DatabaseTarget; readonly options?: DatabaseOptions },
  clock = fixedClock('2020-02-14T02:00:00Z'),
  /** Folder of attached files; none are kept when left out. */
  attachments?: string,
): Promise<{ store: Store; clock: ReturnType<typeof fixedClock> }> {
  const store = await openStore({
    target: place.target,
    ...(place.options ? { database: place.options } : {}),
    registry: lighthouseRegistry,
    clock,
    migrations: tablesOf(lighthouseRegistry),
    ...(attachments === undefined ? {} : { attachments: openAttachments({ dir: attachments, largest: 100_000 }) }),
    onError: (_reference, error) => {
      throw error
    },
  })
  if (store.areas.tree.size === 0) {
    const done = await store.areas.confirm(CITY_FACTS, SYSTEM, store.writer)
    if (!done.ok) throw new Error(done.problem.message.en)
  }
  return { store, clock }
}
