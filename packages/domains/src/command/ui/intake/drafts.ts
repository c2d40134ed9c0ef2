import type { Act } from '@guatu/client'
import { addDays } from '@guatu/kernel'
import {
  type Communique,
  type Directive,
  DOMAINS,
  INDICATOR_TABLE,
  suggestIndicators,
  suggestUnits,
  type UnitName,
} from '../../communique/index.ts'

/** Days from the meeting to the first due date, by how urgent the words are. A proposal that the clerk changes. */
const FIRST_DUE_DAYS = { urgent: 3, usual: 7 } as const
export const firstDue = (heldOn: string, urgency: string | null): string =>
  addDays(heldOn, urgency === null ? FIRST_DUE_DAYS.usual : FIRST_DUE_DAYS.urgent)

/** Reasons that a directive record keeps at most. */
const MOST_REASONS = 60

/** What of the city is known when something is suggested: the units, and the indicators that it keeps. */
export interface Known {
  readonly units: readonly UnitName[]
  readonly indicators: { has(id: string): boolean }
}

/** Units as a communiqué may name them: without what stands in brackets, without the 市 before it, or by their short names. */
export const unitNames = (
  units: readonly { readonly id: string; readonly name: string; readonly aliases?: readonly string[] }[],
): readonly UnitName[] =>
  units.map(({ id, name, aliases = [] }) => ({
    code: id,
    name: name.replace(/（.*）/, ''),
    aliases: [name.replace(/^市/, ''), ...aliases],
  }))

/** Indicators suggested for a register of work, of those that this city keeps. */
export function suggested(domain: string, { indicators }: Known): readonly string[] {
  const code = DOMAINS.find((one) => one.code === domain)?.code
  return code === undefined ? [] : suggestIndicators(code, INDICATOR_TABLE).filter((id) => indicators.has(id))
}

/** The text as it is kept: one kind of line break, no control characters, no blank edges; all offsets are into this. */
export const cleanText = (raw: string): string =>
  raw
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]|\p{Cs}/gu, '')
    .trim()

/** What a directive record holds of a directive as read, with suggested owner, date and indicators. */
export function directiveInput(one: Directive, order: number, meeting: string, known: Known, from: string): Record<string, unknown> {
  const { lead, assisting, absent } = suggestUnits(one, known.units)
  const read = absent === null ? one : { ...one, unsure: true, why: [...one.why.slice(0, MOST_REASONS - 1), absent] }
  const due = one.deadlineDate ?? firstDue(from, one.urgency)
  const indicators = suggested(one.domain, known)
  return {
    meeting,
    order,
    quote: one.quote,
    start: one.start,
    end: one.end,
    ...labels(read),
    ...(one.soft ? {} : { due }),
    ...(lead ? { lead: lead.code } : {}),
    ...(assisting.length > 0 ? { assisting: assisting.map((unit) => unit.code) } : {}),
    ...(indicators.length > 0 ? { indicators } : {}),
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
  why: one.why.map((why) => `${why.zh} | ${why.en}`).slice(0, MOST_REASONS),
})

/** The acts that save a communiqué as a draft: the meeting and every directive, together. */
export function draftActs(
  text: string,
  read: Communique,
  options: { title: string; heldOn: string; area: string; known: Known; source?: unknown },
): { meeting: string; acts: Act[] } {
  const meeting = crypto.randomUUID()
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
      id: crypto.randomUUID(),
      action: 'draft',
      area,
      input: withoutEmpty(directiveInput(one, i + 1, meeting, options.known, options.heldOn)),
    }),
  )
  return { meeting, acts: [record, ...acts] }
}

/** For a new record: what is not there is not sent. */
export const withoutEmpty = (input: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)))
