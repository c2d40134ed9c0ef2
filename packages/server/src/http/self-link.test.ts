import { randomUUID } from 'node:crypto'
import { registry } from '@guatu/domains'
import { expect, it } from 'vitest'
import { openCity } from './testing/city.ts'

/** A person with a link of their own, and what that link says and takes. */
async function withLink() {
  const at = await openCity('postgres', registry)
  let minute = 0
  const act = async (as: string, record: string, id: string, action: string, input: object, area = at.village) => {
    minute += 1
    at.clock.set(`2020-02-14T02:${String(minute).padStart(2, '0')}:00Z`)
    const answer = await at.ask(as, 'POST', `/api/${record}/${id}/${action}`, { event: randomUUID(), input, area })
    return answer.statusCode < 300 ? 'done' : answer.json<{ code: string }>().code
  }
  const register = async (name: string) => {
    const id = randomUUID()
    expect(await act('grid', 'person', id, 'register', { name, documentType: 'none' })).toBe('done')
    return id
  }
  const person = await register('测试甲')
  const issued = await at.ask('grid', 'POST', '/api/self-links', { record: 'person', id: person })
  const { path } = issued.json<{ path: string }>()
  const see = async () => (await at.app.inject({ method: 'GET', url: path })).body
  const declare = async (values: Record<string, string>) =>
    await at.app.inject({
      method: 'POST',
      url: `${path}/arrival/declare`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
      payload: new URLSearchParams({ event: randomUUID(), go: 'send', ...values }).toString(),
    })
  const arrivals = async () =>
    await at.store.db.query<{ person: string; area: string }>('select person, area from r_arrival order by created_at')
  return { ...at, act, register, person, see, declare, arrivals }
}

const FROM_WUHAN = { arrivedOn: '2020-02-13', origin: '湖北省武汉市' }

it('tells whoever declares by their own link what applies, for how long and why, at once and when they come back', async () => {
  const at = await withLink()
  const sent = await at.declare(FROM_WUHAN)
  expect(sent.statusCode).toBe(200)
  for (const words of ['按规定您需居家观察至2020-02-27（还有13天）', '请不要外出', '理由：疫情较重地区返回（湖北省武汉市）。', '回执号'])
    expect(sent.body).toContain(words)
  at.clock.set('2020-02-16T02:00:00Z')
  const later = await at.see()
  expect([later.includes('观察至2020-02-27（还有11天）'), later.includes('13天')]).toEqual([true, false])
})

it('asks whoever names no place that is known whether they come from a listed one, and takes English names', async () => {
  const at = await withLink()
  const asked = await at.declare({ arrivedOn: '2020-02-13', origin: 'my home town', lang: 'en' })
  expect([asked.statusCode, asked.body.includes('“my home town” is not recognised'), asked.body.includes('(Hubei, Wenzhou)')]).toEqual([
    422,
    true,
    true,
  ])
  expect(asked.body).toContain('Stayed in a listed place')
  expect(await at.arrivals()).toEqual([])
  const sent = await at.declare({ arrivedOn: '2020-02-13', origin: 'Wuhan, Hubei', lang: 'en' })
  expect(sent.body).toContain('By the rules you stay at home under observation until 2020-02-27')
})

it('declares where the person lives now, for whom an entry was merged into, and for nobody once the entry is erased', async () => {
  const at = await withLink()
  expect(await at.act('duty', 'person', at.person, 'moveArea', {}, at.area('511921106201'))).toBe('done')
  expect((await at.declare(FROM_WUHAN)).statusCode).toBe(200)
  expect(await at.arrivals()).toEqual([{ person: at.person, area: at.area('511921106201') }])

  const stays = await at.register('测试乙')
  expect(await at.act('duty', 'person', at.person, 'merge', { mergedInto: stays })).toBe('done')
  expect((await at.declare({ ...FROM_WUHAN, arrivedOn: '2020-02-12' })).statusCode).toBe(200)
  expect((await at.arrivals())[1]).toEqual({ person: stays, area: at.village })
  // And once more: the link speaks for the one that stays in the end.
  const last = await at.register('测试丙')
  expect(await at.act('duty', 'person', stays, 'merge', { mergedInto: last })).toBe('done')
  expect((await at.declare({ ...FROM_WUHAN, arrivedOn: '2020-02-11' })).statusCode).toBe(200)
  expect((await at.arrivals()).at(-1)?.person).toBe(last)

  const gone = await withLink()
  expect(await gone.act('town', 'person', gone.person, 'erase', { ground: 'request' })).toBe('done')
  expect(await gone.see()).toContain('现在没有需要您填写的')
  await gone.declare(FROM_WUHAN)
  expect(await gone.arrivals()).toEqual([])
  const declared = { person: gone.person, channel: 'worker', arrivedOn: '2020-02-13', origin: '湖北省武汉市' }
  expect(await gone.act('grid', 'arrival', randomUUID(), 'declare', declared)).toBe('person-erased')
  const entry = { person: gone.person, kind: 'home', entry: 'list', class: 'listed', from: '2020-02-12' }
  expect(await gone.act('grid', 'watch', randomUUID(), 'enter', entry)).toBe('person-erased')
})

it('answers in words where too many report over one network', async () => {
  const at = await withLink()
  let answer = await at.app.inject({ method: 'GET', url: '/p/unknown' })
  for (let k = 0; k < 2_000 && answer.statusCode !== 429; k += 1) answer = await at.app.inject({ method: 'GET', url: '/p/unknown' })
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([429, 'text/html; charset=utf-8'])
  expect(answer.body).toContain('请等一分钟')
})
