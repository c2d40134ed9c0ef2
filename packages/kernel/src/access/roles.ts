import type { Label } from '../label.ts'

/** Who works with the system. What a role may do is said by each action; where, by the grant (area or unit). */
export const ROLES = {
  leader: { zh: '市领导', en: 'City leader' },
  'duty-officer': { zh: '指挥部值班员', en: 'HQ duty officer' },
  'supervision-office': { zh: '督查室', en: 'Supervision office' },
  'agency-clerk': { zh: '部门经办员', en: 'Agency clerk' },
  'county-clerk': { zh: '区县经办员', en: 'County clerk' },
  'town-clerk': { zh: '乡镇经办员', en: 'Town clerk' },
  'grid-worker': { zh: '网格员', en: 'Grid worker' },
  'gate-officer': { zh: '卡口值守员', en: 'Gate officer' },
  'health-worker': { zh: '医务人员', en: 'Health worker' },
  auditor: { zh: '审计员', en: 'Auditor' },
  administrator: { zh: '系统管理员', en: 'System administrator' },
} as const satisfies Record<string, Label>

export type Role = keyof typeof ROLES

/**
 * How far a role reaches within one grant: the records whose place lies in the granted area, those and what stands right at an area that contains
 * it (an order of the county holds in its towns), the records that name the granted unit, either of area and unit, or, whatever area was granted,
 * all of them. `all` is for what is everybody's: what was announced, and entering whoever stands there.
 */
export type Reach = 'all' | 'area' | 'area-and-above' | 'unit' | 'area-or-unit'

/** Who may, and how far. */
export type Permit = Readonly<Partial<Record<Role, Reach>>>
