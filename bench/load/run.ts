/**
 * `npm run bench -- load [--engine pglite|postgres|both] [--only KEY,…] [--quick] [--json] [--write]`: everything of speed in one table.
 * `--quick` measures with a tenth of the data. `--write` keeps the figures in docs/generated/measured.json and writes measured.md from them.
 */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startPostgres } from '../../testing/src/databases/postgres-server.ts'
import { freshDatabase } from './drive.ts'
import { type Engine, type Figure, isMet, LINES, machine, page } from './measured.ts'

interface Part {
  readonly keys: readonly string[]
  readonly script: string
  readonly engines: readonly Engine[]
  /** Options of the script, whole and quick. */
  readonly whole: readonly string[]
  readonly quick: readonly string[]
  /** It makes databases of its own on the server. */
  readonly ownDatabases?: boolean
}

const BOTH: readonly Engine[] = ['pglite', 'postgres']
const PARTS: readonly Part[] = [
  {
    keys: ['http', 'http-ratio'],
    script: 'http-events.ts',
    engines: BOTH,
    whole: ['--seconds', '15', '--rounds', '2'],
    quick: ['--seconds', '4', '--rounds', '1'],
    ownDatabases: true,
  },
  {
    keys: ['import-csv'],
    script: 'import.ts',
    engines: BOTH,
    whole: ['--rows', '200000', '--format', 'csv'],
    quick: ['--rows', '20000', '--format', 'csv'],
  },
  {
    keys: ['import-xlsx'],
    script: 'import.ts',
    engines: BOTH,
    whole: ['--rows', '200000', '--format', 'xlsx'],
    quick: ['--rows', '20000', '--format', 'xlsx'],
  },
  {
    keys: ['board-today', 'board-14', 'board-growth', 'list-administrator', 'list-county', 'list-town', 'list-village'],
    script: 'reads.ts',
    engines: BOTH,
    whole: ['--records', '1000000', '--events', '5000000'],
    quick: ['--records', '100000', '--events', '500000'],
  },
  {
    keys: ['readings', 'readings-p99'],
    script: 'readings.ts',
    engines: BOTH,
    // Twelve calls of twenty in flight keep the server full; with more of them each only waits longer.
    whole: ['--people', '100000', '--seconds', '15', '--connections', '12'],
    quick: ['--people', '10000', '--seconds', '4', '--connections', '12'],
  },
  {
    keys: ['evening-peak'],
    script: 'evening-peak.ts',
    engines: BOTH,
    whole: ['--people', '300000', '--devices', '3000'],
    quick: ['--people', '30000', '--devices', '300'],
  },
  { keys: ['people'], script: 'people.ts', engines: BOTH, whole: ['--rows', '200000'], quick: ['--rows', '20000'] },
  {
    keys: ['arrivals'],
    script: 'arrivals.ts',
    engines: BOTH,
    whole: ['--people', '1000000', '--rows', '200000'],
    quick: ['--people', '100000', '--rows', '20000'],
  },
  {
    keys: ['reconcile'],
    script: 'reconcile.ts',
    engines: BOTH,
    whole: ['--people', '1000000', '--rows', '50000'],
    quick: ['--people', '100000', '--rows', '5000'],
  },
  {
    keys: ['not-read-today'],
    script: 'not-read-today.ts',
    engines: BOTH,
    whole: ['--watches', '300000'],
    quick: ['--watches', '30000'],
  },
  {
    keys: ['gate-pass', 'gate-document', 'gate-cross', 'gate-offline'],
    script: 'gate.ts',
    engines: BOTH,
    whole: [],
    quick: ['--passes', '3000', '--crossings', '6000', '--people', '1000', '--checks', '400'],
  },
  {
    keys: ['figure-freeze', 'figure-page'],
    script: 'figure-acts.ts',
    engines: BOTH,
    whole: ['--acts', '300000'],
    quick: ['--acts', '30000'],
  },
  { keys: ['rebuild'], script: 'rebuild.ts', engines: BOTH, whole: ['--events', '200000'], quick: ['--events', '20000'] },
  { keys: ['open', 'memory'], script: 'open-again.ts', engines: BOTH, whole: [], quick: [] },
  { keys: ['wall-zoom', 'wall-recolour'], script: 'wall-frames.ts', engines: ['pglite'], whole: [], quick: ['--frames', '40'] },
]

