import type { progress } from '@guatu/domains'
import { type Actor, no, ok, problem, type Result, refuse } from '@guatu/kernel'
import type { Store } from '../store/store.ts'
import { actsBehind, sealOfActs } from './acts-behind.ts'

/** Acts of one answer. */
const PAGE = 100

/** The acts behind a figure of a report, a page of them. */
export interface ActsOfFigure extends progress.ActsBehind {
  readonly indicator: string
  readonly area: string
  readonly day: string
  readonly asOf: string
  /** These are the acts that were counted when the figure was frozen. */
  readonly intact: boolean
  /** Those of the page whose records the caller may read, oldest first. */
  readonly listed: readonly (progress.ActReference & { readonly id: string })[]
  /** Acts of the page on records that the caller may not read. */
  readonly withheld: number
  /** Where the next page begins. */
  readonly next?: number
}

/**
 * Lists the acts that a figure of the books counts, as of the cut-off of its report.
 * @param request `of` the value or the denominator; `from` the place of the first act in the list, from 0
 * @returns refusals `not-found` (no such figure), `figure-not-traced` (its events stand in the report, or it was frozen before this was kept), `invalid`
 */
export async function listActsOfFigure(
  store: Store,
  actor: Actor,
  content: progress.ReportContent,
  id: string,
  request: { readonly of?: string; readonly from?: string },
): Promise<Result<ActsOfFigure>> {
  const figure = content.figures.find((one) => one.id === id)
  if (!figure) return no(problem('not-found', { what: { zh: '报告中的数字', en: 'figure of the report' } }))
  const [frozen, which] = request.of === 'per' ? ([figure.perBehind, 'per'] as const) : ([figure.behind, 'value'] as const)
  const indicator = store.registry.indicators.get(figure.indicator)
  const measure = indicator?.[which]
  if (!frozen || !measure)
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
  const from = Number(request.from ?? 0)
  if (!Number.isInteger(from) || from < 0)
    return no(problem('invalid', { field: 'from', why: { zh: '请填写非负整数。', en: 'write a whole number from 0.' } }, { path: 'from' }))
  const path = store.areas.index.path(figure.area, figure.day) ?? store.areas.index.currentPath(figure.area) ?? figure.area
  const acts = await actsBehind(store, measure, path, figure.day, figure.asOf)
  const page = acts.slice(from, from + PAGE)
  const desk = store.as(actor)
  const readable = new Map<string, boolean>()
  for (const { record, recordId } of page) if (!readable.has(recordId)) readable.set(recordId, (await desk.get(record, recordId)).ok)
  const listed = page.filter(({ recordId }) => readable.get(recordId) === true)
  const { indicator: name, area, day, asOf } = figure
  return ok({
    ...frozen,
    indicator: name,
    area,
    day,
    asOf,
    intact: sealOfActs(acts).hash === frozen.hash,
    listed: listed.map(({ path: _path, ...act }) => act),
    withheld: page.length - listed.length,
    ...(from + PAGE < acts.length ? { next: from + PAGE } : {}),
  })
}
