/**
 * `npm run bench -- planning [--set DIR|FILE] [--seconds N] [--threads N] [--seed N] [--only TEXT] [--json]`, or `--render FILE` for kept results,
 * runs any folder of planning instances of public formats and prints gap, time and memory per instance and per set.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import type { Family } from './instances.ts'
import { asJson, asTable, type Measured } from './report.ts'

/** Family files in the order in which they are asked whether they read an instance. */
const families = ['routing', 'scheduling', 'flows']

async function loadFamilies(): Promise<Family[]> {
  const present = families.filter((name) => existsSync(new URL(`./${name}.ts`, import.meta.url)))
  return Promise.all(present.map((name) => import(new URL(`./${name}.ts`, import.meta.url).href) as Promise<Family>))
}

function filesBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .flatMap((name) => filesBelow(join(path, name)))
}

/** Runs the command. @param args what follows `planning` on the command line */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      set: { type: 'string', multiple: true },
      seconds: { type: 'string' },
      threads: { type: 'string', default: '1' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
      render: { type: 'string', multiple: true },
      json: { type: 'boolean', default: false },
    },
  })
  if (values.render !== undefined) {
    const kept = values.render.flatMap((file) => (JSON.parse(readFileSync(file, 'utf8')) as { instances: Measured[] }).instances)
    console.log(values.json ? asJson(kept) : asTable(kept, true))
    return
  }
  const roots =
    values.set ?? ['../shared/data/routing', '../shared/data/scheduling', '../shared/data/flows'].filter((path) => existsSync(path))
  if (roots.length === 0) {
    console.error('No instances: give a folder with --set DIR / 没有算例：请用 --set 指定文件夹')
    process.exitCode = 1
    return
  }
  const known = await loadFamilies()
  const measured: Measured[] = []
  for (const file of roots.flatMap(filesBelow)) {
    if (values.only !== undefined && !file.includes(values.only)) continue
    const text = readFileSync(file, 'utf8')
    const family = known.find(({ formats }) => formats.some((format) => format.matches(file, text)))
    if (!family) continue
    const seconds = values.seconds === undefined ? undefined : Number(values.seconds)
    const result = await family.runInstance({ file, text, seconds, threads: Number(values.threads), seed: Number(values.seed) })
    const line = { ...result, megabytes: Math.round(process.memoryUsage().rss / 1e6) }
    measured.push(line)
    if (!values.json) console.error(asTable([line], false))
  }
  console.log(values.json ? asJson(measured) : asTable(measured, true))
  if (measured.some(({ faults }) => faults.length > 0)) process.exitCode = 1
}

if (import.meta.main) await run(process.argv.slice(2))
