import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { buildRegistry, type Domain, fixedClock, SYSTEM } from '@guatu/kernel'
import { expect, it, onTestFinished } from 'vitest'
import { draft } from '../../../packages/server/src/store/schema/ddl.ts'
import { schemaOf } from '../../../packages/server/src/store/schema/model.ts'
import { openStore } from '../../../packages/server/src/store/store.ts'
import { beyondCounty } from '../access/reach.ts'
import { testEngine } from '../databases/index.ts'
import { CITY_FACTS } from '../stores/lighthouse-store.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const script = join(root, 'scripts/new-domain.mjs')

it('a new domain works as it is made: stored, counted, listed', async () => {
  // Inside the tree, so that the folder finds the kernel as any domain does.
  mkdirSync(join(root, 'node_modules/.cache'), { recursive: true })
  const folder = mkdtempSync(join(root, 'node_modules/.cache/new-domain-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(
    join(folder, 'registry.ts'),
    "import command from './command/index.ts'\nimport zoning from './zoning/index.ts'\n\nexport const DOMAINS: readonly Domain[] = [command]\n",
  )
  const made = spawnSync(process.execPath, [script, 'waterworks', '--zh', '供水', '--into', folder], { encoding: 'utf8' })
  expect(made.status, made.stderr).toBe(0)
  const written = readFileSync(join(folder, 'registry.ts'), 'utf8')
  expect(written).toContain('[command, waterworks]')
  // In the order that the linter asks for.
  expect(written).toMatch(/^import command .*\nimport waterworks .*\nimport zoning .*\n\n/)
  const source = join(folder, 'waterworks.index.ts')
  writeFileSync(
    source,
    readFileSync(join(folder, 'waterworks/index.ts'), 'utf8').replaceAll(
      "'@guatu/kernel'",
      JSON.stringify(pathToFileURL(join(root, 'packages/kernel/src/index.ts')).href),
    ),
  )
  const { default: domain } = (await import(pathToFileURL(source).href)) as { default: Domain }

  expect(domain.records.map(({ label }) => label.zh)).toEqual(['供水点位'])
  expect(beyondCounty(domain.records)).toEqual({})

  const registry = buildRegistry([domain])
  const place = await testEngine('pglite').place()
  const store = await openStore({
    target: place.target,
    registry,
    clock: fixedClock('2020-02-14T02:00:00Z'),
    migrations: [{ name: '0001-waterworks', sql: draft([], schemaOf(registry)).sql.join(';\n') }],
  })
  onTestFinished(() => store.close())
  const founded = await store.areas.confirm(CITY_FACTS, SYSTEM, store.writer)
  expect(founded.ok).toBe(true)
  const desk = store.as({ id: 'town', name: 'town', grants: [{ role: 'town-clerk', path: store.areas.index.currentPath('11a') ?? '' }] })
  const opened = await desk.submit({
    id: crypto.randomUUID(),
    record: 'waterworksSite',
    recordId: crypto.randomUUID(),
    action: 'open',
    area: '11a1',
    input: { name: '一号水厂' },
  })
  expect(opened.ok).toBe(true)
  const page = await desk.list('waterworksSite')
  expect(page.ok && page.value.rows.map((row) => row.fields.name)).toEqual(['一号水厂'])
  const board = await desk.board({ indicators: ['waterworks.open'], areas: ['11a'], day: '2020-02-14', days: 1 })
  expect(board.ok && board.value[0]?.days[0]).toMatchObject({ stock: 1, per: 1 })
})

it('refuses a name that cannot be one, and a domain that exists', () => {
  expect(spawnSync(process.execPath, [script, '9lives']).status).toBe(2)
  expect(spawnSync(process.execPath, [script, 'command']).status).toBe(1)
})
