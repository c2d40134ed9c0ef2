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
    at.clock.set(Temporal.Instant.from('2020-02-14T02:00:00Z').add({ minutes: minute }).toString())
    const answer = await at.ask(as, 'POST', `/api/${record}/${id}/${action}`, { event: randomUUID(), input, area })
    return answer.statusCode < 300 ? 'done' : answer.json<{ code: string }>().code
  }
  const register = async (name: string, more: object = {}, id: string = randomUUID()) => {
    expect(await act('grid', 'person', id, 'register', { name, documentType: 'none', ...more })).toBe('done')
    return id
  }
  const linkOf = async (record: 'person' | 'household', id: string) =>
    (await at.ask('grid', 'POST', '/api/self-links', { record, id })).json<{ path: string }>().path
  const person = await register('测试甲')
  const path = await linkOf('person', person)
  const see = async (url = path) => (await at.app.inject({ method: 'GET', url })).body
  const declare = async (values: Record<string, string>, link = path, step = 'arrival/declare') =>
    await at.app.inject({
      method: 'POST',
      url: `${link}/${step}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
      payload: new URLSearchParams({ event: randomUUID(), go: 'send', ...values }).toString(),
    })
  const arrivals = async () =>
    await at.store.db.query<{ person: string; area: string }>('select person, area from r_arrival order by created_at')
  return { ...at, act, register, linkOf, person, see, declare, arrivals }
}

const FROM_WUHAN = { arrivedOn: '2020-02-13', origin: '湖北省武汉市' }

it('tells whoever declares by their own link what applies, for how long and why, at once and when they come back', async () => {
  const at = await withLink()
  const sent = await at.declare(FROM_WUHAN)
  expect(sent.statusCode).toBe(200)
  for (const words of ['按规定您需居家观察至2020年2月27日（还有13天）', '请不要外出', '理由：疫情较重地区返回（湖北省武汉市）。', '回执号'])
    expect(sent.body).toContain(words)
  expect(sent.body).toMatch(/2020年2月14日 \d\d:\d\d</)
  const read = await at.declare({ ...FROM_WUHAN, go: 'next', place: '50', lang: 'en' })
  expect(read.body).toContain('<dt>Arrived on</dt><dd>13 Feb 2020</dd>')
  at.clock.set('2020-02-16T02:00:00Z')
  const later = await at.see()
  expect([later.includes('观察至2020年2月27日（还有11天）'), later.includes('13天')]).toEqual([true, false])
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
  expect(sent.body).toContain('By the rules you stay at home under observation until 27 Feb 2020')
})

it('declares where the person lives now, for whom an entry was merged into, and for nobody once the entry is erased', async () => {
  const at = await withLink()
  expect(await at.act('duty', 'person', at.person, 'moveArea', {}, at.area('511921106201'))).toBe('done')
  expect((await at.declare(FROM_WUHAN)).statusCode).toBe(200)
  expect(await at.arrivals()).toEqual([{ person: at.person, area: at.area('511921106201') }])

  const stays = await at.register('测试乙')
  expect(await at.act('duty', 'person', at.person, 'merge', { mergedInto: stays })).toBe('done')
  expect((await at.declare({ ...FROM_WUHAN, arrivedOn: '2020-02-11' })).statusCode).toBe(200)
  expect((await at.arrivals())[1]).toEqual({ person: stays, area: at.village })
  // And once more: the link speaks for the one that stays in the end.
  const last = await at.register('测试丙')
  expect(await at.act('duty', 'person', stays, 'merge', { mergedInto: last })).toBe('done')
  expect((await at.declare({ ...FROM_WUHAN, arrivedOn: '2020-02-09' })).statusCode).toBe(200)
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

it('offers the daily reading of an observation that was begun under an entry that was merged', async () => {
  const at = await withLink()
  const merged = await at.register('测试甲')
  const entered = { person: merged, kind: 'home', entry: 'list', class: 'listed' }
  expect(await at.act('grid', 'watch', randomUUID(), 'enter', entered)).toBe('done')
  expect(await at.see()).not.toContain('测温')
  expect(await at.act('town', 'person', merged, 'merge', { mergedInto: at.person })).toBe('done')
  expect(await at.see()).toContain('测温')
})

/** A household of 赵 and 钱 with a link of its own, and the page of that link on which 钱 was chosen. */
async function withHousehold() {
  const at = await withLink()
  const home = async (door: string) => {
    const id = randomUUID()
    expect(await at.act('grid', 'household', id, 'register', { door, kind: 'family' })).toBe('done')
    return id
  }
  const [here, there] = [await home('101'), await home('102')]
  const member = (name: string, first: string) => at.register(name, { household: here }, `${first}0000000-0000-4000-8000-000000000001`)
  const [zhao, qian] = [await member('赵一', '1'), await member('钱九', '9')]
  const link = await at.linkOf('household', here)
  const chosen = async (name: string, of = link) => {
    const href = new RegExp(`href="([^"]+)">${name}<`).exec(await at.see(of))?.[1]?.replaceAll('&amp;', '&') ?? ''
    const menu = await at.see(of + href)
    const hidden = (field: string) => new RegExp(`name="${field}" value="([^"]*)"`).exec(menu)?.[1] ?? ''
    return { who: hidden('who'), row: hidden('row') }
  }
  return { ...at, here, there, zhao, qian, member, link, chosen }
}

