import type { Label, RecordState } from '@guatu/kernel'
import {
  checkListed,
  checkTicket,
  checkVehicle,
  type GateBook,
  type Home,
  isObserved,
  type ListedPass,
  sharedVerdict,
  type Verdict,
  verdictByLists,
} from '../pass/check.ts'
import { serving, servingFirst } from '../pass/serving.ts'
import type { Verify } from '../pass/ticket.ts'
import { EITHER, type KeyedHash, NEITHER, readShown, type Shown, tokenOf } from './shown.ts'

/** Somebody of the register, masked. */
interface SomebodyKnown {
  readonly id: string
  readonly name: string
  readonly area: string
  readonly household: boolean
}

/** One of several with the same plate, and what tells them from the others: part in the household, sex, year of birth, phone, as masked as everywhere. */
export interface Driver extends SomebodyKnown {
  readonly fields: RecordState['fields']
}

/** What was found out about what somebody showed. */
export interface Checked {
  readonly shown: Shown['kind']
  readonly document?: string
  readonly plate?: string
  /** Number of the pass, and of that of a vehicle the last characters of its plate. */
  readonly number?: string
  readonly tail?: string
  readonly verdict?: Verdict
  readonly pass?: { readonly id: string }
  /** Somebody of the register, masked; nothing where the register does not know the document, or nobody could be asked. */
  readonly person?: SomebodyKnown
  /** Where a plate is that of several and nobody can say who drives: how many, and of whom the officer may choose. */
  readonly several?: { readonly count: number; readonly people: readonly Driver[] }
  /** County in whose register somebody stands, outside this gate's jurisdiction. */
  readonly elsewhere?: string
  readonly observed?: { readonly until?: string }
  /** Found by the device alone, with what it carries. */
  readonly offline: boolean
}

/** A pass of the register at hand. */
export interface CarriedPass extends ListedPass {
  readonly id: string
  readonly household?: string
  readonly home?: Home
}

/** Somebody whom the device knows by a document, with what it carries about them. */
export interface CarriedPerson {
  readonly person: NonNullable<Checked['person']>
  /** All that are theirs or their household's. */
  readonly passes?: readonly CarriedPass[]
  readonly observed?: { readonly until?: string }
}

/** An outing that a device saw: on which pass, when, and whose, see {@link homeOf}. */
export type Exit = readonly [number: string, at: string, home?: string]

/** An outing is a household's, on whichever of its papers and under whichever order; undefined where the device does not know whose a pass is. */
export const homeOf = ({ kind, household }: Pick<CarriedPass, 'kind' | 'household'>): string | undefined =>
  kind === 'household' ? household : undefined

/** What a gate knows without asking. */
export interface Carried {
  readonly book: GateBook | undefined
  /** Under the key by which the book recognises documents and plates; undefined before it was fetched. */
  readonly hash: KeyedHash | undefined
  readonly verify: Verify
  /** Outings that this device saw. */
  readonly exits: readonly Exit[]
  readonly now: string
  /** Looks into the pass register of the area: short numbers may stand on several. */
  passesOf(number: string): readonly CarriedPass[]
  /** Looks into the register of people, as far as the device carries it. */
  personOf(document: string): Promise<CarriedPerson | undefined>
}

/** The same with the one of several whose plate it is whom the officer chose, or with none of them: a line is about nobody whom nobody named. */
export function drivenBy({ person: _, ...checked }: Checked, chosen: string | undefined): Checked {
  const person = checked.several?.people.find(({ id }) => id === chosen)
  return person ? { ...checked, person } : checked
}

