import { fromBase45, toBase45 } from './base45.ts'
import { LETTERS, SHORT_BYTES, shortNumber } from './number.ts'

/** Kinds of passes in the order of their code numbers; new ones are added at the end. */
export const KINDS = ['household', 'worker', 'vehicle'] as const
export type PassKind = (typeof KINDS)[number]

/** What a pass says to a gate without a network. It names nobody. */
export interface Ticket {
  readonly kind: PassKind
  /** Short numbers of the pass and of the order under which it was issued. */
  readonly pass: string
  readonly order: string
  /** Valid from and to, ISO instants, whole minutes. */
  readonly from: string
  readonly to: string
  /** Whose key signed it, eight hexadecimal digits. */
  readonly key: string
  /** Last characters of a number plate, to hold against the vehicle. */
  readonly tail: string
}

export interface SignedTicket {
  readonly ticket: Ticket
  readonly message: Uint8Array
  readonly signature: Uint8Array
}

/** Signs a message: Ed25519, 64 bytes. Where the key lives is the caller's affair. */
export type Sign = (message: Uint8Array) => Promise<Uint8Array>
/** Is this the signature of the holder of the public key (32 bytes, base64url)? */
export type Verify = (publicKey: string, message: Uint8Array, signature: Uint8Array) => Promise<boolean>

const PREFIX = 'GT1:'
const SIGNATURE = 64
const HEAD = 2 + 2 * SHORT_BYTES + 4 + 4 + 4
const LONGEST_TAIL = 4

const bytesOfNumber = (number: string): readonly number[] => {
  let bits = 0n
  for (const letter of number.replace('-', '')) bits = (bits << 5n) | BigInt(LETTERS.indexOf(letter))
  return Array.from({ length: SHORT_BYTES }, (_, i) => Number((bits >> BigInt(8 * (SHORT_BYTES - 1 - i))) & 255n))
}
const minutes = (instant: string) => Math.floor(Temporal.Instant.from(instant).epochMilliseconds / 60_000)
const four = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]
const readFour = (bytes: Uint8Array, at: number) => bytes.slice(at, at + 4).reduce((sum, byte) => sum * 256 + byte, 0)
const instantOf = (minute: number) => Temporal.Instant.fromEpochMilliseconds(minute * 60_000).toString({ smallestUnit: 'millisecond' })

/** The signed bytes of a ticket: version, kind, two short numbers, two times, key, and at most four characters of a plate. */
export function ticketBytes(ticket: Ticket): Uint8Array {
  const tail = [...ticket.tail.toUpperCase()].filter((letter) => /[0-9A-Z]/.test(letter)).slice(-LONGEST_TAIL)
  return Uint8Array.from([
    1,
    KINDS.indexOf(ticket.kind),
    ...bytesOfNumber(ticket.pass),
    ...bytesOfNumber(ticket.order),
    ...four(minutes(ticket.from)),
    ...four(minutes(ticket.to)),
    ...four(Number.parseInt(ticket.key, 16)),
    ...tail.map((letter) => letter.charCodeAt(0)),
  ])
}

/** The text of the QR code: at most 92 bytes, 142 letters of the alphanumeric alphabet (version 6 at error correction M). */
export async function signTicket(ticket: Ticket, sign: Sign): Promise<string> {
  const message = ticketBytes(ticket)
  const signature = await sign(message)
  return PREFIX + toBase45(Uint8Array.from([...message, ...signature]))
}

/** Takes the text of a QR code apart; undefined when it is none of ours. Nothing is proved by that: see {@link checkTicket}. */
export function readTicket(text: string): SignedTicket | undefined {
  if (!text.startsWith(PREFIX)) return undefined
  const bytes = fromBase45(text.slice(PREFIX.length))
  if (!bytes || bytes.length < HEAD + SIGNATURE || bytes.length > HEAD + LONGEST_TAIL + SIGNATURE || bytes[0] !== 1) return undefined
  const kind = KINDS[bytes[1] ?? 255]
  if (kind === undefined) return undefined
  const message = bytes.slice(0, -SIGNATURE)
  const times = 2 + 2 * SHORT_BYTES
  return {
    ticket: {
      kind,
      pass: shortNumber(bytes.slice(2)),
      order: shortNumber(bytes.slice(2 + SHORT_BYTES)),
      from: instantOf(readFour(bytes, times)),
      to: instantOf(readFour(bytes, times + 4)),
      key: readFour(bytes, times + 8)
        .toString(16)
        .padStart(8, '0'),
      tail: String.fromCharCode(...message.slice(HEAD)),
    },
    message,
    signature: bytes.slice(-SIGNATURE),
  }
}
