import { addresseePattern } from './addressee.ts'
import { readAttributes } from './attributes.ts'
import { closeBlanks, directiveAsGiven } from './blanks.ts'
import { readingView, trimRange } from './characters.ts'
import { readClause } from './clause.ts'
import type { Group } from './groups.ts'
import { labelGroup } from './label.ts'
import { layOut } from './layout.ts'
import { labelRows } from './rows.ts'
import { because } from './rules.ts'
import { clausesIn } from './sentences.ts'
import { findTables } from './tables.ts'
import type { Communique, Directive, DomainCode, LabelContext, Why } from './types.ts'

const EDGE = '，。；：、！？“” \n'

/**
 * Label a piece that a person has cut: the same labels as the reader gives.
 * @throws RangeError where [start, end) holds no text.
 */
export function relabel(text: string, start: number, end: number, context: LabelContext = {}): Directive {
  return labelPiece(text, start, end, context, [because('cut.person')])
}

function labelPiece(text: string, start: number, end: number, context: LabelContext, why: readonly Why[]): Directive {
  const blanks = closeBlanks(text)
  const piece = labelClosed(blanks.text, blanks.closed(start), blanks.closed(end), context, why)
  return directiveAsGiven(piece, text, blanks)
}

function labelClosed(text: string, start: number, end: number, context: LabelContext, why: readonly Why[]): Directive {
  const view = readingView(text)
  const piece = trimPiece(view, start, end)
  if (piece.end <= piece.start) throw new RangeError('所选范围没有文字，请重新选择。 / The range holds no text: choose another.')
  const units = addresseePattern(context.units ?? [])
  const { year, month, from } = readAttributes(text, view, layOut(view), context)
  const around = { text, view, year, month, from, headingDomain: context.headingDomain ?? null }
  const rows = findTables(text, view).rows.filter(({ action }) => action.start < piece.end && piece.start < action.end)
  if (rows.length > 0) return labelRows(rows, piece, around, units, why)
  const clauses = clausesIn(view, piece.start, piece.end).map((span, k) => readClause(view, span, k === 0, units))
  const group: Group = { clauses, why: [...why], inherited: [...(context.inheritedConditions ?? [])], leans: [] }
  return labelGroup(group, around)
}

/** Split the directive that contains `offset` in two, there. The communiqué is returned unchanged where none contains it or a half would be empty. */
export function splitAt(communique: Communique, text: string, offset: number): Communique {
  const index = communique.directives.findIndex((directive) => directive.start < offset && offset < directive.end)
  const directive = communique.directives[index]
  if (directive === undefined) return communique
  const view = readingView(text)
  const left = trimPiece(view, directive.start, offset)
  const right = trimPiece(view, offset, directive.end)
  if (left.end <= left.start || right.end <= right.start) return communique
  const context = surroundings(communique, text, directive)
  const halves = [left, right].map((piece) => labelPiece(text, piece.start, piece.end, context, [because('cut.person')]))
  return { ...communique, directives: [...communique.directives.slice(0, index), ...halves, ...communique.directives.slice(index + 1)] }
}

/** Join directive `index` with the one after it, with whatever text stands between. Unchanged where there is no next one. */
export function joinWithNext(communique: Communique, text: string, index: number): Communique {
  const here = communique.directives[index]
  const next = communique.directives[index + 1]
  if (here === undefined || next === undefined) return communique
  const joined = labelPiece(text, here.start, next.end, surroundings(communique, text, here), [because('join.person')])
  return { ...communique, directives: [...communique.directives.slice(0, index), joined, ...communique.directives.slice(index + 2)] }
}

/** What the reader knew around a directive: the heading above it, conditions it inherited, the year. */
function surroundings(communique: Communique, text: string, directive: Directive): LabelContext {
  const said = readingView(closeBlanks(directive.quote).text)
  const inheritedConditions = directive.conditions.filter((condition) => !said.includes(readingView(condition)))
  const year = communique.meetingDate ?? communique.date
  return {
    headingDomain: headingAbove(communique, text, directive.start),
    inheritedConditions,
    ...(year === null ? {} : { year: Number(year.slice(0, 4)) }),
    ...(communique.meetingDate === null ? {} : { heldOn: communique.meetingDate }),
  }
}

function headingAbove(communique: Communique, text: string, start: number): DomainCode | null {
  let found: DomainCode | null = null
  for (const heading of communique.headings) {
    if (heading.end > start) break
    const between = text.slice(heading.end, start)
    found = between.replace(/^\s+/, '').includes('\n') ? null : heading.domain
  }
  return found
}

function trimPiece(view: string, from: number, to: number): { start: number; end: number } {
  let { start, end } = trimRange(view, Math.max(0, from), Math.min(view.length, to))
  while (start < end && EDGE.includes(view[start] ?? 'x') && view[start] !== '“') start += 1
  while (end > start && EDGE.includes(view[end - 1] ?? 'x') && view[end - 1] !== '”') end -= 1
  return { start, end }
}