export const UNREADABLE: Label = {
  zh: '无法识别。请扫通行证，或输入12位证号（旧证8位）、身份证号（核对校验位）、护照等其他证件号码或车牌。',
  en: 'Not recognised. Scan a pass, or type its twelve letters (eight on an older one), an identity number (compare its check character), that of a passport or another document, or a plate.',
}
export const NOTHING_CARRIED: Label = {
  zh: '本机还没有查验数据，请联网同步一次。',
  en: 'This device carries no data to check with: sync once with a network.',
}
/** Looks into what the gate carries. */
export async function lookCarried(
  written: string,
  direction: 'in' | 'out',
  carried: Carried,
): Promise<Checked | { readonly problem: Label }> {
  const { book, hash, now } = carried
  const shown = readShown(written)
  if (!shown) return { problem: UNREADABLE }
  if (!book || !hash) return { problem: NOTHING_CARRIED }
  const outings = (number: string, pass: CarriedPass | undefined) => {
    const ours = pass && homeOf(pass)
    // An earlier version wrote the order behind the household.
    const exits = carried.exits.flatMap(([of, at, home]) =>
      of === number || (ours !== undefined && home?.split(' ')[0] === ours) ? [at] : [],
    )
    return { exits, ...(pass?.home ? { home: pass.home } : {}) }
  }
  const listed = (pass: CarriedPass) => ({
    number: pass.number,
    pass: { id: pass.id },
    verdict: checkListed(pass, book, { now, direction, ...outings(pass.number, pass) }),
  })
  const base = { shown: shown.kind, offline: true } as const
  const numbered = (number: string): Checked | undefined => {
    const [first, ...rest] = carried.passesOf(number).map(listed)
    if (first && rest.length === 0) return { ...base, ...first }
    if (first) return { ...base, number, verdict: sharedVerdict([first.verdict, ...rest.map(({ verdict }) => verdict)]) }
    const verdict = verdictByLists(book, number, direction)
    return verdict && { ...base, number, verdict }
  }
  const documented = async (document: string): Promise<Checked> => {
    const known = await carried.personOf(document)
    const watched = isObserved(book, await tokenOf(hash, 'document', document))
    const observed = known?.observed ?? (watched ? {} : undefined)
    const termOf = ({ from, to, state }: CarriedPass) => ({ from, to, issued: state === 'issued' })
    const pass = serving(servingFirst(known?.passes ?? [], now, termOf).map(listed))
    return {
      ...base,
      shown: 'document',
      document,
      ...(known ? { person: known.person } : {}),
      ...pass,
      ...(observed ? { observed } : {}),
    }
  }
  switch (shown.kind) {
    case 'ticket': {
      const { pass: number, tail } = shown.signed.ticket
      const known = carried.passesOf(number)
      const check = async (pass: CarriedPass | undefined) => {
        const verdict = await checkTicket(shown.signed, book, carried.verify, { now, direction, ...outings(number, pass) })
        // Of several with this number the code does not say which one was suspended.
        return verdict.ok && pass && known.length > 1 ? listed(pass).verdict : verdict
      }
      const [first, ...rest] = known
      const verdicts = [await check(first), ...(await Promise.all(rest.map(check)))] as const
      return { ...base, number, ...(tail === '' ? {} : { tail }), verdict: sharedVerdict(verdicts), ...only(known) }
    }
    case 'number': {
      const pass = numbered(shown.number)
      const person = shown.document === undefined ? undefined : await documented(shown.document)
      const about = person?.person || person?.observed ? person : undefined
      return pass && about ? { problem: EITHER } : (pass ?? about ?? { problem: NEITHER })
    }
    case 'plate': {
      const token = await tokenOf(hash, 'plate', shown.plate)
      const observed = isObserved(book, token) ? { observed: {} } : {}
      return { ...base, plate: shown.plate, ...checkVehicle(book, token, { now, direction }), ...observed }
    }
    case 'document': {
      const found = await documented(shown.document)
      return shown.doubtful && !found.person && !found.observed ? { problem: UNREADABLE } : found
    }
  }
}

/** The pass that a number stands on, where it is one. */
const only = ([pass, other]: readonly CarriedPass[]) => (pass && !other ? { pass: { id: pass.id } } : {})

interface Answer extends Omit<Checked, 'shown' | 'offline' | 'pass' | 'number' | 'tail'> {
  /** What a number turned out to be that may stand on a pass or on a document. */
  readonly by?: 'pass' | 'document'
  readonly pass?: { readonly id: string; readonly number: string; readonly tail?: string }
}

/** What to ask the server about what was shown, and how to read its answer. */
export function questionOf(written: string, direction: 'in' | 'out') {
  const shown = readShown(written)
  if (!shown) return undefined
  const [path, body] =
    shown.kind === 'ticket'
      ? ['/api/passes/verify', { code: written.trim(), direction }]
      : ['/api/gate/look', { shown: written, direction }]
  const read = (body_: unknown): Checked => {
    const { pass, by, ...found } = body_ as Answer
    const kind = shown.kind === 'number' && by === 'document' ? by : shown.kind
    const document = kind === 'document' && 'document' in shown ? shown.document : undefined
    const number =
      pass?.number ??
      (shown.kind === 'ticket' ? shown.signed.ticket.pass : kind === 'number' && 'number' in shown ? shown.number : undefined)
    return {
      shown: kind,
      ...(document === undefined ? {} : { document }),
      ...(shown.kind === 'plate' ? { plate: shown.plate } : {}),
      ...found,
      ...(number === undefined ? {} : { number }),
      ...(pass?.tail ? { tail: pass.tail } : {}),
      ...(pass ? { pass: { id: pass.id } } : {}),
      offline: false,
    }
  }
  return { path: path as string, body, read }
}
