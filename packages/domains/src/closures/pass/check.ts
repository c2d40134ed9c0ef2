import { addDays, dayOf, type Label } from '@guatu/kernel'
import { type Cover, covered } from '../order/cover.ts'
import { FULL_BYTES, isShort } from './number.ts'
import { openNumbers } from './packed.ts'
import { serving, servingFirst } from './serving.ts'
import type { PassKind, SignedTicket, Verify } from './ticket.ts'

/** What an order says that a gate has to know; a book that an earlier version kept has no areas and no sites. */
export interface GateOrder extends Cover {
  readonly number: string
  /** Path of the area where it stands. */
  readonly path: string
  /** Ids of the places that it closes. */
  readonly sites?: readonly string[]
  /** Paths of what it closes as they were when it began, where a reform has changed them: keys of there signed for it. */
  readonly stood?: readonly string[]
  readonly start: string
  readonly end: string
  readonly outings?: number
  readonly outingDays?: number
  /** How it is called, and what it says of couriers and of trades that pass; a book that an earlier version kept has none of them. */
  readonly title?: string
  readonly couriers?: 'none' | 'contactless' | 'door'
  readonly trades?: readonly string[]
}

/** Where a household lives, as far as it is known: which orders cover it. */
export interface Home {
  /** Path of its area. */
  readonly path: string
  /** Its building, and what that is part of. */
  readonly places: readonly string[]
  /** Short numbers of the orders under which it has passes. */
  readonly orders: readonly string[]
  /** The register knows the home; otherwise the path is that of the pass, and says nothing against it. */
  readonly registered?: true
}

/** Does an order cover a home? Where a reform has put others beside whom it closed, those are covered who have a pass under it. */
const covers = (order: GateOrder, { path, places, orders }: Home): boolean =>
  orders.includes(order.number) || covered(order, path) === 'all' || (order.sites ?? []).some((site) => places.includes(site))

/** Does a home lie outside all that an order closes? Only of a home that is known, and where it is written what the order closes. */
export const liesElsewhere = (order: GateOrder, { path, places, registered }: Home): boolean => {
  const { path: stands, areas, sites = [] } = order
  if (!registered || path === '' || areas === undefined) return false
  const closed = areas.length > 0 ? order : { areas: [stands] }
  return covered(closed, path) === undefined && !sites.some((site) => places.includes(site))
}

/** The other orders that cover a home: an outing counts against each of them, whichever of them the pass was issued under. */
export const besides = (orders: readonly GateOrder[], own: string, home: Home | undefined): readonly GateOrder[] =>
  home === undefined ? [] : orders.filter((order) => order.number !== own && covers(order, home))

/** A pass as a gate knows it, from the register or from a ticket and what the device carries. */
export interface KnownPass {
  readonly kind: PassKind
  readonly from: string
  readonly to: string
  readonly state: 'issued' | 'suspended' | 'revoked' | 'expired'
  /** Undefined when the gate does not know the order, or the order no longer limits anybody. */
  readonly order: GateOrder | undefined
  /** The other orders that cover the home, see {@link besides}. */
  readonly besides: readonly GateOrder[]
  /** When somebody of the household went out, on whichever pass, ISO instants, in any order: all of them online, those the device knows offline. */
  readonly exits: readonly string[]
  /** The household is under observation at home, or whoever holds a pass for work: nobody goes out. */
  readonly isolated: boolean
  /** The household does not live in what the order closes, or not any more. */
  readonly elsewhere?: boolean
}

export type VerdictCode =
  | 'valid'
  | 'not-ours'
  | 'forged'
  | 'key-unknown'
  | 'key-stopped'
  | 'key-elsewhere'
  | 'key-ended'
  | 'not-yet'
  | 'expired'
  | 'suspended'
  | 'revoked'
  | 'no-order'
  | 'elsewhere'
  | 'isolated'
  | 'spent'

