import {
  addDays,
  type Cell,
  type DerivedColumn,
  type DomainEvent,
  dayOf,
  daysBetween,
  effective,
  erase,
  type Label,
  type Lang,
  label,
  type RecordState,
  steps,
  timeOf,
} from '@guatu/kernel'
import { need } from '../care/need.ts'
import { transfer } from '../care/transfer.ts'
import { SYMPTOMS } from '../options.ts'
import { HALVES, OBSERVED } from './fields.ts'
import { watch } from './watch.ts'

/** What was captured of one observation, and how those who measured are called. */
export interface LogFacts {
  readonly state: string
  /** Its acts, corrections among them. */
  readonly events: readonly DomainEvent[]
  readonly needs: readonly RecordState[]
  readonly transfers: readonly RecordState[]
  /** Day of the city, `YYYY-MM-DD`, to which it is written while the observation goes on. */
  readonly today: string
  readonly zone: string
  readonly lang: Lang
  nameOf(actor: string): string
}

export const LOG_TITLE: Label = label('逐日监测记录', 'Daily log of one observation')

/** Columns of the log with their widths in characters. */
export const LOG_COLUMNS: readonly Pick<DerivedColumn, 'label' | 'width' | 'format'>[] = [
  { label: label('第n天', 'Day'), width: 7 },
  { label: label('日期', 'Date'), width: 12 },
  { label: label('上午体温', 'Morning temperature'), width: 10, format: '0.0' },
  { label: label('上午时间', 'Morning time'), width: 10 },
  { label: label('下午体温', 'Evening temperature'), width: 10, format: '0.0' },
  { label: label('下午时间', 'Evening time'), width: 10 },
  { label: label('症状', 'Symptoms'), width: 16 },
  { label: label('用药', 'Medication'), width: 14 },
  { label: label('生活需求', 'Needs'), width: 20 },
  { label: label('处置', 'Handling'), width: 24 },
  { label: label('测量人', 'Measured by'), width: 26 },
]

/** What stands above it, by field: who is observed, and how. */
export const LOG_ABOVE = {
  person: ['name', 'sex', 'documentNumber', 'phone', 'address'],
  watch: ['household', 'kind', 'class', 'from', 'until', 'site', 'room', 'worker', 'state'],
} as const

const NONE = label('无', 'none')
/** Acts on an observation beside its readings that say what was done about somebody. */
const TOLD: readonly string[] = [
  'enter',
  'begin',
  'unask',
  'reopen',
  'serve',
  'shift',
  'leave',
  'comeBack',
  'restart',
  'release',
  'confirm',
  'transfer',
  'die',
  'void',
]
/** Tasks that are none of the household's daily life. */
const NO_NEED: readonly unknown[] = ['tell', 'find']

/** The log of an observation, a row for each day from the entry to its end: nobody fills it in, it follows from readings, acts, needs and transfers. */
export function dailyLog(facts: LogFacts): readonly (readonly Cell[])[] {
  const acts = effective(facts.events)
  const first = acts[0]?.day
  if (first === undefined) return []
  const over = !(OBSERVED as readonly string[]).includes(facts.state)
  const last = over ? (acts.findLast((act) => TOLD.includes(act.action) || act.action === 'check')?.day ?? first) : facts.today
  const began = startsOf(facts.events)
  const rows: (readonly Cell[])[] = []
  for (let day = first; day <= last; day = addDays(day, 1))
    rows.push(
      rowOf(
        facts,
        day,
        acts.filter((act) => act.day === day),
        began(day),
      ),
    )
  return rows
}

/** The day from which the period counted on a day: a period that began anew counts anew. */
function startsOf(events: readonly DomainEvent[]): (day: string) => string | undefined {
  const known = steps(erase(watch), events).flatMap(({ event, after }) =>
    typeof after.fields.from === 'string' ? [{ day: event.day, from: after.fields.from }] : [],
  )
  return (day) => known.findLast((one) => one.day <= day)?.from
}

