import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Refused, SYSTEM } from '@guatu/kernel'
import { expect, it, onTestFinished } from 'vitest'
import { layDatabase } from '../../../testing/src/databases/index.ts'
import { CITY_FACTS } from '../../../testing/src/stores/lighthouse-store.ts'
import { openDataFolder } from './data-folder.ts'

it('goes on where the day was left when it is started again, and begins another day at nine', async () => {
  const data = mkdtempSync(join(tmpdir(), 'guatu-again-'))
  onTestFinished(() => rmSync(data, { recursive: true, force: true }))
  await layDatabase(join(data, 'database'))
  const open = async (today: string) => {
    const store = await openDataFolder({ data, today })
    return { store, hour: () => store.clock.now().toString().slice(0, 13) }
  }
  const first = await open('2020-02-14')
  expect(first.hour()).toBe('2020-02-14T01')
  const founded = await first.store.areas.confirm(CITY_FACTS, SYSTEM, first.store.writer)
  if (!founded.ok) throw new Refused(founded.problem)
  const register = { record: 'person', recordId: crypto.randomUUID(), action: 'register', area: '11a1', input: { name: '测试甲' } }
  expect((await first.store.writer.submit({ id: crypto.randomUUID(), ...register }, SYSTEM)).ok).toBe(true)
  await first.store.db.query(`update events set recorded_at = '2020-02-14T05:30:00Z'`)
  await first.store.close()
  for (const [today, hour] of [
    ['2020-02-14', '2020-02-14T05'],
    ['2020-02-15', '2020-02-15T01'],
    ['2020-02-13', '2020-02-13T01'],
  ] as const) {
    const again = await open(today)
    expect(again.hour()).toBe(hour)
    await again.store.close()
  }
})
