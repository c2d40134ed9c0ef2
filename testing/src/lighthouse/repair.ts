import { defineRecord, f } from '@guatu/kernel'

/** Work on a lamp: what follows from another record's acts. */
export const repair = defineRecord({
  name: 'repair',
  label: { zh: '检修', en: 'Repair' },
  at: 'village',
  title: 'what',
  fields: {
    lamp: f.record({ label: { zh: '灯塔', en: 'Lamp' }, of: 'lamp' }),
    what: f.text({ label: { zh: '内容', en: 'What' }, max: 200, multiline: true }),
    due: f.date({ label: { zh: '期限', en: 'Due' } }),
    hours: f.count({ label: { zh: '工时', en: 'Hours' }, optional: true }),
  },
  states: { open: { zh: '未完成', en: 'Open' }, done: { zh: '已完成', en: 'Done' } },
  actions: {
    order: {
      label: { zh: '派修', en: 'Order' },
      from: 'new',
      to: 'open',
      by: { 'town-clerk': 'area', 'duty-officer': 'area' },
      needs: ['lamp', 'what', 'due'],
    },
    finish: {
      label: { zh: '完成', en: 'Finish' },
      from: ['open'],
      to: 'done',
      by: { 'town-clerk': 'area', 'grid-worker': 'area' },
      needs: ['hours'],
    },
  },
  read: { 'county-clerk': 'area', 'town-clerk': 'area', 'duty-officer': 'area', auditor: 'area' },
  list: { columns: ['what', 'area', 'state', 'due'], filters: ['state', 'due'], sort: '-due' },
})
