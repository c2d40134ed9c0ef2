#!/usr/bin/env node
/** `simulate DIRECTORY [--seed 1] [--days 60] [--start 2020-01-10]`: writes a line list and its contacts from a simulated outbreak. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { dayNumber, isoDay } from '../src/epidemic/linelist/index.ts'
import { exampleSettings, observeOutbreak, simulateOutbreak } from '../src/epidemic/simulator/index.ts'

/** Files of one simulated outbreak: `cases.csv` (with the true infector), `contacts.csv`. */
export async function simulate(args: readonly string[]): Promise<{ readonly cases: number; readonly infections: number }> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      seed: { type: 'string', default: '1' },
      days: { type: 'string', default: '60' },
      start: { type: 'string', default: '2020-01-10' },
    },
  })
  const [directory = '.'] = positionals
  const [seed, days] = [Number(values.seed), Number(values.days)]
  const settings = {
    ...exampleSettings,
    days,
    measures: [{ from: 30, placeContacts: 0.4, arrivals: 0.2, onsetToIsolation: { mean: 2, sd: 1.2 } }],
  }
  const outbreak = simulateOutbreak(settings, seed)
  const observed = observeOutbreak(outbreak, settings, dayNumber(values.start), days - 1, seed)
  const idOf = (row: number | null) => (row === null ? '' : (observed.rows[row]?.id ?? ''))
  const cases = observed.rows.map((row, k) =>
    [
      row.id,
      row.onset,
      row.reported,
      row.isolated ?? '',
      row.imported ? 'yes' : 'no',
      `D${row.district + 1}`,
      `H${row.household}`,
      row.outcome ?? '',
      row.ended ?? '',
      idOf(observed.infectors[k] ?? null),
    ].join(','),
  )
  const contacts = observed.links.map((link) =>
    [idOf(link.a), idOf(link.b), link.kind, (link.hours ?? 1).toFixed(1), isoDay(link.firstDay ?? 0), isoDay(link.lastDay ?? 0)].join(','),
  )
  await mkdir(directory, { recursive: true })
  await writeFile(
    join(directory, 'cases.csv'),
    `id,onset,reported,isolated,imported,district,household,outcome,ended,infector\n${cases.join('\n')}\n`,
  )
  await writeFile(join(directory, 'contacts.csv'), `a,b,kind,hours,first_day,last_day\n${contacts.join('\n')}\n`)
  return { cases: observed.rows.length, infections: outbreak.infections.length }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { cases, infections } = await simulate(process.argv.slice(2))
  process.stdout.write(`${cases} reported of ${infections} infections\n`)
}