it('declares for whom the page of a household names, whoever came meanwhile, and refuses in words whoever left', async () => {
  const at = await withHousehold()
  const { who } = await at.chosen('钱\\*')
  await at.member('孙五', '5')
  const sent = await at.declare({ ...FROM_WUHAN, who }, at.link)
  expect([sent.statusCode, (await at.arrivals()).map(({ person }) => person)]).toEqual([200, [at.qian]])

  const { row } = await at.chosen('钱\\*')
  expect(await at.act('grid', 'person', at.qian, 'changeHousehold', { household: at.there })).toBe('done')
  for (const [step, values] of [
    ['arrival/declare', { ...FROM_WUHAN, who }],
    ['arrival/amend', { who, row, arrivedOn: '2020-02-12' }],
  ] as const) {
    const late = await at.declare(values, at.link, step)
    expect([late.statusCode, late.body.includes('此人已不在本户'), late.body.includes('重新选择为谁填写')]).toEqual([409, true, true])
  }
  expect(await at.see(`${at.link}?who=${who}`)).toContain('此人已不在本户')
  expect((await at.arrivals()).map(({ person }) => person)).toEqual([at.qian])
  // What one link calls somebody is nothing to another, nor is a place in the list.
  for (const other of [who, '1'])
    expect((await at.declare({ ...FROM_WUHAN, who: other }, await at.linkOf('household', at.there))).statusCode).toBe(409)
})

it('offers everybody of a dormitory, and what they may go on with however much of theirs is confirmed', async () => {
  const at = await withHousehold()
  const others = Array.from({ length: 23 }, (_, i) => '甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天'[i] ?? '')
  for (const name of others) await at.register(`${name}二`, { household: at.here })
  const page = await at.see(at.link)
  expect([page.match(/\?who=/g)?.length, page.includes('/arrival/declare')]).toEqual([25, false])
  const { who } = await at.chosen('天\\*')
  const menu = await at.see(`${at.link}?who=${who}`)
  expect([menu.match(/>[^<]{1,3}\*</g)?.length, menu.includes('/arrival/declare'), menu.includes('为另一人填写')]).toEqual([1, true, true])
  for (let day = 1; day <= 22; day += 1) {
    const id = randomUUID()
    const arrivedOn = Temporal.PlainDate.from('2020-01-22').add({ days: day }).toString()
    const said = { person: at.qian, channel: 'worker', arrivedOn, origin: day % 2 === 0 ? '四川省达州市' : '重庆市' }
    expect(await at.act('grid', 'arrival', id, 'declare', said)).toBe('done')
    if (day < 22) expect(await at.act('grid', 'arrival', id, 'confirm', {})).toBe('done')
  }
  const { row } = await at.chosen('钱\\*')
  expect((await at.store.db.query('select state from r_arrival where id = $1', [row]))[0]).toEqual({ state: 'declared' })
})

it('goes on with the page of a member whose entry was merged into another of the same household', async () => {
  const at = await withHousehold()
  const { who } = await at.chosen('钱\\*')
  expect([who.includes(at.qian), who === (await at.chosen('赵\\*')).who]).toEqual([false, false])
  expect(await at.act('duty', 'person', at.qian, 'merge', { mergedInto: at.zhao })).toBe('done')
  expect((await at.declare({ ...FROM_WUHAN, who }, at.link)).statusCode).toBe(200)
  expect((await at.arrivals()).map(({ person }) => person)).toEqual([at.zhao])
})

it('answers in words where too many report over one network', async () => {
  const at = await withLink()
  let answer = await at.app.inject({ method: 'GET', url: '/p/unknown' })
  for (let k = 0; k < 2_000 && answer.statusCode !== 429; k += 1) answer = await at.app.inject({ method: 'GET', url: '/p/unknown' })
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([429, 'text/html; charset=utf-8'])
  expect(answer.body).toContain('请等一分钟')
})
