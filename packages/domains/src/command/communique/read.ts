import { addresseePattern } from './addressee.ts'
import { readAttributes } from './attributes.ts'
import { asGiven, closeBlanks } from './blanks.ts'
import { hanShare, readingView } from './characters.ts'
import { type Clause, readClause } from './clause.ts'
import { chanceOfCuts } from './confidence.ts'
import { groupClauses } from './cut.ts'
import { voteDomain } from './domain.ts'
import { headingReach, isTopicSentence, type Read } from './headings.ts'
import { labelGroup } from './label.ts'
import { type Line, layOut } from './layout.ts'
import { bentTopic, settled, spelledBeyond } from './openings.ts'
import { labelRows } from './rows.ts'
import { because, type RuleName } from './rules.ts'
import { cutSentences, type Sentence, type Span } from './sentences.ts'
import { contentOf } from './speech.ts'
import { findTables, type Tables, withoutTables } from './tables.ts'
import type { Communique, Directive, DomainCode, Heading, ReadingRefusal, ReadOptions, Skipped } from './types.ts'

const EMPTY: ReadingRefusal = {
  code: 'empty',
  zh: '文本为空：请粘贴或上传会议通报全文。',
  en: 'The text is empty: paste or upload the full communiqué.',
}
const FOREIGN: ReadingRefusal = {
  code: 'not_chinese',
  zh: '文本不是中文：切分规则只适用于中文会议通报，请上传中文原文（乱码时请先转为 UTF-8）。',
  en: 'The text is not Chinese: the cutting rules only hold for Chinese communiqués. Upload the Chinese original (garbled text: convert it to UTF-8 first).',
}
const NO_COMMUNIQUE: ReadingRefusal = {
  code: 'no_communique',
  zh: '文本太短，不是会议通报，没有要求任何单位做什么：请粘贴或上传会议通报全文。',
  en: 'The text is too short to be a communiqué and tells nobody to do anything: paste or upload the full communiqué.',
}
/** Fewer Chinese characters than this that order nothing are no communiqué. */
const SHORTEST = 30

const HOW = /^要?(?:科学|精准|稳妥|有序)?(?:分区分[级类]|分类分[级批区]|分级分[类批区]|分批分类)(?:、?分[级类批区时])*(?=[^，防]{4})/

/** A heading and the index of the first sentence that no longer stands under it. */
interface Scope {
  readonly domain: DomainCode | null
  readonly until: number
}

/** A communiqué of which nothing is known. */
export const NOTHING_READ: Communique = {
  title: null,
  date: null,
  body: null,
  session: null,
  meetingDate: null,
  chair: null,
  headings: [],
  skipped: [],
  directives: [],
  refusal: null,
}

/**
 * Read a Chinese meeting communiqué into its directives. Pure and linear in the length of the text; never throws on text:
 * what cannot be read comes back with `refusal`.
 */
export function readCommunique(text: string, options: ReadOptions = {}): Communique {
  const blanks = closeBlanks(text)
  return asGiven(readClosed(blanks.text, options), text, blanks)
}

