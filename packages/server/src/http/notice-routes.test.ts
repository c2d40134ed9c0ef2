import { registry } from '@guatu/domains'
import { type Actor, fixedClock, SYSTEM } from '@guatu/kernel'
import fastify from 'fastify'
import mammoth from 'mammoth'
import { expect, it, onTestFinished } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { CITY_FACTS } from '../../../../testing/src/stores/lighthouse-store.ts'
import { migrated, tablesOf } from '../../../../testing/src/stores/tables.ts'
import { openStore } from '../store/store.ts'
import { noticeRoutes } from './notice-routes.ts'
import { handleErrors } from './problems.ts'

const uuid = () => crypto.randomUUID()
const clerk: Actor = { id: 'clerk', name: 'clerk', grants: [{ role: 'town-clerk', path: '1/11/11a/' }] }
const others: Actor = { id: 'others', name: 'others', grants: [{ role: 'town-clerk', path: '1/12/' }] }
const auditor: Actor = { id: 'auditor', name: 'auditor', grants: [{ role: 'auditor', path: '1/' }] }
const PEOPLE: Readonly<Record<string, Actor>> = { clerk, others, auditor }

onServer('notices', (engine) => {
  it('prints the notice and the release with identity, for a purpose that is logged, and only for who may see it', async () => {
    const place = await engine.place(migrated(tablesOf(registry)))
    const clock = fixedClock('2020-02-05T02:00:00Z')
    const store = await openStore({
      target: place.target,
      registry,
      clock,
      migrations: tablesOf(registry),
    })
    const app = fastify()
    onTestFinished(async () => {
      await app.close()
      await store.close()
    })
    handleErrors(app, (_reference, error) => {
      throw error
    })
    noticeRoutes(app, store, {
      of: async (headers) => {
        const actor = PEOPLE[String(headers['x-person'])]
        return actor && { actor, session: 'test' }
      },
    })
    await store.areas.confirm(CITY_FACTS, SYSTEM, store.writer)
    const act = async (record: string, recordId: string, action: string, input: Record<string, unknown>) => {
      const done = await store.writer.submit({ id: uuid(), record, recordId, action, area: '11a1', input }, clerk)
      if (!done.ok) throw new Error(`${record}.${action}: ${done.problem.message.en}`)
    }
    const [household, person, watch] = [uuid(), uuid(), uuid()]
    await act('household', household, 'register', { door: '3栋2单元501', kind: 'family' })
    await act('person', person, 'register', { name: '测试甲', documentType: 'none', phone: '13800000000', household })
    const doctor = { account: 'doctor01', worker: '测试医生', phone: '0000-7654321', part: 'doctor', from: '2020-02-01', household }
    await act('assignment', uuid(), 'assign', doctor)
    // Whoever looks after the whole village stands on it too, except where the household has somebody of its own.
    await act('assignment', uuid(), 'assign', { account: 'grid01', worker: '测试网格员', part: 'grid', from: '2020-02-01' })
    await act('assignment', uuid(), 'assign', { account: 'doctor02', worker: '全村医生', part: 'doctor', from: '2020-02-01' })
    await act('watch', watch, 'enter', { person, household, kind: 'home', entry: 'list', class: 'listed', from: '2020-02-04' })

    const print = (who: string, paper: string, body: object, lang = 'zh') =>
      app.inject({ method: 'POST', url: `/api/watch/${watch}/${paper}.docx?lang=${lang}`, headers: { 'x-person': who }, payload: body })
    const looks = () => store.db.query<{ actor: string; purpose: string; record_id: string }>('select actor, purpose, record_id from looks')
    expect((await print('nobody', 'notice', { purpose: '送达' })).statusCode).toBe(401)
    expect((await print('others', 'notice', { purpose: '送达' })).statusCode).toBe(404)
    expect((await print('auditor', 'notice', { purpose: '送达' })).json()).toMatchObject({ code: 'not-allowed' })
    expect((await print('clerk', 'notice', {})).json()).toMatchObject({ code: 'required', path: 'purpose' })
    expect((await print('clerk', 'notice', { purpose: '送\u0000达' })).json()).toMatchObject({ code: 'invalid', path: 'purpose' })
    expect(await looks()).toEqual([])

    const notice = await print('clerk', 'notice', { purpose: '送达本人', cadre: '测试干部 13800000001' })
    expect(`${notice.statusCode} ${notice.statusCode === 200 ? '' : notice.body}`).toBe('200 ')
    const { value } = await mammoth.extractRawText({ buffer: notice.rawPayload })
    for (const words of [
      '居家医学观察告知书',
      '测试甲',
      '13800000000',
      '一村',
      '3栋2单元501',
      '2020年2月4日至2020年2月18日（14天）',
      '测试干部 13800000001',
      '测试医生 0000-7654321',
      '测试网格员　电话：＿',
      '甲镇（盖章）',
      '第三十九条',
    ])
      expect(value).toContain(words)
    expect(value).not.toContain('全村医生')
    // The number is kept as identity is.
    const [kept] = await store.db.query<{ row: string }>(`select to_jsonb(r)::text as row from r_assignment r where account = 'doctor01'`)
    expect(kept?.row).not.toContain('7654321')
    const recorded = async () => (await store.db.query<{ worker: string }>('select worker from r_watch where id = $1', [watch]))[0]?.worker
    expect(await recorded()).toBe('doctor01')
    // A worker chosen for this observation stands on the paper as on the record, by name where the account has one.
    await store.db.query(
      `insert into "user" (id, username, name, email, "emailVerified", "createdAt", "updatedAt")
       values ('u-1', 'zhuanren', '专人', 'zhuanren@example.org', false, now(), now())`,
    )
    await act('watch', watch, 'assign', { worker: 'zhuanren' })
    const own = await print('clerk', 'notice', { purpose: '送达本人' })
    const said = (await mammoth.extractRawText({ buffer: own.rawPayload })).value
    expect([await recorded(), said.includes('专人'), said.includes('测试网格员')]).toEqual(['zhuanren', true, false])
    expect(await looks()).toContainEqual({ actor: 'clerk', purpose: '送达本人', record_id: person })

    expect((await print('clerk', 'release', { purpose: '送达本人' })).json()).toMatchObject({
      code: 'too-early',
      data: { until: '2020-02-18' },
    })
    clock.set('2020-02-18T02:00:00Z')
    // The paper says that there were no signs: it is not printed of somebody who was not read, or has a fever.
    const refused = async () => (await print('clerk', 'release', { purpose: '送达本人' })).json<{ code: string }>().code
    expect(await refused()).toBe('not-read-lately')
    const read = (temperature: number) => act('watch', watch, 'check', { half: 'morning', temperature, how: 'worker' })
    await read(38.6)
    expect(await refused()).toBe('signs-open')
    const [transfer] = await store.db.query<{ id: string }>('select id from r_transfer')
    const clinic: Actor = { id: 'clinic', name: 'clinic', grants: [{ role: 'health-worker', path: '1/11/11a/' }] }
    const cleared = { id: uuid(), record: 'transfer', recordId: transfer?.id ?? '', action: 'clear', input: { findings: '普通感冒' } }
    expect((await store.writer.submit(cleared, clinic)).ok).toBe(true)
    const release = await print('clerk', 'release', { purpose: '送达本人' }, 'en')
    expect((await mammoth.extractRawText({ buffer: release.rawPayload })).value).toContain('Release from observation at home')
    // Printed again later it says the day of the release; whoever did not leave observation by release has no such paper.
    await act('watch', watch, 'release', { signed: true })
    clock.set('2020-02-20T02:00:00Z')
    const again = await print('clerk', 'release', { purpose: '送达本人' })
    expect((await mammoth.extractRawText({ buffer: again.rawPayload })).value).toContain('自2020年2月18日起解除')
    // Of whoever was erased since, a paper says so in its own language.
    await act('person', person, 'erase', { ground: 'request' })
    for (const [lang, words] of [
      ['zh', '信息已删除：'],
      ['en', 'erased'],
    ] as const) {
      const gone = await print('clerk', 'release', { purpose: '存档' }, lang)
      const { value: text } = await mammoth.extractRawText({ buffer: gone.rawPayload })
      expect([text.includes(words), text.includes('[')]).toEqual([true, false])
    }
    await store.db.query("update r_watch set state = 'confirmed' where id = $1", [watch])
    expect(await refused()).toBe('no-such-paper')
  })
})
