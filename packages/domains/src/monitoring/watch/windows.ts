import { fullDayWords, instantMs, type ParameterReader, type Problem, refuse, timeOf } from '@guatu/kernel'
import { HALVES, type WatchSituation } from './fields.ts'

/** From when on a half day is read, `HH:MM` in the city. A phone that has not heard of the rule yet holds nobody up; the server does. */
export const opensAt = (parameter: ParameterReader, half: keyof typeof HALVES): string =>
  parameter<string>(`monitoring.reading.opens.${half}`, '00:00')

/**
 * No reading is taken ahead: that of the evening is one of the evening, by when it happened and not by when it arrives. A half day
 * that has passed may still be read or entered.
 */
export function mayRead({ act, parameter, zone }: WatchSituation): Problem | undefined {
  const half = act.input.half === 'evening' ? 'evening' : 'morning'
  const opens = opensAt(parameter, half)
  if (opens <= '00:00') return undefined
  const time = timeOf({ epochMilliseconds: instantMs(act.happenedAt) ?? 0 }, zone)
  if (time >= opens) return undefined
  const { zh, en } = HALVES[half]
  return refuse(
    'reading-too-early',
    {
      zh: `${fullDayWords(act.day).zh}的${zh}测温自${opens}起，发生时间${time}尚早；请到时再测，补录以往读数请填写当时的发生时间。`,
      en: `The ${en.toLowerCase()} reading of ${fullDayWords(act.day).en} is taken from ${opens} on; ${time} is too early. Take it then; to enter an earlier one, give the time at which it happened.`,
    },
    { path: 'input.half', data: { opens } },
  )
}
