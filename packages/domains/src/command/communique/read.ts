import { readAttributes } from './attributes.ts'
import { hanShare, readingView } from './characters.ts'
import { addresseePattern, type Clause, readClause } from './clause.ts'
import { groupClauses } from './cut.ts'
import { voteDomain } from './domain.ts'
import { headingReach, isTopicSentence, type Read, topicClause } from './headings.ts'
import { labelGroup } from './label.ts'
import { layOut } from './layout.ts'
import { because, type RuleName } from './rules.ts'
import { cutSentences, type Sentence, type Span } from './sentences.ts'
import { contentOf } from './speech.ts'
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

/**
 * Read a Chinese meeting communiqué into its directives. Pure and linear in the length of the text; never throws on text:
 * what cannot be read comes back with `refusal`.
 */
export function readCommunique(text: string, options: ReadOptions = {}): Communique {
  const view = readingView(text)
  const share = hanShare(view)
  const lines = layOut(view)
  const blank = {
    title: null,
    date: null,
    body: null,
    session: null,
    meetingDate: null,
    chair: null,
    headings: [],
    skipped: [],
    directives: [],
  }
  if (lines.length === 0) return { ...blank, refusal: EMPTY }
  if (share.han < 8 || share.han < share.letters * 0.4) return { ...blank, refusal: FOREIGN }

  const { year, month, ...attributes } = readAttributes(view, lines, options.year)
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
  let heading: { domain: DomainCode; until: number } | null = null
  const addHeading = (start: number, end: number, spoken: string, until: number): void => {
    const vote = voteDomain(spoken)
    const domain = vote === null ? 'other' : vote.domain
    headings.push({ quote: text.slice(start, end), start, end, domain })
    heading = { domain, until }
  }
  const take = (read: Read, index: number): void => {
    const current = heading as { domain: DomainCode; until: number } | null
    if (current !== null && index >= current.until) heading = null
    const { sentence, clauses } = read
    if (read.skip !== null) return skip(sentence.start, sentence.end, read.skip)
    const first = clauses[0]
    const last = clauses.at(-1)
    if (first === undefined || last === undefined) return
    skip(sentence.start, trimStop(view, sentence.start, first.start), 'skip.attribution')
    if (isTopicSentence(reads, index)) {
      return addHeading(first.start, last.end, clauses.map((clause) => clause.text).join('，'), headingReach(reads, index))
    }
    const topics = topicClause(clauses)
    let content = clauses
    if (topics > 0) {
      const topic = clauses[topics - 1] ?? first
      addHeading(first.start, topic.end, first.text, Math.max(index + 1, current !== null ? index + 1 : 0))
      content = clauses.slice(topics)
    }
    const active = (heading as { domain: DomainCode; until: number } | null) ?? null
    for (const group of groupClauses(content)) {
      directives.push(labelGroup(group, { text, view, year, month, headingDomain: active?.domain ?? null }))
    }
    if (topics > 0) heading = current !== null && index + 1 < current.until ? current : null
  }
  reads.forEach(take)
  skipped.sort((a, b) => a.start - b.start)
  return { ...attributes, headings, skipped, directives, refusal: null }
}

const trimStop = (view: string, from: number, to: number): number => {
  let end = to
  while (end > from && '，：“ 、\n'.includes(view[end - 1] ?? '')) end -= 1
  return end
}

function readSentences(view: string, sentences: readonly Sentence[], units: RegExp | null): Read[] {
  let ordering = false
  let line = -1
  const out: Read[] = []
  for (const sentence of sentences) {
    const opensLine = sentence.line !== line
    line = sentence.line
    const { skip, spans, orders } = contentOf(view, sentence, { opensLine, ordering, units })
    if (orders !== null) ordering = orders
    const clauses: Clause[] = spans.map((span: Span, k: number) => readClause(view, span, k === 0, units))
    out.push({ sentence, clauses, skip, opensLine })
  }
  return out
}
