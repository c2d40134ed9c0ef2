import { randomUUID } from 'node:crypto'
import { registry } from '@guatu/domains'
import mammoth from 'mammoth'
import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { doStandingDuty } from '../jobs/standing.ts'
import { openCity } from './testing/city.ts'

onServer('somebody observed under an entry that is merged into one of another county', ({ engine }) => {
  it('stays in the books where they were entered and with whoever answers there, and both villages are told', async () => {
    const at = await openCity(engine, registry)
    const there = at.area('511921106201')
    let minutes = 0
    const done = async (as: string, record: string, action: string, input: object, area = at.village, id = randomUUID()) => {
      minutes += 1
      at.clock.set(`2020-02-14T03:${String(minutes).padStart(2, '0')}:00Z`)
      const answer = await at.ask(as, 'POST', `/api/${record}/${id}/${action}`, { event: randomUUID(), area, input })
      expect([record, action, answer.statusCode < 300 ? 'done' : answer.json<{ code: string }>().code]).toEqual([record, action, 'done'])
      return id
    }
    const charge = { part: 'grid', from: '2020-02-01' }
    await done('town', 'assignment', 'assign', { ...charge, account: 'near', worker: '甲' })
    const household = await done('other', 'household', 'register', { door: '101', kind: 'family' }, there)
    await done('other', 'assignment', 'assign', { ...charge, account: 'far', worker: '乙', household }, there)
    const named = { name: '测试合', documentType: 'none' }
    const lives = await done('other', 'person', 'register', { ...named, household }, there)
    const entered = await done('grid', 'person', 'register', named)
    const watch = await done('grid', 'watch', 'enter', { person: entered, kind: 'home', entry: 'list', class: 'listed' })
    await done('duty', 'person', 'merge', { mergedInto: lives }, at.village, entered)
    for (let round = 0; round < 3; round += 1)
      for (const duty of registry.domains.flatMap(({ standing }) => standing ?? []))
        if (duty.name.startsWith('watch-')) await doStandingDuty({ ...at.store, clock: at.clock }, duty)

    expect(await at.store.db.query(`select id, area, household, worker from r_watch`)).toEqual([
      { id: watch, area: at.village, household, worker: 'near' },
    ])
    const books = await at.store.db.query<{ area: string; n: number }>(
      `select area, sum(entered - "left" + moved_in - moved_out)::int as n from tallies where measure = 'monitoring.observed' group by area`,
    )
    const observed = Object.fromEntries(books.map(({ area, n }) => [area, n]))
    expect([observed[at.village], observed[there] ?? 0]).toEqual([1, 0])

    const entries = async (as: string, id: string) => {
      const answer = await at.ask(as, 'GET', `/api/person/entries?ids=${id}`)
      return answer.statusCode === 200 ? answer.json<{ entries: Record<string, object> }>().entries[id] : answer.statusCode
    }
    expect(await entries('grid', entered)).toEqual([{ area: there, stays: true, held: [] }])
    expect(await entries('other', lives)).toEqual([{ area: at.village, stays: false, held: [{ record: 'watch', area: at.village }] }])
    expect([await entries('other', entered), await entries('grid', lives), await entries('gate', lives)]).toEqual([
      undefined,
      undefined,
      403,
    ])
    // One address stands on the paper, with its door for whoever may read that home.
    const address = async (as: string) => {
      const paper = await at.ask(as, 'POST', `/api/watch/${watch}/notice.docx?lang=zh`, { purpose: '打印告知书' })
      const { value } = await mammoth.extractRawText({ buffer: paper.rawPayload })
      return /住址\s+(.+)/.exec(value)?.[1]?.trim()
    }
    const village = at.store.areas.tree.asOf('2020-02-14').fullName(there)
    expect([await address('town'), await address('duty')]).toEqual([village, `${village} 101`])
    expect((await at.store.rebuild({ check: true })).differences).toEqual([])
  })
})
