import { type progress, registry } from '@guatu/domains'
import { fixedClock } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { scriptedHttp } from '../http/testing/scripted-http.ts'
import { migrations } from '../store/migrations/index.ts'
import { openStore, type Store } from '../store/store.ts'
import { keepLists } from './act-lists.ts'
import { type ActsOfFigure, listActsOfFigure } from './acts-of-figure.ts'
import { composeProgressReport } from './progress-report.ts'
import { cityTables, openCity, people, playHistory } from './testing/scripted-city.ts'

onServer('a figure of the books in a report', (engine) => {
  const opened = async () => {
    const city = await openCity(await engine.place(cityTables))
    await playHistory(city)
    city.at(19, '12:00')
    const { ask, close } = scriptedHttp(city)
    const id = crypto.randomUUID()
    const body = { event: crypto.randomUUID(), area: 'c', input: { meetings: [city.meeting] } }
    const written = await ask('office', 'POST', `/api/report/${id}/write`, body)
    expect(written.statusCode, written.body).toBe(201)
    const { fields } = written.json<{ record: { fields: { content: string } } }>().record
    const content = JSON.parse(fields.content) as progress.ReportContent
    const acts = async (figure: string, query = '', who: 'office' | 'leader' | 'hq1' = 'office') =>
      (await ask(who, 'GET', `/api/report/${id}/figures/${figure}/acts${query}`)).json<ActsOfFigure & { code?: string }>()
    const intact = async (figure: string, query = '') =>
      (await ask('office', 'GET', `/api/report/${id}/figures/${figure}/acts/check${query}`)).json<{ intact?: boolean }>().intact
    return { city, ask, close, id, content, acts, intact }
  }

  it('is listed act by act, of the city and of each county, value and denominator, also after later acts and corrections', async () => {
    const { city, ask, close, content, acts, intact } = await opened()
    const books = content.figures.filter(({ from }) => from === 'tallies')
    expect(books.length).toBeGreaterThan(4)
    expect(books.some(({ area }) => area === 'c1')).toBe(true)
    const listing = async () => {
      const out: Record<string, readonly string[]> = {}
      for (const figure of books)
        for (const of of figure.per === undefined ? (['value'] as const) : (['value', 'per'] as const)) {
          const { listed, acts: count, withheld, asOf } = await acts(figure.id, `?of=${of}`)
          // Each record counts one: exactly as many acts as the figure says, and no record twice.
          const value = of === 'per' ? figure.per : figure.value
          expect([figure.key, of, listed.length, count, new Set(listed.map((act) => act.recordId)).size]).toEqual([
            figure.key,
            of,
            value,
            value,
            value,
          ])
          expect([await intact(figure.id, `?of=${of}`), withheld, asOf]).toEqual([true, 0, content.cutOff])
          out[`${figure.key} ${of}`] = listed.map((act) => act.id)
        }
      return out
    }
    const then = await listing()
    const signed = books.find(({ key }) => key === 'command.signed@city')
    expect((await acts(signed?.id ?? '')).listed.map(({ action }) => action)).toEqual(['sign', 'sign', 'sign'])

    // A later signature, one said late of a day before, one taken back, one given more time: all after the cut-off.
    city.at(19, '15:00')
    await city.act(people.hq2, 'task', await city.task('hq2', 1), 'sign')
    city.at(20, '09:00')
    await city.act(people.hq1, 'task', await city.task('hq1', 3), 'sign', {}, { happenedAt: '2020-02-16T02:00:00.000Z' })
    const own = await city.task('hq1', 1)
    const taken = (await acts(signed?.id ?? '')).listed.find(({ recordId }) => recordId === own)
    await city.act(people.hq1, 'task', own, 'correct', { event: taken?.id, reason: '误操作', void: true })
    city.at(20, '10:00')
    await city.act(people.office, 'task', await city.task('transport', 3), 'grantExtension')
    expect((await ask('office', 'GET', `/api/task/${own}`)).json()).toMatchObject({ state: 'issued' })
    expect(await listing()).toEqual(then)

    // A report that was frozen before lists were kept, or whose list is lost: made anew from the log it is the same, and kept from then on.
    await city.store.db.query('delete from act_lists')
    expect(await listing()).toEqual(then)
    expect(await city.store.db.query('select hash from act_lists where hash = $1', [signed?.behind?.hash])).toHaveLength(1)
    await close()
  })

  it('is shown to those who may read its report, with no act on a record that they may not read', async () => {
    const { city, close, content, acts, intact } = await opened()
    const [signed] = content.figures.filter(({ key }) => key === 'command.signed@city')
    const [counted] = content.figures.filter(({ from }) => from !== 'tallies')
    expect((await acts(signed?.id ?? '', '', 'leader')).listed).toHaveLength(3)
    expect(await acts(signed?.id ?? '', '', 'hq1')).toMatchObject({ code: 'not-allowed' })
    expect(await acts('f99999')).toMatchObject({ code: 'not-found' })
    expect(await acts(counted?.id ?? '')).toMatchObject({ code: 'figure-not-traced' })
    expect(await acts(signed?.id ?? '', '?from=-1')).toMatchObject({ code: 'invalid' })
    expect((await acts(signed?.id ?? '', '?from=2')).listed).toHaveLength(1)
    // A history that was tampered with is not the one that was frozen, kept list or not.
    expect(await intact(signed?.id ?? '')).toBe(true)
    const [first, ...others] = (await acts(signed?.id ?? '')).listed
    await city.store.db.query('delete from events where id = $1 returning id', [first?.id])
    expect(await intact(signed?.id ?? '')).toBe(false)
    expect(await acts(signed?.id ?? '')).toMatchObject({ acts: 3, listed: others })
    // What is made anew and is not what was frozen is shown, and not kept in its place.
    await city.store.db.query('delete from act_lists')
    expect((await acts(signed?.id ?? '')).listed).toEqual(expect.arrayContaining([...others]))
    expect(await city.store.db.query('select hash from act_lists where hash = $1', [signed?.behind?.hash])).toEqual([])
    await close()
  })

  it('is read a page of one hundred at a time, each act once, as it was kept', async () => {
    const city = await openCity(await engine.place(cityTables))
    await playHistory(city)
    const events = await city.store.db.query<{ id: string; record_id: string }>(
      `select id, record_id from events where record = 'task' order by id`,
    )
    const many = Array.from({ length: 250 }, (_, n) => {
      const { id = '', record_id: recordId = '' } = events[n % events.length] ?? {}
      return { id, record: 'task', recordId, action: 'sign', happenedAt: '' }
    })
    const frozen = { acts: many.length, hash: 'b'.repeat(64) }
    await keepLists(city.store.db, new Map([[frozen.hash, many]]))
    await keepLists(city.store.db, new Map([[frozen.hash, many.slice(0, 120)]]))
    const measure = city.store.registry.indicators.get('command.signed')?.value
    const figure = { id: 'f1', key: 'k', indicator: 'command.signed', label: { zh: '', en: '' }, area: 'c', day: '2020-02-19', value: 250 }
    if (!measure) throw new Error('no such indicator')
    const read: string[] = []
    for (let from: number | undefined = 0; from !== undefined; ) {
      const traced = { figure: { ...figure, asOf: '', from: 'tallies' as const }, measure, value: 250, frozen }
      const page = await listActsOfFigure(city.store, people.office, traced, String(from))
      if (!page.ok) throw new Error(page.problem.message.en)
      expect(page.value.withheld).toBe(0)
      read.push(...page.value.listed.map(({ id }) => id))
      from = page.value.next
    }
    expect(read).toEqual(many.map(({ id }) => id))
    await city.store.close()
  })

  it('is made of exactly its acts also in a report that is composed while others act, and is the same when asked for again', async () => {
    const still = fixedClock('2020-02-14T01:00:00Z')
    const clock = {
      ...still,
      now: () => {
        still.set(still.now().add({ milliseconds: 1 }).toString())
        return still.now()
      },
    }
    const place = await engine.place(cityTables)
    const city = await openCity(place, clock)
    await playHistory(city)
    city.at(19, '12:00')
    // They act through other processes, whose clocks do not quite agree with this one.
    const beside = async (seconds: number) =>
      openStore({ target: place.target, registry, clock: { ...clock, now: () => clock.now().add({ seconds }) }, migrations })
    const others = [await beside(-30), await beside(30)]
    const act = async (store: Store, id: string, action: string, input = {}) => {
      const command = { id: crypto.randomUUID(), record: 'item', recordId: id, action, area: 'c', input }
      const done = await store.as(people.office).submit(command)
      if (!done.ok) throw new Error(done.problem.message.en)
    }
    let acts = 0
    const assigned = async () => {
      acts += 1
      const [id, number, store] = [crypto.randomUUID(), `DB-20200219-${100 + acts}`, others[acts % 2] ?? city.store]
      await act(store, id, 'file', { number, source: 'leader', content: '示例', lead: 'health', due: '2020-02-28' })
      await act(store, id, 'assign')
    }
    // One is being assigned when it begins, and another one before each question that is asked of the log.
    const { db } = city.store
    const query: typeof db.query = async (...asked) => {
      await assigned()
      return db.query(...asked)
    }
    const composed = async (store: Store, cutOff?: string) => {
      const request = { meetings: [city.meeting], ...(cutOff === undefined ? {} : { cutOff }) }
      const done = await composeProgressReport(store, people.office, request)
      if (!done.ok) throw new Error(done.problem.message.en)
      return done.value.content.figures.flatMap(({ key, value, per, behind, perBehind, asOf }) =>
        behind ? [{ key, value, per, behind, perBehind, asOf }] : [],
      )
    }
    const reports = []
    for (let round = 0; round < 3; round += 1)
      reports.push((await Promise.all([composed({ ...city.store, db: { ...db, query } }), assigned()]))[0])
    const open = reports.map((figures) => figures.find(({ key }) => key === 'command.tasksOpen@city')?.value ?? 0)
    expect(open.at(-1)).toBeGreaterThan(open[0] ?? 0)
    for (const figures of reports) {
      for (const { key, value, per, behind, perBehind } of figures) expect([key, behind.acts, perBehind?.acts]).toEqual([key, value, per])
      expect(await composed(city.store, figures[0]?.asOf)).toEqual(figures)
    }
    for (const store of [...others, city.store]) await store.close()
  })
})
