import { createHash } from 'node:crypto'
import type { AreaFact } from '@guatu/kernel'
import { inventedIdentityNumber, inventedName } from '../../../packages/server/src/demo/city/identity.ts'
import { Clockwork } from './clockwork.ts'
import { OfficeDesk } from './desk.ts'
import { Dice } from './dice.ts'
import { Link } from './network.ts'
import { Phone } from './phone.ts'
import { type Land, landOf, START, SYSTEM, type World } from './world.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const DAYS = 9

/** What one history left behind, for the oracle. */
export interface Lived {
  readonly seed: number
  readonly land: Land
  readonly phones: readonly Phone[]
  readonly desk: OfficeDesk
  readonly reforms: readonly { readonly at: number; readonly facts: readonly AreaFact[] }[]
  /** Everything that happened, in its order. */
  readonly trace: readonly string[]
  readonly hash: string
}

const uuidBlock = (seed: number, who: number) => `${seed.toString(16).padStart(8, '0')}-${who.toString(16).padStart(4, '0')}`

/** Lets one history of nine days happen: people, phones, an office, a network, a server; all of it from the seed. */
export async function live(world: World, seed: number): Promise<Lived> {
  const dice = new Dice(seed, 'history')
  const land = landOf(seed)
  const trace: string[] = []
  const start = Date.parse(START)
  const clockwork = new Clockwork(start, (now) => world.clock.set(new Date(now).toISOString()))
  const note = (what: string) => void trace.push(`${clockwork.now - start} ${what}`)
  const linkOf = (who: string) => new Link(world, clockwork, new Dice(seed, `network ${who}`), who, note)

  const clerk = `${land.county}-clerk`
  await world.employ(clerk, 'county-clerk', land.county)
  const desk = new OfficeDesk(linkOf(clerk), clockwork, uuidBlock(seed, 0))
  const phones: Phone[] = []
  // Two workers of one village meet the same people; the others have a village each.
  for (const [i, village] of [land.villages[0], land.villages[0], land.villages[1], land.villages[3]].entries()) {
    const name = `${land.county}-w${i + 1}`
    await world.employ(name, 'grid-worker', village)
    const ahead = dice.luck(0.5) ? (dice.next() - 0.5) * 6 * DAY : (dice.next() - 0.5) * HOUR
    const phone = new Phone({ name, link: linkOf(name), clockwork, dice: new Dice(seed, name), prefix: uuidBlock(seed, i + 1), ahead })
    phones.push(phone)
    await phone.open()
  }
  const reforms: { at: number; facts: readonly AreaFact[] }[] = []
  const begun = clockwork.now
  const sometime = () => begun + dice.next() * DAYS * DAY - clockwork.now

  for (const [i, phone] of phones.entries()) {
    const own = new Dice(seed, `work ${phone.name}`)
    const village = land.villages[[0, 0, 1, 3][i] ?? 0] ?? land.villages[0]
    const acts = 5 + own.below(9)
    for (let k = 0; k < acts; k += 1)
      clockwork.in(k === 0 ? own.next() * HOUR : sometime(), async () => note(`${phone.name} ${await work(phone, own, village, seed)}`))
    for (let k = own.below(3); k > 0; k -= 1)
      clockwork.in(sometime(), () => {
        phone.link.offlineUntil = clockwork.now + own.next() ** 2 * 4 * DAY
        note(`${phone.name} offline`)
      })
    if (own.luck(0.5))
      clockwork.in(sometime(), () => {
        note(`${phone.name} crashes`)
        return phone.crash(own.below(6), own.next() * 2 * HOUR)
      })
    if (own.luck(0.2))
      clockwork.in(sometime(), () => {
        note(`${phone.name} sets its clock`)
        phone.setClock((own.next() - 0.5) * 72)
      })
    if (own.luck(0.5)) clockwork.in(sometime(), () => phone.decide(0.5))
  }
  for (let k = 4 + dice.below(6); k > 0; k -= 1) clockwork.in(sometime(), () => office(world, desk, dice, land, note))
  if (dice.luck(0.25))
    clockwork.in(sometime(), async () => {
      note('server closed')
      await world.stop()
      clockwork.in(dice.next() * HOUR, () => world.start())
    })
  if (dice.luck(0.3))
    clockwork.in(sometime(), async () => {
      reforms.push({ at: clockwork.now, facts: await reform(world, land, clockwork.now, note) })
    })

  await clockwork.run(begun + DAYS * DAY)
  // The weather clears: whatever waits goes out, and everybody decides what is left to decide.
  for (const one of [...phones, desk]) {
    one.link.calm = true
    one.link.offlineUntil = 0
  }
  await clockwork.run(clockwork.now + 12 * HOUR)
  for (let round = 0; round < 30 && phones.some(unfinished); round += 1) {
    for (const phone of phones) await phone.decide(0)
    await clockwork.run(clockwork.now + HOUR)
  }
  for (const phone of phones) {
    await phone.sync()
    await clockwork.run(clockwork.now + HOUR)
    note(`${phone.name} ends ${JSON.stringify(phone.entries.map((one) => [one.act.event, one.state, one.problem?.code]))}`)
  }
  for (const one of desk.asked) note(`${one.what} ${one.answer?.code ?? one.answer?.status}`)
  const hash = createHash('sha256').update(trace.join('\n')).digest('hex')
  return { seed, land, phones, desk, reforms, trace, hash }
}

