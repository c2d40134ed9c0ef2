import type { Label } from '@guatu/kernel'
import type { ReportMeeting } from '../content.ts'
import { type Draft, LABELS, PARTS, sourceOf } from '../draft.ts'
import type { Task } from '../facts.ts'
import { clause, momentWords } from '../words.ts'

const w = (zh: string, en: string): Label => ({ zh, en })

/** What the meetings are called in a sentence. */
export function meetingsWords(meetings: readonly ReportMeeting[]): Label {
  const first = meetings[0]
  if (!first) return w('有关会议', 'the meetings')
  if (meetings.length === 1) return w(`“${first.title}”`, `“${first.title}”`)
  return w(`“${first.title}”等${meetings.length}次会议`, `“${first.title}” and ${meetings.length - 1} other meeting(s)`)
}

/** 一、总体情况: how many were filed, issued, signed, accepted, in time, and how many stand red; by county and by lead unit. */
export function overview(draft: Draft): void {
  const { ledger, matters, tasks, facts } = draft
  const at = momentWords(facts.cutOff, facts.zone)
  const met = meetingsWords(facts.meetings)
  draft.heading(1, w('总体情况', 'Overview'))
  const filed = ledger.count({ indicator: 'report.matters', label: LABELS.matters, scope: 'all' }, matters, () => true)
  const closed = ledger.count(
    { indicator: 'report.closed', label: LABELS.closed, scope: 'all' },
    matters,
    ({ state }) => state.state === 'closed',
  )
  const concluded = ledger.count(
    { indicator: 'report.concluded', label: LABELS.concluded, scope: 'all' },
    matters,
    ({ state }) => state.state === 'concluded',
  )
  const issued = draft.issued('all', tasks)
  const signed = draft.share('signed', 'all', tasks)
  const done = draft.share('tasksDone', 'all', tasks)
  const onTime = draft.share('onTime', 'all', tasks)
  const red = draft.share('tasksRed', 'all', tasks)
  const yellow = draft.share('tasksYellow', 'all', tasks)
  const overdue = draft.overdue('all', tasks)
  const sources = [
    ...facts.meetings.map(({ id, title }) => ({ record: 'meeting' as const, id, name: title })),
    ...matters.map((matter) => sourceOf(draft, matter)),
  ]
  draft.paragraph(
    w(
      `截至${at.zh}，${met.zh}部署事项共立项{${filed}}项，交办任务{${issued}}件。其中待销号{${concluded}}项，已销号{${closed}}项。签收率{${signed}}，办结率{${done}}，按期办结率{${onTime}}。`,
      `As of ${at.en}, from ${met.en}: matters filed {${filed}}, tasks issued {${issued}}, matters waiting to be closed {${concluded}}, closed {${closed}}. Signed for: {${signed}}; accepted: {${done}}; of these on time: {${onTime}}.`,
    ),
    sources,
  )
  const reds = matters.filter((matter) => matter.tasks.some((task) => task.light === 'red'))
  const named = reds.slice(0, 5).map((matter) => clause(matter.content))
  const more = reds.length > named.length ? w('等', ' and others') : w('', '')
  draft.paragraph(
    w(
      `红灯任务{${red}}件，黄灯任务{${yellow}}件，逾期{${overdue}}件。${named.length > 0 ? `红灯主要涉及：${named.join('；')}${more.zh}。` : ''}`,
      `Red tasks: {${red}}, yellow: {${yellow}}, overdue: {${overdue}}.${named.length > 0 ? ` Red above all: ${named.join('; ')}${more.en}.` : ''}`,
    ),
    reds.flatMap((matter) => [
      sourceOf(draft, matter),
      ...matter.tasks.filter((task) => task.light === 'red').map((task) => sourceOf(draft, task)),
    ]),
  )
  wholeFigures(draft)
  parts(draft)
  leads(draft)
}

/** Headline figures of all that is reported on, from the books. */
function wholeFigures(draft: Draft): void {
  const { facts, ledger } = draft
  const values = facts.values.filter(({ indicator, area }) => area === facts.whole.id && facts.indicators.get(indicator)?.headline === true)
  if (values.length === 0) return
  const parts = values.map((value) => {
    const { indicator } = value
    const label = facts.indicators.get(indicator)?.label ?? w(indicator, indicator)
    const figure = ledger.fromBooks(value, `${indicator}@city`, label)
    return w(`${label.zh}{${figure}}`, `${label.en} {${figure}}`)
  })
  draft.paragraph(
    w(
      `同期${facts.whole.name}全部督办任务：${parts.map((one) => one.zh).join('，')}。`,
      `All supervised tasks of ${facts.whole.name} at that time: ${parts.map((one) => one.en).join(', ')}.`,
    ),
    [],
  )
}

const COLUMNS = [LABELS.tasks, LABELS.signed, LABELS.done, LABELS.red, LABELS.overdue]

function row(draft: Draft, name: string, scope: string, tasks: readonly Task[], where: { readonly area?: string; readonly unit?: string }) {
  const figures = [
    draft.issued(scope, tasks, where),
    draft.part('signed', LABELS.signed, scope, tasks, where),
    draft.part('tasksDone', LABELS.done, scope, tasks, where),
    draft.part('tasksRed', LABELS.red, scope, tasks, where),
    draft.overdue(scope, tasks, where),
  ]
  return {
    cells: [{ text: w(name, name) }, ...figures.map((figure) => ({ figure }))],
    sources: tasks.map((task) => sourceOf(draft, task)),
  }
}

/** One line a part, also where it has no task: a leader looks for every county, or every town. */
function parts(draft: Draft): void {
  const { facts, tasks } = draft
  const of = (part: string) => tasks.filter((task) => facts.units.get(task.unit)?.part === part)
  const rows = facts.parts.map(({ id, name }) => row(draft, name, `${facts.partLevel}:${id}`, of(id), { area: id }))
  const part = PARTS[facts.partLevel]
  draft.table(w(`各${part.zh}任务办理情况`, `Tasks by ${part.en.toLowerCase()}`), [part, ...COLUMNS], rows)
}

function leads(draft: Draft): void {
  const units = [...new Set(draft.matters.map((matter) => matter.lead))]
  const rows = units.map((unit) => {
    const led = draft.matters.filter((matter) => matter.lead === unit).flatMap((matter) => matter.tasks)
    return row(draft, draft.unitName(unit), `lead:${unit}`, led, { unit })
  })
  draft.table(w('各牵头单位事项办理情况', 'Tasks by lead unit'), [w('牵头单位', 'Lead unit'), ...COLUMNS], rows)
}
