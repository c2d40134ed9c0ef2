import { addDays, dayWords, type Label } from '@guatu/kernel'
import { type Draft, LABELS, sourceOf } from '../draft.ts'
import { type Matter, type Task, textOf } from '../facts.ts'
import { clause, join } from '../words.ts'
import { daysLate, reasons } from './matters.ts'

const w = (zh: string, en: string): Label => ({ zh, en })
/** Days ahead that count as “next”: until about the next meeting. */
const AHEAD = 7
/** Matters that a sentence names before it says how many more there are. */
const NAMED = 10

const each = (draft: Draft) => draft.matters.flatMap((matter) => matter.tasks.map((task) => ({ matter, task })))
const both = (draft: Draft, list: readonly { readonly matter: Matter; readonly task: Task }[]) =>
  list.flatMap(({ matter, task }) => [sourceOf(draft, matter), sourceOf(draft, task)])

/** 三、滞后任务及原因: one table, the longest overdue first. */
export function delays(draft: Draft): void {
  draft.heading(1, w('滞后任务及原因', 'What is late, and why'))
  const late = each(draft)
    .filter(({ task }) => task.daysLate > 0 || task.light === 'red')
    .sort((a, b) => b.task.daysLate - a.task.daysLate || (a.matter.number < b.matter.number ? -1 : 1))
  if (late.length === 0) {
    draft.paragraph(w('截至目前没有逾期和红灯任务。', 'No task is overdue or red.'), [])
    return
  }
  const units = [...new Set(late.map(({ task }) => draft.unitName(task.unit)))]
  draft.paragraph(
    w(
      `逾期和红灯任务共涉及${units.slice(0, 8).join('、')}${units.length > 8 ? '等' : ''}，逐件列表如下。`,
      `Overdue and red tasks lie with ${units.slice(0, 8).join(', ')}${units.length > 8 ? ' and others' : ''}; each is listed below.`,
    ),
    both(draft, late),
  )
  draft.table(
    w('滞后任务', 'Late tasks'),
    [w('事项', 'Matter'), w('单位', 'Unit'), w('时限', 'Due'), LABELS.daysLate, w('原因', 'Why')],
    late.map((one) => lateRow(draft, one)),
  )
}

function lateRow(draft: Draft, { matter, task }: { readonly matter: Matter; readonly task: Task }) {
  const unit = draft.unitName(task.unit)
  const why = plain(draft, reasons(draft, task))
  return {
    cells: [
      { text: w(clause(matter.content), clause(matter.content)) },
      { text: w(unit, unit) },
      { text: dayWords(task.due) },
      { figure: daysLate(draft, task) },
      { text: why },
    ],
    sources: [sourceOf(draft, matter), sourceOf(draft, task)],
  }
}

/** Figures of a table cell stand in it as text; the figure itself stays in the report with its events. */
function plain(draft: Draft, words: Label): Label {
  const values = new Map(draft.ledger.figures.map((one) => [one.id, String(one.value)]))
  const fill = (text: string) => text.replace(/\{(f\d+)\}/g, (_, id: string) => values.get(id) ?? '')
  return w(fill(words.zh), fill(words.en))
}

/** 四、需要研究解决的问题: what only the meeting or its leaders can settle. */
export function decisions(draft: Draft): void {
  draft.heading(1, w('需要研究解决的问题', 'For decision'))
  const all = each(draft)
  const asked = all.filter(({ task }) => task.open && textOf(task.state, 'extensionTo') !== undefined)
  const troubled = all.filter(({ task }) => task.state.state !== 'accepted' && textOf(task.state, 'problems') !== undefined)
  const waiting = draft.matters.filter((matter) => matter.state.state === 'concluded')
  for (const one of troubled) {
    const unit = draft.unitName(one.task.unit)
    const said = clause(textOf(one.task.state, 'problems') ?? '')
    const matter = clause(one.matter.content)
    draft.paragraph(w(`关于“${matter}”，${unit}反映：${said}。`, `“${matter}”: ${unit} reports: ${said}.`), both(draft, [one]))
  }
  for (const one of asked) {
    const unit = draft.unitName(one.task.unit)
    const to = dayWords(textOf(one.task.state, 'extensionTo') ?? '')
    const why = clause(textOf(one.task.state, 'extensionReason') ?? '')
    const matter = clause(one.matter.content)
    draft.paragraph(
      w(`${unit}申请将“${matter}”延至${to.zh}，理由：${why}。请研究。`, `${unit} asks to extend “${matter}” to ${to.en}: ${why}.`),
      both(draft, [one]),
    )
  }
  if (waiting.length > 0) {
    const names = waiting.map((matter) => clause(matter.content))
    draft.paragraph(
      w(`以下事项已全部办结，提请销号：${names.join('；')}。`, `All done, to be closed by the leaders: ${names.join('; ')}.`),
      waiting.map((matter) => sourceOf(draft, matter)),
    )
  }
  if (troubled.length + asked.length + waiting.length === 0)
    draft.paragraph(w('目前各单位没有提请研究的问题。', 'No unit has asked for a decision.'), [])
}