const SAID: Readonly<Record<VerdictCode, Label>> = {
  valid: { zh: '通行证有效', en: 'The pass is valid' },
  'not-ours': { zh: '不是本系统的通行证', en: 'This is no pass of ours' },
  forged: { zh: '签名不符，可能为伪造', en: 'The signature is wrong: it may be forged' },
  'key-unknown': { zh: '签发密钥未知，请联网核验', en: 'The signing key is not known here: check online' },
  'key-stopped': { zh: '签发密钥已停用', en: 'The key that signed it was stopped' },
  'key-elsewhere': { zh: '签发人无权为该区域发证', en: 'Its issuer may not issue for this area' },
  'key-ended': {
    zh: '签发人已不再签发，登记中没有此证，不予放行；确是其此前所发的，请联网核验或请乡镇核对',
    en: 'Its issuer issues no more and the register has no such pass: not let through. Where it was issued before, check online or ask the town',
  },
  'not-yet': { zh: '尚未生效', en: 'Not valid yet' },
  expired: { zh: '已过期', en: 'Expired' },
  suspended: { zh: '已暂停使用', en: 'Suspended' },
  revoked: { zh: '已吊销', en: 'Revoked' },
  'no-order': { zh: '所依据的封控决定已不在实施', en: 'The order it rests on is not in force' },
  elsewhere: {
    zh: '持证人已迁出该封控决定的范围，此证不再有效；现住地封控的，请按当地决定另行发证',
    en: 'Its holder has moved out of what the order closes and it is not valid any more; where the new home is closed too, another is issued there',
  },
  isolated: { zh: '该户正在居家隔离，不得外出', en: 'The household is isolated at home: nobody goes out' },
  spent: { zh: '本周期出行次数已用完', en: 'The outings of this period are used up' },
}

export interface Verdict {
  readonly code: VerdictCode
  readonly ok: boolean
  readonly why: Label
  /** Outings left in the period before this one; undefined where they are not limited. */
  readonly left?: number
  /** First day on which the next outing is possible, where they are used up. */
  readonly next?: string
}

const verdict = (code: VerdictCode, rest: Pick<Verdict, 'left' | 'next'> = {}): Verdict => ({
  code,
  ok: code === 'valid',
  why: SAID[code],
  ...rest,
})

/** Outings left on a city day: each exit counts on its day and for the days of the period after it. */
export function allowance(
  order: GateOrder,
  exits: readonly string[],
  now: string,
  zone: string,
): { readonly left?: number; readonly next?: string } {
  const { outings, outingDays } = order
  if (outings === undefined || outingDays === undefined) return {}
  const today = dayOf(Temporal.Instant.from(now), zone)
  const days = exits
    .filter((exit) => exit <= now)
    .map((exit) => dayOf(Temporal.Instant.from(exit), zone))
    .filter((day) => day > addDays(today, -outingDays))
    .sort()
  const left = Math.max(0, outings - days.length)
  // Room comes back when enough of the oldest exits have left the period.
  const freed = days[days.length - outings]
  return left > 0 || freed === undefined ? { left } : { left, next: addDays(freed, outingDays) }
}

/** Of several allowances the one that leaves the least; the next outing waits for all of them. */
function strictest(rooms: readonly ReturnType<typeof allowance>[]): ReturnType<typeof allowance> {
  const left = rooms.flatMap((room) => room.left ?? [])
  const [next] = rooms
    .flatMap((room) => room.next ?? [])
    .sort()
    .reverse()
  return left.length === 0 ? {} : { left: Math.min(...left), ...(next === undefined ? {} : { next }) }
}

const inForce = (order: GateOrder | undefined, now: string): order is GateOrder =>
  order !== undefined && order.start <= now && now < order.end

/** Whoever holds a pass for their household or for work lives where it lets them in, also once it is over; of a vehicle nobody can say so. */
export const comesHome = (kind: PassKind, direction: 'in' | 'out'): boolean => direction === 'in' && kind !== 'vehicle'

/** May this pass be used now, in this direction? Coming home is never refused for want of outings, nor because it ran out meanwhile. */
export function checkPass(pass: KnownPass, now: string, direction: 'in' | 'out', zone: string): Verdict {
  // Whoever is kept in stays in, whatever has become of the paper: at a gate over which no order stands nobody needs one.
  if (pass.isolated && direction === 'out') return verdict('isolated')
  if (pass.elsewhere) return verdict('elsewhere')
  if (pass.state === 'revoked' || pass.state === 'suspended') return verdict(pass.state)
  if (now < pass.from) return verdict('not-yet')
  if ((now >= pass.to || pass.state === 'expired') && !comesHome(pass.kind, direction)) return verdict('expired')
  if (!inForce(pass.order, now)) return verdict('no-order')
  if (direction === 'in') return verdict('valid')
  if (pass.kind !== 'household') return verdict('valid')
  const ruling = [pass.order, ...pass.besides.filter((order) => inForce(order, now))]
  const room = strictest(ruling.map((order) => allowance(order, pass.exits, now, zone)))
  return room.left === 0 ? verdict('spent', room) : verdict('valid', room)
}

