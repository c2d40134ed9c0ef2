// One character in, one character out: offsets in the reading view are offsets in the text.

import { SIMPLIFIED } from './lexicon/traditional.ts'

const PUNCTUATION: Readonly<Record<string, string>> = {
  ',': '，',
  ';': '；',
  ':': '：',
  '!': '！',
  '?': '？',
  '(': '（',
  ')': '）',
  '﹐': '，',
  '﹔': '；',
  '﹕': '：',
  '｡': '。',
  '．': '.',
  '､': '、',
  '﹑': '、',
  '「': '“',
  '」': '”',
  '『': '“',
  '』': '”',
  '｢': '“',
  '｣': '”',
  '〝': '“',
  '〞': '”',
  '〔': '（',
  '〕': '）',
  '\ufeff': ' ',
  '\u200b': ' ',
  '\u200c': ' ',
  '\u200d': ' ',
  '\u00ad': ' ',
  '\u00a0': ' ',
  '\u3000': ' ',
  '\u2002': ' ',
  '\u2003': ' ',
  '\u2009': ' ',
  '\t': ' ',
  '\r': '\n',
  '\u2028': '\n',
  '\u2029': '\n',
}

/** What a full stop of the half-width kind may stand after: 1. opens an item. */
const CLOSES = /[\u4e00-\u9fff”’）)]/

const isDigit = (ch: string | undefined): boolean => ch !== undefined && ch >= '0' && ch <= '9'

/**
 * The text as the rules see it: full-width digits and letters, half-width punctuation and traditional characters made uniform, every kind
 * of space a space, straight quotation marks paired. Same length as the input, so offsets stay valid. Commas, colons and points between digits stay as they are.
 */
export function readingView(text: string): string {
  const out: string[] = new Array(text.length)
  let openQuote = false
  for (let i = 0; i < text.length; i += 1) {
    let ch = text[i] ?? ''
    const code = text.charCodeAt(i)
    if (code >= 0xff10 && code <= 0xff5a && (code <= 0xff19 || (code >= 0xff21 && code <= 0xff3a) || code >= 0xff41)) {
      ch = String.fromCharCode(code - 0xfee0)
    } else if ((ch === ',' || ch === ':') && isDigit(text[i - 1]) && isDigit(text[i + 1])) {
      // thousands separator or clock time
    } else if (ch === '.' && CLOSES.test(text[i - 1] ?? '') && /^\s?$/.test(text[i + 1] ?? '')) {
      ch = '。'
    } else if (ch === '"' || ch === '＂') {
      ch = openQuote ? '”' : '“'
      openQuote = !openQuote
    } else {
      ch = PUNCTUATION[ch] ?? SIMPLIFIED.get(ch) ?? ch
    }
    if (ch === '\n') openQuote = false
    out[i] = ch
  }
  return out.join('')
}

/** Share of Han characters among letters of any script (0 where there is no letter), and how many there are. */
export function hanShare(view: string): { readonly han: number; readonly letters: number } {
  let han = 0
  let other = 0
  let inWord = false
  for (let i = 0; i < view.length; i += 1) {
    const code = view.charCodeAt(i)
    const isHan = (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3400 && code <= 0x4dbf)
    const isLetter =
      (code >= 65 && code <= 90) ||
      (code >= 97 && code <= 122) ||
      (code >= 0xc0 && code <= 0x24f) ||
      (code >= 0x370 && code <= 0x6ff) ||
      (code >= 0x3040 && code <= 0x30ff) ||
      (code >= 0xac00 && code <= 0xd7af)
    if (isHan) han += 1
    // A foreign word weighs like two characters, whatever its length.
    if (isLetter && (!inWord || code >= 0x3040)) other += 2
    inWord = isLetter
  }
  return { han, letters: han + other }
}

/** Narrow [start, end) so that it neither begins nor ends with spaces or line ends. */
export function trimRange(view: string, start: number, end: number): { start: number; end: number } {
  let a = start
  let b = end
  while (a < b && (view[a] === ' ' || view[a] === '\n')) a += 1
  while (b > a && (view[b - 1] === ' ' || view[b - 1] === '\n')) b -= 1
  return { start: a, end: b }
}
