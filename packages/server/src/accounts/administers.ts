import { type Actor, type Problem, problem } from '@guatu/kernel'
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
  const { index } = store.areas
  const beyond = index.wholes().find((path) => !administers(actor, path))
  if (beyond === undefined) return undefined
  const whole = index.name(beyond.split('/').at(-2) ?? '') ?? beyond
  return {
    ...problem('outside-jurisdiction'),
    message: {
      zh: `${action.zh}涉及${whole}全域，超出您的管理范围，请由管理${whole}的系统管理员办理。`,
      en: `This concerns all of ${whole}, more than you administer: ask the system administrator of ${whole} (${action.en}).`,
    },
  }
}
