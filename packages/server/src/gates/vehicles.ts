import { plateNumber, type Relation } from '@guatu/kernel'
import { type RawBuilder, sql } from 'kysely'
import { waysOf } from '../store/identity/forms.ts'
import type { Moment } from '../store/log/related.ts'
import { relatedThen } from '../store/query/related-now.ts'
import { tableOf } from '../store/schema/model.ts'
import type { Store } from '../store/store.ts'
import { entriesFrom, PERSON } from './entries.ts'
import { definition, text } from './register.ts'

/** A vehicle that went through a gate: by its plate, and at the moment of the line; without one, now. */
export interface Drive {
  readonly plate: string
  readonly at: Moment | undefined
}

/** What an entry said of a vehicle at a moment; of one that was made since, what it says. */
const VEHICLE = {
  entry: { record: 'person', at: 'person', sees: ['plate'], onward: true, enteredLate: true },
} as const satisfies Readonly<Record<string, Relation>>

/** An entry of somebody that is named beside a plate. */
interface Naming {
  readonly plate: string
  readonly person: string
}

/** The same by a pass for the vehicle, and from when to when that holds. */
interface Paper extends Naming {
  readonly from: Date
  readonly to: Date
}

/**
 * Entries of those whose vehicle each was when it drove: by the plate as each entry said it at that moment, whoever has it today, and by the passes of
 * the vehicle that held then. Who had it before is looked for among those whom its passes, and the lines of gates with its plate, name.
 */
export async function holdersThen(store: Store, drives: readonly Drive[]): Promise<readonly (readonly string[])[]> {
  const late = drives.flatMap(({ plate, at }) => (at ? [plate] : []))
  const [today, papers, lines] = await Promise.all([
    naming<Naming>(
      store,
      'person',
      drives.map(({ plate }) => plate),
      (rows) => sql`select t.n, r.id as person from ${rows}`,
    ),
    papersOf(store, late),
    naming<Naming>(store, 'crossing', late, (rows) => sql`select distinct t.n, r.person from ${rows} where r.person is not null`),
  ])
  const known = Map.groupBy<string, Naming>([...today, ...papers, ...lines], ({ plate }) => plate)
  const asked = drives.flatMap(({ plate, at }, drive) =>
    at
      ? [...new Set((known.get(plate) ?? []).map(({ person }) => person))].map((id) => ({
          ...{ drive, plate, at },
          row: { id, county: '', area: '', fields: { person: id } },
        }))
      : [],
  )
  const out = drives.map(({ plate, at }) =>
    (at ? papers.filter((paper) => holds(paper, at)) : today).filter((one) => one.plate === plate).map(({ person }) => person),
  )
  for (const [i, { entry }] of (await relatedThen(store, asked, VEHICLE)).entries()) {
    const one = asked[i]
    if (one && plateNumber(text(entry?.[0]?.fields.plate)) === one.plate) out[one.drive]?.push(one.row.id)
  }
  return out.map((ids) => [...new Set(ids)])
}

function holds({ from, to }: Paper, { happenedAt }: Moment): boolean {
  const at = new Date(happenedAt)
  return from <= at && at <= to
}

/** Those of them who are registered, each once, by the entry that stays. */
export async function registeredAs(store: Store, entries: readonly string[]): Promise<readonly string[]> {
  if (entries.length === 0) return []
  const seed = sql`select id, id from unnest(${[...entries]}::uuid[]) as seed(id)`
  const { rows } = await sql<{ id: string }>`with recursive ${entriesFrom(seed)}
    select distinct p.id from entry join ${PERSON} p on p.id = entry.id where p.state = 'registered' order by p.id`.execute(store.db.kysely)
  return rows.map(({ id }) => id)
}

/** Whom the passes of these vehicles name, and who lives in the homes that they name. */
const papersOf = (store: Store, plates: readonly string[]): Promise<readonly Paper[]> =>
  naming<Paper>(
    store,
    'pass',
    plates,
    (rows) => sql`with paper as (
      select t.n, r.person, r.household, r.valid_from as "from", least(r.valid_to, coalesce(r.stopped_at, r.valid_to)) as "to"
        from ${rows} where r.kind = 'vehicle' and r.state <> 'withheld')
    select n, person, "from", "to" from paper where person is not null
    union all select paper.n, p.id, "from", "to" from paper join ${PERSON} p on p.household = paper.household where p.state = 'registered'`,
  )

/** What a query finds from the rows `r` of a kind that say one of these plates, of which `t.n` is the number. */
async function naming<Row extends Naming>(
  store: Store,
  record: string,
  plates: readonly string[],
  query: (rows: RawBuilder<unknown>) => RawBuilder<unknown>,
): Promise<readonly Row[]> {
  const def = definition(store, record)
  const once = [...new Set(plates)]
  const [way] = waysOf(def).filter(({ field }) => field === 'plate')
  if (!way || once.length === 0) return []
  const tokens = once.map((plate) => store.db.vault.finder.token(def, way, plate) ?? '')
  const rows = sql`unnest(${tokens}::text[]) with ordinality as t(token, n)
    join ${sql.table(tableOf(record))} r on ${sql.ref(`r.${way.column}`)} = t.token`
  const found = await sql<Omit<Row, 'plate'> & { readonly n: string | number }>`${query(rows)}`.execute(store.db.kysely)
  return found.rows.map(({ n, ...row }) => ({ ...row, plate: once[Number(n) - 1] ?? '' }) as unknown as Row)
}
