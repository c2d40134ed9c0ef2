import { type AnyRecord, type Problem, refuse } from '@guatu/kernel'
import { holdersOf } from './lookers.ts'
import type { Workspace } from './workspace.ts'

/** What is open about a record, wherever it stands: nobody may be made unknown to those who still have to look after them. */
export async function heldBy(work: Workspace, { name }: AnyRecord, id: string): Promise<Problem | undefined> {
  for (const { def, of, states } of holdersOf(work.registry, name)) {
    const open = (await work.where(def, of, [id])).some(({ state, fields }) => fields[of] === id && states.includes(state))
    if (open) return stillOpen(def)
  }
  return undefined
}

const stillOpen = ({ label, holds }: AnyRecord): Problem =>
  refuse(
    'still-needed',
    {
      zh: `还有未办结的“${label.zh}”，${holds?.ends?.zh ?? '办结'}之后才能删除个人信息。`,
      en: `Something is still open (${label.en.toLowerCase()}): identity can be erased when it is ${holds?.ends?.en ?? 'closed'}.`,
    },
    { status: 409 },
  )
