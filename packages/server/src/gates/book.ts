import { passes } from '@guatu/domains'
import { type Actor, EVERYTHING, type Expression, lookersOf, plateNumber, type RecordState, type Scope, today } from '@guatu/kernel'
import { some } from '../store/query/conditions.ts'
import type { Store } from '../store/store.ts'
import { heldIn, NOBODY } from './clinic.ts'
import { keptIn } from './kept-in.ts'
import { gateKeys } from './keys.ts'
import { bookKey, type Tokens, tokensUnder } from './recognition.ts'
import { all, among, definition, everyEntry, is, rowsOf, text } from './register.ts'
import { isNear, isolatedAmong, isWithin, passesOutside, passesReachingOut, platesKeptIn } from './shared-orders.ts'
import { gateOrder } from './verify.ts'

/** A book is put together anew after this time at the latest, milliseconds; many gates of one area share it meanwhile. */
const FRESH_MS = 30_000
const MOST_REMEMBERED = 500

const within = (state: string | readonly string[]): Expression => among('state', [state].flat())

/** Puts together what gates carry to work without a network, for as far as their people may read passes. */
export function gateBooks(store: Store, secret: string): (actor: Actor) => Promise<passes.GateBook> {
  const known = new Map<string, { readonly at: number; readonly book: Promise<passes.GateBook>; readonly tokens: Tokens }>()
  return (actor) => {
    const scope = lookersOf(definition(store, 'pass'), actor)
    const key = JSON.stringify(scope)
    const now = store.clock.now().epochMilliseconds
    const found = known.get(key)
    if (found && now - found.at < FRESH_MS) return found.book
    if (known.size > MOST_REMEMBERED) known.clear()
    const tokens = found?.tokens ?? tokensUnder(store, bookKey(store, secret, actor))
    const book = write(store, actor, tokens)
    known.set(key, { at: now, book, tokens })
    book.catch(() => known.delete(key))
    return book
  }
}

