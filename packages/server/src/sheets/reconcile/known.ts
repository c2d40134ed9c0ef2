import { type AnyRecord, isNationalId, LONGEST_CHAIN, type Scope, today, within } from '@guatu/kernel'
import { type Way, wayOf, waysOf } from '../../store/identity/forms.ts'
import { entriesOf } from '../../store/query/stays.ts'
import type { Store } from '../../store/store.ts'
import type { Known, Pushed } from './classify.ts'

const CHUNK = 5_000

/** Somebody of the register who was found by a keyed hash. */
interface Found {
  readonly token: string
  readonly id: string
  readonly path: string
  readonly area: string
  /** Hashes of the name of whoever stayed, and of the entry that was found, which may have been merged into it. */
  readonly name: string | null
  readonly sound: string | null
  readonly written: string | null
  readonly document: string | null
  readonly birth_year: number | null
  /** Observed under whichever entry is the same by merging: what runs, else what ended last. */
  readonly watch?: Watch | undefined
}

interface Watch {
  readonly id: string
  readonly person: string
  readonly state: string
  readonly from: string | null
  readonly exit_on: string | null
}

interface Register {
  readonly store: Store
  readonly scope: Scope
  readonly def: AnyRecord
  readonly ways: Readonly<Record<'document' | 'name' | 'sound' | 'phone', Way>>
}

/**
 * What the register and the observations say of the people of these rows, by line, in a few questions for all of them: by the number of the document,
 * and of whom no number was found by name and phone, as entries are taken for one (`duplicates`).
 */
export async function lookUp(store: Store, scope: Scope, rows: readonly Pushed[]): Promise<ReadonlyMap<number, Known>> {
  const out = new Map<number, Known>()
  const register = registerOf(store, scope)
  if (!register) return out
  const { ways } = register
  for (const [row, [one]] of await found(register, ways.document, rows, ({ document }) => document))
    if (one) out.set(row.line, knownOf(register, one, isNamed(register, row, one)))
  const others = rows.filter((row) => !out.has(row.line) && row.name !== undefined && row.reachable)
  for (const [row, all] of await found(register, ways.phone, others, ({ phone }) => phone)) {
    const known = byPhone(register, row, all)
    if (known) out.set(row.line, known)
  }
  return out
}

function registerOf(store: Store, scope: Scope): Register | undefined {
  const def = store.registry.records.get('person')
  const way = (field: string, means: Way['means']) => def && waysOf(def).find((one) => one.field === field && one.means === means)
  const [document, phone] = ['documentNumber', 'phone'].map((field) => def && wayOf(def, field))
  const [name, sound] = [way('name', 'exact'), way('name', 'pinyin')]
  return def && document && name && sound && phone ? { store, scope, def, ways: { document, name, sound, phone } } : undefined
}

const tokenOf = ({ store, def }: Register, way: Way, value: string | undefined): string | null =>
  store.db.vault.finder.token(def, way, value)

const isNamed = (register: Register, row: Pushed, { name, written }: Found): boolean =>
  row.name === undefined || [name, written].includes(tokenOf(register, register.ways.name, row.name))

/** The one whom name and phone mean. Families share a phone, so another name is another person; one that sounds the same is looked at. */
function byPhone(register: Register, row: Pushed, all: readonly Found[]): Known | undefined {
  const people = [...new Map(all.filter((one) => fits(register, row, one)).map((one) => [one.id, one])).values()]
  const named = people.filter((one) => isNamed(register, row, one))
  const meant = named.length > 0 ? named : people
  const here = meant.filter(({ path }) => within(register.scope, { path, units: [] }))
  const [one] = here.length > 0 ? here : meant
  if (!one) return undefined
  const known: Known = { ...knownOf(register, one, named.length > 0), byPhone: true }
  return here.length > 1 ? { ...known, several: here.length } : known
}

