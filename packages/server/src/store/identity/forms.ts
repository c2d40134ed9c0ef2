import { type AnyRecord, ERASED, type Field, halfWidth } from '@guatu/kernel'
import { pinyin } from 'pinyin-pro'
import { snake } from '../schema/snake.ts'

/** One way in which a sensitive field is found: its column of keyed hashes, and the form of a value that is hashed. */
export interface Way {
  readonly field: string
  readonly means: 'exact' | 'pinyin' | 'initials'
  readonly column: string
  form(value: string): string
}

/** Words of a name: a Chinese character reads as its pinyin (曾 as a surname is zeng), other letters stay together as they are written. */
function syllables(name: string): readonly string[] {
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

const FORMS = { exact: exactForm, pinyin: pinyinOf, initials: initialsOf } as const

const WAYS = { exact: ['exact'], name: ['exact', 'pinyin', 'initials'] } as const

const waysOfField = ([name, field]: readonly [string, Field]): readonly Way[] =>
  field.sensitive && field.find
    ? WAYS[field.find].map((means) => ({ field: name, means, column: `${snake(name)}_${means}`, form: FORMS[means] }))
    : []

const known = new WeakMap<AnyRecord, readonly Way[]>()

/** All ways in which records of this type are found by identity. */
export function waysOf(def: AnyRecord): readonly Way[] {
  const made = known.get(def) ?? Object.entries(def.fields).flatMap(waysOfField)
  known.set(def, made)
  return made
}

/** The text that is hashed: the same value in another field or another way has another hash. */
const salted = (def: AnyRecord, way: Way, form: string): string => `${def.name}.${way.field}:${way.means}:${form}`

/** What is hashed of a name is asked for thousands of times; the answers are kept. */
const NAMES_KEPT = 50_000

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
  token(def: AnyRecord, way: Way, value: unknown): string | null {
    if (typeof value !== 'string' || value === ERASED) return null
    if (def.fields[way.field]?.find === 'exact') return this.#hash(def, way, value)
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
    return Object.fromEntries(waysOf(def).map((way) => [way.column, this.token(def, way, fields[way.field])]))
  }

  #hash(def: AnyRecord, way: Way, value: string): string | null {
    const form = way.form(value)
    return form === '' ? null : this.tokenOfForm(def, way, form)
  }
}
