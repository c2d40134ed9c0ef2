import { randomUUID } from 'node:crypto'
import { type dailyFigures, registry } from '@guatu/domains'
import exceljs from 'exceljs'
import mammoth from 'mammoth'
import { describe, expect, it } from 'vitest'
import { openCity } from '../../http/testing/city.ts'
import { dailyFreezer } from './freeze.ts'

type Frozen = { readonly id: string; readonly area: string; readonly day: string; readonly content: dailyFigures.DailyContent }

async function quietCity() {
  const city = await openCity('postgres', registry)
  city.clock.set('2020-02-13T02:00:00Z')
  const village = city.area('511902105201')
  const enter = async (happenedAt?: string) => {
    const person = randomUUID()
    const told = happenedAt === undefined ? {} : { happenedAt }
    const named = { event: randomUUID(), area: village, input: { name: '测试', documentType: 'none' }, ...told }
    expect((await city.ask('grid', 'POST', `/api/person/${person}/register`, named)).statusCode).toBeLessThan(300)
    const answer = await city.ask('grid', 'POST', `/api/watch/${randomUUID()}/enter`, {
      event: randomUUID(),
      area: village,
      input: { person, kind: 'home', entry: 'list', class: 'listed', from: '2020-02-12' },
      ...told,
    })
    expect(answer.statusCode, answer.body).toBe(200)
  }
  const frozen = async (): Promise<readonly Frozen[]> => {
    const rows = await city.store.db.query<{ id: string; area: string; day: string; content: string }>(
      "select id, area, day::text as day, content from r_daily_report where state = 'frozen' order by day, area = $1, area",
      [city.city],
    )
    return rows.map((row) => ({ ...row, content: JSON.parse(row.content) as dailyFigures.DailyContent }))
  }
  return { ...city, enter, frozen, freeze: dailyFreezer(city.store) }
}

const observed = (one: Frozen | undefined) => one?.content.total.books['monitoring.observed']?.stock

