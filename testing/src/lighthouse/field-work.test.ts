import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SYSTEM } from '@guatu/kernel'
import { describe, expect, it } from 'vitest'
import { fileFor } from '../../../packages/client/src/offline/index.ts'
import { type Phone, phone } from '../stores/field-phone.ts'
import { type LighthouseHttp, lighthouseHttp, PASSWORD } from '../stores/lighthouse-http.ts'

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const PIN = '246813'
const PARTS = ['due', 'whole', 'change'] as const

interface City extends LighthouseHttp {
  readonly clerk: string
  readonly worker: string
  timeline(lamp: number): Promise<{ id: string; action: string; happenedAt: string; recordedAt: string; actor: string }[]>
}

async function city(): Promise<City> {
  const at = await lighthouseHttp()
  await at.account('clerk', [{ role: 'town-clerk', area: '1' }])
  const worker = await at.account('worker', [{ role: 'grid-worker', area: '11a1' }])
  const clerk = await at.signIn('clerk')
  for (let i = 0; i < 4; i += 1) {
    const input = { number: `DT-000${i}`, name: `塔${i}`, colour: 'red', candela: i }
    await at.post(`/api/lamp/${uuid(i)}/build`, { event: uuid(100 + i), area: '11a1', happenedAt: '2020-01-10T00:00:00Z', input }, clerk)
  }
  return {
    ...at,
    clerk,
    worker,
    timeline: async (lamp) => (await at.get<{ events: [] }>(`/api/lamp/${uuid(lamp)}/timeline`, clerk)).body.events,
  }
}

async function ready(at: City, options: { wall?: string; name?: string; account?: string } = {}): Promise<Phone> {
  const one = await phone(at.app, options)
  expect(one.work.status.phase).toBe('new')
  expect(await one.work.signIn(options.account ?? 'worker', PASSWORD)).toBeUndefined()
  await one.work.choosePin(PIN)
  await one.work.sync()
  expect(one.work.status).toMatchObject({ phase: 'open', online: true, syncing: false })
  return one
}

const act = (one: Phone, lamp: number, action: 'light' | 'dim', input: Record<string, unknown> = {}) =>
  one.work.act([{ record: 'lamp', id: uuid(lamp), action, input }])
const photos = (many: number) =>
  Promise.all(Array.from({ length: many }, (_, i) => fileFor(`p${i}.txt`, 'text/plain', new TextEncoder().encode(`photo ${i}\n`))))
const withPhotos = async (one: Phone, many: number) =>
  expect(await one.work.act([{ record: 'lamp', id: uuid(0), action: 'light', input: {} }], await photos(many))).toMatchObject({ ok: true })
const lies = async (one: Phone) => ({ acts: (await one.shelf.entries()).length, files: (await one.shelf.files()).length })
const filesThere = async (at: City) => Number((await at.store.db.query<{ n: string }>('select count(*) as n from attachments'))[0]?.n)
/** Others at the same address have asked as often as one may in a minute. */
const askedTooOften = async (at: City) => {
  for (let status = 0; status !== 429; )
    status = (await at.app.inject({ method: 'POST', url: '/api/field/hand-over', payload: { device: crypto.randomUUID() } })).statusCode
}
const states = (one: Phone) => one.work.outbox?.entries.map((entry) => entry.state)
const lampOf = (one: Phone, lamp: number) => one.work.replica.get('lamp', uuid(lamp))

