import { defineRecord, f, refuse } from '@guatu/kernel'
import { goesOnThere } from '../watch/entrusted.ts'

const CARE = { 'grid-worker': 'area', 'town-clerk': 'area', 'county-clerk': 'area', 'duty-officer': 'area' } as const

/** A welfare visit 走访 to those left at home when somebody enters observation: who is there, what they lack, what was given. */
export const visit = defineRecord({
  name: 'visit',
  label: { zh: '走访', en: 'Visit' },
  at: 'town',
  entered: { at: 'village' },
  title: 'trigger',
  fields: {
    household: f.record({ label: { zh: '户', en: 'Household' }, of: 'household' }),
    watch: f.record({ label: { zh: '观察', en: 'Observation' }, of: 'watch', optional: true }),
    trigger: f.choice({
      label: { zh: '触发原因', en: 'Because' },
      options: {
        entered: { zh: '家人进入隔离', en: 'Somebody entered observation' },
        again: { zh: '再次走访', en: 'Visit again' },
        asked: { zh: '群众反映', en: 'Asked for' },
      },
    }),
    dueOn: f.date({ label: { zh: '走访时限', en: 'Due' } }),
    worker: f.account({ label: { zh: '包保人', en: 'Worker' }, optional: true }),
    groups: f.list({
      label: { zh: '在家人员', en: 'Those at home' },
      item: f.choice({
        label: { zh: '对象', en: 'Group' },
        options: {
          old: { zh: '孤寡老人', en: 'Old people alone' },
          child: { zh: '未成年人无人照看', en: 'Children without care' },
          disabled: { zh: '残疾人', en: 'Disabled' },
          poor: { zh: '低保特困', en: 'On social assistance' },
          pregnant: { zh: '孕产妇', en: 'Pregnant or newly delivered' },
          none: { zh: '无特殊困难', en: 'Nobody in special need' },
          nobody: { zh: '家中无人', en: 'Nobody at home' },
        },
      }),
      max: 7,
      optional: true,
    }),
    lacks: f.list({
      label: { zh: '需求', en: 'Lacks' },
      item: f.choice({
        label: { zh: '需求', en: 'Lack' },
        options: {
          food: { zh: '食品', en: 'Food' },
          medicine: { zh: '药品', en: 'Medicine' },
          care: { zh: '照料', en: 'Care' },
          money: { zh: '临时救助', en: 'Relief' },
          fields: { zh: '农活', en: 'Farm work' },
          comfort: { zh: '心理疏导', en: 'Comfort' },
        },
      }),
      max: 6,
      optional: true,
    }),
    relief: f.money({ label: { zh: '救助额', en: 'Relief' }, optional: true }),
    note: f.text({ label: { zh: '走访情况', en: 'What was found' }, max: 500, multiline: true, sensitive: true, optional: true }),
    nextOn: f.date({ label: { zh: '下次走访', en: 'Next visit' }, optional: true }),
    doneOn: f.date({ label: { zh: '走访日期', en: 'Visited on' }, optional: true }),
    onTime: f.flag({ label: { zh: '按时', en: 'On time' }, optional: true }),
  },
  states: {
    due: { zh: '待走访', en: 'Due' },
    done: { zh: '已走访', en: 'Visited' },
    cancelled: { zh: '已取消', en: 'Cancelled' },
    lapsed: { zh: '观察已作废', en: 'Observation void' },
    needless: { zh: '户内无其他人员', en: 'Nobody else at home' },
  },
  actions: {
    open: {
      label: { zh: '安排走访', en: 'Arrange' },
      from: 'new',
      to: 'due',
      by: CARE,
      offline: true,
      tone: 'main',
      needs: ['household', 'trigger', 'dueOn'],
      takes: ['watch', 'worker'],
    },
    moveArea: {
      label: { zh: '调整管辖区划', en: 'Move to another area' },
      from: ['due', 'done', 'cancelled', 'lapsed', 'needless'],
      to: 'same',
      by: { 'town-clerk': 'area', 'county-clerk': 'area' },
      ...goesOnThere('visit'),
    },
    assign: {
      label: { zh: '指派', en: 'Assign' },
      from: ['due'],
      to: 'same',
      by: { 'town-clerk': 'area', 'county-clerk': 'area', 'duty-officer': 'area' },
      needs: ['worker'],
      takes: ['dueOn'],
    },
    entrust: {
      label: { zh: '责任人随包保分工变更', en: 'Follow the assignments' },
      from: ['due'],
      to: 'same',
      by: {},
      automatic: true,
      takes: ['worker'],
    },
    rehome: {
      label: { zh: '随户迁移', en: 'Moves along with the person' },
      from: ['due'],
      to: 'same',
      by: {},
      automatic: true,
      foreseen: true,
      needs: ['household'],
    },
    finish: {
      label: { zh: '记录走访', en: 'Visited' },
      from: ['due'],
      to: 'done',
      by: CARE,
      offline: true,
      tone: 'main',
      needs: ['groups'],
      takes: ['lacks', 'relief', 'note', 'nextOn'],
      guard: ({ after, today }) =>
        after.nextOn !== undefined && after.nextOn <= today
          ? refuse('next-not-later', { zh: '下次走访应晚于今天。', en: 'The next visit must lie after today.' }, { path: 'input.nextOn' })
          : undefined,
      effect: (row, act) => ({ doneOn: act.day, onTime: act.day <= (row.dueOn ?? act.day) }),
      follows: ({ after }) =>
        after.nextOn === undefined
          ? []
          : [
              {
                record: 'visit',
                action: 'open',
                input: {
                  household: after.household,
                  trigger: 'again',
                  dueOn: after.nextOn,
                  ...(after.watch === undefined ? {} : { watch: after.watch }),
                  ...(after.worker === undefined ? {} : { worker: after.worker }),
                },
              },
            ],
      settles: {
        fields: ['nextOn'],
        instead: {
          zh: '下次走访已安排，请在那一次走访上改派或取消；本次走访的其他内容可以更正。',
          en: 'The next visit is arranged: reassign or cancel that one. Everything else of this visit may be corrected.',
        },
      },
    },
    cancel: {
      label: { zh: '取消', en: 'Cancel' },
      from: ['due'],
      to: 'cancelled',
      by: CARE,
      needs: ['note'],
    },
    // By the rules, and taken back by them: what somebody cancelled stays cancelled, whatever they wrote.
    lapse: {
      label: { zh: '观察已作废，不再走访', en: 'Nobody was observed: no visit' },
      from: ['due'],
      to: 'lapsed',
      by: {},
      automatic: true,
    },
    spare: {
      label: { zh: '户内无其他人员，不再走访', en: 'Nobody else at home: no visit' },
      from: ['due'],
      to: 'needless',
      by: {},
      automatic: true,
    },
    forget: {
      label: { zh: '删除走访情况（户内已无在册人员）', en: 'Erase what was found: nobody of the register is left' },
      from: ['due', 'done', 'cancelled', 'lapsed', 'needless'],
      to: 'same',
      by: {},
      automatic: true,
      erases: true,
    },
  },
  read: { ...CARE, 'health-worker': 'area', auditor: 'area' },
  reveal: CARE,
  list: {
    columns: ['dueOn', 'household', 'trigger', 'groups', 'lacks', 'worker', 'state', 'area'],
    filters: ['state', 'dueOn', 'trigger', 'worker', 'household', 'watch'],
    sort: 'dueOn',
  },
  indexes: [['worker']],
  carried: {
    fields: ['household', 'watch', 'trigger', 'dueOn', 'worker'],
    rows: { op: 'is', field: 'state', value: 'due' },
    first: (day) => ({ op: 'between', field: 'dueOn', high: day }),
  },
})
