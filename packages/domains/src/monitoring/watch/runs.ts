import { daysBetween, fill, fullDayWords, type Label, label } from '@guatu/kernel'
import { KINDS } from '../options.ts'
import type { Watch } from './fields.ts'

const RUNS = label(
  '您正在观察中：{kind}，至{until}（还有{days}天）。期满、无发热等症状，由工作人员办理解除。',
  'You are under observation: {kind}, until {until} (days left: {days}). A worker releases you once it is served without fever or signs.',
)

/** What the page of somebody under observation says of it, whatever they declared beside it. */
export function runs({ kind, until }: Pick<Watch, 'kind' | 'until'>, today: string): Label | undefined {
  if (kind === undefined || until === undefined) return undefined
  return fill(RUNS, { kind: KINDS[kind], until: fullDayWords(until), days: Math.max(0, daysBetween(today, until)) })
}
