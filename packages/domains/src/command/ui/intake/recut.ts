import type { Act, Row } from '@guatu/client'
import { type Directive, joinWithNext, type LabelContext, NOTHING_READ, recurrenceOf, relabel, splitAt } from '../../communique/index.ts'
import { directiveInput, firstDue, type Known, labels, suggested, withoutEmpty } from './drafts.ts'

const range = (row: Row) => ({ start: Number(row.fields.start), end: Number(row.fields.end) })
const contextOf = ({ units }: Known, heldOn: string): LabelContext => ({ units, headingDomain: null, heldOn })
const textsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : [])
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
const union = (...lists: readonly (readonly string[])[]): string[] => [...new Set(lists.flat())]
/** Between what two orders say of one thing. */
const BETWEEN = '；'

/** Cuts a directive in two at a place in the text; undefined when there is nothing to cut. What a hand wrote on the card stays. */
export function splitActs(text: string, row: Row, offset: number, order: number, known: Known, heldOn: string): Act[] | undefined {
  const { start, end } = range(row)
  if (offset <= start || offset >= end) return undefined
  const whole = relabel(text, start, end, contextOf(known, heldOn))
  const [left, right] = splitAt({ ...NOTHING_READ, meetingDate: heldOn, directives: [whole] }, text, offset).directives
  if (!left || !right) return undefined
  const [mine, rest] = shared(row, whole, left, right)
  const given = Object.fromEntries(
    ['due', 'lead', 'assisting'].flatMap((name) => (row.fields[name] === undefined ? [] : [[name, row.fields[name]]])),
  )
  const indicators = (domain: unknown) =>
    choseIndicators(row, known) ? textsOf(row.fields.indicators) : suggested(textOf(domain) ?? '', known)
  return [
    revise(row, left, { ...mine, indicators: orNull(indicators(mine.domain)) }),
    {
      record: 'directive',
      id: crypto.randomUUID(),
      action: 'draft',
      area: row.area,
      input: withoutEmpty({
        ...directiveInput(right, order, String(row.fields.meeting), known, heldOn),
        ...rest,
        ...given,
        indicators: indicators(rest.domain),
      }),
    },
  ]
}

/** What the two halves take of the card: where it says something else than its words read, a hand wrote it, and both keep that. */
function shared(row: Row, whole: Directive, left: Directive, right: Directive) {
  const own = textOf(row.fields.action) ?? whole.action
  const [first = own, ...more] = own.split(BETWEEN)
  // Written by hand, it stays where it is, but for a second order that it names.
  const actions =
    own === whole.action.slice(0, 300) ? [left.action, right.action] : [first, more.length > 0 ? more.join(BETWEEN) : right.action]
  const domain = textOf(row.fields.domain) ?? whole.domain
  const soft = row.fields.soft === true
  return ([left, right] as const).map((half, i) => ({
    action: (actions[i] ?? half.action).slice(0, 300),
    domain: domain === whole.domain ? half.domain : domain,
    soft: soft === whole.soft ? half.soft : soft,
  })) as [Taken, Taken]
}

interface Taken {
  readonly action: string
  readonly domain: string
  readonly soft: boolean
}

/**
 * Makes one directive of two neighbours. Its action names both orders; the first stays the lead, and the lead of the second assists; of two dates that
 * were said or set the earlier holds; it is soft only where both are.
 */
export function joinActs(text: string, row: Row, next: Row, known: Known, heldOn: string): Act[] | undefined {
  const both = [row, next].map((one) => relabel(text, range(one).start, range(one).end, contextOf(known, heldOn)))
  const [joined] = joinWithNext({ ...NOTHING_READ, meetingDate: heldOn, directives: both }, text, 0).directives
  if (!joined) return undefined
  const [a, b] = [row.fields, next.fields]
  const lead = textOf(a.lead) ?? textOf(b.lead)
  const assisting = union(textsOf(a.assisting), b.lead === undefined ? [] : [String(b.lead)], textsOf(b.assisting)).filter(
    (unit) => unit !== lead,
  )
  const actions = union([String(a.action), String(b.action)])
  const said = (name: 'urgency' | 'deadline' | 'addressee', most: number) =>
    union([a[name], b[name]].flatMap((one) => textOf(one) ?? []))
      .join(BETWEEN)
      .slice(0, most) || null
  return [
    revise(row, joined, {
      action: actions.join(BETWEEN).slice(0, 300),
      domain: String(a.domain),
      conditions: orNull(union(textsOf(a.conditions), textsOf(b.conditions), joined.conditions).slice(0, 20)),
      urgency: said('urgency', 60),
      deadline: said('deadline', 120),
      addressee: said('addressee', 120),
      soft: a.soft === true && b.soft === true,
      prohibition: a.prohibition === true || b.prohibition === true,
      lead: lead ?? null,
      assisting: orNull(assisting.slice(0, 40)),
      due: dueOfBoth(row, next, heldOn) ?? null,
      indicators: orNull(union(textsOf(a.indicators), textsOf(b.indicators)).slice(0, 20)),
    }),
    { record: 'directive', id: next.id, action: 'drop', version: next.version, input: {} },
  ]
}

/** The first date that a program proposed for want of one yields to whatever the words or a hand said. */
function dueOfBoth(row: Row, next: Row, heldOn: string): string | undefined {
  const dues = [row, next].flatMap(({ fields }) => {
    const due = textOf(fields.due)
    return due === undefined
      ? []
      : [
          {
            due,
            proposed:
              (fields.deadline === undefined || recurrenceOf(textOf(fields.deadline)) !== null) &&
              due === firstDue(heldOn, textOf(fields.urgency) ?? null),
          },
        ]
  })
  const said = dues.filter((one) => !one.proposed)
  return (said.length > 0 ? said : dues).map((one) => one.due).sort()[0]
}

/** Were the indicators of a card chosen by hand? */
export const choseIndicators = (row: Row, known: Known): boolean =>
  textsOf(row.fields.indicators).join() !== suggested(String(row.fields.domain), known).join()

const orNull = (list: readonly string[]) => (list.length > 0 ? list : null)

const revise = (row: Row, one: Directive, kept: Readonly<Record<string, unknown>>): Act => ({
  record: 'directive',
  id: row.id,
  action: 'revise',
  version: row.version,
  input: { ...labels(one), quote: one.quote, start: one.start, end: one.end, ...kept },
})
