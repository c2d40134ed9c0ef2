// What runs in the browser of a gate while `gate.ts` measures it: reading a code from a picture, and checking it with what the gate carries.

import { gates, passes } from '@guatu/domains'
import { fromBase64 } from '@guatu/kernel'
import { encodeQR } from 'qr'
import decodeQR from 'qr/decode.js'
import { verifyEd25519 } from '../../packages/client/src/crypto/ed25519.ts'
import { keyedHash } from '../../packages/client/src/offline/vault.ts'

export interface Measured {
  readonly verdicts: Readonly<Record<string, number>>
  /** Milliseconds of each check: signature, key, lists, order, allowance. */
  readonly checks: readonly number[]
  /** Milliseconds of reading the code from a picture of a camera. */
  readonly reads: readonly number[]
  /** Milliseconds of looking a document up in what the gate carries, and how many were found under observation. */
  readonly documents: readonly number[]
  readonly observed: number
}

/** A picture of a code as a camera gives it: grey, 640 × 480, RGBA. */
function picture(text: string) {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 4 })
  const width = 640
  const height = 480
  const step = Math.floor(400 / rows.length)
  const data = new Uint8ClampedArray(width * height * 4).fill(200)
  const left = Math.floor((width - rows.length * step) / 2)
  const top = Math.floor((height - rows.length * step) / 2)
  for (let y = 0; y < rows.length * step; y += 1)
    for (let x = 0; x < rows.length * step; x += 1) {
      const value = rows[Math.floor(y / step)]?.[Math.floor(x / step)] ? 30 : 235
      data.fill(value, ((top + y) * width + left + x) * 4, ((top + y) * width + left + x) * 4 + 3)
    }
  return { width, height, data }
}

export async function measure(
  book: passes.GateBook,
  codes: readonly string[],
  now: string,
  shown: readonly string[],
  key: string,
): Promise<Measured> {
  const verdicts: Record<string, number> = {}
  const checks: number[] = []
  const reads: number[] = []
  for (const [i, code] of codes.entries()) {
    if (i < 20) {
      const seen = picture(code)
      const began = performance.now()
      if (decodeQR(seen) !== code) throw new Error('a code was read wrongly')
      reads.push(performance.now() - began)
    }
    // A fresh book now and then: the first check after a synchronisation unpacks its lists.
    const carried = i % 50 === 0 ? { ...book } : book
    const began = performance.now()
    const verdict = await passes.checkTicket(passes.readTicket(code), carried, verifyEd25519, { now, direction: 'out', exits: [] })
    checks.push(performance.now() - began)
    verdicts[verdict.code] = (verdicts[verdict.code] ?? 0) + 1
  }
  const secret = fromBase64(key)
  const documents: number[] = []
  let observed = 0
  for (const text of shown) {
    const began = performance.now()
    const read = gates.readShown(text)
    if (read?.kind !== 'document') throw new Error('a document was not recognised')
    if (passes.isObserved(book, await gates.tokenOf((one) => keyedHash(secret, one), 'document', read.document))) observed += 1
    documents.push(performance.now() - began)
  }
  return { verdicts, checks, reads, documents, observed }
}

Object.assign(globalThis, { measureGate: measure })
