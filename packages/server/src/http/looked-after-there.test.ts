import { randomUUID } from 'node:crypto'
import { gates, registry } from '@guatu/domains'
import mammoth from 'mammoth'
import { expect, it } from 'vitest'
import { lastAct } from '../../../../testing/src/stores/acting.ts'
import { watchClock } from '../jobs/clock-watch.ts'
import { openCity } from './testing/city.ts'

const WUHAN = { channel: 'worker', arrivedOn: '2020-02-13', origin: '湖北省武汉市', originCode: '420100' }
const CHENGDU = { channel: 'worker', arrivedOn: '2020-02-10', origin: '四川省成都市', originCode: '510100' }
const WHO = { name: '测试甲', documentType: 'passport', documentNumber: 'E91000777' }
const WIFE = { name: '测试乙', documentType: 'passport', documentNumber: 'E91000778' }
const NOBODY = { nobody: true }

/** A household of another county with two people, and what is done to whoever of it is met in the village. */
async function elsewhere() {
  const at = await openCity('pglite', registry)
  const [near, abroad] = [at.area('511902106201'), at.area('511921106201')]
  let minute = 0
  const act = async (as: string, way: string, input: object = {}, area = at.village, more: object = {}) => {
    minute += 1
    at.clock.set(`2020-02-14T02:${String(minute).padStart(2, '0')}:00Z`)
    const answer = await at.ask(as, 'POST', `/api/${way}`, { event: randomUUID(), area, input, ...more })
    return answer.statusCode < 300 ? 'done' : answer.json<{ code: string }>().code
  }
  const make = async (as: string, record: string, action: string, input: object, area = at.village, more: object = {}) => {
    const id = randomUUID()
    expect([record, action, await act(as, `${record}/${id}/${action}`, input, area, more)]).toEqual([record, action, 'done'])
    return id
  }
  const takeBack = async (as: string, record: string, id: string, action: string) =>
    act(as, `${record}/${id}/correct`, { event: await lastAct(at.store.db, id, action), reason: '点错', void: true })
  const rows = (table: string, columns: string) =>
    at.store.db.query<Record<string, unknown>>(`select ${columns} from ${table} order by created_at`)
  const home = await make('duty', 'household', 'register', { door: '7', kind: 'family' }, abroad)
  const person = await make('duty', 'person', 'register', { ...WHO, household: home }, abroad)
  await make('duty', 'person', 'register', { ...WIFE, household: home }, abroad)
  const stands = async () =>
    (await rows('r_person', 'area, household, id')).filter(({ id }) => id === person).map(({ area, household }) => [area, household])
  const observed = () => rows('r_watch', 'area, household, state')
  const wifeKept = async () => {
    const look = gates.questionOf(WIFE.documentNumber, 'out')
    return 'observed' in (await at.ask('farGate', 'POST', look?.path ?? '', look?.body)).json()
  }
  const phone = randomUUID()
  await at.ask('grid', 'POST', '/api/field/devices', { device: phone })
  const send = async (acts: readonly object[]) => {
    const { results } = (await at.ask('grid', 'POST', '/api/field/acts', { device: phone, acts })).json<{
      results: { handedOver?: string; problem?: { code: string } }[]
    }>()
    return results.map((told) => told.handedOver ?? told.problem?.code ?? 'done')
  }
  const one = (record: string, id: string, action: string, input: object, more: object = {}) => ({
    record,
    id,
    action,
    event: randomUUID(),
    area: at.village,
    input,
    ...more,
  })
  return { ...at, near, abroad, home, person, act, make, takeBack, rows, stands, observed, wifeKept, send, sheet: at.send, one }
}

