import { type Actor, type Problem, problem, today } from '@guatu/kernel'
import type { Store } from '../store/store.ts'

/** Whether an area lies in what somebody administers; one that never was lies nowhere. */
export const administers = (actor: Actor, path: string | undefined): boolean =>
  path === undefined || actor.grants.some((grant) => grant.role === 'administrator' && path.startsWith(grant.path))

/**
 * What holds for all areas at once (parameters, reforms, boundaries) is for whoever administers all of them: the administrator of one county
 * changes nothing for the others. Undefined where the actor may.
 *
 * @param action what is refused otherwise
 */
export function administersAll(store: Store, actor: Actor, action: Problem['message']): Problem | undefined {
  if (!actor.grants.some(({ role }) => role === 'administrator')) return problem('not-allowed', { action })
  const view = store.areas.tree.asOf(today(store.clock))
  const wholes = view.roots().map((root) => {
    // A province of which only one city is kept stands above it for its name alone.
    let whole = root
    for (let below = view.children(whole.id); below.length === 1 && below[0] !== undefined; below = view.children(whole.id))
      whole = below[0]
    return whole
  })
  const beyond = wholes.find(({ id }) => !administers(actor, view.path(id)))
  if (beyond === undefined) return undefined
  return {
    ...problem('outside-jurisdiction'),
    message: {
      zh: `${action.zh}涉及${beyond.name}全域，超出您的管理范围，请由管理${beyond.name}的系统管理员办理。`,
      en: `This concerns all of ${beyond.name}, more than you administer: ask the system administrator of ${beyond.name} (${action.en}).`,
    },
  }
}
