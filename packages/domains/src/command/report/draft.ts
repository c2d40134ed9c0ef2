import { type Indicator, type Label, type Measure, toExpression } from '@guatu/kernel'
import type { ReportBlock, ReportCell, ReportSource, WordsBlock } from './content.ts'
import { figuresIn } from './content.ts'
import { type Matter, mattersAt, type ReportFacts, type Task } from './facts.ts'
import { Ledger } from './ledger.ts'

const w = (zh: string, en: string): Label => ({ zh, en })

/** What the sections of a report are written into. */
export class Draft {
  readonly facts: ReportFacts
  readonly day: string
  readonly matters: readonly Matter[]
  readonly ledger: Ledger
  readonly #blocks: ReportBlock[] = []

  constructor(facts: ReportFacts, day: string) {
    this.facts = facts
    this.day = day
    this.matters = mattersAt(facts)
    this.ledger = new Ledger(facts.whole.id, day, facts.cutOff)
  }

  get blocks(): readonly ReportBlock[] {
    return this.#blocks
  }

  get tasks(): readonly Task[] {
    return this.matters.flatMap((matter) => matter.tasks)
  }

  unitName(id: string): string {
    return this.facts.units.get(id)?.name ?? id
  }

  heading(level: 1 | 2 | 3, words: Label, sources: readonly ReportSource[] = []): void {
    this.#words('heading', words, sources, { level })
  }

  paragraph(words: Label, sources: readonly ReportSource[]): void {
    this.#words('paragraph', words, sources)
  }

  #words(kind: WordsBlock['kind'], words: Label, sources: readonly ReportSource[], rest: Partial<WordsBlock> = {}): void {
    const figures = [...new Set([...figuresIn(words.zh), ...figuresIn(words.en)])]
    this.#blocks.push({ kind, id: `b${this.#blocks.length + 1}`, words, figures, sources, ...rest })
  }

  table(
    caption: Label,
    columns: readonly Label[],
    rows: readonly { readonly cells: readonly ReportCell[]; readonly sources: readonly ReportSource[] }[],
  ): void {
    if (rows.length > 0) this.#blocks.push({ kind: 'table', id: `b${this.#blocks.length + 1}`, caption, columns, rows })
  }

  /** An indicator of the command domain: a report counts by the very definitions that the books are kept by. */
  indicator(name: string): Indicator {
    const id = `command.${name}`
    const found = this.facts.indicators.get(id)
    if (!found) throw new RangeError(`no indicator ${id}`)
    return found
  }

  /** A command indicator over some tasks only. */
  share(name: string, scope: string, tasks: readonly Task[], where: { readonly area?: string; readonly unit?: string } = {}): string {
    const { label, value, per } = this.indicator(name)
    return this.ledger.count({ indicator: `command.${name}`, label, scope, ...where }, tasks, value, per)
  }

  /** Just its numerator, for sentences and columns that say “of them”. */
  part(
    name: string,
    label: Label,
    scope: string,
    tasks: readonly Task[],
    where: { readonly area?: string; readonly unit?: string } = {},
  ): string {
    return this.ledger.count({ indicator: `command.${name}`, label, scope: `part:${scope}`, ...where }, tasks, this.indicator(name).value)
  }

  issued(scope: string, tasks: readonly Task[], where: { readonly area?: string; readonly unit?: string } = {}): string {
    return this.ledger.count({ indicator: 'report.tasks', label: LABELS.tasks, scope, ...where }, tasks, ISSUED)
  }

  overdue(scope: string, tasks: readonly Task[], where: { readonly area?: string; readonly unit?: string } = {}): string {
    const passes = (one: { readonly state: { readonly id: string } }) => late.has(one.state.id)
    const late = new Set(tasks.filter((task) => task.daysLate > 0).map((task) => task.state.id))
    return this.ledger.count({ indicator: 'report.overdue', label: LABELS.overdue, scope, ...where }, tasks, passes)
  }
}

/** Every task that was given out and not taken back. */
const ISSUED: Measure = {
  type: 'stock',
  record: 'task',
  where: toExpression({ state: ['issued', 'signed', 'reported', 'returned', 'accepted'] }),
}

/** What the parts of what is reported on are. */
export const PARTS = { county: w('区县', 'County'), town: w('乡镇', 'Town') } as const

export const LABELS = {
  matters: w('立项事项', 'Matters filed'),
  closed: w('已销号事项', 'Matters closed'),
  concluded: w('待销号事项', 'Matters to be closed'),
  tasks: w('交办任务', 'Tasks issued'),
  signed: w('已签收', 'Signed for'),
  done: w('已办结', 'Accepted'),
  onTime: w('按期办结', 'On time'),
  red: w('红灯', 'Red'),
  yellow: w('黄灯', 'Yellow'),
  overdue: w('逾期', 'Overdue'),
  daysLate: w('逾期天数', 'Days late'),
  progress: w('进度', 'Progress'),
} as const

export const sourceOf = (draft: Draft, of: Matter | Task): ReportSource =>
  'tasks' in of
    ? { record: 'item', id: of.state.id, name: `${of.number} ${of.content}` }
    : { record: 'task', id: of.state.id, name: `${draft.unitName(of.unit)}：${String(of.state.fields.content ?? '')}` }
