import type { Problem } from '@guatu/kernel'

export const NEEDS_NETWORK: Problem = {
  code: 'offline',
  status: 0,
  message: { zh: '首次登录需要网络；请在有信号的地方再试。', en: 'Signing in needs the network; try again where there is a signal.' },
}

export const OTHER_WORKER: Problem = {
  code: 'other-worker',
  status: 409,
  message: {
    zh: '这部手机上还有另一位工作人员未移交的记录，请稍后再试或联系管理员。',
    en: 'Work of somebody else lies unsent on this phone; try again later or ask the administrator.',
  },
}
