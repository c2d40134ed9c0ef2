import { type Actor, factsOfReform, no, ok, type Problem, proposeReform, type Result, refuse, type Vintage, vintageOf } from '@guatu/kernel'
import { pinyin } from 'pinyin-pro'
import type { Store } from '../../store/store.ts'
import { csvLine } from '../csv/write.ts'
import type { ReformDraft } from './reform-draft.ts'

/** The tree of a day as a list, to be compared with another one. */
export const oursOn = (store: Store, day: string): Vintage => vintageOf(store.areas.tree.asOf(day), 'guatu')

/** Compares our list of a day with a newer one; the doubtful proposals come first, because they need a person most. */
export function draftOf(ours: Vintage, list: Vintage, eve: string): ReformDraft {
  const known = new Set(ours.rows.map((row) => row.code))
  const cities = [...known].filter((code) => code.length === 4)
  // A list of a whole province is compared with what is kept here only; what stands above the list stays as it is.
  const rows = list.rows.filter((row) => known.has(row.code) || cities.length === 0 || cities.some((city) => row.code.startsWith(city)))
  const shortest = Math.min(...rows.map((row) => row.code.length))
  const above = ours.rows.filter((row) => row.code.length < shortest)
  const parents = new Map(ours.rows.map((row) => [row.code, row.parent]))
  const next = {
    ...list,
    rows: [...above, ...rows.map((row) => (row.parent === null ? { ...row, parent: parents.get(row.code) ?? null } : row))],
  }
  const reform = proposeReform(ours, next, { soundOf: (name) => pinyin(name, { toneType: 'none' }) })
  return {
    format: 'guatu-reform',
    eve,
    source: list.source,
    asOf: list.asOf,
    proposals: [...reform.proposals].sort((a, b) => a.confidence - b.confidence).map((one) => ({ ...one, confirmed: null })),
    continues: [...reform.continues],
  }
}

const YES = /^(?:y|yes|是|确认|true|1|√)$/i
const NO = /^(?:n|no|否|不|false|0|×)$/i

/** The proposals as a table for people: they fill in the last column. */
export function draftAsCsv(draft: ReformDraft): string {
  const heading = ['编号 id', '类型 kind', '层级 level', '原区划 from', '新区划 to', '把握 confidence', '理由', 'Reasons', '确认 confirm']
  const lines = draft.proposals.map((one) =>
    csvLine([
      one.id,
      one.kind,
      one.level,
      one.from.map((row) => `${row.name} ${row.code}`).join('; '),
      (one.to.length > 0 ? one.to : one.becomes ? [one.becomes] : []).map((row) => `${row.name} ${row.code}`).join('; '),
      one.confidence,
      one.reasons.map((why) => why.zh).join('；'),
      one.reasons.map((why) => why.en).join('; '),
      one.confirmed === null ? '' : one.confirmed ? '是' : '否',
    ]),
  )
  return `\ufeff${csvLine(heading)}${lines.join('')}`
}

/** Decisions of a person's table, by proposal. */
export function decisionsOf(rows: readonly { readonly id: string; readonly confirm: string }[]): ReadonlyMap<string, boolean> {
  const decided = new Map<string, boolean>()
  for (const { id, confirm } of rows) {
    if (YES.test(confirm.trim())) decided.set(id, true)
    else if (NO.test(confirm.trim())) decided.set(id, false)
  }
  return decided
}

export interface ReformDecision {
  /** Day the reform takes effect; it may be a later one. */
  readonly date: string
  /** Document that ordered it. */
  readonly instrument: string
  /** Decisions that overrule what stands in the draft. */
  readonly decided?: ReadonlyMap<string, boolean>
  /** Takes every proposal that nobody decided on, from this confidence up. */
  readonly fromConfidence?: number
}

export interface ReformDone {
  readonly facts: number
  readonly moved: number
  readonly confirmed: number
  readonly dropped: number
}

/** Plays the confirmed proposals as dated facts, all or none; records of vanished areas move to their heirs by events, on the day of the reform. */
export async function confirmReform(store: Store, draft: ReformDraft, decision: ReformDecision, actor: Actor): Promise<Result<ReformDone>> {
  const accepts = (one: ReformDraft['proposals'][number]) =>
    decision.decided?.get(one.id) ?? one.confirmed ?? (decision.fromConfidence !== undefined && one.confidence >= decision.fromConfidence)
  const confirmed = draft.proposals.filter(accepts)
  if (confirmed.length === 0) return no(nothingConfirmed())
  if (decision.date <= draft.eve)
    return no(
      refuse('reform-day', {
        zh: `生效日应晚于比对所用的${draft.eve}：请核对生效日，或以生效日的前一天重新比对（命令行用 --today）。`,
        en: `The reform must take effect after ${draft.eve}, the day that was compared: check the date, or compare anew as of the day before the reform (--today at the command line).`,
      }),
    )
  const reform = { proposals: draft.proposals, continues: new Map(draft.continues) }
  const { tree } = store.areas
  const eve = Temporal.PlainDate.from(decision.date).subtract({ days: 1 }).toString()
  const facts = factsOfReform(reform, confirmed, tree.asOf(eve), {
    date: decision.date,
    instrument: decision.instrument,
    taken: (id) => tree.has(id),
  })
  if (!facts.ok) return facts
  const done = await store.areas.confirm(facts.value, actor, store.writer)
  return done.ok ? ok({ ...done.value, confirmed: confirmed.length, dropped: draft.proposals.length - confirmed.length }) : done
}

const nothingConfirmed = (): Problem =>
  refuse('reform-nothing', {
    zh: '没有一项得到确认；请在“确认”列填“是”，或用最低把握值批量确认。',
    en: 'Nothing was confirmed; write “yes” in the column “confirm”, or confirm in bulk by a least confidence.',
  })
