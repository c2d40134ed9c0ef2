import { type AnyRecord, type Label, type RecordState, SYSTEM, today } from '@guatu/kernel'
import type { Store } from '../../store/store.ts'

/** What the rules made of a record, beside what it rests on as that stands by now. */
export async function answerOn(
  store: Store,
  def: AnyRecord,
  action: string,
  { fields }: Pick<RecordState, 'fields'>,
): Promise<Label | undefined> {
  const { answers, answersBeside } = def.actions[action] ?? {}
  if (!answers) return undefined
  const of = answersBeside === undefined ? undefined : store.registry.records.get(def.fields[answersBeside]?.of ?? '')
  const id = answersBeside === undefined ? undefined : fields[answersBeside]
  const [beside] = of && typeof id === 'string' ? await rowsNow(store, of, [id]) : []
  return answers(fields, today(store.clock), beside)
}

export async function rowsNow(store: Store, def: AnyRecord, ids: readonly string[]): Promise<readonly RecordState[]> {
  const rows = await store.as(SYSTEM).carried(def.name, { ids, limit: ids.length })
  return rows.ok ? rows.value : []
}
