import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Actor, fixedClock, SYSTEM } from '@guatu/kernel'
import { expect, it, onTestFinished, vi } from 'vitest'
import { onBothEngines, type Place, testEngine } from '../../../../../testing/src/databases/index.ts'
import { CITY_FACTS, lighthouseRegistry } from '../../../../../testing/src/stores/lighthouse-store.ts'
import { tablesOf } from '../../../../../testing/src/stores/tables.ts'
import { run } from '../../cli/run.ts'
import { openDataFolder } from '../../data-folder.ts'
import { backup, restore } from '../database/backup/index.ts'
import { openDatabase } from '../database/index.ts'
import { openStore, type Store } from '../store.ts'
import { readMasterKey } from './master-key.ts'
import { rotateMasterKey } from './rotate.ts'
import { Vault } from './vault.ts'

const clerk: Actor = { id: 'clerk', name: 'clerk', grants: [{ role: 'town-clerk', path: '1/' }] }
const migrations = tablesOf(lighthouseRegistry)
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

async function opened(place: Place, identityKey: Uint8Array): Promise<Store> {
  const store = await openStore({
    target: place.target,
    registry: lighthouseRegistry,
    clock: fixedClock('2020-02-14T02:00:00Z'),
    migrations,
    identityKey,
  })
  if (store.areas.tree.size === 0) await store.areas.confirm(CITY_FACTS, SYSTEM, store.writer)
  return store
}

async function arrive(store: Store, n: number) {
  const input = { name: '曾试甲', document: `P${String(n).padStart(7, '0')}`, phone: '13800000000', nights: 1 }
  const done = await store.writer.submit(
    { id: uuid(1000 + n), record: 'visitor', recordId: uuid(n), action: 'arrive', area: '11a1', input },
    clerk,
  )
  return done.ok ? 'done' : done.problem.code
}

/** Seen in clear, and found by document, characters, sound and initials. */
async function isKnown(store: Store, n: number): Promise<void> {
  const seen = await store.as(clerk).identity.reveal('visitor', uuid(n), '核对')
  expect(seen.ok && seen.value.fields.name).toBe('曾试甲')
  for (const word of [`P${String(n).padStart(7, '0')}`, '曾试甲', 'zengshijia', 'zsj']) {
    const found = await store.as(clerk).identity.find('visitor', { word, purpose: '核对' })
    expect([word, found.ok && found.value.some((row) => row.id === uuid(n))]).toEqual([word, true])
  }
}

const refused = (work: Promise<unknown>) =>
  work.then(
    () => 'opened',
    (error: { code?: string }) => error.code,
  )

