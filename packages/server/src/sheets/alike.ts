import { type AnyRecord, no, problem, type Result } from '@guatu/kernel'
import type { Receipt } from '../store/log/receipt.ts'
import { tableOf } from '../store/schema/model.ts'
import { snake } from '../store/schema/snake.ts'
import type { Store } from '../store/store.ts'
import { type RowAct, repeats } from './rows.ts'

type Submit = (acts: readonly RowAct[]) => Promise<readonly Result<Receipt>[]>

/**
 * Leaves out rows that say what is recorded already in their area, or what an earlier row of the sheet said: of records without a key, by the fields
 * that the definition names. One question for all rows of a group. Rows of a sheet that is sent again are answered as such by the write path.
 */
export function withoutAlike(store: Store, def: AnyRecord, submit: Submit): Submit {
  if (def.alike === undefined) return submit
  const { by: alike, not } = def.alike
  const seen = new Map<string, number>()
  const keyOf = (area: string, values: readonly unknown[]) => JSON.stringify([area, ...values.map((value) => value ?? null)])
  const of = (act: RowAct) =>
    keyOf(
      act.area ?? '',
      alike.map((name) => act.input[name]),
    )
  const [first = ''] = alike
  const columns = alike.map((name) => `t."${snake(name)}"`).join(', ')
  const stored = async (acts: readonly RowAct[]) => {
    const asked = new Map(acts.map((act) => [JSON.stringify([act.area, act.input[first]]), act]))
    const rows = await store.db.query<{ id: string; area: string; values: readonly unknown[] }>(
      `select found.id, n.area, found.values from jsonb_to_recordset($1::jsonb) as n(area text, path text, first text), lateral (
         select t.id, jsonb_build_array(${columns}) as values from ${tableOf(def.name)} t
          where t.path = n.path and t."${snake(first)}" = n.first and t.state <> all($2::text[]) offset 0) as found`,
      [
        JSON.stringify(
          [...asked.values()].map(({ area = '', input }) => ({ area, path: store.areas.index.currentPath(area), first: input[first] })),
        ),
        not,
      ],
    )
    return new Map(rows.map((row) => [keyOf(row.area, row.values), row.id]))
  }
  return async (acts) => {
    const there = await stored(acts)
    const answers = acts.map((act): Result<Receipt> | undefined => {
      const key = of(act)
      const [line, id] = [seen.get(key), there.get(key)]
      if (id !== undefined && id !== act.recordId)
        return no(problem('already-exists', { what: def.label }, { path: `rows.${act.line}`, data: { id } }))
      if (line !== undefined && line !== act.line) return no(repeats(def, act.line, line))
      seen.set(key, act.line)
      return undefined
    })
    const left = acts.filter((_, i) => answers[i] === undefined)
    const done = left.length > 0 ? await submit(left) : []
    let next = 0
    return answers.map((answer) => answer ?? done[next++] ?? no(problem('unavailable')))
  }
}
