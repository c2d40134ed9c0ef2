import { type Command, derivedId } from '@guatu/kernel'
import { CASES, CASES_SOURCE } from './anchors.ts'
import { type InventedCity, SURVEY_FIRST } from './city.ts'
import { type Due, hours, instantAt } from './played.ts'

export const ROOMS = 60
export const roomName = (k: number): string => `${1 + Math.floor(k / 20)}${String((k % 20) + 1).padStart(2, '0')}`
export const siteOf = (county: string): string => derivedId(`invented site ${county}`)

/** A central observation site in every county, open before anybody needs it. */
export function* sites({ land, zone }: InventedCity, day: string): Generator<Due> {
  if (day !== SURVEY_FIRST) return
  for (const county of land.counties) {
    const town = land.towns.find(({ path }) => path.startsWith(county.path))
    if (!town) continue
    const recordId = siteOf(county.id)
    const act = (action: string, minute: number, input: Command['input']): Command => ({
      id: derivedId(`${recordId} ${action}`),
      record: 'site',
      recordId,
      action,
      area: town.id,
      happenedAt: instantAt(day, minute, zone),
      input,
    })
    yield {
      minute: hours(8, 30),
      play: () => ({
        actor: land.at('county-clerk', county),
        commands: [
          act('register', hours(8, 20), {
            name: `${county.name}示例集中隔离点`,
            kind: 'hotel',
            address: '示例路1号',
            rooms: Array.from({ length: ROOMS }, (_, k) => roomName(k)),
            doctors: 2,
            guards: 4,
            cleaners: 3,
          }),
          act('open', hours(8, 25), {}),
        ],
      }),
    }
  }
}

/** The counts of every county as of 24:00, as they are entered. */
export function* cases({ land, zone }: InventedCity, day: string): Generator<Due> {
  for (const county of land.counties) {
    const found = CASES.filter((one) => one.day === day && one.county === county.code)
    const recordId = derivedId(`cases ${county.id} ${day}`)
    const sum = (of: 'confirmed' | 'discharged') => found.reduce((total, one) => total + one[of], 0)
    yield {
      minute: hours(23, 50),
      play: () => ({
        actor: land.at('county-clerk', county),
        commands: [
          {
            id: derivedId(`${recordId} enter`),
            record: 'caseCount',
            recordId,
            action: 'enter',
            area: county.id,
            happenedAt: instantAt(day, hours(23, 50), zone),
            input: { place: county.id, day, confirmed: sum('confirmed'), discharged: sum('discharged'), died: 0, source: CASES_SOURCE },
          },
        ],
      }),
    }
  }
}
