import { scoreboard } from '@guatu/domains'
import mammoth from 'mammoth'
import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { composeBulletin } from '../documents/bulletin-figures.ts'
import { cityTables, openCity, people, playHistory } from '../documents/testing/scripted-city.ts'
import { scriptedHttp } from './testing/scripted-http.ts'

const PERIOD = { from: '2020-02-14', to: '2020-02-19' }
const uuid = () => crypto.randomUUID()
type Who = keyof typeof people
interface Row {
  readonly state: string
  readonly fields: Readonly<Record<'title' | 'text' | 'figures', string>>
}

onServer('a bulletin of the supervision office', (engine) => {
  const opened = async () => {
    const city = await openCity(await engine.place(cityTables))
    await playHistory(city)
    city.at(19, '12:00')
    const { ask, close } = scriptedHttp(city)
    const write = (who: Who, id: string, input: object, area: string | undefined = 'c', event = uuid()) =>
      ask(who, 'POST', `/api/bulletin/${id}/write`, { event, ...(area === undefined ? {} : { area }), input })
    const row = async (id: string) => (await ask('office', 'GET', `/api/bulletin/${id}`)).json<Row>()
    return { city, ask, close, write, row }
  }

  it('has its figures counted by the system as the scoreboard counts them, and its first words from them', async () => {
    const { ask, close, write, row } = await opened()
    const id = uuid()
    const written = await write('office', id, PERIOD)
    expect(written.statusCode, written.body).toBe(201)
    expect(written.json()).toMatchObject({ repeated: false, event: { actor: 'office', action: 'write' }, record: { state: 'draft' } })
    const { title, text, figures } = (await row(id)).fields
    const kept = scoreboard.readFigures(figures)
    expect(title).toBe('关于2020年2月14日至2月19日督办事项办理情况的通报')
    expect(kept).toMatchObject({ ...PERIOD, asOf: '2020-02-19T04:00:00.000Z' })
    // Three matters for four units; on the 19th the survey of the 17th and the coaches of the 18th are overdue where nobody reported.
    const numbers = kept?.rows.map(({ name, counts: c }) => [
      name,
      c.issued,
      c.signed,
      c.signedInTime,
      c.reported,
      c.reportedInTime,
      c.overdue,
    ])
    expect(numbers).toEqual([
      ['市卫生健康委', 2, 1, 1, 1, 1, 0],
      ['东江区应急指挥部', 2, 1, 1, 0, 0, 2],
      ['西岭县应急指挥部', 1, 0, 0, 0, 0, 1],
      ['市交通运输局', 1, 1, 1, 0, 0, 1],
    ])
    expect(kept?.praised).toEqual(['市卫生健康委'])
    expect(kept?.criticised).toEqual(['东江区应急指挥部', '西岭县应急指挥部', '市交通运输局'])
    expect(text).toContain('共向4个单位交办任务6项。按时签收3项，按时反馈1项，退回0项，逾期未办结4项。')

    const onScreen = await Promise.all(
      scoreboard.MEASURES.map(async (measure) => {
        const filters = new URLSearchParams({ ...scoreboard.filtersIn(measure, PERIOD, '2020-02-19') })
        const answer = await ask('office', 'GET', `/api/task/groups?by=${scoreboard.BY_UNIT_AND_MONTH.join()}&${filters}`)
        return [measure, answer.json<{ groups: [] }>().groups] as const
      }),
    )
    const screen = scoreboard.byUnit(scoreboard.scoresOf(Object.fromEntries(onScreen)))
    expect(kept?.rows.map(({ unit, counts }) => ({ unit, counts }))).toEqual(screen.map(({ unit, counts }) => ({ unit, counts })))
    await close()
  })

  it('says nothing of a task that was withdrawn, neither for its unit nor against it', async () => {
    const { ask, close, write, row } = await opened()
    const [signed] = (await ask('office', 'GET', '/api/task?state=signed')).json<{
      rows: readonly { id: string; fields: { unit: string } }[]
    }>().rows
    const withdrawn = await ask('office', 'POST', `/api/task/${signed?.id}/withdraw`, { event: uuid(), input: { reason: '改由上级承办' } })
    expect(withdrawn.statusCode, withdrawn.body).toBeLessThan(300)
    const id = uuid()
    await write('office', id, PERIOD)
    const kept = scoreboard.readFigures((await row(id)).fields.figures)
    const total = (measure: 'issued' | 'signed') => kept?.rows.reduce((sum, { counts }) => sum + counts[measure], 0)
    expect([total('issued'), total('signed')]).toEqual([5, 2])
    for (const { counts: c } of kept?.rows ?? []) expect(c.signed).toBeLessThanOrEqual(c.issued)
    await close()
  })

  it('takes figures from nobody, neither at its beginning nor with its words, and stands when it is published', async () => {
    const { city, ask, close, write, row } = await opened()
    const id = uuid()
    const event = uuid()
    const composed = await composeBulletin(city.store, people.office, { area: 'c', ...PERIOD })
    const own = composed.ok ? composed.value : undefined
    const forged = { ...own, figures: own?.figures.replace('"overdue":2', '"overdue":0') }
    expect(forged.figures).not.toBe(own?.figures)
    const refused = { code: 'composed-by-system', message: { zh: expect.any(String), en: expect.any(String) } }
    for (const input of [forged, { ...PERIOD, figures: forged.figures }, { ...PERIOD, text: '各单位均按时办结。' }])
      expect((await write('office', id, input)).json()).toMatchObject(refused)
    const act = { record: 'bulletin', id, action: 'write', event, area: 'c', input: forged }
    const bulk = (acts: object[], together: boolean) => ask('office', 'POST', '/api/events', { acts, together })
    expect((await bulk([act], false)).json()).toMatchObject({ results: [{ problem: refused }] })
    expect((await bulk([{ ...act, composed: true }], true)).json()).toMatchObject(refused)
    expect((await ask('office', 'GET', `/api/bulletin/${id}`)).statusCode).toBe(404)

    expect((await write('office', id, PERIOD, 'c', event)).statusCode).toBe(201)
    const { figures, text } = (await row(id)).fields
    expect(figures).toBe(own?.figures)
    // Sent again after a lost answer it is the same bulletin, with the figures of its first moment.
    city.at(19, '13:00')
    await city.act(people.hq2, 'task', await city.task('hq2', 1), 'sign')
    expect((await write('office', id, PERIOD, 'c', event)).json()).toMatchObject({ repeated: true, record: { fields: { figures } } })
    const on = (action: string, input: object) => ask('office', 'POST', `/api/bulletin/${id}/${action}`, { event: uuid(), input })
    expect((await on('correct', { event, reason: '更正', input: { figures: forged.figures } })).json()).toMatchObject(refused)
    expect((await on('revise', { figures: forged.figures })).json()).toMatchObject({ code: 'unexpected', path: 'input.figures' })
    expect((await on('revise', { from: '2020-02-01' })).json()).toMatchObject({ code: 'unexpected', path: 'input.from' })
    const revised = (await on('revise', { text: `${text}\n请各单位抓紧。` })).json<{ event: { id: string } }>()
    const corrected = await on('correct', { event: revised.event.id, reason: '更正', input: { figures: forged.figures } })
    expect(corrected.statusCode).toBe(422)
    expect((await on('publish', { figures: forged.figures })).json()).toMatchObject({ code: 'unexpected', path: 'input.figures' })
    expect((await on('publish', {})).statusCode).toBe(200)
    expect((await on('revise', { text: '再改' })).statusCode).toBe(409)
    expect(await row(id)).toMatchObject({ state: 'published', fields: { figures, text: `${text}\n请各单位抓紧。` } })
    expect(await city.store.rebuild({ check: true })).toMatchObject({ differences: [] })

    // What is sent out carries the table that was frozen below the words that were edited.
    for (const [lang, ...said] of [
      ['zh', '请各单位抓紧。', '附表 各单位办理情况（数据截至2020年2月19日12时00分）'],
      ['en', '请各单位抓紧。', 'Annex: how the units answered (as of 12:00 on 19 Feb 2020)'],
    ]) {
      const { rawPayload } = await ask('hq1', 'GET', `/api/bulletin/${id}/document.docx?lang=${lang}`)
      const { value } = await mammoth.extractRawText({ buffer: rawPayload })
      for (const words of said) expect(value).toContain(words)
      expect(value.split(/\s+/).join(' ')).toContain('东江区应急指挥部 2 1/1 0/0 0 2')
    }
    await close()
  })

  it('counts no more than its writer may see, of days that have been, and says what to do otherwise', async () => {
    const { city, close, write, row } = await opened()
    const answer = async (who: Who, input: object, area?: string) => {
      const { code, path } = (await write(who, uuid(), input, area)).json<{ code: string; path?: string }>()
      return path === undefined ? code : `${code} ${path}`
    }
    expect(await answer('health', PERIOD)).toBe('not-allowed')
    expect(await answer('leader', PERIOD)).toBe('not-allowed')
    const seen = await composeBulletin(city.store, people.health, { area: 'c', ...PERIOD })
    const rows = seen.ok ? scoreboard.readFigures(seen.value.figures)?.rows : []
    expect(rows?.map(({ unit }) => unit)).toEqual(['health'])

    expect(await answer('office', { ...PERIOD, to: '2020-02-20' })).toBe('invalid to')
    expect(await answer('office', { ...PERIOD, from: '2020-02-20' })).toBe('invalid from')
    expect(await answer('office', { from: '2020-02-14' })).toBe('invalid to')
    expect(await answer('office', { ...PERIOD, from: ['2020-02-14'] })).toBe('invalid from')
    expect(await answer('office', { from: '2020-01-01', to: '2020-02-13' })).toBe('nothing-to-report')
    expect(await answer('office', PERIOD, 'nowhere')).toBe('area-not-listed area')
    expect(await answer('office', PERIOD, '')).toBe('required area')
    // One that is there is not written anew.
    const id = uuid()
    expect((await write('office', id, PERIOD)).statusCode).toBe(201)
    expect((await write('office', id, { ...PERIOD, from: '2020-02-15' })).json()).toMatchObject({ code: 'nothing-to-report' })
    expect((await write('office', id, { ...PERIOD, from: '2020-02-13' })).json()).toMatchObject({ code: 'already-exists' })
    expect((await row(id)).fields.title).toContain('2月14日至')
    await close()
  })

  it('is read by those whom it names when it is out, and not before, by no way', async () => {
    const { city, ask, close, write } = await opened()
    const id = uuid()
    expect((await write('office', id, PERIOD)).statusCode).toBe(201)
    const ways = ['', `/${id}`, '/count', `/${id}/document.docx?lang=en`].map((way) => `/api/bulletin${way}`)
    const seen = async (who: Who) => {
      const answers = await Promise.all(ways.map((url) => ask(who, 'GET', url)))
      const [list, , count] = answers.map((one) => (one.headers['content-type']?.toString().includes('json') ? one.json() : undefined))
      return [answers.map((one) => one.statusCode), list.rows.length, count.count]
    }
    expect(await seen('hq1')).toEqual([[200, 404, 200, 404], 0, 0])
    expect(await seen('leader')).toEqual([[200, 200, 200, 200], 1, 1])
    await city.act(people.office, 'bulletin', id, 'publish')
    expect(await seen('hq1')).toEqual([[200, 200, 200, 200], 1, 1])
    await close()
  })
})