/** Whether an entry with the phone of a row may be the person of the row; one who has another document is not. */
function fits(register: Register, row: Pushed, one: Found): boolean {
  const { def, ways } = register
  const sameName = isNamed(register, row, one)
  if (row.document !== undefined && (one.document !== null || !sameName)) return false
  const birthYear =
    row.birthYear ?? (row.document !== undefined && isNationalId(row.document) ? Number(row.document.slice(6, 10)) : undefined)
  const years = one.birth_year === null ? {} : { birthYear: one.birth_year }
  if (!sameName)
    return one.sound === tokenOf(register, ways.sound, row.name) && (birthYear === undefined || [birthYear, null].includes(one.birth_year))
  // Hashes agree where the words do, and that is all that is asked of them.
  const fields = { name: one.name, phone: one.token }
  return (
    def.duplicates?.judge(
      { id: 'row', sounds: {}, fields: { ...fields, ...(birthYear === undefined ? {} : { birthYear }) } },
      { id: one.id, sounds: {}, fields: { ...fields, ...years } },
    ) !== undefined
  )
}

function knownOf({ store, scope }: Register, one: Found, sameName: boolean): Known {
  const ours = within(scope, { path: one.path, units: [] })
  const view = store.areas.tree.asOf(today(store.clock))
  const county = view.ancestors(one.area).find((area) => area.level === 'county')?.name
  return {
    person: one.id,
    area: one.area,
    ours,
    ...(ours || county === undefined ? {} : { elsewhere: county }),
    sameName,
    ...(one.watch
      ? {
          watch: {
            id: one.watch.id,
            state: one.watch.state,
            ...(one.watch.from === null ? {} : { from: one.watch.from }),
            ...(one.watch.exit_on === null ? {} : { exitOn: one.watch.exit_on }),
          },
        }
      : {}),
  }
}

/** How each of these people is observed, void ones aside. */
async function watchesOf({ store, def }: Register, people: ReadonlySet<string>): Promise<ReadonlyMap<string, Watch>> {
  const same = await entriesOf(store.db, def, people)
  const rows = await store.db.query<Watch>(
    `select id, person, state, to_char("from", 'YYYY-MM-DD') as "from", to_char(exit_on, 'YYYY-MM-DD') as exit_on
       from r_watch where person = any($1::uuid[]) and state <> 'void' order by r_watch.exit_on desc nulls first, created_at desc, id`,
    [[...same.values()].flat()],
  )
  const whose = new Map([...same].flatMap(([person, entries]) => entries.map((entry) => [entry, person] as const)))
  const out = new Map<string, Watch>()
  for (const row of rows) {
    const person = whose.get(row.person)
    if (person !== undefined && !out.has(person)) out.set(person, row)
  }
  return out
}

/** Each row with those that have the same value, as many as there are. */
async function found(
  register: Register,
  way: Way,
  rows: readonly Pushed[],
  written: (row: Pushed) => string | undefined,
): Promise<ReadonlyMap<Pushed, readonly Found[]>> {
  const { store, ways } = register
  const out = new Map<Pushed, readonly Found[]>()
  for (let start = 0; start < rows.length; start += CHUNK) {
    const tokens = new Map<Pushed, string>()
    for (const row of rows.slice(start, start + CHUNK)) {
      const token = tokenOf(register, way, written(row))
      if (token !== null) tokens.set(row, token)
    }
    if (tokens.size === 0) continue
    const answers = await store.db.query<Found>(
      // What was written of an entry that was merged is of the person who stayed.
      `with recursive way as (
         select ${way.column} as token, ${ways.name.column} as written, id, state, merged_into, 0 as step
           from r_person where ${way.column} = any($1::text[]) and state in ('registered', 'merged')
         union all
         select way.token, way.written, p.id, p.state, p.merged_into, way.step + 1
           from way join r_person p on p.id = way.merged_into where way.state = 'merged' and way.step < $2
       )
       select way.token, p.id, p.path, p.area, p.${ways.name.column} as name, p.${ways.sound.column} as sound, way.written,
              p.${ways.document.column} as document, p.birth_year
         from way join r_person p on p.id = way.id
        where way.state = 'registered'`,
      [[...new Set(tokens.values())], LONGEST_CHAIN],
    )
    const watches = await watchesOf(register, new Set(answers.map(({ id }) => id)))
    const byToken = Map.groupBy(
      answers.map((one) => ({ ...one, watch: watches.get(one.id) })),
      ({ token }) => token,
    )
    for (const [row, token] of tokens) out.set(row, byToken.get(token) ?? [])
  }
  return out
}
