import { randomUUID } from 'node:crypto'
import { dailyFigures, registry } from '@guatu/domains'
import exceljs from 'exceljs'
import mammoth from 'mammoth'
import { describe, expect, it } from 'vitest'
import { openCity } from '../../http/testing/city.ts'

const AT = { at: '2020-02-13T02:00:00Z', night: '2020-02-13T16:05:00Z' }
type Composed = { content: dailyFigures.DailyContent; hash: string }

/** Six people come back to one village and one of another county's; one is confirmed, one released long before the day ends. */
async function eveningCity(engine: 'pglite' | 'postgres') {
  const city = await openCity(engine, registry)
  city.clock.set(AT.at)
  const act = async (as: string, record: string, id: string, action: string, input: object, area?: string, happenedAt?: string) => {
    const answer = await city.ask(as, 'POST', `/api/${record}/${id}/${action}`, {
      event: randomUUID(),
      input,
      ...(area === undefined ? {} : { area }),
      ...(happenedAt === undefined ? {} : { happenedAt }),
    })
    expect(answer.statusCode, answer.body).toBeLessThan(300)
    return answer.json()
  }
  const watch = async (as: string, area: string, happenedAt?: string) => {
    const id = randomUUID()
    const person = randomUUID()
    await act(as, 'person', person, 'register', { name: '测试', documentType: 'none' }, area, happenedAt)
    await act(as, 'watch', id, 'enter', { person, kind: 'home', entry: 'list', class: 'listed', from: '2020-02-12' }, area, happenedAt)
    return id
  }
  const village = city.area('511902105201')
  const other = city.area('511921106201')
  const ids: string[] = []
  for (let i = 0; i < 6; i += 1) ids.push(await watch('grid', village))
  await watch('other', other)
  const compose = async (as: string, area: string, day = '2020-02-13') => {
    const answer = await city.ask(as, 'POST', '/api/daily/compose', { area, day })
    return { status: answer.statusCode, body: answer.json<Composed>() }
  }
  return { ...city, act, watch, compose, ids, village, other }
}

const lineOf = (books: dailyFigures.AreaBooks, indicator: string) => books.books[indicator]

