import { type FieldWork, makeSigningKey, NoNetwork, type Replica, type SigningKey, signWith } from '@guatu/client/offline'
import { passes } from '@guatu/domains'
import { type CarriedRow, dayOf } from '@guatu/kernel'
import { homeAt } from '../gate/look.ts'
import { carriesBook, fetchBook, prepareGate } from '../gate/ready.ts'
import { ownAreas } from '../register/own-areas.ts'

const ISSUERS: readonly string[] = ['grid-worker', 'town-clerk', 'county-clerk']
const HOUR = 3_600_000
/** A key with less left than this is replaced at the next chance: the way to the network may be long. */
const RENEW = 5 * 24 * HOUR

export const mayIssue = (work: FieldWork): boolean => work.replica.head?.actor.grants.some((grant) => ISSUERS.includes(grant.role)) ?? false

/** Orders in force around here, under which passes can be issued. */
const ordersInForce = (replica: Replica): readonly CarriedRow[] => {
  const now = replica.clock.now().toString({ smallestUnit: 'millisecond' })
  return replica
    .all('closure')
    .filter((row) => row.state === 'inForce' || row.state === 'reported')
    .filter((row) => String(row.fields.start) <= now && now < String(row.fields.end))
}

/**
 * Those of them under which a household may have one: none that closes nothing where it lives.
 * @param closed what orders close by the book of gates, which knows what reforms have brought; of one that it does not have yet nobody can say
 */
export function ordersOver(replica: Replica, household: CarriedRow, closed: readonly passes.GateOrder[]): readonly CarriedRow[] {
  const home = homeAt(replica, household.id, household.area)
  const carried = new Map(closed.map((order) => [order.number, order]))
  return ordersInForce(replica).filter(({ id }) => {
    const order = carried.get(passes.shortNumberOf(id))
    return order === undefined || !passes.liesElsewhere(order, home)
  })
}

async function renewed(work: FieldWork): Promise<void> {
  const now = work.replica.clock.now()
  const known = await work.signingKey()
  if (known && Date.parse(known.validTo) - now.epochMilliseconds > RENEW) return
  const days = work.replica.parameters(dayOf(now, work.replica.clock.zone))<number>('closures.key.days')
  // An hour less than allowed, for clocks that differ.
  const validTo = now.add({ hours: 24 * days - 1 }).toString({ smallestUnit: 'millisecond' })
  const [area] = ownAreas(work)
  const key = area === undefined ? undefined : await makeSigningKey(crypto.randomUUID(), validTo)
  if (!key) return
  const { publicKey } = key
  const answer = await work.ask(`/api/passKey/${key.id}/register`, { event: crypto.randomUUID(), area, input: { publicKey, validTo } })
  if (answer.status < 300) await work.keepSigningKey(key)
}

/** Does a book that was fetched before say of an order that has ended since that it is in force? */
async function closesStill(work: FieldWork): Promise<boolean> {
  const now = work.replica.clock.now().toString({ smallestUnit: 'millisecond' })
  const book = await work.kept<passes.GateBook>('gate-book')
  return book?.orders.some(({ start, end }) => start <= now && now < end) ?? false
}

/** Makes ready, while there is a network, what passes need where there is none: a key to sign with, and the book to check with. */
export async function prepare(work: FieldWork): Promise<void> {
  if (await carriesBook(work)) await prepareGate(work)
  const isClosed = ordersInForce(work.replica).length > 0
  if (!isClosed && !(await closesStill(work))) return
  try {
    if (isClosed && mayIssue(work)) await renewed(work)
    await fetchBook(work)
  } catch (error) {
    if (!(error instanceof NoNetwork)) throw error
  }
}

/** The text of the code of a pass of this area, signed here; undefined while this phone has no key. */
export async function codeOf(work: FieldWork, pass: CarriedRow): Promise<string | undefined> {
  const key = await work.signingKey()
  const now = work.replica.clock.now().toString({ smallestUnit: 'millisecond' })
  if (!key || key.validTo <= now) return undefined
  const { number, kind, closure, validFrom, validTo } = pass.fields
  const ticket: passes.Ticket = {
    kind: passes.KINDS.find((one) => one === kind) ?? 'household',
    pass: String(number),
    order: passes.shortNumberOf(String(closure)),
    from: String(validFrom),
    to: String(validTo),
    key: passes.keyName(key.id),
    tail: '',
  }
  return passes.signTicket(ticket, (message) => signWith(key satisfies SigningKey, message))
}
