import { addDays, type Charge, type DailyDuty, type Draft, defineRecord, type Fields, f, lasting, refuse, where } from '@guatu/kernel'
import { DECIDE, READ } from '../permits.ts'

const fields = {
  account: f.account({
    label: { zh: '责任人账号', en: 'Account' },
    hint: { zh: '分工不产生权限。', en: 'An assignment grants no permission.' },
  }),
  worker: f.text({ label: { zh: '责任人', en: 'Worker' }, max: 60 }),
  phone: f.phone({
    label: { zh: '联系电话', en: 'Phone' },
    hint: { zh: '印在告知书上，供被观察的人联系。', en: 'Printed on notices, for those observed to call.' },
    optional: true,
  }),
  part: f.choice({
    label: { zh: '包保身份', en: 'Part' },
    options: {
      grid: { zh: '网格员', en: 'Grid worker' },
      cadre: { zh: '乡镇（街道）干部', en: 'Town cadre' },
      village: { zh: '村（社区）干部', en: 'Village cadre' },
      doctor: { zh: '家庭医生', en: 'Doctor' },
      police: { zh: '民警', en: 'Police' },
      volunteer: { zh: '志愿者', en: 'Volunteer' },
    },
  }),
  household: f.record({
    label: { zh: '包保的户', en: 'Household' },
    hint: {
      zh: '户和场所都不填，即包保所在的整个村（社区）或乡镇。',
      en: 'With neither a household nor a place, the whole village or town is looked after.',
    },
    of: 'household',
    optional: true,
  }),
  place: f.record({ label: { zh: '包保的场所', en: 'Place' }, of: 'place', optional: true }),
  from: f.date({ label: { zh: '起', en: 'From' } }),
  to: f.date({ label: { zh: '止', en: 'To' }, optional: true }),
  successor: f.account({ label: { zh: '接手账号', en: 'Handed over to' }, optional: true }),
} satisfies Fields

/** What is looked after stays the same when somebody else takes it over. */
const scopeOf = ({ household, place, part }: Draft<typeof fields>) => ({
  ...(part === undefined ? {} : { part }),
  ...(household === undefined ? {} : { household }),
  ...(place === undefined ? {} : { place }),
})

/**
 * Who looks after a household, a place or a whole area, and from when to when (包保). It names an account and grants it nothing:
 * permission is a grant on an area.
 */
export const assignment = defineRecord({
  name: 'assignment',
  label: { zh: '包保分工', en: 'Assignment' },
  at: 'city',
  title: 'worker',
  fields,
  states: { active: { zh: '在岗', en: 'Active' }, ended: { zh: '已结束', en: 'Ended' } },
  actions: {
    assign: {
      label: { zh: '分工', en: 'Assign' },
      from: 'new',
      to: 'active',
      by: DECIDE,
      tone: 'main',
      needs: ['account', 'worker', 'part', 'from'],
      takes: ['phone', 'household', 'place', 'to'],
      guard: ({ after }) =>
        after.to !== undefined && after.from !== undefined && after.to < after.from
          ? refuse(
              'assignment-ends-early',
              { zh: '结束日期早于开始日期，请更正。', en: 'It would end before it begins; correct one of the days.' },
              { path: 'input.to' },
            )
          : undefined,
    },
    update: {
      label: { zh: '修改电话', en: 'Change the phone' },
      from: ['active'],
      to: 'same',
      by: DECIDE,
      takes: ['phone'],
    },
    handOver: {
      label: { zh: '移交', en: 'Hand over' },
      from: ['active'],
      to: 'ended',
      by: DECIDE,
      with: {
        toAccount: f.account({ label: { zh: '接手账号', en: 'Account' } }),
        toWorker: f.text({ label: { zh: '接手人', en: 'Worker' }, max: 60 }),
        toPhone: f.phone({ label: { zh: '接手人电话', en: 'Phone of the worker' }, optional: true }),
      },
      effect: (_row, act) => ({ to: act.day, successor: String(act.input.toAccount) }),
      follows: ({ after, act, today }) => [
        {
          record: 'assignment',
          action: 'assign',
          input: {
            ...scopeOf(after),
            account: act.input.toAccount,
            worker: act.input.toWorker,
            ...(act.input.toPhone === undefined ? {} : { phone: act.input.toPhone }),
            from: today,
          },
        },
      ],
      settles: {
        ...lasting(
          '已由接手人负责；移交有误的，请由接手人再移交回来。',
          'The successor is in charge; where it was handed over by mistake, hand it back.',
        ),
        own: ['toAccount', 'toWorker', 'toPhone'],
      },
    },
    end: {
      label: { zh: '结束', en: 'End' },
      from: ['active'],
      to: 'ended',
      by: DECIDE,
      tone: 'danger',
      effect: (_row, act) => ({ to: act.day }),
    },
    // Also of what has ended since: a move becomes known late, and nothing that somebody did is refused for it.
    movedAway: {
      label: { zh: '该户迁出，结束', en: 'Ended: the household moved away' },
      from: ['active', 'ended'],
      to: 'ended',
      by: {},
      automatic: true,
      with: { on: f.date({ label: { zh: '迁移日期', en: 'Moved on' } }) },
      effect: ({ to }, { input }) => ({ to: to !== undefined && to < String(input.on) ? to : String(input.on) }),
    },
    lapse: { label: { zh: '到期', en: 'Run out' }, from: ['active'], to: 'ended', by: {}, automatic: true },
    resume: { label: { zh: '恢复分工', en: 'Given back' }, from: ['ended'], to: 'active', by: {}, automatic: true },
  },
  read: READ,
  reveal: READ,
  moves: DECIDE,
  list: {
    columns: ['worker', 'phone', 'part', 'area', 'household', 'place', 'from', 'to', 'state'],
    filters: ['state', 'part', 'account', 'household', 'place'],
    sort: '-from',
  },
  indexes: [['account'], ['path', 'household']],
})

/** Whoever was in charge until yesterday is so no more. */
export const assignmentsOver: DailyDuty = {
  name: 'assignment-over',
  record: 'assignment',
  where: (day) => ({
    op: 'every',
    of: [where(assignment, { state: 'active' }), { op: 'between', field: 'to', high: addDays(day, -1) }],
  }),
  act: ({ state, fields }, day) =>
    state === 'active' && fields.to !== undefined && String(fields.to) < day ? { action: 'lapse', input: {} } : undefined,
}

/** Nobody is in charge under an account that nobody works under. */
export const assignmentsHeld: Charge = {
  name: 'assignment-held',
  record: 'assignment',
  account: 'account',
  where: where(assignment, { state: 'active' }),
  act: { action: 'lapse', input: {} },
  back: {
    // Whatever else ends one says the day.
    where: (day) => ({
      op: 'every',
      of: [
        where(assignment, { state: 'ended' }),
        { op: 'some', of: [where(assignment, { to: null }), where(assignment, { to: { from: addDays(day, 1) } })] },
      ],
    }),
    act: { action: 'resume', input: {} },
    same: ['part', 'household', 'place'],
  },
}
