import { describe, expect, it } from 'vitest'
import { type Directive, joinWithNext, type ReadOptions, readCommunique, relabel, splitAt, suggestUnits } from './index.ts'

const LEAD = '松岭县召开应急指挥部第十二次会议\n3月4日，县长主持召开县应急指挥部第十二次会议。\n会议要求，县公安局要加强卡口值守。\n'
const table = (...rows: readonly (readonly string[])[]): string => rows.map((row) => row.join('\t')).join('\n')
const HEAD = ['序号', '工作任务', '责任单位', '完成时限']
const ROWS = [
  ['1', '排查渡口停航船只', '县交通运输局', '3月10日前'],
  ['2', '为独居老人上门送药', '各乡镇（街道）', '立即'],
]
const SIGNED = '会议强调，要清运积存垃圾。'

const read = (text: string, options: ReadOptions = { year: 2020 }): readonly Directive[] => readCommunique(text, options).directives
const facts = (all: readonly Directive[]) => all.map((one) => [one.action, one.addressee, one.deadlineDate ?? one.urgency])
/** What is read of the rows alone. */
const tasks = (...rows: readonly (readonly string[])[]) =>
  facts(read(`${LEAD}${table(...rows)}\n${SIGNED}`).filter((one) => one.why.some((why) => why.rule === 'cut.row')))

describe('a table of tasks', () => {
  it('is a directive a row, with unit and time of the same row, between the prose around it', () => {
    const text = `${LEAD}任务分工如下：\n${table(HEAD, ...ROWS)}\n${SIGNED}`
    const communique = readCommunique(text, { year: 2020 })
    expect(communique.directives.map((one) => one.quote)).toEqual([
      '县公安局要加强卡口值守',
      '排查渡口停航船只\t县交通运输局\t3月10日前',
      '为独居老人上门送药\t各乡镇（街道）\t立即',
      '要清运积存垃圾',
    ])
    for (const one of communique.directives) expect(text.slice(one.start, one.end)).toBe(one.quote)
    expect(communique.directives[1]).toMatchObject({
      action: '排查渡口停航船只',
      addressee: '县交通运输局',
      deadline: '3月10日前',
      deadlineDate: '2020-03-10',
      soft: false,
      dates: [{ quote: '3月10日前', iso: '2020-03-10' }],
    })
    expect(communique.directives[2]).toMatchObject({ addressee: '各乡镇（街道）', deadline: null, urgency: '立即' })
    expect(communique.skipped.filter((one) => one.why.rule === 'skip.table').map((one) => one.quote)).toEqual([HEAD.join('\t')])
    expect(communique).toMatchObject({ title: '松岭县召开应急指挥部第十二次会议', session: 12, meetingDate: '2020-03-04' })
  })

  it.each([
    [
      ['任务', '牵头单位', '配合单位', '时限要求'],
      ['清点粮库', '县发展改革局', '县财政局', '3月底'],
      ['清点粮库', '县发展改革局', '2020-03-31'],
    ],
    [
      ['编号', '督办事项', '主办单位', '办结时限'],
      ['7', '更换破损护栏', '县住建局', '2020-03-12'],
      ['更换破损护栏', '县住建局', '2020-03-12'],
    ],
    [
      ['完成时限', '责 任 单 位', '具体措施（2020年）'],
      ['3.15', '县水利局', '疏通灌渠'],
      ['疏通灌渠', '县水利局', '2020-03-15'],
    ],
    [
      ['工作事项', '责任部门', '截止时间'],
      ['1.核对低保名册。', '县民政局', '3月5日至9日'],
      ['核对低保名册', '县民政局', '2020-03-09'],
    ],
    [
      ['重點工作', '責任單位', '完成時限'],
      ['檢修機井', '縣水利局', '3月20日前'],
      ['檢修機井', '縣水利局', '2020-03-20'],
    ],
    [
      ['事项', '责任单位', '完成时限'],
      ['整修村道', '县交通运输局', '1月10日前'],
      ['整修村道', '县交通运输局', '2021-01-10'],
    ],
    [
      ['事项', '责任单位', '完成时限'],
      ['在3月8日前整修村道', '县交通运输局', ''],
      ['在3月8日前整修村道', '县交通运输局', '2020-03-08'],
    ],
    [
      ['事项', '责任单位', '完成时限'],
      ['巡查水库', '县水利局', '长期坚持'],
      ['巡查水库', '县水利局', null],
    ],
  ])('is known by its heads: %j', (head, row, expected) => {
    expect(tasks(head, row)).toEqual([expected])
  })

  it('keeps its columns where cells are empty', () => {
    expect(
      tasks(
        HEAD,
        ['', '排查渡口停航船只', '', '3月10日前'],
        ['2', '为独居老人上门送药', '', ''],
        ['3', '', '县民政局', ''],
        ['', '', '', ''],
      ),
    ).toEqual([
      ['排查渡口停航船只', null, '2020-03-10'],
      ['为独居老人上门送药', null, null],
    ])
  })

  it('takes titles, rows that head others, sums and a second head for none', () => {
    expect(
      tasks(
        ['三月重点任务分解表', '', '', ''],
        HEAD,
        ['一、交通', '', '', ''],
        ROWS[0] ?? [],
        ['', '（二）民生类', '', ''],
        HEAD,
        ROWS[1] ?? [],
        ['合计', '2项', '', ''],
      ),
    ).toEqual(facts(read(`${LEAD}${table(HEAD, ...ROWS)}`)).slice(1))
  })

  it('takes what is done where one matter has several rows', () => {
    const head = ['重点工作', '具体措施', '责任单位', '完成时限']
    expect(tasks(head, ['春耕备耕', '调运化肥', '县供销社', '3月9日前'], ['春耕备耕', '检修农机', '县农业农村局', '3月12日前'])).toEqual([
      ['调运化肥', '县供销社', '2020-03-09'],
      ['检修农机', '县农业农村局', '2020-03-12'],
    ])
  })

  it('goes on behind a break by its numbers, and ends where a paragraph with an indent begins', () => {
    const more = table(['3', '更换破损护栏', '县住建局', '3月12日前'], ['4', '巡查山塘堤坝', '各乡镇', '3月底'])
    const text = `${LEAD}${table(HEAD, ...ROWS)}\n（续表）\n${more}\n\t会议强调，各乡镇要清运积存垃圾。`
    expect(facts(read(text)).slice(3)).toEqual([
      ['更换破损护栏', '县住建局', '2020-03-12'],
      ['巡查山塘堤坝', '各乡镇', '2020-03-31'],
      ['清运积存垃圾', '各乡镇', null],
    ])
  })

  it('is all there need be, with its title', () => {
    const text = `松岭县三月重点任务清单\n${table(HEAD, ...ROWS)}`
    expect(readCommunique(text)).toMatchObject({ refusal: null, title: '松岭县三月重点任务清单' })
    expect(read(text).map((one) => one.addressee)).toEqual(['县交通运输局', '各乡镇（街道）'])
    expect(read(table(HEAD, ...ROWS))).toHaveLength(2)
  })

  it('names the unit that comes first as lead', () => {
    const units = [
      { code: 'cz', name: '县财政局' },
      { code: 'mz', name: '县民政局' },
    ]
    const [one] = read(`${table(HEAD, ['1', '发放临时救助金', '县民政局、县财政局', '3月10日前'])}`)
    expect(one).toBeDefined()
    if (one) expect(suggestUnits(one, units)).toMatchObject({ lead: { code: 'mz' }, assisting: [{ code: 'cz' }] })
  })

  it('is cut and joined by hand with what its row says', () => {
    const text = `${LEAD}${table(HEAD, ['1', '排查停航船只，登记船主去向', '县交通运输局', '3月10日前'], ROWS[1] ?? [])}`
    const communique = readCommunique(text, { year: 2020 })
    const row = communique.directives[1]
    if (row === undefined) throw new Error('no row')
    expect(facts([relabel(text, row.start, row.end, { year: 2020 })])).toEqual(facts([row]))
    const cut = splitAt(communique, text, text.indexOf('，登记'))
    expect(facts(cut.directives.slice(1, 3))).toEqual([
      ['排查停航船只', '县交通运输局', '2020-03-10'],
      ['登记船主去向', '县交通运输局', '2020-03-10'],
    ])
    const joined = joinWithNext(communique, text, 1).directives[1]
    expect(joined?.action).toBe('排查停航船只，登记船主去向；为独居老人上门送药')
    expect(joined?.quote).toBe(text.slice(row.start))
  })
})

