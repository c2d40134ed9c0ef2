import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** Bytes sealed with AES-256-GCM, both parts in base64; the tag stands at the end of the data, as WebCrypto has it. */
export interface Sealed {
  readonly iv: string
  readonly data: string
}

const TAG = 16

/** Keys that follow from the server's secret: nothing else has to be kept to open what was sealed with them. */
export const derivedKey = (secret: string, salt: string, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, `guatu ${purpose}`, 32))

export function seal(key: Buffer, bytes: Buffer): Sealed {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  const data = Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
  return { iv: iv.toString('base64'), data: data.toString('base64') }
}

/** What was sealed, or undefined when it is not what this key sealed. */
export function unseal(key: Buffer, sealed: Sealed): Buffer | undefined {
  try {
    const data = Buffer.from(sealed.data, 'base64')
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(sealed.iv, 'base64'))
    decipher.setAuthTag(data.subarray(data.length - TAG))
    return Buffer.concat([decipher.update(data.subarray(0, data.length - TAG)), decipher.final()])
  } catch {
    return undefined
  }
}

/**
 * Two bytes by which a phone recognises an identity number without holding any: some fifteen numbers that fit a masked one share
 * them, so they tell nobody which it is, and a wrong match is one in 65,536.
 */
export const recognitionOf = (key: Buffer, value: string): number => createHmac('sha256', key).update(value).digest().readUInt16BE(0)
