import type { Draft, RecordState, Relation } from '@guatu/kernel'
import { isShort } from '../pass/number.ts'
import type { fields } from './line.ts'

/**
 * The passes that a line was let through by, by the number on it, as they were at its moment: what the register knows of them, and not what the device
 * believed. A line is judged by them, and refused for none of them.
 */
export const PAPERS = {
  record: 'pass',
  by: 'number',
  through: 'passNumber',
  sees: ['kind', 'validFrom', 'validTo'],
  onward: true,
  atAct: true,
  anew: true,
} as const satisfies Relation<'passNumber'>

/**
 * Was what was shown worth nothing at that moment: stopped, over, or a number that stands on no pass? Of an old short number, which the register may
 * keep under another one, nobody can say that it stands on none.
 */
export function isWorthless(
  { passNumber }: Pick<Draft<typeof fields>, 'passNumber'>,
  papers: readonly RecordState[],
  moment: string,
): boolean {
  if (passNumber === undefined) return false
  return papers.length === 0 ? !isShort(passNumber) : !papers.some((paper) => isGood(paper, moment))
}

const isGood = ({ state, fields: { validFrom, validTo } }: RecordState, moment: string): boolean =>
  state === 'issued' && String(validFrom) <= moment && moment < String(validTo)
