#!/usr/bin/env node
/** `plan COMMAND FILE.xlsx [--options] --json|--xlsx OUT|--svg`: the planners on Excel workbooks. Also callable from another command line. */
import { pathToFileURL } from 'node:url'
import { InputError } from '../src/outcome.ts'
import type { Language } from './command.ts'
import { exampleBytes, workbookBytes } from './forms/write.ts'
import { FileProblem } from './input/file-problem.ts'
import { readWorkbook } from './input/table-file.ts'
import { parseWords, plainJson, type Streams, textOf, writeTarget } from './output.ts'
import { allocate } from './plans/allocate.ts'
import { coaches } from './plans/coaches.ts'
import { match } from './plans/match.ts'
import type { PlanCommand } from './plans/plan-command.ts'
import { timetable } from './plans/timetable.ts'
import { visits } from './plans/visits.ts'

export const planCommands: readonly PlanCommand[] = [coaches, timetable, match, allocate, visits]

const SHARED = {
  json: { type: 'boolean' },
  svg: { type: 'boolean' },
  help: { type: 'boolean' },
  xlsx: { type: 'string' },
  out: { type: 'string' },
  example: { type: 'string' },
  lang: { type: 'string' },
  seconds: { type: 'string' },
  threads: { type: 'string' },
  seed: { type: 'string' },
} as const

/** Exit codes: 0 planned, 1 no plan, or a plan that its checker rejects, 2 wrong question or file. */
export async function plan(args: readonly string[], streams: Streams): Promise<0 | 1 | 2> {
  const [name, ...rest] = args
  const command = planCommands.find((one) => one.name === name)
  if (command === undefined) {
    streams.error(overview())
    return name === '--help' || name === 'help' ? 0 : 2
  }
  try {
    return await run(command, rest, streams)
  } catch (problem) {
    if (!(problem instanceof FileProblem) && !(problem instanceof InputError)) throw problem
    streams.error(`${problem.zh}\n${problem.en}\n`)
    return 2
  }
}

async function run(command: PlanCommand, args: readonly string[], streams: Streams): Promise<0 | 1 | 2> {
  const own = Object.fromEntries(Object.keys(command.options).map((option) => [option, { type: 'string' as const }]))
  const { values, positionals } = parseWords(args, { ...own, ...SHARED })
  const language: Language = values.lang === 'en' ? 'en' : 'zh'
  if (values.lang !== undefined && values.lang !== language)
    throw new FileProblem('option-invalid', `--lang 只能是 zh、en，得到“${values.lang}”`, `--lang must be zh or en, got "${values.lang}"`)
  if (values.help === true) {
    streams.out(help(command, language))
    return 0
  }
  const example = textOf(values.example)
  if (example !== undefined) {
    await writeTarget(example, await exampleBytes(command.example.filled, command.settings, command.example.settings))
    streams.error(
      `已写入示例 ${example}，可直接运行，也可改成自己的数据。\nThe example ${example} was written: run it as it is, or put in your own rows.\n`,
    )
    return 0
  }
  const [file, ...extra] = positionals
  if (file === undefined || extra.length > 0)
    throw new FileProblem(
      'one-file',
      `请给出一个工作簿：plan ${command.name} 文件.xlsx（--example 文件.xlsx 可得到示例）`,
      `Give one workbook: plan ${command.name} FILE.xlsx (--example FILE.xlsx writes one to begin with)`,
    )
  const answer = await command.run({
    workbook: await readWorkbook(file),
    seconds: amount(textOf(values.seconds), 'seconds', 5, { least: 0.05, most: 3600 }),
    threads: amount(textOf(values.threads), 'threads', 1, { least: 1, most: 64, whole: true }),
    seed: amount(textOf(values.seed), 'seed', 1, { least: 0, most: 2 ** 31, whole: true }),
    language,
    values: Object.fromEntries(Object.entries(command.options).map(([key, { fallback }]) => [key, textOf(values[key]) ?? fallback])),
  })
  const { planned, faults, notes } = answer
  const out = textOf(values.out)
  const print = async (text: string) => (out === undefined ? streams.out(text) : writeTarget(out, text))
  for (const note of notes) streams.error(`${language === 'zh' ? note.zh : note.en}\n`)
  if (!planned.ok) {
    if (values.json === true) await print(plainJson({ command: command.name, ...planned }))
    streams.error(`没有可行方案：${planned.refusal.zh}\nThere is no plan: ${planned.refusal.en}\n`)
    return 1
  }
  if (faults.length > 0) {
    streams.error(`核验未通过，方案作废：\nThe checker rejects the plan:\n${faults.slice(0, 20).join('\n')}\n`)
    return 1
  }
  const workbook = textOf(values.xlsx)
  if (workbook !== undefined) await writeTarget(workbook, await workbookBytes(answer.sheets()))
  if (values.svg === true) await print(answer.picture())
  else if (values.json === true || workbook === undefined)
    await print(plainJson({ command: command.name, checked: true, ...planned, ...answer.named }))
  return 0
}

function amount(
  text: string | undefined,
  name: string,
  fallback: number,
  allow: { readonly least: number; readonly most: number; readonly whole?: boolean },
): number {
  if (text === undefined) return fallback
  const value = Number(text)
  if (text === '' || !(value >= allow.least && value <= allow.most) || (allow.whole === true && !Number.isInteger(value)))
    throw new FileProblem(
      'option-invalid',
      `--${name} 应在 ${allow.least} 与 ${allow.most} 之间，得到“${text}”`,
      `--${name} must lie between ${allow.least} and ${allow.most}, got "${text}"`,
    )
  return value
}

const overview = () =>
  `plan COMMAND FILE.xlsx [--json|--svg] [--xlsx OUT] [--out FILE] [--seconds N] [--threads N] [--seed N] [--lang zh|en]
plan COMMAND --example FILE.xlsx
${planCommands.map((command) => `  ${command.name.padEnd(11)} ${command.zh} · ${command.en}`).join('\n')}
plan COMMAND --help
`

/** The sheets and columns that a command reads, its settings with their instruments, its options. */
function help(command: PlanCommand, language: Language): string {
  const zh = language === 'zh'
  const say = (one: { readonly zh: string; readonly en: string }) => (zh ? one.zh : one.en)
  const sheets = command.sheets.map((sheet) => {
    const columns = Object.values(sheet.columns).map((column) => (column.optional ? `[${say(column)}]` : say(column)))
    return `  ${sheet.optional ? `[${say(sheet)}]` : say(sheet)}: ${columns.join(zh ? '、' : ', ')}`
  })
  const settings = Object.values(command.settings).map((one) => `  ${say(one)} = ${one.value}  (${one.instrument})`)
  const options = Object.entries(command.options).map(([name, one]) => `  --${name} ${say(one)} [${one.fallback ?? ''}]`)
  return [
    `${command.name}: ${say(command)}`,
    zh ? '工作表（方括号内可省）：' : 'Sheets (what stands in brackets may be left out):',
    ...sheets,
    zh ? '“参数”表可改的值：' : 'Values that the sheet "settings" may change:',
    ...settings,
    ...options,
    '',
  ].join('\n')
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = await plan(process.argv.slice(2), {
    out: (text) => process.stdout.write(text),
    error: (text) => process.stderr.write(text),
  })
