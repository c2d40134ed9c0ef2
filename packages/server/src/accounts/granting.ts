import { type Actor, no, ok, type Problem, problem, type Result } from '@guatu/kernel'
import type { Store } from '../store/store.ts'
import type { NewGrant } from './accounts.ts'
import { invalid } from './problems.ts'
import { isRole } from './roles.ts'

export const DAY = /^\d{4}-\d{2}-\d{2}$/

/** Reads a grant that an administrator wants to give, and refuses one outside what they administer. */
export function readGrant(store: Store, actor: Actor, input: unknown): Result<NewGrant> {
  const { role, area, unit, from, to } = (typeof input === 'object' && input !== null ? input : {}) as Readonly<Record<string, unknown>>
  const { index } = store.areas
  if (typeof role !== 'string' || !isRole(role)) return no(problem('required', { field: { zh: '角色', en: 'role' } }, { path: 'role' }))
  const path = typeof area === 'string' ? index.currentPath(area) : undefined
  if (typeof area !== 'string' || path === undefined) return no(problem('area-not-listed', { area: String(area ?? '') }, { path: 'area' }))
  if (!actor.grants.some((grant) => grant.role === 'administrator' && path.startsWith(grant.path)))
    return no({
      ...problem('outside-jurisdiction'),
      path: 'area',
      message: { zh: '该区划不在您的管理范围内。', en: 'This area lies outside your administration.' },
    })
  if (unit !== undefined && unit !== null && (typeof unit !== 'string' || index.currentPath(unit) === undefined))
    return no(problem('area-not-listed', { area: String(unit) }, { path: 'unit' }))
  for (const [path, day] of [
    ['from', from],
    ['to', to],
  ] as const)
    if (day !== undefined && day !== null && (typeof day !== 'string' || !DAY.test(day)))
      return no(invalid(path, { zh: '日期', en: 'date' }, '请使用YYYY-MM-DD。', 'use YYYY-MM-DD.'))
  if (typeof from === 'string' && typeof to === 'string' && to < from)
    return no(invalid('to', { zh: '截止日期', en: 'last day' }, '不能早于起始日期。', 'it must not lie before the first.'))
  return ok({
    role,
    area,
    ...(typeof unit === 'string' ? { unit } : {}),
    ...(typeof from === 'string' ? { from } : {}),
    ...(typeof to === 'string' ? { to } : {}),
  })
}

/** Administration, audit and operations stay in different hands. */
export function dutiesApart(roles: readonly string[]): Problem | undefined {
  const apart = (['administrator', 'auditor'] as const).find((role) => roles.includes(role) && roles.some((other) => other !== role))
  return apart === undefined
    ? undefined
    : {
        code: 'duties-apart',
        status: 422,
        path: 'role',
        message: {
          zh: '系统管理员、审计员不能兼任其他角色；请先终止原有授权，或另设账号。',
          en: 'A system administrator or auditor holds no other role; end the other grants first or make another account.',
        },
      }
}
