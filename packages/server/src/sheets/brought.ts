import {
  type Actor,
  type AnyRecord,
  type Brings,
  type Command,
  derivedId,
  type Field,
  halfWidth,
  LONGEST_CHAIN,
  makingAction,
  no,
  type Problem,
  problem,
  type Result,
  readersOf,
  refuse,
  type Scope,
  today,
  within,
} from '@guatu/kernel'
import { waysOf } from '../store/identity/forms.ts'
import type { Receipt } from '../store/log/receipt.ts'
import { elsewhere } from '../store/query/elsewhere.ts'
import { keyColumn, snake, tableOf } from '../store/schema/model.ts'
import type { Store } from '../store/store.ts'
import { type RowAct, repeats } from './rows.ts'

/** Each group is done whole or not at all; it is answered by its last act, that of the row itself. */
export type SubmitGroups = (groups: readonly (readonly Command[])[]) => Promise<readonly Result<Receipt>[]>

/** A record of the register that a row describes. */
interface Found {
  readonly id: string
  readonly path: string
  readonly area: string
  /** Hash of its title, where it has one. */
  readonly title: string | null
}

/**
 * Takes in rows that describe a record of a register instead of naming it: those that are known are found by their key, all of a group in
 * one question, and the others are registered together with their row. A row whose record is called otherwise in the register, stands
 * outside the jurisdiction, or repeats what is known is refused with the reason.
 */
export function bringing(
  { store, actor }: { readonly store: Store; readonly actor: Actor },
  brings: Brings,
  submit: SubmitGroups,
): (acts: readonly RowAct[]) => Promise<readonly Result<Receipt>[]> {
  const register = registerOf(store, brings.def)
  const scope = readersOf(brings.def, actor)
  const once = onceOf(store, brings)
  /** What rows of this sheet register, by key: the id once it stands, nothing when it was refused. */
  const made = new Map<string, Promise<string | undefined>>()

  return async (acts) => {
    const keys = acts.map((act) => register.token(act.brought))
    const known = await register.find(keys.filter((key) => key !== undefined && !made.has(key)) as readonly string[])
    const answers = new Map<number, Result<Receipt>>()
    const groups: { readonly at: number; readonly commands: readonly Command[] }[] = []
    const later: number[] = []
    const born = new Map<number, (id: string | undefined) => void>()
    for (const [i, act] of acts.entries()) {
      const key = keys[i]
      const found = key === undefined ? undefined : known.get(key)
      if (found) {
        const wrong = mismatch(store, brings, scope, found, register.titleToken(act.brought))
        if (wrong) answers.set(i, no({ ...wrong, path: `rows.${act.line}` }))
        else groups.push({ at: i, commands: [pointing(act, brings, found.id)] })
      } else if (key !== undefined && made.has(key)) later.push(i)
      else {
        if (key !== undefined) made.set(key, new Promise((resolve) => born.set(i, resolve)))
        groups.push({ at: i, commands: registering(act, brings) })
      }
    }
    const ask = async (wanted: typeof groups) => {
      const refused = await once(wanted.map(({ at, commands }) => ({ at, act: acts[at], command: commands.at(-1) })))
      const rest = wanted.filter(({ at }) => !refused.has(at))
      for (const [at, why] of refused) answers.set(at, no(why))
      const done = await submit(rest.map(({ commands }) => commands))
      rest.forEach(({ at }, i) => {
        const answer = done[i]
        if (answer) answers.set(at, answer)
      })
    }
    try {
      await ask(groups)
    } finally {
      for (const [at, resolve] of born) {
        const act = acts[at]
        resolve(act && answers.get(at)?.ok ? newId(act, brings) : undefined)
      }
    }
    const again = await Promise.all(
      later.map(async (at) => {
        const act = acts[at]
        const id = await made.get(keys[at] ?? '')
        return act ? [{ at, commands: id === undefined ? registering(act, brings) : [pointing(act, brings, id)] }] : []
      }),
    )
    if (again.length > 0) await ask(again.flat())
    return acts.map((_, i) => answers.get(i) ?? no(problem('unavailable')))
  }
}

const newId = (act: RowAct, { field }: Brings) => derivedId(`${act.recordId}/${field}`)

const pointing = ({ line: _line, brought: _brought, ...act }: RowAct, { field }: Brings, id: string): Command => ({
  ...act,
  input: { ...act.input, [field]: id },
})

const registering = (act: RowAct, brings: Brings): readonly Command[] => [
  {
    id: derivedId(`${act.id}/${brings.field}`),
    record: brings.def.name,
    recordId: newId(act, brings),
    action: brings.action,
    ...(act.area === undefined ? {} : { area: act.area }),
    ...(act.happenedAt === undefined ? {} : { happenedAt: act.happenedAt }),
    input: act.brought ?? {},
  },
  pointing(act, brings, newId(act, brings)),
]

