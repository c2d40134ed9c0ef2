import type { RecordState, Relation } from '@guatu/kernel'
import { comesHome } from '../pass/check.ts'
import { isShort } from '../pass/number.ts'
import { KINDS } from '../pass/ticket.ts'

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

interface Line {
  readonly passNumber?: string | undefined
  readonly direction?: 'in' | 'out' | undefined
}

/**
 * Was what was shown worth nothing at that moment: stopped, over, or a number that stands on no pass? Of an old short number, which the register may
 * keep under another one, nobody can say that it stands on none.
 */
export function isWorthless({ passNumber, direction = 'out' }: Line, papers: readonly RecordState[], moment: string): boolean {
  if (passNumber === undefined) return false
  return papers.length === 0 ? !isShort(passNumber) : !papers.some((paper) => isGood(paper, moment, direction))
}

function isGood({ state, fields: { kind, validFrom, validTo } }: RecordState, moment: string, direction: 'in' | 'out'): boolean {
  const isHome = comesHome(KINDS.find((one) => one === kind) ?? 'vehicle', direction)
  const stands = state === 'issued' || (isHome && state === 'expired')
  return stands && String(validFrom) <= moment && (isHome || moment < String(validTo))
}
