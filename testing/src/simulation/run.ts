// Thousands of histories, each from its seed; a failing one prints the command that replays it.
// Usage: node testing/src/simulation/run.ts [--seeds 1000] [--from 1] [--seed N [--trace]] [--seconds 170] [--database embedded]
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { scratchFolder, startPostgres } from '../databases/postgres-server.ts'
import { simulate } from './simulate.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    trace: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '1e9' },
    database: { type: 'string', default: 'server' },
  },
})
/** Histories that share a database. */
const TOGETHER = 25
const all =
  values.seed === undefined ? Array.from({ length: Number(values.seeds) }, (_, i) => Number(values.from) + i) : [Number(values.seed)]
const server = values.database === 'embedded' ? undefined : await startPostgres()
const scratch = scratchFolder('guatu-simulation-')
let made = 0
const place = async () => {
  made += 1
  if (!server) return { dir: join(scratch, `d${made}`) }
  const client = new pg.Client({ connectionString: server.url('postgres') })
  await client.connect()
  await client.query(`create database simulation_${made}`)
  await client.end()
  return { url: server.url(`simulation_${made}`) }
}
const totals: Record<string, number> = {}
let failed = 0
let lived = 0
const started = process.cpuUsage()
const end = performance.now() + Number(values.seconds) * 1000
try {
  for (let i = 0; i < all.length && performance.now() < end; i += TOGETHER) {
    const seeds = all.slice(i, i + TOGETHER)
    process.stderr.write(`seeds ${seeds[0]}–${seeds.at(-1)}, ${lived} lived, ${failed} wrong\n`)
    for (const verdict of await simulate({ first: await place(), second: await place() }, seeds)) {
      lived += 1
      for (const [state, n] of Object.entries(verdict.acts)) totals[state] = (totals[state] ?? 0) + n
      if (values.trace) console.log(verdict.trace.join('\n'))
      if (values.seed !== undefined) console.log(`seed ${verdict.seed}: trace ${verdict.hash}`)
      if (verdict.wrong.length === 0) continue
      failed += 1
      console.log(
        `seed ${verdict.seed}: trace ${verdict.hash}\n${verdict.wrong
          .slice(0, 12)
          .map((one) => `  ${one}`)
          .join('\n')}`,
      )
      console.log(`  replay: node testing/src/simulation/run.ts --seed ${verdict.seed} --trace`)
    }
  }
} finally {
  await server?.stop()
  rmSync(scratch, { recursive: true, force: true })
}
const cpu = process.cpuUsage(started)
console.log(
  JSON.stringify({ histories: lived, last: all[lived - 1], failed, acts: totals, cpuSeconds: Math.round((cpu.user + cpu.system) / 1e6) }),
)
process.exitCode = failed === 0 ? 0 : 1
