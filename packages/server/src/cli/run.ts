import { parseArgs } from 'node:util'
import type { Label } from '@guatu/kernel'
import { type Command, print, Usage, type WordCommand } from './command.ts'

type Loaded = Command | WordCommand

/** A command that is loaded when it is called: reading a file should not wait for a database library. */
interface Entry {
  readonly summary: Label
  load(): Promise<Loaded>
}

/** The commands of the program, by name. */
const COMMANDS: Readonly<Record<string, Entry>> = {
  serve: { summary: { zh: '启动系统', en: 'start the system' }, load: async () => (await import('./serve.ts')).serve },
  communique: { summary: { zh: '读会议公报', en: 'read a communiqué' }, load: async () => (await import('./communique.ts')).communique },
  areas: {
    summary: { zh: '区划：导入、调整、查看、边界', en: 'areas: import, reform, show, boundaries' },
    load: async () => (await import('./areas.ts')).areasCommand,
  },
  import: { summary: { zh: '导入表格', en: 'import a sheet' }, load: async () => (await import('./sheets.ts')).importCommand },
  export: { summary: { zh: '导出表格', en: 'export a sheet' }, load: async () => (await import('./export.ts')).exportCommand },
  report: {
    summary: { zh: '生成进展报告', en: 'write the progress report' },
    load: async () => (await import('./report.ts')).reportCommand,
  },
  rebuild: {
    summary: { zh: '由事件重算，或核对', en: 'rebuild from the events, or check' },
    load: async () => (await import('./upkeep.ts')).rebuildCommand,
  },
  backup: { summary: { zh: '备份到一个文件', en: 'back up into one file' }, load: async () => (await import('./upkeep.ts')).backupCommand },
  restore: {
    summary: { zh: '由备份恢复到空数据目录', en: 'restore into an empty data folder' },
    load: async () => (await import('./upkeep.ts')).restoreCommand,
  },
  'rotate-key': {
    summary: { zh: '更换身份信息主密钥', en: 'rotate the master key of identity' },
    load: async () => (await import('./rotate-key.ts')).rotateKeyCommand,
  },
  user: {
    summary: { zh: '建立账号、重置密码', en: 'add an account, reset a password' },
    load: async () => (await import('./user.ts')).userCommand,
  },
  openapi: {
    summary: { zh: '输出OpenAPI 3.1接口说明', en: 'print the OpenAPI 3.1 document' },
    load: async () => (await import('./openapi.ts')).openapiCommand,
  },
  analyse: {
    summary: { zh: '疫情分析（文件）', en: 'epidemic analytics on files' },
    load: async () => (await import('./analyse.ts')).analyseCommand,
  },
  plan: {
    summary: {
      zh: '方案：专车、时间表、用工、物资、走访（Excel）',
      en: 'plans from workbooks: coaches, timetable, jobs, supplies, visits',
    },
    load: async () => (await import('./plan.ts')).planCommand,
  },
}

const overview = () =>
  [
    'guatu <命令 command> [选项 options]',
    '',
    ...Object.entries(COMMANDS).map(([name, command]) => `  ${name.padEnd(14)}${command.summary.zh} / ${command.summary.en}`),
    '',
    'guatu <命令 command> --help',
    '退出码 exit: 0 完成 done, 1 被拒绝或失败 refused or failed, 2 用法错误 wrong usage',
  ].join('\n')

/** Runs one command. Exit code: 0 done, 1 refused or failed, 2 wrong usage. */
export async function run(words: readonly string[]): Promise<number> {
  const [name = '', ...rest] = words
  if (name === '' || name === '--help' || name === 'help') {
    print(overview())
    return name === '' ? 2 : 0
  }
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!entry) {
    process.stderr.write(`没有命令“${name}”。 / There is no command “${name}”.\n${overview()}\n`)
    return 2
  }
  const command = await entry.load()
  if ('runWords' in command) return command.runWords(rest).catch((error: unknown) => failed(error, ''))
  if (rest.includes('--help')) {
    print(command.help)
    return 0
  }
  try {
    const { values, positionals } = parseArgs({ args: [...rest], options: command.options, allowPositionals: true, strict: true })
    return await command.run(values, positionals)
  } catch (error) {
    return failed(error, command.help)
  }
}

