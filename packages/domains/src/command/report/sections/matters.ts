import { dayOf, dayWords, type Label } from '@guatu/kernel'
import { DOMAINS } from '../../communique/index.ts'
import { type Draft, LABELS, PARTS, sourceOf } from '../draft.ts'
import { type Matter, type Task, textOf } from '../facts.ts'
import { clause, join } from '../words.ts'

const w = (zh: string, en: string): Label => ({ zh, en })

const STATES: Readonly<Record<string, Label>> = {
  filed: w('已立项，尚未交办', 'filed, not assigned yet'),
  assigned: w('正在办理', 'in hand'),
  concluded: w('已办结，待销号', 'done, to be closed'),
  closed: w('已销号', 'closed'),
}

/** 二、工作进展: by domain, each matter with what was done, by whom, its figures, and what is late and why. */
export function progress(draft: Draft): void {
  draft.heading(1, w('工作进展', 'Progress'))
  for (const { code, zh, en } of DOMAINS) {
    const matters = draft.matters.filter((matter) => matter.domain === code)
    if (matters.length === 0) continue
    draft.heading(2, w(zh, en))
    for (const matter of matters) describe(draft, matter)
  }
}

function describe(draft: Draft, matter: Matter): void {
  const own = sourceOf(draft, matter)
  draft.heading(3, w(clause(matter.content), clause(matter.content)), [own])
  draft.paragraph(duty(draft, matter), [own, ...matter.tasks.map((task) => sourceOf(draft, task))])
  for (const task of matter.tasks) {
    const said = textOf(task.state, 'progress')
    if (said !== undefined) draft.paragraph(reported(draft, task, said), [sourceOf(draft, task)])
  }
  silent(draft, matter)
  figures(draft, matter)
  delays(draft, matter)
}

/** Who leads, who assists, by when, and how it stands. */
function duty(draft: Draft, matter: Matter): Label {
  const lead = draft.unitName(matter.lead)
  const assisting = [...new Set(matter.tasks.filter((task) => !task.lead).map((task) => draft.unitName(task.unit)))]
  const due = dayWords(textOf(matter.state, 'due') ?? draft.day)
  const state = STATES[matter.state.state] ?? w(matter.state.state, matter.state.state)
  return w(
    `由${lead}牵头${assisting.length > 0 ? `，${assisting.join('、')}配合` : ''}，${due.zh}前办结，目前${state.zh}（${matter.number}）。`,
    `Led by ${lead}${assisting.length > 0 ? ` with ${assisting.join(', ')}` : ''}, due by ${due.en}; ${state.en} (${matter.number}).`,
  )
}

/** What a unit reported, in its own words, when, and how far it says to be. */
function reported(draft: Draft, task: Task, said: string): Label {
  const unit = draft.unitName(task.unit)
  const moment = textOf(task.state, 'reportedAt')
  const on = dayWords(moment === undefined ? draft.day : dayOf(Temporal.Instant.from(moment), draft.facts.zone))
  const percent = Number(task.state.fields.percent ?? 0)
  const reports = task.steps.filter(({ event }) => event.action === 'update' || event.action === 'report')
  const figure = draft.ledger.add({
    key: `report.percent@task:${task.state.id}`,
    indicator: 'report.percent',
    label: LABELS.progress,
    unit: task.unit,
    value: percent,
    measure: 'percent',
    from: draft.ledger.note([{ state: task.state, steps: reports.slice(-1) }]),
  })
  const done = textOf(task.state, 'acceptedOn')
  const accepted =
    done === undefined
      ? w('', '')
      : w(
          `，${dayWords(done).zh}审核办结${task.state.fields.onTime === false ? '（逾期）' : ''}`,
          `, accepted on ${dayWords(done).en}${task.state.fields.onTime === false ? ' (late)' : ''}`,
        )
  return w(
    `${unit}：${clause(said)}（${on.zh}反馈，进度{${figure}}${accepted.zh}）。`,
    `${unit}: ${clause(said)} (reported on ${on.en}, progress {${figure}}${accepted.en}).`,
  )
}

/** Units that have not signed or not said anything yet. */
function silent(draft: Draft, matter: Matter): void {
  const quiet = matter.tasks.filter((task) => textOf(task.state, 'progress') === undefined)
  const unsigned = quiet.filter((task) => task.state.state === 'issued')
  const signed = quiet.filter((task) => task.state.state !== 'issued')
  const names = (tasks: readonly Task[], by: string) => tasks.map((task) => draft.unitName(task.unit)).join(by)
  const parts = [
    ...(unsigned.length > 0 ? [w(`尚未签收：${names(unsigned, '、')}。`, `Not signed for yet: ${names(unsigned, ', ')}.`)] : []),
    ...(signed.length > 0
      ? [w(`已签收、尚未反馈：${names(signed, '、')}。`, `Signed for, nothing reported yet: ${names(signed, ', ')}.`)]
      : []),
  ]
  if (parts.length > 0) draft.paragraph(join(parts, '', ' '), [sourceOf(draft, matter), ...quiet.map((task) => sourceOf(draft, task))])
}

