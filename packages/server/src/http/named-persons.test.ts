import { randomUUID } from 'node:crypto'
import { gates, registry } from '@guatu/domains'
import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { openCity } from './testing/city.ts'

const [DOCUMENT, PLATE] = ['E12345678', '川Y12345']
const OBSERVED = { kind: 'home', entry: 'list', class: 'listed', from: '2020-02-12' }
const CAME = { channel: 'worker', arrivedOn: '2020-02-12', origin: '湖北省武汉市', originCode: '420100' }
const LINE = { gate: 'road', direction: 'in', decision: 'pass' }

interface Job {
  readonly progress: object
  readonly examples: readonly { readonly problem?: { readonly code: string } }[]
}

onServer('an act names a person', ({ engine }) => {
  async function twoCounties() {
    const at = await openCity(engine, registry)
    const abroad = at.area('511921106201')
    const act = async (as: string, way: string, input: object, more: object = {}) => {
      const [record, id = randomUUID(), action] = way.includes('/') ? way.split('/') : [way, undefined, '']
      const answer = await at.ask(as, 'POST', `/api/${record}/${id}/${action}`, { event: randomUUID(), area: at.village, input, ...more })
      return answer.statusCode < 300 ? 'done' : answer.json<{ code: string; message: { zh: string }; path?: string }>()
    }
    const [far, own] = [randomUUID(), randomUUID()]
    const enter = { name: '测试甲', documentType: 'passport', documentNumber: DOCUMENT }
    expect(await act('other', `person/${far}/register`, enter, { area: abroad })).toBe('done')
    expect(await act('grid', `person/${own}/register`, { name: '测试甲' })).toBe('done')

    return { ...at, act, far, own, abroad }
  }

  it('within the jurisdiction of whoever does it; another is answered like one who was never there', async () => {
    const at = await twoCounties()
    const id = () => randomUUID()
    const acts: [string, string, (person: string) => object][] = [
      ['grid', `watch/${id()}/enter`, (person) => ({ ...OBSERVED, person })],
      ['grid', `arrival/${id()}/declare`, (person) => ({ ...CAME, person })],
      ['grid', `arrival/${id()}/declare`, (person) => ({ ...CAME, person: at.own, companions: [person] })],
      ['grid', `departure/${id()}/declare`, (person) => ({ person, channel: 'worker', leavesOn: '2020-02-14', destination: '成都市' })],
      ['grid', `transfer/${id()}/open`, (person) => ({ person, reason: 'signs' })],
      ['town', `person/${at.own}/merge`, (mergedInto) => ({ mergedInto })],
      ['town', `person/${at.own}/distinguish`, (other) => ({ other })],
      ['gate', `crossing/${id()}/record`, (person) => ({ ...LINE, person })],
    ]
    for (const [as, way, naming] of acts) {
      const [known, never] = [await at.act(as, way, naming(at.far)), await at.act(as, way, naming(randomUUID()))]
      expect([way, known]).toMatchObject([way, { code: 'invalid', path: expect.stringContaining('input.') }])
      expect(known).toEqual(never)
    }
    expect(
      (await at.store.db.query('select id from events where record = any($1)', [['watch', 'arrival', 'transfer', 'crossing']])).length,
    ).toBe(0)
    // Who answers for both counties merges across them.
    expect(await at.act('duty', `person/${at.own}/merge`, { mergedInto: at.far })).toBe('done')
    expect(at.errors).toEqual([])
  })

  it('who is observed where its sender sees it, wherever they are registered, as long as that goes on', async () => {
    const at = await twoCounties()
    const asked = async () => at.act('grid', `transfer/${randomUUID()}/open`, { person: at.far, reason: 'signs' })
    const observed = async (id: string) => at.act('duty', `watch/${id}/enter`, { ...OBSERVED, kind: 'central', person: at.far })
    const watch = randomUUID()
    expect(await observed(watch)).toBe('done')
    expect(await at.act('duty', `watch/${watch}/void`, { why: 'duplicate' })).toBe('done')
    expect(await asked()).toMatchObject({ code: 'invalid', path: 'input.person' })
    expect([await observed(randomUUID()), await asked()]).toEqual(['done', 'done'])
  })

  it('to do something with them: one of another county is answered like one who was never there', async () => {
    const at = await twoCounties()
    const [home, watch] = [randomUUID(), randomUUID()]
    expect(await at.act('other', `household/${home}/register`, { door: '1', kind: 'family' }, { area: at.abroad })).toBe('done')
    expect(await at.act('other', `watch/${watch}/enter`, { ...OBSERVED, person: at.far }, { area: at.abroad })).toBe('done')
    const made = await at.store.db.query<{ id: string; record: string }>('select id, record from events where record_id = any($1)', [
      [at.far, watch, home],
    ])
    const first = (record: string) => made.find((one) => one.record === record)?.id
    const early = { happenedAt: '2020-01-01T00:00:00Z' }
    for (const [record, id, action, input, more] of [
      ['person', at.far, 'update', { phone: '13800000000' }],
      ['person', at.far, 'update', { phone: '13800000000' }, early],
      ['person', at.far, 'merge', { mergedInto: at.own }],
      ['person', at.far, 'correct', { event: first('person'), reason: '填错', input: { name: '测试乙' } }],
      ['person', at.far, 'correct', {}],
      ['person', at.far, 'moveArea', {}],
      ['watch', watch, 'check', { half: 'morning', temperature: 36.6, how: 'worker' }],
      ['watch', watch, 'check', { half: 'noon' }, early],
      ['household', home, 'dissolve', {}],
    ] as const) {
      const tried = async (as: string, of: string) => at.act(as, `${record}/${of}/${action}`, input, more)
      for (const as of ['grid', 'gate', 'town']) {
        const [known, never] = [await tried(as, id), await tried(as, randomUUID())]
        expect([as, record, action, known]).toEqual([as, record, action, never])
        expect(known).not.toBe('done')
      }
    }
    const together = async (id: string) => {
      const act = { record: 'person', id, action: 'update', event: randomUUID(), input: { phone: '13800000000' } }
      const others = { ...act, id: at.own, event: randomUUID() }
      const [one, all] = [
        await at.ask('grid', 'POST', '/api/events', { acts: [act] }),
        await at.ask('grid', 'POST', '/api/events', { acts: [others, act], together: true }),
      ]
      return [one.json(), all.statusCode, all.json()]
    }
    expect(await together(at.far)).toEqual(await together(randomUUID()))
    // Whoever answers there does it.
    expect(await at.act('other', `household/${home}/update`, { note: '已走访' }, { area: at.abroad })).toBe('done')
    expect(at.errors).toEqual([])
  })

  it('whom a document or a plate shows to a gate, wherever that person is registered', async () => {
    const at = await twoCounties()
    const device = randomUUID()
    expect((await at.ask('gate', 'POST', '/api/field/devices', { device })).statusCode).toBe(200)
    const logged = async (who: object) => {
      const beside = { ...who, person: randomUUID(), event: randomUUID() }
      const [id, event] = [randomUUID(), randomUUID()]
      const acts = [{ record: 'crossing', id, action: 'record', event, area: at.village, input: LINE, beside }]
      const done = await at.ask('gate', 'POST', '/api/field/acts', { device, acts })
      expect(done.statusCode).toBe(200)
      const line = (await at.ask('duty', 'GET', `/api/crossing/${id}`)).json<{ fields: { person?: string } }>()
      return [done.json<{ results: { identified?: string }[] }>().results[0]?.identified, line.fields.person]
    }
    expect(await logged({ document: DOCUMENT })).toEqual(['linked', at.far])
    // Under the name that it has there; another one is somebody else, whose number was typed wrongly, and the line is about nobody.
    expect(await logged({ document: DOCUMENT, name: '测试 甲' })).toEqual(['linked', at.far])
    expect(await logged({ document: DOCUMENT, name: '测试丙' })).toEqual(['otherwise', undefined])
    // So does the plate of their vehicle: the gate learns the county alone, and says that they are linked.
    expect(await at.act('other', `person/${at.far}/update`, { plate: PLATE }, { area: at.abroad })).toBe('done')
    const question = gates.questionOf(PLATE, 'in')
    const looked = question?.read((await at.ask('gate', 'POST', question.path, question.body)).json())
    expect(looked).toMatchObject({ plate: PLATE, elsewhere: at.area('511921') })
    expect(await logged(gates.whoOf(gates.NOTHING_ASKED, looked) ?? {})).toEqual(['linked', at.far])
    expect(await logged({ plate: '川Y54321' })).toEqual(['unnamed', undefined])
    // And whom a gate entered where they are going, by the id of its own entry.
    const going = randomUUID()
    expect(await at.act('gate', `person/${going}/register`, { name: '测试乙' }, { area: at.abroad })).toBe('done')
    expect(await at.act('gate', `arrival/${randomUUID()}/declare`, { ...CAME, channel: 'gate', person: going })).toBe('done')
  })

  it('who was there when it was done, though they moved before a phone could send it; and no more afterwards', async () => {
    const at = await twoCounties()
    at.clock.set('2020-02-14T04:00:00Z')
    expect(await at.act('duty', `person/${at.own}/moveArea`, {}, { area: at.abroad })).toBe('done')
    at.clock.set('2020-02-14T06:00:00Z')
    const refer = (happenedAt: string) =>
      at.act('grid', `transfer/${randomUUID()}/open`, { person: at.own, reason: 'signs' }, { happenedAt })
    expect(await refer('2020-02-14T05:00:00Z')).toMatchObject({ code: 'invalid', path: 'input.person' })
    expect(await refer('2020-02-14T03:00:00Z')).toBe('done')
  })

  for (const [where, code] of [
    ['another town', '511902106201'],
    ['another county', '511921106201'],
  ] as const)
    it(`whom a gate sent home to its village, registered in ${where}: they are looked after where they were received`, async () => {
      const at = await twoCounties()
      const from = at.area(code)
      const [one, wife, home, device] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
      const back = { area: from }
      const member = (name: string, documentNumber: string) => ({ name, documentType: 'passport', documentNumber, household: home })
      expect(await at.act('duty', `household/${home}/register`, { door: '7', kind: 'family' }, back)).toBe('done')
      expect(await at.act('duty', `person/${one}/register`, { ...member('测试丁', 'E91000777'), phone: '13900000001' }, back)).toBe('done')
      expect(await at.act('duty', `person/${wife}/register`, member('测试戊', 'E91000778'), back)).toBe('done')
      at.clock.set('2020-02-14T03:00:00Z')
      await at.ask('gate', 'POST', '/api/field/devices', { device })
      const input = { ...LINE, decision: 'home', days: 14, listed: true, origin: CAME.origin, destination: at.village }
      const beside = { document: 'E91000777', name: '测试丁', person: randomUUID(), event: randomUUID() }
      const line = { record: 'crossing', id: randomUUID(), action: 'record', event: randomUUID(), area: at.county, input, beside }
      await at.ask('gate', 'POST', '/api/field/acts', { device, acts: [line] })
      const [transit] = await at.store.db.query<{ id: string }>('select id from r_transit')
      const status = async (as: string, way: string) => (await at.ask(as, 'GET', way)).statusCode
      const notice = async (watch: unknown) => at.ask('grid', 'POST', `/api/watch/${watch}/notice.docx?lang=zh`, { purpose: '送达告知书' })
      // On the way they are nobody's of the village yet.
      expect(await status('grid', `/api/person/${one}`)).toBe(404)
      at.clock.set('2020-02-14T05:00:00Z')
      expect(await at.act('grid', `transit/${transit?.id}/arrive`, {})).toBe('done')
      expect([await status('grid', `/api/person/${one}`), await status('grid', `/api/person/${wife}`)]).toEqual([200, 404])
      const watches = () => at.store.db.query<{ id: string; state: string }>('select id, area, household, state from r_watch')
      const [watch] = await watches()
      expect(watch).toMatchObject({ area: at.village, household: null, state: 'watching' })
      expect((await notice(watch?.id)).statusCode).toBe(200)
      expect((await at.ask('grid', 'POST', '/api/self-links', { record: 'person', id: one })).statusCode).toBeLessThan(300)
      expect(await at.act('grid', `watch/${watch?.id}/check`, { half: 'evening', temperature: 36.5, how: 'worker' })).toBe('done')
      // The family whom they left long ago goes out, and nobody visits it from here; their village is told.
      const look = gates.questionOf('E91000778', 'out')
      expect((await at.ask('duty', 'GET', `/api/household/${home}`)).statusCode).toBe(200)
      expect(
        (await at.ask(code.startsWith('511921') ? 'farGate' : 'gate', 'POST', look?.path ?? '', look?.body)).json(),
      ).not.toHaveProperty('observed')
      expect(await at.store.db.query('select id from r_visit')).toEqual([])
      const told = () => at.store.db.query('select area, household, kind, state from r_need')
      expect(await told()).toEqual([{ area: from, household: home, kind: 'tell', state: 'open' }])
      // Nobody came after all: all is as it was.
      at.clock.set('2020-02-14T07:00:00Z')
      expect(await at.act('town', `transit/${transit?.id}/retract`, { note: '认错人' })).toBe('done')
      expect(await at.store.db.query('select area, household from r_person where id = $1', [one])).toEqual([
        { area: from, household: home },
      ])
      expect([await status('grid', `/api/person/${one}`), await watches(), await told()]).toMatchObject([
        404,
        [{ state: 'void' }],
        [{ state: 'lapsed' }],
      ])
      // And once they did, they are here again.
      at.clock.set('2020-02-14T08:00:00Z')
      expect(await at.act('grid', `transit/${transit?.id}/arrive`, {})).toBe('done')
      expect(await status('grid', `/api/person/${one}`)).toBe(200)
      expect((await watches()).filter(({ state }) => state === 'watching')).toMatchObject([{ area: at.village }])
      expect(at.errors).toEqual([])
    })

  it('whom a worker meets at the door with their document, wherever they are registered: what the phone did goes on with that entry', async () => {
    const at = await twoCounties()
    const device = randomUUID()
    await at.ask('grid', 'POST', '/api/field/devices', { device })
    const one = (record: string, id: string, action: string, input: object) => ({
      record,
      id,
      action,
      event: randomUUID(),
      area: at.village,
      input,
    })
    const send = async (acts: readonly object[]) => {
      const { results } = (await at.ask('grid', 'POST', '/api/field/acts', { device, acts })).json<{
        results: { handedOver?: string; record?: object; problem?: { code: string } }[]
      }>()
      return results.map((told) => told.handedOver ?? told.problem?.code ?? 'done')
    }
    const met = (name: string, documentNumber = DOCUMENT) => {
      const [person, home, arrival] = [randomUUID(), randomUUID(), randomUUID()]
      return [
        one('household', home, 'register', { door: randomUUID().slice(0, 8), kind: 'family' }),
        one('person', person, 'register', { name, documentType: 'passport', documentNumber, household: home }),
        one('arrival', arrival, 'declare', { ...CAME, person }),
        one('arrival', arrival, 'confirm', {}),
      ] as const
    }
    at.clock.set('2020-02-14T03:00:00Z')
    // Another name than the register has under that number: nobody is shown to them, and the town is told of all of it.
    const other = met('测试丙')
    expect(await send(other)).toEqual(['done', 'waiting', 'waiting', 'waiting'])
    expect((await at.ask('grid', 'GET', `/api/person/${at.far}`)).statusCode).toBe(404)
    const box = (await at.ask('town', 'GET', '/api/field/handed-over')).json<{ acts: { id: string }[] }>()
    expect(box.acts.map(({ id }) => id).sort()).toEqual(
      other
        .slice(1)
        .map(({ event }) => event)
        .sort(),
    )
    // The same name and number.
    const acts = met('测试甲')
    const [home, person] = acts
    expect(await send(acts)).toEqual(['done', 'taken', 'done', 'done'])
    expect(await send(acts)).toEqual(['done', 'taken', 'done', 'done'])
    expect(await at.store.db.query('select area, household from r_person where id = $1', [at.far])).toEqual([
      { area: at.village, household: home.id },
    ])
    expect(await at.store.db.query('select area, person, household, state from r_watch')).toEqual([
      { area: at.village, person: at.far, household: home.id, state: 'watching' },
    ])
    // What it does with its own entry later is about them, too.
    expect(await send([one('transfer', randomUUID(), 'open', { person: person.id, reason: 'signs' })])).toEqual(['done'])
    expect(await at.store.db.query('select person from r_transfer')).toEqual([{ person: at.far }])
    // Sent before anything is said of an arrival, nobody is moved by a number alone.
    const second = randomUUID()
    const enter = { name: '测试丁', documentType: 'passport', documentNumber: 'E12345679' }
    expect(await at.act('other', `person/${second}/register`, enter, { area: at.abroad })).toBe('done')
    const [their, alone, declared] = met('测试丁', 'E12345679')
    expect(await send([their])).toEqual(['done'])
    for (const _ of ['sent', 'sent again']) expect(await send([alone])).toEqual(['registered-elsewhere'])
    expect((await at.ask('grid', 'GET', `/api/person/${second}`)).statusCode).toBe(404)
    expect([await send([declared]), (await at.ask('grid', 'GET', `/api/person/${second}`)).statusCode]).toEqual([['done'], 200])
    const looks = await at.store.db.query<{ purpose: string }>(`select purpose from looks where actor = 'grid' and record_id = $1`, [
      at.far,
    ])
    expect(looks.map(({ purpose }) => purpose)).toContain('上门核对证件接收')
    expect(at.errors).toEqual([])
  })

  it('whom a desk could not enter a second time: declared to have arrived, they are looked after there, as a phone does it', async () => {
    const at = await twoCounties()
    const [entry, arrival, event] = [randomUUID(), randomUUID(), randomUUID()]
    const enter = async (name: string, documentNumber = DOCUMENT, as = 'town') =>
      at.act(as, `person/${entry}/register`, { name, documentType: 'passport', documentNumber }, { event })
    const declare = async (id: string, as = 'town') => at.act(as, `arrival/${id}/declare`, { ...CAME, person: entry })
    const stands = () => at.store.db.query('select area from r_person where id = $1', [at.far])
    const county = { county: at.area('511921'), office: '通江县' }
    const strange = { code: 'invalid', path: 'input.person' }
    at.clock.set('2020-02-14T03:00:00Z')
    // Under another name nobody is taken for somebody else, whose name that is is not said, and there is no way on but the right name.
    expect(await enter('测试丙')).toMatchObject({ code: 'registered-elsewhere', data: { ...county, otherwise: true } })
    expect(await declare(arrival)).toMatchObject(strange)
    // The name is corrected in the same form. Nobody is moved by that alone, nor by anybody else who knows the number of the entry.
    const refused = await enter('测试甲')
    expect(refused).toMatchObject({ code: 'registered-elsewhere', data: county })
    expect(refused).not.toMatchObject({ data: { otherwise: true } })
    expect(await stands()).toEqual([{ area: at.abroad }])
    expect(await declare(arrival, 'grid')).toMatchObject(strange)
    expect((await at.ask('town', 'GET', `/api/person/${at.far}`)).statusCode).toBe(404)
    expect(await declare(arrival)).toBe('done')
    expect(await stands()).toEqual([{ area: at.village }])
    expect(await at.store.db.query('select area, person, state from r_watch')).toEqual([
      { area: at.village, person: at.far, state: 'watching' },
    ])
    expect((await at.ask('town', 'GET', `/api/person/${at.far}`)).statusCode).toBe(200)
    expect(await at.store.db.query('select area, kind, state from r_need')).toEqual([{ area: at.abroad, kind: 'tell', state: 'open' }])
    const looks = await at.store.db.query('select purpose, rows from looks where actor = $1 and record_id = $2 order by at', [
      'town',
      at.far,
    ])
    expect(looks.slice(0, 2)).toEqual([
      { purpose: '柜台核对证件接收', rows: 0 },
      { purpose: '柜台核对证件接收', rows: 1 },
    ])
    expect(await at.act('town', `arrival/${arrival}/withdraw`, { nobody: true })).toBe('done')
    expect(await stands()).toEqual([{ area: at.abroad }])
    // The number was typed wrongly: the same form enters somebody else, who is nobody but themselves.
    expect(await enter('测试辛', 'E00000007')).toBe('done')
    const second = randomUUID()
    expect(await declare(second)).toBe('done')
    expect([await at.store.db.query('select person from r_arrival where id = $1', [second]), await stands()]).toEqual([
      [{ person: entry }],
      [{ area: at.abroad }],
    ])
    expect(at.errors).toEqual([])
  })

  it('in a sheet by id as anywhere else', async () => {
    const at = await twoCounties()
    const [home, ours] = [randomUUID(), randomUUID()]
    expect(await at.act('other', `household/${home}/register`, { door: '101', kind: 'family' }, { area: at.abroad })).toBe('done')
    expect(await at.act('grid', `household/${ours}/register`, { door: '101', kind: 'family' })).toBe('done')
    const sheet = `姓名,所在户,区划\n${[home, randomUUID(), ours].map((id) => `测试丙,${id},书台村委会`).join('\n')}\n`
    for (const dryRun of ['?dryRun=1', '']) {
      const { progress, examples } = (await at.send('grid', `/api/person/import${dryRun}`, 'a.csv', sheet)).json<Job>()
      expect(progress).toMatchObject({ accepted: 1, refused: 2 })
      expect(examples.map(({ problem }) => problem?.code)).toEqual(['invalid', 'invalid'])
    }
  })
})
