import { createHash } from 'node:crypto'
import type { AreaFact } from '@guatu/kernel'
import { Clockwork } from './clockwork.ts'
import { OfficeDesk } from './desk.ts'
import { Dice } from './dice.ts'
import { Link } from './network.ts'
import { close, office, officeOf, reform } from './office.ts'
import { Phone } from './phone.ts'
import { work } from './worker.ts'
import { type Land, landOf, START, type World } from './world.ts'

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
  await world.employ(clerk, 'county-clerk', land.county, land.county)
  await close(world, land, clerk)
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
    const sets = own.luck(0.2)
    if (sets)
      clockwork.in(sometime(), () => {
        note(`${phone.name} sets its clock`)
        phone.setClock((own.next() - 0.5) * 72)
      })
    // Of a phone that slept and whose clock was set, which was which is known only where their lengths differ enough.
    const nights = new Dice(seed, `sleep ${phone.name}`)
    for (let k = sets ? 0 : nights.below(8); k > 0; k -= 1)
      clockwork.in(begun + nights.next() * DAYS * DAY - clockwork.now, () => {
        note(`${phone.name} sleeps`)
        phone.doze(nights.next() ** 2 * 12)
      })
    if (own.luck(0.5)) clockwork.in(sometime(), () => phone.decide(0.5))
  }
  const { acts, ...habits } = officeOf(seed)
  for (let k = acts.least + dice.below(acts.more); k > 0; k -= 1)
    clockwork.in(sometime(), () => office(world, desk, dice, { land, ...habits }, note))
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
