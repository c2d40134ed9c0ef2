import { fullDayWords, type Problem, refuse } from '@guatu/kernel'
import { notErased } from '../erased.ts'
import { CLASSES } from '../options.ts'
import { periodOf } from './consequences.ts'
import { OBSERVED, type WatchSituation } from './fields.ts'
import { mayLodge } from './lodging.ts'

/** Entering by hand: nobody twice, a contact with the day of the contact, a room that is free. */
export function mayEnter(at: WatchSituation): Problem | undefined {
  const { after, related, today, act } = at
  const erased = notErased(at)
  if (erased) return erased
  const open = (related.mine ?? []).find((one) => one.id !== act.recordId && OBSERVED.some((state) => state === one.state))
  if (open)
    return refuse(
      'already-observed',
      open.fields.person === after.person
        ? { zh: '此人已在观察中，请打开已有记录。', en: 'This person is under observation already; open the existing record.' }
        : {
            zh: '此人的另一条登记（已合并为同一人）正在观察中，请打开已有观察记录；如合并有误，请先撤销合并。',
            en: 'Another entry of this person, merged with this one, is under observation already; open the existing record, or undo the merging where it was wrong.',
          },
      { status: 409, data: { id: open.id, ...(open.fields.person === after.person ? {} : { person: open.fields.person }) } },
    )
  const suspected = (related.transfers ?? []).some(({ state }) => state === 'suspected')
  const resting = (related.mine ?? []).find(({ state, fields }) => state === 'transferred' && fields.departure === undefined)
  if (suspected && resting)
    return refuse(
      'at-clinic',
      {
        zh: '此人由医疗机构收治（疑似），原观察尚未结束，排除后自动继续，不另行纳入；需要延长或变更的，排除后在原观察办理。',
        en: 'The clinic has this person as suspected, and their observation goes on by itself once they are cleared: no other one opens. Where it is to be longer or of another kind, change it then.',
      },
      { status: 409, data: { record: 'watch', id: resting.id } },
    )
  if (after.class === 'contact' && after.lastContact === undefined)
    return refuse(
      'contact-day-missing',
      {
        zh: '密切接触者从末次无防护接触起算，请填写日期。',
        en: 'The period of a close contact counts from the last unprotected contact; fill in the day.',
      },
      { path: 'input.lastContact' },
    )
  for (const [name, day] of [
    ['lastContact', after.lastContact],
    ['from', after.from],
  ] as const)
    if (day !== undefined && day > today)
      return refuse(
        'day-in-future',
        { zh: `日期${fullDayWords(day).zh}在今天之后，请核对。`, en: `The day ${fullDayWords(day).en} lies in the future; check it.` },
        { path: `input.${name}` },
      )
  return periodOver(at) ?? mayLodge(at)
}

/**
 * What is past is not served, by the day of the entry and not by when it becomes known: an observation that took place is registered late under the
 * day on which it began.
 */
function periodOver(at: WatchSituation): Problem | undefined {
  const { after, today } = at
  const { from, until } = periodOf(at)
  if (until >= today) return undefined
  const { zh, en } = CLASSES[after.class ?? 'other']
  return refuse(
    'period-over',
    {
      zh: `“${zh}”自${fullDayWords(from).zh}起算，观察期${fullDayWords(until).zh}已满，${fullDayWords(today).zh}不再纳入。此后又有接触或到达的，请填写较晚的日期；属于其他管控类别的，请改选类别；当时确已观察、现在补登的，请导入表格，在“发生时间”栏填写当时的纳入时间。`,
      en: `${en}, counted from ${fullDayWords(from).en}: the period ended on ${fullDayWords(until).en}, so nobody is entered on ${fullDayWords(today).en}. Where there was a later contact or arrival, give its day; where another class holds, choose it; an observation that took place then and is registered now comes by a sheet, with the time of entry in the column “Happened at”.`,
    },
    { path: after.class === 'contact' ? 'input.lastContact' : 'input.from', data: { from, until } },
  )
}