/**
 * What is said of a number that stands on several passes: nobody chooses between them. One of whoever is kept in decides, else the first that may not
 * be used, and where all may, the one that leaves the least.
 */
export function sharedVerdict([first, ...rest]: readonly [Verdict, ...Verdict[]]): Verdict {
  const all = [first, ...rest]
  if (rest.length === 0) return first
  const least = all.toSorted((a, b) => (a.left ?? MANY) - (b.left ?? MANY))[0] ?? first
  const worst = all.find(({ code }) => code === 'isolated') ?? all.find(({ ok }) => !ok) ?? least
  return {
    ...worst,
    why: {
      zh: `${worst.why.zh}。这一证号由${all.length}张通行证共用，请核对持证人，并尽快换发新证`,
      en: `${worst.why.en}. ${all.length} passes share this number: compare the holder, and have new passes issued soon`,
    },
  }
}

const MANY = Number.POSITIVE_INFINITY

/** A public key that a gate trusts: where, and for how long. */
export interface GateKey {
  readonly name: string
  readonly publicKey: string
  /** Its holder issues for orders in this area, or in one that contains it. */
  readonly path: string
  /** All of these areas, where reforms have made several of it; a book that an earlier version kept has none. */
  readonly paths?: readonly string[]
  /** No ticket of this key reaches beyond this instant; one that does was made with a key that had run out. */
  readonly until: string
  /** A stopped key makes all its tickets worthless, whenever they were signed. */
  readonly stopped?: boolean
  /**
   * Its holder issues no more: only these passes, which the register has, are believed of it, by their numbers packed by `packBoth`. A ticket does not
   * prove when it was signed.
   */
  readonly only?: Believed
  /** The same of these areas alone: in the others its holder issues on. */
  readonly ended?: Believed & { readonly paths: readonly string[] }
}

/** Numbers of passes, packed by `packBoth`. */
type Believed = Readonly<Record<'short' | 'full', string>>

/** What a gate carries to work without a network; dated, so that it can say how old its knowledge is. */
export interface GateBook {
  readonly asOf: string
  readonly zone: string
  readonly keys: readonly GateKey[]
  readonly orders: readonly GateOrder[]
  /** Short numbers, packed by {@link packNumbers}: passes stopped, and passes of households under observation at home, of workers and of vehicles. */
  readonly stopped: string
  readonly isolated: string
  /** Of the stopped ones those whose holders moved out of what the order closes; a book that an earlier version kept has none. */
  readonly elsewhere?: string
  /** The same of numbers that are no short ones; a book that an earlier version kept has none. */
  readonly full?: Readonly<Record<'stopped' | 'isolated' | 'elsewhere', string>>
  /**
   * People under observation, and whoever lives where somebody is isolated, by the tokens of their documents and of their vehicles' plates, packed like
   * the numbers.
   */
  readonly observed: string
  /** Vehicles with a pass, by the token of the plate. */
  readonly vehicles: readonly GateVehicle[]
}

/** A vehicle that holds a pass, as a gate carries it. */
export interface GateVehicle {
  readonly token: string
  /** Number of the pass, and short number of its order. */
  readonly pass: string
  readonly order: string
  readonly from: string
  readonly to: string
}

type Holds = (number: string) => boolean

/** Numbers of both lengths, unpacked. */
const both = (short: string, long = ''): Holds => {
  const [shorts, longs] = [openNumbers(short), openNumbers(long, FULL_BYTES)]
  return (number) => (isShort(number) ? shorts(number) : longs(number))
}

const believedOf = new WeakMap<object, Holds>()
/** The passes of a key are unpacked once, not at every pass. */
function believed(only: Believed): Holds {
  const holds = believedOf.get(only) ?? both(only.short, only.full)
  believedOf.set(only, holds)
  return holds
}

const opened = new WeakMap<GateBook, Record<'stopped' | 'isolated' | 'observed' | 'elsewhere', Holds>>()

/** The lists of a book are unpacked once, not at every pass. */
function listsOf(book: GateBook) {
  const known = opened.get(book)
  if (known) return known
  const { stopped, isolated, observed, elsewhere = '', full } = book
  const lists = {
    stopped: both(stopped, full?.stopped),
    isolated: both(isolated, full?.isolated),
    observed: openNumbers(observed),
    elsewhere: both(elsewhere, full?.elsewhere),
  }
  opened.set(book, lists)
  return lists
}

