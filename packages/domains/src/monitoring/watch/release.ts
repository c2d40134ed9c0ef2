import { addDays, fullDayWords, type Problem, refuse } from '@guatu/kernel'
import type { Watch, WatchSituation } from './fields.ts'

/**
 * What stands against a release on a day: the period is to be served, no signs open, read lately. Each refusal says what is missing, the
 * first names the day. The release notice is printed under the same rule: it says all this of the person.
 * @param days within which a reading must have been taken before
 */
export function notYetReleased(row: Partial<Watch> | undefined, today: string, days: number): Problem | undefined {
  const until = row?.until
  if (until === undefined)
    return refuse('no-period', {
      zh: '尚未确定观察期限，请用“误纳入”作废后重新纳入。',
      en: 'No period is set: void this entry and enter the person anew.',
    })
  if (today < until)
    return refuse(
      'too-early',
      {
        zh: `观察期至${fullDayWords(until).zh}，当日方可解除。`,
        en: `The period ends on ${fullDayWords(until).en}; release on that day, not before.`,
      },
      { data: { until } },
    )
  if (row?.lost === true)
    return refuse('contact-lost', {
      zh: '失访人员不能解除，请先取得联系并测温。',
      en: 'Contact is lost; find the person and take a reading first.',
    })
  if (row?.alarm === true) {
    const on = row.alarmOn === undefined ? undefined : fullDayWords(row.alarmOn)
    return refuse(
      'signs-open',
      {
        zh: `${on?.zh ?? ''}出现发热或症状，排除后方可解除。`,
        en: `Fever or signs${on ? ` on ${on.en}` : ''}; to be cleared before release.`,
      },
      { data: { alarmOn: row.alarmOn } },
    )
  }
  if (row?.transfer !== undefined)
    return refuse(
      'transfer-under-way',
      {
        zh: '此人转诊尚未了结，须由发热门诊排除（或取消转诊）后方可解除。',
        en: 'This person is on the way to the fever clinic; release after the clinic has cleared them, or after the transfer is cancelled.',
      },
      { data: { record: 'transfer', id: row.transfer } },
    )
  if (row?.lastCheckDay === undefined || row.lastCheckDay < addDays(today, -days))
    return refuse('not-read-lately', {
      zh: `解除前${days}天内须有体温读数，请先测温。`,
      en: `A reading within ${days} day(s) before release is needed; take one first.`,
    })
  return undefined
}

/** Whether something of a period is left to serve on a day: its last is that of the release, which is part of it. */
export const isLeft = (until: unknown, day: string): boolean => typeof until === 'string' && until >= day

/** Days before a release within which a reading must have been taken. */
export const RELEASE_READING = 'monitoring.release.reading'

/** Release: nothing stands against it, and the notice is signed. */
export function mayRelease({ before, act, today, parameter }: WatchSituation): Problem | undefined {
  const refused = notYetReleased(before, today, parameter<number>(RELEASE_READING))
  if (refused) return refused
  if (act.input.signed !== true)
    return refuse(
      'notice-not-signed',
      { zh: '解除通知书须由本人签收。', en: 'The release notice must be signed by the person.' },
      { path: 'input.signed' },
    )
  return undefined
}