it('stays where they are when what was written of them is void, and is declared anew there; nobody came, and they are back', async () => {
  const at = await elsewhere()
  const arrival = await at.make('duty', 'arrival', 'declare', { ...CHENGDU, person: at.person })
  expect(await at.act('grid', `arrival/${arrival}/confirm`)).toBe('done')
  expect(await at.act('grid', `arrival/${arrival}/withdraw`)).toBe('done')
  expect(await at.stands()).toEqual([[at.village, null]])
  const anew = await at.make('grid', 'arrival', 'declare', { ...WUHAN, person: at.person })
  expect(await at.observed()).toMatchObject([{ state: 'void' }, { area: at.village, state: 'watching' }])
  // The one that is void holds them no more, either.
  expect(await at.act('grid', `arrival/${anew}/withdraw`, NOBODY)).toBe('done')
  expect(await at.stands()).toEqual([[at.abroad, at.home]])
  expect((await at.store.rebuild({ check: true })).differences).toEqual([])
})

it('is sent back by whoever looks after them, where a declaration was void that had brought them', async () => {
  const at = await elsewhere()
  const arrival = await at.make('duty', 'arrival', 'declare', { ...WUHAN, person: at.person })
  expect(await at.act('grid', `arrival/${arrival}/withdraw`)).toBe('done')
  expect(await at.act('other', `person/${at.person}/sendBack`, {}, at.abroad)).not.toBe('done')
  expect(await at.act('grid', `person/${at.person}/sendBack`)).toBe('done')
  expect(await at.stands()).toEqual([[at.abroad, at.home]])
  expect(await at.rows('r_need', 'household, state')).toEqual([{ household: at.home, state: 'lapsed' }])
  expect(await at.act('duty', `person/${at.person}/sendBack`, {}, at.abroad)).toBe('not-received')
})

it('stays where an office put them since, whatever is void or taken back', async () => {
  const at = await elsewhere()
  const next = await at.make('duty', 'household', 'register', { door: '8', kind: 'family' }, at.near)
  const arrival = await at.make('duty', 'arrival', 'declare', { ...WUHAN, person: at.person })
  expect(await at.act('grid', `arrival/${arrival}/confirm`)).toBe('done')
  expect(await at.act('duty', `person/${at.person}/changeHousehold`, { household: next })).toBe('done')
  expect(await at.act('duty', `arrival/${arrival}/withdraw`, NOBODY)).toBe('done')
  expect(await at.stands()).toEqual([[at.near, next]])
})

it('comes back to no household that is dissolved, and to one that moved where it is now', async () => {
  const moved = await elsewhere()
  const arrival = await moved.make('duty', 'arrival', 'declare', { ...WUHAN, person: moved.person })
  expect(await moved.act('duty', `household/${moved.home}/relocate`, { door: '9', village: moved.near }, moved.abroad)).toBe('done')
  expect(await moved.act('duty', `arrival/${arrival}/withdraw`, NOBODY)).toBe('done')
  expect(await moved.stands()).toEqual([[moved.near, moved.home]])

  const at = await elsewhere()
  const empty = await at.make('duty', 'household', 'register', { door: '8', kind: 'family' }, at.near)
  expect(await at.act('duty', `person/${at.person}/changeHousehold`, { household: empty }, at.abroad)).toBe('done')
  const other = await at.make('duty', 'arrival', 'declare', { ...WUHAN, person: at.person })
  expect(await at.act('duty', `household/${empty}/dissolve`, { reason: '空户' }, at.near)).toBe('done')
  expect(await at.act('duty', `arrival/${other}/withdraw`, NOBODY)).toBe('done')
  expect(await at.stands()).toEqual([[at.near, null]])
})

it.each([
  ['first', 'second'],
  ['second', 'first'],
])('declared in two places by mistake, is where they were registered once both are void: the %s before the %s', async (...order) => {
  const at = await elsewhere()
  const both: Record<string, string> = {
    first: await at.make('duty', 'arrival', 'declare', { ...CHENGDU, person: at.person }),
    second: await at.make('duty', 'arrival', 'declare', { ...WUHAN, person: at.person }, at.near),
  }
  expect(await at.stands()).toEqual([[at.near, null]])
  const [one, other] = order
  expect(await at.act('duty', `arrival/${both[String(one)]}/withdraw`, NOBODY)).toBe('done')
  // What still stands says where they are.
  expect(await at.stands()).toEqual([[one === 'first' ? at.near : at.village, null]])
  expect(await at.act('duty', `arrival/${both[String(other)]}/withdraw`, NOBODY)).toBe('done')
  expect(await at.stands()).toEqual([[at.abroad, at.home]])
})