onBothEngines('the master key of identity', (engine) => {
  it('is rotated: everything is read and found with the new one, nothing with the old one, and the log is untouched', {
    timeout: 120_000,
  }, async () => {
    const [old, next] = [randomBytes(32), randomBytes(32)]
    const place = await engine.place()
    const store = await opened(place, old)
    for (let n = 0; n < 5; n += 1) expect(await arrive(store, n)).toBe('done')
    expect((await store.writer.submit({ id: uuid(99), record: 'visitor', recordId: uuid(4), action: 'erase', input: {} }, clerk)).ok).toBe(
      true,
    )
    const log = await store.db.query('select id, hash, input from events order by seq')
    await store.close()

    const db = await openDatabase<unknown>(place.target, { identityKey: old })
    expect(await rotateMasterKey(db, lighthouseRegistry, new Vault(next))).toEqual({ keys: 4, hashed: 4 })
    await db.close()
    expect(await refused(opened(place, old))).toBe('identity-key-wrong')

    const after = await opened(place, next)
    onTestFinished(() => after.close())
    await isKnown(after, 2)
    expect(await after.db.query('select id, hash, input from events order by seq')).toEqual(log)
    expect((await after.rebuild({ check: true })).differences).toEqual([])
    // One document, one person, also across the rotation.
    const twin = {
      id: uuid(50),
      record: 'visitor',
      recordId: uuid(51),
      action: 'arrive',
      area: '12a1',
      input: { name: '别名', document: 'P0000002', nights: 1 },
    }
    expect(await after.writer.submit(twin, clerk)).toMatchObject({ ok: false })
    expect(await arrive(after, 7)).toBe('done')
  })

  it('opens what was restored from a backup on either engine, and another key does not', { timeout: 120_000 }, async () => {
    const key = randomBytes(32)
    const folder = mkdtempSync(join(tmpdir(), 'guatu-sealed-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const store = await opened(await engine.place(), key)
    expect(await arrive(store, 1)).toBe('done')
    await backup(store.db, join(folder, 'city.backup'), { now: store.clock.now() })
    await store.close()
    const place = await testEngine(engine.engine === 'pglite' ? 'postgres' : 'pglite').place()
    const target = await openDatabase<unknown>(place.target)
    await restore(join(folder, 'city.backup'), target, { migrations })
    await target.close()
    expect(await refused(opened(place, randomBytes(32)))).toBe('identity-key-wrong')
    const restored = await opened(place, key)
    onTestFinished(() => restored.close())
    await isKnown(restored, 1)
    expect(await arrive(restored, 2)).toBe('done')
  })
})

it('is shared by two servers on one PostgreSQL, which read, find and refuse alike; a third with another key is refused', {
  timeout: 60_000,
}, async () => {
  const key = randomBytes(32)
  const place = await testEngine('postgres').place()
  const one = await opened(place, key)
  const two = await opened(place, key)
  onTestFinished(async () => {
    await one.close()
    await two.close()
  })
  expect(await arrive(one, 1)).toBe('done')
  await isKnown(two, 1)
  expect(await arrive(two, 2)).toBe('done')
  await isKnown(one, 2)
  const twin = {
    id: uuid(50),
    record: 'visitor',
    recordId: uuid(51),
    action: 'arrive',
    area: '11a1',
    input: { name: '别名', document: 'P0000001', nights: 1 },
  }
  expect(await two.writer.submit(twin, clerk)).toMatchObject({ ok: false, problem: { code: 'already-exists' } })
  expect(await refused(opened(place, randomBytes(32)))).toBe('identity-key-wrong')
  // While a server is at work the key stays.
  const db = await openDatabase<unknown>(place.target, { identityKey: key })
  expect(await refused(rotateMasterKey(db, lighthouseRegistry, new Vault(randomBytes(32))))).toBe('identity-key-in-use')
  await db.close()
  await isKnown(one, 1)
})

it('is rotated at the console, also after an interruption; a wrong or missing key says what to do in both languages', {
  timeout: 120_000,
}, async () => {
  const data = mkdtempSync(join(tmpdir(), 'guatu-key-'))
  onTestFinished(() => rmSync(data, { recursive: true, force: true }))
  const said: string[] = []
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      said.push(String(text))
      return true
    }),
  )
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore()
  })
  const file = join(data, 'identity.key')
  const fingerprint = () => new Vault(readMasterKey({ data }).bytes).fingerprint
  const open = async () => {
    const store = await openDataFolder({ data })
    const [kept] = await store.db.query<{ value: string }>(`select value from facts where name = 'identity.master'`)
    await store.close()
    return kept?.value
  }
  await open()
  const store = await openDataFolder({ data })
  const added = await store.areas.confirm(CITY_FACTS, SYSTEM, store.writer)
  if (!added.ok) throw new Error(added.problem.message.en)
  const register = { record: 'person', recordId: uuid(1), action: 'register', area: '11a1', input: { name: '测试甲' } }
  expect((await store.writer.submit({ id: uuid(2), ...register }, SYSTEM)).ok).toBe(true)
  await store.close()
  const first = fingerprint()
  expect(await run(['rotate-key', '--data', data])).toBe(0)
  expect(fingerprint()).not.toBe(first)
  expect(await open()).toBe(fingerprint())
  expect(readdirSync(data)).toContain(`identity.key.${first}`)
  expect(existsSync(`${file}.next`)).toBe(false)

  // The machine stopped after the database was done and before the file was: the next start says so, and the next run ends it.
  const [now, before] = [readFileSync(file, 'utf8'), readFileSync(`${file}.${first}`, 'utf8')]
  rmSync(`${file}.${first}`)
  writeFileSync(file, before)
  writeFileSync(`${file}.next`, now)
  await expect(open()).rejects.toMatchObject({ code: 'identity-key-wrong', zh: expect.stringMatching('guatu rotate-key') })
  expect(await run(['rotate-key', '--data', data])).toBe(0)
  expect(await open()).toBe(fingerprint())

  const right = readFileSync(file, 'utf8')
  rmSync(file)
  await expect(open()).rejects.toMatchObject({ code: 'identity-key-wrong', en: expect.stringMatching('Put the identity.key') })
  expect(existsSync(file)).toBe(false)
  writeFileSync(file, 'not a key\n')
  await expect(open()).rejects.toMatchObject({ code: 'identity-key-wrong', zh: expect.stringMatching('64位十六进制数') })
  writeFileSync(file, right)
  expect(await open()).toBe(fingerprint())
  // Where the environment gives the key, it gives the new one as well.
  vi.stubEnv('GUATU_IDENTITY_KEY', right.trim())
  onTestFinished(() => {
    vi.unstubAllEnvs()
  })
  expect(await run(['rotate-key', '--data', data])).toBe(1)
  expect(said.join('')).toContain('GUATU_NEW_IDENTITY_KEY')
  vi.stubEnv('GUATU_NEW_IDENTITY_KEY', '7'.repeat(64))
  expect(await run(['rotate-key', '--data', data])).toBe(0)
  expect(said.join('')).not.toContain('7'.repeat(64))
})
