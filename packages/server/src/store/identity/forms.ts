import { type AnyRecord, ERASED, type Field, halfWidth } from '@guatu/kernel'
import { pinyin } from 'pinyin-pro'
import { snake } from '../schema/snake.ts'

/** One way in which a sensitive field is found: its column of keyed hashes, and the form of a value that is hashed. */
export interface Way {
  readonly field: string
  readonly means: 'exact' | 'bare' | 'pinyin' | 'initials' | Meeting
  readonly column: string
  /** Another field that has its part in the hash. */
  readonly beside?: string
  /** Name of the form of the field, where it has one of its own. */
  readonly formed?: string
  /** Only keeps a number from being written twice: rows of before may mean one number in two writings, and are found by its form. */
  readonly asWritten?: true
  form(value: string, beside?: string): string
}

/** A part of a number with an end of the name beside it. */
type Meeting = `${keyof typeof PARTS}_${keyof typeof ENDS}`

/** Words of a name: a Chinese character reads as its pinyin (曾 as a surname is zeng), other letters stay together as they are written. */
export function syllables(name: string): readonly string[] {
  return pinyin(plain(name), { toneType: 'none', type: 'array', mode: 'surname', nonZh: 'consecutive', v: true })
    .flatMap((word) => word.toLowerCase().split(/[^a-z0-9]+/))
    .filter((word) => word !== '')
}

const plain = (written: string): string =>
  halfWidth(written)
    .normalize('NFC')
    .replace(/[·•‧・．]/g, ' ')
    .replace(/\s+/g, ' ')
    .toUpperCase()

/** Half-width, upper case, without spaces: a number is the same number however it is written. */
export const exactForm = (value: string): string => plain(value).replace(/ /g, '')

/** 张三 → zhangsan. Tones and the space between words say nothing to somebody who only heard the name. */
export const pinyinOf = (name: string): string => syllables(name).join('')

/** 张三 → zs. */
export const initialsOf = (name: string): string =>
  syllables(name)
    .map((word) => word[0])
    .join('')

/** A national ID: six digits of a place, eight of the birth, three of a sequence, and the check character, which follows from the others. */
const NATIONAL_ID = /^\d{17}[\dX]$/
/** Shorter numbers have no parts by which few of one name are found. */
const SHORTEST_IN_PARTS = 5

/**
 * What two numbers that differ by one slip of the hand (one character, or two neighbours swapped) have in common: of every pair at least one of
 * these parts is the same. Of most numbers they are the halves without the character between them, which a slip reaches both only across it. Of a
 * national ID, whose halves too many share, each leaves out a stretch: place and year; month and day; sequence.
 */
const PARTS = {
  rest: (number: string) => (NATIONAL_ID.test(number) ? number.slice(11, 17) : number.slice(middleOf(number) + 1)),
  late: (number: string) => (NATIONAL_ID.test(number) ? number.slice(0, 10) + number.slice(15, 17) : ''),
  early: (number: string) => number.slice(0, NATIONAL_ID.test(number) ? 14 : middleOf(number)),
} as const
const middleOf = (number: string): number => Math.floor(number.length / 2)

/** Two names that differ in one syllable, wrong, dropped or added, begin or end with the same one. */
const ENDS = { first: 0, last: -1 } as const

/** What is hashed of a name is asked for thousands of times; the answers are kept. */
const NAMES_KEPT = 50_000
const ends = new Map<string, readonly string[]>()

function endOf(name: string, end: keyof typeof ENDS): string {
  const words = ends.get(name) ?? syllables(name)
  if (ends.size >= NAMES_KEPT) ends.clear()
  ends.set(name, words)
  return words.at(ENDS[end]) ?? ''
}

const FORMS = { exact: exactForm, bare: exactForm, pinyin: pinyinOf, initials: initialsOf } as const
const WAYS = { exact: ['exact'], number: ['exact', 'bare'], name: ['exact', 'pinyin', 'initials'] } as const

/** The form in which values of a field are one. */
const formOf = (field: Field | undefined) => field?.foundAs?.form ?? exactForm

/** A sensitive value in the form in which it is one, however it is written. */
export const oneForm = (def: AnyRecord, field: string, value: string): string => formOf(def.fields[field])(value)

