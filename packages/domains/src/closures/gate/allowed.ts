import type { Label, Places, RecordState, Relation } from '@guatu/kernel'
import { type Cover, covered, pathsOf } from '../order/cover.ts'
import { limitedAt } from '../order/limits.ts'
import { areasClosed } from '../order/scope.ts'
import type { GateOrder } from '../pass/check.ts'

/** What an order says of couriers, the strictest first. */
const COURIERS = ['none', 'contactless', 'door'] as const
type Couriers = (typeof COURIERS)[number]

/** The orders that may stand over a gate, and the gate itself. A line is judged by them, and refused for none of them. */
export const OVER_GATE = {
  orders: {
    record: 'closure',
    above: { empty: [] },
    sees: ['title', 'start', 'end', 'endedAt', 'announcedAt', 'areas', 'sites', 'couriers', 'trades'],
    onward: true,
  },
  posts: { record: 'place', at: 'post', sees: ['within'], onward: true },
} as const satisfies Readonly<Record<string, Relation<'post'>>>

/** Where a gate stands: the path of its area, and itself with what it is the gate of. */
export interface GatePlace {
  readonly path: string
  readonly places: readonly string[]
}

/** A gate and what it is part of, as the register says it; a line that names no gate has neither. */
export const placesOf = (
  post: { readonly id: string; readonly fields: Readonly<Record<string, unknown>> } | undefined,
): readonly string[] => (post ? [post.id, ...texts(post.fields.within)] : [])

/** A part of where a gate stands that an order closes. */
export interface ClosedPart {
  /** Title of the order. */
  readonly by: string
  /** Path of an area, or id of a place. */
  readonly what: string
}

/** The register does not say whether a gate is that of a part that is closed: which parts there are, and what to do about it. */
export interface Untold {
  readonly ask: Label
  readonly parts: readonly ClosedPart[]
}

/** What the orders over a gate ask for and let in, and which of them says so, by its title. */
export interface Allowed {
  /** Does an order stand over the gate? Where none does nobody needs a pass. */
  readonly closed: boolean | Untold
  readonly couriers?: { readonly how: Couriers; readonly by: string }
  readonly trades: ReadonlyMap<string, string>
}

/** Where no order stands. */
export const OPEN: Allowed = { closed: false, trades: new Map() }
/** Under an order that lets nobody in without a pass. */
export const CLOSED: Allowed = { closed: true, trades: new Map() }

type Saying = Cover & Pick<GateOrder, 'title' | 'path' | 'sites' | 'couriers' | 'trades'>

const texts = (value: unknown): readonly string[] => (value === undefined || value === null ? [] : [value].flat().map(String))

function standsOver(order: Saying, gate: GatePlace): boolean {
  const { path, areas = [], sites = [] } = order
  const closed = areas.length === 0 && sites.length === 0 ? { areas: [path] } : order
  return covered(closed, gate.path) === 'all' || sites.some((site) => gate.places.includes(site))
}

/** A gate of an area of which an order closes a part: it may be a gate of that part. */
const touches = (order: Saying, gate: GatePlace): boolean => covered(order, gate.path) === 'some'

/**
 * What an order that does not stand over a gate closes around it, so that the gate may be one of there: a part of its area that nobody can tell; areas
 * in its own, as long as nobody said which gate it is; places, unless the register says what it is the gate of.
 */
function partsAround(order: Saying, gate: GatePlace): readonly ClosedPart[] {
  const { title: by = '', path, areas = [], sites = [] } = order
  const [named, known] = [gate.places.length > 0, gate.places.length > 1]
  const inside = named ? [] : areas.filter((area) => area !== gate.path && area.startsWith(gate.path))
  const near = path.startsWith(gate.path) || gate.path.startsWith(path)
  const parts = [...(touches(order, gate) ? [gate.path] : []), ...inside, ...(known || !near ? [] : sites)]
  return parts.map((what) => ({ by, what }))
}

/** Why somebody passes without a pass. */
export const OPEN_HERE: Label = { zh: '这里没有实施中的封控，不需要通行证', en: 'no closing order is in force here, no pass is needed' }

const WHICH_GATE: Label = {
  zh: '请先选明本卡口：这里有一部分正在封控，是那里的大门，还是别处的。',
  en: 'Say first which gate this is: a part of what lies here is closed, and this may be a gate of it or another one.',
}

function closedAt(orders: readonly Saying[], gate: GatePlace): boolean | Untold {
  if (orders.some((order) => standsOver(order, gate))) return true
  const parts = orders.flatMap((order) => partsAround(order, gate))
  return parts.length > 0 && { ask: WHICH_GATE, parts }
}

/**
 * What the orders that stand over a gate allow there: of several that say something the strictest holds; one that is silent changes nothing. What
 * closes a part of the area only keeps nobody out of the whole of it; whom it lets through passes, where no other order says something else.
 */
