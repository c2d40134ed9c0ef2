import { ApiProblem, asProblem, call, keyedHash, verifyEd25519 } from '@guatu/client'
import type { Label } from '@guatu/kernel'
import { readShown, type Shown, tokenOf } from '../../gate/shown.ts'
import { checkTicket, checkVehicle, type GateBook, isObserved, type Verdict } from '../../pass/check.ts'

/** What was found out about what somebody showed. */
export interface Checked {
  readonly shown: Shown['kind']
  readonly document?: string
  readonly plate?: string
  /** Short number of the pass. */
  readonly number?: string
  readonly verdict?: Verdict
  readonly pass?: { readonly id: string; readonly closure: string }
  /** Somebody of the register, masked; nothing where the register does not know the document, or nobody could be asked. */
  readonly person?: { readonly id: string; readonly name: string; readonly area: string; readonly household: boolean }
  /** County in whose register somebody stands, outside this gate's jurisdiction. */
  readonly elsewhere?: string
  readonly observed?: { readonly until?: string }
  /** Found by the device alone, with what it carries. */
  readonly offline: boolean
}

/** What a gate knows without asking. */
export interface Carried {
  readonly book: GateBook | undefined
  /** Key by which the book recognises documents and plates; in memory only. */
  readonly recognise: Uint8Array<ArrayBuffer> | undefined
  readonly exits: readonly (readonly [number: string, at: string])[]
  readonly now: string
}

interface Answer extends Omit<Checked, 'shown' | 'offline' | 'pass' | 'number'> {
  readonly pass?: { readonly id: string; readonly number: string; readonly closure: string }
}

export const isOffline = (error: unknown) => error instanceof ApiProblem && error.problem.code === 'offline'

const UNREADABLE: Label = {
  zh: '无法识别。请扫通行证，或输入8位证号、身份证号（核对校验位）、护照号或车牌。',
  en: 'Not recognised. Scan a pass, or type its eight letters, an identity number (compare its check character), a passport or a plate.',
}
const NOTHING_CARRIED: Label = {
  zh: '无网络时只能扫码、查证件和车牌（且本机须已更新过卡口数据）；8位证号请联网后再查。',
  en: 'Without a network only codes, documents and plates can be checked, with the data of this device; look numbers up later.',
}

/** Asks the server; `offline` when it cannot be reached. */
export async function lookOnline(written: string, direction: 'in' | 'out'): Promise<Checked | { readonly problem: Label } | 'offline'> {
  const shown = readShown(written)
  if (!shown) return { problem: UNREADABLE }
  try {
    const { pass, ...found } =
      shown.kind === 'ticket'
        ? await call<Answer>('/api/passes/verify', { body: { code: written.trim(), direction } })
        : shown.kind === 'number'
          ? await call<Answer>('/api/passes/verify', { body: { number: shown.number, direction } })
          : await call<Answer>('/api/gate/look', { body: { shown: written, direction } })
    const number = pass?.number ?? numberIn(shown)
    return { ...named(shown), ...found, ...(number === undefined ? {} : { number }), ...(pass ? { pass } : {}), offline: false }
  } catch (error) {
    return isOffline(error) ? 'offline' : { problem: asProblem(error).message }
  }
}

/** Looks into what the gate carries. */
export async function lookCarried(
  written: string,
  direction: 'in' | 'out',
  { book, recognise, exits, now }: Carried,
): Promise<Checked | { readonly problem: Label }> {
  const shown = readShown(written)
  if (!shown) return { problem: UNREADABLE }
  if (!book || shown.kind === 'number') return { problem: NOTHING_CARRIED }
  const base = { ...named(shown), offline: true }
  if (shown.kind === 'ticket') {
    const number = shown.signed.ticket.pass
    const mine = exits.flatMap(([of, at]) => (of === number ? [at] : []))
    return { ...base, number, verdict: await checkTicket(shown.signed, book, verifyEd25519, { now, direction, exits: mine }) }
  }
  if (!recognise) return { problem: NOTHING_CARRIED }
  const hash = (text: string) => keyedHash(recognise, text)
  if (shown.kind === 'plate') return { ...base, ...checkVehicle(book, await tokenOf(hash, 'plate', shown.plate), { now, direction }) }
  return { ...base, ...(isObserved(book, await tokenOf(hash, 'document', shown.document)) ? { observed: {} } : {}) }
}

const numberIn = (shown: Shown): string | undefined =>
  shown.kind === 'ticket' ? shown.signed.ticket.pass : shown.kind === 'number' ? shown.number : undefined

const named = (shown: Shown): Pick<Checked, 'shown' | 'document' | 'plate'> => ({
  shown: shown.kind,
  ...(shown.kind === 'document' ? { document: shown.document } : {}),
  ...(shown.kind === 'plate' ? { plate: shown.plate } : {}),
})