async function write(store: Store, actor: Actor, tokens: Tokens): Promise<passes.GateBook> {
  const scope = lookersOf(definition(store, 'pass'), actor)
  const asOf = store.clock.now().toString({ smallestUnit: 'millisecond' })
  const term = store.settings.at(today(store.clock), '')<number>('closures.pass.days')
  const alive: Expression = { op: 'between', field: 'validTo', low: asOf }
  const lately: Expression = {
    op: 'between',
    field: 'validTo',
    low: store.clock
      .now()
      .subtract({ hours: 24 * term })
      .toString({ smallestUnit: 'millisecond' }),
  }
  const near = (path: string) => isNear(scope, path)
  const orders = (await rowsOf(store, 'closure', within(['inForce', 'reported']))).filter(({ path }) => near(path))
  const ruling = orders.flatMap((row) => gateOrder(store, row) ?? [])
  const shared = ruling.filter((order) => !isWithin(scope, order))
  /** Does a key for some place sign for an order of the book? For one that reaches out of the scope phones of elsewhere do so, too. */
  const signsHere = (path: string) => near(path) || shared.some((order) => passes.concerns(order, path))
  const outside = await passesOutside(store, scope, orders, asOf)
  const anywhere = [outside, passesReachingOut(scope, orders, asOf)].filter((one) => one !== undefined)
  /** Passes of the scope, and those of the orders in the book that stand outside of it: their codes are good here too. */
  const passRows = async (where: Expression) => {
    const rows = await Promise.all([
      rowsOf(store, 'pass', where, scope),
      outside === undefined ? [] : rowsOf(store, 'pass', where, EVERYTHING, outside),
    ])
    return rows.flat()
  }
  // Of whoever was erased there is no plate.
  const vehicles = (await passRows(all(is('kind', 'vehicle'), alive))).filter((pass) => plateOf(pass) !== '')
  const asksElsewhere = anywhere.length + vehicles.length > 0
  const [keys, watched, held, heldAnywhere] = await Promise.all([
    rowsOf(store, 'passKey', lately),
    keptIn(store, scope),
    heldIn(store, scope),
    asksElsewhere ? heldIn(store, EVERYTHING) : NOBODY,
  ])
  const isolatedAnywhere = anywhere.length === 0 ? [] : await isolatedAmong(store, some(anywhere), heldAnywhere)
  const atHome = watched.flatMap(({ fields }) => (fields.kind === 'home' && fields.household !== undefined ? [text(fields.household)] : []))
  const homes = new Set([...atHome, ...held.homes])
  const people = await everyEntry(store, [...watched.map(({ fields }) => text(fields.person)), ...held.people])
  const kept = [...new Set([...people, ...(await everyEntry(store, await livingIn(store, [...homes])))])]
  const [observed, tokened, driven] = await Promise.all([
    tokens.of(kept),
    Promise.all(vehicles.map(async (pass) => ({ pass, token: await tokens.plate(text(pass.fields.plate)) }))),
    platesKeptIn(
      store,
      vehicles.map((pass) => plateOf(pass)),
      heldAnywhere,
    ),
  ])
  const allowed = tokened.filter(({ pass }) => pass.state === 'issued')
  const stayIn = new Set(observed.plates)
  // Whoever is kept in is known by the paper that they hold, whatever has become of it: the order may have ended.
  const isolated = [
    ...(await passesOf(store, 'household', [...homes], all(among('kind', ['household', 'worker']), alive), scope)),
    ...(await passesOf(store, 'person', kept, all(is('kind', 'worker'), alive), scope)),
    ...isolatedAnywhere.flatMap(namesOf),
    ...tokened.flatMap(({ pass, token }) => (stayIn.has(token) || driven.has(plateOf(pass)) ? namesOf(pass) : [])),
  ]
  // Last: a pass that is stopped meanwhile is no longer among those that are issued, and has to be here.
  const stopped = await passRows(all(within(['suspended', 'revoked', 'withheld']), alive))
  const lists = {
    stopped: passes.packBoth(stopped.flatMap(namesOf)),
    isolated: passes.packBoth(isolated),
    elsewhere: passes.packBoth(stopped.filter(({ fields }) => fields.movedAway === true).flatMap(namesOf)),
  }
  return {
    asOf,
    zone: store.clock.zone,
    keys: await gateKeys(store, keys, signsHere),
    orders: ruling,
    stopped: lists.stopped.short,
    isolated: lists.isolated.short,
    elsewhere: lists.elsewhere.short,
    full: { stopped: lists.stopped.full, isolated: lists.isolated.full, elsewhere: lists.elsewhere.full },
    observed: passes.packNumbers([...observed.documents, ...observed.plates]),
    vehicles: allowed.map(({ pass: { fields }, token }) => ({
      token,
      pass: text(fields.number),
      order: passes.shortNumberOf(text(fields.closure)),
      from: text(fields.validFrom),
      to: text(fields.validTo),
    })),
  }
}

const plateOf = ({ fields }: RecordState): string => plateNumber(text(fields.plate))

/** Numbers under which a pass may be shown: its own, and the short one that an older phone printed. */
const namesOf = ({ id, fields }: RecordState): readonly string[] => [text(fields.number), passes.shortNumberOf(id)]

/** Households or persons asked for in one query. */
const BATCH = 500

/** Numbers of the passes of some households or persons: those alone are looked for, not the passes of a whole county. */
async function passesOf(
  store: Store,
  field: 'household' | 'person',
  holders: readonly string[],
  which: Expression,
  scope: Scope,
): Promise<readonly string[]> {
  const numbers: string[] = []
  for (let start = 0; start < holders.length; start += BATCH) {
    const some = among(field, holders.slice(start, start + BATCH))
    for (const row of await rowsOf(store, 'pass', all(some, which), scope)) numbers.push(...namesOf(row))
  }
  return numbers
}

/** Whoever lives in some households: where one is isolated, the others do not go out to work either. */
async function livingIn(store: Store, homes: readonly string[]): Promise<readonly string[]> {
  const people: string[] = []
  for (let start = 0; start < homes.length; start += BATCH) {
    const some = among('household', homes.slice(start, start + BATCH))
    for (const row of await rowsOf(store, 'person', all(some, is('state', 'registered')))) people.push(row.id)
  }
  return people
}
