import { parseVintage } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { draftOf, oursOn } from '../sheets/areas/reform.ts'
import { openCity } from './testing/city.ts'

const EVE = '2020-02-13'
/** The city without one of its towns; the town's village lies in the neighbour now. */
const NEWER = [
  ['5119', '巴中市'],
  ['511902', '巴州区'],
  ['511921', '通江县'],
  ['511902105', '曾口镇'],
  ['511921106', '兴隆镇'],
  ['511902105201', '书台村委会'],
  ['511902105202', '红光村委会'],
  ['511921106201', '红光村委会'],
].map(([code, name]) => ({ code, name }))

it('answers a reform that cannot be written, one confirmed twice at once, and one confirmed again', async () => {
  const city = await openCity('postgres')
  const { store } = city
  const list = parseVintage(NEWER, { source: '示例', asOf: '2020-02-14' }).vintage
  const body = {
    draft: draftOf(oursOn(store, EVE), list, EVE),
    date: '2020-02-14',
    instrument: '示例批复',
    fromConfidence: 0,
  }
  const confirm = () => city.ask('admin', 'POST', '/api/areas/reform/confirm', body)
  const town = city.area('511902106')

  await store.db.query(`alter table area_facts add constraint broken check (fact->>'kind' <> 'moved')`)
  const failed = await confirm()
  expect(failed.json()).toMatchObject({
    status: 500,
    code: 'internal',
    message: { zh: expect.stringContaining('未保存任何内容'), en: expect.stringContaining('nothing was saved') },
  })
  expect(city.errors).toHaveLength(1)
  expect(store.areas.tree.asOf('2020-02-14').get(town)).toBeDefined()
  expect(await store.db.query(`select 1 from area_facts where fact->>'kind' <> 'created'`)).toEqual([])

  await store.db.query('alter table area_facts drop constraint broken')
  const { draft } = body
  const [one, ...others] = draft.proposals
  for (const [wrong, path] of [
    [{ ...body, draft: { format: 'guatu-reform' } }, 'draft.eve'],
    [{ ...body, draft: { ...draft, proposals: undefined } }, 'draft.proposals'],
    [{ ...body, draft: { ...draft, proposals: [one, {}] } }, 'draft.proposals.1.id'],
    [{ ...body, draft: { ...draft, proposals: [{ ...one, from: [{}] }, ...others] } }, 'draft.proposals.0.from'],
    [{ ...body, draft: { ...draft, continues: [['511902']] } }, 'draft.continues'],
    [{ ...body, draft: [] }, 'draft'],
    [{ ...body, date: '2020-02-30' }, 'date'],
    [{ ...body, fromConfidence: '0' }, 'fromConfidence'],
  ] as const) {
    const refused = await city.ask('admin', 'POST', '/api/areas/reform/confirm', wrong)
    expect([refused.statusCode, refused.json()]).toMatchObject([422, { path, message: { zh: expect.stringContaining('请') } }])
  }
  const both = await Promise.all([confirm(), confirm()])
  expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
  expect(both.find(({ statusCode }) => statusCode === 200)?.json()).toMatchObject({ moved: 0, dropped: 0 })
  const recorded = {
    code: 'reform-recorded',
    message: { zh: expect.stringContaining('已经登记过'), en: expect.stringContaining('recorded already') },
  }
  expect(both.find(({ statusCode }) => statusCode === 409)?.json()).toMatchObject(recorded)
  expect((await confirm()).json()).toMatchObject(recorded)
  expect(store.areas.tree.asOf('2020-02-14').get(town)).toBeUndefined()
})
