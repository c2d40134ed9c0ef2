import { gates, passes } from '@guatu/domains'
import { addDays, areasOf, EVERYTHING, type RecordState, today } from '@guatu/kernel'
import { sql } from 'kysely'
import { storedAt } from '../store/log/neighbours.ts'
import { sqlOf } from '../store/log/state-rows.ts'
import { expressionCondition } from '../store/query/conditions.ts'
import { type Listed, recordsBy, recordsOf } from '../store/query/list.ts'
import { planned } from '../store/query/planned.ts'
import { tableOf } from '../store/schema/model.ts'
import type { Store } from '../store/store.ts'
import { heldAmong } from './clinic.ts'
import { AT_HOME, isOpen, WATCH } from './entries.ts'
import { registered } from './observed.ts'
import { all, definition, everyEntry, is, KEPT, planning, rowOf, text } from './register.ts'

/** States in which an order limits somebody, between its start and its end. */
const LIMITING = ['inForce', 'reported']

const numberOr = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : [])

/** What a gate has to know of an order; undefined when it limits nobody at the moment. */
export function gateOrder(store: Store, order: RecordState | undefined): passes.GateOrder | undefined {
  if (!order || !LIMITING.includes(order.state)) return undefined
  const { index } = store.areas
  const { zone } = store.clock
  const closed = passes.areasClosed(order.fields, index, today(store.clock), zone)
  const began = passes.startDay(order.fields, zone) ?? today(store.clock)
  const stood = texts(order.fields.areas).flatMap((area) => index.path(area, began) ?? [])
  const gone = stood.filter((path) => closed.every((one) => one.path !== path))
  const outings = numberOr(order.fields.outings)
  const outingDays = numberOr(order.fields.outingDays)
  const couriers = (['none', 'contactless', 'door'] as const).find((how) => how === order.fields.couriers)
  const trades = texts(order.fields.trades)
  return {
    number: passes.shortNumberOf(order.id),
    path: index.currentPath(order.area) ?? '',
    ...passes.pathsOf(closed),
    ...(gone.length > 0 ? { stood: gone } : {}),
    sites: texts(order.fields.sites),
    start: text(order.fields.start),
    end: text(order.fields.end),
    ...(outings === undefined ? {} : { outings }),
    ...(outingDays === undefined ? {} : { outingDays }),
    title: text(order.fields.title),
    ...(couriers === undefined ? {} : { couriers }),
    ...(trades.length === 0 ? {} : { trades }),
  }
}

/** Passes that one number can stand on at most: more were not made in a minute. */
const MOST_SHARING = 100

/**
 * The passes of a number, wherever they were issued. A short one is the beginning of their ids, whatever they are called now: it was printed by a
 * phone that had not heard of longer ones, and several may have it.
 */
export const passesByNumber = async (store: Store, number: string): Promise<readonly Listed[]> =>
  (await passesByNumbers(store, [number])).get(number) ?? []

/** The passes of each of these numbers, asked for together however many they are. */
export async function passesByNumbers(store: Store, numbers: readonly string[]): Promise<ReadonlyMap<string, readonly Listed[]>> {
  const def = definition(store, 'pass')
  const { table } = sqlOf(def)
  const once = [...new Set(numbers)]
  const [short, whole] = [once.filter(passes.isShort), once.filter((number) => !passes.isShort(number))]
  const ranges = short.map(passes.idsOfShort)
  const each = `order by id limit ${MOST_SHARING}) p`
  const asked = (from: string, where: string, values: readonly (readonly string[])[]) =>
    values[0]?.length === 0
      ? []
      : store.db.read<{ asked: string; id: string }>(
          `select n.asked, p.id from unnest(${from}) cross join lateral (select id from ${table} where ${where} ${each}`,
          [...values],
        )
  const found = (
    await Promise.all([
      asked('$1::text[]) n(asked', '"number" = n.asked', [whole]),
      asked('$1::text[], $2::uuid[], $3::uuid[]) n(asked, low, high', 'id between n.low and n.high', [
        short,
        ranges.map(([low]) => low),
        ranges.map(([, high]) => high),
      ]),
    ])
  ).flat()
  const rows = new Map((await recordsOf(store.db, def, EVERYTHING, [...new Set(found.map(({ id }) => id))])).map((row) => [row.id, row]))
  return new Map(
    [...Map.groupBy(found, (one) => one.asked)].map(([number, of]) => [number, of.flatMap(({ id }) => rows.get(id) ?? [])] as const),
  )
}

/** The longest period that an allowance can look back, days. */
const LOOK_BACK = 31

/**
 * Is whoever holds this pass, or whose vehicle it is for, under observation or kept in by the clinic, or somebody of the home that it is for or that
 * its holder comes from?
 */
