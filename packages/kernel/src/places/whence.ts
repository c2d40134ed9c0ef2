import type { Label } from '../label.ts'
import { COUNTIES, PROVINCES, TOWNS, WUHAN } from './gazetteer.ts'

/** A name that a place goes by. */
interface Name {
  readonly codes: readonly string[]
  /** Used elsewhere too: given up where the text names a place that does not hold it. */
  readonly weak: boolean
  /** Counts only where it stands alone or as a city. */
  readonly bounded: boolean
}

interface Found {
  /** As the text has it. */
  readonly name: string
  readonly codes: readonly string[]
  readonly weak: boolean
}

/** Where somebody comes from, as they say it. */
export interface Said {
  readonly origin?: string | undefined
  /** Administrative code, where one was given. */
  readonly originCode?: string | undefined
  /** Places passed through. */
  readonly via?: string | undefined
}

export interface Whence {
  /** The place by which somebody comes from or through the list, in the words of who said it. */
  readonly listed?: string
  /** Was the origin recognised as a place at all? What was not is no place outside the list. */
  readonly known: boolean
}

const CODE = /^\d+$/
/** Streets, houses and villages are called after places; whoever lives there does not come from them. */
const CALLED_AFTER =
  /^[东西南北中一二三四五六七八九十]{0,2}(?:路|街(?!道口)|大道|大街|公路|巷|弄|胡同|大?酒店|宾馆|大?饭店|旅馆|旅店|餐馆|餐厅|饭馆|酒楼|小吃|热干面|小区|花园|广场|大厦|大楼|镇|乡(?!下)|村|社区|组)/u
const CALLED_AFTER_EN = new Set(
  'road rd street st avenue ave lane lu jie xiang dadao dajie hotel inn restaurant noodles village'.split(' '),
)
const NONE: readonly number[] = []
const SHORTEST_EN = 4
const MOST_WORDS = 3
const HAN = /\p{Script=Han}/u

const han = new Map<string, Name>()
const latin = new Map<string, Name>()
/** Lengths of the Chinese names that begin with a character, longest first: at most characters no name begins. */
const lengths = new Map<string, readonly number[]>()

function add(to: Map<string, Name>, name: string, code: string, weak: boolean, bounded: boolean): void {
  const known = to.get(name)
  // Of one name, the code that is kept first may be any: all count, and what is free for one is free.
  to.set(name, {
    codes: [...(known?.codes ?? []), code],
    weak: weak && (known?.weak ?? true),
    bounded: bounded && (known?.bounded ?? true),
  })
}

const descending = (numbers: readonly number[]): readonly number[] => [...new Set(numbers)].sort((a, b) => b - a)

const squeezed = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '')

function read(entries: readonly string[], how: { readonly weakLatin: boolean; readonly bounded: boolean }): void {
  for (const entry of entries.flatMap((line) => line.split(', '))) {
    const [code = '', chinese = '', ...english] = entry.split(' ')
    const weak = chinese.startsWith('~')
    for (const name of chinese.replace('~', '').split('/')) {
      const first = name[0] ?? ''
      lengths.set(first, descending([...(lengths.get(first) ?? []), name.length]))
      add(han, name, code, weak, how.bounded)
    }
    for (const name of english.join(' ').split('/')) add(latin, squeezed(name), code, how.weakLatin || name.startsWith('~'), false)
  }
}
read(PROVINCES, { weakLatin: false, bounded: false })
read(WUHAN, { weakLatin: false, bounded: false })
read(COUNTIES, { weakLatin: true, bounded: false })
read(TOWNS, { weakLatin: true, bounded: true })

const chineseFound = (text: string, others: readonly string[]): readonly Found[] => {
  // People write 湖 北 武汉.
  const joined = text.normalize('NFKC').replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '')
  const found: Found[] = []
  let stopped = 0
  for (let at = 0; at < joined.length; at += 1) {
    const hit = nameAt(joined, at, stopped === at, others)
    if (!hit) continue
    found.push(hit)
    at += hit.name.length - 1
    stopped = at + 1
    if (/[省市县区]/u.test(joined[stopped] ?? '')) stopped += 1
  }
  return found
}

function nameAt(text: string, at: number, afterPlace: boolean, others: readonly string[]): Found | undefined {
  const ours = lengths.get(text[at] ?? '') ?? NONE
  const theirs = others.filter((one) => one[0] === text[at]).map((one) => one.length)
  for (const length of theirs.length === 0 ? ours : descending([...ours, ...theirs])) {
    const name = text.slice(at, at + length)
    const known = han.get(name) ?? (others.includes(name) ? { codes: [], weak: false, bounded: false } : undefined)
    if (!known || name.length < length) continue
    const rest = text.slice(at + length)
    if (CALLED_AFTER.test(rest)) continue
    const opens = afterPlace || !HAN.test(text[at - 1] ?? '')
    if (known.bounded && !(opens && (rest.startsWith('市') || !HAN.test(rest[0] ?? '')))) continue
    return { name, codes: known.codes, weak: known.weak }
  }
  return undefined
}

