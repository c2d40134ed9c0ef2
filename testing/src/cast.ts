import type { Actor } from '@guatu/kernel'

const one = (id: string, name: string, grants: Actor['grants']): Actor => ({ id, name, grants })

/** The cast of all permission tests: named people with the grants that make the sentences read. */
export const cast = {
  dutyOfficer: one('duty', '值班员', [{ role: 'duty-officer', path: '1/' }]),
  countyClerk: one('county', '区县经办', [{ role: 'county-clerk', path: '1/11/', unit: 'hq-11' }]),
  otherCountyClerk: one('county2', '外县经办', [{ role: 'county-clerk', path: '1/12/' }]),
  townClerk: one('town', '镇经办', [{ role: 'town-clerk', path: '1/11/11a/' }]),
  gridWorker: one('grid', '网格员', [{ role: 'grid-worker', path: '1/11/11a/11a1/' }]),
  keeper: one('keeper', '管理单位', [{ role: 'agency-clerk', path: '1/', unit: 'harbour' }]),
  auditor: one('auditor', '审计员', [{ role: 'auditor', path: '1/' }]),
  administrator: one('admin', '系统管理员', [{ role: 'administrator', path: '1/' }]),
  nobody: one('nobody', '无角色', []),
} as const satisfies Record<string, Actor>