it('has their home told again when they are received again', async () => {
  const at = await elsewhere()
  const arrival = await at.make('duty', 'arrival', 'declare', { ...WUHAN, person: at.person })
  expect(await at.act('duty', `arrival/${arrival}/withdraw`, NOBODY)).toBe('done')
  expect(await at.takeBack('duty', 'arrival', arrival, 'withdraw')).toBe('done')
  expect(await at.stands()).toEqual([[at.village, null]])
  expect(await at.rows('r_need', 'area, household, state')).toEqual([
    { area: at.abroad, household: at.home, state: 'lapsed' },
    { area: at.abroad, household: at.home, state: 'open' },
  ])
})

it('is observed at home again once the receipt is taken back, and the family kept in', async () => {
  const at = await elsewhere()
  await at.make(
    'other',
    'watch',
    'enter',
    { person: at.person, kind: 'home', entry: 'list', class: 'listed', from: '2020-02-12' },
    at.abroad,
  )
  expect(await at.wifeKept()).toBe(true)
  const device = randomUUID()
  await at.ask('gate', 'POST', '/api/field/devices', { device })
  const input = { gate: 'road', direction: 'in', decision: 'home', days: 14, listed: true, origin: WUHAN.origin, destination: at.village }
  const beside = { document: WHO.documentNumber, name: WHO.name, person: randomUUID(), event: randomUUID() }
  await at.ask('gate', 'POST', '/api/field/acts', {
    device,
    acts: [{ ...at.one('crossing', randomUUID(), 'record', input), area: at.county, beside }],
  })
  const [transit] = await at.rows('r_transit', 'id, created_at')
  expect(await at.act('grid', `transit/${transit?.id}/arrive`)).toBe('done')
  expect([await at.observed(), await at.wifeKept()]).toMatchObject([[{ area: at.village, household: null, state: 'watching' }], false])
  expect(await at.act('grid', `transit/${transit?.id}/retract`, { note: '认错人' })).toBe('done')
  expect([await at.observed(), await at.wifeKept()]).toMatchObject([[{ area: at.abroad, household: at.home, state: 'watching' }], true])
})

it('comes along by whichever of their entries they are met and declared', async () => {
  const at = await elsewhere()
  const entry = await at.make('grid', 'person', 'register', { name: WHO.name })
  expect(await at.act('duty', `person/${entry}/merge`, { mergedInto: at.person })).toBe('done')
  const arrival = await at.make('grid', 'arrival', 'declare', { ...WUHAN, person: entry })
  const clock = watchClock(at.store, (wrong) => at.errors.push(wrong), 3_600_000)
  await clock.look()
  await clock.stop()
  expect([await at.stands(), await at.wifeKept(), await at.rows('r_visit', 'household')]).toEqual([[[at.village, null]], false, []])
  expect(await at.act('grid', `arrival/${arrival}/withdraw`, NOBODY)).toBe('done')
  expect(await at.stands()).toEqual([[at.abroad, at.home]])
})

it('comes along though another county entered them only after they were met', async () => {
  const at = await elsewhere()
  const who = { name: '测试丙', documentType: 'passport', documentNumber: 'E91000779' }
  const early = { happenedAt: at.clock.now().toString() }
  const there = await at.make('other', 'person', 'register', who, at.abroad)
  const [own, arrival] = [randomUUID(), randomUUID()]
  at.clock.set('2020-02-14T08:00:00Z')
  const acts = [
    at.one('person', own, 'register', who, early),
    at.one('arrival', arrival, 'declare', { ...WUHAN, person: own }, early),
    at.one('arrival', arrival, 'confirm', {}),
  ]
  expect(await at.send(acts)).toEqual(['taken', 'done', 'done'])
  expect((await at.ask('grid', 'GET', `/api/person/${there}`)).statusCode).toBe(200)
})

