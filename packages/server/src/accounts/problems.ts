import { counted, type Problem, problem, refuse } from '@guatu/kernel'

/** One sentence for every sign-in that fails, whatever the reason: it must not tell whether the account exists. */
export const wrongCredentials = (): Problem =>
  refuse(
    'wrong-credentials',
    { zh: '账号或密码不正确，请核对后重试。', en: 'Account or password is not right; check and try again.' },
    { status: 401 },
  )

export const signOnUnreached = (): Problem =>
  refuse(
    'sign-on-unreached',
    {
      zh: '统一身份认证暂时连接不上，请稍后再试，或用本系统的账号和密码登录。',
      en: "The city's sign-on cannot be reached; try again later, or sign in with account and password.",
    },
    { status: 503 },
  )

/** A sign-on leads back into this application: an address of somebody else's is no failure of the provider. */
export const foreignReturn = (field: string): Problem =>
  refuse(
    'foreign-return',
    {
      zh: `登录后只能返回本系统：${field}应为以“/”开头的本系统地址。`,
      en: `A sign-in leads back to this system only: ${field} must be an address here, beginning with “/”.`,
    },
    { path: field },
  )

export const wrongCode = (): Problem =>
  refuse('wrong-code', { zh: '验证码不正确，请重新输入。', en: 'The code is not right; enter it again.' }, { status: 401 })

export const usedCode = (): Problem =>
  refuse(
    'code-used',
    {
      zh: '这个验证码已经用过，每个只能用一次：请等验证器显示下一个再输入。',
      en: 'This code was used already, and each opens the account once: wait for the next one of the authenticator.',
    },
    { status: 401 },
  )

/** What is left of a lock, in whole minutes, at least one. */
export const minutesOf = (milliseconds: number): number => Math.max(1, Math.ceil(milliseconds / 60_000))

export const locked = (minutes: number): Problem =>
  refuse(
    'account-locked',
    {
      zh: `尝试次数过多，已暂停登录；请${minutes}分钟后再试，或联系系统管理员解锁。`,
      en: `Too many attempts; sign-in is paused. Try again in ${counted(minutes, 'minute')} or ask the system administrator.`,
    },
    { status: 423, data: { minutes } },
  )

export const accountClosed = (): Problem =>
  refuse(
    'account-closed',
    { zh: '该账号已停用，请联系系统管理员。', en: 'This account is closed; ask the system administrator.' },
    { status: 403 },
  )

/** What somebody who is signed in has to do before anything else. */
export type Pending = 'password' | 'second-factor'

const PENDING = {
  password: { zh: '请先在“我的账号”中设置自己的密码。', en: 'First set a password of your own under “My account”.' },
  'second-factor': {
    zh: '您的角色须先在“我的账号”中开通动态验证码。',
    en: 'Your role needs a second factor: set it up under “My account” first.',
  },
} as const

export const pendingProblem = (what: Pending): Problem => refuse(`${what}-needed`, PENDING[what], { status: 403 })

export const crossSite = (): Problem =>
  refuse(
    'cross-site',
    {
      zh: '请求来自其他网站，已拒绝；请在本系统页面内操作。',
      en: 'The request came from another site and was refused; use the pages of this system.',
    },
    { status: 403 },
  )

export const invalid = (path: string, field: { zh: string; en: string }, zh: string, en: string): Problem =>
  problem('invalid', { field, why: { zh, en } }, { path })

export const grantOver = (): Problem =>
  refuse(
    'grant-over',
    { zh: '这项授权已经终止；请重新读取名单。', en: 'This grant is over already; load the list again.' },
    { status: 409 },
  )

export const nothingEnded = (): Problem =>
  refuse(
    'area-not-ended',
    {
      zh: '这项授权的区划没有撤并，不需要改授；要在别处授权，请用“授权”。',
      en: 'The area of this grant has not ended, so there is nothing to grant again; to give rights elsewhere use “Grant”.',
    },
    { status: 409 },
  )
