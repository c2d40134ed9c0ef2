import {
  buildRegistry,
  type Command,
  defineDomain,
  defineRecord,
  erase,
  f,
  fixedClock,
  packRows,
  type RecordState,
  readParameters,
} from '@guatu/kernel'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Replica } from '../../../packages/client/src/offline/replica.ts'
import { createWriter } from '../../../packages/server/src/store/log/writer.ts'
import { relatedNow } from '../../../packages/server/src/store/query/related-now.ts'
import { onBothEngines } from '../databases/index.ts'
import { places, VILLAGES } from '../places/places.ts'
import { migrated, tablesOf } from '../stores/tables.ts'

// Keepers of lighthouses, of what lies at them and of whole coasts: the fictional half of who is in charge of somebody.

const label = { zh: '示例', en: 'Example' }
const by = { 'duty-officer': 'area' } as const
const ref = (of: string) => f.record({ label, of, optional: true })
const shared = { label, at: 'city', title: 'name', read: by, list: { columns: [], filters: [], sort: 'name' } } as const
const name = f.text({ label, max: 60 })
const make = { label, from: 'new', by, needs: ['name'] } as const
const pier = defineRecord({
  ...shared,
  name: 'pier',
  fields: { name, within: ref('pier') },
  states: { here: label },
  actions: { make: { ...make, to: 'here', takes: ['within'] } },
})
const hut = defineRecord({
  ...shared,
  name: 'hut',
  fields: { name, pier: ref('pier') },
  states: { here: label },
  actions: { make: { ...make, to: 'here', takes: ['pier'] } },
})
const keeper = defineRecord({
  ...shared,
  name: 'keeper',
  fields: { name, hut: ref('hut'), pier: ref('pier') },
  states: { on: label, off: label },
  actions: {
    make: { ...make, to: 'on', takes: ['hut', 'pier'] },
    stop: { label, from: ['on'], to: 'off', by },
  },
})
const RELATIONS = {
  around: { record: 'keeper', above: { empty: ['hut', 'pier'] }, sees: ['name'] },
  piers: {
    record: 'keeper',
    by: 'pier',
    through: 'hut',
    via: [
      { record: 'hut', field: 'pier' },
      { record: 'pier', field: 'within' },
    ],
    sees: ['name'],
  },
} as const
const call = defineRecord({
  ...shared,
  name: 'call',
  fields: { name, hut: ref('hut'), seen: f.text({ label, max: 4_000, optional: true }) },
  states: { here: label },
  actions: {
    make: {
      ...make,
      to: 'here',
      takes: ['hut'],
      offline: true,
      related: RELATIONS,
      follows: ({ related, act }) => [{ record: 'call', recordId: act.recordId, action: 'note', input: { seen: said(related) } }],
      settles: [],
    },
    note: { label, from: ['here'], to: 'same', by, automatic: true, takes: ['seen'] },
  },
})
type Seen = Readonly<Record<keyof typeof RELATIONS, readonly string[]>>
const said = (related: Readonly<Record<string, readonly RecordState[]>>) => {
  const lines = (name: keyof typeof RELATIONS) => (related[name] ?? []).map(({ id, state }) => `${id} ${state}`)
  return JSON.stringify({ around: lines('around'), piers: lines('piers') } satisfies Seen)
}
const registry = buildRegistry([
  defineDomain({ name: 'coast', label, records: [pier, hut, keeper, call].map((one) => erase(one as never)) }),
])
const actor = { id: 'duty', name: 'duty', grants: [{ role: 'duty-officer' as const, path: '1/' }] }
const AREAS = ['1', '11', '12', '11a', '11b', ...VILLAGES] as const
const HUTS = 6
const PIERS = 4
const uuid = () => crypto.randomUUID()

