import { progress } from '@guatu/domains'
import { type Actor, SYSTEM, withFigures } from '@guatu/kernel'
import { describe, expect, it } from 'vitest'
import { onBothEngines, testEngine } from '../../../../testing/src/databases/index.ts'
import { surroundings } from '../store/surroundings.ts'
import { composeProgressReport } from './progress-report.ts'
import { area, cityTables, openCity, people, playHistory, type ScriptedCity } from './testing/scripted-city.ts'

const composed = async (city: ScriptedCity, cutOff?: string) => {
  const done = await composeProgressReport(city.store, people.office, { meetings: [city.meeting], ...(cutOff ? { cutOff } : {}) })
  if (!done.ok) throw new Error(done.problem.message.en)
  return done.value
}
const value = (content: progress.ReportContent, key: string) => content.figures.find((one) => one.key === key)?.value
const lines = (content: progress.ReportContent, lang: 'zh' | 'en' = 'zh') => progress.outlineOf(content, lang).map((line) => line.text)

onBothEngines('a progress report', (engine) => {
  it('says what was known at the cut-off and nothing that came later, and every figure leads to its events', async () => {
    const city = await openCity(await engine.place(cityTables))
    await playHistory(city)
    const { store } = city
    const early = city.at(15, '12:00')
    city.at(19, '12:00')
    const { content: then } = await composed(city, early)
    const { content: now } = await composed(city)

    expect(value(then, 'report.matters@all')).toBe(3)
    expect(value(then, 'report.tasks@all')).toBe(6)
    expect(value(then, 'command.signed@all')).toBe(3)
    expect(value(then, 'command.tasksDone@all')).toBe(0)
    expect(value(then, 'report.overdue@all')).toBe(0)
    expect(value(now, 'command.tasksDone@all')).toBe(1)
    expect(now.figures.find((one) => one.key === 'command.tasksDone@all')).toMatchObject({
      value: 1,
      per: 6,
      indicator: 'command.tasksDone',
    })
    // Overdue on the 19th: both counties with the survey of the 17th, the coaches of transport and of the first county.
    expect(value(now, 'report.overdue@all')).toBe(4)
    expect(value(now, 'report.overdue@county:c1')).toBe(2)
    expect(value(now, 'report.tasks@county:c2')).toBe(1)

    expect(lines(then).join('\n')).toContain('已排查2个乡镇')
    expect(lines(then).join('\n')).not.toContain('排查完毕')
    const text = lines(now).join('\n')
    expect(text).toContain('市卫生健康委：全市乡镇排查完毕（2月16日反馈，进度100%，2月17日审核办结）。')
    expect(text).toContain(
      '市交通运输局已逾期1天（时限2月18日）。存在问题：发车计划需对方省同意；已申请延至2月25日，理由：等待对方省答复；已催办1次。',
    )
    expect(text).toContain('核酸检测能力系统暂无数据')
    // Under a matter, its own numbers county by county; they add up to those of the city.
    const table = now.blocks.find(
      (block) => block.kind === 'table' && block.caption.zh === '逐户排查登记返乡人员：各区县指标（截至2月19日）',
    )
    const cells = table?.kind === 'table' ? table.rows.map(({ cells: [name, one] }) => [name, one]) : []
    expect(cells.map(([name]) => name)).toEqual([{ text: { zh: '东江区', en: '东江区' } }, { text: { zh: '西岭县', en: '西岭县' } }])
    const [, ...figures] = now.figures.filter(({ key }) => key.startsWith('command.tasksOpen@item:'))
    expect(cells.map(([, one]) => one)).toEqual(figures.map(({ id }) => ({ figure: id })))
    expect(figures.map(({ area, value: count }) => [area, count])).toEqual([
      ['c1', 2],
      ['c2', 1],
    ])
    expect(lines(now, 'en').join('\n')).toContain('市交通运输局 is 1 day(s) overdue (due on 18 Feb). Problems: 发车计划需对方省同意')

    const events = await store.db.query<{ id: string; recorded_at: Date }>('select id, recorded_at from events')
    const recorded = new Map(events.map((row) => [row.id, row.recorded_at.getTime()]))
    for (const content of [then, now]) {
      const limit = Temporal.Instant.from(content.cutOff).epochMilliseconds
      for (const figure of content.figures) {
        if (figure.from === 'tallies') continue
        if (figure.measure === undefined && figure.indicator !== 'report.reminders') expect(figure.from).toHaveLength(figure.value)
        if (figure.per !== undefined) expect(figure.perFrom).toHaveLength(figure.per)
        for (const id of [...figure.from, ...(figure.perFrom ?? [])]) {
          expect(recorded.get(id)).toBeLessThanOrEqual(limit)
          expect(content.acts[id]).toBeDefined()
        }
      }
    }
    const signs = then.figures.find((one) => one.key === 'command.signed@all')
    expect(Array.isArray(signs?.from) && signs.from.map((id) => then.acts[id]?.action)).toEqual(['sign', 'sign', 'sign'])
    await store.close()
  })

  it('names a unit that has ended as it was last, and leaves its tasks with its county', async () => {
    const city = await openCity(await engine.place(cityTables))
    await playHistory(city)
    const { store } = city
    const fact = { instrument: '示例批复' }
    const done = await store.areas.confirm(
      [
        { ...fact, kind: 'abolished', id: 'hq2', date: '2020-02-16' },
        { ...fact, kind: 'renamed', id: 'transport', name: '市交通局', date: '2020-02-20' },
      ],
      SYSTEM,
      store.writer,
    )
    expect(done.ok).toBe(true)
    city.at(19, '12:00')
    const { content } = await composed(city)
    expect(value(content, 'report.tasks@county:c2')).toBe(1)
    const text = lines(content).join('\n')
    expect(text).toContain('西岭县应急指挥部')
    expect(text).not.toContain('hq2')
    // Neither report nor sheet knows the name that comes tomorrow.
    expect(text).toContain('市交通运输局')
    const today = surroundings(store, 'zh')
    expect(['hq2', 'transport'].map((id) => today.nameOf('unit', id))).toEqual(['西岭县应急指挥部', '市交通运输局'])
    await store.close()
  })

  it('of a county’s own meeting reports on that county, town by town, to the office that has no more than the county', async () => {
    const city = await openCity(await engine.place(cityTables))
    await playHistory(city)
    const towns = [area('t1', 'town', '河口镇', 'c1'), area('t2', 'town', '柳林镇', 'c1'), area('mill', 'unit', '河口镇政府', 't1')]
    expect((await city.store.areas.confirm(towns, SYSTEM, city.store.writer)).ok).toBe(true)
    const office: Actor = { id: 'office-1', name: '督查室', grants: [{ role: 'supervision-office', path: 'c/c1/' }] }
    const meeting = crypto.randomUUID()
    const quote = '逐户发放告知书'
    const at = { area: 'c1' }
    await city.act(
      office,
      'meeting',
      meeting,
      'record',
      { title: '东江区调度会', heldOn: '2020-02-18', session: 9, text: `${quote}。` },
      at,
    )
    const directive = { meeting, order: 1, quote, start: 0, end: quote.length, action: quote, domain: 'containment', due: '2020-02-28' }
    await city.act(office, 'directive', crypto.randomUUID(), 'draft', { ...directive, lead: 'hq1', assisting: ['mill'] }, at)
    await city.act(office, 'meeting', meeting, 'approve', {}, at)
    const [item] = await city.store.db.query<{ id: string }>('select id from r_item where meeting = $1', [meeting])
    await city.act(office, 'item', item?.id ?? '', 'assign', {}, at)

    const done = await composeProgressReport(city.store, office, { meetings: [meeting] })
    if (!done.ok) throw new Error(done.problem.message.en)
    const said = lines(done.value.content)
    expect(said).toContain('表1　各乡镇任务办理情况')
    expect(said.some((line) => line.startsWith('同期东江区全部督办任务：'))).toBe(true)
    const towned = (town: string) => value(done.value.content, `report.tasks@town:${town}`)
    expect([value(done.value.content, 'report.tasks@all'), towned('t1'), towned('t2')]).toEqual([2, 1, 0])
    // With a meeting of the city beside it, the city is reported on.
    const both = await composeProgressReport(city.store, people.office, { meetings: [meeting, city.meeting] })
    expect(both.ok && lines(both.value.content)).toContain('表1　各区县任务办理情况')
  })

  it('takes out of the books what was recorded after the cut-off, also on the day itself and for acts that came in late', async () => {
    const city = await openCity(await engine.place(cityTables))
    await playHistory(city)
    const { store } = city
    const noon = city.at(19, '12:00')
    const { content: before } = await composed(city, noon)
    const signed = (content: progress.ReportContent) => content.figures.find((one) => one.key === 'command.signed@city')
    const open = (content: progress.ReportContent) =>
      content.figures.filter(({ key }) => key.startsWith('command.tasksOpen@item:')).map((one) => one.value)
    expect(signed(before)).toMatchObject({ value: 3, per: 6, from: 'tallies', day: '2020-02-19' })
    city.at(19, '15:00')
    await city.act(people.hq2, 'task', await city.task('hq2', 1), 'sign')
    // Signed on the 16th, said so on the 20th.
    city.at(20, '09:00')
    await city.act(people.hq1, 'task', await city.task('hq1', 3), 'sign', {}, { happenedAt: '2020-02-16T02:00:00.000Z' })
    const { content: again } = await composed(city, noon)
    expect(signed(again)).toMatchObject({ value: 3, per: 6 })
    expect(open(again)).toEqual(open(before))
    expect(progress.hashOf({ ...again, composedAt: before.composedAt })).toBe(progress.hashOf(before))
    const { content: today } = await composed(city)
    expect(signed(today)).toMatchObject({ value: 5, per: 6 })
    const changed = progress.changedSince(before, today).map((one) => before.figures.find(({ id }) => id === one.id)?.key)
    expect(changed).toEqual(expect.arrayContaining(['command.signed@all', 'command.signed@city']))
    expect(changed).not.toContain('report.tasks@all')
    await store.close()
  })
})

