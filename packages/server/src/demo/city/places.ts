import type { Actor, Role } from '@guatu/kernel'
import type { Store } from '../../store/store.ts'

/** A village of the city with everything its people need to know of it. */
export interface Village {
  readonly id: string
  readonly path: string
  readonly town: string
  readonly county: string
  /** County as in the published lists. */
  readonly countyCode: string
}

export interface Town {
  readonly id: string
  readonly path: string
}

/** The land on which the invented people live, and those who work there, as they will stand in the log. */
export interface Land {
  readonly villages: readonly Village[]
  village(id: string): Village | undefined
  readonly towns: readonly Town[]
  readonly counties: readonly { readonly id: string; readonly code: string; readonly name: string; readonly path: string }[]
  /** The city itself. */
  readonly city: Town
  county(village: Village): Town
  town(village: Village): Town
  worker(village: Village): Actor
  at(role: Role, area: { readonly id: string; readonly path: string }): Actor
}

const actorOf = (role: Role, area: { readonly id: string; readonly path: string }, name: string): Actor => ({
  id: `demo-${role}-${area.id}`,
  name,
  grants: [{ role, path: area.path }],
})

/** Those of the demonstration who have an account of their own: what is played where they work is done by them. */
export async function staffOf({ db }: Pick<Store, 'db'>): Promise<Staff> {
  const rows = await db.query<{ id: string; name: string; role: string; area: string }>(
    `select min(u.id) as id, min(u.name) as name, g.role, g.area from "user" u join grants g on g.account = u.id
     group by g.role, g.area having count(*) = 1`,
  )
  return new Map(rows.map(({ role, area, id, name }) => [`${role} ${area}`, { id, name }]))
}

type Staff = ReadonlyMap<string, Pick<Actor, 'id' | 'name'>>

/** The villages, towns and counties of the one city of a store, as they stand on a day. */
export function landOf(store: Pick<Store, 'areas'>, day: string, staff: Staff = new Map()): Land {
  const view = store.areas.tree.asOf(day)
  const [city] = view
    .roots()
    .flatMap((root) => [root, ...view.children(root.id)])
    .filter((one) => one.level === 'city')
  const villages: Village[] = []
  const towns: Town[] = []
  const counties: { id: string; code: string; name: string; path: string }[] = []
  for (const county of city ? view.children(city.id) : []) {
    if (county.level !== 'county') continue
    counties.push({ id: county.id, code: county.code ?? '', name: county.name, path: view.path(county.id) ?? '' })
    for (const town of view.children(county.id)) {
      if (town.level !== 'town') continue
      towns.push({ id: town.id, path: view.path(town.id) ?? '' })
      for (const village of view.children(town.id))
        if (village.level === 'village')
          villages.push({
            id: village.id,
            path: view.path(village.id) ?? '',
            town: town.id,
            county: county.id,
            countyCode: county.code ?? '',
          })
    }
  }
  const known = new Map<string, Actor>()
  const at = (role: Role, area: { readonly id: string; readonly path: string }) => {
    const key = `${role} ${area.id}`
    const actor = known.get(key) ?? { ...actorOf(role, area, '示例人员'), ...staff.get(key) }
    known.set(key, actor)
    return actor
  }
  const byId = new Map(villages.map((village) => [village.id, village]))
  return {
    villages,
    village: (id) => byId.get(id),
    towns,
    counties,
    city: { id: city?.id ?? '', path: city ? (view.path(city.id) ?? '') : '' },
    county: ({ county }) => counties.find(({ id }) => id === county) ?? { id: county, path: '' },
    town: ({ id, town, path }) => ({ id: town, path: path.slice(0, -id.length - 1) }),
    at,
    worker: (village) => at('grid-worker', village),
  }
}
