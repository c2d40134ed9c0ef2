import { label } from '@guatu/kernel'

/** What an order says, beside its title and its organ. */
export const CONTENT = [
  'number',
  'measure',
  'basis',
  'basisVersion',
  'reason',
  'scope',
  'areas',
  'sites',
  'start',
  'end',
  'reviewBy',
  'announcement',
  'outings',
  'outingDays',
  'trades',
  'couriers',
  'support',
] as const

/**
 * An order is what was decided: once it has been handed in, neither its content nor a step of it is corrected under the decision. How the decision
 * is written down (who, number, where announced) may be.
 */
const OVER = label(
  '决定已终止，不再更正；仍有需要的请另行草拟。',
  'The order is over and corrected no more; draft another where one is needed.',
)
const DECIDED_ON = label(
  '以批准的内容为准：需要变更的请解除后重新报批，需要延长的请上一级批准延长。',
  'What was approved stands: to change it, lift it and have another decided; to prolong it, the government above approves a longer term.',
)
const INSTEAD = {
  submitted: label('请撤回后重新草拟。', 'Withdraw it and draft it anew.'),
  approved: DECIDED_ON,
  reported: DECIDED_ON,
  inForce: DECIDED_ON,
  refused: OVER,
  lapsed: OVER,
  lifted: OVER,
  withdrawn: OVER,
}
export const STEP = { fields: [], whole: true, instead: INSTEAD } as const
export const PAPER = { fields: ['title', 'organ', ...CONTENT], whole: true, instead: INSTEAD } as const
