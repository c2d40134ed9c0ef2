import { label } from '@guatu/kernel'

/** What becomes of a row of a pushed list: known here, wrong, missed by us, not ours, or past its period. */
export const OUTCOMES = {
  found: label('已掌握', 'Found'),
  wrong: label('信息有误', 'Wrong data'),
  missed: label('漏排', 'Missed'),
  notResident: label('不在本地', 'Not resident'),
  past: label('已过期限', 'Past the period'),
} as const
export type Outcome = keyof typeof OUTCOMES

/** What an officer decides on a row; the answer that goes back to the sender says the same. */
export const DECISIONS = {
  keep: label('确认在管', 'In hand'),
  refresh: label('按名单更新电话住址', 'Take phone and address over'),
  rename: label('按名单改正姓名', 'Correct the name by the list'),
  enter: label('纳入观察', 'Enter into observation'),
  visit: label('交村核查', 'Have the village look'),
  exempt: label('不需观察', 'No observation needed'),
  passOn: label('转交登记地', 'Pass on to the place of registration'),
  close: label('期满不再观察', 'Period served, nothing left'),
  returned: label('退回发送方', 'Return to the sender'),
} as const
export type Decision = keyof typeof DECISIONS

/** Decisions that an outcome allows; the first is the usual one. */
export const ALLOWED: Readonly<Record<Outcome, readonly Decision[]>> = {
  found: ['keep', 'refresh'],
  wrong: ['returned', 'rename', 'visit'],
  missed: ['enter', 'visit', 'exempt', 'returned'],
  notResident: ['passOn', 'visit', 'returned'],
  past: ['close', 'enter', 'visit'],
}

/** Decisions that stand only with a reason in words. */
export const NEEDS_REASON: readonly Decision[] = ['exempt']

/** What the village found at the door. */
export const FINDINGS = {
  here: label('在本地', 'Lives here'),
  gone: label('已离开', 'Has left'),
  unknown: label('查无此人', 'Nobody of that name'),
} as const
export type Finding = keyof typeof FINDINGS
