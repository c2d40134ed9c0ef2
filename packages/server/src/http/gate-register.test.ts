import { registry } from '@guatu/domains'
import { idCheckCharacter } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { openCity } from './testing/city.ts'

const idOf = (n: number) => {
  const seventeen = `519900199001${String(n).padStart(2, '0')}001`
  return seventeen + idCheckCharacter(seventeen)
}
const NAME = '测试甲'
const PHONE = '13800000000'
const PLATE = '川Y00000'
/** What is no business of a gate as a list. */
const CLOSED = ['person', 'household', 'place', 'assignment', 'arrival', 'departure', 'transfer', 'pass']
const OPEN = ['crossing', 'closure', 'zone']

interface Found {
  readonly rows?: readonly { readonly id: string; readonly fields: Readonly<Record<string, unknown>> }[]
}

onServer('what a gate learns of the register', ({ engine }) => {
  async function peopledCity() {
    const city = await openCity(engine, registry)
    const act = async (as: string, record: string, id: string, action: string, input: object) =>
      city.ask(as, 'POST', `/api/${record}/${id}/${action}`, { event: crypto.randomUUID(), area: city.village, input })
    const [who, home] = [crypto.randomUUID(), crypto.randomUUID()]
    expect((await act('grid', 'household', home, 'register', { door: '1栋101', kind: 'family', phone: PHONE })).statusCode).toBe(201)
    const person = { name: NAME, documentNumber: idOf(1), phone: PHONE, plate: PLATE, household: home }
    expect((await act('grid', 'person', who, 'register', person)).statusCode).toBe(201)
    const find = async (as: string, word: string, record = 'person') => {
      const answer = await city.ask(as, 'POST', `/api/${record}/find`, { word, purpose: '核对' })
      return { status: answer.statusCode, ids: (answer.json<Found>().rows ?? []).map((row) => row.id), body: answer.body }
    }
    return { ...city, act, find, who, home }
  }

  it('is no list, export, count, group, timeline, name, search, double or sheet of it', async () => {
    const at = await peopledCity()
    for (const record of CLOSED) {
      for (const way of ['', '/count', '/groups?by=state', '/export.csv', '/export.xlsx', '?q=测', `/names?ids=${at.who}`])
        expect([record, way, (await at.ask('gate', 'GET', `/api/${record}${way}`)).statusCode]).toEqual([record, way, 403])
      // Whether a record is there at all is no answer either.
      for (const id of [at.who, at.home, crypto.randomUUID()])
        for (const way of ['', '/timeline'])
          expect([record, way, (await at.ask('gate', 'GET', `/api/${record}/${id}${way}`)).statusCode]).toEqual([record, way, 403])
    }
    for (const record of ['person', 'pass', 'crossing', 'place', 'household'])
      for (const way of [`${record}/${at.who}/reveal`]) {
        const answer = await at.ask('gate', 'POST', `/api/${way}`, { purpose: '核对' })
        expect([way, answer.statusCode]).toEqual([way, 403])
      }
    for (const record of ['pass', 'crossing', 'person'])
      expect((await at.ask('gate', 'GET', `/api/${record}/export.csv?reveal=1&purpose=xx`)).statusCode).toBe(403)
    expect((await at.ask('gate', 'GET', '/api/person/duplicates')).statusCode).toBe(403)
    for (const record of OPEN) expect([record, (await at.ask('gate', 'GET', `/api/${record}`)).statusCode]).toEqual([record, 200])
    // A sheet would tell row by row who is known.
    const sheet = `姓名,证件号码,区划\n${NAME},${idOf(1)},书台村委会\n`
    for (const dryRun of ['0', '1']) {
      const answer = await at.send('gate', `/api/person/import?dryRun=${dryRun}`, 'a.csv', sheet)
      expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([403, 'not-allowed'])
    }
    const brought = `姓名,证件号码,申报方式,到达日期,来源地,区划\n${NAME},${idOf(1)},名单导入,2020-02-13,重庆市,书台村委会\n`
    const answer = await at.send('gate', '/api/arrival/import', 'b.csv', brought)
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([403, 'not-allowed'])
    expect(at.errors).toEqual([])
  })

  it('is changed by a gate where it entered somebody, and not where others did', async () => {
    const at = await peopledCity()
    const entry = async (id: string) =>
      (await at.store.db.query<{ id: string }>(`select id from events where record_id = $1 and action = 'register'`, [id]))[0]?.id
    const correct = async (id: string) =>
      at.act('farGate', 'person', id, 'correct', { event: await entry(id), reason: '填错', input: { name: '测试乙' } })
    expect([(await correct(at.who)).statusCode, (await correct(at.who)).json<{ code: string }>().code]).toEqual([404, 'not-found'])
    const own = crypto.randomUUID()
    expect((await at.act('farGate', 'person', own, 'register', { name: NAME, documentNumber: idOf(2) })).statusCode).toBe(201)
    expect((await correct(own)).statusCode).toBe(200)
  })

  it('is the one who shows a document, a phone or a plate, masked, within the jurisdiction, and every look is written down', async () => {
    const at = await peopledCity()
    const looks = async () =>
      at.store.db.query<{ purpose: string; rows: number }>(
        `select purpose, rows from looks where actor = 'gate' and what = 'search' order by at`,
      )
    for (const word of [idOf(1), PHONE, PLATE]) {
      const { status, ids, body } = await at.find('gate', word)
      expect([word, status, ids]).toEqual([word, 200, [at.who]])
      for (const secret of [NAME, idOf(1), PHONE, PLATE]) expect(body).not.toContain(secret)
    }
    expect((await looks()).map(({ purpose, rows }) => [purpose, rows])).toEqual(Array(3).fill(['核对', 1]))
    for (const name of [NAME, 'ceshijia', 'csj', '测']) expect((await at.find('gate', name)).ids).toEqual([])
    expect(await looks()).toHaveLength(7)
    expect((await at.find('grid', 'csj')).ids).toEqual([at.who])
    expect((await at.find('farGate', idOf(1))).ids).toEqual([])
    expect((await at.find('gate', PHONE, 'household')).status).toBe(403)
    const unsaid = await at.ask('gate', 'POST', '/api/person/find', { word: idOf(1), purpose: '' })
    expect(unsaid.statusCode).toBe(422)
    // Entering a document a second time leads to whom it belongs, within the jurisdiction alone.
    const again = { name: NAME, documentNumber: idOf(1) }
    const near = await at.act('gate', 'person', crypto.randomUUID(), 'register', again)
    expect(near.json()).toMatchObject({ code: 'already-exists', data: { id: at.who } })
    const far = await at.act('farGate', 'person', crypto.randomUUID(), 'register', again)
    expect(far.json()).toMatchObject({ code: 'registered-elsewhere' })
    expect(far.body).not.toContain(at.who)
    expect(at.errors).toEqual([])
  })

  it('is what it enters itself, answered at once', async () => {
    const at = await peopledCity()
    const made = await at.act('gate', 'person', crypto.randomUUID(), 'register', { name: '测试乙', documentNumber: idOf(2) })
    expect([made.statusCode, made.json<{ record: Found }>().record]).toMatchObject([201, { state: 'registered', fields: { name: '测*' } }])
    const came = { person: at.who, channel: 'gate', arrivedOn: '2020-02-13', origin: '湖北省武汉市', originCode: '420100', ownRoom: true }
    const arrival = crypto.randomUUID()
    const declared = await at.act('gate', 'arrival', arrival, 'declare', came)
    // With what the rule by origin says of them, which is what the gate has to tell them.
    expect([declared.statusCode, declared.json<{ record: unknown }>().record]).toMatchObject([
      200,
      { id: arrival, state: 'declared', fields: { measure: 'home' } },
    ])
    expect((await at.ask('gate', 'GET', `/api/arrival/${arrival}`)).statusCode).toBe(403)
    expect((await at.ask('grid', 'GET', `/api/arrival/${arrival}`)).json()).toMatchObject({ fields: { measure: 'home' } })
  })

  it('is no order that nobody has decided on', async () => {
    const at = await peopledCity()
    const draft = { title: '书台村封闭管理', measure: 'closeArea', organ: at.county, areas: [at.village] }
    const id = crypto.randomUUID()
    expect((await at.act('county', 'closure', id, 'draft', draft)).statusCode).toBe(201)
    const seen = async (as: string) => (await at.ask(as, 'GET', '/api/closure/count')).json<{ count: number }>().count
    expect([await seen('gate'), await seen('grid'), (await at.ask('gate', 'GET', `/api/closure/${id}`)).statusCode]).toEqual([0, 1, 404])
  })
})
