import type { Label } from '@guatu/kernel'

/** What waited for a decision or for its announcement until its own end had passed: it limited nobody, and ran out of nothing. */
export const NEVER_IN_FORCE: Label = { zh: '未实施即过期', en: 'Never came into force' }

/** Lapsed orders as filters of their list: those that limited somebody until their end, or those that never did. What is not announced does not act. */
export const lapsed = (acted: boolean) => ({ state: 'lapsed', announcedAt: acted ? 'given' : 'none' })

/** Did this order lapse without ever having come into force? */
export const neverActed = (state: string, fields: Readonly<Record<string, unknown>>): boolean =>
  state === 'lapsed' && typeof fields.announcedAt !== 'string'
