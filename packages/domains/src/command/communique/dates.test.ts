import { describe, expect, it } from 'vitest'
import { type ReadOptions, readCommunique, relabel, splitAt } from './index.ts'

const page = (day: string, orders: string): string =>
  `松岭县召开安全生产调度会\n${day}，县长主持召开全县安全生产调度会。\n会议要求，${orders}`
const due = (day: string, orders: string, options: ReadOptions): readonly (string | null)[] =>
  readCommunique(page(day, orders), options).directives.map((one) => one.deadlineDate)

describe('a deadline without a year', () => {
  it.each([
    ['12月28日', '县住建局要在1月10日前完成燃气管道检修。', '2020-01-10'],
    ['12月28日', '县水利局要在3月底前完成山塘清淤。', '2020-03-31'],
    ['12月28日', '县水利局要在2月底前完成山塘清淤。', '2020-02-29'],
    ['12月28日', '县水利局要在一季度完成山塘清淤。', '2020-03-31'],
    ['12月28日', '县水利局要在上半年完成山塘清淤。', '2020-06-30'],
    ['12月28日', '县住建局要在5日前完成燃气管道检修。', '2020-01-05'],
    ['1月30日', '县住建局要在30日前完成燃气管道检修。', '2019-01-30'],
    ['1月30日', '县住建局要在29日前完成燃气管道检修。', '2019-03-29'],
    ['12月28日', '县住建局要在12月31日前完成燃气管道检修。', '2019-12-31'],
    ['3月4日', '县水利局要在12月底前完成山塘清淤。', '2019-12-31'],
    ['3月4日', '县水利局要在明年3月底前完成山塘清淤。', '2020-03-31'],
  ])('of a meeting on %s: %s is %s', (day, orders, expected) => {
    expect(due(day, orders, { year: 2019 })).toEqual([expected])
  })

  it('says by which rule it was put into the next year, and its mention says the same day', () => {
    const [one] = readCommunique(page('12月28日', '县住建局要在1月10日前完成燃气管道检修。'), { year: 2019 }).directives
    expect(one?.why.map((why) => why.rule)).toContain('label.year')
    expect(one?.dates.map((date) => date.iso)).toEqual(['2020-01-10'])
    const [other] = readCommunique(page('12月8日', '县住建局要在12月10日前完成燃气管道检修。'), { year: 2019 }).directives
    expect(other?.why.map((why) => why.rule)).not.toContain('label.year')
  })

  it('keeps a year that is named, what has just passed, and what is told of the past', () => {
    expect(due('12月28日', '县住建局要在2019年1月10日前完成燃气管道检修。', { year: 2019 })).toEqual(['2019-01-10'])
    expect(due('12月28日', '县住建局要在12月25日前完成燃气管道检修。', { year: 2019 })).toEqual(['2019-12-25'])
    const [told] = readCommunique(page('12月28日', '县住建局要查清12月20日以来停用的管道。'), { year: 2019 }).directives
    expect(told).toMatchObject({ deadline: null, deadlineDate: null, dates: [{ quote: '12月20日', iso: '2019-12-20' }] })
  })

  it('is read from the meeting also where a piece is labelled again', () => {
    const text = page('12月28日', '县住建局要在1月10日前完成燃气管道检修，在1月15日前更换老旧阀门。')
    const at = text.indexOf('要在1月10日')
    expect(relabel(text, at, text.indexOf('检修') + 2, { year: 2019 }).deadlineDate).toBe('2020-01-10')
    const read = readCommunique(text, { year: 2019 })
    const cut = splitAt(read, text, text.indexOf('，在1月15日'))
    expect(cut.directives.map((one) => one.deadlineDate)).toEqual(['2020-01-10', '2020-01-15'])
  })
})

describe('the day of a meeting without a year', () => {
  const held = (text: string, options: ReadOptions): string | null => readCommunique(text, options).meetingDate
  const text = page('12月28日', '县住建局要在1月10日前完成燃气管道检修。')

  it('is the last such day up to the day of reading', () => {
    expect(held(text, { today: '2020-01-04' })).toBe('2019-12-28')
    expect(held(text, { today: '2019-12-28' })).toBe('2019-12-28')
    expect(held(page('2月14日', '要清运垃圾。'), { today: '2020-02-14' })).toBe('2020-02-14')
    expect(held(page('2月29日', '要清运垃圾。'), { today: '2022-03-01' })).toBe('2020-02-29')
    expect(readCommunique(text, { today: '2020-01-04' }).directives[0]?.deadlineDate).toBe('2020-01-10')
  })
  it('is not in the year of a deadline that the text names', () => {
    const named = page('12月28日', '县住建局要在2020年1月10日前完成燃气管道检修。')
    expect(held(named, { today: '2020-01-04' })).toBe('2019-12-28')
    expect(readCommunique(named, { today: '2020-01-04' }).date).toBeNull()
  })
  it('is the one nearest to the day of publication', () => {
    expect(held(`2020-01-02 来源：松岭发布\n${text}`, {})).toBe('2019-12-28')
    expect(held(`2019-12-27 来源：松岭发布\n${text}`, {})).toBe('2019-12-28')
  })
  it('is what a person says, and deadlines count from it', () => {
    const read = readCommunique(text, { today: '2020-01-04', heldOn: '2018-12-28' })
    expect(read).toMatchObject({ meetingDate: '2018-12-28', directives: [{ deadlineDate: '2019-01-10' }] })
  })
})

describe('a short text', () => {
  it('is refused for what it is', () => {
    for (const text of ['明天有雨。', '你好', '早上好，大家辛苦了。'])
      expect(readCommunique(text).refusal).toMatchObject({ code: 'no_communique', zh: expect.stringContaining('不是会议通报') })
    for (const text of ['Good morning.', '12 345', '……']) expect(readCommunique(text).refusal?.code).toBe('not_chinese')
  })
  it('is read where it orders something', () => {
    expect(readCommunique('要清运垃圾。')).toMatchObject({ refusal: null, directives: [{ quote: '要清运垃圾' }] })
  })
})
