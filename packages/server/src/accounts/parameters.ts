import type { ParameterDef, Role } from '@guatu/kernel'
import { inForce, SHIPPED } from '../store/settings/shipped.ts'
import type { Store } from '../store/store.ts'
import { isRole } from './roles.ts'

/** What the rules of accounts take their numbers from; each may be set again from a day on. */
export const ACCOUNT_PARAMETERS = {
  attempts: {
    code: 'accounts.attempts',
    label: { zh: '连续输错密码几次后锁定', en: 'Wrong passwords in a row before the lock' },
    settings: [{ value: 5, instrument: SHIPPED }],
  },
  lockMinutes: {
    code: 'accounts.lockMinutes',
    label: { zh: '锁定时长', en: 'Length of the lock' },
    unit: { zh: '分钟', en: 'minutes' },
    settings: [{ value: 15, instrument: SHIPPED }],
  },
  passwordLength: {
    code: 'accounts.passwordLength',
    label: { zh: '密码最短长度', en: 'Shortest password' },
    unit: { zh: '字符', en: 'characters' },
    settings: [{ value: 10, instrument: SHIPPED }],
  },
  secondFactor: {
    code: 'accounts.secondFactor',
    label: {
      zh: '必须使用动态验证码的角色（统一认证登录的由统一认证自行要求）',
      en: 'Roles that need a second factor (the city’s own sign-on asks for its own)',
    },
    settings: [{ value: [], instrument: SHIPPED }],
  },
} as const satisfies Record<string, ParameterDef>

export interface AccountRules {
  readonly attempts: number
  readonly lockMinutes: number
  readonly passwordLength: number
  readonly secondFactor: readonly Role[]
}

/** The rules in force on the city's today. */
export function accountRules(store: Pick<Store, 'clock' | 'settings'>): AccountRules {
  const value = (def: ParameterDef) => inForce(store, def)
  const roles = value(ACCOUNT_PARAMETERS.secondFactor)
  return {
    attempts: Number(value(ACCOUNT_PARAMETERS.attempts)),
    lockMinutes: Number(value(ACCOUNT_PARAMETERS.lockMinutes)),
    passwordLength: Number(value(ACCOUNT_PARAMETERS.passwordLength)),
    secondFactor: Array.isArray(roles) ? roles.map(String).filter(isRole) : [],
  }
}
