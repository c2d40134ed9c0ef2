import { gates, passes } from '@guatu/domains'
import { EVERYTHING, lookersOf, no, ok, type Problem, problem, type RecordState, type Result, refuse, today, within } from '@guatu/kernel'
import type { Desk } from '../store/desk/desk.ts'
import { maskState } from '../store/desk/masking.ts'
import { isFoundBy } from '../store/query/find.ts'
import { type Listed, recordsBy, recordsOf } from '../store/query/list.ts'
import type { Store } from '../store/store.ts'
import { PURPOSE } from './lines.ts'
import { type Numbered, numbered } from './numbered.ts'
import { namedByPlate, type Registered, registered, standing } from './observed.ts'
import { all, definition, rowsOf, text } from './register.ts'
import { passesFor } from './shared-orders.ts'
import { passesOfHousehold, verifyPass } from './verify.ts'

/** Somebody of the register within the gate's jurisdiction, masked as everywhere. */
interface Seen {
  readonly id: string
  readonly name: string
  readonly area: string
  readonly household: boolean
}

/** What a gate learns of a document or a plate. */
export interface GateLook {
  readonly person?: Seen
  /** Where a plate is that of several, and does not say by itself who drives: how many they are, and those of them whom the gate may be told. */
  readonly several?: { readonly count: number; readonly people: readonly gates.Driver[] }
  /** Registered, but in the books of this county, where the gate has no business: it learns that, and no name. */
  readonly elsewhere?: string
  /** Under observation now, and until when; of whom the clinic keeps in, no day is known. */
  readonly observed?: { readonly until?: string }
  readonly verdict?: passes.Verdict
  readonly pass?: { readonly id: string; readonly number: unknown; readonly closure: unknown }
}

/** What was shown is none of what a gate knows, or a number in which something is wrong. */
export const unreadable = (): Problem =>
  problem(
    'invalid',
    {
      field: { zh: '证件、证号或车牌', en: 'document, pass or plate' },
      why: {
        zh: '请核对证件号码（身份证含校验位）、证号或车牌。',
        en: 'compare the number (that of an identity card with its check character) or the plate.',
      },
    },
    { path: 'shown' },
  )

/** Looks somebody up by document: known or not, observed or not, with a pass or not. Nothing is answered before the look is written down. */
export async function lookByDocument(
  store: Store,
  desk: Desk,
  { document, doubtful }: gates.ShownDocument,
  way: 'in' | 'out',
): Promise<Result<GateLook>> {
  const [found, look] = await Promise.all([
    desk.identity.find('person', { word: document, field: 'documentNumber', purpose: PURPOSE }),
    documented(store, desk, document, way),
  ])
  if (!found.ok) return found
  return !look && doubtful ? no(unreadable()) : ok(look ?? {})
}

/** What the register knows of a document; undefined where it is nobody's. */
async function documented(store: Store, desk: Desk, document: string, way: 'in' | 'out'): Promise<GateLook | undefined> {
  const who = await registered(store, document, 'documentNumber')
  if (!who) return undefined
  const [stands, theirs] = await Promise.all([standing(store, who), passesOf(store, desk, who, way)])
  return stands && { ...known(store, desk, stands.person), ...observation(stands), ...(await servingAmong(store, theirs, way)) }
}

/**
 * Looks up a number that may stand on a pass or on a document, and says under which it was found. Found under both, it is taken for neither: who
 * is let through must not follow from what somebody happened to mean.
 */
export async function lookByNumber(
  store: Store,
  desk: Desk,
  { number, document }: { readonly number: string; readonly document?: string },
  way: 'in' | 'out',
): Promise<Result<({ readonly by: 'pass' } & Numbered) | ({ readonly by: 'document' } & GateLook)>> {
  const [pass, person] = await Promise.all([
    numbered(store, lookersOf(definition(store, 'pass'), desk.actor), number, way),
    document === undefined ? ok<GateLook>({}) : lookByDocument(store, desk, { document }, way),
  ])
  if (!person.ok) return person
  const known = person.value.person !== undefined || person.value.elsewhere !== undefined
  if (pass && known) return no(refuse('number-of-both', gates.EITHER, { status: 409, path: 'shown' }))
  if (pass) return ok({ by: 'pass', ...pass })
  return known ? ok({ by: 'document', ...person.value }) : no(refuse('number-of-neither', gates.NEITHER, { status: 404, path: 'shown' }))
}

