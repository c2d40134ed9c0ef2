import {
  type AnyRecord,
  type Area,
  type Cell,
  today as cityToday,
  ERASED,
  type Field,
  type Label,
  type Lang,
  ok,
  type Result,
  type Surroundings,
} from '@guatu/kernel'
import type { Desk } from '../store/desk/desk.ts'
import type { Listed, ListRequest, Page } from '../store/query/list.ts'
import type { Store } from '../store/store.ts'
import { surroundings } from '../store/surroundings.ts'
import { AREA_LABEL } from './columns.ts'

export interface ExportOptions {
  readonly store: Store
  readonly desk: Desk
  readonly def: AnyRecord
  readonly request: ListRequest
  readonly lang: Lang
  /** The filters as they were asked for, to be stated above the table. */
  readonly filters: Readonly<Record<string, string>>
  /** Why the data leave the house; kept with the note of the export. */
  readonly purpose?: string
  /** In clear: only for those who may see identity, and only with a purpose. */
  readonly reveal?: boolean
}

/** A table on its way out: what stands above it, its heading, and its rows page by page. */
export interface OutgoingTable {
  readonly title: string
  readonly asOf: string
  readonly heading: readonly string[]
  rows(): AsyncGenerator<readonly (readonly Cell[])[], void, undefined>
}

const PAGE = 500
const STATE_LABEL: Label = { zh: '状态', en: 'State' }

/**
 * Everything a person may see of a list, page by page through their desk: scope, filters and masking are those of the list. The first page is
 * asked for before anything is sent, so that a refusal is an answer and not half a file. The export is noted with the rows that went out, also
 * when it is broken off.
 */
export async function outgoing(options: ExportOptions): Promise<Result<OutgoingTable>> {
  const { store, desk, def, request, lang } = options
  const pageOf = (asked: ListRequest): Promise<Result<Page>> =>
    options.reveal ? desk.identity.revealedPage(def.name, options.purpose ?? '', asked) : desk.list(def.name, asked)
  const first = await pageOf({ ...request, limit: PAGE })
  if (!first.ok) return first
  const at = surroundings(store, lang)
  const names = Object.keys(def.fields)
  const heading = [...names.map((name) => def.fields[name]?.label[lang] ?? name), AREA_LABEL[lang], STATE_LABEL[lang]]
  const placeOf = placeNames(store)
  const line = (row: Listed): Cell[] => [
    ...names.map((name) => cellOf(def.fields[name], row.fields[name], at)),
    placeOf(row.area),
    def.states[row.state]?.[lang] ?? row.state,
  ]
  return ok({
    title: def.label[lang],
    asOf: asOfLine(options),
    heading,
    rows: async function* () {
      let rows = 0
      try {
        let page = first.value
        for (;;) {
          rows += page.rows.length
          yield page.rows.map(line)
          if (page.next === undefined) return
          const next = await pageOf({ ...request, limit: PAGE, cursor: page.next })
          if (!next.ok) throw new Error(next.problem.message.en)
          page = next.value
        }
      } finally {
        await store.noteLook({
          actor: desk.actor.id,
          what: options.reveal ? 'export-in-clear' : 'export',
          record: def.name,
          rows,
          ...(options.purpose === undefined ? {} : { purpose: options.purpose }),
        })
      }
    },
  })
}

/** What has been masked is text already; everything else asks its kind. */
function cellOf(field: Field | undefined, value: unknown, at: Surroundings): Cell {
  if (!field || value === undefined || value === null) return null
  if (value === ERASED) return at.lang === 'zh' ? '已删除' : 'erased'
  return field.sensitive && typeof value === 'string' ? value : field.toCell(value, at)
}

/** Places are written with the names above them up to the county, because village names repeat; that is also how an import finds them. */
function placeNames(store: Store): (area: string) => string {
  const view = store.areas.tree.asOf(today(store))
  const known = new Map<string, string>()
  return (area) => {
    const found = known.get(area)
    if (found !== undefined) return found
    const chain = view.ancestors(area).filter((one) => one.level !== 'province' && one.level !== 'city')
    const name = chain.length > 0 ? nameOf(chain) : (store.areas.tree.last(area)?.name ?? area)
    known.set(area, name)
    return name
  }
}

const nameOf = (chain: readonly Area[]) =>
  chain
    .map((one) => one.name)
    .reverse()
    .join('')

const today = (store: Store) => cityToday(store.clock)

/** City, area, filters and time: a figure without them is a rumour. */
function asOfLine({ store, def, request, lang, filters }: ExportOptions): string {
  const view = store.areas.tree.asOf(today(store))
  const city = [...view.nodes()].find((one) => one.level === 'city')?.name ?? ''
  const area = request.path === undefined ? undefined : store.areas.tree.last(request.path.split('/').at(-2) ?? '')?.name
  const time = store.clock
    .now()
    .toZonedDateTimeISO(store.clock.zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
    .replace('T', ' ')
  const asked = Object.entries(filters).map(([name, value]) => `${labelOf(def, name, lang)}=${value}`)
  const none = lang === 'zh' ? '无' : 'none'
  return lang === 'zh'
    ? `${city} ${def.label.zh}｜区域：${area ?? '全部可见范围'}｜筛选：${asked.join('；') || none}｜截至${time}`
    : `${city} ${def.label.en} | Area: ${area ?? 'all that is visible'} | Filters: ${asked.join('; ') || none} | As of ${time}`
}

function labelOf(def: AnyRecord, name: string, lang: Lang): string {
  const [field = '', bound] = name.split('.')
  const label =
    field === 'state' ? STATE_LABEL[lang] : field === 'q' ? (lang === 'zh' ? '搜索' : 'search') : (def.fields[field]?.label[lang] ?? field)
  const words = { from: { zh: '起', en: ' from' }, to: { zh: '止', en: ' to' } }
  return bound === 'from' || bound === 'to' ? `${label}${words[bound][lang]}` : label
}
