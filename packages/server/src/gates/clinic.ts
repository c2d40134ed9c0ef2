import { gates } from '@guatu/domains'
import { type Scope, today } from '@guatu/kernel'
import { type RawBuilder, sql } from 'kysely'
import { scopeCondition } from '../store/query/conditions.ts'
import { entriesOf } from '../store/query/stays.ts'
import { tableOf } from '../store/schema/model.ts'
import type { Store } from '../store/store.ts'
import { definition, text } from './register.ts'

const table = (record: string) => sql.table(tableOf(record))
const PERSON = table('person')
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
    : held(store, () => sql`(t.person = any(${[...people]}::uuid[]) or t.household = any(${[...homes]}::uuid[]))`)

/** Whom it keeps in, and which homes, of whom a gate of this scope is to know: transfer, observation, home or an entry of the person stand in it. */
export function heldIn(store: Store, scope: Scope): Promise<Held> {
  const inScope = (record: string) => scopeCondition(definition(store, record), scope)
  const entries = sql`select p.id from ${PERSON} p where p.id = t.person or p.merged_into = t.person
    or p.id = (select merged_into from ${PERSON} where id = t.person)`
  return held(
    store,
    (record) => sql`(${inScope(record)} or exists (select 1 from ${PERSON} where id in (${entries}) and ${inScope('person')})
      or exists (select 1 from ${table('household')} where id = t.household and ${inScope('household')}))`,
  )
}

/** What the clinic found lately, said on a transfer, or on an observation that ended as confirmed without one: each a `t` of the condition. */
async function held(store: Store, which: (record: 'transfer' | 'watch') => RawBuilder<unknown>): Promise<Held> {
  const over = overOn(store, today(store.clock))
  const [since] = [over.home, over.person].sort()
  const { rows: found } = await sql<gates.Finding & { readonly person: string; readonly household: string | null }>`
    select person, household, settled_on::text as "on" from ${TRANSFER} t
      where state = any(${[...gates.FOUND]}::text[]) and settled_on > ${since}::date and ${which('transfer')}
    union all select person, household, exit_on::text from ${WATCH} t
      where (state = 'confirmed' or state = 'died' and confirmed_on is not null) and exit_on > ${since}::date and ${which('watch')}`.execute(
    store.db.kysely,
  )
  if (found.length === 0) return NOBODY
  const entries = await entriesOf(
    store.db,
    definition(store, 'person'),
    found.map(({ person }) => person),
  )
  const entriesFor = (person: string) => entries.get(person) ?? [person]
  const watches = await observationsOf(
    store,
    found.flatMap(({ person }) => entriesFor(person)),
    found.flatMap(({ household }) => household ?? []),
  )
  const [own, atHome] = ['person', 'household'].map((name) => Map.groupBy(watches, ({ fields }) => text(fields[name])))
  const [people, homes] = [new Set<string>(), new Set<string>()]
  for (const one of found) {
    const theirs = entriesFor(one.person)
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
