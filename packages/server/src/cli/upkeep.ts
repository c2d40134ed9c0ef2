import { existsSync } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { createAuth, migrateAuth } from '../accounts/auth.ts'
import { backup, restore } from '../store/database/backup/index.ts'
import { openDatabase } from '../store/database/index.ts'
import { migrations } from '../store/migrations/index.ts'
import { type Command, Failed, none, note, only, print, progressLine } from './command.ts'
import { withStore } from './data.ts'
import { readSettings, SETTING_OPTIONS, SETTINGS_HELP } from './settings.ts'

/** `rebuild [--check]`: states and books anew from the events. */
export const rebuildCommand: Command = {
  summary: { zh: '由事件重算，或核对', en: 'rebuild from the events, or check' },
  help: `guatu rebuild [--check]

  --check           只核对状态、台账与哈希链，不改动 / compare states, books and hash chains, change nothing

退出码 exit: 0 一致 agreed, 1 有差异 differences

${SETTINGS_HELP}`,
  options: { ...SETTING_OPTIONS, check: { type: 'boolean' } },
  run: async (values, positionals) => {
    none(positionals)
    return withStore(values, async (store) => {
      const check = values.check === true
      const line = progressLine('事件 events')
      const report = await store.rebuild({ check, onProgress: (done, all) => line.show(done, all) })
      line.end()
      const rate = report.seconds > 0 ? Math.round(report.events / report.seconds) : report.events
      print(
        `事件 events ${report.events}，记录 records ${report.records}，台账行 lines of the books ${report.tallies}，${report.seconds.toFixed(1)} s（${rate}/s）`,
      )
      for (const difference of report.differences) print(`  ≠ ${difference}`)
      if (report.differences.length === 0) {
        print('状态、台账与事件一致。 / States and books equal the events.')
        return 0
      }
      print(
        check
          ? '与事件不一致；请先备份，再运行 guatu rebuild。 / They differ from the events; make a backup, then run guatu rebuild.'
          : '差异已按事件改正；若哈希链有差异，请联系审计。 / Corrected from the events; where a hash chain differs, call the auditor.',
      )
      return 1
    })
  },
}

/** Names of the evidence files below a folder; what is still arriving is left out. */
async function* filesBelow(root: string): AsyncGenerator<string> {
  if (!existsSync(root)) return
  for (const entry of await readdir(root, { withFileTypes: true, recursive: true })) {
    const name = relative(root, join(entry.parentPath, entry.name))
    if (entry.isFile() && !name.startsWith('incoming')) yield name
  }
}

/** A backup holds personal data sealed; what opens it must never lie beside it. */
const KEEP_THE_KEY =
  '备份不含身份信息主密钥：请把数据目录中的 identity.key 另存到别处，没有它备份无法打开。 / The master key of personal data is not in it: keep a copy of identity.key elsewhere, without it the backup cannot be opened.'

const putTheKey = (data: string) =>
  `启动前请把原数据目录的 identity.key（0600权限）放到 ${join(data, 'identity.key')}，同时放回 secret 可免去重新登录。 / Before starting, put the identity.key of the old data folder there (mode 0600); with its secret nobody has to sign in again.`

export const backupCommand: Command = {
  summary: { zh: '备份到一个文件', en: 'back up into one file' },
  help: `guatu backup FILE

  FILE              备份文件，含数据库与附件 / backup of the database and the attachments

${SETTINGS_HELP}`,
  options: SETTING_OPTIONS,
  run: (values, positionals) => {
    const path = resolve(only(positionals, 'FILE'))
    return withStore(values, async (store) => {
      note('正在备份… / backing up')
      const root = store.attachments?.dir
      const { rows, files } = await backup(store.db, path, {
        now: store.clock.now(),
        ...(root === undefined ? {} : { files: { root, names: filesBelow(root) } }),
      })
      const all = Object.values(rows).reduce((sum, one) => sum + one, 0)
      print(`${path}: ${all}行 rows，${files}个附件 files`)
      print(KEEP_THE_KEY)
      return 0
    })
  },
}

export const restoreCommand: Command = {
  summary: { zh: '由备份恢复到空数据目录', en: 'restore into an empty data folder' },
  help: `guatu restore FILE

  目标必须为空；备份先完整校验，再一次写入 / the target must be empty; the whole file is checked first

${SETTINGS_HELP}`,
  options: SETTING_OPTIONS,
  run: async (values, positionals) => {
    const path = resolve(only(positionals, 'FILE'))
    if (!existsSync(path)) throw new Failed(`没有文件“${path}”，请检查路径。`, `There is no file “${path}”; check the path.`)
    const settings = readSettings(values)
    await mkdir(settings.data, { recursive: true, mode: 0o700 })
    note('正在校验并恢复… / checking and restoring')
    const db = await openDatabase<unknown>(
      settings.database === undefined ? { dir: join(settings.data, 'database') } : { url: settings.database },
    )
    try {
      const { rows, files } = await restore(path, db, {
        migrations,
        filesRoot: join(settings.data, 'attachments'),
        // Only to make the tables of the sign-in library; nothing is signed with it.
        prepare: () =>
          migrateAuth(createAuth({ kysely: db.kysely, secret: 'tables-only-tables-only-tables-only', baseUrl: 'http://localhost' })),
      })
      const all = Object.values(rows).reduce((sum, one) => sum + one, 0)
      print(`已恢复 restored: ${all}行 rows，${files}个附件 files`)
      if (settings.identityKeyFile === undefined && !existsSync(join(settings.data, 'identity.key'))) print(putTheKey(settings.data))
      return 0
    } finally {
      await db.close()
    }
  },
}
