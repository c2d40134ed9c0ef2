import { type AreaFact, Refused, SYSTEM } from '@guatu/kernel'
import type { OfficeDesk } from './desk.ts'
import type { Dice } from './dice.ts'
import { type Land, START, type World } from './world.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

interface Row {
  readonly id: string
  readonly state: string
}

/** How much an office does in one history, what how often, and what it moves. */
const OFFICES = {
  usual: {
    acts: { least: 4, more: 6 },
    weights: { move: 3, merge: 2, unmerge: 1, correct: 3, withdraw: 1, void: 1, pass: 2, revoke: 1 },
    moves: ['person', 'watch', 'arrival', 'household'],
  },
  // Entries merged one into the other, people and households that move meanwhile, and some of it undone.
  merging: {
    acts: { least: 14, more: 10 },
    weights: { move: 5, merge: 6, unmerge: 4, correct: 1, withdraw: 1, void: 1, pass: 2, revoke: 1 },
    moves: ['person', 'person', 'person', 'household'],
  },
} as const

type Office = (typeof OFFICES)[keyof typeof OFFICES]

/** From this seed on histories are those of an office that merges much. */
export const MERGING = 90_000
export const officeOf = (seed: number): Office => OFFICES[seed < MERGING ? 'usual' : 'merging']

type Habits = Pick<Office, 'weights' | 'moves'> & { readonly land: Land }

/** One thing that the office does now, chosen among what stands in the register. */
export async function office(world: World, desk: OfficeDesk, dice: Dice, habits: Habits, note: (what: string) => void): Promise<void> {
  const { land, weights, moves } = habits
  const what = dice.weighed(weights)
  if (!world.up) return
  const rows = (record: string) =>
    world.store.db.query<Row>(`select id, state from r_${record} where county = $1 order by id`, [land.county])
  const first = async (record: string, state?: string) =>
    dice.pick((await rows(record)).filter((one) => state === undefined || one.state === state))?.id
  note(`office ${what}`)
  if (what === 'move') {
    const record = dice.one(moves)
    const id = await first(record)
    if (id !== undefined) desk.do(record, id, 'moveArea', { area: dice.pick(land.villages) })
  } else if (what === 'merge') {
    const [id, mergedInto] = [await first('person', 'registered'), await first('person', 'registered')]
    if (id !== undefined) desk.do('person', id, 'merge', { input: { mergedInto } })
  } else if (what === 'pass') {
    const [closure, household] = [await first('closure', 'inForce'), await first('household', 'registered')]
    const now = world.clock.now().epochMilliseconds
    const term = { validFrom: new Date(now).toISOString(), validTo: new Date(now + DAY).toISOString() }
    if (closure !== undefined && household !== undefined)
      desk.do('pass', desk.newId(), 'issue', {
        area: dice.pick(land.villages),
        input: { closure, household, kind: 'household', ...term },
      })
  } else if (what === 'revoke') {
    const id = await first('pass', 'issued')
    if (id !== undefined) desk.do('pass', id, 'revoke', { input: { stopReason: '户内有人隔离' } })
  } else if (what === 'unmerge') {
    const id = await first('person', 'merged')
    if (id !== undefined) desk.do('person', id, 'unmerge', { input: { reason: '不是同一人' } })
  } else if (what === 'correct') {
    const checks = await world.store.db.query<{ id: string; record_id: string }>(
      `select id, record_id from events where county = $1 and record = 'watch' and action = 'check' order by id`,
      [land.county],
    )
    const one = dice.pick(checks)
    if (one)
      desk.do('watch', one.record_id, 'correct', {
        input: { event: one.id, reason: '录错', ...(dice.luck(0.3) ? { void: true } : { input: { temperature: 36.4 } }) },
      })
  } else {
    const record = what === 'void' ? 'watch' : 'arrival'
    const id = await first(record)
    if (id !== undefined) desk.do(record, id, what, { input: what === 'void' ? { why: 'mistaken' } : {} })
  }
}

/** A village is merged into its neighbour, from today on. */
export async function reform(world: World, land: Land, now: number, note: (what: string) => void): Promise<readonly AreaFact[]> {
  if (!world.up) return []
  const date = new Date(now + 8 * HOUR).toISOString().slice(0, 10)
  const facts: AreaFact[] = [{ kind: 'merged', ids: [land.villages[2]], into: land.villages[1], date, instrument: '示例' }]
  const done = await world.store.areas.confirm(facts, SYSTEM, world.store.writer)
  note(`reform ${done.ok ? `moved ${done.value.moved}` : done.problem.code}`)
  return done.ok ? facts : []
}

/** The whole county is closed from the first moment on, as the law asks: the county drafts, the city decides, the county announces. */
export async function close(world: World, land: Land, clerk: string): Promise<void> {
  const head = `${land.county}-head`
  await world.employ(head, 'leader', 'city')
  const [begin, id] = [Date.parse(START), `${land.county.slice(1).padStart(8, '0')}-0000-4000-a000-0000000c105e`]
  const on = (days: number) => new Date(begin + days * DAY).toISOString()
  const order = {
    title: '封闭管理',
    measure: 'closeArea',
    organ: land.county,
    basis: '《中华人民共和国传染病防治法》第四十二条第一款第（五）项',
    basisVersion: '2013年修正',
    reason: '县内发现确诊病例',
    scope: '全县村组',
    areas: land.villages,
    start: on(0),
    end: on(13),
    reviewBy: on(5).slice(0, 10),
    announcement: '自即日起实行封闭管理。',
  }
  const decision = { decidedBy: '示例市应急指挥部', decisionNo: '示指〔2020〕1号' }
  for (const [i, [who, action, input]] of (
    [
      [clerk, 'draft', order],
      [clerk, 'submit', {}],
      [head, 'approve', decision],
      [clerk, 'announce', { announcedWhere: '村务公开栏' }],
    ] as const
  ).entries()) {
    const event = `${id.slice(0, 24)}${String(i + 1).padStart(12, '0')}`
    const command = { id: event, record: 'closure', recordId: id, action, area: land.county, input }
    const done = await world.store.as(await world.actor(who)).submit(command)
    if (!done.ok) throw new Refused(done.problem)
  }
}