function latinFound(text: string, others: ReadonlySet<string>): readonly Found[] {
  const words =
    text
      .normalize('NFKD')
      .replace(/[\u0300-\u036f'’`]/g, '')
      .toLowerCase()
      .match(/[a-z]+/g) ?? []
  const found: Found[] = []
  for (let at = 0; at < words.length; at += 1)
    for (let many = Math.min(MOST_WORDS, words.length - at); many > 0; many -= 1) {
      const name = words.slice(at, at + many).join('')
      const whole = latin.has(name) ? name : name.replace(/(?:shi|sheng|xian|qu|city|province)$/, '')
      const known = latin.get(whole) ?? (others.has(whole) ? { codes: [], weak: false } : undefined)
      if (!known || whole.length < SHORTEST_EN || CALLED_AFTER_EN.has(words[at + many] ?? '')) continue
      found.push({ name: whole, codes: known.codes, weak: known.weak })
      at += many - 1
      break
    }
  return found
}

const holds = (outer: Found, inner: Found) => outer.codes.some((one) => inner.codes.some((other) => other.startsWith(one)))

interface List {
  readonly entries: readonly { readonly entry: string; readonly codes: readonly string[]; readonly word: string | undefined }[]
  readonly words: readonly string[]
  /** The same as English texts are compared. */
  readonly latinWords: ReadonlySet<string>
  /** What came out of what others said. */
  readonly answers: Map<string, Whence>
}

function placesIn(text: string, { words, latinWords }: List): readonly Found[] {
  const all = [...chineseFound(text, words), ...latinFound(text, latinWords)]
  const beyond = (one: Found) =>
    all.some((other) => !other.weak && !holds(other, one)) && !all.some((other) => other !== one && holds(other, one))
  return all.filter((one) => !one.weak || !beyond(one))
}

/** A list in force is read once. */
const lists = new WeakMap<readonly string[], List>()

/** Prefixes of codes, and names beside them that the gazetteer does not know. */
function readList(list: readonly string[]): List {
  const before = lists.get(list)
  if (before) return before
  const entries = list.map((entry) => {
    const name = han.get(entry) ?? han.get(entry.replace(/[省市县区]$/u, '')) ?? latin.get(squeezed(entry))
    return { entry, codes: CODE.test(entry) ? [entry] : (name?.codes ?? []), word: CODE.test(entry) ? undefined : entry }
  })
  const words = entries.flatMap(({ word }) => word ?? [])
  const read: List = { entries, words, latinWords: new Set(words.map(squeezed)), answers: new Map() }
  lists.set(list, read)
  return read
}

/** Answers kept at most: people come from the same few hundred places. */
const MOST_ANSWERS = 2_000

/**
 * Is what somebody says of where they come from, or came through, on a list of places? By names of places in Chinese and English, not by parts of
 * words: 湖北路 is a street. The list names places by the beginning of their code or by a name.
 */
export function whence(list: readonly string[], said: Said): Whence {
  const read = readList(list)
  const asked = JSON.stringify([said.origin, said.originCode, said.via])
  const known = read.answers.get(asked)
  if (known) return known
  const made = found(read, said)
  if (read.answers.size >= MOST_ANSWERS) read.answers.clear()
  read.answers.set(asked, made)
  return made
}

function found(read: List, { origin = '', originCode = '', via = '' }: Said): Whence {
  const [from, through] = [placesIn(origin, read), placesIn(via, read)]
  const known = originCode !== '' || from.length > 0
  for (const { codes, word } of read.entries) {
    if (word === undefined && codes.some((one) => originCode.startsWith(one))) return { listed: origin || originCode, known }
    const on = ({ name, codes: its }: Found) =>
      (word !== undefined && (name === word || name === squeezed(word))) || its.some((one) => codes.some((code) => one.startsWith(code)))
    if (from.some(on)) return { listed: origin, known }
    const passed = through.find(on)
    if (passed) return { listed: passed.name, known }
  }
  return { known }
}

const NO_LIST: readonly string[] = []

/** Do two texts name places of which none lies in the other? Nothing follows from one that names no place. */
export function apart(one: string, other: string): boolean {
  const [here, there] = [placesIn(one, readList(NO_LIST)), placesIn(other, readList(NO_LIST))]
  return here.length > 0 && there.length > 0 && !here.some((a) => there.some((b) => holds(a, b) || holds(b, a)))
}

/** The places of a list in words, each once, for a question about them. */
export function namesOf(list: readonly string[]): Label {
  const { entries } = readList(list)
  const places = entries.filter(
    ({ codes }, at) =>
      codes.length === 0 ||
      !entries.some(
        (other, i) => i !== at && other.codes.some((one) => codes.some((code) => code.startsWith(one) && (code !== one || i < at))),
      ),
  )
  const named = (names: ReadonlyMap<string, Name>, code: string) => [...names].find(([, { codes }]) => codes[0] === code)?.[0]
  const capital = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1)
  const said = places.map(({ entry, codes: [code = ''] }) => ({
    zh: named(han, code) ?? entry,
    en: capital(named(latin, code) ?? entry),
  }))
  return { zh: said.map(({ zh }) => zh).join('、'), en: said.map(({ en }) => en).join(', ') }
}
