import { addDays, type Problem, refuse } from '@guatu/kernel'
import type { WatchSituation } from './fields.ts'

/** Release: the period is served, no signs, read lately, and the notice is signed. Each refusal says what is missing, the first names the day. */
export function mayRelease({ before, act, today, parameter }: WatchSituation): Problem | undefined {
  const until = before?.until
  if (until === undefined)
    return refuse('no-period', { zh: '尚未确定观察期限，请先更正纳入信息。', en: 'No period is set; correct the entry first.' })
  if (today < until)
    return refuse(
      'too-early',
      { zh: `观察期至${until}，当日方可解除。`, en: `The period ends on ${until}; release on that day, not before.` },
      { data: { until } },
    )
  if (before?.lost === true)
    return refuse('contact-lost', {
      zh: '失访人员不能解除，请先取得联系并测温。',
      en: 'Contact is lost; find the person and take a reading first.',
    })
  if (before?.alarm === true)
    return refuse(
      'signs-open',
      {
        zh: `${before.alarmOn ?? ''}出现发热或症状，排除后方可解除。`,
        en: `Fever or signs on ${before.alarmOn ?? ''}; to be cleared before release.`,
      },
      { data: { alarmOn: before.alarmOn } },
    )
  const days = parameter<number>('monitoring.release.reading')
  if (before?.lastCheckDay === undefined || before.lastCheckDay < addDays(today, -days))
    return refuse('not-read-lately', {
      zh: `解除前${days}天内须有体温读数，请先测温。`,
      en: `A reading within ${days} day(s) before release is needed; take one first.`,
    })
  if (act.input.signed !== true)
    return refuse(
      'notice-not-signed',
      { zh: '解除通知书须由本人签收。', en: 'The release notice must be signed by the person.' },
      { path: 'input.signed' },
    )
  return undefined
}
