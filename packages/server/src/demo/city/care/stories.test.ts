import type { Actor } from '@guatu/kernel'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { InventedCity } from '../city.ts'
import { ComingHome } from '../coming-home.ts'
import { Contacts } from '../contacts.ts'
import type { Land, Village } from '../places.ts'
import { chanceOf } from '../random.ts'
import { SCRIPTS } from './scripts.ts'
import { Stories } from './stories.ts'

const COUNTIES = ['511902', '511903', '511921', '511922', '511923'].map((code) => ({ id: code, code, name: code, path: `/5119/${code}/` }))
const VILLAGES: readonly Village[] = COUNTIES.flatMap(({ code }) =>
  Array.from({ length: 12 }, (_, v) => {
    const town = `${code}t${Math.floor(v / 4)}`
    return { id: `${code}v${v}`, path: `/5119/${code}/${town}/${code}v${v}/`, town, county: code, countyCode: code }
  }),
)
const actor: Actor = { id: 'somebody', name: '示例人员', grants: [] }
const LAND: Land = {
  villages: VILLAGES,
  village: (id) => VILLAGES.find((one) => one.id === id),
  towns: [],
  counties: COUNTIES,
  city: { id: '5119', path: '/5119/' },
  county: ({ county }) => ({ id: county, path: `/5119/${county}/` }),
  town: ({ town, county }) => ({ id: town, path: `/5119/${county}/${town}/` }),
  worker: () => actor,
  at: () => actor,
}

function storiesOf(people: number, seed: number) {
  const city = new InventedCity({ people, chance: chanceOf(seed), land: LAND, zone: 'Asia/Shanghai', focus: ['511902v0'] })
  return new Stories(city, new Contacts(city), new ComingHome(city))
}

it('tells every story in a city of the default size and in a large one, whatever the seed', () => {
  for (const [people, seed] of [
    [1_900, 20],
    [2_000, 5_119],
    [2_000, 1],
    [60_000, 20],
  ] as const)
    expect([people, seed, ...storiesOf(people, seed).names]).toEqual([people, seed, ...Object.keys(SCRIPTS)])
})

it('tells in a small city what it has people for, each of somebody else, and the same for the same seed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 900 }), fc.nat({ max: 10_000 }), (people, seed) => {
      const stories = storiesOf(people, seed)
      expect(Object.keys(SCRIPTS)).toEqual(expect.arrayContaining([...stories.names]))
      expect(new Set(stories.people).size).toBe(stories.names.length)
      expect(storiesOf(people, seed).people).toEqual(stories.people)
    }),
    { numRuns: 25, seed: 5 },
  )
})

it('confirms somebody of the county and the day of a published case, and nobody else', () => {
  const stories = storiesOf(2_000, 5_119)
  expect(stories.confirmed('511902', '2020-02-13')).toBe(1)
  expect(stories.confirmed('511921', '2020-02-13')).toBe(0)
  expect(storiesOf(30, 1).confirmed('511902', '2020-02-13')).toBe(0)
})
