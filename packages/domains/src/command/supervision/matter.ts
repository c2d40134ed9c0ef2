import { type Problem, refuse, scopeOf, within } from '@guatu/kernel'
import type { TaskSituation } from './task-fields.ts'

/** Who has matters under supervision: the office of the area in which the matter, or the task, stands. */
export const OFFICE = { 'supervision-office': 'area' } as const

/** The matter that a task is of. */
export const MATTER = { items: { record: 'item', at: 'item', sees: [] } } as const

/**
 * The office that answers for a matter gives its tasks, reviews and withdraws them and moves their dates; the office of a county in which a unit
 * lies reads and reminds. What follows from another act, or is judged again for what became known late, was permitted there.
 */
export function notOurs({ act, actor, related, places, today }: TaskSituation): Problem | undefined {
  const matter = related.items?.[0]
  const path = matter && places.path(matter.area, today)
  if (actor.system || actor.grants.length === 0 || (act.cause ?? null) !== null || path === undefined) return undefined
  return within(scopeOf(OFFICE, actor), { path, units: [] })
    ? undefined
    : refuse(
        'matter-of-above',
        {
          zh: '该事项由上级督查室立项交办，其任务的交办、审核、延期、退回和撤回由上级督查室办理：请与其联系；本级可以催办。',
          en: 'The supervision office above filed this matter: it gives, reviews and withdraws its tasks and moves their dates. Contact it; you can remind the unit.',
        },
        { status: 403 },
      )
}
