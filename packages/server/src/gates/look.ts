import { gates, type passes } from '@guatu/domains'
import {
  EVERYTHING,
  lookersOf,
  no,
  ok,
  type Problem,
  problem,
  type RecordState,
  type Result,
  refuse,
  type Scope,
  today,
  within,
} from '@guatu/kernel'
import type { Desk } from '../store/desk/desk.ts'
import { findByIdentity } from '../store/query/find.ts'
import type { Listed } from '../store/query/list.ts'
import type { Store } from '../store/store.ts'
import { type Numbered, numbered } from './numbered.ts'
import { driverOf, registered, watchOf } from './observed.ts'
import { all, among, definition, everyEntry, is, rowsOf, text } from './register.ts'
import { passesFor } from './shared-orders.ts'
import { verifyPass } from './verify.ts'

/** What is written beside every look at a gate: the auditor reads it. */
export const PURPOSE = '卡口查验'

/** What a gate learns of a document or a plate. */
export interface GateLook {
  /** Somebody of the register within the gate's jurisdiction, masked as everywhere. */
  readonly person?: {
    readonly id: string
    readonly name: string
    readonly area: string
    readonly household: boolean
  }
  /** Registered, but in the books of this county, where the gate has no business: it learns that, and no name. */
  readonly elsewhere?: string
  /** Under observation now, and until when. */
  readonly observed?: { readonly until: string }
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

/** Looks somebody up by document: known or not, observed or not, with a pass or not. The look is written down first. */
export async function lookByDocument(
  store: Store,
  desk: Desk,
  { document, doubtful }: gates.ShownDocument,
  way: 'in' | 'out',
): Promise<Result<GateLook>> {
  const found = await desk.identity.find('person', { word: document, field: 'documentNumber', purpose: PURPOSE })
  if (!found.ok) return found
  const [person] = await registered(store, document, 'documentNumber')
  if (!person) return doubtful ? no(unreadable()) : ok({})
  const entries = await everyEntry(store, [person.id])
  const [watch, pass] = await Promise.all([watchOf(store, person, entries), passOf(store, desk, person, entries)])
  return ok({ ...known(store, desk, person, found.value), ...observation(watch), ...(pass ? await verdictOf(store, pass, way) : {}) })
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
  const scope = lookersOf(definition(store, 'pass'), desk.actor)
  const passesIn = (one: Scope) => findByIdentity(store.db, definition(store, 'pass'), one, { word: plate, limit: 20 })
  const [here, anywhere] = await Promise.all([passesIn(scope), passesIn(EVERYTHING)])
  const driver = await driverOf(store, plate)
  const pass = newest([...here, ...(await passesFor(store, scope, anywhere))])
  return ok({
    ...(driver ? { ...known(store, desk, driver.person, found.value), ...observation(driver.watch) } : {}),
    ...(pass ? await verdictOf(store, pass, way) : {}),
  })
}

/** Name and home within the jurisdiction, else the county alone. */
function known(store: Store, desk: Desk, person: Listed, shown: readonly Listed[]): Pick<GateLook, 'person' | 'elsewhere'> {
  const mine = shown.find((row) => row.id === person.id)
  if (mine && within(lookersOf(definition(store, 'person'), desk.actor), { path: person.path, units: [] }))
    return {
      person: { id: person.id, name: text(mine.fields.name), area: person.area, household: typeof person.fields.household === 'string' },
    }
  return { elsewhere: store.areas.index.county(person.area, today(store.clock)) ?? person.county }
}

const observation = (watch: RecordState | undefined): Pick<GateLook, 'observed'> =>
  watch ? { observed: { until: text(watch.fields.until) } } : {}

/** The pass of a person or of the household, as far as the gate is told of passes. */
async function passOf(store: Store, desk: Desk, person: RecordState, entries: readonly string[]): Promise<Listed | undefined> {
  const scope = lookersOf(definition(store, 'pass'), desk.actor)
  const { household } = person.fields
  const holders = [among('person', entries), ...(typeof household === 'string' ? [is('household', household)] : [])]
  const rows = await Promise.all(holders.map((holder) => rowsOf(store, 'pass', all(holder, is('state', 'issued')))))
  return newest(await passesFor(store, scope, rows.flat()))
}

const newest = (rows: readonly Listed[]): Listed | undefined =>
  [...rows].sort((a, b) => (text(a.fields.validTo) > text(b.fields.validTo) ? -1 : 1)).find((row) => row.state === 'issued') ?? rows[0]

async function verdictOf(store: Store, pass: Listed, way: 'in' | 'out'): Promise<Pick<GateLook, 'verdict' | 'pass'>> {
  const { id, fields } = pass
  return { verdict: await verifyPass(store, pass, way), pass: { id, number: fields.number, closure: fields.closure } }
}
