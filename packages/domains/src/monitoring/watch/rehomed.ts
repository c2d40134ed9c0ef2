import type { Follow } from '@guatu/kernel'
import { leftAtHome } from './consequences.ts'
import { OPEN, TASKS } from './entrusted.ts'
import type { WatchSituation } from './fields.ts'

/** What is still to be done for somebody who moves is done where they live now; where no visit comes along, one to those they live with is due. */
export function rehomed(at: WatchSituation): readonly Follow[] {
  const { household } = at.after
  if (household === undefined || household === at.before?.household) return []
  const open = (tasks: keyof typeof TASKS) => (at.related[tasks] ?? []).filter(({ state }) => OPEN.includes(state))
  const moved = (['needs', 'visits'] as const).flatMap((tasks) =>
    open(tasks).map(({ id }): Follow => ({ record: TASKS[tasks].record, recordId: id, action: 'rehome', input: { household } })),
  )
  return open('visits').length > 0 ? moved : [...moved, ...leftAtHome(at)]
}
