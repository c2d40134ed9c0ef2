import { ERASED, plateNumber } from '@guatu/kernel'
import { fromBase45, toBase45 } from './base45.ts'
import { bitsOf, bytesOf, FULL_BYTES, isShort, numberIn, SHORT_BYTES } from './number.ts'

/** Kinds of passes in the order of their code numbers; new ones are added at the end. */
export const KINDS = ['household', 'worker', 'vehicle'] as const
export type PassKind = (typeof KINDS)[number]

/** What a pass says to a gate without a network. It names nobody. */
export interface Ticket {
  readonly kind: PassKind
  /** Number of the pass, and short number of the order under which it was issued. */
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
const LONGEST_TAIL = 4

/** Versions of what is signed by how many bytes hold the number of the pass: the first is that of passes which keep a short one. */
const VERSIONS = [undefined, SHORT_BYTES, FULL_BYTES] as const
const bytesOfNumber = (number: string): readonly number[] => bytesOf(bitsOf(number), isShort(number) ? SHORT_BYTES : FULL_BYTES)
const minutes = (instant: string) => Math.floor(Temporal.Instant.from(instant).epochMilliseconds / 60_000)
const four = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]
const readFour = (bytes: Uint8Array, at: number) => bytes.slice(at, at + 4).reduce((sum, byte) => sum * 256 + byte, 0)
const instantOf = (minute: number) => Temporal.Instant.fromEpochMilliseconds(minute * 60_000).toString({ smallestUnit: 'millisecond' })

/** What of a number plate is said to hold against the vehicle: its last letters and digits; nothing of one that was erased. */
export const plateTail = (plate: string): string =>
  plate === ERASED
    ? ''
    : plateNumber(plate)
        .replace(/[^0-9A-Z]/g, '')
        .slice(-LONGEST_TAIL)

/** The signed bytes of a ticket: version, kind, number, number of the order, two times, key, and at most four characters of a plate. */
export function ticketBytes(ticket: Ticket): Uint8Array {
  const tail = [...plateTail(ticket.tail)]
  return Uint8Array.from([
    isShort(ticket.pass) ? 1 : 2,
    KINDS.indexOf(ticket.kind),
    ...bytesOfNumber(ticket.pass),
    ...bytesOfNumber(ticket.order),
    ...four(minutes(ticket.from)),
    ...four(minutes(ticket.to)),
    ...four(Number.parseInt(ticket.key, 16)),
    ...tail.map((letter) => letter.charCodeAt(0)),
  ])
}

/** The text of the QR code: at most 95 bytes, 147 letters of the alphanumeric alphabet (version 6 at error correction M). */
export async function signTicket(ticket: Ticket, sign: Sign): Promise<string> {
  const message = ticketBytes(ticket)
  const signature = await sign(message)
  return PREFIX + toBase45(Uint8Array.from([...message, ...signature]))
}

/** Takes the text of a QR code apart; undefined when it is none of ours. Nothing is proved by that: see {@link checkTicket}. */
export function readTicket(text: string): SignedTicket | undefined {
  if (!text.startsWith(PREFIX)) return undefined
  const bytes = fromBase45(text.slice(PREFIX.length))
  const width = VERSIONS[bytes?.[0] ?? 0]
  if (!bytes || width === undefined) return undefined
  const times = 2 + width + SHORT_BYTES
  const head = times + 4 + 4 + 4
  if (bytes.length < head + SIGNATURE || bytes.length > head + LONGEST_TAIL + SIGNATURE) return undefined
  const kind = KINDS[bytes[1] ?? 255]
  if (kind === undefined) return undefined
  const message = bytes.slice(0, -SIGNATURE)
  return {
    ticket: {
      kind,
      pass: numberIn(bytes.slice(2, 2 + width)),
      order: numberIn(bytes.slice(2 + width, times)),
      from: instantOf(readFour(bytes, times)),
      to: instantOf(readFour(bytes, times + 4)),
      key: readFour(bytes, times + 8)
        .toString(16)
        .padStart(8, '0'),
      tail: String.fromCharCode(...message.slice(head)),
    },
    message,
    signature: bytes.slice(-SIGNATURE),
  }
}