describe('work on a phone', () => {
  it('goes on without a network, survives closing the app, and arrives exactly once', async () => {
    const at = await city()
    let one = await ready(at)
    expect(one.work.replica.all('lamp')).toHaveLength(4)
    one.weather.offline = true
    expect((await act(one, 0, 'light')).ok).toBe(true)
    expect((await act(one, 0, 'dim')).ok).toBe(true)
    expect(lampOf(one, 0)).toMatchObject({ state: 'dark', version: 3 })
    expect((await act(one, 1, 'light')).ok).toBe(true)
    expect(lampOf(one, 1)?.state).toBe('lit')
    await one.work.sync()
    expect(one.work.status).toMatchObject({ online: false, offlineSince: expect.any(String) })

    one = await one.reopened()
    expect(one.work.status.phase).toBe('locked')
    expect(await one.work.unlock('000111')).toEqual({ left: 4 })
    expect(await one.work.unlock(PIN)).toBeUndefined()
    expect(states(one)).toEqual(['kept', 'kept', 'kept'])
    expect(lampOf(one, 1)?.state).toBe('lit')

    one.weather.offline = false
    one.weather.loseAnswers = 2
    for (let i = 0; i < 4; i += 1) await one.work.sync()
    expect(states(one)).toEqual(['confirmed', 'confirmed', 'confirmed'])
    expect((await at.timeline(0)).map((event) => event.action)).toEqual(['build', 'light', 'dim'])
    expect((await at.timeline(1)).map((event) => event.action)).toEqual(['build', 'light'])
    expect(one.work.replica.theirs('lamp', uuid(1))).toMatchObject({ state: 'lit', version: 2 })
  })

  it('refuses at once what the server would refuse, by the same rules and numbers', async () => {
    const at = await city()
    const one = await ready(at)
    one.weather.offline = true
    expect(await act(one, 0, 'dim')).toMatchObject({ ok: false, problem: { code: 'wrong-state' } })
    expect(await act(one, 0, 'light', { oilTemperature: 41 })).toMatchObject({ ok: false, problem: { code: 'oil-too-hot' } })
    expect(await act(one, 0, 'light', { oilTemperature: 99 })).toMatchObject({ ok: false, problem: { path: 'input.oilTemperature' } })
    expect(await one.work.act([{ record: 'lamp', id: uuid(0), action: 'retire', input: {} }])).toMatchObject({ ok: false })
    expect(one.work.outbox?.entries).toEqual([])
  })

  it('has a number of a rule that was set anew with its next sync, and keeps it', async () => {
    const at = await city()
    let one = await ready(at)
    const hot = async () => {
      const done = await act(one, 3, 'light', { oilTemperature: 41 })
      return done.ok ? 'done' : done.problem.code
    }
    expect(await hot()).toBe('oil-too-hot')
    const { day } = one.work.replica.head ?? { day: '' }
    const set = async (value: number) =>
      await at.store.settings.add('lighthouse.oil.hot', { value, from: day, instrument: { zh: '通知', en: 'Notice' } }, SYSTEM)
    await set(45)
    await one.work.sync()
    one.weather.offline = true
    one = await one.reopened()
    await one.work.unlock(PIN)
    await one.work.loaded
    expect(await hot()).toBe('done')
    // What is known is not sent again; a version that left it aside has it when it has learnt to take it.
    one.weather.offline = false
    await one.work.sync()
    const device = (await one.shelf.get<{ id: string }>('device'))?.id
    const cookie = await at.signIn('worker')
    const ask = async (since: Readonly<Record<string, number>>) =>
      (await at.post<{ heads: Record<string, number>; parameters?: object }>('/api/field/changes', { device, since }, cookie)).body
    const heads: Readonly<Record<string, number>> = one.work.replica.head?.heads ?? {}
    const now = await ask(heads)
    expect([now.parameters, now.heads.rules === heads.rules]).toEqual([undefined, true])
    const { rules: _, ...older } = now.heads
    expect((await ask(older)).parameters).toMatchObject({ 'lighthouse.oil.hot': expect.any(Array) })
  })

  it('goes on where the first download broke off', async () => {
    const at = await city()
    const one = await phone(at.app)
    one.weather.cutAfter = 1
    await one.work.signIn('worker', PASSWORD)
    await one.work.choosePin(PIN)
    await one.work.sync()
    expect(one.work.rowsComplete).toBe(false)
    one.weather.cutAfter = undefined
    await one.work.sync()
    expect(one.work.rowsComplete).toBe(true)
    expect(one.work.replica.all('lamp')).toHaveLength(4)
  })

  it('opens without a network with what changed since the whole was taken', async () => {
    const at = await city()
    let one = await ready(at)
    await act(one, 1, 'light')
    await one.work.sync()
    one.weather.offline = true
    one = await one.reopened()
    expect(await one.work.unlock(PIN)).toBeUndefined()
    await one.work.loaded
    expect(one.work.replica.all('lamp')).toHaveLength(4)
    expect(one.work.replica.theirs('lamp', uuid(1))).toMatchObject({ state: 'lit', version: 2 })
  })

  it('keeps the right time on a clock that is days off, is set back while closed, and is set while open', async () => {
    const at = await city()
    // Three days and five hours ahead; the server's time is learned at sign-in.
    let one = await ready(at, { wall: '2020-02-17T07:00:00Z' })
    expect(Math.round((one.work.clock?.ahead ?? 0) / 3_600_000)).toBe(77)
    one.weather.offline = true
    one.watch.pass(3_600_000)
    await act(one, 0, 'light')
    // Somebody sets the clock while the app is open.
    one.watch.set('2020-02-10T00:00:00Z')
    one.watch.pass(1_800_000)
    await act(one, 1, 'light')
    one = await one.reopened()
    await one.work.unlock(PIN)
    one.watch.pass(600_000)
    await act(one, 2, 'light')
    at.clock.set('2020-02-14T04:00:00Z')
    one.watch.pass(1_200_000)
    one.weather.offline = false
    await one.work.sync()
    const near = async (lamp: number, expected: string) => {
      const event = (await at.timeline(lamp)).at(-1)
      expect(Math.abs(Date.parse(event?.happenedAt ?? '') - Date.parse(expected))).toBeLessThan(2_000)
      expect(event?.recordedAt).toBe('2020-02-14T04:00:00.000Z')
    }
    await near(0, '2020-02-14T03:00:00Z')
    await near(1, '2020-02-14T03:30:00Z')
    await near(2, '2020-02-14T03:40:00Z')
  })

  it('learns the time only at the end, and corrects what it had guessed', async () => {
    const at = await city()
    const one = await ready(at)
    one.weather.offline = true
    // The phone was off, lost its clock and came up in 2015; nobody told it otherwise.
    one.watch.set('2015-01-01T00:00:00Z')
    const again = await one.reopened()
    await again.work.unlock(PIN)
    await act(again, 0, 'light')
    again.watch.pass(7_200_000)
    at.clock.set('2020-02-14T09:00:00Z')
    again.weather.offline = false
    await again.work.sync()
    expect(Math.abs(Date.parse((await at.timeline(0)).at(-1)?.happenedAt ?? '') - Date.parse('2020-02-14T07:00:00Z'))).toBeLessThan(2_000)
  })

  it('shows both sides of a conflict and lets a person decide', async () => {
    const at = await city()
    const one = await ready(at)
    const two = await ready(at, { name: '2' })
    one.weather.offline = true
    two.weather.offline = true
    two.watch.pass(60_000)
    await act(one, 0, 'light', { oilTemperature: 31 })
    two.watch.pass(60_000)
    await act(two, 0, 'light', { oilTemperature: 35 })
    await act(two, 0, 'dim')
    at.clock.set('2020-02-14T03:00:00Z')
    one.watch.pass(3_600_000)
    two.watch.pass(3_600_000)
    one.weather.offline = false
    await one.work.sync()
    two.weather.offline = false
    await two.work.sync()
    const [mine, next] = two.work.outbox?.entries ?? []
    expect(mine).toMatchObject({ state: 'conflict', problem: { code: 'wrong-state' }, seen: { colour: 'red' } })
    // What builds on it waits for the person, and the phone does not ask the server again and again meanwhile.
    expect(next?.state).toBe('kept')
    expect(two.work.outbox?.sendable).toBe(false)
    expect(two.work.replica.theirs('lamp', uuid(0))).toMatchObject({ state: 'lit', fields: { oilTemperature: 31 } })
    await two.work.outbox?.drop(mine?.seq ?? 0)
    expect(two.work.outbox?.sendable).toBe(true)
    await two.work.sync()
    expect(states(two)).toEqual(['dropped', 'confirmed'])
    expect((await at.timeline(0)).map((event) => event.action)).toEqual(['build', 'light', 'dim'])
  })

  it('lets a person insist: the act then happens when it is decided', async () => {
    const at = await city()
    const one = await ready(at)
    one.weather.offline = true
    await act(one, 0, 'light', { oilTemperature: 31 })
    await at.post(`/api/lamp/${uuid(0)}/refit`, { event: uuid(700), input: { candela: 9 } }, at.clerk)
    at.clock.set('2020-02-14T03:00:00Z')
    one.watch.pass(3_600_000)
    one.weather.offline = false
    await one.work.sync()
    const [mine] = one.work.outbox?.entries ?? []
    if (mine?.state === 'conflict') {
      await one.work.outbox?.insist(mine.seq)
      await one.work.sync()
    }
    expect(states(one)).toEqual(['confirmed'])
    expect((await at.timeline(0)).map((event) => event.action).sort()).toEqual(['build', 'light', 'refit'])
  })

  it('keeps the time of everything else when a person insists', async () => {
    const at = await city()
    const one = await ready(at)
    one.weather.offline = true
    await act(one, 0, 'light')
    await at.post(`/api/lamp/${uuid(0)}/light`, { event: uuid(700), happenedAt: '2020-02-14T01:59:00Z', input: {} }, at.clerk)
    one.weather.offline = false
    await one.work.sync()
    expect(states(one)).toEqual(['conflict'])
    one.weather.offline = true
    await act(one, 1, 'light')
    at.clock.set('2020-02-14T09:00:00Z')
    one.watch.pass(7 * 3_600_000)
    await one.work.outbox?.insist(one.work.outbox.entries[0]?.seq ?? 0)
    one.weather.offline = false
    await one.work.sync()
    const lit = (await at.timeline(1)).at(-1)
    expect(Math.abs(Date.parse(lit?.happenedAt ?? '') - Date.parse('2020-02-14T02:00:00Z'))).toBeLessThan(2_000)
  })

  it('of a worker who may no longer: nothing is lost, whether the account is moved or closed', async () => {
    const at = await city()
    const one = await ready(at)
    one.weather.offline = true
    await act(one, 0, 'light')
    at.clock.set('2020-02-16T02:00:00Z')
    one.watch.pass(2 * 86_400_000)
    await act(one, 1, 'light')
    const [grant] = await at.store.db.query<{ id: string }>('select id from grants where account = $1', [at.worker])
    await at.accounts.endGrant(grant?.id ?? '', '2020-02-14', 'admin')
    one.weather.offline = false
    await one.work.sync()
    expect(states(one)).toEqual(['confirmed', 'handed-over'])
    // Every act says where it was done, though the register knows: whoever keeps it may not be able to ask.
    expect(one.work.outbox?.entries.map((entry) => entry.act.area)).toEqual(['11a1', '11a1'])
    expect((await at.get<{ acts: unknown[] }>('/api/field/handed-over', at.clerk)).body.acts).toHaveLength(1)
  })

  it('of a worker who was moved: what left the scope leaves the phone, and what is in the new one comes', async () => {
    const at = await city()
    const input = { number: 'DT-0007', name: '塔7', colour: 'red', candela: 7 }
    await at.post(`/api/lamp/${uuid(7)}/build`, { event: uuid(107), area: '12a1', happenedAt: '2020-01-10T00:00:00Z', input }, at.clerk)
    let one = await ready(at)
    await one.work.keep('gate-book', { asOf: '2020-02-14T01:00:00Z', passes: [] })
    await one.work.keep('gate-post', { kind: 'estate', way: 'out' })
    one.weather.offline = true
    await act(one, 0, 'light')
    // Decided while the phone is away, to hold from the next day on.
    const [grant] = await at.store.db.query<{ id: string }>('select id from grants where account = $1', [at.worker])
    await at.accounts.endGrant(grant?.id ?? '', '2020-02-14', 'admin')
    const second = await at.accounts.grant(at.worker, { role: 'grid-worker', area: '12a1', from: '2020-02-15' }, 'admin')
    one.weather.offline = false
    await one.work.sync()
    expect(states(one)).toEqual(['confirmed'])
    expect(one.work.replica.all('lamp')).toHaveLength(4)
    expect(await one.shelf.blocks(2, 'whole')).toEqual([])

    at.clock.set('2020-02-15T02:00:00Z')
    one.watch.pass(86_400_000)
    // The stream breaks behind the head and before the rows: nothing of the old village is left even then.
    one.weather.cutAfter = 1
    await one.work.signIn('worker', PASSWORD)
    await one.work.sync()
    expect(one.work.replica.all('lamp')).toEqual([])
    for (const part of PARTS) expect(await one.shelf.blocks(1, part)).toEqual([])
    one.weather.cutAfter = undefined
    await one.work.sync()
    expect(one.work.replica.all('lamp').map((row) => row.id)).toEqual([uuid(7)])
    expect(one.work.replica.head?.actor.grants).toMatchObject([{ role: 'grid-worker', path: expect.stringContaining('12a1') }])
    expect(await one.work.kept('gate-book')).toBeUndefined()
    expect(await one.work.kept('gate-post')).toBeDefined()
    expect(await act(one, 7, 'light')).toMatchObject({ ok: true })
    await one.work.sync()

    one.weather.offline = true
    one = await one.reopened()
    await one.work.unlock(PIN)
    await one.work.loaded
    expect(one.work.replica.all('lamp')).toMatchObject([{ id: uuid(7), state: 'lit' }])

    await act(one, 7, 'dim')
    await at.accounts.endGrant(second, '2020-02-14', 'admin')
    one.weather.offline = false
    await one.work.sync()
    expect(states(one)).toEqual(['confirmed', 'confirmed', 'handed-over'])
    expect(one.work.replica.all('lamp')).toEqual([])
    expect(one.work.replica.head).toMatchObject({ areas: [], records: [], actor: { grants: [] } })
    expect(one.work.rowsComplete).toBe(true)
    for (const generation of [1, 2, 3, 4]) for (const part of PARTS) expect(await one.shelf.blocks(generation, part)).toEqual([])
  })

  it('that is wiped from afar while locked hands over what it sealed and keeps nothing', async () => {
    const at = await city()
    const one = await ready(at)
    one.weather.offline = true
    await act(one, 0, 'light')
    await at.account('admin', [{ role: 'administrator', area: '1' }])
    const device = await one.shelf.get<{ id: string }>('device')
    await at.post(`/api/field/devices/${device?.id}/wipe`, {}, await at.signIn('admin'))
    one.weather.offline = false
    const again = await one.reopened()
    await expect.poll(() => again.work.status).toMatchObject({ phase: 'wiped', leftBehind: 0 })
    expect(await again.shelf.entries()).toEqual([])
    expect(await again.shelf.get('lock')).toBeUndefined()
    for (const part of PARTS) expect(await again.shelf.blocks(1, part)).toEqual([])
    expect((await at.timeline(0)).at(-1)).toMatchObject({ action: 'light', actor: at.worker })
  })

  it('that is wiped keeps sealed what cannot be handed over yet, shows nothing else, and is empty once it is done', async () => {
    const at = await city()
    const one = await ready(at)
    one.weather.offline = true
    await withPhotos(one, 65)
    await at.account('admin', [{ role: 'administrator', area: '1' }])
    const device = await one.shelf.get<{ id: string }>('device')
    await at.post(`/api/field/devices/${device?.id}/wipe`, {}, await at.signIn('admin'))
    await askedTooOften(at)
    one.weather.offline = false
    let again = await one.reopened()
    await expect.poll(() => again.work.status).toMatchObject({ phase: 'wiped', leftBehind: 66 })
    again.weather.offline = true
    again = await again.reopened()
    expect(again.work.status).toMatchObject({ phase: 'wiped', leftBehind: 66 })
    expect(await again.work.unlock(PIN)).toEqual({ left: 0 })
    for (const name of ['lock', 'binding', 'head', 'recognition']) expect(await again.shelf.get(name)).toBeUndefined()
    for (const part of PARTS) expect(await again.shelf.blocks(1, part)).toEqual([])
    expect(await lies(again)).toEqual({ acts: 1, files: 65 })
    again.weather.offline = false
    again.weather.address = '10.1.1.1'
    again.tryAgain()
    await expect.poll(() => again.work.status).toMatchObject({ phase: 'wiped', leftBehind: 0 })
    expect(await lies(again)).toEqual({ acts: 0, files: 0 })
    expect(await again.shelf.get('device')).toBeUndefined()
    expect(await filesThere(at)).toBe(65)
    expect((await at.timeline(0)).at(-1)).toMatchObject({ action: 'light', actor: at.worker })
  })

  it('left with work that cannot be handed over yet is for nobody else, and loses none of it', async () => {
    const at = await city()
    await at.account('next', [{ role: 'grid-worker', area: '11a1' }])
    const one = await ready(at)
    one.weather.offline = true
    await withPhotos(one, 65)
    expect(await one.work.signOut()).toBe(66)
    await askedTooOften(at)
    one.weather.offline = false
    expect(await one.work.signIn('next', PASSWORD)).toMatchObject({ code: 'other-worker' })
    expect(await lies(one)).toEqual({ acts: 1, files: 65 })
    one.weather.address = '10.1.1.1'
    one.tryAgain()
    await expect.poll(() => one.work.status.leftBehind).toBe(0)
    expect(await filesThere(at)).toBe(65)
    expect((await at.timeline(0)).at(-1)).toMatchObject({ action: 'light', actor: at.worker })
    expect(await one.work.signIn('next', PASSWORD)).toBeUndefined()
  })

  it('holds an act back until its photos have arrived, and says which the server never takes', async () => {
    const at = await city()
    const one = await ready(at)
    // The folder where files arrive cannot be made.
    const dir = at.store.attachments?.dir ?? ''
    const incoming = join(dir, 'incoming')
    mkdirSync(dir, { recursive: true })
    rmSync(incoming, { recursive: true, force: true })
    writeFileSync(incoming, '')
    await withPhotos(one, 2)
    await one.work.sync()
    expect(states(one)).toEqual(['kept'])
    expect(await at.timeline(0)).toHaveLength(1)
    rmSync(incoming)
    await one.work.sync()
    expect(states(one)).toEqual(['confirmed'])
    expect(await filesThere(at)).toBe(2)

    const strange = await fileFor('p.bin', 'image/jpeg', new Uint8Array([0, 1, 2, 3, 0, 255]))
    await one.work.act([{ record: 'lamp', id: uuid(1), action: 'light', input: {} }], [strange])
    await one.work.sync()
    expect(one.work.outbox?.entries.at(-1)).toMatchObject({ state: 'refused', problem: { code: 'file-type' } })
    expect(await at.timeline(1)).toHaveLength(1)
    expect(await lies(one)).toEqual({ acts: 2, files: 1 })
    await one.work.outbox?.drop(2)
    expect((await lies(one)).files).toBe(0)
  })

  it('gives the key up after five wrong PINs, and gets its work back by the password', async () => {
    const at = await city()
    let one = await ready(at)
    one.weather.offline = true
    await act(one, 0, 'light')
    one = await one.reopened()
    for (let left = 4; left >= 0; left -= 1) expect(await one.work.unlock('111222')).toEqual({ left })
    expect(await one.work.unlock(PIN)).toEqual({ left: 0 })
    expect(one.work.status.phase).toBe('new')
    one.weather.offline = false
    expect(await one.work.signIn('worker', PASSWORD)).toBeUndefined()
    expect(one.work.status.phase).toBe('pin')
    await one.work.choosePin('975318')
    await one.work.sync()
    expect(states(one)).toEqual(['confirmed'])
  })

  it('signed out without a network keeps its work sealed, and hands it over when somebody else signs in', async () => {
    const at = await city()
    const one = await ready(at)
    one.weather.offline = true
    await act(one, 0, 'light')
    expect(await one.work.signOut()).toBe(1)
    expect(one.work.status).toMatchObject({ phase: 'new', leftBehind: 1 })
    one.weather.offline = false
    expect(await one.work.signIn('clerk', PASSWORD)).toBeUndefined()
    expect(one.work.status.phase).toBe('pin')
    expect((await at.timeline(0)).at(-1)).toMatchObject({ action: 'light', actor: at.worker })
  })

  it('keeps nothing readable on its shelf', async () => {
    const at = await city()
    const one = await ready(at)
    await act(one, 0, 'light', { oilTemperature: 33 })
    const kept = [
      ...(await Promise.all(PARTS.map((part) => one.shelf.blocks(1, part)))),
      await one.shelf.entries(),
      await one.shelf.get('head'),
    ]
    // Bytes are looked at as the text that they would be.
    const bytes = (_: string, value: unknown) =>
      value instanceof ArrayBuffer || value instanceof Uint8Array ? new TextDecoder().decode(value) : value
    const text = JSON.stringify(kept, bytes)
    expect(text.length).toBeGreaterThan(1_000)
    expect(text).not.toMatch(/DT-000|oilTemperature|塔|一村|lamp/)
    const lock = JSON.stringify(await one.shelf.get('lock'))
    expect(lock).not.toContain(PIN)
  })
})
