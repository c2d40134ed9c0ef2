import { cpus, totalmem } from 'node:os'

export type Engine = 'pglite' | 'postgres'

/** One measured figure. */
export interface Figure {
  readonly key: string
  readonly engine: Engine
  readonly value: number
  /** What stands beside it: percentiles, processor time, how much was done. */
  readonly more: Readonly<Record<string, unknown>>
  /** The day on which it was measured, and on what. */
  readonly day: string
  readonly machine: string
}

/** One line of the table of aims. */
export interface Line {
  readonly key: string
  readonly what: string
  readonly unit: string
  readonly better: 'more' | 'less'
  readonly aim: Readonly<Partial<Record<Engine, number>>>
}

export const LINES: readonly Line[] = [
  {
    key: 'http',
    what: 'events accepted over HTTP, 128 connections: signed in, permission, fold, books, chain, fsync',
    unit: '/s',
    better: 'more',
    aim: { pglite: 5_000, postgres: 8_000 },
  },
  {
    key: 'http-ratio',
    what: 'the same as a share of a bare handler that only batches an insert, in the same run',
    unit: '',
    better: 'more',
    aim: { postgres: 0.5 },
  },
  {
    key: 'import-csv',
    what: 'import of 200,000 rows, CSV: validated, duplicates found, folded, tallied',
    unit: ' rows/s',
    better: 'more',
    aim: { pglite: 15_000, postgres: 20_000 },
  },
  { key: 'import-xlsx', what: 'import of 200,000 rows, xlsx', unit: ' rows/s', better: 'more', aim: { pglite: 8_000, postgres: 10_000 } },
  {
    key: 'board-today',
    what: 'board, 20 indicators × 6 counties, today, at 5 million events, p95',
    unit: ' ms',
    better: 'less',
    aim: { pglite: 15, postgres: 10 },
  },
  { key: 'board-14', what: 'the same, 14 days, p95', unit: ' ms', better: 'less', aim: { pglite: 15, postgres: 10 } },
  { key: 'board-growth', what: 'the same, against 50,000 events', unit: ' ×', better: 'less', aim: { pglite: 1.3 } },
  {
    key: 'list-administrator',
    what: 'first page of a list of 1 million records, administrator, p95',
    unit: ' ms',
    better: 'less',
    aim: { pglite: 50, postgres: 50 },
  },
  { key: 'list-county', what: 'the same, county user', unit: ' ms', better: 'less', aim: { pglite: 50, postgres: 50 } },
  { key: 'list-town', what: 'the same, town user', unit: ' ms', better: 'less', aim: { pglite: 50, postgres: 50 } },
  { key: 'list-village', what: 'the same, village user', unit: ' ms', better: 'less', aim: { pglite: 50, postgres: 50 } },
  {
    key: 'readings',
    what: 'readings accepted over HTTP, from phones that send 20 at a time',
    unit: '/s',
    better: 'more',
    aim: { pglite: 5_000, postgres: 8_000 },
  },
  { key: 'readings-p99', what: 'the same, one call, p99', unit: ' ms', better: 'less', aim: { pglite: 150, postgres: 150 } },
  {
    key: 'evening-peak',
    what: 'evening peak: 300,000 people read twice by 3,000 phones that retry, repeat and reorder, sent as fast as it is taken; 334/s are the 30 minutes',
    unit: '/s',
    better: 'more',
    aim: { pglite: 334, postgres: 334 },
  },
  {
    key: 'people',
    what: 'import of people: four sensitive fields each, encrypted, hashed for search, unique by document',
    unit: ' rows/s',
    better: 'more',
    aim: { pglite: 10_000, postgres: 10_000 },
  },
  {
    key: 'arrivals',
    what: 'import of 200,000 arrivals from xlsx, duplicates among them, found in a register of 1,000,000, ruled, observed, reported per row',
    unit: ' rows/s',
    better: 'more',
    aim: { pglite: 5_000, postgres: 5_000 },
  },
  {
    key: 'reconcile',
    what: 'reconciliation of 50,000 pushed rows against 1,000,000 people',
    unit: ' s',
    better: 'less',
    aim: { pglite: 30, postgres: 30 },
  },
  {
    key: 'not-read-today',
    what: '“not yet read today” of a town at 300,000 monitored: list, count and by village, the slowest p95',
    unit: ' ms',
    better: 'less',
    aim: { pglite: 100, postgres: 100 },
  },
  {
    key: 'gate-pass',
    what: 'a pass checked at a gate by its number, 30,000 passes and 60,000 crossings behind it, p99',
    unit: ' ms',
    better: 'less',
    aim: { pglite: 50, postgres: 50 },
  },
  {
    key: 'gate-document',
    what: 'the same by an identity number: person, observation, pass, the look written down',
    unit: ' ms',
    better: 'less',
    aim: { pglite: 50, postgres: 50 },
  },
  { key: 'gate-cross', what: 'somebody unknown registered and logged in one act, p99', unit: ' ms', better: 'less', aim: {} },
  {
    key: 'gate-offline',
    what: 'a code checked without a network, processor slowed four times, p99',
    unit: ' ms',
    better: 'less',
    aim: { pglite: 200 },
  },
  {
    key: 'figure-freeze',
    what: 'a progress report with two figures of 300,000 acts each, for the city and every county: composed, frozen, its lists kept',
    unit: ' s',
    better: 'less',
    aim: { pglite: 15, postgres: 15 },
  },
  {
    key: 'figure-page',
    what: 'a page of the acts behind such a figure, p95',
    unit: ' ms',
    better: 'less',
    aim: { pglite: 50, postgres: 50 },
  },
  { key: 'rebuild', what: 'rebuild of states and books', unit: ' events/s', better: 'more', aim: { pglite: 50_000, postgres: 50_000 } },
  { key: 'open', what: 'open again with the demonstration city', unit: ' s', better: 'less', aim: { pglite: 3, postgres: 2 } },
  { key: 'memory', what: 'memory then, after the first pages', unit: ' MB', better: 'less', aim: { pglite: 1_200, postgres: 300 } },
  { key: 'wall-zoom', what: 'wall with every village: a frame while zooming, p95', unit: ' ms', better: 'less', aim: { pglite: 16 } },
  { key: 'wall-recolour', what: 'the same, recolouring, p95', unit: ' ms', better: 'less', aim: { pglite: 16 } },
]

