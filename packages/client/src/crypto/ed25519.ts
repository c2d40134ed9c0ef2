const fromBase64url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))

/** Keys already read; importing one costs more than a verification. */
const known = new Map<string, Promise<CryptoKey>>()

/**
 * Is this the Ed25519 signature of the holder of a public key (32 bytes, base64url)? By the browser's own cryptography, without a
 * network; false for a key that is none.
 */
export async function verifyEd25519(publicKey: string, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  try {
    const key = known.get(publicKey) ?? crypto.subtle.importKey('raw', fromBase64url(publicKey), 'Ed25519', false, ['verify'])
    known.set(publicKey, key)
    return await crypto.subtle.verify('Ed25519', await key, Uint8Array.from(signature), Uint8Array.from(message))
  } catch {
    known.delete(publicKey)
    return false
  }
}
