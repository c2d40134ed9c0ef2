import { type AnyRecord, today as cityToday, type Label, type Lang } from '@guatu/kernel'
import type { ListRequest } from '../store/query/list.ts'
import type { Store } from '../store/store.ts'
import { surroundings } from '../store/surroundings.ts'
import { AREA_LABEL, STATE_LABEL } from './columns.ts'
import type { NamesBehind } from './names-behind.ts'
import { seenCell, timeWords } from './seen.ts'

const YES_OR_NO: Readonly<Record<string, Label>> = { true: { zh: '是', en: 'yes' }, false: { zh: '否', en: 'no' } }
const GIVEN: Readonly<Record<string, Label>> = { given: { zh: '已填', en: 'given' }, none: { zh: '未填', en: 'not given' } }

export interface Asked {
  readonly store: Store
  readonly def: AnyRecord
  readonly title: Label
  readonly request: ListRequest
  readonly lang: Lang
  /** The filters as they were asked for. */
  readonly filters: Readonly<Record<string, string>>
}

/** City, area, filters and time: a figure without them is a rumour. */
export async function asOfLine({ store, def, title, request, lang, filters }: Asked, names: NamesBehind): Promise<string> {
  const { tree, index } = store.areas
  const city = [...tree.asOf(cityToday(store.clock)).nodes()].find((one) => one.level === 'city')?.name ?? ''
  const area = request.path === undefined ? undefined : index.name(request.path.split('/').at(-2) ?? '')
  const time = timeWords(store.clock.now().toString(), store.clock.zone)
  const asked: string[] = []
  for (const [name, value] of Object.entries(filters))
    asked.push(`${columnLabel(def, name, lang)}=${await wordsOf(store, def, name, value, lang, names)}`)
  const none = lang === 'zh' ? '无' : 'none'
  return lang === 'zh'
    ? `${city} ${title.zh}｜区域：${area ?? '全部可见范围'}｜筛选：${asked.join('；') || none}｜截至${time}`
    : `${city} ${title.en} | Area: ${area ?? 'all that is visible'} | Filters: ${asked.join('; ') || none} | As of ${time}`
}

/** What stands above a column; of a filter with a bound, also which. */
export function columnLabel(def: AnyRecord, name: string, lang: Lang): string {
  const [column = '', bound] = name.split('.')
  const fixed: Readonly<Record<string, Label>> = { state: STATE_LABEL, area: AREA_LABEL, q: { zh: '搜索', en: 'search' } }
  const label = (fixed[column] ?? def.fields[column]?.label)?.[lang] ?? column
  const words = { from: { zh: '起', en: ' from' }, to: { zh: '止', en: ' to' } }
  return bound === 'from' || bound === 'to' ? `${label}${words[bound][lang]}` : label
}

/** The values of a filter as they read, not as they are kept. */
async function wordsOf(store: Store, def: AnyRecord, name: string, written: string, lang: Lang, names: NamesBehind): Promise<string> {
  if (name === 'q') return written
  const field = def.fields[name.split('.')[0] ?? '']
  const at = surroundings(store, lang)
  const values = written.split(',')
  if (field) await names.ask(values.map((value) => [field, value] as const))
  const words = values.map((value) => {
    if (name === 'state') return def.states[value]?.[lang] ?? value
    const plain = GIVEN[value] ?? (field?.kind === 'flag' ? YES_OR_NO[value] : undefined)
    if (plain) return plain[lang]
    const known = field?.schema.safeParse(value)
    return field && known?.success ? String(seenCell(field, known.data, at, names, false)) : value
  })
  return words.join(lang === 'zh' ? '、' : ', ')
}