// A whole city is opened for each test: on a busy machine that takes its time.
describe.each(['pglite', 'postgres'] as const)('the daily report on %s', { timeout: 240_000 }, (engine) => {
  it('is counted from the books: the city, its counties, what balances, who was silent, what came late', async () => {
    const at = await eveningCity(engine)
    at.clock.set(AT.night)
    const { status, body } = await at.compose('duty', at.city)
    expect(status).toBe(200)
    const { content } = body
    expect(lineOf(content.total, 'monitoring.observed')).toMatchObject({ stock: 7, entered: 7, before: 0 })
    expect(content.parts.map(({ name, books }) => [name, books['monitoring.observed']?.stock])).toEqual([
      ['巴州区', 6],
      ['通江县', 1],
    ])
    expect(content.checks.every(({ holds }) => holds)).toBe(true)
    expect(content.late).toBe(0)
    // An entry of the day that arrives after the cut-off is in the figures, and said to be late.
    await at.watch('grid', at.village, '2020-02-13T10:00:00Z')
    const later = (await at.compose('duty', at.city)).body
    expect(lineOf(later.content.total, 'monitoring.observed')?.stock).toBe(8)
    expect(later.content.late).toBeGreaterThan(0)
    // The county sees its towns: one has data, the other says nothing until it says that there is nothing.
    const silent = (await at.compose('county', at.county)).body.content
    expect([silent.level, silent.zero, silent.silent]).toEqual(['county', [], ['兴隆镇']])
    const town = at.area('511902106')
    await at.act('county', 'zeroReport', randomUUID(), 'report', { day: '2020-02-13', of: town }, town)
    const county = (await at.compose('county', at.county)).body.content
    expect([county.zero, county.silent]).toEqual([['兴隆镇'], []])
    // A town that said so and has entries of that day, whichever came first, is not one that had nothing.
    const contradicted = (content: dailyFigures.DailyContent) =>
      content.checks.flatMap(({ code, holds, area, left }) => (code === 'zero' ? [[area, holds, left]] : []))
    expect(contradicted(county)).toEqual([])
    await at.watch('county', at.area('511902106201'), '2020-02-13T11:00:00Z')
    const after = (await at.compose('county', at.county)).body.content
    expect([after.zero, after.silent, contradicted(after)]).toEqual([[], [], [[town, false, 1]]])
    const said = after.checks.find(({ code }) => code === 'zero')
    expect(said?.words).toEqual({
      zh: expect.stringMatching(/^兴隆镇：已零报告，但当日有新纳入观察 1/),
      en: expect.stringMatching(/^兴隆镇: reported zero, but the day has entries into observation 1/),
    })
    expect(said?.events?.length).toBeGreaterThan(0)
    // Once the books know it, the act itself is refused, with the figures; for a town as for a village, and again after taking back.
    const zero = async (as: string, of: string, where = of, day = '2020-02-13', id = randomUUID(), action = 'report') =>
      (
        await at.ask(as, 'POST', `/api/zeroReport/${id}/${action}`, {
          event: randomUUID(),
          area: where,
          input: action === 'report' ? { day, of } : action === 'withdraw' ? { reason: '误报' } : {},
        })
      ).json<{ code?: string; message?: { zh: string; en: string } }>()
    const refused = await zero('grid', at.village)
    expect(refused).toMatchObject({ code: 'zero-report-contradicted', status: 409 })
    expect(JSON.stringify(refused)).toContain('该地区2020年2月13日已有新纳入观察 7，不能零报告')
    expect(await zero('town', at.area('511902105'))).toMatchObject({ code: 'zero-report-contradicted' })
    expect(await zero('grid', town, at.village)).toMatchObject({ code: 'zero-report-elsewhere' })
    const id = randomUUID()
    const before = '2020-02-12'
    const village = async () =>
      (await at.compose('other', at.area('511921'), before)).body.content.checks.flatMap(({ code, area, left, words }) =>
        code === 'zero' ? [[area, left, words.zh.split('：')[0]]] : [],
      )
    expect((await zero('other', at.other, at.other, before, id)).code).toBeUndefined()
    expect(await village()).toEqual([])
    await at.watch('other', at.other, '2020-02-12T11:30:00Z')
    expect(await village()).toEqual([[at.other, 1, '红光村委会']])
    expect((await zero('other', at.other, at.other, before, id, 'withdraw')).code).toBeUndefined()
    expect(await zero('other', at.other, at.other, before, id, 'reportAgain')).toMatchObject({ code: 'zero-report-contradicted' })
    const early = await at.ask('county', 'POST', `/api/zeroReport/${randomUUID()}/report`, {
      event: randomUUID(),
      area: town,
      input: { day: '2020-02-15', of: town },
    })
    expect(early.json()).toMatchObject({ code: 'zero-report-too-early' })
    expect(await zero('county', town, town, '2020-01-19')).toMatchObject({ code: 'zero-report-before-first', path: 'input.day' })
    expect(await zero('county', town, town, '2020-02-10')).toMatchObject({ code: 'zero-report-too-late', status: 409, path: 'input.day' })
    expect((await zero('county', town, town, '2020-02-11')).code).toBeUndefined()
    expect((await at.compose('county', at.city)).status).toBe(403)
    expect((await at.compose('duty', at.village)).status).toBe(422)
    expect((await at.compose('duty', at.city, '2020-02-31')).status).toBe(422)
    expect((await at.compose('duty', at.city, '2020-03-01')).status).toBe(422)
  })

  it('is of one moment: whoever is entered while it is composed is entered after it', async () => {
    const at = await eveningCity(engine)
    const report = { composed: false }
    const entering = (async () => {
      do await at.watch('grid', at.village)
      while (!report.composed)
    })()
    const { content } = (await at.compose('duty', at.city)).body
    report.composed = true
    await entering
    await at.watch('grid', at.village)
    const [entered] = await at.store.db.query<{ before: number; all: number }>(
      `select (count(*) filter (where recorded_at <= $1))::int as before, count(*)::int as all from events where record = 'watch' and action = 'enter'`,
      [content.composedAt],
    )
    expect(entered?.all).toBeGreaterThan(entered?.before ?? 0)
    expect(lineOf(content.total, 'monitoring.observed')).toMatchObject({ stock: entered?.before, entered: entered?.before })
  })

  it('tells releases from every other way out, and arrivals of the day from declarations of it', async () => {
    const at = await eveningCity(engine)
    const [confirmed, mistaken, died, sent, released] = at.ids
    await at.act('duty', 'watch', confirmed ?? '', 'confirm', {})
    await at.act('duty', 'watch', mistaken ?? '', 'void', { why: 'mistaken' })
    await at.act('duty', 'watch', died ?? '', 'die', {})
    await at.act('duty', 'watch', sent ?? '', 'transfer', { exitTo: '成都市' })
    // Four arrivals become known today: two came today, one a week ago, and one is withdrawn again.
    const declare = async (arrivedOn: string) => {
      const [id, person] = [randomUUID(), randomUUID()]
      await at.act('grid', 'person', person, 'register', { name: '测试', documentType: 'none' }, at.village)
      await at.act('grid', 'arrival', id, 'declare', { person, channel: 'worker', arrivedOn, origin: '四川省成都市' }, at.village)
      return id
    }
    await declare('2020-02-13')
    await declare('2020-02-06')
    const slip = await declare('2020-02-06')
    await at.act('grid', 'arrival', slip, 'amend', { arrivedOn: '2020-02-13' })
    await at.act('grid', 'arrival', await declare('2020-02-13'), 'withdraw', {})
    // One who left a week ago is confirmed today.
    const departure = randomUUID()
    const leaves = { person: randomUUID(), channel: 'worker', leavesOn: '2020-02-06', destination: '四川省成都市', purpose: 'work' }
    await at.act('grid', 'person', leaves.person, 'register', { name: '测试', documentType: 'none' }, at.village)
    await at.act('grid', 'departure', departure, 'declare', leaves, at.village)
    await at.act('grid', 'departure', departure, 'confirm', { leftOn: '2020-02-06' })
    at.clock.set(AT.night)
    const figures = async (day: string) => {
      const { total, checks } = (await at.compose('duty', at.city, day)).body.content
      expect(checks.filter(({ holds }) => !holds)).toEqual([])
      return Object.fromEntries(dailyFigures.LINES.map((line) => [line.key, dailyFigures.figureOf(total, line)] as const))
    }
    const today = await figures('2020-02-13')
    expect(today).toMatchObject({ releasedToday: 0, otherToday: 3, confirmedToday: 1, transferredToday: 1, diedToday: 1 })
    // With the one that the withdrawn declaration had opened.
    expect(today.wrongToday).toBe(2)
    expect(today).toMatchObject({ arrivedToday: 2, listedToday: 0, declaredToday: 4, released: 0, otherExits: 3 })
    expect(today.departures).toBe(0)
    expect(await figures('2020-02-06')).toMatchObject({ arrivedToday: 1, departures: 1 })
    // The day of release comes: it alone is a release.
    at.clock.set('2020-02-26T02:00:00Z')
    await at.act('grid', 'watch', released ?? '', 'check', { half: 'morning', temperature: 36.5, how: 'worker' })
    await at.act('grid', 'watch', released ?? '', 'release', { signed: true })
    expect(await figures('2020-02-26')).toMatchObject({
      entered: 0,
      releasedToday: 1,
      otherToday: 0,
      wrongToday: 0,
      released: 1,
      otherExits: 3,
    })
    // Somebody whom nobody observed is found suspected and confirmed: counted as such, and as no exit.
    const [sick, way] = [randomUUID(), randomUUID()]
    await at.act('grid', 'person', sick, 'register', { name: '测试', documentType: 'none' }, at.village)
    await at.act('grid', 'transfer', way, 'open', { person: sick, reason: 'signs' }, at.village)
    for (const found of ['suspect', 'confirm']) await at.act('doctor', 'transfer', way, found, {})
    expect(await figures('2020-02-26')).toMatchObject({ suspected: 1, confirmedToday: 1, unobservedToday: 1, confirmed: 2, otherToday: 0 })
    const reports = { '2020-02-13': randomUUID(), '2020-02-26': randomUUID() } as const
    for (const [day, id] of Object.entries(reports)) await at.act('duty', 'dailyReport', id, 'compose', { day }, at.city)
    for (const [day, lang, said] of [
      ['2020-02-13', 'zh', '解除0人，其他退出3人（转确诊1人、转出或离开1人、死亡1人'],
      ['2020-02-13', 'en', '0 were released, 3 left otherwise (1 confirmed, 1 transferred or departed, 1 died'],
      ['2020-02-26', 'zh', '其他退出0人（转确诊0人、'],
      ['2020-02-26', 'zh', '；另有未在观察的确诊1人；'],
      ['2020-02-26', 'en', '; not under observation and confirmed: 1; '],
    ] as const) {
      const document = await at.ask('duty', 'GET', `/api/dailyReport/${reports[day]}/document.docx?lang=${lang}`)
      expect((await mammoth.extractRawText({ buffer: document.rawPayload })).value).toContain(said)
    }
    expect(await at.store.rebuild({ check: true })).toMatchObject({ differences: [] })
  })

  it('names both open observations of one person that a merging brought together, until one is void or the merging is undone', async () => {
    const at = await eveningCity(engine)
    const [one, other] = [randomUUID(), randomUUID()]
    const watches: string[] = []
    for (const [i, person] of [one, other].entries()) {
      await at.act('grid', 'person', person, 'register', { name: `测试${i}`, documentType: 'none' }, at.village)
      const id = randomUUID()
      await at.act('grid', 'watch', id, 'enter', { person, kind: 'home', entry: 'list', class: 'listed', from: '2020-02-12' }, at.village)
      watches.push(id)
    }
    at.clock.set(AT.night)
    const twice = async () => {
      const { checks, total } = (await at.compose('county', at.county)).body.content
      const said = checks.filter(({ code }) => code === 'twice')
      return { said, observed: total.books['monitoring.observed']?.stock }
    }
    expect(await twice()).toEqual({ said: [], observed: 8 })
    await at.act('town', 'person', other, 'merge', { mergedInto: one })
    const { said, observed } = await twice()
    expect(observed).toBe(8)
    expect(said).toMatchObject([{ area: at.county, left: 2, right: 1, holds: false }])
    for (const id of watches)
      expect([said[0]?.words.zh, said[0]?.words.en]).toEqual([expect.stringContaining(id), expect.stringContaining(id)])
    await at.act('town', 'person', other, 'unmerge', { reason: '两人' })
    expect((await twice()).said).toEqual([])
    await at.act('town', 'person', other, 'merge', { mergedInto: one })
    await at.act('town', 'watch', watches[1] ?? '', 'void', { why: 'duplicate' })
    expect((await twice()).said).toEqual([])
  })

  it('names the acts behind a balance that is broken, and is frozen only with a reason', async () => {
    const at = await eveningCity(engine)
    at.clock.set(AT.night)
    await at.store.db.query(`update tallies set entered = entered + 1 where measure = 'monitoring.cumulative' and area = $1`, [at.county])
    const { content } = (await at.compose('county', at.county)).body
    const broken = content.checks.filter(({ holds }) => !holds)
    expect(broken.map(({ code }) => code)).toContain('cumulative')
    expect(broken[0]?.events?.length).toBeGreaterThan(0)
    const id = randomUUID()
    await at.act('county', 'dailyReport', id, 'compose', { day: content.day }, at.county)
    const freeze = (given: object) => at.ask('county', 'POST', `/api/dailyReport/${id}/freeze`, { event: randomUUID(), input: given })
    expect((await freeze({})).json()).toMatchObject({ code: 'daily-unbalanced' })
    expect((await freeze({ explanation: '系统核对中' })).statusCode).toBe(200)
  })

  it('takes its figures from the books alone, by no way from whoever sends them, however well they are sealed', async () => {
    const at = await eveningCity(engine)
    at.clock.set(AT.night)
    const { content } = (await at.compose('county', at.county)).body
    const observed = { ...content.total.books['monitoring.observed'], stock: 1, entered: 1 } as dailyFigures.DayBooks
    const forged = { ...content, total: { ...content.total, books: { ...content.total.books, 'monitoring.observed': observed } } }
    const input = {
      title: '巴州区疫情日报',
      day: content.day,
      cutOff: content.cutOff,
      content: JSON.stringify(forged),
      hash: dailyFigures.sealOfDaily(forged),
    }
    const id = randomUUID()
    const place = { event: randomUUID(), area: at.county }
    const send = async (url: string, body: object) => (await at.ask('county', 'POST', url, body)).json()
    const refused = {
      code: 'composed-by-system',
      message: { zh: expect.stringContaining('重新生成'), en: expect.stringContaining('again') },
    }
    expect(await send(`/api/dailyReport/${id}/compose`, { ...place, input })).toMatchObject(refused)
    const act = { record: 'dailyReport', id, action: 'compose', ...place, input }
    expect(await send('/api/events', { acts: [act] })).toMatchObject({ results: [{ problem: refused }] })
    expect(await send('/api/events', { acts: [{ ...act, composed: true }], together: true })).toMatchObject(refused)
    expect(await send('/api/dailyReport/x/compose', { ...place, input: { day: content.day } })).toMatchObject({ path: 'id' })

    // The draft that the server made cannot be corrected into another either, and sending the act once more makes no second one.
    const made = await send(`/api/dailyReport/${id}/compose`, { ...place, input: { day: content.day } })
    expect(made).toMatchObject({ repeated: false, event: { actor: expect.any(String) }, record: { state: 'draft' } })
    expect(made.event.actor).not.toBe('system')
    at.clock.set('2020-02-13T16:06:00Z')
    expect(await send(`/api/dailyReport/${id}/compose`, { ...place, input: { day: content.day } })).toMatchObject({ repeated: true })
    const { content: words, hash } = input
    const correction = { event: place.event, reason: '更正', input: { content: words, hash } }
    expect(await send(`/api/dailyReport/${id}/correct`, { event: randomUUID(), input: correction })).toMatchObject(refused)
    await at.act('county', 'dailyReport', id, 'freeze', {})
    const [row] = await at.store.db.query<{ content: string; title: string }>('select content, title from r_daily_report where id = $1', [
      id,
    ])
    const kept = JSON.parse(row?.content ?? '') as dailyFigures.DailyContent
    expect([row?.title, kept.total]).toEqual([dailyFigures.titleOf(content).zh, content.total])
    expect(kept.composedAt).toMatch('2020-02-13T16:05:00')
    expect((await at.ask('duty', 'GET', `/api/dailyReport/${id}/since`)).json()).toMatchObject({ intact: true, changed: [] })
    expect(await at.store.rebuild({ check: true })).toMatchObject({ differences: [] })
    // Whoever may not write one is refused, and so is a report of an area that is not the own one.
    const asked = (as: string, area: string) =>
      at.ask(as, 'POST', `/api/dailyReport/${randomUUID()}/compose`, { event: randomUUID(), area, input: { day: content.day } })
    expect((await asked('head', at.county)).statusCode).toBe(403)
    expect((await asked('county', at.city)).statusCode).toBe(403)
    expect((await asked('county', at.village)).statusCode).toBe(422)
  })

  it('stays as it was frozen, becomes sheet and document, and a bulletin that names nobody', async () => {
    const at = await eveningCity(engine)
    at.clock.set(AT.night)
    const { content } = (await at.compose('duty', at.city)).body
    const id = randomUUID()
    await at.act('duty', 'dailyReport', id, 'compose', { day: content.day }, at.city)
    expect((await at.ask('duty', 'GET', `/api/dailyReport/${id}/bulletin`)).statusCode).toBe(409)
    await at.act('duty', 'dailyReport', id, 'freeze', {})
    expect((await at.ask('duty', 'GET', `/api/dailyReport/${id}/since`)).json()).toMatchObject({ intact: true, changed: [] })
    await at.watch('grid', at.village, '2020-02-13T10:00:00Z')
    const since = (await at.ask('duty', 'GET', `/api/dailyReport/${id}/since`)).json<{ intact: boolean; changed: { line: string }[] }>()
    expect(since.intact).toBe(true)
    expect(since.changed.map(({ line }) => line)).toContain('observed')

    const book = new exceljs.Workbook()
    const sheet = await at.ask('duty', 'GET', `/api/dailyReport/${id}/report.xlsx`)
    await book.xlsx.load(new Uint8Array(sheet.rawPayload).buffer as ArrayBuffer)
    expect(book.worksheets.map(({ name }) => name)).toEqual(['日报汇总', '当日进出', '分类进出', '报送情况', '校验'])
    for (const { pageSetup } of book.worksheets)
      expect(pageSetup).toMatchObject({ fitToPage: true, fitToWidth: 1, fitToHeight: 0, printTitlesRow: '1:3' })
    // An A4 sheet across holds some 150 characters: the summary is printed at no less than nine tenths.
    const across = book.worksheets[0]?.columns.reduce((sum, { width = 0 }) => sum + width, 0)
    expect(across).toBeLessThan(165)
    expect(book.worksheets[0]?.getRow(4).values).toEqual([undefined, '巴中市', 7, 7, 0, 0, 7, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    expect(book.worksheets[1]?.getRow(4).values).toEqual([undefined, '巴中市', 7, 0, 0, 0, 0, 0, 0, 0, 0, 7])
    expect(book.worksheets[2]?.getRow(4).values).toEqual([undefined, '全部', 0, 7, 0, 0, 0, 7])
    for (const lang of ['zh', 'en']) {
      const document = await at.ask('duty', 'GET', `/api/dailyReport/${id}/document.docx?lang=${lang}`)
      const { value } = await mammoth.extractRawText({ buffer: document.rawPayload })
      expect(value).toContain(lang === 'zh' ? '正在观察7人' : '7 are under observation')
    }
    expect((await at.ask('other', 'GET', `/api/dailyReport/${id}/report.xlsx`)).statusCode).toBe(404)

    const draft = (await at.ask('duty', 'GET', `/api/dailyReport/${id}/bulletin`)).json<{
      figures: dailyFigures.PublicFigures
      hash: string
      text: { zh: string; en: string }
    }>()
    const observed = draft.figures.lines.find(({ key }) => key === 'observed')
    expect(observed).toMatchObject({ total: 7, parts: [null, null] })
    const bulletin = randomUUID()
    const words = { title: '通报', day: content.day, report: id, text: draft.text.zh, textEn: draft.text.en }
    // Figures that are sealed by whoever made them up are not those of the report.
    const [first, ...lines] = draft.figures.lines
    const madeUp = { ...draft.figures, lines: [{ ...first, total: 4_321 }, ...lines] } as dailyFigures.PublicFigures
    const sealed = { ...words, figures: JSON.stringify(madeUp), hash: dailyFigures.sealOfFigures(madeUp) }
    const invented = await at.ask('duty', 'POST', `/api/publicBulletin/${randomUUID()}/draft`, {
      event: randomUUID(),
      area: at.city,
      input: sealed,
    })
    expect(invented.json()).toMatchObject({ code: 'bulletin-figures-changed' })
    await at.act(
      'duty',
      'publicBulletin',
      bulletin,
      'draft',
      { ...words, figures: JSON.stringify(draft.figures), hash: draft.hash },
      at.city,
    )
    const everybody = () => at.app.inject({ url: '/api/public/bulletins' })
    expect((await everybody()).json()).toEqual({ bulletins: [] })
    await at.act('duty', 'publicBulletin', bulletin, 'publish', {})
    expect((await everybody()).json()).toMatchObject({
      bulletins: [{ title: { zh: '通报' }, text: { zh: expect.stringContaining('正在观察7人') } }],
    })
    const page = (await at.app.inject({ url: '/p/bulletins' })).body
    expect(page).toContain('<td>*</td>')
    expect(page.length).toBeLessThan(100_000)
    await at.act('duty', 'publicBulletin', bulletin, 'withdraw', { reason: '口径调整' })
    expect((await everybody()).json()).toEqual({ bulletins: [] })
  })

  it('lets the public read one bulletin of a day, drafted from the report that stands for it', async () => {
    const at = await eveningCity(engine)
    const make = async (replaces?: string) => {
      const id = randomUUID()
      const input = { day: '2020-02-13', ...(replaces === undefined ? {} : { replaces }) }
      await at.act('duty', 'dailyReport', id, 'compose', input, at.city)
      await at.act('duty', 'dailyReport', id, 'freeze', {})
      return id
    }
    const draft = async (report: string) => {
      const made = (await at.ask('duty', 'GET', `/api/dailyReport/${report}/bulletin`)).json<{ figures: object; hash: string }>()
      const id = randomUUID()
      const answer = await at.ask('duty', 'POST', `/api/publicBulletin/${id}/draft`, {
        event: randomUUID(),
        area: at.city,
        input: { title: '通报', day: '2020-02-13', report, text: '{observed}', figures: JSON.stringify(made.figures), hash: made.hash },
      })
      return { id, said: answer.json<{ code?: string; data?: object }>() }
    }
    const publish = async (id: string) =>
      (await at.ask('duty', 'POST', `/api/publicBulletin/${id}/publish`, { event: randomUUID(), input: {} })).json<{ code?: string }>()
    const early = await make()
    // Frozen at ten in the morning it says how things stood at ten, on paper too.
    const book = new exceljs.Workbook()
    const sheet = await at.ask('duty', 'GET', `/api/dailyReport/${early}/report.xlsx`)
    await book.xlsx.load(new Uint8Array(sheet.rawPayload).buffer as ArrayBuffer)
    const inSheet = JSON.stringify(book.worksheets.map((one) => one.getSheetValues()))
    const paper = await at.ask('duty', 'GET', `/api/dailyReport/${early}/document.docx?lang=zh`)
    const { value: onPaper } = await mammoth.extractRawText({ buffer: paper.rawPayload })
    for (const said of [inSheet, onPaper]) {
      expect(said).toContain('数据截至2020年2月13日 10:00，当日2020年2月14日 00:00截止，尚未满一日。')
      expect(said).not.toContain('数据截至2020年2月14日 00:00')
    }
    expect((await draft(early)).said.code).toBe('bulletin-day-not-over')
    at.clock.set(AT.night)
    const first = await make()
    expect((await draft(early)).said).toMatchObject({ code: 'bulletin-report-replaced', data: { record: 'dailyReport', id: first } })
    const [one, two, three] = [await draft(first), await draft(first), await draft(first)]
    expect((await publish(one.id)).code).toBeUndefined()
    expect(await publish(two.id)).toMatchObject({ code: 'bulletin-published-already', data: { id: one.id } })

    await at.watch('grid', at.village, '2020-02-13T10:00:00Z')
    const corrected = await make(first)
    expect((await at.ask('duty', 'GET', `/api/dailyReport/${first}/since`)).json()).toMatchObject({ replacedBy: corrected })
    await at.act('duty', 'publicBulletin', one.id, 'withdraw', { reason: '更正' })
    expect((await publish(three.id)).code).toBe('bulletin-report-replaced')
    expect((await publish((await draft(corrected)).id)).code).toBeUndefined()
  })
})