/** Looks a vehicle up by its plate: its pass, whose it is where the register knows, and whether they are observed. */
export async function lookByPlate(store: Store, desk: Desk, plate: string, way: 'in' | 'out'): Promise<Result<GateLook>> {
  const found = await desk.identity.find('person', { word: plate, field: 'plate', purpose: PURPOSE })
  if (!found.ok) return found
  const [driver, theirs] = await Promise.all([registered(store, plate, 'plate'), passesOfVehicle(store, desk, plate)])
  const named = namedByPlate(driver?.people ?? [], way === 'out' && driver?.kept ? driver.person : undefined) !== undefined
  const stands = driver && (await standing(store, driver))
  return ok({
    ...(stands && named ? known(store, desk, stands.person) : {}),
    ...(driver && !named ? { several: await severalOf(store, desk, driver) } : {}),
    ...(stands ? observation(stands) : {}),
    ...(await servingAmong(store, theirs, way)),
  })
}

/** Of those who share a plate so many are named, the first by where they live: more are asked for a document. */
const MOST_NAMED = 12

async function severalOf(store: Store, desk: Desk, { people }: Registered): Promise<NonNullable<GateLook['several']>> {
  const rows = await recordsOf(store.db, definition(store, 'person'), lookersOf(definition(store, 'person'), desk.actor), people)
  const named = rows.toSorted((a, b) => (a.path + a.id < b.path + b.id ? -1 : 1)).slice(0, MOST_NAMED)
  return { count: people.length, people: named.map((person) => driver(store, person)) }
}

const TELLS_APART = ['relation', 'sex', 'birthYear', 'phone']

function driver(store: Store, person: Listed): gates.Driver {
  const { fields } = maskState(definition(store, 'person'), person)
  return { ...seen(store, person), fields: Object.fromEntries(Object.entries(fields).filter(([name]) => TELLS_APART.includes(name))) }
}

function seen(store: Store, person: Listed): Seen {
  const { id, area, fields } = person
  return {
    id,
    name: text(maskState(definition(store, 'person'), person).fields.name),
    area,
    household: typeof fields.household === 'string',
  }
}

/** Name and home within the jurisdiction, else the county alone. */
function known(store: Store, desk: Desk, person: Listed): Pick<GateLook, 'person' | 'elsewhere'> {
  const def = definition(store, 'person')
  if (within(lookersOf(def, desk.actor), { path: person.path, units: [] })) return { person: seen(store, person) }
  return { elsewhere: store.areas.index.county(person.area, today(store.clock)) ?? person.county }
}

const observation = ({ watch, kept }: { readonly watch: RecordState | undefined; readonly kept: boolean }): Pick<GateLook, 'observed'> => {
  if (watch) return { observed: { until: text(watch.fields.until) } }
  return kept ? { observed: {} } : {}
}

/** The passes of a person and of the household, as far as the gate is told of passes; those that ran out too where somebody comes home. */
async function passesOf(store: Store, desk: Desk, { entries, household }: Registered, way: 'in' | 'out'): Promise<readonly Listed[]> {
  const scope = lookersOf(definition(store, 'pass'), desk.actor)
  const [own, home] = await Promise.all([
    recordsBy(store.db, definition(store, 'pass'), 'person', entries),
    household === null ? [] : passesOfHousehold(store, household),
  ])
  return passesFor(
    store,
    scope,
    [...own, ...home].filter(({ state }) => state === 'issued' || (way === 'in' && state === 'expired')),
  )
}

/** The passes of a vehicle, as far as the gate is told of passes, however many it had. */
async function passesOfVehicle(store: Store, desk: Desk, plate: string): Promise<readonly Listed[]> {
  const def = definition(store, 'pass')
  const rows = await rowsOf(store, 'pass', all(), EVERYTHING, isFoundBy(store.db, def, 'plate', plate))
  return passesFor(store, lookersOf(def, desk.actor), rows)
}

/** What is said of the one among these that serves; of those that are over or stopped the last is spoken of where there is no other. */
async function servingAmong(store: Store, rows: readonly Listed[], way: 'in' | 'out'): Promise<Pick<GateLook, 'verdict' | 'pass'>> {
  const termOf = ({ state, fields }: Listed) => ({ from: text(fields.validFrom), to: text(fields.validTo), issued: state === 'issued' })
  const now = store.clock.now().toString({ smallestUnit: 'millisecond' })
  const [first, ...rest] = passes.servingFirst(rows, now, termOf)
  const asked = first ? [first, ...rest.filter(({ state }) => state === 'issued')] : []
  const checked = asked.map(async (pass) => {
    const { id, fields } = pass
    return { verdict: await verifyPass(store, pass, way), pass: { id, number: fields.number, closure: fields.closure } }
  })
  return passes.serving(await Promise.all(checked)) ?? {}
}
