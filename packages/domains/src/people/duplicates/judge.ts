import { type Candidate, type Duplicates, documentNumber, ERASED, type Label, phoneNumber, type Twinship } from '@guatu/kernel'

type Ground = readonly [weight: number, why: Label]

const GROUNDS = {
  number: [0.5, { zh: '证件号码相同，写法不同', en: 'The same number, written in two ways' }],
  slip: [0.45, { zh: '证件号码只差一处（换位或一位不同）', en: 'The numbers differ in one place (two digits swapped, or one digit)' }],
  name: [0.25, { zh: '姓名相同', en: 'Same name' }],
  near: [0.1, { zh: '姓名只差一字（错、漏、多一字）', en: 'The names differ in one character (wrong, missing or added)' }],
  sound: [0.15, { zh: '姓名同音', en: 'The names sound alike' }],
  yearSlip: [
    0,
    { zh: '出生年份只差一处（换位或一位不同）', en: 'The years of birth differ in one place (two digits swapped, or one digit)' },
  ],
  year: [0.1, { zh: '出生年份相同', en: 'Same year of birth' }],
  phone: [0.3, { zh: '电话相同', en: 'Same phone' }],
  household: [0.25, { zh: '同一户', en: 'Same household' }],
} as const satisfies Record<string, Ground>

/** What has to come together before two entries are shown to a person as one: a name and a year alone are two neighbours. */
const ENOUGH = 0.5

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== ERASED ? value : undefined)
/** A number of a document in its one form. */
const numberOf = ({ documentNumber: written }: Candidate['fields']): string | undefined => {
  const number = text(written)
  return number === undefined ? undefined : documentNumber(number)
}
const same = (a: unknown, b: unknown): boolean => text(a) !== undefined && text(a) === text(b)
const samePhone = (a: unknown, b: unknown): boolean =>
  same(a, b) || (text(a) !== undefined && phoneNumber(text(a) ?? '') === phoneNumber(text(b) ?? ''))

/** One digit wrong, or two neighbours swapped: what a hand does when it copies a number. */
export function isSlip(a: string, b: string): boolean {
  if (a.length !== b.length || a === b) return false
  const apart = [...a].flatMap((digit, i) => (digit === b[i] ? [] : [i]))
  const [first = 0, second] = apart
  if (apart.length === 1) return true
  return apart.length === 2 && second === first + 1 && a[first] === b[second] && a[second] === b[first]
}

/** The 15-digit number that an 18-digit one was made of: two cards of one person agree in it whatever stands behind. */
const withoutCheck = (number: string): string => (number.length === 18 ? number.slice(0, 17) : number)

/** Whether two rows of words are one but for a word that is wrong, missing or added. */
export function isNear(a: readonly string[], b: readonly string[]): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (long.length - short.length > 1) return false
  let at = 0
  while (at < short.length && short[at] === long[at]) at += 1
  const after = long.slice(at + 1)
  const left = short.slice(long.length === short.length ? at + 1 : at)
  return left.length === after.length && left.every((word, i) => word === after[i])
}

const charactersOf = (name: unknown): readonly string[] => [...(text(name) ?? '')]

/** Of Chinese names each character is a syllable; of others a word is too long to be one slip. */
function isNearName(one: Candidate, other: Candidate): boolean {
  const [a, b] = [charactersOf(one.fields.name), charactersOf(other.fields.name)]
  const [heard, also] = [one.sounds.name ?? [], other.sounds.name ?? []]
  if (a.length === 0 || b.length === 0) return false
  return isNear(a, b) || (a.length === heard.length && b.length === also.length && isNear(heard, also))
}

/** Place and birth of a national ID: whoever was born there on that day has them too, and one of the numbers that follow one another. */
const PLACE_AND_BIRTH = 14
/** The end of another number, in which those differ that were issued one after the other. */
const LAST_OF_SERIES = 2
/** Fewer than so many characters of a name, one of them wrong, leave no more than a surname. */
const SHORTEST_NAME = 3

/** Two slips, or two people: twins and neighbours of one birthday, and families who fetched their documents together, differ in as little. */
function mayBeTwo({ fields: a }: Candidate, { fields: b }: Candidate): boolean {
  const [first = '', second = ''] = [numberOf(a), numberOf(b)]
  const national = a.documentType === 'nationalId' && b.documentType === 'nationalId'
  const alike = national ? PLACE_AND_BIRTH : first.length - LAST_OF_SERIES
  const [name, other] = [charactersOf(a.name), charactersOf(b.name)]
  if (name.length !== other.length || first.slice(0, alike) !== second.slice(0, alike)) return false
  return !national || name.length < SHORTEST_NAME || same(a.household, b.household) || samePhone(a.phone, b.phone)
}

function grounds(one: Candidate, other: Candidate): Ground[] {
  const [a, b] = [one.fields, other.fields]
  const out: Ground[] = []
  const [first, second] = [numberOf(a), numberOf(b)]
  if (first !== undefined && second !== undefined) {
    // A slip in a national ID shows before its check digit, which was then made up or copied along.
    if (first === second) out.push(GROUNDS.number)
    else if (isSlip(first, second) || isSlip(withoutCheck(first), withoutCheck(second))) out.push(GROUNDS.slip)
    else if (a.documentType === b.documentType && a.documentType === 'nationalId') return []
  }
  const numbered = out.length > 0
  if (same(a.name, b.name)) out.push(GROUNDS.name)
  else if (one.sounds.name?.join('') === other.sounds.name?.join('')) out.push(GROUNDS.sound)
  // A name that slipped too is the same one only beside a number that slipped.
  else if (numbered && isNearName(one, other) && (first === second || !mayBeTwo(one, other))) out.push(GROUNDS.near)
  else return []
  if (a.birthYear !== undefined && b.birthYear !== undefined) {
    if (a.birthYear === b.birthYear) out.push(GROUNDS.year)
    // A year that slipped is one only for somebody of the same name; brothers whose names sound alike are two.
    else if (same(a.name, b.name) && isSlip(String(a.birthYear), String(b.birthYear))) out.push(GROUNDS.yearSlip)
    else if (!numbered) return []
  }
  if (samePhone(a.phone, b.phone)) out.push(GROUNDS.phone)
  if (same(a.household, b.household)) out.push(GROUNDS.household)
  if (a.sex !== undefined && b.sex !== undefined && a.sex !== b.sex && !numbered) return []
  return out
}

/** Two entries that may be one person, in the words that are shown beside them. */
export function judge(one: Candidate, other: Candidate): Twinship | undefined {
  const apart = [...list(one.fields.distinctFrom), ...list(other.fields.distinctFrom)]
  if (apart.includes(one.id) || apart.includes(other.id)) return undefined
  const found = grounds(one, other)
  const weight = Math.min(
    1,
    found.reduce((sum, [amount]) => sum + amount, 0),
  )
  return weight < ENOUGH ? undefined : { weight, grounds: found.map(([, why]) => why) }
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** Candidates sound alike, or have numbers and names that meet in a part; everything else is judged. */
export const duplicates: Duplicates = {
  blocks: [
    ['name:pinyin', 'birthYear'],
    ['name:pinyin', 'phone:exact'],
    ['name:pinyin', 'household'],
    // Numbers that slipped, wherever: also where the year of birth stands in them, and those in which none stands; with names that may have slipped too.
    ['documentNumber:rest_first'],
    ['documentNumber:rest_last'],
    ['documentNumber:late_first'],
    ['documentNumber:late_last'],
    ['documentNumber:early_first'],
    ['documentNumber:early_last'],
  ],
  states: ['registered'],
  judge,
}
