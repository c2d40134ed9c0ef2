import { assigningBracket } from './assigned.ts'
import { trimRange } from './characters.ts'
import type { Line } from './layout.ts'
import { TIME_ALONE } from './relative.ts'

export type OrdinalStyle = 'chapter' | 'section' | 'item' | 'subitem' | 'circled' | 'spoken'

/** A stretch between full stops or semicolons, cut into clauses at commas and colons outside quotation marks and brackets. */
export interface Sentence {
  readonly line: number
  readonly start: number
  readonly end: number
  readonly ordinal: OrdinalStyle | null
  readonly clauses: readonly Span[]
  /** The character that ended it, '' at a line end without one. */
  readonly stop: string
  /** Whether it is all there is on its line. */
  readonly alone: boolean
}

export interface Span {
  readonly start: number
  readonly end: number
  readonly ordinal: OrdinalStyle | null
  /** The character after the clause. */
  readonly stop: string
}

const ORDINALS: readonly (readonly [OrdinalStyle, RegExp])[] = [
  ['section', /^[（][一二三四五六七八九十]{1,3}[）][、.]? */],
  ['subitem', /^[（]\d{1,2}[）][、.]? */],
  ['item', /^\d{1,2}(?:[、）]|\.(?!\d)) */],
  ['item', /^[●◆■★▲▪•►◇○□] */],
  ['circled', /^[①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮] */],
  [
    'spoken',
    /^(?:[一二三四五六七八九十]{1,2}是(?=要|[^一二三四五六七八九十])|[一二三四五六七八九十]{1,2}(?=要[^，。；]{2})|第[一二三四五六七八九十]{1,2}(?:[，、]|(?=要[^，。；]{2}))|其[一二三四五六七八九十][，、]|[一二三四五六七八九十]，(?=[^，。；]{2})|(?:首先|其次|再次|最后)[，、])/,
  ],
  ['chapter', /^第?[一二三四五六七八九十]{1,3}、 */],
]

/** The ordinal that opens a stretch, with its length. */
export function ordinalAt(head: string): { readonly style: OrdinalStyle; readonly length: number } | null {
  for (const [style, pattern] of ORDINALS) {
    const found = pattern.exec(head)
    if (found) return { style, length: found[0].length }
  }
  return null
}

const CLOSERS: Readonly<Record<string, string>> = { '“': '”', '‘': '’', '（': '）', '《': '》', '【': '】' }
/** A connective set off by a comma belongs to no directive. */
const BARE_CONNECTIVE =
  /^(?:同时|与此同时|此外|另外|一方面|另一方面|特别是|尤其是|其中|因此|为此|对此|下一步|下步|接下来|会后|会议结束后|散会后|今后|首先|其次|最后|总之|要|并且|而且)$/
/** How far a quotation or bracket may reach before it counts as never closed. */
const REACH = 200

export function cutSentences(view: string, lines: readonly Line[]): readonly Sentence[] {
  const out: Sentence[] = []
  lines.forEach((line, index) => {
    if (line.role === 'body') cutLine(view, line, index, out)
  })
  return out
}

function cutLine(view: string, line: Line, index: number, out: Sentence[]): void {
  let sentenceStart = line.start
  let marks: number[] = []
  const firstOut = out.length
  const flush = (end: number, stop: string): void => {
    const sentence = makeSentence(view, index, sentenceStart, end, marks, stop, false)
    if (sentence) out.push(sentence)
    marks = []
  }
  for (let i = line.start; i < line.end; i += 1) {
    const ch = view[i] ?? ''
    // （牵头单位：甲局；配合单位：乙局） belongs to the order before it, also behind its full stop.
    const opens = ch === '（' ? i : '。；'.includes(ch) && view[i + 1] === '（' ? i + 1 : undefined
    const assigned = opens === undefined ? null : assigningBracket(view, opens)
    if (assigned !== null && assigned <= line.end && trimRange(view, sentenceStart, i).start < i) {
      i = assigned - 1
      if (ch !== '（') {
        flush(assigned, ch)
        sentenceStart = assigned
      }
      continue
    }
    const closer = CLOSERS[ch]
    if (closer !== undefined) {
      const close = view.slice(i + 1, Math.min(line.end, i + 1 + REACH)).indexOf(closer)
      // A quotation with sentences of its own is speech: its sentences are read like any other.
      if (close >= 0 && !/[。；]/.test(view.slice(i + 1, i + 1 + close))) i += close + 1
      continue
    }
    if (ch === '。' || ch === '！' || ch === '？' || ch === '；') {
      flush(i, ch)
      sentenceStart = i + 1
    } else if (ch === '：' && ordinalAt(view.slice(i + 1, i + 13)) !== null) {
      // 做到“四个到位”：一是… introduces a list.
      flush(i, ch)
      sentenceStart = i + 1
    } else if (ch === '，' || ch === '：') marks.push(i)
  }
  flush(line.end, '')
  if (out.length === firstOut + 1) {
    const only = out[firstOut]
    if (only) out[firstOut] = { ...only, alone: true }
  }
}

const isTimeAlone = (view: string, { start, end }: Pick<Span, 'start' | 'end'>): boolean =>
  end - start < 24 && TIME_ALONE.test(view.slice(start, end).replace(/ /g, ''))

function makeSentence(
  view: string,
  line: number,
  from: number,
  to: number,
  marks: readonly number[],
  stop: string,
  alone: boolean,
): Sentence | null {
  const whole = trimRange(view, from, to)
  const opening = ordinalAt(view.slice(whole.start, whole.start + 12))
  const start = whole.start + (opening?.length ?? 0)
  if (start >= whole.end) return null
  const clauses: Span[] = []
  let at = start
  for (const mark of [...marks, whole.end]) {
    if (mark < at) continue
    const span = trimRange(view, at, Math.min(mark, whole.end))
    if (mark < whole.end && view[mark] === '，' && isTimeAlone(view, span)) continue
    const ordinal = at === start ? null : ordinalAt(view.slice(span.start, span.start + 12))
    const begin = span.start + (ordinal?.length ?? 0)
    if (begin < span.end && !BARE_CONNECTIVE.test(view.slice(begin, Math.min(span.end, begin + 12))))
      clauses.push({ start: begin, end: span.end, ordinal: ordinal?.style ?? null, stop: mark < whole.end ? (view[mark] ?? '') : stop })
    at = mark + 1
  }
  const first = clauses[0]
  if (first === undefined) return null
  return { line, start: first.start, end: whole.end, ordinal: opening?.style ?? null, clauses, stop, alone }
}

/** Clauses of any stretch: cut at every comma and stop outside quotation marks. */
export function clausesIn(view: string, from: number, to: number): Span[] {
  const spans: Span[] = []
  let at = from
  let quoted = false
  for (let k = from; k <= to; k += 1) {
    const ch = k === to ? '，' : (view[k] ?? '')
    if (ch === '“') quoted = true
    if (ch === '”') quoted = false
    if (k < to && (quoted || !'，；。：！？'.includes(ch))) continue
    const span = trimRange(view, at, k)
    if (ch === '，' && k < to && isTimeAlone(view, span)) continue
    const ordinal = ordinalAt(view.slice(span.start, span.start + 12))
    const start = spans.length === 0 ? span.start : span.start + (ordinal?.length ?? 0)
    if (start < span.end) spans.push({ start, end: span.end, ordinal: spans.length === 0 ? null : (ordinal?.style ?? null), stop: ch })
    at = k + 1
  }
  return spans
}
