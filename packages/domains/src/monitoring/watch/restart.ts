import { fullDayWords, type Problem, refuse } from '@guatu/kernel'
import { restarted } from './consequences.ts'
import type { WatchSituation } from './fields.ts'

/** Counting again is for an exposure that is known of and asks for more days. Nobody is released sooner by it, nor held for a day to come. */
export function mayRestart(at: WatchSituation): Problem | undefined {
  const { before, after, today } = at
  const from = String(at.act.input.from)
  if (from > today)
    return refuse(
      'day-in-future',
      { zh: `日期${fullDayWords(from).zh}在今天之后，请核对。`, en: `The day ${fullDayWords(from).en} lies in the future; check it.` },
      { path: 'input.from' },
    )
  const asked = String(restarted(at).input.until)
  const until = before?.until ?? ''
  // An exposure is one more ground: it holds beside a later end, as when the positive of a site is found late.
  if (after.class === 'exposed' || asked >= until) return undefined
  return refuse(
    'restart-shorter',
    {
      zh: `自${fullDayWords(from).zh}起算只到${fullDayWords(asked).zh}，早于现期限${fullDayWords(until).zh}；重新计算不能缩短观察期，纳入有误的请用“误纳入”作废后重新纳入。`,
      en: `Counted from ${fullDayWords(from).en} it would end on ${fullDayWords(asked).en}, before ${fullDayWords(until).en}: counting again makes no period shorter. Where the entry was wrong, void it and enter the person anew.`,
    },
    { path: 'input.from', data: { until } },
  )
}
