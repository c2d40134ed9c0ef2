/** A key of this phone with which it signs; the secret half cannot be read out, not even by this app, and never leaves the phone. */
export interface SigningKey {
  /** Id under which the server knows the public half. */
  readonly id: string
  /** Ed25519, 32 bytes, base64url. */
  readonly publicKey: string
  /** Instant from which it signs nothing any more, ISO. */
  readonly validTo: string
  readonly secret: CryptoKey
}

/** A new pair. @returns undefined where the browser knows no Ed25519 */
export async function makeSigningKey(id: string, validTo: string): Promise<SigningKey | undefined> {
  try {
    const pair = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])
    if (!('privateKey' in pair)) return undefined
    const { x } = await crypto.subtle.exportKey('jwk', pair.publicKey)
    return x === undefined ? undefined : { id, publicKey: x, validTo, secret: pair.privateKey }
  } catch {
    return undefined
  }
}

export const signWith = async (key: SigningKey, message: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.sign('Ed25519', key.secret, Uint8Array.from(message)))
