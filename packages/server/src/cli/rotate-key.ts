import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { registry } from '@guatu/domains'
import { openDatabase } from '../store/database/index.ts'
import { MASTER_FACT, parseKey, readMasterKey, sameMasterKey, writeKey } from '../store/identity/master-key.ts'
import { rotateMasterKey } from '../store/identity/rotate.ts'
import { Vault } from '../store/identity/vault.ts'
import { migrate } from '../store/migrate/index.ts'
import { migrations } from '../store/migrations/index.ts'
import { type Command, Failed, none, print, progressLine } from './command.ts'
import { readSettings, SETTING_OPTIONS, SETTINGS_HELP, type Settings } from './settings.ts'

/** Where the new key comes from, and what is to be done with it once the database holds it. */
interface NextKey {
  readonly bytes: Uint8Array
  settle(before: string): string
}

/** `rotate-key`: another master key of identity in the place of the one in use. */
export const rotateKeyCommand: Command = {
  summary: { zh: '更换身份信息主密钥', en: 'rotate the master key of identity' },
  help: `guatu rotate-key

  先停止全部服务并备份。 / Stop all servers and make a backup first.
  主密钥在文件中时，自动生成新密钥并替换文件，旧密钥改名保留（旧备份还要用）。
  A key in a file is replaced by a new one; the old one stays beside it under another name, because old backups need it.
  主密钥由 GUATU_IDENTITY_KEY 给出时，用 GUATU_NEW_IDENTITY_KEY 给出新密钥。
  A key that GUATU_IDENTITY_KEY gives is replaced by the one of GUATU_NEW_IDENTITY_KEY.
  中断后再次运行即可完成。 / After an interruption run it again.

${SETTINGS_HELP}`,
  options: SETTING_OPTIONS,
  run: async (values, positionals) => {
    none(positionals)
    const settings = readSettings(values)
    const { identityKey: key, identityKeyFile: file } = settings
    const path = file ?? join(settings.data, 'identity.key')
    if (key === undefined && !existsSync(path) && !existsSync(`${path}.next`))
      throw new Failed(`没有主密钥文件“${path}”。`, `There is no key file “${path}”.`)
    const old = readMasterKey({ data: settings.data, ...(key === undefined ? {} : { key }), ...(file === undefined ? {} : { file }) })
    const next = key === undefined ? nextInFile(path) : nextByEnvironment()
    const [before, after] = [new Vault(old.bytes), new Vault(next.bytes)]
    const db = await openDatabase<unknown>(targetOf(settings), { identityKey: old.bytes })
    try {
      await migrate(db, migrations)
      const [kept] = await db.query<{ value: string }>('select value from facts where name = $1', [MASTER_FACT])
      // An earlier run came to its end in the database and not in the file.
      if (kept?.value !== after.fingerprint) {
        await sameMasterKey(db, true)
        const line = progressLine('密钥 keys')
        const done = await rotateMasterKey(db, registry, after, (n) => line.show(n, 0))
        line.end()
        print(`已更换 rotated: ${done.keys} 个记录密钥 record keys，${done.hashed} 条记录的散列 records hashed anew`)
      }
      print(next.settle(before.fingerprint))
      return 0
    } finally {
      await db.close()
    }
  },
}

const targetOf = ({ data, database }: Settings) => (database === undefined ? { dir: join(data, 'database') } : { url: database })

function nextInFile(path: string): NextKey {
  const draft = `${path}.next`
  if (!existsSync(draft)) writeKey(draft, randomBytes(32))
  return {
    bytes: parseKey(readFileSync(draft, 'utf8'), draft),
    settle: (before) => {
      const aside = `${path}.${before}`
      if (existsSync(path)) renameSync(path, aside)
      renameSync(draft, path)
      return `新密钥 new key: ${path}\n旧密钥（旧备份用） old key, for old backups: ${aside}\n请把新密钥另存一处，并复制到其他服务器。 / Copy the new key to a safe place and to the other servers.`
    },
  }
}

function nextByEnvironment(): NextKey {
  const written = process.env.GUATU_NEW_IDENTITY_KEY
  if (written === undefined)
    throw new Failed(
      '主密钥由 GUATU_IDENTITY_KEY 给出；请用 GUATU_NEW_IDENTITY_KEY 给出新密钥（64位十六进制数）。',
      'GUATU_IDENTITY_KEY gives the key; give the new one by GUATU_NEW_IDENTITY_KEY (64 hexadecimal digits).',
    )
  return {
    bytes: parseKey(written, 'GUATU_NEW_IDENTITY_KEY'),
    settle: () =>
      '请把 GUATU_IDENTITY_KEY 改为新密钥；旧密钥留给旧备份。 / Set GUATU_IDENTITY_KEY to the new key; keep the old one for old backups.',
  }
}