/** The processors and the memory of this machine, for comparing figures. */
export const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model ?? 'processor'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`

export const isMet = ({ aim, better }: Line, { engine, value }: Figure): boolean | undefined => {
  const wanted = aim[engine]
  return wanted === undefined ? undefined : better === 'more' ? value >= wanted : value <= wanted
}

const shown = (value: number) => (value >= 1_000 ? Math.round(value).toLocaleString('en') : String(Number(value.toFixed(2))))

function cell(line: Line, figure: Figure | undefined): string {
  if (!figure) return ''
  const met = isMet(line, figure)
  const beside = Object.entries(figure.more).map(
    ([name, value]) => `${name} ${typeof value === 'number' ? shown(value) : JSON.stringify(value)}`,
  )
  return `${met === false ? '**missed** ' : ''}${shown(figure.value)}${line.unit}${beside.length > 0 ? ` (${beside.join(', ')})` : ''} · ${figure.day}`
}

function aimOf({ aim, better, unit }: Line): string {
  const sign = better === 'more' ? '≥' : '≤'
  return (['pglite', 'postgres'] as const)
    .flatMap((engine) => (aim[engine] === undefined ? [] : [`${sign} ${shown(aim[engine])}${unit}`]))
    .join('; ')
}

/** The page of measured figures. It is only ever written by the bench, from what it measured. */
export function page(figures: readonly Figure[], below: string): string {
  const of = (line: Line, engine: Engine) => figures.find((one) => one.key === line.key && one.engine === engine)
  const machines = [...new Set(figures.map((one) => one.machine))]
  const rows = LINES.map(
    (line) =>
      `| ${line.what} | ${aimOf(line)} | ${cell(line, of(line, 'pglite'))} | ${cell(line, of(line, 'postgres'))} | \`npm run bench -- load --only ${line.key.replace(/-(ratio|growth|p99)$/, '')}\` |`,
  )
  return [
    '# What was measured',
    '',
    `Written by \`npm run bench -- load --write\` from what it measured, never by hand. Machine: ${machines.join('; ') || 'none yet'}. Times in µs are processor time for each event, so a busy neighbour does not change them much.`,
    '',
    '| what | aim | PGlite | PostgreSQL | command |',
    '|---|---|---|---|---|',
    ...rows,
    '',
    below.trim(),
    '',
  ].join('\n')
}