describe('a daily report that nobody froze', { timeout: 240_000 }, () => {
  it('is frozen at the time that the parameters give, counties first, once', async () => {
    const at = await quietCity()
    await at.enter()
    at.clock.set('2020-02-13T16:29:59Z')
    // The day before is over already: with it the row of reports begins.
    expect(await at.freeze()).toBe(6)
    expect((await at.frozen()).map(({ day }) => day)).toEqual(['2020-02-12', '2020-02-12', '2020-02-12'])
    at.clock.set('2020-02-13T16:30:00Z')
    expect(await at.freeze()).toBe(4)
    at.clock.set('2020-02-13T17:00:00Z')
    expect(await at.freeze()).toBe(2)
    expect(await at.freeze()).toBe(0)
    // Another server, or this one after a crash, finds it done.
    expect(await dailyFreezer(at.store)()).toBe(0)
    const of13 = (await at.frozen()).filter(({ day }) => day === '2020-02-13')
    expect(of13.map(observed).sort()).toEqual([0, 1, 1])
    expect(of13.at(-1)?.content.level).toBe('city')
    expect(await at.store.db.query("select distinct frozen_by as by from r_daily_report where state = 'frozen'")).toEqual([
      { by: 'system' },
    ])
  })

  it('leaves alone what a person froze, and catches up what passed while the system stood still', async () => {
    const at = await quietCity()
    await at.enter()
    at.clock.set('2020-02-13T16:10:00Z')
    const id = randomUUID()
    const act = (action: string, input: object) =>
      at.ask('county', 'POST', `/api/dailyReport/${id}/${action}`, { event: randomUUID(), area: at.county, input })
    await act('compose', { day: '2020-02-13' })
    expect((await act('freeze', {})).statusCode).toBe(200)
    at.clock.set('2020-02-16T18:00:00Z')
    await at.freeze()
    const all = await at.frozen()
    const days = (area: string) => all.filter((one) => one.area === area).map((one) => one.day)
    expect(days(at.county)).toEqual(['2020-02-13', '2020-02-14', '2020-02-15', '2020-02-16'])
    expect(days(at.city)).toEqual(['2020-02-16'])
    expect(all.find((one) => one.area === at.county && one.day === '2020-02-13')?.id).toBe(id)
  })

  it('catches up the days of the window after a standstill that was longer than it', async () => {
    const at = await quietCity()
    at.clock.set('2020-02-13T17:00:00Z')
    await at.freeze()
    const before = (await at.frozen()).length
    at.clock.set('2020-03-07T02:00:00Z')
    await at.freeze()
    const later = (await at.frozen()).slice(before)
    for (const area of [at.county, at.city])
      expect(later.filter((one) => one.area === area).map(({ day }) => day)).toEqual([
        '2020-02-29',
        '2020-03-01',
        '2020-03-02',
        '2020-03-03',
        '2020-03-04',
        '2020-03-05',
        '2020-03-06',
      ])
    expect(at.errors).toEqual([])
  })

  it('stays as it was: what comes in late is in the next one, named, and the stock carries over', async () => {
    const at = await quietCity()
    await at.enter()
    await at.enter()
    at.clock.set('2020-02-13T17:00:00Z')
    await at.freeze()
    const before = (await at.frozen()).find(({ area, day }) => area === at.city && day === '2020-02-13')
    expect(observed(before)).toBe(2)
    at.clock.set('2020-02-14T01:00:00Z')
    await at.enter('2020-02-13T08:00:00Z')
    await at.enter()
    at.clock.set('2020-02-14T17:00:00Z')
    await at.freeze()
    const all = await at.frozen()
    expect(all.find(({ id }) => id === before?.id)?.content).toEqual(before?.content)
    const next = all.find(({ area, day }) => area === at.city && day === '2020-02-14')
    expect(observed(next)).toBe(4)
    const since = next?.content.since
    expect(since).toMatchObject({ report: before?.id, day: '2020-02-13', acts: 1 })
    expect(since?.named).toMatchObject([
      { record: registry.records.get('watch')?.label, happenedAt: '2020-02-13T08:00:00.000Z', recordedAt: '2020-02-14T01:00:00.000Z' },
    ])
    expect(since?.changed).toContainEqual({ area: at.city, name: '巴中市', line: 'observed', was: 2, is: 3 })
    const carried = next?.content.checks.find(({ code }) => code === 'carried')
    expect(carried).toMatchObject({ holds: true, left: 4 })
    expect(carried?.words.zh).toBe('巴中市：正在观察 4 = 昨日上报 2 + 其后补录 1 + 当日进 1 − 当日出 0')
    const book = new exceljs.Workbook()
    const sheet = await at.ask('duty', 'GET', `/api/dailyReport/${next?.id}/report.xlsx`)
    await book.xlsx.load(new Uint8Array(sheet.rawPayload).buffer as ArrayBuffer)
    expect(book.worksheets.map(({ name }) => name)).toEqual([
      '日报汇总',
      '当日进出',
      '分类进出',
      '报送情况',
      '补录更正',
      '补录记录',
      '校验',
    ])
    const document = await at.ask('duty', 'GET', `/api/dailyReport/${next?.id}/document.docx`)
    const { value } = await mammoth.extractRawText({ buffer: document.rawPayload })
    expect(value).toContain('上次日报（2020年2月13日）之后补录、更正以往日期的记录1条')
    expect(at.errors).toEqual([])
  })

  it('of the city names what a county froze otherwise of the same day, and is frozen with it', async () => {
    const at = await quietCity()
    await at.enter()
    at.clock.set('2020-02-13T16:31:00Z')
    await at.freeze()
    at.clock.set('2020-02-13T16:45:00Z')
    await at.enter('2020-02-13T12:00:00Z')
    at.clock.set('2020-02-13T17:01:00Z')
    await at.freeze()
    const of13 = (await at.frozen()).filter(({ day }) => day === '2020-02-13')
    const [county, city] = [at.county, at.city].map((area) => of13.find((one) => one.area === area))
    expect([observed(county), observed(city)]).toEqual([1, 2])
    expect(city?.content.checks.every(({ holds }) => holds)).toBe(true)
    expect(city?.content.counties).toMatchObject([{ report: county?.id, composedAt: county?.content.composedAt }])
    expect(city?.content.counties?.[0]?.changed).toContainEqual({ area: at.county, name: '巴州区', line: 'observed', was: 1, is: 2 })
    expect(county?.content.counties).toBeUndefined()
    const document = await at.ask('duty', 'GET', `/api/dailyReport/${city?.id}/document.docx`)
    const { value } = await mammoth.extractRawText({ buffer: document.rawPayload })
    expect(value).toContain('与区县已冻结日报不同')
    expect(value).toContain('正在观察1，本表2')
    const book = new exceljs.Workbook()
    const sheet = await at.ask('duty', 'GET', `/api/dailyReport/${city?.id}/report.xlsx`)
    await book.xlsx.load(new Uint8Array(sheet.rawPayload).buffer as ArrayBuffer)
    const rows = book
      .getWorksheet('与区县日报不同')
      ?.getRows(4, 2)
      ?.map(({ values }) => (Array.isArray(values) ? values.slice(3) : []))
    expect(rows).toContainEqual(['累计观察', 1, 2, 1])
    expect(at.errors).toEqual([])
  })

  it('names what an offline phone brings of five days ago, against every frozen day that it changes, once', async () => {
    const at = await quietCity()
    await at.enter()
    const reportOf = async (day: string) => {
      at.clock.set(Temporal.PlainDate.from(day).add({ days: 1 }).toString().concat('T01:00:00+08:00'))
      await at.freeze()
      return (await at.frozen()).find((one) => one.area === at.county && one.day === day)?.content.since
    }
    for (const day of ['13', '14', '15', '16', '17']) await reportOf(`2020-02-${day}`)
    at.clock.set('2020-02-18T03:00:00Z')
    await at.enter('2020-02-13T08:00:00Z')
    const since = await reportOf('2020-02-18')
    expect(since).toMatchObject({ day: '2020-02-17', acts: 1, named: [{ day: '2020-02-13', happenedAt: '2020-02-13T08:00:00.000Z' }] })
    const observedOf = (one: typeof since) =>
      [...(one?.earlier ?? []), ...(one ? [one] : [])].flatMap(({ day, changed }) =>
        changed.flatMap(({ area, line, was, is }) => (area === at.county && line === 'observed' ? [[day, was, is]] : [])),
      )
    expect(observedOf(since)).toEqual(['13', '14', '15', '16', '17'].map((day) => [`2020-02-${day}`, 1, 2]))
    expect(since?.earlier?.[0]?.changed).toContainEqual({ area: at.county, name: '巴州区', line: 'entered', was: 1, is: 2 })
    // What was told once is not told again; what becomes known of it after that is, against what was told, under the day that it is about.
    expect(observedOf(await reportOf('2020-02-19'))).toEqual([])
    const [late] = await at.store.db.query<{ id: string }>(
      "select record_id as id from events where record = 'watch' and action = 'enter' and recorded_at > '2020-02-18'",
    )
    at.clock.set('2020-02-20T03:00:00Z')
    const changed = await at.ask('county', 'POST', `/api/watch/${late?.id}/shift`, {
      event: randomUUID(),
      happenedAt: '2020-02-13T09:00:00Z',
      input: { kind: 'self' },
    })
    expect(changed.statusCode, changed.body).toBe(200)
    const next = await reportOf('2020-02-20')
    expect(next).toMatchObject({ acts: 1, named: [{ day: '2020-02-13' }] })
    expect(observedOf(next)).toEqual([])
    expect(next?.earlier?.find(({ day }) => day === '2020-02-13')?.changed).toContainEqual({
      area: at.county,
      name: '巴州区',
      line: 'home',
      was: 2,
      is: 1,
    })
    const report = (await at.frozen()).find((one) => one.area === at.county && one.day === '2020-02-18')
    const document = await at.ask('duty', 'GET', `/api/dailyReport/${report?.id}/document.docx`)
    const { value } = await mammoth.extractRawText({ buffer: document.rawPayload })
    expect(value).toContain('涉及更早的2020年2月13日、2020年2月14日、2020年2月15日、2020年2月16日')
    const book = new exceljs.Workbook()
    const sheet = await at.ask('duty', 'GET', `/api/dailyReport/${report?.id}/report.xlsx`)
    await book.xlsx.load(new Uint8Array(sheet.rawPayload).buffer as ArrayBuffer)
    expect(book.getWorksheet('补录更正')?.getRow(5).values).toEqual([undefined, '巴州区', '2020年2月13日', '累计观察', 1, 2, 1])
  })

  it('is frozen once, whoever is second by a moment or by a day, unless a new one says which it corrects', async () => {
    const at = await quietCity()
    await at.enter()
    const compose = async (more: object = {}) => {
      const { replaces } = (await at.ask('county', 'POST', '/api/daily/compose', { area: at.county, day: '2020-02-13' })).json<{
        replaces?: string
      }>()
      const id = randomUUID()
      const input = { day: '2020-02-13', ...more }
      const done = await at.ask('county', 'POST', `/api/dailyReport/${id}/compose`, { event: randomUUID(), area: at.county, input })
      expect(done.statusCode, done.body).toBeLessThan(300)
      return { id, replaces }
    }
    const freeze = async (as: string, { id }: { id: string }) => {
      const answer = await at.ask(as, 'POST', `/api/dailyReport/${id}/freeze`, { event: randomUUID(), input: {} })
      return answer.statusCode === 200 ? 'done' : answer.json<{ code: string }>().code
    }
    // How it stands at ten in the morning may be kept; the report of the day it is not, then or at midnight.
    const [early, kept] = [await compose(), await compose()]
    expect(await freeze('county', early)).toBe('done')
    at.clock.set('2020-02-13T16:05:00Z')
    expect(await freeze('county', kept)).toBe('daily-day-not-over')
    expect(await freeze('county', await compose({ replaces: early.id }))).toBe('daily-replaces-another')
    const [one, other] = [await compose(), await compose()]
    expect([one.replaces, other.replaces]).toEqual([undefined, undefined])
    expect((await Promise.all([freeze('county', one), freeze('duty', other)])).sort()).toEqual(['daily-frozen-already', 'done'])
    await at.freeze()
    at.clock.set('2020-02-14T02:00:00Z')
    await at.enter('2020-02-13T08:00:00Z')
    await at.freeze()
    const stands = (await at.frozen()).filter(({ id, area, day }) => id !== early.id && area === at.county && day === '2020-02-13')
    expect(stands.map(observed)).toEqual([1])
    // The correction names the report that stands, and only that one.
    const silent = await compose()
    expect(silent.replaces).toBe(stands[0]?.id)
    expect(await freeze('county', silent)).toBe('daily-frozen-already')
    const corrected = await compose({ replaces: silent.replaces })
    expect(await freeze('county', corrected)).toBe('done')
    expect(await freeze('county', await compose({ replaces: silent.replaces }))).toBe('daily-frozen-already')
    // The next day is held against what was said last: nothing is late that the correction had.
    at.clock.set('2020-02-14T17:00:00Z')
    await at.freeze()
    const next = (await at.frozen()).find(({ area, day }) => area === at.county && day === '2020-02-14')
    expect(next?.content.since).toMatchObject({ report: corrected.id, acts: 0, changed: [], earlier: [] })
    expect(next?.content.checks.find(({ code }) => code === 'carried')).toMatchObject({ holds: true, left: 2 })
  })
})
