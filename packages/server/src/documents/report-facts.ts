import { progress } from '@guatu/domains'
import { type Actor, areasOf, dayOf, type Expression, isId, no, ok, problem, type Result, refuse } from '@guatu/kernel'
import type { Desk } from '../store/desk/desk.ts'
import type { Listed } from '../store/query/list.ts'
import type { Store } from '../store/store.ts'
import type { ActLists } from './act-lists.ts'
import { type BooksRead, valuesAtCutOff } from './figures-at-cut-off.ts'
import { histories } from './histories.ts'

/** Which report is asked for. */
export interface ProgressReportRequest {
  /** Ids of the meetings whose directives are reported on; 1 to 20. */
  readonly meetings: readonly string[]
  /** ISO moment, not in the future; the present when left out. */
  readonly cutOff?: string
}

const MOST_MEETINGS = 20
const wrong = (zh: string, en: string) =>
  no(problem('invalid', { field: { zh: '数据截止', en: 'cut-off' }, why: { zh, en } }, { path: 'cutOff' }))

function readCutOff(written: string | undefined): Result<Temporal.Instant | undefined> {
  try {
    return ok(written === undefined ? undefined : Temporal.Instant.from(written))
  } catch {
    return wrong('请使用2020-02-14T18:00:00+08:00这样的时间。', 'write a moment such as 2020-02-14T18:00:00+08:00.')
  }
}

/** What of a report has to be read of one moment: its matters and the books. */
interface AsOf {
  readonly meetings: readonly Listed[]
  readonly items: readonly Listed[]
  readonly tasks: readonly Listed[]
  readonly reported: Pick<progress.ReportFacts, 'whole' | 'parts' | 'partLevel'>
  readonly books: BooksRead
  /** ISO moment. */
  readonly cutOff: string
}

const isoOf = (moment: Temporal.Instant) => moment.toString({ smallestUnit: 'millisecond' })

/**
 * Everything that a progress report is written from, as far as this person may see it. Matters and books are read as of one moment, which is the
 * cut-off where none is given: whatever was recorded up to then is in the log, so that what is asked of it afterwards stays what it was.
 */
export async function reportFacts(
  store: Store,
  actor: Actor,
  request: ProgressReportRequest,
  trace: ActLists | undefined,
): Promise<Result<progress.ReportFacts>> {
  const { clock } = store
  const asked = readCutOff(request.cutOff)
  if (!asked.ok) return asked
  const ids = [...new Set(request.meetings)]
  if (ids.length === 0 || ids.length > MOST_MEETINGS || !ids.every((id) => isId(id.toLowerCase())))
    return no(
      problem(
        'invalid',
        {
          field: { zh: '会议', en: 'meetings' },
          why: { zh: `请选择1到${MOST_MEETINGS}次会议。`, en: `choose 1 to ${MOST_MEETINGS} meetings.` },
        },
        { path: 'meetings' },
      ),
    )
  const read = await store.asOf((then, moment) => readAsOf(then, actor, ids, { cutOff: asked.value ?? moment, moment }))
  if (!read.ok) return read
  const { meetings, items, tasks, reported, books, cutOff } = read.value
  const values = await valuesAtCutOff(store, books, cutOff, trace)
  if (!values.ok) return values
  return ok({
    meetings: meetings.map(({ id, fields }) => ({ id, title: String(fields.title ?? ''), heldOn: String(fields.heldOn ?? '') })),
    items: await histories(store, 'item', items),
    tasks: await histories(store, 'task', tasks),
    cutOff,
    composedAt: books.moment,
    zone: clock.zone,
    issuer: issuerOf(store, actor, books.day) ?? reported.whole.name,
    ...reported,
    units: unitsOf(store, [...items, ...tasks], reported.parts, books.day),
    indicators: store.registry.indicators,
    values: values.value,
  })
}

