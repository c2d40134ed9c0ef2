import { daysBetween, fill, fullDayWords, type Label, label, type RecordState } from '@guatu/kernel'
import { CLASSES, type ObservedClass } from '../options.ts'
import { isOpen, type Watch } from '../watch/fields.ts'

interface Judged {
  readonly measure?: string | undefined
  readonly until?: string | undefined
  readonly reason?: Label | undefined
  readonly class?: ObservedClass | undefined
  readonly origin?: string | undefined
  readonly heldBack?: boolean | undefined
}

const APPLIES: Readonly<Record<string, Label>> = {
  none: label('这次返巴按规定不需要隔离观察。{reason}', 'For this arrival, by the rules, no observation is needed. {reason}'),
  self: label(
    '按规定请自我监测至{until}（还有{days}天）：每天测量体温，有发热或不适立即报告。{reason}',
    'By the rules watch your own health until {until} (days left: {days}): take your temperature every day, and report fever or signs at once. {reason}',
  ),
  home: label(
    '按规定您需居家观察至{until}（还有{days}天）：请不要外出，工作人员会上门。{reason}',
    'By the rules you stay at home under observation until {until} (days left: {days}): do not go out, a worker will come. {reason}',
  ),
  central: label(
    '按规定您需集中观察至{until}（还有{days}天）：请在住处等候，工作人员会安排您前往集中观察点。{reason}',
    'By the rules you are observed at a central site until {until} (days left: {days}): wait where you live, a worker arranges the way there. {reason}',
  ),
}

const UNCHECKED = label(
  '您申报的内容待工作人员核实，核实前仍按正在执行的要求办理。',
  'A worker checks what you declared; until then what was asked of you before holds.',
)
const BECAUSE = label('理由：{class}（{origin}）。', 'Reason: {class} ({origin}).')
const ON_THE_GROUND = label('理由：{class}。', 'Reason: {class}.')

/**
 * What applies to whoever declared an arrival: the measure, the days still to serve and the reason, in words.
 * @param observation the one that the declaration rests on: while it runs it says what holds, whatever was declared
 */
export function whatApplies(judged: Judged, today: string, observation?: Pick<RecordState, 'state' | 'fields'>): Label | undefined {
  const { kind, until, class: of }: Watch = observation && isOpen(observation) ? observation.fields : {}
  if (kind === undefined || (kind === judged.measure && until === judged.until)) return applies(judged, today)
  const ground = of === undefined ? undefined : fill(ON_THE_GROUND, { class: CLASSES[of] })
  return applies({ measure: kind, until, reason: judged.heldBack ? UNCHECKED : ground }, today)
}

function applies({ measure, until, reason, class: of, origin = '' }: Judged, today: string): Label | undefined {
  const words = measure === undefined ? undefined : APPLIES[measure]
  if (!words) return undefined
  const days = until === undefined ? 0 : Math.max(0, daysBetween(today, until))
  if (measure !== 'none' && days === 0) return undefined
  // The full reason counts days as they were when it was written; whoever comes back reads those that are left.
  const why = measure === 'none' || of === undefined ? (reason ?? label('', '')) : fill(BECAUSE, { class: CLASSES[of], origin })
  return fill(words, { until: until === undefined ? '' : fullDayWords(until), days, reason: why })
}