/** The register as rows meet it: by the first field of its key, in the form in which the register keeps it. */
function registerOf(store: Store, def: AnyRecord) {
  const [key = ''] = def.key ?? []
  const [byKey, byTitle] = [key, def.title].map((name) => waysOf(def).find((way) => way.field === name && way.means === 'exact'))
  const { finder } = store.db.vault
  const made = def.actions[makingAction(def) ?? '']
  const columns = [
    `"${keyColumn(def, key)}" as key`,
    'id',
    'path',
    'area',
    `${byTitle ? `"${byTitle.column}"` : 'null'} as title`,
    `${def.survivor ? `"${snake(def.survivor)}"` : 'null'} as survivor`,
  ].join(', ')
  type Line = Found & { readonly key: string; readonly survivor: string | null }
  /** An entry that was merged stands for the one that stays. */
  const surviving = async (line: Line): Promise<Line> => {
    let at = line
    for (let step = 0; step < LONGEST_CHAIN && at.survivor !== null; step += 1) {
      const [next] = await store.db.query<Line>(`select ${columns} from ${tableOf(def.name)} where id = $1`, [at.survivor])
      if (!next) break
      at = { ...next, title: line.title }
    }
    return at
  }
  return {
    token: (brought: RowAct['brought']): string | undefined => {
      const written = made?.completes?.(brought ?? {})[key] ?? brought?.[key]
      if (written === undefined || written === null || key === '') return undefined
      return byKey ? (finder.token(def, byKey, written) ?? undefined) : String(written)
    },
    titleToken: (brought: RowAct['brought']): string | undefined =>
      byTitle && brought?.[def.title] !== undefined ? (finder.token(def, byTitle, brought[def.title]) ?? undefined) : undefined,
    find: async (keys: readonly string[]): Promise<ReadonlyMap<string, Found>> => {
      if (keys.length === 0) return new Map()
      const type = byKey ? 'text' : columnType(def.fields[key])
      const rows = await store.db.query<Line>(
        `select ${columns} from ${tableOf(def.name)} where "${keyColumn(def, key)}" = any($1::${type}[])`,
        [[...new Set(keys)]],
      )
      return new Map(await Promise.all(rows.map(async (row) => [row.key, await surviving(row)] as const)))
    },
  }
}

const columnType = (field: Field | undefined) => field?.column ?? 'text'

/** Why a row does not go with the record that was found for it. */
function mismatch(store: Store, { def }: Brings, scope: Scope, found: Found, title: string | undefined): Problem | undefined {
  if (!within(scope, { path: found.path, units: [] })) {
    const view = store.areas.tree.asOf(today(store.clock))
    const county = view.ancestors(found.area).find((area) => area.level === 'county')
    return elsewhere(def, county?.id ?? found.area, county?.name ?? found.area)
  }
  if (title === undefined || found.title === null || title === found.title) return undefined
  const [key, name] = [def.fields[def.key?.[0] ?? '']?.label, def.fields[def.title]?.label]
  return refuse(
    'register-says-otherwise',
    {
      zh: `该${key?.zh ?? ''}在名册中对应另一${name?.zh ?? ''}，请核对两者。`,
      en: `In the register this ${key?.en.toLowerCase() ?? ''} goes with another ${name?.en.toLowerCase() ?? ''}; compare the two.`,
    },
    { status: 409, data: { id: found.id } },
  )
}

interface Wanted {
  readonly at: number
  readonly act: RowAct | undefined
  readonly command: Command | undefined
}

/** Rows that say again what an earlier row of the sheet said, or what is recorded already: one question for all of them. */
function onceOf(store: Store, { field, once }: Brings): (wanted: readonly Wanted[]) => Promise<ReadonlyMap<number, Problem>> {
  const seen = new Map<string, number>()
  return async (wanted) => {
    const refused = new Map<number, Problem>()
    const def = store.registry.records.get(wanted[0]?.command?.record ?? '')
    if (once === undefined || !def) return refused
    const ids = [...new Set(wanted.flatMap(({ command }) => (command ? [String(command.input[field])] : [])))]
    const stored = await store.db.query<{ id: string; target: string; value: string }>(
      // One look into the index for each: while a sheet fills its table, the planner knows nothing of it and would read all of it each time.
      `select found.id, n.target, found.value from unnest($1::uuid[]) as n(target), lateral (
        select t.id, t."${snake(once.on)}"::text as value from ${tableOf(def.name)} t
         where t."${snake(field)}" = n.target and t.state <> all($2::text[]) offset 0) as found`,
      [ids, once.not],
    )
    const there = new Map(stored.map((row) => [`${row.target}/${row.value}`, row.id]))
    for (const { at, act, command } of wanted) {
      if (!act || !command) continue
      const key = `${String(command.input[field])}/${halfWidth(String(command.input[once.on]))}`
      const [line, id] = [seen.get(key), there.get(key)]
      if (line !== undefined && line !== act.line) refused.set(at, repeats(def, act.line, line))
      else if (id !== undefined && id !== command.recordId)
        refused.set(at, problem('already-exists', { what: def.label }, { path: `rows.${act.line}`, data: { id } }))
      else seen.set(key, act.line)
    }
    return refused
  }
}
