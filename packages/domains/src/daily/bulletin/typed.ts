import { fromOldNationalId, halfWidth } from '@guatu/kernel'
import { namesIn } from './names.ts'
import { amountOf, NUMBER, plainWords, powerOf, saysPeople } from './numerals.ts'
import { HARMLESS } from './set-words.ts'

/** A number that somebody typed into words, where a figure would have been a place in braces. */
export interface TypedNumber {
  readonly kind: 'number'
  /** As it stands in the words, in half-width form. */
  readonly written: string
  readonly value: number
  /** What it counts by the words around it; `open` where they do not say. */
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

const PERSONS = '人|例|名|位|口|患者|病例|密接|居民|村民|群众|老人|孩子|儿童|学生|确诊|感染|疑似|观察'
const PEOPLE = new RegExp(
  `^\\s*(?:万|千|百)?\\s*[余多]?\\s*个?\\s*(?:${PERSONS})|^\\s*(?:万|千|百)?[余多]?个\\s*(?:$|[，、,)）])|^\\s*(?:\\w+\\s+)?(?:people|persons?|cases?|patients?|residents?|contacts?)\\b`,
  'iu',
)
/** What was said right before it counts people: 人数为一, 患者3. */
const OF_PEOPLE = /(?:人数|例数|病例|患者|者|对象|人员|人)\s*(?:仅|只|共|总|合)?(?:有|为|是|计|达|剩)?\s*[:：]?\s*$/u
const THINGS =
  /^\s*(?:万|千|百)?\s*[余多]?\s*(?:[个辆条件张所家处次天户米元吨份台套支批楼号栋座间床岁届期项类级℃度%％]|小时|分钟|公里|周|月|年)|^\s*(?:%|percent|per cent|checkpoints?|roads?|vehicles?|sites?|days?|hours?|minutes?|times|villages?|towns?|count(?:y|ies)|beds?|masks?|households?)\b/iu

/** Whom an office sends counts nobody of those whom the bulletin is about. */
const SENT = /(?:由|安排|选派|抽调|配备|明确|落实|组织)\s*$/u

/** A place and a number, and nothing between them but that it is so: 南江县：一. */
const isOf = (said: string, areas: readonly string[]): boolean => {
  const place = said.replace(/[\s:：为有是仅只尚余剩共、，,（(]+$/u, '')
  return areas.some((area) => place.endsWith(area) || (area.length > 2 && place.endsWith(area.slice(0, -1))))
}

const PLACE = /\{\w+\}/g
/** Figures in braces, dates and set words leave a gap of their own length: what stands beside them is not joined. */
const bare = (words: string) => words.replace(PLACE, gap).replace(HARMLESS, gap)
const gap = (what: string) => ' '.repeat(what.length)

/** Where the parts of sentences of a paragraph begin and end. */
const clausesOf = (paragraph: string): readonly (readonly [from: number, to: number])[] => {
  const ends = [...paragraph.matchAll(/[。！？；;!?]|\.(?=\s|$)/g)].map(({ index }) => index)
  return [...ends, paragraph.length].map((to, i) => [i === 0 ? 0 : (ends[i - 1] ?? 0) + 1, to] as const)
}

/** Numbers typed into words, however they are written; dates, parts of documents and set words are none, nor are names of `areas`. */
export function typedNumbers(words: string, areas: readonly string[] = []): readonly TypedNumber[] {
  return plainWords(words)
    .split('\n')
    .flatMap((paragraph) => {
      const counted = areas.reduce((rest, area) => rest.replaceAll(area, gap), bare(paragraph))
      const clauses = clausesOf(counted)
      const said = clauses.map(([from, to]) => paragraph.slice(from, to).replace(/\s+/g, ' ').trim())
      return clauses.flatMap(([from, to], i) => {
        const clause = counted.slice(from, to)
        return [...clause.matchAll(NUMBER)].map((match): TypedNumber => {
          const [written] = match
          const rest = clause.slice(match.index + written.length)
          const before = clause.slice(0, match.index)
          const sent = SENT.test(before)
          const of = OF_PEOPLE.test(before) || isOf(paragraph.slice(from, from + match.index), areas)
          const people = !sent && (saysPeople(written) || PEOPLE.test(rest) || (of && !THINGS.test(rest)))
          return {
            kind: 'number',
            written,
            value: amountOf(written) * (/^\d/.test(written) ? powerOf(rest) : 1),
            counts: people ? 'people' : sent || THINGS.test(rest) ? 'things' : 'open',
            clause: said[i] ?? '',
            before: said.slice(0, i),
          }
        })
      })
    })
}

/** Numbers by which one person is found, whatever is said beside them: 11 digits of a mobile, 15 or 18 of an identity number. */
export function personalNumbers(words: string): readonly ('phone' | 'identity')[] {
  return [...plainWords(words).matchAll(/\d(?:[ -]?\d){10,17}[xX]?/g)].flatMap(([run]) => {
    const plain = run.replace(/[ -]/g, '').toUpperCase()
    if (/^(?:86)?1[3-9]\d{9}$/.test(plain)) return ['phone'] as const
    return /^\d{17}[\dX]$/.test(plain) || fromOldNationalId(plain) !== undefined ? (['identity'] as const) : []
  })
}

/** What may be names: the register is not asked, as a refusal would tell who stands in it. */
export function typedNames(words: string, areas: readonly string[]): readonly TypedName[] {
  const found = new Map<string, TypedName>()
  for (const paragraph of halfWidth(words).split('\n'))
    for (const [from, to] of clausesOf(paragraph)) {
      const clause = paragraph.slice(from, to).trim()
      for (const written of namesIn(clause))
        if (!areas.some((area) => area.startsWith(written))) found.set(written, { kind: 'name', written, clause })
    }
  return [...found.values()]
}
