/** What each sign of a Chinese number says: small, large as on cheques, and as people speak. */
const DIGITS: ReadonlyMap<string, number> = new Map(
  ['零〇○', '一壹弌幺', '二贰貳弍两兩俩倆', '三叁參叄仨', '四肆', '五伍', '六陆陸', '七柒', '八捌', '九玖'].flatMap((signs, value) =>
    [...signs].map((sign) => [sign, value] as const),
  ),
)
const TENS: ReadonlyMap<string, number> = new Map([
  ['廿', 20],
  ['卄', 20],
  ['卅', 30],
  ['卌', 40],
])
const POWERS: ReadonlyMap<string, number> = new Map([
  ['十', 10],
  ['拾', 10],
  ['百', 100],
  ['佰', 100],
  ['千', 1000],
  ['仟', 1000],
  ['万', 10_000],
  ['萬', 10_000],
  ['亿', 100_000_000],
])
const CHINESE = `[${[...DIGITS.keys(), ...TENS.keys(), ...POWERS.keys()].join('')}]+`

const SMALL = 'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
const TENFOLD = 'twenty thirty forty fifty sixty seventy eighty ninety'
const ENGLISH: ReadonlyMap<string, number> = new Map([
  ...SMALL.split(' ').map((word, i) => [word, i + 1] as const),
  ...TENFOLD.split(' ').map((word, i) => [word, 10 * (i + 2)] as const),
  ['hundred', 100],
  ['thousand', 1000],
  ['million', 1_000_000],
  ['dozen', 12],
  ['dozens', 12],
])
/** Words that say a number without naming it: all there are, by the number. What they are part of in plain words stands in `set-words.ts`. */
const SAYING: readonly (readonly [value: number, zh: string, en: readonly string[]])[] = [
  [0, '无人 没人 没有人 无一', ['nobody', 'no one', 'none']],
  [
    1,
    '唯一 惟一 独一 孤例 单例 首例 个别 有个人 有位 某人 某位 某名 某例 那人 那位 那名 那例 这人 这位 这名 这例 该人 该名 该例 此人',
    ['single', 'sole', 'lone', 'someone', 'somebody'],
  ],
  [2, '夫妇 夫妻 双胞胎', ['couple', 'twins', 'pair', 'duo']],
  [3, '', ['trio', 'triplets', 'threesome']],
  [4, '', ['quartet', 'quadruplets', 'foursome']],
]
const SAID: ReadonlyMap<string, number> = new Map(
  SAYING.flatMap(([value, zh, en]) => [...zh.split(' ').filter((word) => word !== ''), ...en].map((word) => [word, value] as const)),
)
/** Does such a word say by itself that it is people whom it counts? */
export const saysPeople = (written: string): boolean => SAID.has(written.toLowerCase()) && /(?:[人位名例]|one|body)$/iu.test(written)
/** Roman numerals below 90, which an input method offers as one sign. L by itself is a litre. */
const ROMAN: ReadonlyMap<string, number> = new Map(
  ['', 'x', 'xx', 'xxx', 'xl', 'l', 'lx', 'lxx', 'lxxx'].flatMap((tens, t) =>
    ['', 'i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix'].flatMap((ones, o) =>
      tens + ones === '' || tens + ones === 'l' ? [] : [[tens + ones, 10 * t + o] as const],
    ),
  ),
)
const byLength = [...ROMAN.keys()].sort((a, b) => b.length - a.length)
/** One letter by itself is a number where people are counted with it. */
const roman = [
  byLength.filter((one) => one.length > 1).join('|'),
  `[ivx](?=\\s*(?:个人|[人例名位口]|people|persons?|cases?|patients?|residents?))`,
].join('|')
const english = `(?:${[...ENGLISH.keys()].join('|')})`
/** 没有人 counts, 没有人员 does not. */
const said = (letters: RegExp) =>
  [...SAID.keys()].flatMap((word) => (letters.test(word) ? [word.replace(/人$/u, '人(?![员民群才力口工机])')] : [])).join('|')

