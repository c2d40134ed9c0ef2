import { defineRecord, f, toExpression } from '@guatu/kernel'
import { CARRY, DECIDE, ENTER, KEEP, LOOK_UP, READ, REVEAL } from '../permits.ts'

/** Where people live, meet or pass: a building, an estate, a venue, a gate or road post. */
export const place = defineRecord({
  name: 'place',
  label: { zh: '场所', en: 'Place' },
  at: 'city',
  title: 'name',
  alike: { by: ['name', 'kind', 'within'], not: ['closed'] },
  fields: {
    name: f.text({ label: { zh: '名称', en: 'Name' }, max: 120 }),
    kind: f.choice({
      label: { zh: '类别', en: 'Kind' },
      options: {
        building: { zh: '楼栋', en: 'Building' },
        estate: { zh: '小区', en: 'Estate' },
        venue: { zh: '重点场所', en: 'Venue' },
        gate: { zh: '小区卡口', en: 'Gate post' },
        road: { zh: '道路卡口', en: 'Road post' },
      },
    }),
    within: f.record({ label: { zh: '所属场所', en: 'Part of' }, of: 'place', optional: true }),
    address: f.text({ label: { zh: '地址', en: 'Address' }, max: 200, optional: true }),
    position: f.geoPoint({ label: { zh: '位置', en: 'Position' }, optional: true }),
    contact: f.text({ label: { zh: '联系人', en: 'Contact' }, max: 60, sensitive: true, optional: true }),
    phone: f.phone({ label: { zh: '联系电话', en: 'Phone' }, find: 'exact', optional: true }),
  },
  states: { open: { zh: '在用', en: 'In use' }, closed: { zh: '停用', en: 'Out of use' } },
  actions: {
    register: {
      label: { zh: '登记场所', en: 'Register' },
      from: 'new',
      to: 'open',
      by: ENTER,
      offline: true,
      tone: 'main',
      needs: ['name', 'kind'],
      takes: ['within', 'address', 'position', 'contact', 'phone'],
    },
    update: {
      label: { zh: '修改信息', en: 'Change' },
      from: ['open'],
      to: 'same',
      by: KEEP,
      offline: true,
      takes: ['name', 'kind', 'within', 'address', 'position', 'contact', 'phone'],
    },
    close: {
      label: { zh: '停用', en: 'Take out of use' },
      from: ['open'],
      to: 'closed',
      by: DECIDE,
      tone: 'danger',
      with: { reason: f.text({ label: { zh: '原因', en: 'Reason' }, max: 300 }) },
    },
    reopen: { label: { zh: '恢复使用', en: 'Take into use again' }, from: ['closed'], to: 'open', by: DECIDE },
  },
  read: READ,
  lookUp: LOOK_UP,
  reveal: REVEAL,
  moves: DECIDE,
  // Whoever stands at a gate says at which.
  carried: {
    fields: ['name', 'kind', 'within', 'address', 'position'],
    rows: toExpression({ state: 'open' }),
    by: [...CARRY, 'gate-officer'],
  },
  list: {
    columns: ['name', 'kind', 'area', 'within', 'address', 'state'],
    filters: ['state', 'kind', 'name', 'within'],
    sort: 'name',
  },
})