describe('what is no table of tasks', () => {
  const around = facts(read(`${LEAD}${SIGNED}`))
  it.each([
    ['figures', table(['县区', '应检', '已检'], ['东岭镇', '120', '118'], ['西岭镇', '96', '96'])],
    ['figures under a pair of heads', table(['乡镇', '人数'], ['东岭镇', '120'], ['西岭镇', '96人'])],
    ['a roster', table(['姓名', '单位', '职务'], ['某甲', '县民政局', '副局长'], ['某乙', '县水利局', '科员'])],
    ['figures with long notes', table(['指标', '数值', '说明'], ['在管', '35', '其中居家28人，集中7人。'], ['解除', '12', ''])],
  ])('orders nothing: %s', (_name, figures) => {
    expect(facts(read(`${LEAD}情况如下表：\n${figures}\n${SIGNED}`))).toEqual(around)
  })
  it('orders nothing where it stands behind a table of tasks, with or without a line between', () => {
    const figures = table(['序号', '乡镇', '渡口', '渡船'], ['1', '东岭镇', '3', '7'], ['2', '西岭镇', '1', '2'])
    const narrow = table(['乡镇', '渡口', '渡船'], ['东岭镇', '3', '7'], ['西岭镇', '1', '2'])
    const whole = facts(read(`${LEAD}${table(HEAD, ...ROWS)}`))
    for (const behind of [`\n${figures}`, narrow, `\n${narrow}`])
      expect(facts(read(`${LEAD}${table(HEAD, ...ROWS)}\n${behind}`))).toEqual(whole)
  })
  it('is read as prose where tabs only set it out', () => {
    const text = `${LEAD}一、\t要关闭棋牌室。\n二、\t要清运积存垃圾。\n\t会议强调，各乡镇要加密巡查。`
    expect(read(text).map((one) => one.quote)).toEqual(['县公安局要加强卡口值守', '要关闭棋牌室', '要清运积存垃圾', '各乡镇要加密巡查'])
  })
  it.each(['\t', '\t\n', '1\t任务\t单位\n', '任务\t单位\n', '甲\n'])(
    'comes back quickly for a quarter of a million characters of %j',
    (piece) => {
      expect(() => readCommunique(`${piece.repeat(Math.ceil(250_000 / piece.length))}\t末`)).not.toThrow()
    },
  )
})
