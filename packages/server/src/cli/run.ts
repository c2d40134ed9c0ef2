import { parseArgs } from 'node:util'
import { type Command, print, Usage } from './command.ts'
import { serve } from './serve.ts'

/** The commands of the program, by name. */
const COMMANDS: Readonly<Record<string, Command>> = { serve }

const overview = () =>
  [
    'guatu <命令 command> [选项 options]',
    '',
    ...Object.entries(COMMANDS).map(([name, command]) => `  ${name.padEnd(14)}${command.summary.zh} / ${command.summary.en}`),
    '',
    'guatu <命令 command> --help',
  ].join('\n')

/** Runs one command. Exit code: 0 done, 1 refused or failed, 2 wrong usage. */
export async function run(words: readonly string[]): Promise<number> {
  const [name = '', ...rest] = words
  if (name === '' || name === '--help' || name === 'help') {
    print(overview())
    return name === '' ? 2 : 0
  }
  const command = COMMANDS[name]
  if (!command) {
    process.stderr.write(`没有命令“${name}”。 / There is no command “${name}”.\n${overview()}\n`)
    return 2
  }
  if (rest.includes('--help')) {
    print(command.help)
    return 0
  }
  try {
    const { values, positionals } = parseArgs({ args: [...rest], options: command.options, allowPositionals: true, strict: true })
    return await command.run(values, positionals)
  } catch (error) {
    return failed(error, command)
  }
}

function failed(error: unknown, command: Command): number {
  if (error instanceof Usage || (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))) {
    process.stderr.write(`${error.message}\n\n${command.help}\n`)
    return 2
  }
  const own = error as { zh?: unknown; en?: unknown; problem?: { message: { zh: string; en: string } } }
  const message = own.problem?.message ?? (typeof own.zh === 'string' ? { zh: own.zh, en: String(own.en) } : undefined)
  process.stderr.write(
    message ? `${message.zh}\n${message.en}\n` : `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  )
  return 1
}
