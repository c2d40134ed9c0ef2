import { EVERYTHING, type RecordState } from '@guatu/kernel'
import { findByIdentity } from '../store/query/find.ts'
import type { Listed } from '../store/query/list.ts'
import { stays } from '../store/query/stays.ts'
import type { Store } from '../store/store.ts'
import { all, among, definition, everyEntry, is, KEPT, OBSERVED, rowOf, rowsOf } from './register.ts'

/** Everybody registered under a document or with a plate, wherever they stand; whoever was merged is the one that stays. */
export async function registered(store: Store, word: string, field: 'documentNumber' | 'plate'): Promise<readonly Listed[]> {
  const def = definition(store, 'person')
  const found = await findByIdentity(store.db, def, EVERYTHING, { word, field, limit: 5 })
  const get = async (id: string) => {
    const row = await rowOf(store, 'person', id)
    return row && { ...row, path: store.areas.index.currentPath(row.area) ?? '' }
  }
  const stay = await Promise.all(found.map((row) => stays(def, row, get)))
  return stay.filter((row) => row.state === 'registered')
}

/** What keeps somebody in: their own observation, under whichever of their entries, or that of their home. */
export async function watchOf(store: Store, person: RecordState, entries: readonly string[]): Promise<RecordState | undefined> {
  const own = await rowsOf(store, 'watch', all(among('person', entries), KEPT, OBSERVED))
  const { household } = person.fields
  if (own.length > 0 || typeof household !== 'string') return own[0]
  return (await rowsOf(store, 'watch', all(is('household', household), is('kind', 'home'), OBSERVED)))[0]
}

/** Whose vehicle has a plate. Where several are registered with it, whoever of them is under observation: a plate does not say who drives. */
export async function driverOf(
  store: Store,
  plate: string,
): Promise<{ readonly person: Listed; readonly watch: RecordState | undefined } | undefined> {
  const drivers = await Promise.all(
    (await registered(store, plate, 'plate')).map(async (person) => ({
      person,
      watch: await watchOf(store, person, await everyEntry(store, [person.id])),
    })),
  )
  return drivers.find(({ watch }) => watch !== undefined) ?? drivers[0]
}
