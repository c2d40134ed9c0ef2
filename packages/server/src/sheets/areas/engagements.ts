import { type AnyRecord, NOTHING, type Problem, refuse } from '@guatu/kernel'
import { sql } from 'kysely'
import { scopeCondition } from '../../store/query/conditions.ts'
import { tableOf } from '../../store/schema/model.ts'
import type { Store } from '../../store/store.ts'

/** Open records of one kind. */
interface Engagement {
  readonly def: AnyRecord
  readonly open: number
}

/** What a unit has still to do with, kind by kind: see `RecordDef.engages`. */
export async function engagements({ db, registry }: Store, unit: string): Promise<readonly Engagement[]> {
  const found: Engagement[] = []
  for (const def of registry.records.values()) {
    if (!def.engages) continue
    const theirs = sql`state = any(${[...def.engages.states]}::text[]) and ${scopeCondition(def, { ...NOTHING, units: [unit] })}`
    const counted = sql<{ open: number }>`select count(*)::int as open from ${sql.table(tableOf(def.name))} where ${theirs}`
    const [{ open } = { open: 0 }] = (await counted.execute(db.kysely)).rows
    if (open > 0) found.push({ def, open })
  }
  return found
}

export const hasWork = (name: string, engaged: readonly Engagement[]): Problem =>
  refuse(
    'unit-has-work',
    {
      zh: `“${name}”还有未办结的${engaged.map(({ def, open }) => `${def.label.zh}${open}件（${def.engages?.ends.zh}）`).join('、')}，办完之后才能撤销。`,
      en: `“${name}” still has open records: ${engaged.map(({ def, open }) => `${def.label.en} ${open} (${def.engages?.ends.en})`).join(', ')}. It can be ended after that.`,
    },
    { status: 409, data: { open: Object.fromEntries(engaged.map(({ def, open }) => [def.name, open])) } },
  )
