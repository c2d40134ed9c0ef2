import { progress } from '@guatu/domains'
import { type AnyRecord, dayOf, type Lang, type RecordState, type Surroundings } from '@guatu/kernel'
import { plainParts } from './bulletin-document.ts'
import { type Part, setDocument } from './official/document.ts'

const FACTS = [
  'organ',
  'basis',
  'basisVersion',
  'decidedBy',
  'decisionNo',
  'decidedAt',
  'scope',
  'start',
  'reviewBy',
  'end',
  'support',
] as const

/**
 * The public announcement of a closing order 公告 in the layout of official documents: its words, then a table of what the law asks
 * an order to say. A draft says on its face that it is none yet.
 */
export function closureDocument(def: AnyRecord, row: RecordState, at: Surroundings, lang: Lang): Promise<Buffer> {
  const words = lang === 'zh' ? ZH : EN
  const rows = FACTS.flatMap((name): (readonly [string, string])[] => {
    const field = def.fields[name]
    const value = row.fields[name]
    return field && value !== undefined ? [[field.label[lang], field.view(value, at)]] : []
  })
  const areas = Array.isArray(row.fields.areas) ? row.fields.areas.map((id) => at.nameOf('area', String(id)) ?? String(id)) : []
  const organ = at.nameOf('unit', String(row.fields.organ)) ?? ''
  const moment = row.fields.announcedAt ?? row.fields.decidedAt
  const parts: Part[] = [
    ...(moment === undefined ? [{ kind: 'paragraph', text: words.draft } as const] : []),
    ...plainParts(String(row.fields.announcement ?? '')),
    {
      kind: 'table',
      caption: words.caption,
      columns: [words.item, words.content],
      widths: [1, 3],
      rows: [...rows, ...(areas.length > 0 ? [[words.areas, areas.join(lang === 'zh' ? '、' : ', ')]] : [])],
    },
  ]
  return setDocument({
    title: String(row.fields.title ?? ''),
    mark: words.mark,
    markLine: [String(row.fields.number ?? organ), ''],
    parts,
    issuer: organ,
    ...(typeof moment === 'string' ? { date: progress.fullDayWords(dayOf(Temporal.Instant.from(moment), at.zone))[lang] } : {}),
    lang,
  })
}

const ZH = {
  mark: '公告',
  caption: '决定要素',
  item: '事项',
  content: '内容',
  areas: '封控区划',
  draft: '（草稿，尚未批准，不具效力）',
}
const EN = {
  mark: 'Public notice',
  caption: 'What the order rests on',
  item: 'Item',
  content: 'Content',
  areas: 'Areas closed',
  draft: '(Draft: not approved, without effect.)',
}
