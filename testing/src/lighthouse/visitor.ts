import { defineRecord, f } from '@guatu/kernel'

/** Somebody who comes to a tower: a record with identity, found by keyed hash and erased. */
export const visitor = defineRecord({
  name: 'visitor',
  label: { zh: '访客', en: 'Visitor' },
  at: 'village',
  title: 'name',
  key: ['document'],
  fields: {
    name: f.text({ label: { zh: '姓名', en: 'Name' }, max: 60, sensitive: true, find: 'name' }),
    document: f.code({
      label: { zh: '证件', en: 'Document' },
      pattern: /^[A-Za-z0-9 ]{1,30}$/,
      example: 'P0000001',
      sensitive: true,
      find: 'exact',
      optional: true,
    }),
    phone: f.phone({ label: { zh: '电话', en: 'Phone' }, find: 'exact', optional: true }),
    allergies: f.text({ label: { zh: '过敏', en: 'Allergies' }, max: 200, sensitive: true, optional: true }),
    length: f.count({ label: { zh: '证件位数', en: 'Characters of the document' }, optional: true }),
    nights: f.count({ label: { zh: '住几晚', en: 'Nights' }, optional: true }),
    cameOn: f.date({ label: { zh: '到达日期', en: 'Came on' }, optional: true }),
    lamp: f.record({ label: { zh: '灯塔', en: 'Lamp' }, of: 'lamp', optional: true }),
  },
  states: { here: { zh: '在塔', en: 'Here' }, gone: { zh: '已离开', en: 'Gone' }, erased: { zh: '已删除', en: 'Erased' } },
  actions: {
    arrive: {
      label: { zh: '到达', en: 'Arrive' },
      from: 'new',
      to: 'here',
      by: { 'town-clerk': 'area', 'grid-worker': 'area', 'duty-officer': 'area' },
      needs: ['name'],
      takes: ['document', 'phone', 'allergies', 'nights', 'lamp', 'length'],
      // A plain fact that follows from identity is kept with the act and outlives it.
      completes: ({ document }) => (typeof document === 'string' ? { length: document.length } : {}),
      effect: (_row, act) => ({ cameOn: act.day }),
    },
    update: {
      label: { zh: '更改', en: 'Change' },
      from: ['here', 'gone'],
      to: 'same',
      by: { 'town-clerk': 'area', 'grid-worker': 'area' },
      takes: ['name', 'document', 'phone', 'allergies', 'nights'],
    },
    leave: {
      label: { zh: '离开', en: 'Leave' },
      from: ['here'],
      to: 'gone',
      by: { 'town-clerk': 'area' },
      with: { escort: f.text({ label: { zh: '送行人', en: 'Escort' }, max: 60, sensitive: true, optional: true }) },
    },
    erase: {
      label: { zh: '删除个人信息', en: 'Erase identity' },
      from: ['here', 'gone'],
      to: 'erased',
      by: { 'town-clerk': 'area', 'duty-officer': 'area' },
      erases: true,
    },
  },
  read: { 'county-clerk': 'area', 'town-clerk': 'area', 'grid-worker': 'area', 'duty-officer': 'area', auditor: 'area' },
  // Boatmen and doctors ask for the one who stands before them, and have no list.
  lookUp: { 'gate-officer': 'area', 'health-worker': 'all' },
  reveal: { 'town-clerk': 'area', 'county-clerk': 'area' },
  moves: { 'county-clerk': 'area', 'duty-officer': 'area' },
  sealed: ['erased'],
  list: { columns: ['name', 'document', 'area', 'state', 'nights', 'cameOn'], filters: ['state', 'nights', 'cameOn'], sort: '-cameOn' },
})