function readClosed(text: string, options: ReadOptions): Communique {
  const view = readingView(text)
  const share = hanShare(view)
  const tables = findTables(text, view)
  const lines = withoutCaptions(view, layOut(withoutTables(view, tables)), tables)
  if (lines.length === 0 && tables.rows.length + tables.asides.length === 0) return { ...NOTHING_READ, refusal: EMPTY }
  if (share.han === 0 || share.han < share.letters * 0.4) return { ...NOTHING_READ, refusal: FOREIGN }

  const { year, month, from, ...attributes } = readAttributes(text, view, lines, options)
  const headings: Heading[] = []
  const skipped: Skipped[] = []
  const directives: Directive[] = []
  const skip = (start: number, end: number, rule: RuleName): void => {
    if (end > start) skipped.push({ quote: text.slice(start, end), start, end, why: because(rule) })
  }
  for (const line of lines)
    if (line.role !== 'body') skip(line.start, line.end, line.role === 'furniture' ? 'skip.furniture' : 'skip.headline')

  const units = addresseePattern(options.units ?? [])
  const sentences = cutSentences(view, lines)
  const reads = readSentences(view, sentences, units)
  let scope: Scope | null = null
  const subject = subjectOf(attributes.title)
  let topic: { line: number; domain: DomainCode | null } = { line: -1, domain: subject }
  let before: { line: number; domain: DomainCode | null } = { line: -1, domain: null }
  const addHeading = (clauses: readonly Clause[], start: number, end: number, until: number, rule: RuleName): Scope => {
    // 分区分类恢复农业生产: how it is done comes first, what is done is the field.
    const domain = voteDomain(clauses.map((clause) => clause.text.replace(HOW, '')).join('，'))?.domain ?? null
    headings.push({ quote: text.slice(start, end), start, end, domain: domain ?? 'other', why: because(rule) })
    return { domain, until }
  }
  for (const [index, read] of reads.entries()) {
    if (scope !== null && index >= scope.until) scope = null
    const { sentence, clauses } = read
    if (isTopicSentence(reads, index)) {
      const titled = read.title ?? clauses
      const opens = titled[0]?.start ?? sentence.start
      skip(sentence.start, trimStop(view, sentence.start, opens), 'skip.attribution')
      scope = addHeading(
        titled,
        opens,
        titled.at(-1)?.end ?? sentence.end,
        headingReach(reads, index),
        sentence.alone && sentence.stop === '' ? 'heading.line' : 'heading.topic',
      )
      continue
    }
    if (sentence.line !== topic.line) topic = { line: sentence.line, domain: subject }
    const first = clauses[0]
    if (read.skip !== null || first === undefined) {
      const told =
        read.skip === 'skip.situation' ? voteDomain(view.slice(sentence.start, Math.min(sentence.end, sentence.start + 300))) : null
      if (told !== null && told.tier >= 4) topic = { line: sentence.line, domain: told.domain }
      skip(sentence.start, sentence.end, read.skip ?? 'skip.empty')
      continue
    }
    skip(sentence.start, trimStop(view, sentence.start, first.start), read.attributed ? 'skip.attribution' : 'skip.situation')
    const beyond = spelledBeyond(reads, index)
    const opening = settled(clauses, beyond)
    const topics = opening === 'heading' ? 1 : bentTopic(clauses, beyond) ? 2 : 0
    // A topic clause governs its own sentence only; the heading above it comes back afterwards.
    const local =
      topics > 0
        ? addHeading(clauses.slice(0, topics), first.start, clauses[topics - 1]?.end ?? first.end, index + 1, 'heading.clause')
        : scope
    if (sentence.line !== before.line) before = { line: sentence.line, domain: null }
    let sameSentence = false
    const groups = groupClauses(clauses.slice(topics), opening === 'lead')
    const chances = chanceOfCuts(groups)
    for (const [k, group] of groups.entries()) {
      const last = before.domain === null ? null : { domain: before.domain, sameSentence }
      const directive = labelGroup(group, {
        text,
        view,
        year,
        month,
        from,
        headingDomain: local?.domain ?? null,
        before: last,
        topic: topic.domain,
        cuts: chances[k] ?? 1,
      })
      directives.push(directive)
      if (!directive.soft) before = { line: sentence.line, domain: directive.domain }
      sameSentence = !directive.soft
    }
  }
  for (const { start, end } of tables.asides) skip(start, end, 'skip.table')
  const around = { text, view, year, month, from, headingDomain: null }
  for (const row of tables.rows) directives.push(labelRows([row], row, around, units, [because('cut.row')]))
  directives.sort((a, b) => a.start - b.start)
  skipped.sort((a, b) => a.start - b.start)
  if (directives.length === 0 && share.han < SHORTEST) return { ...NOTHING_READ, refusal: NO_COMMUNIQUE }
  return { ...attributes, headings, skipped, directives, refusal: null }
}

