/**
 * `npm run bench -- NAME [options]` hands over to `bench/NAME/run.ts`, which exports `run(args)`.
 * Without a name the benches are listed.
 */
import { existsSync, readdirSync } from 'node:fs'
import process from 'node:process'

interface Bench {
  run(args: readonly string[]): Promise<void>
}

const fileOf = (name: string) => new URL(`./${name}/run.ts`, import.meta.url)
const [name, ...rest] = process.argv.slice(2)
if (name !== undefined && /^[a-z-]+$/.test(name) && existsSync(fileOf(name))) {
  const { run } = (await import(fileOf(name).href)) as Bench
  await run(rest)
} else {
  const names = readdirSync(new URL('.', import.meta.url)).filter((entry) => existsSync(fileOf(entry)))
  console.error(`Usage: npm run bench -- NAME [options]; benches: ${names.join(', ')}`)
  process.exitCode = 1
}
