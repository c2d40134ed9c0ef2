import {
  type Actor,
  type Brings,
  type Command,
  derivedId,
  halfWidth,
  no,
  type Problem,
  problem,
  type Result,
  readersOf,
} from '@guatu/kernel'
import type { Receipt } from '../store/log/receipt.ts'
import { snake, tableOf } from '../store/schema/model.ts'
import type { Store } from '../store/store.ts'
import { type Found, registerOf } from './described.ts'
import { calledOtherwise, type RowAct, repeats } from './rows.ts'

/** Each group is done whole or not at all; it is answered by its last act, that of the row itself. */
export type SubmitGroups = (groups: readonly (readonly Command[])[]) => Promise<readonly Result<Receipt>[]>

/** What a row of the sheet registers first under a key. */
interface Made {
  readonly line: number
  readonly called: unknown
  /** Its id once it stands, nothing when it was refused. */
  id: Promise<string | undefined>
}

/**
 * Takes in rows that describe a record of a register instead of naming it: those that are known are found by their key, all of a group in
 * one question, and the others are registered together with their row. A row whose record is called otherwise in the register or in an
 * earlier row, stands outside the jurisdiction, or repeats what is known is refused with the reason.
 */
export function bringing(
  { store, actor }: { readonly store: Store; readonly actor: Actor },
  brings: Brings,
  submit: SubmitGroups,
): (acts: readonly RowAct[]) => Promise<readonly Result<Receipt>[]> {
  const register = registerOf(store, brings.def)
  const scope = readersOf(brings.def, actor)
  const once = onceOf(store, brings)
  /** What rows of this sheet register, by key. */
  const made = new Map<string, Made>()
  const calledOf = (act: RowAct | undefined) => act?.brought?.[brings.def.title]

  return async (acts) => {
    const keys = acts.map((act) => register.token(act.brought))
    const known = await register.find(keys.filter((key) => key !== undefined && !made.has(key)) as readonly string[])
    const answers = new Map<number, Result<Receipt>>()
    const groups: { readonly at: number; readonly commands: readonly Command[] }[] = []
    const later: number[] = []
    const born = new Map<number, (id: string | undefined) => void>()
    /** Points to what the register holds under the key of a row, where that is what the row calls it. */
    const meet = (at: number, act: RowAct, found: Found): typeof groups => {
      const wrong = register.mismatch(scope, found, calledOf(act))
      if (!wrong) return [{ at, commands: [pointing(act, brings, found.id)] }]
      answers.set(at, no({ ...wrong, path: `rows.${act.line}` }))
      return []
    }
    /** Rows whose record somebody else registered after the register was asked for it. */
    const overtaken = async (): Promise<typeof groups> => {
      const late = acts.flatMap((act, at) => (isThere(answers.get(at)) ? [{ at, act, key: keys[at] ?? '' }] : []))
      const now = await register.find(late.map(({ key }) => key))
      const met = late.map(async ({ at, act, key }) => {
        const [found, id] = [now.get(key), await made.get(key)?.id]
        if (found) return meet(at, act, found)
        return id === undefined ? [] : [{ at, commands: [pointing(act, brings, id)] }]
      })
      return (await Promise.all(met)).flat()
    }
    for (const [i, act] of acts.entries()) {
      const key = keys[i]
      const found = key === undefined ? undefined : known.get(key)
      const earlier = key === undefined ? undefined : made.get(key)
      if (found) groups.push(...meet(i, act, found))
      else if (earlier && !register.sameTitle(earlier.called, calledOf(act)))
        answers.set(i, no({ ...calledOtherwise(brings.def, { line: earlier.line }), path: `rows.${act.line}` }))
      else if (earlier) later.push(i)
      else {
        if (key !== undefined) made.set(key, { line: act.line, called: calledOf(act), id: new Promise((resolve) => born.set(i, resolve)) })
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
        const id = await made.get(keys[at] ?? '')?.id
        return act ? [{ at, commands: id === undefined ? registering(act, brings) : [pointing(act, brings, id)] }] : []
      }),
    )
    if (again.length > 0) await ask(again.flat())
    for (const { at, commands } of again.flat()) {
      const [act, first] = [acts[at], made.get(keys[at] ?? '')]
      if (act && first && commands.length > 1 && answers.get(at)?.ok) first.id = Promise.resolve(newId(act, brings))
    }
    const late = await overtaken()
    if (late.length > 0) await ask(late)
    return acts.map((_, i) => answers.get(i) ?? no(problem('unavailable')))
  }
}

/** Whether a row was refused because what it registers is there: its first act, of two. */
const isThere = (answer: Result<Receipt> | undefined): boolean =>
  answer !== undefined && !answer.ok && answer.problem.code === 'already-exists' && answer.problem.path === 'commands.0'

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
