import { type Candidate, type Duplicates, ERASED, type Label, type Twinship } from '@guatu/kernel'

type Ground = readonly [weight: number, why: Label]

const GROUNDS = {
  slip: [0.45, { zh: '证件号码只差一处（换位或一位不同）', en: 'The numbers differ in one place (two digits swapped, or one digit)' }],
  name: [0.25, { zh: '姓名相同', en: 'Same name' }],
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
const same = (a: unknown, b: unknown): boolean => text(a) !== undefined && text(a) === text(b)

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

function grounds(one: Candidate, other: Candidate): Ground[] {
  const [a, b] = [one.fields, other.fields]
  const out: Ground[] = []
  const [first, second] = [text(a.documentNumber), text(b.documentNumber)]
  if (first !== undefined && second !== undefined) {
    // A slip in a national ID shows before its check digit, which was then made up or copied along.
    if (isSlip(first, second) || isSlip(withoutCheck(first), withoutCheck(second))) out.push(GROUNDS.slip)
    else if (a.documentType === b.documentType && a.documentType === 'nationalId') return []
  }
  if (same(a.name, b.name)) out.push(GROUNDS.name)
  else out.push(GROUNDS.sound)
  if (a.birthYear !== undefined && b.birthYear !== undefined) {
    if (a.birthYear === b.birthYear) out.push(GROUNDS.year)
    // A year that slipped is one only for somebody of the same name; brothers whose names sound alike are two.
    else if (same(a.name, b.name) && isSlip(String(a.birthYear), String(b.birthYear))) out.push(GROUNDS.yearSlip)
    else if (!out.includes(GROUNDS.slip)) return []
  }
  if (same(a.phone, b.phone)) out.push(GROUNDS.phone)
  if (same(a.household, b.household)) out.push(GROUNDS.household)
  if (a.sex !== undefined && b.sex !== undefined && a.sex !== b.sex && !out.includes(GROUNDS.slip)) return []
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

/** Candidates sound alike; everything else is judged. */
export const duplicates: Duplicates = {
  blocks: [
    ['name:pinyin', 'birthYear'],
    ['name:pinyin', 'phone:exact'],
    ['name:pinyin', 'household'],
    // Numbers that slipped, wherever: also where the year of birth stands in them, and those in which none stands.
    ['name:pinyin', 'documentNumber:rest'],
    ['name:pinyin', 'documentNumber:front'],
  ],
  states: ['registered'],
  judge,
}
