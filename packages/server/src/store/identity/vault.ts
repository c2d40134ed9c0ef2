import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomFillSync } from 'node:crypto'
import { Finder } from './forms.ts'

const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16
/** 96 bits of a keyed hash: at four million people the chance that two numbers meet is below 10⁻¹⁵. */
const TOKEN_CHARACTERS = 16
const UNWRAPPED_KEPT = 50_000

/** A key of one record's own, in clear for the time of use. */
export interface SubjectKey {
  /** `record/id`: what the key belongs to; whatever is sealed with it opens nowhere else. */
  readonly subject: string
  readonly bytes: Uint8Array
  /** As it is stored: sealed with the master key. */
  readonly wrapped: string
}

/**
 * The cryptography of identity at rest (design law 8), all of it from node:crypto. Everything is AES-256-GCM with a random 96-bit
 * nonce in front and the tag behind, as base64. Each record has a random key of its own, wrapped by the master key: who deletes the
 * wrapped key has made unreadable everything that was ever sealed with it, in whatever log or copy it stands.
 */
export class Vault {
  readonly #wrapping: Uint8Array
  readonly #finding: Uint8Array
  readonly #unwrapped = new Map<string, Uint8Array>()
  readonly #pool = Buffer.alloc(1 << 16)
  #used = this.#pool.length
  /** Says which master key this is and nothing about it. */
  readonly fingerprint: string
  /** Makes the keyed hashes under which identity is found. */
  readonly finder: Finder = new Finder(this)

  /** @param master 32 random bytes */
  constructor(master: Uint8Array) {
    if (master.length !== KEY_BYTES) throw new RangeError(`a master key has ${KEY_BYTES} bytes`)
    const derived = (purpose: string) => new Uint8Array(hkdfSync('sha256', master, '', `guatu ${purpose}`, KEY_BYTES))
    this.#wrapping = derived('wrap')
    this.#finding = derived('find')
    this.fingerprint = Buffer.from(derived('fingerprint')).toString('hex').slice(0, 16)
  }

  newKey(subject: string): SubjectKey {
    const bytes = Uint8Array.from(this.#random(KEY_BYTES))
    const wrapped = this.wrap(subject, bytes)
    this.#remember(wrapped, bytes)
    return { subject, bytes, wrapped }
  }

  /** A record's key as this master key seals it. */
  wrap(subject: string, bytes: Uint8Array): string {
    return this.#encrypt(this.#wrapping, subject, bytes)
  }

  /** @throws Error when it was not wrapped by this master key for this subject */
  unwrap(subject: string, wrapped: string): SubjectKey {
    let bytes = this.#unwrapped.get(wrapped)
    if (!bytes) {
      bytes = Uint8Array.from(this.#decrypt(this.#wrapping, subject, wrapped))
      this.#remember(wrapped, bytes)
    }
    return { subject, bytes, wrapped }
  }

  seal(key: SubjectKey, plain: string): string {
    return this.#encrypt(key.bytes, key.subject, plain)
  }

  /** @throws Error when it was not sealed with this key, or was changed since */
  open(key: SubjectKey, sealed: string): string {
    return this.#decrypt(key.bytes, key.subject, sealed).toString('utf8')
  }

  /** The keyed hash under which a value is found: HMAC-SHA-256, the first 96 bits in base64url. */
  token(form: string): string {
    return createHmac('sha256', this.#finding).update(form).digest('base64url').slice(0, TOKEN_CHARACTERS)
  }

  #remember(wrapped: string, bytes: Uint8Array): void {
    if (this.#unwrapped.size >= UNWRAPPED_KEPT) this.#unwrapped.clear()
    this.#unwrapped.set(wrapped, bytes)
  }

  #encrypt(key: Uint8Array, subject: string, plain: Uint8Array | string): string {
    const nonce = this.#random(IV_BYTES)
    const cipher = createCipheriv(CIPHER, key, nonce)
    cipher.setAAD(Buffer.from(subject))
    const text = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain)
    return Buffer.concat([nonce, text, cipher.final(), cipher.getAuthTag()]).toString('base64')
  }

  #decrypt(key: Uint8Array, subject: string, sealed: string): Buffer {
    const bytes = Buffer.from(sealed, 'base64')
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES))
    decipher.setAAD(Buffer.from(subject))
    decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES))
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, bytes.length - TAG_BYTES)), decipher.final()])
  }

  /** Random bytes out of a pool, because one call to the system for every row costs more than the encryption. Used before the next call. */
  #random(bytes: number): Uint8Array {
    if (this.#used + bytes > this.#pool.length) {
      randomFillSync(this.#pool)
      this.#used = 0
    }
    this.#used += bytes
    return this.#pool.subarray(this.#used - bytes, this.#used)
  }
}
