import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from '../database/index.ts'
import { StoreProblem } from '../database/problem.ts'

/** Where the database keeps the fingerprint of its master key. */
export const MASTER_FACT = 'identity.master'
const HEX = /^[0-9a-f]{64}$/i

/** The master key of a data folder, and how it is kept once the store has taken it. */
export interface MasterKey {
  readonly bytes: Uint8Array
  /** Writes a key that was made just now to its file; called before anything is sealed with it. */
  keep(): void
}

export interface MasterKeySource {
  /** Data folder: the key stands in `identity.key` unless another source is named. */
  readonly data: string
  /** The key itself, 64 hexadecimal digits: from a keeper of secrets, by the environment. */
  readonly key?: string
  /** File that holds it instead of the one in the data folder. */
  readonly file?: string
}

/**
 * Reads the master key, or makes one where there is none. It is no part of the database or of a backup: whoever holds only those can
 * read nobody's identity. @throws StoreProblem `identity-key-wrong` for something that is no key
 */
export function readMasterKey({ data, key, file }: MasterKeySource): MasterKey {
  if (key !== undefined) return { bytes: parseKey(key, 'GUATU_IDENTITY_KEY'), keep: () => undefined }
  const path = file ?? join(data, 'identity.key')
  if (existsSync(path)) return { bytes: parseKey(readFileSync(path, 'utf8'), path), keep: () => undefined }
  const bytes = randomBytes(32)
  return { bytes, keep: () => writeKey(path, bytes) }
}

/** Reads a key as it is written down. @throws StoreProblem for what is none */
export function parseKey(text: string, where: string): Uint8Array {
  const plain = text.trim()
  if (HEX.test(plain)) return Buffer.from(plain, 'hex')
  throw new StoreProblem('identity-key-wrong', {
    zh: `${where} 不是身份信息主密钥（应为64位十六进制数）；请放回原来的密钥。未做任何改动。`,
    en: `${where} holds no identity key (64 hexadecimal digits); put the right one back. Nothing was changed.`,
  })
}

/** Written once, never over another one, and on the disk before it is used. */
export function writeKey(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'wx', 0o600)
  try {
    writeSync(file, `${Buffer.from(bytes).toString('hex')}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/**
 * Refuses a master key other than the one that the data were sealed with: nothing could be read, and what would be written could not
 * be read by the others. @param lasting whether the key will be there the next time
 */
export async function sameMasterKey(db: Database<unknown>, lasting: boolean): Promise<void> {
  const [kept] = await db.query<{ value: string }>('select value from facts where name = $1', [MASTER_FACT])
  if (kept?.value === db.vault.fingerprint) return
  const [sealed] = await db.query('select 1 from identity_keys limit 1')
  if (sealed !== undefined)
    throw new StoreProblem('identity-key-wrong', {
      zh: '身份信息主密钥与数据不符。请把原数据目录（或第一台服务器）的 identity.key 放到本数据目录，或用 GUATU_IDENTITY_KEY 指定；如更换主密钥时中断，请再次运行 guatu rotate-key。未做任何改动。',
      en: 'The identity key is not the one of these data. Put the identity.key of their data folder (or of the first server) into this data folder, or name it with GUATU_IDENTITY_KEY; if a rotation of the key was interrupted, run guatu rotate-key again. Nothing was changed.',
    })
  if (!lasting) return
  await db.query('insert into facts (name, value) values ($1, $2::jsonb) on conflict (name) do update set value = excluded.value', [
    MASTER_FACT,
    JSON.stringify(db.vault.fingerprint),
  ])
}
