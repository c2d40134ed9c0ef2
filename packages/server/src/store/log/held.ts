import { type AnyRecord, type Problem, refuse } from '@guatu/kernel'
import type { Workspace } from './workspace.ts'

/** What is open about a record, wherever it stands: nobody may be made unknown to those who still have to look after them. */
export async function heldBy(work: Workspace, id: string): Promise<Problem | undefined> {
  for (const def of work.registry.records.values()) {
    const { holds } = def
    if (!holds) continue
    const open = (await work.where(def, holds.of, [id])).some(
      ({ state, fields }) => fields[holds.of] === id && holds.states.includes(state),
    )
    if (open) return stillOpen(def)
  }
  return undefined
}

const stillOpen = ({ label }: AnyRecord): Problem =>
  refuse(
    'still-needed',
    {
      zh: `还有未办结的“${label.zh}”，办结之后才能删除个人信息。`,
      en: `Something is still open (${label.en.toLowerCase()}): identity can be erased when it is closed.`,
    },
    { status: 409 },
  )