const unfinished = (phone: Phone) => phone.entries.some((one) => ['kept', 'sent', 'conflict', 'refused'].includes(one.state))

/** One thing that a worker does now, chosen among what the phone shows. */
async function work(phone: Phone, dice: Dice, village: string, seed: number): Promise<string> {
  if (phone.work.status.phase !== 'open') return 'closed'
  const { replica } = phone.work
  const people = replica.all('person').filter((one) => one.state === 'registered')
  const watches = replica.all('watch')
  const arrivals = replica.all('arrival').filter((one) => one.state === 'declared')
  const what =
    people.length === 0
      ? 'register'
      : dice.weighed({ register: 3, enter: 2, declare: 3, check: 7, update: 2, leave: 1, comeBack: 1, serve: 1, confirm: 1 })
  const on = (record: string, id: string | undefined, action: string, input: Readonly<Record<string, unknown>>, area?: string) =>
    id === undefined ? undefined : phone.act([{ record, id, action, input, ...(area === undefined ? {} : { area }) }])
  const person = dice.pick(people)?.id
  const watch = dice.pick(watches)?.id
  const day = phone.work.replica.clock.now().toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString()
  const enter = { person, kind: 'home', entry: 'list', class: 'listed' }
  const done = {
    // Few numbers for many people: sooner or later two workers enter the same person.
    register: () => {
      const id = phone.newId()
      const number = dice.luck(0.6) ? inventedIdentityNumber(seed * 7 + dice.below(5), 1980) : undefined
      const input = {
        name: inventedName(dice.below(60)),
        ...(number === undefined ? { documentType: 'none' } : { documentType: 'nationalId', documentNumber: number }),
      }
      return phone.act([
        { record: 'person', id, action: 'register', area: village, input },
        ...(dice.luck(0.6)
          ? [{ record: 'watch', id: phone.newId(), action: 'enter', area: village, input: { ...enter, person: id } }]
          : []),
      ])
    },
    enter: () => on('watch', person && phone.newId(), 'enter', enter, village),
    declare: () =>
      on(
        'arrival',
        person && phone.newId(),
        'declare',
        {
          person,
          channel: 'worker',
          arrivedOn: day,
          origin: dice.luck(0.5) ? '湖北省武汉市' : '四川省成都市',
          originCode: dice.luck(0.5) ? '420100' : '510100',
        },
        village,
      ),
    check: () =>
      on('watch', watch, 'check', {
        half: dice.one(['morning', 'evening']),
        temperature: dice.luck(0.1) ? 38 : 36 + dice.below(10) / 10,
        how: 'worker',
      }),
    update: () => on('person', person, 'update', { birthYear: 1950 + dice.below(50) }),
    leave: () => on('watch', watch, 'leave', {}),
    comeBack: () => on('watch', watch, 'comeBack', {}),
    serve: () => on('watch', watch, 'serve', {}),
    confirm: () => on('arrival', dice.pick(arrivals)?.id, 'confirm', {}),
  }[what]()
  return `${what} ${(await done) ?? 'nobody'}`
}

interface Row {
  readonly id: string
  readonly state: string
}

/** One thing that the office does now, chosen among what stands in the register. */
async function office(world: World, desk: OfficeDesk, dice: Dice, land: Land, note: (what: string) => void): Promise<void> {
  const what = dice.weighed({ move: 3, merge: 2, unmerge: 1, correct: 3, withdraw: 1, void: 1 })
  if (!world.up) return
  const rows = (record: string) =>
    world.store.db.query<Row>(`select id, state from r_${record} where county = $1 order by id`, [land.county])
  const first = async (record: string, state?: string) =>
    dice.pick((await rows(record)).filter((one) => state === undefined || one.state === state))?.id
  note(`office ${what}`)
  if (what === 'move') {
    const record = dice.one(['person', 'watch', 'arrival'])
    const id = await first(record)
    if (id !== undefined) desk.do(record, id, 'moveArea', { area: dice.pick(land.villages) })
  } else if (what === 'merge') {
    const [id, mergedInto] = [await first('person', 'registered'), await first('person', 'registered')]
    if (id !== undefined) desk.do('person', id, 'merge', { input: { mergedInto } })
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
async function reform(world: World, land: Land, now: number, note: (what: string) => void): Promise<readonly AreaFact[]> {
  if (!world.up) return []
  const date = new Date(now + 8 * HOUR).toISOString().slice(0, 10)
  const facts: AreaFact[] = [{ kind: 'merged', ids: [land.villages[2]], into: land.villages[1], date, instrument: '示例' }]
  const done = await world.store.areas.confirm(facts, SYSTEM, world.store.writer)
  note(`reform ${done.ok ? `moved ${done.value.moved}` : done.problem.code}`)
  return done.ok ? facts : []
}