async function readAsOf(
  then: Store,
  actor: Actor,
  ids: readonly string[],
  at: { readonly cutOff: Temporal.Instant; readonly moment: Temporal.Instant },
): Promise<Result<AsOf>> {
  const [cutOff, moment, day] = [isoOf(at.cutOff), isoOf(at.moment), dayOf(at.cutOff, then.clock.zone)]
  if (cutOff > moment) return wrong('截止时间不能晚于现在。', 'it must not lie in the future.')
  const desk = then.as(actor)
  const meetings: Listed[] = []
  for (const id of ids) {
    const row = await desk.get('meeting', id)
    if (!row.ok) return row
    meetings.push(row.value)
  }
  const items = await all(desk, 'item', { op: 'in', field: 'meeting', values: ids })
  if (!items.ok) return items
  const tasks = await all(desk, 'task', { op: 'in', field: 'item', values: items.value.map((row) => row.id) })
  if (!tasks.ok) return tasks
  if (items.value.every((row) => row.createdAt > cutOff))
    return no(
      refuse('nothing-to-report', {
        zh: '所选会议到截止时间还没有立项的督办事项；请先批准会议部署，或选择更晚的截止时间。',
        en: 'Nothing was filed from these meetings by the cut-off; approve their directives first, or choose a later cut-off.',
      }),
    )
  const reported = reportedOn(then, meetings, day)
  const indicators = wantedIndicators(then, items.value)
  const areas = [reported.whole.id, ...reported.parts.map(({ id }) => id)]
  const board = await desk.board({ indicators, areas, day, days: 1 })
  if (!board.ok) return board
  return ok({
    meetings,
    items: items.value,
    tasks: tasks.value,
    reported,
    books: { board: board.value, indicators, areas, day, moment },
    cutOff,
  })
}

async function all(desk: Desk, record: string, where: Expression): Promise<Result<readonly Listed[]>> {
  const rows: Listed[] = []
  if (where.op === 'in' && where.values.length === 0) return ok(rows)
  let cursor: string | undefined
  do {
    const page = await desk.list(record, { where, limit: 500, ...(cursor === undefined ? {} : { cursor }) })
    if (!page.ok) return page
    rows.push(...page.value.rows)
    cursor = page.value.next
  } while (cursor !== undefined)
  return ok(rows)
}

/** The county whose meetings all of them were, or else the city; with what lies right below it. */
function reportedOn(store: Store, meetings: readonly Listed[], day: string): Pick<progress.ReportFacts, 'whole' | 'parts' | 'partLevel'> {
  const view = store.areas.tree.asOf(day)
  const above = (area: string, level: string) => view.ancestors(area).find((one) => one.level === level)
  const area = meetings[0]?.area ?? ''
  const county = above(area, 'county')
  const ofCounty = county !== undefined && meetings.every((one) => above(one.area, 'county')?.id === county.id)
  const whole = ofCounty ? county : (above(area, 'city') ?? view.ancestors(area).at(-1) ?? view.roots()[0])
  const partLevel = ofCounty ? 'town' : 'county'
  const parts = whole === undefined ? [] : [...view.children(whole.id)].filter((one) => one.level === partLevel)
  return {
    whole: { id: whole?.id ?? area, name: whole?.name ?? area },
    parts: parts.map(({ id, name }) => ({ id, name })),
    partLevel,
  }
}

const issuerOf = (store: Store, actor: Actor, day: string): string | undefined => {
  const unit = actor.grants.find((grant) => grant.unit !== undefined)?.unit
  return unit === undefined ? undefined : store.areas.tree.known(unit, day)?.name
}

function unitsOf(store: Store, rows: readonly Listed[], parts: progress.ReportFacts['parts'], day: string): progress.ReportFacts['units'] {
  const ids = new Set(
    rows.flatMap(({ fields }) => [fields.unit, fields.lead, ...(Array.isArray(fields.assisting) ? fields.assisting : [])]),
  )
  const { tree, index } = store.areas
  const among = new Set(parts.map((one) => one.id))
  return new Map(
    [...ids].flatMap((id) => {
      if (typeof id !== 'string') return []
      // What has ended by then lies where its records went.
      const part = areasOf(index.currentPath(id, day) ?? '').find((one) => among.has(one))
      return [[id, { name: tree.known(id, day)?.name ?? id, ...(part === undefined ? {} : { part }) }] as const]
    }),
  )
}

/** Headlines of the command domain, and whatever the matters themselves are measured by. */
function wantedIndicators(store: Store, items: readonly Listed[]): readonly string[] {
  const { indicators } = store.registry
  const headline = [...indicators].filter(([id, one]) => id.startsWith('command.') && one.headline === true).map(([id]) => id)
  const named = items
    .flatMap(({ fields }) => (Array.isArray(fields.indicators) ? fields.indicators.map(String) : []))
    .flatMap((written) => progress.indicatorId(indicators.keys(), written, (id) => indicators.get(id)?.label) ?? [])
  return [...new Set([...headline, ...named])]
}
