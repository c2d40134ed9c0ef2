import { describe, expect, it } from 'vitest'
import { readCommunique } from './index.ts'

const read = (orders: string, heldOn = '2020-03-04') =>
  readCommunique(`松岭市召开防汛调度会\n3月4日，市长主持召开全市防汛调度会。\n会议要求，${orders}`, { year: 2020, heldOn }).directives
const first = (orders: string, heldOn?: string) => read(orders, heldOn)[0]

// The 4th of March 2020 is a Wednesday.
describe('a time that the day of the meeting makes a day', () => {
  it.each([
    ['市水利局要在今晚24时前备齐沙袋。', '今晚24时前', '2020-03-04'],
    ['市水利局要在明天上午10时前备齐沙袋。', '明天上午10时前', '2020-03-05'],
    ['市水利局要在后天前备齐沙袋。', '后天前', '2020-03-06'],
    ['市水利局十日内完成水库清淤。', '十日内', '2020-03-14'],
    ['市水利局10日内完成水库清淤。', '10日内', '2020-03-14'],
    ['市水利局要在三天之内完成水库清淤。', '三天之内', '2020-03-07'],
    ['市水利局48小时内疏浚河道。', '48小时内', '2020-03-06'],
    ['市水利局要在36小时内疏浚河道。', '36小时内', '2020-03-06'],
    ['市水利局要在两周内疏浚河道。', '两周内', '2020-03-18'],
    ['市水利局要在一个月内疏浚河道。', '一个月内', '2020-04-04'],
    ['市水利局要在本周五前疏浚河道。', '本周五前', '2020-03-06'],
    ['市水利局要在周一前疏浚河道。', '周一前', '2020-03-09'],
    ['市水利局要在下周一前疏浚河道。', '下周一前', '2020-03-09'],
    ['市水利局要在下周三17时前疏浚河道。', '下周三17时前', '2020-03-11'],
    ['市水利局要在本周内疏浚河道。', '本周内', '2020-03-08'],
    ['市水利局要在下周内疏浚河道。', '下周内', '2020-03-15'],
    ['市水利局要在下月5日前疏浚河道。', '下月5日前', '2020-04-05'],
    ['市水利局要在下个月底前疏浚河道。', '下个月底前', '2020-04-30'],
    ['会后3天内各县区要疏浚河道。', '3天内', '2020-03-07'],
    ['本周五前，各县区要疏浚河道。', '本周五前', '2020-03-06'],
    ['3月20日前，疏浚河道。', '3月20日前', '2020-03-20'],
  ])('%s', (orders, deadline, deadlineDate) => {
    expect(first(orders)).toMatchObject({ deadline, deadlineDate, soft: false })
    expect(first(orders)?.why.map(({ rule }) => rule)).not.toContain('label.open')
  })

  it.each([
    ['of a Saturday, the Friday of that week has gone', '市水利局要在本周五前疏浚河道。', '2020-03-07', null],
    ['of the last day of a long month', '市水利局要在一个月内疏浚河道。', '2020-01-31', '2020-02-29'],
    ['over the end of the year', '市水利局要在下月10日前疏浚河道。', '2019-12-28', '2020-01-10'],
    ['told on a Sunday', '市水利局要在下周一前疏浚河道。', '2020-03-08', '2020-03-09'],
  ])('%s', (_name, orders, heldOn, expected) => {
    expect(first(orders, heldOn)?.deadlineDate).toBe(expected)
  })

  it.each([
    ['working days, whose holidays are not known', '市水利局要在5个工作日内疏浚河道。', '2020-03-11'],
    ['a feast', '市水利局要在清明节前疏浚河道。', null],
    ['what counts from what is found', '发现险情要在2小时内上报市水利局。', null],
    ['the day on which something happens', '对进村车辆，村（社区）要当天登记。', null],
  ])('%s leaves it open, and unsure', (_name, orders, expected) => {
    const one = first(orders)
    expect(one).toMatchObject({ deadlineDate: expected, unsure: true })
    expect(one?.deadline).not.toBeNull()
    expect(one?.why.map(({ rule }) => rule)).toContain('label.open')
  })

  it('is read without the meeting day as words only, and unsure', () => {
    const text = '会议要求，市水利局要在本周五前疏浚河道。'
    expect(readCommunique(text).directives[0]).toMatchObject({ deadline: '本周五前', deadlineDate: null, unsure: true })
  })

  it.each([
    ['各乡镇要每周五报送水位。', '每周五', '每周'],
    ['各乡镇每周五12时前报送水位。', '每周五12时前', '每周'],
    ['各水库要于每日18时前报告水位。', '每日18时前', '每日'],
    ['各水库每天上午10时报送水位。', '每天上午10时', '每日'],
    ['各水库要每日上报水位。', '每日', '每日'],
    ['各乡镇要每半月通报一次排查进展。', '每半月', '每半月'],
  ])('%s comes again and is no single day', (orders, words, often) => {
    const found = first(orders)
    expect(found).toMatchObject({ deadline: words, deadlineDate: null })
    expect(found?.why.map(({ rule }) => rule)).not.toContain('label.open')
    expect(found?.why.find(({ rule }) => rule === 'label.recurs')?.zh).toMatch(new RegExp(`：${often}$`))
  })

  it('a month has no such rhythm in the register: it is left for a person to see', () => {
    const found = first('各乡镇要于每月5日前报送水位。')
    expect(found).toMatchObject({ deadline: '每月5日前', deadlineDate: null, unsure: true })
    expect(found?.why.map(({ rule }) => rule)).toContain('label.open')
  })

  it('a day that is named comes before it', () => {
    expect(first('各乡镇要在3月9日前每日报送水位。')).toMatchObject({ deadline: '3月9日前', deadlineDate: '2020-03-09' })
  })

  it.each([
    ['how many times a day', '各水库要每日两次巡查堤坝。'],
    ['how often', '各乡镇要一周三次巡查堤坝。'],
    ['whom it is about', '要核查14天内到过外地的人员。'],
    ['how long something takes', '要把审批时间压缩到5个工作日以内。'],
    ['how many hours a day', '各水库要24小时值守。'],
  ])('%s is no deadline', (_name, orders) => {
    expect(first(orders)?.deadline).toBeNull()
  })
})
