import { fromBase64, toBase64 } from '@guatu/kernel'

/** Bytes sealed with AES-256-GCM, as the server opens them too. */
export interface Sealed {
  readonly iv: string
  readonly data: string
}

/** The same for what never leaves the phone: bytes as they are, because writing them as text takes longer than sealing them. */
export interface SealedBytes {
  readonly iv: Uint8Array<ArrayBuffer>
  readonly data: ArrayBuffer
}

type Bytes = ArrayBuffer | Uint8Array<ArrayBuffer>

/** The phone's key, wrapped by a PIN and by a key that never leaves this browser. */
export interface Lock {
  readonly salt: string
  readonly rounds: number
  readonly wrapped: Sealed
}

/** Rounds of PBKDF2-SHA-256 for a PIN (OWASP's figure of 2023): some tenths of a second on a phone, once per opening. */
const ROUNDS = 600_000
const PIN = /^\d{6,12}$/

/** Six digits or more, and none that the first guesser tries. */
export const isPin = (pin: string): boolean => PIN.test(pin) && new Set(pin).size > 2 && !'0123456789 9876543210'.includes(pin)

const { subtle } = globalThis.crypto

const aes = (raw: Bytes) => subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])

async function sealRaw(key: CryptoKey, bytes: Bytes): Promise<SealedBytes> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  return { iv, data: await subtle.encrypt({ name: 'AES-GCM', iv }, key, bytes) }
}

async function sealBytes(key: CryptoKey, bytes: Bytes): Promise<Sealed> {
  const { iv, data } = await sealRaw(key, bytes)
  return { iv: toBase64(iv), data: toBase64(new Uint8Array(data)) }
}

const openBytes = (key: CryptoKey, sealed: Sealed): Promise<ArrayBuffer> =>
  subtle.decrypt({ name: 'AES-GCM', iv: fromBase64(sealed.iv) }, key, fromBase64(sealed.data))

/** Seals and opens what the phone keeps. It exists only while somebody who may is there: closing the app forgets it. */
export class Vault {
  readonly #key: CryptoKey

  private constructor(key: CryptoKey) {
    this.#key = key
  }

  static async of(raw: Bytes): Promise<Vault> {
    return new Vault(await aes(raw))
  }

  seal(value: unknown): Promise<Sealed> {
    return sealBytes(this.#key, new TextEncoder().encode(JSON.stringify(value)))
  }

  sealBytes(bytes: Bytes): Promise<Sealed> {
    return sealBytes(this.#key, bytes)
  }

  sealText(text: string): Promise<SealedBytes> {
    return sealRaw(this.#key, new TextEncoder().encode(text))
  }

  async openText({ iv, data }: SealedBytes): Promise<string> {
    return new TextDecoder().decode(await subtle.decrypt({ name: 'AES-GCM', iv }, this.#key, data))
  }

  /** @throws when this key did not seal it */
  async open<T>(sealed: Sealed): Promise<T> {
    return JSON.parse(new TextDecoder().decode(await openBytes(this.#key, sealed))) as T
  }

  openBytes(sealed: Sealed): Promise<ArrayBuffer> {
    return openBytes(this.#key, sealed)
  }
}

async function pinKey(pin: string, salt: Bytes, rounds: number): Promise<CryptoKey> {
  const base = await subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveKey'])
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }
  return subtle.deriveKey(how, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

/** A key of this browser that no program can read out, not even ours. */
export const bindingKey = (): Promise<CryptoKey> => subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])

export async function makeLock(raw: Bytes, pin: string, binding: CryptoKey, rounds = ROUNDS): Promise<Lock> {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const inner = await sealBytes(await pinKey(pin, salt, rounds), raw)
  return { salt: toBase64(salt), rounds, wrapped: await sealBytes(binding, new TextEncoder().encode(JSON.stringify(inner))) }
}

/** The phone's key, or undefined when the PIN is not the one. */
export async function openLock(lock: Lock, pin: string, binding: CryptoKey): Promise<ArrayBuffer | undefined> {
  try {
    const inner = JSON.parse(new TextDecoder().decode(await openBytes(binding, lock.wrapped))) as Sealed
    return await openBytes(await pinKey(pin, fromBase64(lock.salt), lock.rounds), inner)
  } catch {
    return undefined
  }
}

/** SHA-256 of a text under a key: whoever has not the key can make nothing of it. */
export async function keyedHash(key: Bytes, value: string): Promise<Uint8Array> {
  const hmac = await subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return new Uint8Array(await subtle.sign('HMAC', hmac, new TextEncoder().encode(value)))
}

/** Two bytes of the keyed hash of an identity number, as the server computes them for every row that the phone holds. */
export async function recognise(key: Bytes, value: string): Promise<number> {
  const bytes = await keyedHash(key, value)
  return ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)
}

/** SHA-256 of a file, hex: the name under which the server will keep it. */
export async function hashOf(bytes: Bytes): Promise<string> {
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes))
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
