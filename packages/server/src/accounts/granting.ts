import {
  type Actor,
  fullDayWords,
  isDay,
  type Label,
  no,
  ok,
  type Problem,
  problem,
  type Result,
  ROLES,
  type Role,
  refuse,
  today,
} from '@guatu/kernel'
import type { Store } from '../store/store.ts'
import { endedArea } from './ended-area.ts'
import { invalid } from './problems.ts'
import { isRole } from './roles.ts'

export interface NewGrant {
  readonly role: Role
  readonly area: string
  readonly unit?: string
  /** First and last day, `YYYY-MM-DD`; from the beginning and open where left out. */
  readonly from?: string
  readonly to?: string
}

/** Roles that act for one unit and for nothing else. */
const UNIT_ROLES: readonly Role[] = ['agency-clerk']

/**
 * What is wrong with the unit of a grant: one that is not in the register now, one that does not lie in the granted area, or none where the role
 * works for one. Who may give rights in an area gives none over a unit elsewhere by naming that area.
 */
function unitFault(store: Store, { role, area, unit }: Pick<NewGrant, 'role' | 'area' | 'unit'>): Problem | undefined {
  if (unit === undefined) return UNIT_ROLES.includes(role) ? unitMissing(ROLES[role]) : undefined
  const view = store.areas.tree.asOf(today(store.clock))
  const found = view.get(unit)
  if (found?.level !== 'unit') return unitUnknown(unit)
  return view.contains(area, unit) ? undefined : unitElsewhere(found.name, view.get(area)?.name ?? area, view.parent(unit)?.name ?? '')
}

/** What is wrong with the area or the unit of a grant. */
export const grantFault = (store: Store, grant: NewGrant): Problem | undefined => areaFault(store, grant) ?? unitFault(store, grant)

/** A grant that reaches beyond the end of its area: where it goes on is for somebody to choose, as what took the place may be more. */
function areaFault(store: Store, { area, from = '', to }: NewGrant): Problem | undefined {
  const ended = endedArea(store, area)
  const now = today(store.clock)
  if (!ended || ended.day > (from > now ? from : now) || (to !== undefined && to < ended.day)) return undefined
  const { index } = store.areas
  const successors = ended.successors.map((one) => one.area)
  const names = successors.map((one) => index.name(one) ?? one)
  return refuse(
    'grant-area-ended',
    {
      zh: `“${index.name(area) ?? area}”自${fullDayWords(ended.day).zh}起已撤并${names.length > 0 ? `，现为：${names.join('、')}` : ''}。请在现行区划授权；此人在该区划已有授权的，请用“改授”。`,
      en: `“${index.name(area) ?? area}” is no more since ${fullDayWords(ended.day).en}${names.length > 0 ? `; in its place: ${names.join(', ')}` : ''}. Grant an area of today; a grant that they have there already is given again under “Grant again”.`,
    },
    { path: 'area', data: { area, successors } },
  )
}

const unitMissing = (role: Label): Problem =>
  refuse(
    'unit-missing',
    {
      zh: `“${role.zh}”为一个单位办事：请选择单位（命令行用 --unit）；名册里没有的，先在“区划 → 单位和网格”登记，或用 guatu areas import FILE --units 导入。`,
      en: `An account with the role “${role.en}” works for one unit: choose it (--unit at the command line). One that is not in the register is recorded first, under Areas → Units and grids, or with guatu areas import FILE --units.`,
    },
    { path: 'unit' },
  )

export const unitUnknown = (unit: string): Problem =>
  refuse(
    'unit-not-listed',
    {
      zh: `名册里现在没有单位“${unit}”：请核对名称或编号；尚未登记的，先在“区划 → 单位和网格”登记，或用 guatu areas import FILE --units 导入。`,
      en: `There is no unit “${unit}” in the register now: check its name or id. One that is not recorded yet is recorded first, under Areas → Units and grids, or with guatu areas import FILE --units.`,
    },
    { path: 'unit' },
  )

const unitElsewhere = (unit: string, area: string, above: string): Problem =>
  refuse(
    'unit-outside-area',
    {
      zh: `“${unit}”不在“${area}”内（属“${above}”）：请选择“${area}”的单位；确为该单位办事的，由管理“${above}”的系统管理员以该区划授权。`,
      en: `“${unit}” does not lie in “${area}” but in “${above}”: choose a unit of “${area}”. For somebody who works for that unit, the system administrator of “${above}” grants that area.`,
    },
    { path: 'unit' },
  )

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
  if (unit !== undefined && unit !== null && typeof unit !== 'string') return no(unitUnknown(String(unit)))
  for (const [path, day] of [
    ['from', from],
    ['to', to],
  ] as const)
    if (day !== undefined && day !== null && (typeof day !== 'string' || !isDay(day)))
      return no(invalid(path, { zh: '日期', en: 'date' }, '请使用日历上的一天，写作YYYY-MM-DD。', 'use a day of the calendar, YYYY-MM-DD.'))
  if (typeof from === 'string' && typeof to === 'string' && to < from)
    return no(invalid('to', { zh: '截止日期', en: 'last day' }, '不能早于起始日期。', 'it must not lie before the first.'))
  const grant = {
    role,
    area,
    ...(typeof unit === 'string' ? { unit } : {}),
    ...(typeof from === 'string' ? { from } : {}),
    ...(typeof to === 'string' ? { to } : {}),
  }
  const fault = grantFault(store, grant)
  return fault ? no(fault) : ok(grant)
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
