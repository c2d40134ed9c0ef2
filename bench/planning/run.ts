/**
 * `npm run bench -- planning [--set DIR|FILE] [--seconds N] [--threads N] [--seed N] [--only TEXT] [--json]`, or `--render FILE` for kept results,
 * runs any folder of planning instances of public formats and prints gap, time and memory per instance and per set. With more than one thread
 * every instance is planned on one thread as well, and the speed-up is printed; `--speed-up 1.6` says by how much the seconds are divided
 * for the run on all threads. `--seed` may be given several times.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import type { Family, RunResult } from './instances.ts'
import { asJson, asTable, type Measured } from './report.ts'
import { type Compared, compare, speedUpLines } from './speed-up.ts'

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
      'speed-up': { type: 'string', default: '1.6' },
      seed: { type: 'string', multiple: true, default: ['1'] },
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
  const threads = Number(values.threads)
  const measured: Measured[] = []
  const compared: Compared[] = []
  const keep = (result: RunResult) => {
    const line = { ...result, megabytes: Math.round(process.memoryUsage().rss / 1e6) }
    measured.push(line)
    if (!values.json) console.error(asTable([line], false))
  }
  for (const file of roots.flatMap(filesBelow)) {
    if (values.only !== undefined && !file.includes(values.only)) continue
    const text = readFileSync(file, 'utf8')
    const family = known.find(({ formats }) => formats.some((format) => format.matches(file, text)))
    if (!family) continue
    const seconds = values.seconds === undefined ? undefined : Number(values.seconds)
    for (const seed of values.seed.map(Number)) {
      const request = { file, text, seconds, threads, seed }
      if (threads <= 1 || family.serial === true) keep(await family.runInstance(request))
      else {
        const pair = await compare(family, request, Number(values['speed-up']))
        compared.push(pair)
        keep(pair.one)
        keep(pair.many)
      }
    }
  }
  const lines = speedUpLines(compared, threads)
  console.log(values.json ? asJson(measured, lines) : [asTable(measured, true), ...lines].join('\n'))
  if (measured.some(({ faults }) => faults.length > 0)) process.exitCode = 1
}

if (import.meta.main) await run(process.argv.slice(2))
