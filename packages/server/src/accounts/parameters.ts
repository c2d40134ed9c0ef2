import { today as cityToday, type ParameterDef, type Registry, type Role, settingAt } from '@guatu/kernel'
import type { Store } from '../store/store.ts'
import { isRole } from './roles.ts'

const SHIPPED = { zh: '系统初始设置', en: 'Shipped setting' }

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
    label: { zh: '必须使用动态验证码的角色', en: 'Roles that need a second factor' },
    settings: [{ value: [], instrument: SHIPPED }],
  },
} as const satisfies Record<string, ParameterDef>

/** The registry with these parameters in it, so that they are shown and set like all others. */
export const withAccountParameters = (registry: Registry): Registry => ({
  ...registry,
  parameters: new Map<string, ParameterDef>([
    ...registry.parameters,
    ...Object.values(ACCOUNT_PARAMETERS).map((def) => [def.code, def] as const),
  ]),
})

export interface AccountRules {
  readonly attempts: number
  readonly lockMinutes: number
  readonly passwordLength: number
  readonly secondFactor: readonly Role[]
}

/** The rules in force on the city's today. */
export function accountRules(store: Pick<Store, 'clock' | 'settings'>): AccountRules {
  const day = cityToday(store.clock)
  const value = (def: ParameterDef) => settingAt([...def.settings, ...store.settings.of(def.code)], day)?.value
  const roles = value(ACCOUNT_PARAMETERS.secondFactor)
  return {
    attempts: Number(value(ACCOUNT_PARAMETERS.attempts)),
    lockMinutes: Number(value(ACCOUNT_PARAMETERS.lockMinutes)),
    passwordLength: Number(value(ACCOUNT_PARAMETERS.passwordLength)),
    secondFactor: Array.isArray(roles) ? roles.map(String).filter(isRole) : [],
  }
}