function rowOf(facts: LogFacts, day: string, acts: readonly DomainEvent[], began: string | undefined): readonly Cell[] {
  const { lang } = facts
  const checks = acts.filter((act) => act.action === 'check')
  const all = (field: string) =>
    together(
      checks.map((check) => written(check.input[field])),
      lang,
    )
  const half = (name: keyof typeof HALVES) => {
    const read = checks.filter((check) => (check.input.half === 'evening' ? 'evening' : 'morning') === name)
    const times = read.map((check) => timeOf(Temporal.Instant.from(check.happenedAt), facts.zone))
    const degrees = read.map((check) => Number(check.input.temperature))
    return [
      degrees.length === 1
        ? (degrees[0] ?? null)
        : together(
            degrees.map((one) => one.toFixed(1)),
            lang,
          ),
      together(times, lang),
    ]
  }
  return [
    began === undefined || began > day ? null : daysBetween(began, day) + 1,
    day,
    ...half('morning'),
    ...half('evening'),
    symptomsOf(checks, lang),
    all('medication'),
    needsOf(facts, day, checks),
    together(
      [...checks.map((check) => written(check.input.handling)), ...acts.map((act) => actWords(act, lang)), ...transfersOf(facts, day)],
      lang,
    ),
    measuredBy(facts, checks),
  ]
}

const written = (value: unknown): string => (typeof value === 'string' ? value : '')
const together = (words: readonly string[], lang: Lang): Cell =>
  [...new Set(words.filter((one) => one !== ''))].join(lang === 'zh' ? '；' : '; ') || null
const optionOf = (options: Readonly<Record<string, Label>>, key: unknown, lang: Lang): string => options[String(key)]?.[lang] ?? ''

/** Signs of the day; whoever was read and had none has none. */
function symptomsOf(checks: readonly DomainEvent[], lang: Lang): Cell {
  const named = checks.flatMap(({ input }) => (Array.isArray(input.symptoms) ? input.symptoms : []))
  return (
    together(
      named.map((one) => optionOf(SYMPTOMS, one, lang)),
      lang,
    ) ?? (checks.length > 0 ? NONE[lang] : null)
  )
}

/** What was asked for on the day, and what became of it; a wish said at a reading is a task of the same words. */
function needsOf({ needs, zone, lang }: LogFacts, day: string, checks: readonly DomainEvent[]): Cell {
  const opened = needs.filter(
    ({ fields, createdAt }) => !NO_NEED.includes(fields.kind) && dayOf(Temporal.Instant.from(createdAt), zone) === day,
  )
  const wishes = checks.map(({ input }) => written(input.wants)).filter((wish) => !opened.some(({ fields }) => fields.text === wish))
  const words = opened.map(({ fields, state }) => {
    const what = written(fields.text) || optionOf(need.fields.kind.options ?? {}, fields.kind, lang)
    return bracketed(what, need.states[state as keyof typeof need.states]?.[lang] ?? state, lang)
  })
  return together([...words, ...wishes], lang)
}

function transfersOf({ transfers, lang }: LogFacts, day: string): readonly string[] {
  return transfers
    .filter(({ fields }) => fields.openedOn === day)
    .map(({ fields, state }) => {
      const where = written(fields.clinic)
      const what = lang === 'zh' ? `转诊${where}` : ['Transfer', where].filter(Boolean).join(' ')
      return bracketed(what, transfer.states[state as keyof typeof transfer.states]?.[lang] ?? state, lang)
    })
}

const bracketed = (what: string, more: string, lang: Lang) => (lang === 'zh' ? `${what}（${more}）` : `${what} (${more.toLowerCase()})`)

function actWords({ action, input }: DomainEvent, lang: Lang): string {
  if (!TOLD.includes(action)) return ''
  const words = erase(watch).actions[action]?.label[lang] ?? action
  const to = written(input.exitTo)
  return to === '' ? words : `${words}${lang === 'zh' ? '：' : ': '}${to}`
}

/** Who took the readings of the day and how, by half day where not the same person took both. */
function measuredBy({ nameOf, lang }: LogFacts, checks: readonly DomainEvent[]): Cell {
  const how = watch.actions.check.with?.how?.options ?? {}
  const words = ({ actor, input }: DomainEvent) =>
    input.how === undefined || input.how === 'worker' ? nameOf(actor) : bracketed(nameOf(actor), optionOf(how, input.how, lang), lang)
  if (new Set(checks.map(words)).size <= 1) return together(checks.map(words), lang)
  const halves = Map.groupBy(checks, ({ input }) => optionOf(HALVES, input.half, lang))
  return together(
    [...halves].map(
      ([half, taken]) => `${half}${lang === 'zh' ? '：' : ': '}${[...new Set(taken.map(words))].join(lang === 'zh' ? '、' : ', ')}`,
    ),
    lang,
  )
}
