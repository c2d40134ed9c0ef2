import { readClause } from './clause.ts'
import { SURE } from './confidence.ts'
import { voteDomain } from './domain.ts'
import { type DueMention, findDue } from './facts.ts'
import { isOpen, labelGroup, reasonsOf, URGENCY } from './label.ts'
import { recurrenceIn } from './recurs.ts'
import type { Surroundings } from './register.ts'
import { because } from './rules.ts'
import { clausesIn, ordinalAt } from './sentences.ts'
import type { Stretch, TaskRow } from './tables.ts'
import type { DateMention, Directive, Why } from './types.ts'

/** An action is told in no more letters than this. */
const LONGEST = 120

/**
 * One directive of the rows of a table of tasks that [start, end) touches: what to do from the cells of their tasks, who from the first
 * unit's cell, by when from the first time's cell.
 */
export function labelRows(
  rows: readonly TaskRow[],
  { start, end }: Stretch,
  around: Surroundings,
  units: RegExp | null,
  why: readonly Why[],
) {
  const { text, view } = around
  const cells = rows.map(({ action }) => withoutOrdinal(view, { start: Math.max(action.start, start), end: Math.min(action.end, end) }))
  const unit = rows.find((row) => row.unit !== null)?.unit ?? null
  const due = rows.find((row) => row.due !== null)?.due ?? null
  const field = rows.find((row) => row.field !== null)?.field ?? null
  const [first, ...rest] = cells.flatMap((cell) =>
    clausesIn(view, cell.start, cell.end).map((span, k) => readClause(view, span, k === 0, units)),
  )
  if (first === undefined) throw new RangeError('所选范围没有文字，请重新选择。 / The range holds no text: choose another.')
  const told = unit === null ? first : { ...first, addressee: view.slice(unit.start, unit.end) }
  const headingDomain = (field === null ? null : voteDomain(view.slice(field.start, field.end))?.domain) ?? around.headingDomain
  const group = { clauses: [told, ...rest], why: [...why], inherited: [], leans: [] }
  const read = labelGroup(group, { ...around, headingDomain, cuts: 1 })
  const by = due === null ? null : readDue(due, around)
  const deadline = by?.words ?? read.deadline
  const urgency = by?.urgency ?? read.urgency
  const soft = read.soft && deadline === null
  const reasons = read.why.filter(({ rule }) => (soft || rule !== 'label.soft') && !(by?.words != null && OF_DEADLINE.has(rule)))
  return {
    ...read,
    quote: text.slice(start, end),
    start,
    end,
    action: shortened(cells.map((cell) => text.slice(cell.start, cell.end).replace(/[。；，、;,]+$/, '')).join('；')),
    addressee: unit === null ? read.addressee : text.slice(unit.start, unit.end),
    deadline,
    deadlineDate: by?.words == null ? read.deadlineDate : by.iso,
    urgency,
    soft,
    unsure: read.confidence < SURE || (by === null || by.words === null ? read.unsure : isOpen({ ...by, words: by.words })),
    dates: [...read.dates, ...(by?.dates ?? [])],
    why: [
      ...reasons,
      ...(unit === null ? [] : [because('label.unit', text.slice(unit.start, unit.end))]),
      ...(by?.urgency == null || read.urgency !== null ? [] : [because('label.urgency', by.urgency)]),
      ...(by?.words == null ? [] : [because('label.deadline', by.words)]),
      ...(by === null || by.words === null ? [] : reasonsOf({ ...by, words: by.words })),
    ],
  } satisfies Directive
}

function withoutOrdinal(view: string, cell: Stretch): Stretch {
  const ordinal = ordinalAt(view.slice(cell.start, Math.min(cell.end, cell.start + 12)))
  return ordinal === null || cell.start + ordinal.length >= cell.end ? cell : { start: cell.start + ordinal.length, end: cell.end }
}

function shortened(action: string): string {
  if (action.length <= LONGEST) return action
  const stop = Math.max(...['。', '；', '，'].map((mark) => action.lastIndexOf(mark, LONGEST - 1)))
  return `${action.slice(0, stop > 0 ? stop : LONGEST - 1)}…`
}

/** Rules of a deadline in the words of the task, which the cell of the time overrules. */
const OF_DEADLINE = new Set(['label.deadline', 'label.year', 'label.counted', 'label.open', 'label.recurs'])

/** What goes on for ever has no date. */
const LASTING = /长期|持续|常态|全年|全程|贯穿|每[天日周月]/

interface Due {
  readonly words: string | null
  readonly iso: string | null
  readonly urgency: string | null
  readonly moved: boolean
  readonly counts: DueMention['counts']
  readonly dates: readonly DateMention[]
}

/** The cell of the time: its words are the deadline, but for urgency (立即) and for what has no end. Of several days the last. */
function readDue({ start, end }: Stretch, { text, view, year, month, from }: Surroundings): Due {
  const seen = view.slice(start, end)
  const times = findDue(inWords(seen), year, month, from ?? null)
  const last = times.filter((time) => time.iso !== null).at(-1)
  const urgency = URGENCY.exec(seen)?.[0] ?? null
  const words =
    (times.length === 0 && urgency !== null) || (LASTING.test(seen) && recurrenceIn(seen) === null) ? null : text.slice(start, end)
  const found = words !== null && last !== undefined
  return {
    words,
    iso: found ? last.iso : null,
    urgency,
    moved: found && last.moved,
    counts: found ? last.counts : null,
    dates: found ? [{ quote: words, start, end, iso: last.iso }] : [],
  }
}

/** 2020-02-20, 2.20 and 2月15日至20日 as the day that ends them, in words. */
const inWords = (cell: string): string =>
  cell
    .replace(/(20\d{2})[-./](\d{1,2})[-./](\d{1,2})(?!\d)/g, '$1年$2月$3日')
    .replace(/(20\d{2})[-./](\d{1,2})(?![\d-./])/g, '$1年$2月底')
    .replace(/^(\d{1,2})[./](\d{1,2})(?![\d.])/, '$1月$2日')
    .replace(/(\d{1,2}月)\d{1,2}[日号]?[-—–~～至到]+(\d{1,2}[日号])/g, '$1$2')