/** Whoever was entered twice, with a slip in the number and another in the name, meets in one of these; neither says anything alone. */
const meetings = (number: string, name: string, oneOf: (written: string) => string): readonly Way[] =>
  (['rest', 'late', 'early'] as const).flatMap((part) =>
    (['first', 'last'] as const).map((end): Way => {
      const form = (value: string, beside = '') => {
        const [plainly, word] = [oneOf(value), endOf(beside, end)]
        const found = plainly.length < SHORTEST_IN_PARTS || word === '' ? '' : PARTS[part](plainly)
        return found === '' ? '' : `${found} ${word}`
      }
      return { field: number, means: `${part}_${end}`, column: `${snake(number)}_${part}_${end}`, beside: name, form }
    }),
  )

const waysOfField = ([name, field]: readonly [string, Field]): readonly Way[] =>
  field.sensitive && field.find
    ? WAYS[field.find].map((means) => {
        const way = { field: name, means, column: `${snake(name)}_${means}`, form: FORMS[means] }
        if (field.find === 'number' && means === 'exact') return { ...way, asWritten: true }
        return (means === 'exact' || means === 'bare') && field.foundAs
          ? { ...way, formed: field.foundAs.name, form: field.foundAs.form }
          : way
      })
    : []

const waysOfRecord = ({ fields }: AnyRecord): readonly Way[] => {
  const all = Object.entries(fields)
  const foundBy = (find: Field['find']) => all.flatMap(([name, field]) => (field.sensitive && field.find === find ? [name] : []))
  return [
    ...all.flatMap(waysOfField),
    ...foundBy('number').flatMap((number) => foundBy('name').flatMap((name) => meetings(number, name, formOf(fields[number])))),
  ]
}

const known = new WeakMap<AnyRecord, readonly Way[]>()

/** All ways in which records of this type are found by identity. */
export function waysOf(def: AnyRecord): readonly Way[] {
  const made = known.get(def) ?? waysOfRecord(def)
  known.set(def, made)
  return made
}

/** The text that is hashed: the same value in another field or another way has another hash. */
const salted = (def: AnyRecord, way: Way, form: string): string => `${def.name}.${way.field}:${way.means}:${form}`

/** Hashes with a key of its own. */
export interface Hasher {
  token(form: string): string
}

/** Makes the keyed hashes of records. */
export class Finder {
  readonly #vault: Hasher
  readonly #names = new Map<string, string | null>()

  constructor(vault: Hasher) {
    this.#vault = vault
  }

  /** The hash of one value in one way; null for a value of which nothing is left. */
  token(def: AnyRecord, way: Way, value: unknown, beside?: unknown): string | null {
    if (typeof value !== 'string' || value === ERASED) return null
    if (way.beside !== undefined) return typeof beside === 'string' && beside !== ERASED ? this.#hash(def, way, value, beside) : null
    if (def.fields[way.field]?.find !== 'name') return this.#hash(def, way, value)
    const key = `${def.name}.${way.field}:${way.means}:${value}`
    const kept = this.#names.get(key)
    if (kept !== undefined) return kept
    const made = this.#hash(def, way, value)
    if (this.#names.size >= NAMES_KEPT) this.#names.clear()
    this.#names.set(key, made)
    return made
  }

  /** The hash for a form that is known already, such as the initials that somebody typed. */
  tokenOfForm(def: AnyRecord, way: Way, form: string): string {
    return this.#vault.token(salted(def, way, form))
  }

  /** All hashes of a record, by column. */
  tokens(def: AnyRecord, fields: Readonly<Record<string, unknown>>): Record<string, string | null> {
    const beside = ({ beside: name }: Way) => (name === undefined ? undefined : fields[name])
    return Object.fromEntries(waysOf(def).map((way) => [way.column, this.token(def, way, fields[way.field], beside(way))]))
  }

  #hash(def: AnyRecord, way: Way, value: string, beside?: string): string | null {
    const form = way.form(value, beside)
    return form === '' ? null : this.tokenOfForm(def, way, form)
  }
}

/** Ways that find a record by what somebody wrote; the others only bring those together that may be one, or keep a key from being written twice. */
export const isAsked = ({ beside, asWritten }: Way): boolean => beside === undefined && asWritten !== true

/** The way in which a whole value of a field is found. */
export const wayOf = (def: AnyRecord, field: string): Way | undefined => waysOf(def).find((way) => way.field === field && isAsked(way))