describe('a stored report', () => {
  const engine = testEngine('postgres')

  it('keeps its figures when words are edited, refuses changed ones, and is closed when final', async () => {
    const city = await openCity(await engine.place(cityTables))
    await playHistory(city)
    city.at(19, '12:00')
    const { content, hash } = await composed(city)
    const id = crypto.randomUUID()
    const submit = async (action: string, input: Record<string, unknown>, own: { composed?: true } = {}) => {
      const done = await city.store
        .as(people.office)
        .submit({ id: crypto.randomUUID(), record: 'report', recordId: id, action, area: 'c', input, ...own })
      minute += 1
      city.at(19, `13:${String(minute).padStart(2, '0')}`)
      return done.ok ? 'done' : done.problem.code
    }
    let minute = 0
    const base = { title: content.title.zh, cutOff: content.cutOff, meeting: city.meeting }
    const forged = { ...content, figures: content.figures.map((one, i) => (i === 0 ? { ...one, value: one.value + 1 } : one)) }
    expect(await submit('write', { ...base, content: JSON.stringify(forged), hash: progress.hashOf(forged) })).toBe('composed-by-system')
    expect(await submit('write', { ...base, content: JSON.stringify(content), hash }, { composed: true })).toBe('done')
    expect(await submit('revise', { content: '{}' })).toBe('report-content')

    for (const block of content.blocks)
      if (block.kind !== 'table') {
        expect(progress.figuresIn(block.words.zh)).toEqual(block.figures)
        expect(progress.figuresIn(block.words.en)).toEqual(block.figures)
      }
    const words = (change: (words: string, figures: readonly string[]) => string): progress.ReportContent => ({
      ...content,
      blocks: content.blocks.map((block) =>
        block.kind === 'paragraph' && block.figures.length > 2
          ? { ...block, words: { ...block.words, zh: change(block.words.zh, block.figures) } }
          : block,
      ),
    })
    const edited = words((text) => `${text}总体进展顺利。`)
    expect(await submit('revise', { content: JSON.stringify(edited) })).toBe('done')
    expect(progress.hashOf(edited)).toBe(hash)
    expect(await submit('revise', { content: JSON.stringify(words(() => '共{f9999}项。')) })).toBe('figure-of-another-paragraph')
    // A figure is not typed over, not taken out, not written twice and does not change places with another of its paragraph.
    const swapped = (text: string, [a = '', b = '']: readonly string[]) =>
      text.replace(/\{(f\d+)\}/g, (place, id: string) => (id === a ? `{${b}}` : id === b ? `{${a}}` : place))
    const forgeries: readonly Parameters<typeof words>[0][] = [
      (text, [first]) => text.replace(`{${first}}`, '99'),
      (text, [first]) => text.replace(`{${first}}`, ''),
      (text, [first, second]) => text.replace(`{${first}}`, `{${second}}`),
      (text, [first]) => `${text}共{${first}}项。`,
      (_, [first]) => `共{${first}}项。`,
      swapped,
    ]
    for (const forgery of forgeries)
      expect(await submit('revise', { content: JSON.stringify(words(forgery)) }), String(forgery)).toBe('figures-of-paragraph')
    // A paragraph may be left out as a whole, and is no place for numbers of one's own then.
    expect(await submit('revise', { content: JSON.stringify(words(() => '')) })).toBe('done')
    expect(await submit('revise', { content: JSON.stringify(words(() => '共立项99项。')) })).toBe('figures-of-paragraph')
    const back = words((_, figures) => withFigures(figures, '', { named: (_id, place) => `数字${place}`, comma: '，' }))
    expect(await submit('revise', { content: JSON.stringify(back) })).toBe('done')
    expect(await submit('revise', { content: JSON.stringify(edited) })).toBe('done')
    expect(await submit('revise', { content: JSON.stringify(forged) })).toBe('figures-frozen')
    expect(await submit('revise', { content: JSON.stringify({ ...content, cutOff: '2020-02-19T05:00:00.000Z' }) })).toBe('figures-frozen')
    expect(await submit('revise', { content: JSON.stringify({ ...content, blocks: content.blocks.slice(1) }) })).toBe('figures-frozen')
    expect(await submit('finish', {})).toBe('done')
    expect(await submit('revise', { content: JSON.stringify(content) })).toBe('wrong-state')
    await city.store.close()
  })

  it('is refused to those who may not see the meeting, for a cut-off in the future and for nothing to report', async () => {
    const city = await openCity(await engine.place(cityTables))
    await playHistory(city)
    const before = city.at(14, '09:29')
    city.at(19, '12:00')
    const refusal = async (who: (typeof people)[keyof typeof people], request: Partial<Parameters<typeof composeProgressReport>[2]>) => {
      const done = await composeProgressReport(city.store, who, { meetings: [city.meeting], ...request })
      return done.ok ? 'composed' : done.problem.code
    }
    expect(await refusal(people.hq1, {})).toBe('not-allowed')
    expect(await refusal(people.leader, {})).toBe('composed')
    expect(await refusal(people.office, { cutOff: '2020-02-20T00:00:00Z' })).toBe('invalid')
    expect(await refusal(people.office, { cutOff: 'yesterday' })).toBe('invalid')
    expect(await refusal(people.office, { meetings: [] })).toBe('invalid')
    expect(await refusal(people.office, { meetings: [crypto.randomUUID()] })).toBe('not-found')
    expect(await refusal(people.office, { cutOff: before })).toBe('nothing-to-report')
    await city.store.close()
  })
})