/** The field of a meeting on one matter, as its title names it (春耕生产调度会); null where it is of containment as such, or of several. */
function subjectOf(title: string | null): DomainCode | null {
  const named = title === null ? '' : (/^(.{2,}?)(?:视频|电视|电话|调度|推进|工作|部署|专题)*会/.exec(readingView(title))?.[1] ?? '')
  const vote = named === '' ? null : voteDomain(named)
  if (vote === null || vote.tier < 4 || vote.contested || vote.domain === 'command' || vote.domain === 'containment') return null
  return vote.domain
}

const CAPTION = /(?:[：:]|表|清单|台账|分工|分解|任务|事项|如下|安排)(?:（[^）]*）)?$/

/** The line right above a table names it: it is no order. */
function withoutCaptions(view: string, lines: readonly Line[], { rows, asides }: Tables): readonly Line[] {
  const opens = new Set([...rows, ...asides].map(({ start }) => start))
  return lines.map((line) => {
    const next = line.end + view.slice(line.end, line.end + 20).search(/[^\s]/)
    const whole = view.slice(line.start, line.end)
    const names = line.role === 'body' && opens.has(next) && whole.length <= 40 && !whole.includes('。') && CAPTION.test(whole)
    return names ? { ...line, role: 'headline' } : line
  })
}

const trimStop = (view: string, from: number, to: number): number => {
  let end = to
  while (end > from && '，：“ 、\n'.includes(view[end - 1] ?? '')) end -= 1
  return end
}

const ORDERS = /^[^，]{0,24}(?:(?<![需主重只])要(?![求点素闻])|必须|务必|不得)/

function readSentences(view: string, sentences: readonly Sentence[], units: RegExp | null): Read[] {
  let ordering = false
  let line = -1
  let told: RuleName | null = null
  const out: Read[] = []
  for (const sentence of sentences) {
    const opensLine = sentence.line !== line
    line = sentence.line
    const content = contentOf(view, sentence, { opensLine, ordering, units })
    const { spans, orders } = content
    // 听取汇报；分析形势，并安排部署: what stands behind the semicolon of a lead goes on with it.
    const goesOn: boolean =
      told !== null &&
      !opensLine &&
      content.skip === null &&
      orders === null &&
      !ordering &&
      !spans.some((span) => ORDERS.test(view.slice(span.start, span.end)))
    const skip: RuleName | null = goesOn ? told : content.skip
    told = sentence.stop === '；' && (skip === 'skip.lead' || skip === 'skip.agenda') ? skip : null
    if (orders !== null) ordering = orders
    if (sentence.ordinal !== null && skip !== 'skip.lead' && skip !== 'skip.agenda') ordering = true
    const clauses: Clause[] = spans.map((span: Span, k: number) => readClause(view, span, k === 0, units))
    // Once somebody was told to do something, what follows on the line is order too.
    if (skip === null && clauses.some((clause) => clause.modal !== null)) ordering = true
    // 会议强调，一要…: the ordinal stands after the words of attribution.
    const ordinal = sentence.ordinal ?? (orders === null ? null : (spans[0]?.ordinal ?? null))
    out.push({
      attributed: orders !== null,
      sentence: ordinal === sentence.ordinal ? sentence : { ...sentence, ordinal },
      clauses,
      skip,
      opensLine,
      title: skip === null ? null : titleOf(view, sentence, skip, units),
    })
  }
  return out
}

/** Clauses of a skipped sentence that may still be a title: numbered, or alone on its line. */
function titleOf(view: string, sentence: Sentence, skip: RuleName, units: RegExp | null): Clause[] | null {
  // 二、审议《…措施》: an item of the agenda heads what was decided on it.
  const item = sentence.ordinal === 'chapter' && sentence.alone && sentence.stop === ''
  if (skip === 'skip.lead' || (skip === 'skip.agenda' && !item) || skip === 'skip.attribution') return null
  if (sentence.ordinal === null && !(sentence.alone && sentence.stop === '')) return null
  return sentence.clauses.map((span, k) => readClause(view, span, k === 0, units))
}