/** A number however it is written, in words that were made plain. */
export const NUMBER = new RegExp(
  [
    '\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?',
    '\\d+(?:\\.\\d+)?',
    said(/\p{Script=Han}/u),
    // What multiplies digits belongs to them: 300万.
    `(?<!\\d\\s?(?=[万千百亿]))${CHINESE}`,
    `\\b${english}(?:(?:[ -]|\\s+and\\s+)${english})*\\b`,
    `\\b(?:${said(/[a-z]/)})\\b`,
    `(?<![a-z\\d])(?:${roman})(?![a-z\\d’'])`,
  ].join('|'),
  'giu',
)

/** Signs of numbers that have no plain form of their own: circled on black, in a double ring, of Suzhou. */
const RINGED: readonly (readonly [first: number, last: number, value: number])[] = [
  [0x2776, 0x277f, 1],
  [0x2780, 0x2789, 1],
  [0x278a, 0x2793, 1],
  [0x24eb, 0x24f4, 11],
  [0x24f5, 0x24fe, 1],
  [0x24ff, 0x24ff, 0],
  [0x3021, 0x3029, 1],
]

function plainSign(sign: string): string {
  const point = sign.codePointAt(0) ?? 0
  const ringed = RINGED.find(([first, last]) => point >= first && point <= last)
  if (ringed) return ` ${point - ringed[0] + ringed[2]} `
  // Digits of other scripts stand in rows of ten.
  let zero = point
  while (point - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1
  return String(point - zero)
}

/** Words in which every number stands in half-width digits, Chinese or English: what is full-width, circled or of another script is put so. */
export const plainWords = (words: string): string =>
  words
    .replace(/[\u00a0\u3000]/g, ' ')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\u2460-\u249b\u3200-\u32ff]/g, (sign) => ` ${sign.normalize('NFKC')} `)
    .normalize('NFKC')
    .replace(/[\u2776-\u2793\u24eb-\u24ff\u3021-\u3029]|(?!\d)\p{Nd}/gu, plainSign)

/** How much a number says that was found by `NUMBER`. */
export function amountOf(written: string): number {
  const word = written.toLowerCase()
  if (/^\d/.test(word)) return Number(word.replaceAll(',', ''))
  const known = SAID.get(word)
  if (known !== undefined) return known
  const latin = ROMAN.get(word)
  if (latin !== undefined) return latin
  return /^[a-z]/.test(word) ? amountInEnglish(word) : amountInChinese(word)
}

function amountInEnglish(word: string): number {
  let [sum, part] = [0, 0]
  for (const one of word.split(/[\s-]+/)) {
    const value = ENGLISH.get(one) ?? 0
    if (value < 100) part += value
    else if (value === 100) part = Math.max(1, part) * value
    else {
      sum += Math.max(1, part) * value
      part = 0
    }
  }
  return sum + part
}

function amountInChinese(word: string): number {
  const signs = [...word]
  // Digit for digit, as a year is read.
  if (signs.length > 1 && signs.every((sign) => DIGITS.has(sign))) return Number(signs.map((sign) => DIGITS.get(sign)).join(''))
  let [sum, part, digit] = [0, 0, 0]
  for (const sign of signs) {
    const power = POWERS.get(sign)
    if (power === undefined) {
      const tens = TENS.get(sign)
      if (tens === undefined) digit = DIGITS.get(sign) ?? 0
      else part += tens
    } else if (power < 10_000) {
      part += (digit === 0 ? 1 : digit) * power
      digit = 0
    } else {
      sum += Math.max(1, part + digit) * power
      part = 0
      digit = 0
    }
  }
  return sum + part + digit
}

/** The power of ten that stands behind digits: 3万. */
export const powerOf = (rest: string): number => POWERS.get(/^\s*([万千百亿])/.exec(rest)?.[1] ?? '') ?? 1