/** Checks the ticket of a QR code with what the gate carries: first that it is genuine, then that it may be used. */
export async function checkTicket(
  signed: SignedTicket | undefined,
  book: GateBook,
  verify: Verify,
  at: Moment & Outings,
): Promise<Verdict> {
  if (!signed) return verdict('not-ours')
  const { ticket, message, signature } = signed
  const key = book.keys.find((one) => one.name === ticket.key)
  if (!key) return verdict('key-unknown')
  if (!(await verify(key.publicKey, message, signature))) return verdict('forged')
  if (key.stopped || ticket.to > key.until) return verdict('key-stopped')
  if (key.only && !believed(key.only)(ticket.pass)) return verdict('key-ended')
  const order = orderOf(book, ticket.order)
  const wrong = order && (key.paths ?? [key.path]).every((path) => !concerns(order, path))
  if (wrong && !key.ended?.paths.some((path) => concerns(order, path))) return verdict('key-elsewhere')
  if (wrong && key.ended && !believed(key.ended)(ticket.pass)) return verdict('key-ended')
  const { pass: number, kind, from, to } = ticket
  return checkListed({ number, kind, from, to, state: 'issued', order: ticket.order }, book, at)
}

/** Does an order close something in an area, or did when it began? Of one that closes places alone it counts where it stands. */
export function concerns(order: GateOrder, path: string): boolean {
  const { areas = [], open = [], stood = [] } = order
  const closed = [...(areas.length > 0 ? areas : [order.path]), ...stood]
  return closed.some((one) => one.startsWith(path) || path.startsWith(one)) && !open.some((one) => path.startsWith(one))
}

const orderOf = (book: GateBook, number: string) => book.orders.find((one) => one.number === number)

/** Is the person of this token, of a document or of a plate, under observation, as far as the gate knows? */
export const isObserved = (book: GateBook, token: string): boolean => listsOf(book).observed(token)

interface Moment {
  readonly now: string
  readonly direction: 'in' | 'out'
}

/** What a gate knows of the household of a pass: when somebody of it went out, and where it lives. */
interface Outings {
  readonly exits: readonly string[]
  readonly home?: Home
}

/** The pass of a vehicle by the token of its plate, of several the one that serves; undefined where the gate carries none for it. */
export function checkVehicle(
  book: GateBook,
  token: string,
  at: Moment,
): { readonly number: string; readonly verdict: Verdict } | undefined {
  const theirs = book.vehicles.filter((one) => one.token === token)
  const checked = servingFirst(theirs, at.now, ({ from, to }) => ({ from, to, issued: true })).map(({ pass: number, order, from, to }) => ({
    number,
    verdict: checkListed({ number, kind: 'vehicle', state: 'issued', order, from, to }, book, { ...at, exits: [] }),
  }))
  return serving(checked)
}

/** A pass of the register of an area, as a device carries it. */
export interface ListedPass extends Pick<KnownPass, 'kind' | 'from' | 'to' | 'state'> {
  readonly number: string
  /** Short number of its order. */
  readonly order: string
}

/** A pass whose number was said or found, held against what the gate carries. */
export function checkListed({ number, kind, from, to, state, order }: ListedPass, book: GateBook, at: Moment & Outings): Verdict {
  const lists = listsOf(book)
  const ruling = orderOf(book, order)
  const known: KnownPass = {
    kind,
    from,
    to,
    state: state === 'issued' && lists.stopped(number) ? 'revoked' : state,
    order: ruling,
    besides: besides(book.orders, order, at.home),
    exits: at.exits,
    isolated: lists.isolated(number),
    elsewhere:
      lists.elsewhere(number) || (kind === 'household' && ruling !== undefined && at.home !== undefined && liesElsewhere(ruling, at.home)),
  }
  return checkPass(known, at.now, at.direction, book.zone)
}

/** What the lists of the book say of a pass that no register at hand knows: that it is of whoever is kept in, or was stopped. */
export function verdictByLists(book: GateBook, number: string, direction: 'in' | 'out'): Verdict | undefined {
  const lists = listsOf(book)
  if (direction === 'out' && lists.isolated(number)) return verdict('isolated')
  return lists.stopped(number) ? verdict(lists.elsewhere(number) ? 'elsewhere' : 'revoked') : undefined
}
