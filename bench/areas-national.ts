// How long the whole country takes: `node --expose-gc bench/areas-national.ts [prefix …]`. CPU seconds of this process, one run each.
import { factsOfReform, foldAreas, foundingFacts, parseVintage, proposeReform, vintageOf } from '../packages/kernel/src/index.ts'
import { LISTS, readLists } from '../scripts/areas-lists.ts'

const prefixes = process.argv.length > 2 ? process.argv.slice(2) : ['5119', '51', '']
const rows: Record<string, unknown>[] = []

for (const prefix of prefixes) {
  const figures: Record<string, unknown> = { part: prefix === '' ? 'whole country' : prefix }
  const timed = <T>(what: string, work: () => T): T => {
    const before = process.cpuUsage()
    const result = work()
    const { user, system } = process.cpuUsage(before)
    figures[`${what} (CPU s)`] = ((user + system) / 1e6).toFixed(2)
    return result
  }
  const raw = { before: readLists('before', prefix), after: readLists('after', prefix) }
  const old = timed('parse old', () => parseVintage(raw.before, LISTS.before)).vintage
  const next = parseVintage(raw.after, LISTS.after).vintage
  figures.rows = `${old.rows.length} → ${next.rows.length}`
  const founding = foundingFacts(old, '2019-01-01')
  const folded = timed('fold', () => foldAreas(founding))
  if (!folded.ok) throw new Error(folded.problem.message.en)
  const reform = timed('propose reform', () => proposeReform(old, next))
  figures.proposals = reform.proposals.length
  const eve = folded.value.asOf('2020-03-31')
  const facts = timed('facts', () =>
    factsOfReform(reform, reform.proposals, eve, { date: '2020-04-01', instrument: 'bench', taken: (id) => folded.value.has(id) }),
  )
  if (!facts.ok) throw new Error(facts.problem.problems?.[0]?.message.en)
  const after = timed('fold with reform', () => foldAreas([...founding, ...facts.value]))
  if (!after.ok) throw new Error(JSON.stringify(after.problem.problems?.slice(0, 3)))
  const lines = (vintage: typeof next) =>
    vintage.rows
      .map((row) => `${row.code},${row.name},${row.parent},${row.level}`)
      .sort()
      .join('\n')
  figures.exact = timed('compare', () => lines(vintageOf(after.value.asOf('2020-04-01'), 'tree')) === lines(next))
  const view = after.value.asOf('2020-04-01')
  timed('first code lookup', () => view.byCode('511902105'))
  const towns = next.rows.filter((row) => row.level === 'town').slice(0, 1000)
  const ids = towns.map((row) => view.byCode(row.code)?.id ?? '')
  const each = (what: string, ask: (id: string) => unknown) => {
    const start = performance.now()
    for (const id of ids) ask(id)
    figures[`${what} (µs)`] = (((performance.now() - start) / ids.length) * 1000).toFixed(1)
  }
  each('path', (id) => view.path(id))
  each('descendants', (id) => [...view.descendants(id)].length)
  each('figure sources', (id) => after.value.sourcesOf(id, '2020-04-01', '2020-03-31'))
  figures['closure rows'] = timed('closure', () => {
    let count = 0
    for (const _ of after.value.closure()) count += 1
    return count
  })
  globalThis.gc?.()
  figures['memory (MB)'] = Math.round(process.memoryUsage().rss / 2 ** 20)
  rows.push(figures)
}
for (const figures of rows) console.table(figures)