it('has the address where they are observed on the notice, and their own again once they are back', async () => {
  const at = await elsewhere()
  const address = '通江县兴隆镇红光村7号'
  const told = async () =>
    (await at.ask('duty', 'POST', `/api/person/${at.person}/reveal`, { purpose: '核对住址' })).json<{ fields: { address?: string } }>()
      .fields.address
  expect(await at.act('duty', `person/${at.person}/update`, { address }, at.abroad)).toBe('done')
  expect(await told()).toBe(address)
  const home = await at.make('grid', 'household', 'register', { door: '9', kind: 'family' })
  const arrival = await at.make('duty', 'arrival', 'declare', { ...WUHAN, person: at.person, household: home })
  const [watch] = await at.rows('r_watch', 'id, created_at')
  const paper = await at.ask('grid', 'POST', `/api/watch/${watch?.id}/notice.docx?lang=zh`, { purpose: '打印告知书' })
  const { value } = await mammoth.extractRawText({ buffer: paper.rawPayload })
  expect(/住址\s+(.+)/.exec(value)?.[1]?.trim()).toContain('书台村')
  expect(await at.act('duty', `arrival/${arrival}/withdraw`, NOBODY)).toBe('done')
  expect(await told()).toBe(address)
})

it('is neither observed nor referred by the entry that a phone could not make, until they are declared to be here', async () => {
  const at = await elsewhere()
  const own = randomUUID()
  expect(await at.send([at.one('person', own, 'register', WHO)])).toEqual(['registered-elsewhere'])
  const acts = () => [
    at.one('watch', randomUUID(), 'enter', { person: own, kind: 'home', entry: 'list', class: 'listed', from: '2020-02-12' }),
    at.one('transfer', randomUUID(), 'open', { person: own, reason: 'signs' }),
  ]
  for (const told of await at.send(acts())) expect(told).not.toBe('done')
  expect([await at.observed(), await at.rows('r_transfer', 'state')]).toEqual([[], []])
  expect(await at.send([at.one('arrival', randomUUID(), 'declare', { ...WUHAN, person: own }), ...acts().slice(1)])).toEqual([
    'done',
    'done',
  ])
  expect(await at.observed()).toMatchObject([{ area: at.village, state: 'watching' }])
})

it('is moved by no list: nobody met them who wrote it', async () => {
  const at = await elsewhere()
  const household = await at.make('county', 'household', 'register', { door: '8', kind: 'family' }, at.near)
  const member = (name: string, documentNumber: string) =>
    at.make('county', 'person', 'register', { name, documentType: 'passport', documentNumber, household }, at.near)
  const person = await member('测试丙', 'E91000779')
  await member('测试丁', 'E91000780')
  const list = (village: string) =>
    `姓名,证件类型,证件号码,到达日期,来源地,申报方式,区划\n测试丙,护照,E91000779,2020-02-13,湖北省武汉市,名单导入,${village}\n`
  const taken = async (village: string) =>
    (await at.sheet('county', '/api/arrival/import', 'a.csv', list(village))).json<{ progress: object }>().progress
  const lives = async () => (await at.rows('r_person', 'id, area, household')).find(({ id }) => id === person)
  expect(await taken('书台村委会')).toMatchObject({ accepted: 0, refused: 1 })
  expect(await at.act('county', `arrival/${randomUUID()}/declare`, { ...WUHAN, person, channel: 'list' })).toBe('list-says-elsewhere')
  expect([await lives(), await at.observed()]).toEqual([{ id: person, area: at.near, household }, []])
  // Where the list names the village of the register they are observed at home, and the family is kept in.
  expect(await taken(at.store.areas.tree.asOf('2020-02-14').fullName(at.near))).toMatchObject({ accepted: 1, refused: 0 })
  expect(await at.observed()).toEqual([{ area: at.near, household, state: 'watching' }])
  const look = gates.questionOf('E91000780', 'out')
  expect('observed' in (await at.ask('gate', 'POST', look?.path ?? '', look?.body)).json()).toBe(true)
  expect(await lives()).toEqual({ id: person, area: at.near, household })
})
