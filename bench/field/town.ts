import type { FieldCity } from '../../e2e/field-city.ts'

/** Acts in one call. */
const BULK = 1_500
const PER_HOME = 3

/** Plain pseudo-random numbers from a seed, so that every run weighs the same. */
function lcg(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const SURNAMES = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖',
]

interface Act {
  readonly record: string
  readonly id: string
  readonly action: string
  readonly event: string
  readonly area: string
  readonly happenedAt: string
  readonly input: Readonly<Record<string, unknown>>
}

/** Fills the town of the demonstration's town clerk with invented people, some of them under observation, by the write path of everybody. */
export async function fillTown(city: FieldCity, people: number, watched: number): Promise<void> {
  const me = await city.call<{ grants: { area: string }[] }>('town', '/api/me')
  const below = await city.call<{ areas: { id: string; level: string }[] }>('town', `/api/areas?below=${me.body.grants[0]?.area}`)
  const villages = below.body.areas.filter((area) => area.level === 'village').map((area) => area.id)
  const chance = lcg(51)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)] as T
  const homes: Act[] = []
  const persons: Act[] = []
  const watches: Act[] = []
  const act = (record: string, action: string, area: string, input: Act['input']): Act => ({
    record,
    id: crypto.randomUUID(),
    action,
    event: crypto.randomUUID(),
    area,
    happenedAt: '2020-02-12T02:00:00Z',
    input,
  })
  for (let i = 0; i < people; i += PER_HOME) {
    const area = pick(villages)
    const door = `${1 + Math.floor(chance() * 30)}栋${1 + Math.floor(chance() * 4)}单元${1 + Math.floor(chance() * 12)}0${1 + Math.floor(chance() * 4)}`
    const home = act('household', 'register', area, {
      door,
      kind: 'family',
      order: i,
      phone: `138000${String(i % 100_000).padStart(5, '0')}`,
    })
    homes.push(home)
    for (let k = 0; k < PER_HOME; k += 1) {
      const phone = `1390${String(i + k).padStart(7, '0')}`
      const person = act('person', 'register', area, {
        name: `${pick(SURNAMES)}测试`,
        documentType: 'none',
        phone,
        household: home.id,
        sex: pick(['male', 'female']),
        birthYear: 1940 + Math.floor(chance() * 75),
        relation: ['head', 'spouse', 'child'][k],
      })
      persons.push(person)
      if (watches.length < watched && (i + k) % Math.floor(people / watched) === 0)
        watches.push(act('watch', 'enter', area, { person: person.id, household: home.id, kind: 'home', entry: 'list', class: 'other' }))
    }
  }
  for (const list of [homes, persons, watches])
    for (let i = 0; i < list.length; i += BULK) {
      const done = await city.call<{ results: { problem?: { code: string } }[] }>('town', '/api/events', { acts: list.slice(i, i + BULK) })
      const wrong = done.body.results?.find((one) => one.problem)
      if (done.status !== 200 || wrong) throw new Error(`filling the town: ${done.status} ${JSON.stringify(wrong)}`)
    }
}
