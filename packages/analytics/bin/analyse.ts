#!/usr/bin/env node
/** `analyse COMMAND FILE [--options] --json|--svg`: the epidemic analytics on files. Also callable from another command line. */
import { pathToFileURL } from 'node:url'
import { InputError } from '../src/outcome.ts'
import { NumericalProblem } from '../src/statistics/index.ts'
import type { Command, Language, Options } from './command.ts'
import { commands } from './commands/index.ts'
import { FileProblem } from './input/file-problem.ts'
import { readTable } from './input/table-file.ts'
import { parseWords, plainJson, type Streams, textOf, writeTarget } from './output.ts'

/** Exit codes: 0 answered, 2 wrong question or file, 3 the data are too thin for an answer. */
export async function analyse(args: readonly string[], streams: Streams): Promise<0 | 2 | 3> {
  const [name, ...rest] = args
  const command = commands.find((one) => one.name === name)
  if (command === undefined) {
    streams.error(overview())
    return name === '--help' || name === 'help' ? 0 : 2
  }
  try {
    return await run(command, rest, streams)
  } catch (problem) {
    if (problem instanceof FileProblem || problem instanceof InputError) streams.error(`${problem.zh}\n${problem.en}\n`)
    else if (problem instanceof NumericalProblem)
      streams.error(`计算未能收敛：${problem.message}\nThe computation did not converge: ${problem.message}\n`)
    else throw problem
    return 2
  }
}

async function run(command: Command, args: readonly string[], streams: Streams): Promise<0 | 2 | 3> {
  const shared = {
    json: { type: 'boolean' },
    svg: { type: 'boolean' },
    help: { type: 'boolean' },
    lang: { type: 'string' },
    out: { type: 'string' },
    'as-of': { type: 'string' },
  } as const
  const own = Object.fromEntries(Object.keys(command.options).map((option) => [option, { type: 'string' as const }]))
  const { values, positionals } = parseWords(args, { ...own, ...shared })
  if (values.help === true) {
    streams.out(help(command, values.lang === 'en' ? 'en' : 'zh'))
    return 0
  }
  if (values.lang !== undefined && values.lang !== 'zh' && values.lang !== 'en')
    throw new FileProblem('option-invalid', `--lang 只能是 zh、en，得到“${values.lang}”`, `--lang must be zh or en, got "${values.lang}"`)
  if (values.json === true && values.svg === true)
    throw new FileProblem('option-invalid', '--json 与 --svg 只能选一个', 'choose one of --json and --svg')
  const [file, ...extra] = positionals
  if (file === undefined || extra.length > 0)
    throw new FileProblem('one-file', `请给出一个文件：analyse ${command.name} 文件`, `Give one file: analyse ${command.name} FILE`)
  const texts: Record<string, string | undefined> = {}
  for (const [option, { fallback }] of Object.entries(command.options)) texts[option] = textOf(values[option]) ?? fallback
  texts['as-of'] = textOf(values['as-of'])
  const options: Options = { values: texts, language: values.lang === 'en' ? 'en' : 'zh' }
  const answer = await command.run(await readTable(file), options)
  const write = async (text: string) => {
    const target = textOf(values.out)
    if (target === undefined) streams.out(text)
    else await writeTarget(target, text)
  }
  if (!answer.result.ok) {
    const { refusal } = answer.result
    if (values.json === true) await write(plainJson({ command: command.name, ...answer.result }))
    streams.error(`无法给出结果：${refusal.zh}\nNo figure can be given: ${refusal.en}\n`)
    return 3
  }
  await write(
    values.svg === true && answer.picture !== undefined ? answer.picture() : plainJson({ command: command.name, ...answer.result }),
  )
  return 0
}

function overview(): string {
  const lines = commands.map((command) => `  ${command.name.padEnd(11)} ${command.zh} · ${command.en}`)
  return `analyse COMMAND FILE [--options] --json|--svg [--out FILE] [--lang zh|en] [--as-of YYYY-MM-DD]\n${lines.join('\n')}\nanalyse COMMAND --help\n`
}

function help(command: Command, language: Language): string {
  const lines = Object.entries(command.options).map(
    ([name, option]) =>
      `  --${name.padEnd(16)} ${language === 'zh' ? option.zh : option.en}${option.fallback === undefined ? '' : ` [${option.fallback}]`}`,
  )
  return `${command.name}: ${language === 'zh' ? command.zh : command.en}\n${lines.join('\n')}\n`
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = await analyse(process.argv.slice(2), {
    out: (text) => process.stdout.write(text),
    error: (text) => process.stderr.write(text),
  })
