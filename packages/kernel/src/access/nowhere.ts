import type { Label } from '../label.ts'
import { type Problem, problem } from '../problem.ts'
import type { Permit } from './roles.ts'
import type { Actor } from './scope.ts'

/** Why a permit reaches nothing for an actor: no role of theirs has it, or one has it for the unit that it works for and none was granted. */
export function nowhere(permit: Permit, actor: Actor, action: Label): Problem {
  const refused = problem('not-allowed', { action })
  if (!actor.grants.some(({ role, unit }) => permit[role] === 'unit' && unit === undefined)) return refused
  return {
    ...refused,
    message: {
      zh: `“${action.zh}”须代表单位办理，您的账号还没有指定单位：请系统管理员在“系统 → 账号”为您的授权选择单位。`,
      en: `“${action.en}” is done for a unit, and your account has none: ask the system administrator to grant it with the unit, under System → Accounts.`,
    },
  }
}
