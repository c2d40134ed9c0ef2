import type { Board } from '@guatu/client'
import type { Label } from '@guatu/kernel'

export type Day = Board['series'][number]['days'][number]

const POINTS: Label = { zh: '个百分点', en: ' pp' }
const NUMBERS: Label = { zh: 'zh-CN', en: 'en-GB' }

export const numberOf = (value: number, lang: keyof Label): string => value.toLocaleString(NUMBERS[lang])

/** The change of a figure with its sign and an arrow: colour alone says nothing. A ratio changes by percentage points, which are no percent of it. */
export function changeOf(now: Day | undefined, before: Day | undefined, lang: keyof Label): string {
  if (!now || !before) return '—'
  const rate = (day: Day) => (day.per === undefined ? day.stock : day.per === 0 ? 0 : Math.round((day.stock / day.per) * 100))
  const change = rate(now) - rate(before)
  const points = now.per === undefined ? '' : POINTS[lang]
  return change === 0 ? `→ 0${points}` : `${change > 0 ? '▲ +' : '▼ −'}${numberOf(Math.abs(change), lang)}${points}`
}
