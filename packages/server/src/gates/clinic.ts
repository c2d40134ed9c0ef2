import { gates } from '@guatu/domains'
import { type Scope, today } from '@guatu/kernel'
import { type RawBuilder, sql } from 'kysely'
import { scopeCondition } from '../store/query/conditions.ts'
import { planned } from '../store/query/planned.ts'
import { entriesOf } from '../store/query/stays.ts'
import { tableOf } from '../store/schema/model.ts'
import type { Store } from '../store/store.ts'
import { definition, text } from './register.ts'

const table = (record: string) => sql.table(tableOf(record))
export const TRANSFER = table('transfer')
const WATCH = table('watch')

/** Whom what the clinic found keeps in, under every entry, and which homes. */
export interface Held {
  readonly people: ReadonlySet<string>
  readonly homes: ReadonlySet<string>
}

export const NOBODY: Held = { people: new Set(), homes: new Set() }

/** What the clinic found on these days, or before, keeps nobody in any more on this one. */
export const overOn = (store: Store, day: string) => gates.clinicOver(store.settings.at(day, ''), day)

/** Which of these entries of people, and of these homes, what the clinic found keeps in. */
export const heldAmong = async (store: Store, people: readonly string[], homes: readonly string[]): Promise<Held> =>
  people.length === 0 && homes.length === 0
    ? NOBODY
    : held(store, await foundLately(store, sql`(t.person = any(${[...people]}::uuid[]) or t.household = any(${[...homes]}::uuid[]))`))

/** Whom it keeps in, and which homes, of whom a gate of this scope is to know: transfer, observation, home or an entry of the person stand in it. */
export async function heldIn(store: Store, scope: Scope): Promise<Held> {
  const inScope = (record: string) => scopeCondition(definition(store, record), scope)
  const all = await foundLately(store, sql`true`, inScope)
  const elsewhere = all.filter(({ here }) => !here)
  if (elsewhere.length === 0) return held(store, all)
  const entries = await entriesOfAll(store, elsewhere)
  const within = async (record: string, ids: readonly string[]) => {
    const { rows } = await sql<{ id: string }>`select id from ${table(record)}
      where id = any(${[...new Set(ids)]}::uuid[]) and ${inScope(record)}`.execute(store.db.kysely)
    return new Set(rows.map(({ id }) => id))
  }
  const [people, homes] = await Promise.all([
    within('person', [...entries.values()].flat()),
    within(
      'household',
      elsewhere.flatMap(({ household }) => household ?? []),
    ),
  ])
  const isNear = ({ here, person, household }: Found) =>
    here || entriesIn(entries, person).some((one) => people.has(one)) || (household !== null && homes.has(household))
  return held(store, all.filter(isNear))
}

/** What the clinic found, of whom and of which home, and whether it stands where it is asked for. */
interface Found extends gates.Finding {
  readonly person: string
  readonly household: string | null
  readonly here: boolean
}

/** What the clinic found lately, said on a transfer, or on an observation that ended as confirmed without one: each a `t` of the condition. */
async function foundLately(
  store: Store,
  which: RawBuilder<unknown>,
  here: (record: 'transfer' | 'watch') => RawBuilder<unknown> = () => sql`true`,
): Promise<readonly Found[]> {
  const over = overOn(store, today(store.clock))
  const [since] = [over.home, over.person].sort()
  return planned(
    store.db,
    sql<Found>`
    select person, household, settled_on::text as "on", ${here('transfer')} as here from ${TRANSFER} t
      where state = any(${[...gates.FOUND]}::text[]) and settled_on > ${since}::date and ${which}
    union all select person, household, exit_on::text, ${here('watch')} from ${WATCH} t
      where (state = 'confirmed' or state = 'died' and confirmed_on is not null) and exit_on > ${since}::date and ${which}`,
  )
}

type Entries = Awaited<ReturnType<typeof entriesOf>>

const entriesOfAll = (store: Store, found: readonly Found[]): Promise<Entries> =>
  entriesOf(
    store.db,
    definition(store, 'person'),
    found.map(({ person }) => person),
  )

const entriesIn = (entries: Entries, person: string): readonly string[] => entries.get(person) ?? [person]

/** Whom these keep in, and which homes, by the observations of each. */
async function held(store: Store, found: readonly Found[]): Promise<Held> {
  if (found.length === 0) return NOBODY
  const over = overOn(store, today(store.clock))
  const entries = await entriesOfAll(store, found)
  const watches = await observationsOf(
    store,
    found.flatMap(({ person }) => entriesIn(entries, person)),
    found.flatMap(({ household }) => household ?? []),
  )
  const [own, atHome] = ['person', 'household'].map((name) => Map.groupBy(watches, ({ fields }) => text(fields[name])))
  const [people, homes] = [new Set<string>(), new Set<string>()]
  for (const one of found) {
    const theirs = entriesIn(entries, one.person)
    const seen = theirs.flatMap((entry) => own?.get(entry) ?? [])
    if (gates.keepsThem(one, seen, over)) for (const entry of theirs) people.add(entry)
    if (one.household !== null && gates.keepsHome(one, atHome?.get(one.household), over)) homes.add(one.household)
  }
  return { people, homes }
}

/** What findings are held against: observations of these entries and of these homes, of which there may be tens of thousands, in one question. */
async function observationsOf(store: Store, people: readonly string[], homes: readonly string[]): Promise<readonly gates.Standing[]> {
  const asked = (which: RawBuilder<unknown>) => sql`select id, state, person, household, kind, entered_on::text as "enteredOn",
    exit_on::text as "exitOn", confirmed_on::text as "confirmedOn" from ${WATCH} where ${which}`
  const { rows } = await sql<Observation>`${asked(sql`person = any(${[...new Set(people)]}::uuid[])`)}
    union ${asked(sql`household = any(${[...new Set(homes)]}::uuid[])`)}`.execute(store.db.kysely)
  return rows.map(({ id: _, state, ...said }) => ({
    state,
    fields: Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null)),
  }))
}

interface Observation extends Readonly<Record<'person' | 'kind' | 'enteredOn', string>> {
  readonly id: string
  readonly state: string
  readonly household: string | null
  readonly exitOn: string | null
  readonly confirmedOn: string | null
}