interface Post {
  readonly area: string
  readonly at: 'area' | 'hut' | 'pier'
  readonly n: number
  readonly stops: boolean
}
const post: fc.Arbitrary<Post> = fc.record({
  area: fc.constantFrom(...AREAS),
  at: fc.constantFrom('area' as const, 'area' as const, 'hut' as const, 'pier' as const),
  n: fc.nat(30),
  stops: fc.boolean(),
})
const story = fc.record({
  posts: fc.array(post, { maxLength: 12 }),
  within: fc.array(fc.option(fc.nat(PIERS - 1)), { minLength: PIERS, maxLength: PIERS }),
  piers: fc.array(fc.option(fc.nat(PIERS - 1)), { minLength: HUTS, maxLength: HUTS }),
  calls: fc.array(fc.record({ area: fc.constantFrom(...VILLAGES), hut: fc.option(fc.nat(HUTS - 1)) }), { minLength: 1, maxLength: 30 }),
})

/** What a pier is part of: only of one before it, so that no ring comes about. */
const partOf = (ids: readonly string[], within: readonly (number | null)[], i: number): { readonly within?: string } => {
  const into = within[i]
  const id = typeof into === 'number' && into < i ? ids[into] : undefined
  return id === undefined ? {} : { within: id }
}

const EMPTY = {
  id: '',
  county: '11',
  area: '11a1',
  state: 'here',
  version: 1,
  createdAt: '2020-02-14T01:00:00.000Z',
  changedAt: '2020-02-14T01:00:00.000Z',
  lastEvent: '',
  fields: {},
}
const HEAD = { day: '2020-02-14', zone: 'Asia/Shanghai', actor, parameters: {}, records: ['call'], heads: {} }

