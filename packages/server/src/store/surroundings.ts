import { type Lang, no, ok, problem, type Surroundings, today } from '@guatu/kernel'
import { latinName } from './areas/latin-name.ts'
import type { Store } from './store.ts'

/** Names behind references, in one language, as of a day: for sheets, filters and documents. */
export function surroundings(store: Store, lang: Lang, day: string = today(store.clock)): Surroundings {
  const { zone } = store.clock
  const view = store.areas.tree.asOf(day)
  const missing = (what: string) => no(problem('not-found', { what }))
  return {
    lang,
    zone,
    nameOf: (kind, id) => (kind === 'area' || kind === 'unit' ? store.areas.tree.known(id, day)?.name : undefined),
    find: (kind, written) => {
      if (kind === 'person' || kind === 'record') return /^[0-9a-f-]{36}$/i.test(written) ? ok(written.toLowerCase()) : missing(written)
      if (view.get(written)) return ok(written)
      const coded = view.byCode(written)
      if (coded) return ok(coded.id)
      const exact = view.theOne(written, kind === 'unit' ? { level: 'unit' } : {})
      if (exact.ok) return ok(exact.value.id)
      const full = [...view.byName(written.slice(-2))].find((one) => view.fullName(one.id).endsWith(written))
      return full ? ok(full.id) : exact
    },
  }
}

/** The same for what everybody reads: areas in Latin letters where it is read in English, with the name that stands on the signs. */
export function publicSurroundings(store: Store, lang: Lang, day?: string): Surroundings {
  const at = surroundings(store, lang, day)
  if (lang === 'zh') return at
  const nameOf: Surroundings['nameOf'] = (kind, id) => {
    const name = at.nameOf(kind, id)
    return kind === 'area' && name !== undefined && latinName(name) !== name ? `${latinName(name)} (${name})` : name
  }
  return { ...at, nameOf }
}
