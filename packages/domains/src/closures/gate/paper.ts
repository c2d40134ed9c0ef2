import { ERASED, plateNumber, type RecordState, type Relation } from '@guatu/kernel'
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
  sees: ['kind', 'validFrom', 'validTo', 'plate'],
  onward: true,
  atAct: true,
  anew: true,
} as const satisfies Relation<'passNumber'>

interface Line {
  readonly passNumber?: string | undefined
  readonly direction?: 'in' | 'out' | undefined
  readonly plate?: string | undefined
}

/**
 * Was what was shown worth nothing at that moment: stopped, over, for a vehicle with another plate, or a number that stands on no pass? Of an old short number, which the register may
 * keep under another one, nobody can say that it stands on none.
 */
export function isWorthless({ passNumber, direction = 'out', plate }: Line, papers: readonly RecordState[], moment: string): boolean {
  if (passNumber === undefined) return false
  return papers.length === 0 ? !isShort(passNumber) : !papers.some((paper) => isGood(paper, moment, direction) && !isOthers(paper, plate))
}

function isGood({ state, fields: { kind, validFrom, validTo } }: RecordState, moment: string, direction: 'in' | 'out'): boolean {
  const isHome = comesHome(KINDS.find((one) => one === kind) ?? 'vehicle', direction)
  const stands = state === 'issued' || (isHome && state === 'expired')
  return stands && String(validFrom) <= moment && (isHome || moment < String(validTo))
}

/** Is it the pass of a vehicle with another plate than the one that was seen? Where either was erased nobody can say so. */
const isOthers = ({ fields: { kind, plate } }: RecordState, seen: string | undefined): boolean =>
  kind === 'vehicle' && [plate, seen].every((one) => typeof one === 'string' && one !== ERASED) && formOf(plate) !== formOf(seen)

const formOf = (plate: unknown): string => plateNumber(String(plate))
