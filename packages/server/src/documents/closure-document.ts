import { type AnyRecord, dayOf, fill, fullDayWords, type Label, type Lang, label, type RecordState, type Surroundings } from '@guatu/kernel'
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
  'outings',
  'outingDays',
  'trades',
  'couriers',
  'support',
  'refusedBecause',
  'endedAt',
  'liftedBy',
  'liftReason',
] as const

/** An order that was refused was decided on, not approved. */
const REFUSED: Readonly<Partial<Record<(typeof FACTS)[number], Label>>> = {
  decidedBy: { zh: '不予批准的机关', en: 'Refused by' },
  decisionNo: { zh: '不予批准的文号', en: 'Refusal no.' },
  decidedAt: { zh: '不予批准的时间', en: 'Refused at' },
}

/**
 * The public announcement of a closing order 公告 in the layout of official documents: its words, then a table of what the law asks
 * an order to say. A draft says on its face that it is none yet, and an order that limits nobody, or nobody any more, or on which nobody above has
 * decided yet, says so too.
 */
export function closureDocument(def: AnyRecord, row: RecordState, at: Surroundings, lang: Lang): Promise<Buffer> {
  const words = lang === 'zh' ? ZH : EN
  const rows = FACTS.flatMap((name): (readonly [string, string])[] => {
    const field = def.fields[name]
    const value = row.fields[name]
    const called = (row.state === 'refused' && REFUSED[name]) || field?.label
    return field && called && value !== undefined ? [[called[lang], field.view(value, at)]] : []
  })
  const areas = Array.isArray(row.fields.areas) ? row.fields.areas.map((id) => at.nameOf('area', String(id)) ?? String(id)) : []
  const organ = at.nameOf('unit', String(row.fields.organ)) ?? ''
  const moment = row.fields.announcedAt ?? row.fields.decidedAt
  const standing = STANDING[row.state]
  const endedAt = row.fields.endedAt === undefined ? '' : (def.fields.endedAt?.view(row.fields.endedAt, at) ?? '')
  const parts: Part[] = [
    ...(standing ? [{ kind: 'paragraph', text: fill(standing, { endedAt })[lang] } as const] : []),
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
    ...(typeof moment === 'string' ? { date: fullDayWords(dayOf(Temporal.Instant.from(moment), at.zone))[lang] } : {}),
    lang,
  })
}

/** What has to be known of an order that does not limit anybody, or not for certain; one in force says nothing beside its words. */
const DRAFT = label('（草稿，尚未批准，不具效力）', '(Draft: not approved, without effect.)')
const STANDING: Readonly<Record<string, Label>> = {
  drafted: DRAFT,
  submitted: DRAFT,
  approved: label('（已批准，尚未开始实施）', '(Approved, not yet in force.)'),
  reported: label(
    '（已先行实施并报上级，尚待批准；上级不予批准的立即解除）',
    '(Acts at once and was reported up; the government above has yet to decide, and a refusal lifts it at once.)',
  ),
  withdrawn: label('（已撤回，不具效力）', '(Withdrawn, without effect.)'),
  refused: label('（上级不予批准，自{endedAt}起不具效力）', '(Refused by the authority above: without effect from {endedAt}.)'),
  lapsed: label('（已于{endedAt}到期失效，不再限制任何人）', '(Lapsed at {endedAt}: limits nobody any more.)'),
  lifted: label('（已于{endedAt}解除，不再限制任何人）', '(Lifted at {endedAt}: limits nobody any more.)'),
}

const ZH = {
  mark: '公告',
  caption: '决定要素',
  item: '事项',
  content: '内容',
  areas: '封控区划',
}
const EN = {
  mark: 'Public notice',
  caption: 'What the order rests on',
  item: 'Item',
  content: 'Content',
  areas: 'Areas closed',
}
