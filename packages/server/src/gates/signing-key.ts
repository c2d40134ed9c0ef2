import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { passes } from '@guatu/domains'
import { derivedId, Refused, SYSTEM } from '@guatu/kernel'
import type { Store } from '../store/store.ts'

/** The server's own key stands until somebody revokes it: gates learn its public half from the register of keys. */
const YEARS = 20

/** The server's half of the signatures on passes. */
export interface SigningKey {
  /** Name of the key as tickets call it. */
  readonly name: string
  readonly sign: passes.Sign
}

export const publicHalf = (key: KeyObject): string => String(createPublicKey(key).export({ format: 'jwk' }).x)

/** Ed25519 with the crypto of Node. */
export const verifyEd25519: passes.Verify = async (publicKey, message, signature) => {
  try {
    return verify(null, message, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' }), signature)
  } catch {
    return false
  }
}

/** The secret half in the data folder, readable by the owner alone; made when there is none. In memory only where there is no folder. */
function secretIn(folder: string | undefined): KeyObject {
  const path = folder === undefined ? undefined : join(folder, 'pass-key.pem')
  if (path !== undefined && existsSync(path)) return createPrivateKey(readFileSync(path, 'utf8'))
  const { privateKey } = generateKeyPairSync('ed25519')
  if (path !== undefined) writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  return privateKey
}

/**
 * Opens the key of this server when it is first needed, and registers its public half; a key that was revoked is laid aside and a new
 * one made.
 */
export function openSigningKey(store: Store, folder?: string): () => Promise<SigningKey> {
  let secret: KeyObject | undefined
  return async () => {
    secret ??= secretIn(folder)
    const state = await registered(store, publicHalf(secret))
    if (state !== 'active') {
      if (folder !== undefined) renameSync(join(folder, 'pass-key.pem'), join(folder, `pass-key-${publicHalf(secret).slice(0, 8)}.old.pem`))
      secret = secretIn(folder)
      await registered(store, publicHalf(secret))
    }
    const key = secret
    return { name: passes.keyName(idOf(publicHalf(key))), sign: async (message) => sign(null, message, key) }
  }
}

const idOf = (publicKey: string): string => derivedId(`pass key/${publicKey}`)

async function registered(store: Store, publicKey: string): Promise<string> {
  const recordId = idOf(publicKey)
  const known = await store.as(SYSTEM).get('passKey', recordId)
  if (known.ok) return known.value.state
  const now = store.clock.now()
  const top = [...store.areas.tree.asOf(now.toZonedDateTimeISO(store.clock.zone).toPlainDate().toString()).roots()][0]
  const validTo = now.toZonedDateTimeISO(store.clock.zone).add({ years: YEARS }).toInstant().toString({ smallestUnit: 'millisecond' })
  const done = await store.writer.submit(
    {
      id: derivedId(`${recordId}/register`),
      record: 'passKey',
      recordId,
      action: 'register',
      area: top?.id ?? '',
      input: { publicKey, validTo },
    },
    SYSTEM,
  )
  if (!done.ok) throw new Refused(done.problem)
  return done.value.state.state
}