async function isIsolated(store: Store, { fields }: Listed): Promise<boolean> {
  const { person, household, kind, plate } = fields
  if (kind === 'vehicle' && (await registered(store, text(plate), 'plate'))?.kept) return true
  const entries = typeof person === 'string' ? await everyEntry(store, [person]) : []
  const holder = await rowOf(store, 'person', entries[0])
  const homes = [household, holder?.fields.household].filter((one) => typeof one === 'string')
  const isolating = sql`select id from ${WATCH} where person = any(${[...entries]}::uuid[]) and ${isOpen(store, KEPT)}
    union all select id from ${WATCH} where household = any(${homes}::uuid[]) and ${isOpen(store, AT_HOME)} limit 1`
  const [watches, held] = await Promise.all([planned(store.db, isolating), heldAmong(store, entries, homes)])
  return watches.length > 0 || entries.some((one) => held.people.has(one)) || homes.some((one) => held.homes.has(one))
}

/** Every pass that a household had, and none for the work of somebody of it: outings are the household's, not the paper's. */
export async function passesOfHousehold(store: Store, household: string): Promise<readonly Listed[]> {
  const rows = await recordsBy(store.db, definition(store, 'pass'), 'household', [household])
  return rows.filter(({ fields }) => fields.kind === 'household')
}

/** Longest way from a building to what it is part of: building, estate, what that belongs to. */
const LONGEST_WAY = 4

/** Where the household of a pass lives, and the orders that may cover that: an order stands where all that it closes lies, so above the home or there. */
async function homeOf(
  store: Store,
  pass: Listed,
): Promise<{ readonly lives: Omit<passes.Home, 'orders'>; readonly above: readonly passes.GateOrder[] }> {
  const home = await rowOf(store, 'household', pass.fields.household)
  const path = store.areas.index.currentPath(home?.area ?? pass.area) ?? ''
  const [places, above] = await Promise.all([placesOf(store, home?.fields.place), ordersAbove(store, path)])
  return { lives: { path, places, ...(home ? { registered: true as const } : {}) }, above }
}

/** A building, and what it is part of. */
async function placesOf(store: Store, building: unknown): Promise<readonly string[]> {
  const places: string[] = []
  let next = building
  while (typeof next === 'string' && places.length < LONGEST_WAY) {
    places.push(next)
    next = (await rowOf(store, 'place', next))?.fields.within
  }
  return places
}

async function ordersAbove(store: Store, path: string): Promise<readonly passes.GateOrder[]> {
  const areas = areasOf(path)
  const paths = areas.map((_, i) => `${areas.slice(0, i + 1).join('/')}/`)
  const rows = await storedAt(planning(store), definition(store, 'closure'), paths, [])
  return rows.flatMap((row) => gateOrder(store, row) ?? [])
}

/** The passes that count as this one, and who went out on them. */
async function outingsOn(
  store: Store,
  pass: Listed,
  limited: boolean,
): Promise<{ readonly theirs: readonly Listed[]; readonly exits: readonly string[] }> {
  const theirs = limited ? await passesOfHousehold(store, text(pass.fields.household)) : [pass]
  const numbers = theirs.flatMap((one) => [text(one.fields.number), passes.shortNumberOf(one.id)])
  const since = `${addDays(today(store.clock), -LOOK_BACK)}T00:00:00.000Z`
  const went = all(is('direction', 'out'), is('decision', 'pass'), gates.STANDS, { op: 'between', field: 'crossedAt', low: since })
  const lines = await planned(
    store.db,
    sql<{ readonly crossed_at: Date }>`select crossed_at from ${sql.table(tableOf('crossing'))}
      where pass_number = any(${numbers}::text[]) and ${expressionCondition(definition(store, 'crossing'), went)}`,
  )
  return { theirs, exits: lines.map((line) => line.crossed_at.toISOString()) }
}

/** Holds a pass against the register: its order, everybody who went out on it, and whether its holder is isolated. */
export async function verifyPass(store: Store, pass: Listed, direction: 'in' | 'out'): Promise<passes.Verdict> {
  const now = store.clock.now().toString({ smallestUnit: 'millisecond' })
  const ours = passes.KINDS.find((kind) => kind === pass.fields.kind) ?? 'household'
  const limited = ours === 'household' && typeof pass.fields.household === 'string'
  const [order, { theirs, exits }, where, isolated] = await Promise.all([
    rowOf(store, 'closure', pass.fields.closure),
    outingsOn(store, pass, limited),
    limited ? homeOf(store, pass) : undefined,
    isIsolated(store, pass),
  ])
  const orders = theirs.filter((one) => one.state === 'issued').map(({ fields }) => passes.shortNumberOf(text(fields.closure)))
  const home = where && { ...where.lives, orders }
  const ruling = gateOrder(store, order)
  const state = (['suspended', 'expired', 'issued'] as const).find((one) => one === pass.state) ?? 'revoked'
  return passes.checkPass(
    {
      kind: ours,
      from: text(pass.fields.validFrom),
      to: text(pass.fields.validTo),
      state,
      order: ruling,
      besides: passes.besides(where?.above ?? [], passes.shortNumberOf(text(pass.fields.closure)), home),
      exits,
      isolated,
      elsewhere: pass.fields.movedAway === true || (ruling !== undefined && home !== undefined && passes.liesElsewhere(ruling, home)),
    },
    now,
    direction,
    store.clock.zone,
  )
}
