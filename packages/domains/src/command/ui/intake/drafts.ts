import type { Act, Row } from '@guatu/client'
import { newId } from '@guatu/client'
import { addDays } from '@guatu/kernel'
import {
  type Communique,
  type Directive,
  joinWithNext,
  type LabelContext,
  NOTHING_READ,
  relabel,
  splitAt,
  suggestUnits,
  type UnitName,
} from '../../communique/index.ts'

/** Days from the meeting to the first due date, by how urgent the words are. A proposal that the clerk changes. */
const FIRST_DUE_DAYS = { urgent: 3, usual: 7 } as const

/** The text as it is kept: one kind of line break, no control characters, no blank edges; all offsets are into this. */
export const cleanText = (raw: string): string =>
  raw
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]|\p{Cs}/gu, '')
    .trim()

/** What a directive record holds of a directive as read, with suggested owner and date. */
export function directiveInput(
  one: Directive,
  order: number,
  meeting: string,
  units: readonly UnitName[],
  from: string,
): Record<string, unknown> {
  const { lead, assisting } = suggestUnits(one, units)
  const due = one.deadlineDate ?? addDays(from, one.urgency === null ? FIRST_DUE_DAYS.usual : FIRST_DUE_DAYS.urgent)
  return {
    meeting,
    order,
    quote: one.quote,
    start: one.start,
    end: one.end,
    ...labels(one),
    ...(one.soft ? {} : { due }),
    ...(lead ? { lead: lead.code } : {}),
    ...(assisting.length > 0 ? { assisting: assisting.map((unit) => unit.code) } : {}),
  }
}

/** Labels as fields; what is not there is emptied, so that a relabelled piece keeps nothing of the old one. */
export const labels = (one: Directive): Record<string, unknown> => ({
  action: one.action.slice(0, 300),
  domain: one.domain,
  conditions: one.conditions,
  urgency: one.urgency,
  deadline: one.deadline,
  addressee: one.addressee,
  soft: one.soft,
  prohibition: one.prohibition,
  unsure: one.unsure,
  why: one.why.map((why) => `${why.zh} | ${why.en}`).slice(0, 60),
})

/** The acts that save a communiqué as a draft: the meeting and every directive, together. */
export function draftActs(
  text: string,
  read: Communique,
  options: { title: string; heldOn: string; area: string; units: readonly UnitName[]; source?: unknown },
): { meeting: string; acts: Act[] } {
  const meeting = newId()
  const { area } = options
  const record: Act = {
    record: 'meeting',
    id: meeting,
    action: 'record',
    area,
    input: {
      title: options.title,
      heldOn: options.heldOn,
      text,
      ...(read.body ? { body: read.body } : {}),
      ...(read.session === null ? {} : { session: read.session }),
      ...(read.chair ? { chair: read.chair } : {}),
      ...(options.source ? { source: options.source } : {}),
    },
  }
  const acts = read.directives.map(
    (one, i): Act => ({
      record: 'directive',
      id: newId(),
      action: 'draft',
      area,
      input: compact(directiveInput(one, i + 1, meeting, options.units, options.heldOn)),
    }),
  )
  return { meeting, acts: [record, ...acts] }
}

const compact = (input: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)))

const range = (row: Row) => ({ start: Number(row.fields.start), end: Number(row.fields.end) })
const contextOf = (row: Row, units: readonly UnitName[]): LabelContext => ({
  units,
  headingDomain: null,
  year: Number(String(row.fields.due ?? '').slice(0, 4)) || 2020,
})

/** Cuts a directive in two at a place in the text; undefined when there is nothing to cut. */
export function splitActs(
  text: string,
  row: Row,
  offset: number,
  order: number,
  units: readonly UnitName[],
  heldOn: string,
): Act[] | undefined {
  const { start, end } = range(row)
  if (offset <= start || offset >= end) return undefined
  const cut = splitAt({ ...NOTHING_READ, directives: [relabel(text, start, end, contextOf(row, units))] }, text, offset)
  const [left, right] = cut.directives
  if (!left || !right) return undefined
  return [
    revise(row, left),
    {
      record: 'directive',
      id: newId(),
      action: 'draft',
      area: row.area,
      input: compact({
        ...directiveInput(right, order, String(row.fields.meeting), units, heldOn),
        due: row.fields.due ?? null,
        lead: row.fields.lead ?? null,
        assisting: row.fields.assisting ?? null,
      }),
    },
  ]
}

/** Makes one directive of two neighbours. */
export function joinActs(text: string, row: Row, next: Row, units: readonly UnitName[]): Act[] | undefined {
  const both = [row, next].map((one) => relabel(text, range(one).start, range(one).end, contextOf(one, units)))
  const [joined] = joinWithNext({ ...NOTHING_READ, directives: both }, text, 0).directives
  return joined ? [revise(row, joined), { record: 'directive', id: next.id, action: 'drop', version: next.version, input: {} }] : undefined
}

const revise = (row: Row, one: Directive): Act => ({
  record: 'directive',
  id: row.id,
  action: 'revise',
  version: row.version,
  input: { ...labels(one), quote: one.quote, start: one.start, end: one.end },
})
