import { type Command, derivedId } from '@guatu/kernel'
import type { InventedCity } from './city.ts'
import { inventedPhone } from './identity.ts'
import { type Due, hours, instantAt } from './played.ts'

/** The day on which every town says who is in charge of what. */
const DAY = '2020-01-20'
/** Sign-in name of the grid worker who works in the first village in focus. */
const GRID = 'grid'

/** Who is in charge 包保: of every village its grid worker, of every town a cadre and a doctor, assigned by the town before anybody is observed. */
export function* assignments({ land, zone, focus }: InventedCity, day: string): Generator<Due> {
  if (day !== DAY) return
  const villages = Map.groupBy(land.villages, ({ town }) => town)
  for (const [n, town] of land.towns.entries()) {
    const act = (area: string, input: Command['input']): Command => {
      const recordId = derivedId(`in charge ${area} ${String(input.part)}`)
      const happenedAt = instantAt(day, hours(8, n % 45), zone)
      const id = derivedId(`${recordId} assign`)
      return { id, record: 'assignment', recordId, action: 'assign', area, happenedAt, input: { from: day, ...input } }
    }
    const known = (id: string) => (focus[0]?.id === id ? GRID : `demo-grid-worker-${id}`)
    yield {
      minute: hours(8, n % 45) + 4,
      play: () => ({
        actor: land.at('town-clerk', town),
        commands: [
          act(town.id, { part: 'cadre', account: `demo-cadre-${town.id}`, worker: '示例干部', phone: inventedPhone(n) }),
          act(town.id, { part: 'doctor', account: `demo-doctor-${town.id}`, worker: '示例医生', phone: inventedPhone(1_000 + n) }),
          ...(villages.get(town.id) ?? []).map(({ id }) => act(id, { part: 'grid', account: known(id), worker: '示例网格员' })),
        ],
      }),
    }
  }
}