export function allowedBy(orders: readonly Saying[], gate: GatePlace): Allowed {
  const titled = orders.toSorted((a, b) => ((a.title ?? '') < (b.title ?? '') ? -1 : 1))
  const over = titled.filter((order) => standsOver(order, gate))
  const [couriers] = COURIERS.flatMap((how) => over.filter((order) => order.couriers === how).map(({ title = '' }) => ({ how, by: title })))
  const [first, ...others] = (over.length > 0 ? over : titled.filter((order) => touches(order, gate))).filter(
    ({ trades = [] }) => trades.length > 0,
  )
  const trades = (first?.trades ?? []).filter((trade) => others.every((order) => order.trades?.includes(trade)))
  const closed = closedAt(titled, gate)
  return { closed, ...(couriers ? { couriers } : {}), trades: new Map(trades.map((trade) => [trade, first?.title ?? ''])) }
}

/** The same of what a device carries, at a moment. */
export const allowedNow = (orders: readonly GateOrder[], gate: GatePlace, now: string): Allowed =>
  allowedBy(
    orders.filter(({ start, end }) => start <= now && now < end),
    gate,
  )

interface Seen {
  readonly area: string
  readonly places: Places
  readonly zone: string
  readonly related: Readonly<Record<string, readonly RecordState[]>>
}

/** The same of what the register knows of the orders, at the moment of a line and on its day. */
export function allowedThen({ area, places, zone, related }: Seen, moment: string, day: string): Allowed {
  const path = (one: string) => places.path(one, day) ?? ''
  const orders = (related.orders ?? [])
    .filter(({ state, fields }) => limitedAt(state, fields, moment))
    .map(({ area: stands, fields }): Saying => {
      const couriers = COURIERS.find((how) => how === fields.couriers)
      const closed = areasClosed(fields, places, day, zone)
      return {
        title: String(fields.title ?? ''),
        path: path(stands),
        ...pathsOf(closed),
        sites: texts(fields.sites),
        trades: texts(fields.trades),
        ...(couriers ? { couriers } : {}),
      }
    })
  const gate = { path: path(area), places: placesOf(related.posts?.[0]) }
  const allowed = allowedBy(orders, gate)
  // A line of a town or county that names no gate may be of any below, whose orders it does not see.
  const isAnyOf = gate.places.length === 0 && !HAVE_GATES.includes(places.level(area, day) ?? '')
  return allowed.closed === false && isAnyOf ? { ...allowed, closed: { ask: WHICH_GATE, parts: [] } } : allowed
}

/** Levels of areas that are as small as what a gate closes. */
const HAVE_GATES: readonly string[] = ['village', 'grid', 'building', 'unit']

interface Line {
  readonly courier?: boolean | undefined
  readonly trade?: string | undefined
}

const toTheDoor = ({ courier }: Line, { couriers }: Allowed): boolean => courier === true && couriers?.how === 'door'

/** Is somebody let through by an order itself: a courier to the door, or a trade that it exempts? */
export const isExempt = (line: Line, allowed: Allowed): boolean =>
  toTheDoor(line, allowed) || (line.trade !== undefined && allowed.trades.has(line.trade))

/** A courier whom no order lets in. */
export const isKeptOut = (line: Line, allowed: Allowed): boolean => line.courier === true && !toTheDoor(line, allowed)

const KEPT_OUT: Readonly<Record<Exclude<Couriers, 'door'>, Label>> = {
  none: { zh: '快递外卖不得进入', en: 'couriers are not admitted' },
  contactless: { zh: '快递外卖只送至大门', en: 'couriers hand over at the gate' },
}
const NOT_SAID: Label = {
  zh: '本处没有封控决定准许快递外卖进入，只送至大门',
  en: 'no order here lets couriers in: they hand over at the gate',
}

const under = ({ zh, en }: Label, by: string): Label => (by === '' ? { zh, en } : { zh: `${zh}（《${by}》）`, en: `${en} (“${by}”)` })

/** How the reason names the order by which somebody is let through or kept out. */
export function saidOf(line: Line, allowed: Allowed): { readonly courier: Label; readonly exempt?: Label } {
  const { couriers, trades } = allowed
  const courier = couriers && couriers.how !== 'door' ? under(KEPT_OUT[couriers.how], couriers.by) : NOT_SAID
  const by = trades.get(line.trade ?? '')
  const exempt = toTheDoor(line, allowed)
    ? under({ zh: '快递外卖可送上门', en: 'couriers may come to the door' }, couriers?.by ?? '')
    : by !== undefined && under({ zh: `${line.trade}属可通行行业`, en: `${line.trade} is an exempt trade` }, by)
  return { courier, ...(exempt ? { exempt } : {}) }
}