function failed(error: unknown, help: string): number {
  const wrong = error instanceof Usage ? error.message : wrongOption(error)
  if (wrong !== undefined) {
    process.stderr.write(`${wrong}\n\n${help}\n`)
    return 2
  }
  const own = error as { zh?: unknown; en?: unknown; problem?: { message: { zh: string; en: string } } }
  const message = own.problem?.message ?? (typeof own.zh === 'string' ? { zh: own.zh, en: String(own.en) } : ofSystem(error))
  process.stderr.write(message ? `${message.zh}\n${message.en}\n` : unexpected(error))
  return 1
}

const said = (zh: string, en: string) => (): Label => ({ zh, en })
const forbidden = (path: string): Label => ({
  zh: `不能读写${path}：请检查权限，或换一个路径（数据目录由 --data 指定）。`,
  en: `Cannot read or write ${path}: check the permissions or give another path (the data folder is that of --data).`,
})
const notFolder = (path: string): Label => ({
  zh: `路径${path}中应为目录的是文件，或应为文件的是目录：请换一个路径（数据目录由 --data 指定）。`,
  en: `In the path ${path} a file stands for a folder or a folder for a file: give another path (the data folder is that of --data).`,
})
/** What the operating system refused, in words that say what to do. */
const SYSTEM: Readonly<Record<string, (path: string) => Label>> = {
  EADDRINUSE: said(
    '端口已被占用：请用 --port 换一个端口，或先停止占用它的程序。',
    'The port is in use: choose another with --port, or stop the program that holds it.',
  ),
  EADDRNOTAVAIL: said('监听地址不存在：请检查 --host。', 'There is no such address to listen on: check --host.'),
  ENOENT: (path) => ({
    zh: `路径${path}不存在：请检查写法，目录须先建好。`,
    en: `There is no ${path}: check the spelling; its folder must be there.`,
  }),
  ENOTDIR: notFolder,
  EISDIR: notFolder,
  EACCES: forbidden,
  EPERM: forbidden,
  EROFS: forbidden,
  ENOSPC: said('磁盘空间不足，请清理后重试。', 'The disk is full; free some space and try again.'),
}

function ofSystem(error: unknown): Label | undefined {
  if (!(error instanceof Error) || !('code' in error) || !Object.hasOwn(SYSTEM, String(error.code))) return undefined
  const path = 'path' in error && typeof error.path === 'string' ? `“${error.path}”` : ''
  return SYSTEM[String(error.code)]?.(path)
}

/** What the parser complains of, in both languages: it names the option, the first word with dashes in its sentence. */
const wrongOption = (error: unknown): string | undefined => {
  if (!(error instanceof TypeError) || !('code' in error) || !String(error.code).startsWith('ERR_PARSE_ARGS')) return undefined
  const option = /'(?:-\w, )?(--?[^\s'=<]+)/.exec(error.message)?.[1]
  if (option === undefined) return `参数有误，请对照用法。 / Wrong words; compare with the usage. ${error.message}`
  if (String(error.code) === 'ERR_PARSE_ARGS_UNKNOWN_OPTION')
    return `参数有误：不认识的选项“${option}”，请删除。 / Unknown option “${option}”; remove it.`
  return error.message.includes('does not take')
    ? `参数有误：选项“${option}”不带内容，请只写“${option}”。 / The option “${option}” takes no value; write it alone.`
    : `参数有误：选项“${option}”缺少内容，请写在它后面。 / The option “${option}” lacks its value; write it behind.`
}

const unexpected = (error: unknown) =>
  `意外错误，未完成；请将以下内容告知管理员。 / Unexpected error, nothing was finished; tell the administrator what follows.\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`