const kept = new URL('../../docs/generated/measured.json', import.meta.url)
const written = new URL('../../docs/generated/measured.md', import.meta.url)
const beside = new URL('measured-beside.md', import.meta.url)

export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      engine: { type: 'string', default: 'both' },
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  })
  const only = values.only?.split(',')
  const known = LINES.map(({ key }) => key)
  const unknown = only?.filter((key) => !known.includes(key)) ?? []
  if (unknown.length > 0) {
    console.error(`Unknown: ${unknown.join(', ')}; lines: ${known.join(', ')}`)
    process.exitCode = 1
    return
  }
  const parts = PARTS.filter(({ keys }) => !only || keys.some((key) => only.includes(key)))
  const engines = BOTH.filter((engine) => values.engine === 'both' || values.engine === engine)
  const figures: Figure[] = []
  const server = engines.includes('postgres') ? await startPostgres({ durable: true }) : undefined
  try {
    for (const part of parts)
      for (const engine of part.engines.filter((one) => engines.includes(one)))
        figures.push(...(await measured(part, engine, values.quick ? part.quick : part.whole, server?.url('postgres'))))
  } finally {
    await server?.stop()
  }
  if (values.json) console.log(JSON.stringify(figures, null, 1))
  else console.table(Object.fromEntries(figures.map((one) => [`${one.key} ${one.engine}`, row(one)])))
  if (values.write) keep(figures)
}

const row = (figure: Figure) => {
  const line = LINES.find(({ key }) => key === figure.key)
  return {
    value: figure.value,
    unit: line?.unit.trim(),
    aim: line?.aim[figure.engine],
    met: line && isMet(line, figure),
    more: JSON.stringify(figure.more),
  }
}

async function measured(part: Part, engine: Engine, options: readonly string[], server: string | undefined): Promise<Figure[]> {
  console.error(`${part.script} ${options.join(' ')} on ${engine}`)
  const database = engine === 'postgres' && server !== undefined ? server : undefined
  const own = database !== undefined && part.ownDatabases !== true ? await freshDatabase(database) : undefined
  try {
    const place = own?.url ?? database
    const said = await program(part.script, [...options, ...(place === undefined ? [] : ['--database', place])])
    const day = Temporal.Now.plainDateISO().toString()
    return said.map((one) => ({ ...one, engine, day, machine: machine() }))
  } finally {
    await own?.drop()
  }
}

/** Runs a script of this folder, which ends by saying its figures as JSON on its last line. */
async function program(script: string, options: readonly string[]): Promise<Pick<Figure, 'key' | 'value' | 'more'>[]> {
  const child = spawn(process.execPath, ['--expose-gc', fileURLToPath(new URL(script, import.meta.url)), ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (text: Buffer) => {
    said += text.toString()
  })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  const last = said.trim().split('\n').at(-1)
  if (code !== 0 || last === undefined) throw new Error(`${script} ended with ${code}: ${said}`)
  return JSON.parse(last) as Pick<Figure, 'key' | 'value' | 'more'>[]
}

/** Newer figures take the place of older ones of the same line and engine. */
function keep(figures: readonly Figure[]): void {
  const before = existsSync(kept) ? (JSON.parse(readFileSync(kept, 'utf8')) as Figure[]) : []
  const all = [...before.filter((old) => !figures.some((one) => one.key === old.key && one.engine === old.engine)), ...figures]
  const place = (figure: Figure) => LINES.findIndex(({ key }) => key === figure.key)
  all.sort((a, b) => place(a) - place(b) || (a.engine < b.engine ? -1 : 1))
  writeFileSync(kept, `${JSON.stringify(all, null, 1)}\n`)
  writeFileSync(written, page(all, readFileSync(beside, 'utf8')))
}
