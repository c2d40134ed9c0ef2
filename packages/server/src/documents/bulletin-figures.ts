import { scoreboard } from '@guatu/domains'
import { type Actor, dayOf, isDay, type Label, no, ok, problem, type Result, refuse, today } from '@guatu/kernel'
import { readListRequest } from '../store/query/list-request.ts'
import type { Store } from '../store/store.ts'
import { surroundings } from '../store/surroundings.ts'

/** Which bulletin is asked for: the days of issue, and the place that it is a bulletin of. As sent, so anything. */
export interface BulletinRequest {
  readonly area?: unknown
  readonly from?: unknown
  readonly to?: unknown
}

/** What a bulletin is stored with; `figures` is `scoreboard.BulletinFigures` as JSON. */
export type ComposedBulletin = Readonly<Record<'title' | 'from' | 'to' | 'text' | 'figures', string>>

const DAYS: Readonly<Record<'from' | 'to', Label>> = { from: { zh: '起', en: 'from' }, to: { zh: '止', en: 'to' } }
const wrong = (name: 'from' | 'to', zh: string, en: string) =>
  no(problem('invalid', { field: DAYS[name], why: { zh, en } }, { path: name }))

function readPeriod({ from, to }: BulletinRequest, now: string): Result<scoreboard.Period> {
  if (typeof from !== 'string' || !isDay(from)) return wrong('from', '请使用YYYY-MM-DD。', 'use YYYY-MM-DD.')
  if (typeof to !== 'string' || !isDay(to)) return wrong('to', '请使用YYYY-MM-DD。', 'use YYYY-MM-DD.')
  if (to > now) return wrong('to', '不能晚于今天。', 'it must not lie in the future.')
  return from > to ? wrong('from', '不能晚于止日。', 'it must not be later than the last day.') : ok({ from, to })
}

/**
 * The bulletin of the tasks that were issued in a period, as they stand now: counted as the scoreboard counts them, limited to the place and to what
 * `actor` may see, and put into words. Composing stores nothing.
 * @returns refusals `required` (area), `area-not-listed`, `invalid` (from, to), `not-allowed`, `nothing-to-report`
 */
export async function composeBulletin(store: Store, actor: Actor, request: BulletinRequest): Promise<Result<ComposedBulletin>> {
  const { area } = request
  if (typeof area !== 'string' || area === '') return no(problem('required', { field: { zh: '地区', en: 'area' } }, { path: 'area' }))
  const path = store.areas.index.currentPath(area)
  if (path === undefined) return no(problem('area-not-listed', { area }, { path: 'area' }))
  const period = readPeriod(request, today(store.clock))
  if (!period.ok) return period
  const { asOf, day, counted } = await store.asOf(async (then, moment) => {
    const on = dayOf(moment, store.clock.zone)
    return { asOf: moment, day: on, counted: await countTasks(then, actor, path, period.value, on) }
  })
  if (!counted.ok) return counted
  if (counted.value.length === 0)
    return no(
      refuse('nothing-to-report', {
        zh: '这段时间没有交办任务，请另选。',
        en: 'No tasks were issued in this time; choose another.',
      }),
    )
  const nameOf = (unit: string) => store.areas.tree.known(unit, day)?.name ?? unit
  const figures = scoreboard.freeze(counted.value, period.value, asOf.toString({ smallestUnit: 'millisecond' }), nameOf)
  return ok({
    title: scoreboard.titleOf(period.value),
    ...period.value,
    text: scoreboard.wordsOf(figures),
    figures: JSON.stringify(figures),
  })
}

/** The scoreboard of a place, one row a unit; all measures as of one moment, so that no part is more than its whole. */
async function countTasks(
  store: Store,
  actor: Actor,
  path: string,
  period: scoreboard.Period,
  day: string,
): Promise<Result<readonly scoreboard.Score[]>> {
  const def = store.registry.records.get('task')
  if (!def) return no(problem('not-found', { what: 'task' }))
  const requests = []
  for (const measure of scoreboard.MEASURES) {
    // The same filters lead from a figure on the screen to its tasks.
    const read = readListRequest(def, scoreboard.filtersIn(measure, period, day), surroundings(store, 'zh'), () => undefined)
    if (!read.ok) return read
    requests.push({ ...read.value, path })
  }
  const groups = await store.as(actor).groupsTogether('task', ['unit'], requests)
  if (!groups.ok) return groups
  return ok(scoreboard.scoresOf(Object.fromEntries(scoreboard.MEASURES.map((measure, i) => [measure, groups.value[i] ?? []]))))
}
