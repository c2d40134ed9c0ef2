const COMMITTEE = /(?:社区|村)?(?:居民|村民|家属)?(?:委员会|居委会|村委会)$/
const PLACE = /(?:社区|生活区|居委|村委|村)$/
const TOWN = /(?:民族乡|街道办事处|街道|镇|乡)$/
const DIGITS: Readonly<Record<string, string>> = {
  零: '0',
  〇: '0',
  一: '1',
  二: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  七: '7',
  八: '8',
  九: '9',
}
const NUMERAL = /[零〇一二三四五六七八九十百]+/g

function numeral(text: string): string {
  if (!/[十百]/.test(text)) return [...text].map((char) => DIGITS[char] ?? char).join('')
  let total = 0
  let digit = 0
  for (const char of text) {
    const unit = char === '百' ? 100 : char === '十' ? 10 : 0
    if (unit === 0) digit = Number(DIGITS[char] ?? 0)
    else {
      total += (digit === 0 ? 1 : digit) * unit
      digit = 0
    }
  }
  return String(total + digit)
}

const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/[\s·•.、()（）]/g, '')
    .replace(NUMERAL, numeral)

const strip = (name: string, suffix: RegExp): string => {
  const rest = name.replace(suffix, '')
  // A stem of one character says too little: 新村 is called 新村.
  return [...rest].length >= 2 ? rest : name
}

/**
 * What a village is called, whatever its committee is called: 柏林村村民委员会, 柏林村 and 柏林社区居委会 are all 柏林. Numerals are
 * written in digits (十一村 and 11村 are one). For comparison only, never for show.
 */
export const villageStem = (name: string): string => strip(strip(plain(name), COMMITTEE), PLACE)

/** What a town is called without its rank: 尹家乡 and 尹家镇 are both 尹家. 九镇乡 stays 九镇. */
export const townStem = (name: string): string => strip(plain(name), TOWN)

/** A county without its rank: 龙南县 and 龙南市 are both 龙南. */
export const countyStem = (name: string): string => strip(plain(name), /(?:自治县|县|市|区)$/)

/** Share of characters two stems have in common, in order, over the longer one: 0 to 1. */
export function likeness(a: string, b: string): number {
  const [left, right] = [[...a], [...b]]
  let row = new Array<number>(right.length + 1).fill(0)
  for (const char of left) {
    const next = [0]
    for (const [at, other] of right.entries()) next.push(char === other ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0))
    row = next
  }
  return (row.at(-1) ?? 0) / Math.max(left.length, right.length, 1)
}
