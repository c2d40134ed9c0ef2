import { passes } from '@guatu/domains'
import { addDays, EVERYTHING, today } from '@guatu/kernel'
import { type Listed, listRecords } from '../store/query/list.ts'
import type { Store } from '../store/store.ts'
import { all, definition, is, KEPT, OBSERVED, rowOf, rowsOf, text } from './register.ts'

/** States in which an order limits somebody, between its start and its end. */
const LIMITING = ['inForce', 'reported']

const numberOr = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

/** What a gate has to know of an order; undefined when it limits nobody at the moment. */
export function gateOrder(
  order: (Pick<Listed, 'id' | 'state' | 'fields'> & { readonly path?: string }) | undefined,
): passes.GateOrder | undefined {
  if (!order || !LIMITING.includes(order.state)) return undefined
  const outings = numberOr(order.fields.outings)
  const outingDays = numberOr(order.fields.outingDays)
  return {
    number: passes.numberOf(order.id),
    path: order.path ?? '',
    start: text(order.fields.start),
    end: text(order.fields.end),
    ...(outings === undefined ? {} : { outings }),
    ...(outingDays === undefined ? {} : { outingDays }),
  }
}

/** A pass by its number, wherever it was issued. */
export async function passByNumber(store: Store, number: string): Promise<Listed | undefined> {
  const page = await listRecords(store.db, definition(store, 'pass'), EVERYTHING, { where: is('number', number), limit: 1 })
  return page.ok ? page.value.rows[0] : undefined
}

/** The longest period that an allowance can look back, days. */
const LOOK_BACK = 31

/** Is whoever holds this pass under observation, or somebody of the home that it is for or that its holder comes from? */
async function isIsolated(store: Store, { fields }: Listed): Promise<boolean> {
  const { person, household } = fields
  const holder = typeof person === 'string' ? await rowOf(store, 'person', person) : undefined
  const homes = [household, holder?.fields.household].filter((one) => typeof one === 'string')
  const watches = await Promise.all([
    ...(typeof person === 'string' ? [rowsOf(store, 'watch', all(is('person', person), KEPT, OBSERVED))] : []),
    ...homes.map((home) => rowsOf(store, 'watch', all(is('household', home), is('kind', 'home'), OBSERVED))),
  ])
  return watches.some((rows) => rows.length > 0)
}

/** Numbers of all passes that a household had under one order: its outings are the household's, not the paper's. */
async function numbersOf(store: Store, { fields }: Listed): Promise<readonly string[]> {
  const { household, closure } = fields
  if (typeof household !== 'string') return [text(fields.number)]
  const rows = await rowsOf(store, 'pass', all(is('household', household), is('closure', text(closure)), is('kind', 'household')))
  return rows.map((row) => text(row.fields.number))
}

/** Holds a pass against the register: its order, everybody who went out on it, and whether its holder is isolated. */
export async function verifyPass(store: Store, pass: Listed, direction: 'in' | 'out'): Promise<passes.Verdict> {
  const now = store.clock.now().toString({ smallestUnit: 'millisecond' })
  const since = `${addDays(today(store.clock), -LOOK_BACK)}T00:00:00.000Z`
  const [order, numbers, isolated] = await Promise.all([
    rowOf(store, 'closure', pass.fields.closure),
    numbersOf(store, pass),
    isIsolated(store, pass),
  ])
  const exits = await rowsOf(
    store,
    'crossing',
    all({ op: 'in', field: 'passNumber', values: numbers }, is('direction', 'out'), is('decision', 'pass'), {
      op: 'between',
      field: 'crossedAt',
      low: since,
    }),
  )
  const state = pass.state === 'suspended' || pass.state === 'revoked' || pass.state === 'expired' ? pass.state : 'issued'
  return passes.checkPass(
    {
      kind: passes.KINDS.find((kind) => kind === pass.fields.kind) ?? 'household',
      from: text(pass.fields.validFrom),
      to: text(pass.fields.validTo),
      state,
      order: gateOrder(order),
      exits: exits.map((row) => text(row.fields.crossedAt)),
      isolated,
    },
    now,
    direction,
    store.clock.zone,
  )
}
