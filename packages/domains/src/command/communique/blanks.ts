import type { Communique, Directive, Piece } from './types.ts'

/** Every kind of blank but the tab, which parts cells. */
const BLANK = '[ \\u00a0\\u2000-\\u200b\\u202f\\u205f\\u3000\\ufeff]'
const DIGIT = '[0-9\\uff10-\\uff19]'
/** What a number of Chinese prose stands beside without a blank: Han characters, their punctuation and the signs of measures. */
const PROSE = '[\\u3400-\\u9fff、。，；：？！“”（）《》〔〕【】%％‰℃＋+~～—–-]'
const BESIDE = new RegExp(`(?<=${PROSE})${BLANK}{1,2}(?=${DIGIT})|(?<=${DIGIT})${BLANK}{1,2}(?=${PROSE})`, 'g')
/** What a number is counted in, or goes on with as a time: there the blank behind it parts no ordinal and no date of a page from a word. */
const COUNTED =
  /^(?:[年月日号时点分秒余多万亿千百元人名户个家辆台套只吨亩米次天例件份所张批支间期条项度倍头羽座片届级楼栋岁周前起至到止%％‰℃]|小时|工作日|之前|以前)/
const NUMBER = /^[0-9\uff10-\uff19]+(?:[,.][0-9\uff10-\uff19]+)?$/
/** How far before a blank its number is looked for. */
const NUMERAL = /[0-9\uff10-\uff19.,:：/-]{1,20}$/

/** Whether the blank at [at, end) is one of layout; an ordinal (1 加强…) or a dated line (2020-02-15 来源) keeps it. */
function ofLayout(text: string, at: number, end: number): boolean {
  const number = NUMERAL.exec(text.slice(Math.max(0, at - 20), at))?.[0]
  if (number === undefined || COUNTED.test(text.slice(end, end + 3))) return true
  const before = text[at - number.length - 1]
  return NUMBER.test(number) && before !== undefined && before !== '\n' && before !== '\r' && before !== '\t'
}

/** A text without the blanks that layout put beside its digits, and where its characters stand in the text as given. */
export interface Closed {
  readonly text: string
  /** The place in the text as given of the character at `offset`; of its end, the end of the text. */
  given(offset: number): number
  /** The place in the closed text of what stands at `offset` in the text as given, or of the first character behind it. */
  closed(offset: number): number
}

/** 2 月 20 日, 第 12 次会议, 326 名 as they are written by hand: typesetting programs part digits from Han characters by a blank. */
export function closeBlanks(text: string): Closed {
  const gaps = [...text.matchAll(BESIDE)]
    .map((found) => ({ at: found.index, length: found[0].length }))
    .filter(({ at, length }) => ofLayout(text, at, at + length))
  if (gaps.length === 0) return { text, given: (offset) => offset, closed: (offset) => offset }
  // Behind the blanks before it, a place moves by what they took.
  const moved: { readonly given: number; readonly closed: number; readonly taken: number }[] = []
  const parts: string[] = []
  let from = 0
  let taken = 0
  for (const { at, length } of gaps) {
    parts.push(text.slice(from, at))
    moved.push({ given: at, closed: at - taken, taken: taken + length })
    taken += length
    from = at + length
  }
  parts.push(text.slice(from))
  const last = (before: (one: (typeof moved)[number]) => boolean) => {
    let [low, high] = [0, moved.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const one = moved[middle]
      if (one !== undefined && before(one)) low = middle + 1
      else high = middle
    }
    return moved[low - 1]
  }
  return {
    text: parts.join(''),
    given: (offset) => offset + (last((one) => one.closed <= offset)?.taken ?? 0),
    closed: (offset) => {
      const gap = last((one) => one.given <= offset)
      return gap === undefined ? offset : Math.max(gap.closed, offset - gap.taken)
    },
  }
}

/** A piece of the closed text as it stands in the text as given. */
function given<T extends Piece>(piece: T, text: string, blanks: Closed): T {
  const start = blanks.given(piece.start)
  const end = piece.end <= piece.start ? start : blanks.given(piece.end - 1) + 1
  return { ...piece, quote: text.slice(start, end), start, end }
}

/** A directive of the closed text with its places in the text as given; its labels keep the words without blanks. */
export function directiveAsGiven(directive: Directive, text: string, blanks: Closed): Directive {
  const numbers = directive.numbers.map((one) => given(one, text, blanks))
  const dates = directive.dates.map((one) => given(one, text, blanks))
  return { ...given(directive, text, blanks), numbers, dates }
}

/** What was read in the closed text with its places in the text as given. */
export function asGiven(read: Communique, text: string, blanks: Closed): Communique {
  if (blanks.text === text) return read
  return {
    ...read,
    headings: read.headings.map((one) => given(one, text, blanks)),
    skipped: read.skipped.map((one) => given(one, text, blanks)),
    directives: read.directives.map((one) => directiveAsGiven(one, text, blanks)),
  }
}