onBothEngines('records above and along the way', (engine) => {
  it('are those that a plain reading of the areas finds: in one batch, one by one, asked for later, and on a phone', async () => {
    const db = await engine.open<unknown>({}, migrated(tablesOf(registry)))
    const clock = fixedClock('2020-02-14T01:00:00Z')
    const writer = createWriter(
      db,
      { registry, clock, areas: () => places, parameters: (day, path) => readParameters(new Map(), day, path) },
      (_reference, error) => {
        throw error
      },
    )
    let hour = 0
    const submit = async (record: string, recordId: string, action: string, area: string, input: Command['input'], happenedAt?: string) => {
      const command = { id: uuid(), record, recordId, action, area, input: { ...(action === 'make' ? { name: '甲' } : {}), ...input } }
      const done = await writer.submit({ ...command, ...(happenedAt === undefined ? {} : { happenedAt }) }, actor)
      expect(done.ok ? 'done' : done.problem.code).toBe('done')
    }
    await fc.assert(
      fc.asyncProperty(story, async ({ posts, within, piers, calls }) => {
        hour += 3
        const at = (hours: number) =>
          Temporal.Instant.from('2020-02-14T01:00:00Z')
            .add({ minutes: Math.round((hour + hours) * 60) })
            .toString({ smallestUnit: 'millisecond' })
        clock.set(at(0))
        const [pierIds, hutIds] = [within.map(uuid), piers.map(uuid)]
        const target = (one: Post) => (one.at === 'hut' ? hutIds[one.n % HUTS] : one.at === 'pier' ? pierIds[one.n % PIERS] : undefined)
        for (const [i, id] of pierIds.entries()) {
          await submit('pier', id, 'make', '1', partOf(pierIds, within, i))
        }
        for (const [i, id] of hutIds.entries())
          await submit('hut', id, 'make', '1', typeof piers[i] === 'number' ? { pier: pierIds[piers[i]] } : {})
        const keepers = posts.map((one) => ({ ...one, id: uuid() }))
        for (const one of keepers) {
          const of = target(one)
          await submit('keeper', one.id, 'make', one.area, of === undefined ? {} : { [one.at]: of })
        }
        const made: string[] = keepers.map(({ id }) => id)
        clock.set(at(1))
        for (const one of keepers) if (one.stops) await submit('keeper', one.id, 'stop', one.area, {})

        const oracle = ({ area, hut: n }: (typeof calls)[number], late: boolean) => {
          const line = (one: (typeof keepers)[number]) => `${one.id} ${one.stops && !late ? 'off' : 'on'}`
          const road = String(places.path(area)).split('/')
          const first = n === null ? undefined : piers[n]
          const into = typeof first === 'number' ? within[first] : undefined
          const met = [first, typeof into === 'number' && into < Number(first) ? into : undefined].filter((one) => typeof one === 'number')
          const around = keepers.filter((one) => one.at === 'area' && road.includes(one.area))
          const along = keepers.filter((one) => one.at === 'pier' && met.includes(one.n % PIERS))
          return { around: around.map(line).sort(), piers: along.map(line).sort() }
        }
        // Those of earlier stories stand in the same areas.
        const ofOthers = (text: string | undefined): Seen => {
          const { around, piers: along } = JSON.parse(text ?? '{}') as Seen
          const own = (lines: readonly string[]) => lines.filter((one) => made.includes(one.slice(0, 36))).sort()
          return { around: own(around), piers: own(along) }
        }
        const seen = async (id: string) => {
          const [row] = await db.query<{ seen: string }>('select seen from r_call where id = $1', [id])
          return ofOthers(row?.seen)
        }
        clock.set(at(2))
        const input = ({ hut: n }: (typeof calls)[number]) => (n === null ? {} : { hut: hutIds[n] })
        // All at once and now; and each as if it had happened before anybody stopped.
        const ids: string[] = calls.map(uuid)
        await Promise.all(calls.map((one, i) => submit('call', ids[i] ?? '', 'make', one.area, input(one))))
        const late: string[] = calls.map(uuid)
        for (const [i, one] of calls.entries()) await submit('call', late[i] ?? '', 'make', one.area, input(one), at(0.5))
        for (const [i, one] of calls.entries()) {
          expect(await seen(ids[i] ?? '')).toEqual(oracle(one, false))
          expect(await seen(late[i] ?? '')).toEqual(oracle(one, true))
        }
        const rows = calls.map((one, i): RecordState => ({ ...EMPTY, id: ids[i] ?? '', area: one.area, fields: input(one) }))
        const now = await relatedNow({ db, registry, areas: { index: places } }, rows, RELATIONS)
        expect(now.map((one) => ofOthers(said(one)))).toEqual(calls.map((one) => oracle(one, false)))

        const replica = new Replica(registry, clock, (stamp) => stamp.deviceAt)
        replica.head = {
          ...HEAD,
          now: at(2),
          areas: AREAS.map((id) => ({
            id,
            name: id,
            level: String(places.level(id)),
            path: String(places.path(id)),
            county: String(places.county(id)),
          })),
        }
        const give = (record: string, fields: readonly string[], of: readonly Pick<RecordState, 'id' | 'area' | 'state' | 'fields'>[]) =>
          replica.take(
            packRows(
              record,
              fields,
              of.map((one) => ({ ...EMPTY, ...one })),
            ),
          )
        give(
          'pier',
          ['within'],
          pierIds.map((id, i) => ({ id, area: '1', state: 'here', fields: partOf(pierIds, within, i) })),
        )
        give(
          'hut',
          ['pier'],
          hutIds.map((id, i) => ({
            id,
            area: '1',
            state: 'here',
            fields: typeof piers[i] === 'number' ? { pier: pierIds[piers[i]] } : {},
          })),
        )
        give(
          'keeper',
          ['hut', 'pier', 'name'],
          keepers.map((one) => ({
            id: one.id,
            area: one.area,
            state: one.stops ? 'off' : 'on',
            fields: target(one) === undefined ? {} : { [one.at]: target(one) },
          })),
        )
        for (const one of calls) {
          const decided = replica.decide({
            id: uuid(),
            record: 'call',
            recordId: uuid(),
            action: 'make',
            area: one.area,
            input: { name: '甲', ...input(one) },
          })
          expect(decided.ok && ofOthers(said(decided.value.situation.related))).toEqual(oracle(one, false))
        }
      }),
      { numRuns: 12 },
    )
    await writer.close()
  })
})