/** 五、下一步工作: what falls due, what has to be chased, signed and reviewed. */
export function nextSteps(draft: Draft): void {
  draft.heading(1, w('下一步工作', 'Next steps'))
  const all = each(draft)
  const until = addDays(draft.day, AHEAD)
  const list = (tasks: typeof all, by: string) => [...new Set(tasks.map(({ task }) => draft.unitName(task.unit)))].join(by)
  const say = (tasks: typeof all, words: (figure: string) => Label, name: string, label: Label) => {
    if (tasks.length === 0) return
    const ids = new Set(tasks.map(({ task }) => task.state.id))
    const figure = draft.ledger.count({ indicator: `report.${name}`, label, scope: 'all' }, draft.tasks, ({ state }) => ids.has(state.id))
    draft.paragraph(words(figure), both(draft, tasks))
  }
  const late = all.filter(({ task }) => task.daysLate > 0)
  say(
    late,
    (n) =>
      w(
        `督促逾期的{${n}}件任务尽快办结，责任单位：${list(late, '、')}。`,
        `Overdue tasks to be pressed for ({${n}}): ${list(late, ', ')}.`,
      ),
    'nextOverdue',
    LABELS.overdue,
  )
  const unsigned = all.filter(({ task }) => task.state.state === 'issued')
  say(
    unsigned,
    (n) =>
      w(
        `督促尚未签收的{${n}}件任务立即签收，责任单位：${list(unsigned, '、')}。`,
        `Tasks to be signed for ({${n}}): ${list(unsigned, ', ')}.`,
      ),
    'unsigned',
    w('未签收', 'Not signed for'),
  )
  const soon = all.filter(({ task }) => task.open && task.daysLate === 0 && task.due <= until)
  const to = dayWords(until)
  const matters = [...new Map(soon.map(({ matter }) => [matter.state.id, matter])).values()]
  const named = matters.slice(0, NAMED).map((matter) => {
    const due = dayWords(textOf(matter.state, 'due') ?? until)
    return w(
      `${clause(matter.content)}（${draft.unitName(matter.lead)}，${due.zh}）`,
      `${clause(matter.content)} (${draft.unitName(matter.lead)}, ${due.en})`,
    )
  })
  const rest = matters.length > named.length ? w(`等${matters.length}项`, ` and ${matters.length - named.length} more`) : w('', '')
  const soonest = join(named, '；', '; ')
  say(
    soon,
    (n) =>
      w(`${to.zh}前到期的任务{${n}}件，请按期办结：${soonest.zh}${rest.zh}。`, `Tasks due by ${to.en} ({${n}}): ${soonest.en}${rest.en}.`),
    'dueSoon',
    w('即将到期', 'Due soon'),
  )
  const handed = all.filter(({ task }) => task.state.state === 'reported')
  say(
    handed,
    (n) => w(`审核已反馈待审核的{${n}}件任务。`, `Tasks handed in, to be reviewed: {${n}}.`),
    'toReview',
    w('待审核', 'To be reviewed'),
  )
  if (late.length + unsigned.length + soon.length + handed.length === 0)
    draft.paragraph(w('继续跟踪在办事项，有新进展及时报告。', 'Keep following the matters in hand.'), [])
}
