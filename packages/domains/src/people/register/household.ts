import { defineRecord, f, toExpression } from '@guatu/kernel'
import { CARRY, DECIDE, ENTER, KEEP, READ, REVEAL } from '../permits.ts'
import { dissolvable, ENDING, passesEnd } from './dissolving.ts'

/** People who live behind one door. Its members are the persons that name it. */
export const household = defineRecord({
  name: 'household',
  label: { zh: '户', en: 'Household' },
  at: 'village',
  title: 'door',
  fields: {
    door: f.text({
      label: { zh: '门牌（楼栋房号）', en: 'Door' },
      hint: { zh: '例如：3栋2单元501，不写姓名。', en: 'Such as building 3, unit 2, 501; no names.' },
      max: 120,
    }),
    place: f.record({ label: { zh: '小区或楼栋', en: 'Estate or building' }, of: 'place', optional: true }),
    kind: f.choice({
      label: { zh: '户别', en: 'Kind' },
      options: {
        family: { zh: '家庭户', en: 'Family' },
        collective: { zh: '集体户', en: 'Collective' },
        rental: { zh: '出租户', en: 'Rental' },
      },
    }),
    order: f.count({ label: { zh: '走访顺序', en: 'Order on the round' }, optional: true }),
    phone: f.phone({ label: { zh: '联系电话', en: 'Phone' }, find: 'exact', optional: true }),
    residents: f.count({ label: { zh: '常住人数', en: 'Residents' }, optional: true, max: 10_000 }),
    note: f.text({ label: { zh: '备注', en: 'Note' }, max: 300, sensitive: true, multiline: true, optional: true }),
    emptiedBy: f.person({ label: { zh: '因并入而空户', en: 'Empty since merged' }, optional: true }),
  },
  states: { registered: { zh: '在册', en: 'Registered' }, dissolved: { zh: '已注销', en: 'Dissolved' } },
  actions: {
    register: {
      label: { zh: '登记户', en: 'Register' },
      from: 'new',
      to: 'registered',
      by: ENTER,
      offline: true,
      tone: 'main',
      needs: ['door', 'kind'],
      takes: ['place', 'order', 'phone', 'residents', 'note'],
    },
    update: {
      label: { zh: '修改信息', en: 'Change' },
      from: ['registered'],
      to: 'same',
      by: KEEP,
      offline: true,
      takes: ['door', 'kind', 'place', 'order', 'phone', 'residents', 'note'],
    },
    dissolve: {
      label: { zh: '注销', en: 'Dissolve' },
      from: ['registered'],
      to: 'dissolved',
      by: DECIDE,
      tone: 'danger',
      with: { reason: f.text({ label: { zh: '原因', en: 'Reason' }, max: 300 }) },
      related: ENDING,
      guard: dissolvable,
      follows: passesEnd,
    },
    restore: {
      label: { zh: '恢复', en: 'Restore' },
      from: ['dissolved'],
      to: 'registered',
      by: DECIDE,
      effect: () => ({ emptiedBy: null }),
    },
    empty: {
      label: { zh: '空户注销（人员已并入）', en: 'Dissolve: its person was merged' },
      from: ['registered'],
      to: 'dissolved',
      by: {},
      automatic: true,
      needs: ['emptiedBy'],
      related: { passes: ENDING.passes },
      follows: passesEnd,
    },
    refill: {
      label: { zh: '恢复（又有在册人员）', en: 'Restore: somebody lives there again' },
      from: ['dissolved'],
      to: 'registered',
      by: {},
      automatic: true,
      effect: () => ({ emptiedBy: null }),
    },
  },
  read: READ,
  reveal: REVEAL,
  moves: KEEP,
  carried: { fields: ['door', 'place', 'kind', 'order', 'phone', 'residents'], rows: toExpression({ state: 'registered' }), by: CARRY },
  list: {
    columns: ['door', 'area', 'place', 'kind', 'residents', 'order', 'phone', 'state'],
    filters: ['state', 'kind', 'place', 'door'],
    sort: 'door',
  },
  indexes: [['place', 'order']],
})
