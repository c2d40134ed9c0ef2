import { registry } from '@guatu/domains'
import { fieldRegistry } from '@guatu/domains/field'
import { expect, it } from 'vitest'
import { phone } from '../../../../testing/src/stores/field-phone.ts'
import { fileFor } from '../../../client/src/offline/index.ts'
import { openCity } from './testing/city.ts'

const PASSWORD = 'only-for-tests-2020'
const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

/** Somebody who declared by their own link that they come from Wuhan, and a worker's phone that shows it and is out of reach. */
async function outOfReach() {
  const at = await openCity('pglite', registry)
  const id = () => crypto.randomUUID()
  const person = id()
  const input = { name: '测试甲', documentType: 'none' }
  const registered = await at.ask('grid', 'POST', `/api/person/${person}/register`, { event: id(), area: at.village, input })
  expect(registered.statusCode).toBe(201)
  const { path } = (await at.ask('grid', 'POST', '/api/self-links', { record: 'person', id: person })).json<{ path: string }>()
  const declare = async (step: string, values: Record<string, string>) => {
    const sent = await at.app.inject({
      method: 'POST',
      url: `${path}/arrival/${step}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
      payload: new URLSearchParams({ event: id(), go: 'send', ...values }).toString(),
    })
    expect(sent.statusCode).toBe(200)
  }
  at.clock.set('2020-02-14T02:00:00Z')
  await declare('declare', { arrivedOn: '2020-02-13', origin: '湖北省武汉市' })
  const [arrival = { id: '' }] = await at.store.db.query<{ id: string }>('select id from r_arrival')
  const account = { username: 'grid', name: 'grid', password: PASSWORD, grants: [] }
  expect((await at.accounts.add(account, 'test')).ok).toBe(true)
  const one = await phone(at.app, { registry: fieldRegistry, as: 'grid' })
  expect(await one.work.signIn('grid', PASSWORD)).toBeUndefined()
  await one.work.choosePin('246813')
  await one.work.sync()
  one.weather.offline = true
  const later = (minutes: number) => {
    one.watch.pass(minutes * 60_000)
    at.clock.set(at.clock.now().add({ minutes }).toString())
  }
  const sync = async () => {
    one.weather.offline = false
    for (let i = 0; i < 4; i += 1) await one.work.sync()
    return one.work.outbox?.entries.map(({ state, problem }) => problem?.code ?? state)
  }
  const act = async (action: string, values: object, record = arrival.id) =>
    expect((await one.work.act([{ record: 'arrival', id: record, action, area: at.village, input: { ...values } }])).ok).toBe(true)
  const watch = async () => await at.store.db.query('select state, kind, until::text from r_watch')
  return { ...at, one, person, arrival: arrival.id, declare, later, sync, act, watch }
}

const OBSERVED = [{ state: 'watching', kind: 'home', until: '2020-02-27' }]
const CHENGDU = { origin: '四川省成都市', arrivedOn: '2020-01-15' }

it('whoever confirms on a phone what the person corrected meanwhile is shown both sides, and confirms what they have seen', async () => {
  const at = await outOfReach()
  at.later(10)
  await at.declare('amend', { row: at.arrival, ...CHENGDU })
  at.later(60)
  await at.act('confirm', {})
  expect(await at.sync()).toEqual(['seen-otherwise'])
  expect(await at.watch()).toEqual(OBSERVED)
  const [entry] = at.one.work.outbox?.entries ?? []
  expect([entry?.state, entry?.act.saw?.origin, entry?.problem?.data?.fields]).toEqual([
    'conflict',
    '湖北省武汉市',
    ['arrivedOn', 'origin'],
  ])
  expect(at.one.work.replica.theirs('arrival', at.arrival)?.fields).toMatchObject(CHENGDU)
  // What stands there by now was seen, and is decided on.
  await at.one.work.outbox?.insist(entry?.seq ?? 0)
  at.later(5)
  expect(await at.sync()).toEqual(['confirmed'])
  expect(await at.watch()).toMatchObject([{ state: 'void' }])
})

it('what the person corrected stays held back where a phone that had not seen it writes something else, and insists', async () => {
  const at = await outOfReach()
  at.later(10)
  await at.declare('amend', { row: at.arrival, ...CHENGDU })
  at.later(60)
  await at.act('amend', { transportNumber: 'K390' })
  expect(await at.sync()).toEqual(['version-conflict'])
  const [entry] = at.one.work.outbox?.entries ?? []
  await at.one.work.outbox?.insist(entry?.seq ?? 0)
  at.later(5)
  expect(await at.sync()).toEqual(['confirmed'])
  expect(await at.watch()).toEqual(OBSERVED)
  expect(await at.store.db.query('select sealed_names, held_back from r_arrival')).toEqual([
    { sealed_names: ['transportNumber'], held_back: true },
  ])
})

it('what a worker declared and confirmed without a network stands in one go', async () => {
  const at = await outOfReach()
  const own = crypto.randomUUID()
  await at.act('declare', { person: at.person, channel: 'worker', arrivedOn: '2020-02-10', origin: '北京市' }, own)
  await at.act('confirm', {}, own)
  expect(await at.sync()).toEqual(['confirmed', 'confirmed'])
})

it('what a worker declared and corrected without a network does not contradict itself, and what somebody else changed meanwhile does', async () => {
  for (const meanwhile of [false, true]) {
    const at = await outOfReach()
    const own = crypto.randomUUID()
    at.later(5)
    await at.act('declare', { person: at.person, channel: 'worker', arrivedOn: '2020-02-10', origin: '北京市' }, own)
    if (meanwhile) {
      at.one.weather.loseAnswers = 1
      at.one.weather.offline = false
      await at.one.work.sync()
      at.one.weather.offline = true
      at.later(5)
      const other = { event: crypto.randomUUID(), input: { via: '湖北省' } }
      expect((await at.ask('town', 'POST', `/api/arrival/${own}/amend`, other)).statusCode).toBe(200)
    }
    at.later(5)
    await at.act('amend', { via: '四川省达州市' }, own)
    at.later(5)
    await at.act('amend', { origin: '上海市' }, own)
    expect(await at.sync()).toEqual(meanwhile ? ['confirmed', 'version-conflict', 'kept'] : ['confirmed', 'confirmed', 'confirmed'])
    if (!meanwhile)
      expect(await at.store.db.query('select origin, via from r_arrival where id = $1', [own])).toEqual([
        { origin: '上海市', via: '四川省达州市' },
      ])
  }
})

it('the notice that is signed after a fever without a network does not contradict what the fever led to', async () => {
  const at = await outOfReach()
  const [watch = { id: '' }] = await at.store.db.query<{ id: string }>('select id from r_watch')
  const signature = await fileFor('签名.png', 'image/png', new Uint8Array(PICTURE))
  const acts = [
    { action: 'check', input: { half: 'morning', temperature: 38.2, how: 'worker' } },
    { action: 'serve', input: { servedFile: signature.reference } },
  ]
  for (const one of acts) {
    at.later(5)
    const done = await at.one.work.act(
      [{ record: 'watch', id: watch.id, area: at.village, ...one }],
      one.action === 'serve' ? [signature] : [],
    )
    expect(done.ok).toBe(true)
  }
  expect(await at.sync()).toEqual(['confirmed', 'confirmed'])
})