/** The values, at the cut-off, of the indicators that were set for the matter: of all that is reported on in a sentence, part by part in a table. */
function figures(draft: Draft, matter: Matter): void {
  const wanted = (Array.isArray(matter.state.fields.indicators) ? matter.state.fields.indicators : []).map(String)
  if (wanted.length === 0) return
  const { indicators, whole, parts: areas, partLevel } = draft.facts
  const asked = wanted.map((written) => {
    const id = indicatorId(indicators.keys(), written, (one) => indicators.get(one)?.label)
    return { written, id, all: id === undefined ? undefined : value(draft, matter, id, whole.id) }
  })
  const parts = asked.map((one) =>
    one.id === undefined || one.all === undefined
      ? w(`${one.written}系统暂无数据`, `no data yet for ${one.written}`)
      : w(`${labelOf(draft, one.id).zh}{${one.all}}`, `${labelOf(draft, one.id).en} {${one.all}}`),
  )
  const on = dayWords(draft.day)
  draft.paragraph(
    w(
      `相关指标（截至${on.zh}）：${parts.map((one) => one.zh).join('，')}。`,
      `Figures as of ${on.en}: ${parts.map((one) => one.en).join(', ')}.`,
    ),
    [sourceOf(draft, matter)],
  )
  const known = asked.flatMap(({ id, all: figure }) => (id === undefined || figure === undefined ? [] : [id]))
  if (known.length === 0) return
  const rows = areas.flatMap(({ id: area, name }) => {
    const cells = known.flatMap((id) => value(draft, matter, id, area) ?? [])
    return cells.length < known.length
      ? []
      : [{ cells: [{ text: w(name, name) }, ...cells.map((figure) => ({ figure }))], sources: [sourceOf(draft, matter)] }]
  })
  const name = clause(matter.content)
  const part = PARTS[partLevel]
  draft.table(
    w(`${name}：各${part.zh}指标（截至${on.zh}）`, `${name}: figures by ${part.en.toLowerCase()}, as of ${on.en}`),
    [part, ...known.map((id) => labelOf(draft, id))],
    rows,
  )
}

const labelOf = (draft: Draft, id: string): Label => draft.facts.indicators.get(id)?.label ?? w(id, id)

/** Keeps the value of an indicator in an area as a figure of the matter; undefined where the books have none. */
function value(draft: Draft, matter: Matter, id: string, area: string): string | undefined {
  const { whole, values } = draft.facts
  const known = values.find((one) => one.indicator === id && one.area === area)
  if (!known) return undefined
  return draft.ledger.fromBooks(known, `${id}@item:${matter.state.id}${area === whole.id ? '' : `/${area}`}`, labelOf(draft, id))
}

/** An indicator as a matter names it: its id, its id without the domain, or its name in either language. */
export function indicatorId(ids: Iterable<string>, written: string, labelOf: (id: string) => Label | undefined): string | undefined {
  for (const id of ids) {
    const label = labelOf(id)
    if (id === written || id.endsWith(`.${written}`) || label?.zh === written || label?.en === written) return id
  }
  return undefined
}

/** What is late or far behind, and the reasons that were given. */
function delays(draft: Draft, matter: Matter): void {
  const behind = matter.tasks.filter((task) => task.daysLate > 0 || task.light === 'red')
  for (const task of behind) draft.paragraph(join([standing(draft, task), reasons(draft, task)], '', ' '), [sourceOf(draft, task)])
}

function standing(draft: Draft, task: Task): Label {
  const unit = draft.unitName(task.unit)
  const due = dayWords(task.due)
  if (task.daysLate === 0)
    return w(`${unit}进度严重滞后于计划（红灯），时限${due.zh}。`, `${unit} is far behind plan (red); due on ${due.en}.`)
  const days = daysLate(draft, task)
  return w(`${unit}已逾期{${days}}天（时限${due.zh}）。`, `${unit} is {${days}} day(s) overdue (due on ${due.en}).`)
}

export const daysLate = (draft: Draft, task: Task): string =>
  draft.ledger.add({
    key: `report.daysLate@task:${task.state.id}`,
    indicator: 'report.daysLate',
    label: LABELS.daysLate,
    unit: task.unit,
    value: task.daysLate,
    measure: 'days',
    from: draft.ledger.note([task]),
  })

/** Problems, extensions, returns and reminders of a task, as they are in its record. */
export function reasons(draft: Draft, task: Task): Label {
  const { state } = task
  const problems = textOf(state, 'problems')
  const asked = textOf(state, 'extensionTo')
  const why = textOf(state, 'extensionReason')
  const original = textOf(state, 'originalDue')
  const chases = Number(state.fields.chases ?? 0)
  const review = state.state === 'returned' ? textOf(state, 'review') : undefined
  const parts: Label[] = []
  if (state.state === 'issued') parts.push(w('任务尚未签收', 'the task is not signed for'))
  if (problems !== undefined) parts.push(w(`存在问题：${clause(problems)}`, `problems: ${clause(problems)}`))
  if (review !== undefined) parts.push(w(`反馈被退回，审核意见：${clause(review)}`, `its report was returned: ${clause(review)}`))
  if (asked !== undefined) {
    const to = dayWords(asked)
    parts.push(
      w(
        `已申请延至${to.zh}${why ? `，理由：${clause(why)}` : ''}`,
        `an extension to ${to.en} is asked for${why ? `: ${clause(why)}` : ''}`,
      ),
    )
  }
  if (original !== undefined && original < task.due)
    parts.push(w(`曾由${dayWords(original).zh}延至${dayWords(task.due).zh}`, `extended before, from ${dayWords(original).en}`))
  if (chases > 0) {
    const figure = draft.ledger.add({
      key: `report.reminders@task:${state.id}`,
      indicator: 'report.reminders',
      label: w('催办次数', 'Reminders'),
      unit: task.unit,
      value: chases,
      from: draft.ledger.note(task.steps.filter(({ event }) => event.action === 'chase').map((step) => ({ state, steps: [step] }))),
    })
    parts.push(w(`已催办{${figure}}次`, `reminded {${figure}} time(s)`))
  }
  if (parts.length === 0) return w('未说明原因。', 'No reason was given.')
  const en = parts.map((one) => one.en).join('; ')
  return w(`${parts.map((one) => one.zh).join('；')}。`, `${en.slice(0, 1).toUpperCase()}${en.slice(1)}.`)
}
