import { fromOldNationalId, halfWidth } from '@guatu/kernel'

/** A number that somebody typed into words, where a figure would have been a place in braces. */
export interface TypedNumber {
  readonly kind: 'number'
  /** As it stands in the words, in half-width form. */
  readonly written: string
  readonly value: number
  /** What it counts by the word behind it; `open` where that does not say. */
  readonly counts: 'people' | 'things' | 'open'
  /** The part of a sentence in which it stands. */
  readonly clause: string
  /** What was said before it in the same paragraph: a place named there is still spoken of. */
  readonly before: readonly string[]
}

/** What may be somebody's name, beside a word for a person or between two signs. */
export interface TypedName {
  readonly kind: 'name'
  readonly written: string
  readonly clause: string
}

const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
}
const POWERS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000, 万: 10_000 }
const WORDS = 'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
const ENGLISH: ReadonlyMap<string, number> = new Map([
  ...WORDS.split(' ').map((word, i) => [word, i + 1] as const),
  ...'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ').map((word, i) => [word, 10 * (i + 2)] as const),
])

/** Days and times of day are said in every notice and count nobody. */
const DATES =
  /\d{4}\s*年(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*[日号])?|\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号])?|\d{1,2}\s*日|\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\s*[:：]\s*\d{2}|\d{1,2}\s*时(?:\s*\d{1,2}\s*分)?|\b\d{1,2}\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*(?:\s+\d{4})?|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d{1,2}(?:,?\s+\d{4})?|COVID-19|2019-nCoV/gi
const CHINESE = '[零〇一二两三四五六七八九十百千万]+'
const NUMBER = new RegExp(
  `\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?|(?<![每任何同])${CHINESE}(?=\\s*(?:余|多)?(?:个人|人(?![民员群口])|例|名(?!单)|位))|\\b(?:${[...ENGLISH.keys()].join('|')})\\b(?=\\s+(?:\\w+\\s+)?(?:people|persons?|cases?|patients?|residents?|contacts?)\\b)`,
  'giu',
)
const PEOPLE =
  /^\s*(?:万|千|百)?\s*[余多]?\s*(?:个?人|例|名|位)|^\s*(?:\w+\s+)?(?:people|persons?|cases?|patients?|residents?|contacts?)\b/iu
const THINGS =
  /^\s*(?:万|千|百)?\s*[余多]?\s*(?:[个辆条件张所家处次天户米元吨份台套支批楼号栋座间床岁届期项类级℃度%％]|小时|分钟|公里|周|月|年)|^\s*(?:%|percent|per cent|checkpoints?|roads?|vehicles?|sites?|days?|hours?|minutes?|times|villages?|towns?|count(?:y|ies)|beds?|masks?|households?)\b/iu

function amountOf(written: string): number {
  const english = ENGLISH.get(written.toLowerCase())
  if (english !== undefined) return english
  if (/^\d/.test(written)) return Number(written.replaceAll(',', ''))
  let [sum, digit] = [0, 0]
  for (const sign of written) {
    const power = POWERS[sign]
    if (power === undefined) digit = DIGITS[sign] ?? 0
    else {
      sum += (digit === 0 && power === 10 ? 1 : digit) * power
      digit = 0
    }
  }
  return sum + digit
}

const PLACE = /\{\w+\}/g
/** Figures in braces and dates leave a gap of their own length: what stands beside them is not joined. */
const bare = (words: string) => halfWidth(words).replace(PLACE, gap).replace(DATES, gap)
const gap = (what: string) => ' '.repeat(what.length)

const clausesOf = (paragraph: string) => paragraph.split(/[。！？；;!?]|\.(?=\s|$)/).filter((one) => one.trim() !== '')

/** Numbers typed into words, in Chinese, in English and in digits of any width; days and times of day are none. */
export function typedNumbers(words: string): readonly TypedNumber[] {
  return words.split('\n').flatMap((paragraph) => {
    const clauses = clausesOf(bare(paragraph))
    return clauses.flatMap((clause, i) =>
      [...clause.matchAll(NUMBER)].map((match): TypedNumber => {
        const [written] = match
        const rest = clause.slice(match.index + written.length)
        const power = /^\s*([万千百])/.exec(rest)?.[1]
        return {
          kind: 'number',
          written,
          value: amountOf(written) * (power === undefined ? 1 : (POWERS[power] ?? 1)),
          counts: PEOPLE.test(rest) ? 'people' : THINGS.test(rest) ? 'things' : 'open',
          clause: clause.replace(/\s+/g, ' ').trim(),
          before: clauses.slice(0, i),
        }
      }),
    )
  })
}

/** Numbers by which one person is found, whatever is said beside them: 11 digits of a mobile, 15 or 18 of an identity number. */
export function personalNumbers(words: string): readonly ('phone' | 'identity')[] {
  return [...halfWidth(words).matchAll(/\d(?:[ -]?\d){10,17}[xX]?/g)].flatMap(([run]) => {
    const plain = run.replace(/[ -]/g, '').toUpperCase()
    if (/^(?:86)?1[3-9]\d{9}$/.test(plain)) return ['phone'] as const
    return /^\d{17}[\dX]$/.test(plain) || fromOldNationalId(plain) !== undefined ? (['identity'] as const) : []
  })
}

/** The surnames of most people that are not everyday words as well; a name missed here is still for whoever publishes to see. */
const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙朱胡郭林罗郑梁谢宋唐许韩冯邓曹彭曾肖董袁潘蒋蔡杜魏吕姚姜崔钟谭陆汪贾韦邹孟熊秦邱薛阎侯史陶黎龚邵钱覃戴莫汤'
const NAMES = [
  new RegExp(
    `(?:病例|患者|感染者|密接者|接触者|死者)[:：“"（(]?([${SURNAMES}][\\u4e00-\\u9fff]{1,2}?)(?=[，。、；;,.（()））”"\\s：:男女]|系|住|为|$)`,
    'gu',
  ),
  new RegExp(`([${SURNAMES}](?:[某×*][某×*\\u4e00-\\u9fff]?|[\\u4e00-\\u9fff]{0,2}(?=先生|女士|小姐|同志)))`, 'gu'),
  new RegExp(`(?<=[，、：:,（(])([${SURNAMES}][\\u4e00-\\u9fff]{1,2})(?=[，。、；;,.（()）\\s]|$)`, 'gu'),
] as const

/** What may be names: the register is not asked, as a refusal would tell who stands in it. */
export function typedNames(words: string, areas: readonly string[]): readonly TypedName[] {
  const plain = halfWidth(words)
  const found = new Map<string, TypedName>()
  for (const paragraph of plain.split('\n'))
    for (const clause of clausesOf(paragraph))
      for (const pattern of NAMES)
        for (const [, written = ''] of clause.matchAll(pattern))
          if (!areas.some((area) => area.startsWith(written))) found.set(written, { kind: 'name', written, clause: clause.trim() })
  return [...found.values()]
}
