import type { progress } from '@guatu/domains'
import { type Actor, type Measure, no, ok, problem, type Result, refuse } from '@guatu/kernel'
import type { Store } from '../store/store.ts'
import { keepLists, keptPage, type ListedAct, PAGE } from './act-lists.ts'
import { actsBehind, type CountedAct, sealOfActs } from './acts-behind.ts'

/** A figure of the books whose acts can be listed, or its denominator. */
export interface TracedFigure {
  readonly figure: progress.ReportFigure
  readonly measure: Measure
  /** As it was frozen. */
  readonly value: number
  readonly frozen: progress.ActsBehind
}

/** The acts behind a figure of a report, a page of them. */
export interface ActsOfFigure extends progress.ActsBehind {
  readonly indicator: string
  readonly area: string
  readonly day: string
  readonly asOf: string
  /** Those of the page whose records the caller may read, oldest first. */
  readonly listed: readonly ListedAct[]
  /** Acts of the page on records that the caller may not read. */
  readonly withheld: number
  /** Where the next page begins. */
  readonly next?: number
}

/**
 * A figure of the books that can be traced to its acts.
 * @param of `per` for the denominator; the value when left out
 * @returns refusals `not-found` (no such figure), `figure-not-traced` (its events stand in the report, or it was frozen before this was kept)
 */
export function tracedFigure(store: Store, content: progress.ReportContent, id: string, of?: string): Result<TracedFigure> {
  const figure = content.figures.find((one) => one.id === id)
  if (!figure) return no(problem('not-found', { what: { zh: '报告中的数字', en: 'figure of the report' } }))
  const which = of === 'per' ? 'per' : 'value'
  const frozen = which === 'per' ? figure.perBehind : figure.behind
  const measure = store.registry.indicators.get(figure.indicator)?.[which]
  if (frozen && measure) return ok({ figure, measure, value: figure[which] ?? 0, frozen })
  return no(
    refuse(
      'figure-not-traced',
      {
        zh: '该数字没有另存的操作清单：其来源已列在报告中，或报告生成于此功能之前。',
        en: 'No list of acts is kept for this figure: its events stand in the report, or the report is older than that.',
      },
      { status: 409 },
    ),
  )
}

/**
 * Lists the acts that a figure of the books counts, as of the cut-off of its report. The list was kept with the report; where it was not, it is
 * made anew from the log and kept, as long as it is the one that was frozen.
 * @param from the place of the first act in the list, from 0; a page ends at a whole hundred
 * @returns refusal `invalid` (from)
 */
export async function listActsOfFigure(
  store: Store,
  actor: Actor,
  traced: TracedFigure,
  from: string | undefined,
): Promise<Result<ActsOfFigure>> {
  const first = Number(from ?? 0)
  if (!Number.isSafeInteger(first) || first < 0)
    return no(problem('invalid', { field: 'from', why: { zh: '请填写非负整数。', en: 'write a whole number from 0.' } }, { path: 'from' }))
  const { figure, measure, frozen } = traced
  const page = Math.floor(first / PAGE)
  const acts = first < frozen.acts ? ((await keptPage(store.db, frozen.hash, page)) ?? (await madeAnew(store, traced, page))) : []
  const wanted = acts.slice(first % PAGE)
  const seen = await store.as(actor).seen(
    measure.record,
    wanted.map((act) => act.recordId),
  )
  const listed = wanted.filter((act) => seen.has(act.recordId))
  const { indicator, area, day, asOf } = figure
  return ok({
    ...frozen,
    indicator,
    area,
    day,
    asOf,
    listed,
    withheld: wanted.length - listed.length,
    ...((page + 1) * PAGE < frozen.acts ? { next: (page + 1) * PAGE } : {}),
  })
}

/** Are the acts that the log gives for a figure, as of its cut-off, those that were counted when it was frozen, and do they make the figure? */
export async function isIntact(store: Store, traced: TracedFigure): Promise<boolean> {
  const acts = await found(store, traced)
  return sealOfActs(acts).hash === traced.frozen.hash && acts.reduce((sum, { amount }) => sum + amount, 0) === traced.value
}

async function found(store: Store, { figure, measure }: TracedFigure): Promise<readonly CountedAct[]> {
  const { index } = store.areas
  const path = index.path(figure.area, figure.day) ?? index.currentPath(figure.area) ?? figure.area
  return (await actsBehind(store, [measure], path, figure.day, figure.asOf)).get(measure) ?? []
}

async function madeAnew(store: Store, traced: TracedFigure, page: number): Promise<readonly ListedAct[]> {
  const acts = await found(store, traced)
  const { hash } = sealOfActs(acts)
  if (hash === traced.frozen.hash) await keepLists(store.db, new Map([[hash, acts]]))
  return acts.slice(page * PAGE, (page + 1) * PAGE).map(({ path: _path, amount: _amount, ...act }) => act)
}
