import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { typedNames, typedNumbers } from './typed.ts'

const areas = ['巴中市', '南江县', '巴州区']
const numbers = (words: string) => typedNumbers(words, areas).map(({ written, value, counts }) => [written, value, counts])
const values = (words: string) => typedNumbers(words, areas).map(({ value }) => value)
const names = (words: string) => typedNames(words, areas).map(({ written }) => written)

describe('a number in the words of a bulletin', () => {
  it('is seen however it is written, and what it counts by the words on both sides', () => {
    expect(numbers('南江县正在观察1人')).toEqual([['1', 1, 'people']])
    expect(numbers('南江县人数为一')).toEqual([['一', 1, 'people']])
    expect(numbers('南江县仅有壹人')).toEqual([['壹', 1, 'people']])
    expect(numbers('南江县观察者唯一')).toEqual([['唯一', 1, 'people']])
    expect(numbers('In 南江县 one remains under observation.')).toEqual([['one', 1, 'people']])
    expect(numbers('南江县观察叁名')).toEqual([['叁', 3, 'people']])
    expect(numbers('南江县在观察：③')).toEqual([['3', 3, 'open']])
    expect(numbers('兄弟仨在观察')).toEqual([['仨', 3, 'open']])
    // Words that say a number without naming it.
    expect(numbers('除南江县的那一位外，全市无人在观察')).toEqual([
      ['一', 1, 'people'],
      ['无人', 0, 'people'],
    ])
    expect(numbers('南江县有个人正在观察')).toEqual([['有个人', 1, 'people']])
    expect(values('仅一人，某位居民，那名患者，此人已出院，个别病例，没有人确诊，无一确诊')).toEqual([1, 1, 1, 1, 1, 0, 0])
    expect(values('Nobody in 南江县 is observed, no one was released, someone entered')).toEqual([0, 0, 1])
    expect(values('一家三口')).toEqual([1, 3])
    expect(values('３人 ❸人 ➂人 ⓷人 ㈢人 ⑶人 ⒊人 〣人 ३人 𝟑人 ³人')).toEqual(Array.from({ length: 11 }, () => 3))
    expect(values('廿三人，卅一人，两百零五人，三十万人，拾贰人，二〇人，3万人')).toEqual([23, 31, 205, 300_000, 12, 20, 30_000])
    expect(values('twenty-three remain, one hundred and five left, a dozen, a single resident, a couple of people')).toEqual([
      23, 105, 12, 1, 2,
    ])
    expect(values('还有Ⅲ人，III人，ⅹⅹⅵ人，XXVI people, I case, IV, a trio, triplets, a pair of sisters, dozens')).toEqual([
      3, 3, 26, 26, 1, 4, 3, 3, 2, 12,
    ])
    expect(values('系统一人在观察，1\u200b3人')).toEqual([1, 13])
    expect(numbers('南江县：壹，巴州区1人')).toEqual([
      ['壹', 1, 'people'],
      ['1', 1, 'people'],
    ])
  })

  it('is none in dates, parts of documents, quoted programmes and set words', () => {
    for (const said of [
      '2020年2月14日8时30分起，二〇二〇年二月十四日，十四日二十时，星期三',
      '按照川办发〔2020〕13号第三条、第二款，市指挥部第4次会议要求',
      '一、基本情况\n（二）下一步工作\n1. 继续监测\n2、及时通报',
      '一是严格管控；二是加强宣传；三要落实责任。',
      '落实“四早”“四个到位”和“两个维护”，推行一人一档、一户一策、一日一报。',
      '各地一律严格执行，进一步统一思想，一手抓防控、一手抓复工，第一时间处置，万一发热立即就诊，十分重要',
      '千方百计、万众一心，百姓一定放心；三农、四川、九江、五一路、三江镇；陆续返岗，队伍稳定。',
      '每日两次测温，每天早晚测量两次，每一位居民请勿聚集，做到不漏一户、不落一人。',
      '无人机巡查，卡点无人值守，没有人员伤亡，有个人防护用品，个别地方松懈，这名单已核对，该人员名册，所有位于城区的超市无一例外',
      '启动Ⅲ级应急响应，II类场所，level II response, Xi’an',
      'Visited twice a day, one by one; no one may gather. From 08:30 on 14 Feb 2020, COVID-19.',
    ])
      expect([said, numbers(said)]).toEqual([said, []])
    // None of these is a way in.
    expect(values('南江县在观察“一”')).toEqual([1])
    expect(values('南江县第一例')).toEqual([1])
    expect(values('南江县一人一例')).toEqual([1, 1])
    expect(values('南江县统一人')).toEqual([1])
    expect(numbers('每户由一名干部包保')).toEqual([['一', 1, 'things']])
  })

  it('is asked about seldom in what offices really write', () => {
    const folder = new URL('../../command/communique/fixtures/', import.meta.url)
    const texts = readdirSync(folder).filter((name) => name.endsWith('.txt'))
    const written = texts.map((name) => readFileSync(new URL(name, folder), 'utf8'))
    const asked = written.flatMap((text) => typedNumbers(text, areas).filter((one) => !/^\d/.test(one.written)))
    const length = written.reduce((sum, text) => sum + text.length, 0)
    expect(length).toBeGreaterThan(10_000)
    // Of a page of 600 characters, beside its digits: two or three, and all of them count something.
    expect((asked.length * 600) / length).toBeLessThan(3)
    expect(written.flatMap((text) => typedNames(text, areas))).toEqual([])
  })
})

describe('a name in the words of a bulletin', () => {
  it('is asked about before what somebody does and what becomes of them, and no everyday word is', () => {
    expect(names('王小明已确诊')).toEqual(['王小明'])
    expect(names('张三确诊')).toEqual(['张三'])
    expect(names('居民欧阳小红被隔离，马小兰出院，其中李四死亡')).toEqual(['欧阳小红', '李四', '马小兰'])
    expect(names('昨日，陈五从武汉回来')).toEqual(['陈五'])
    for (const said of [
      '许多已返岗，周边已消毒，谢绝探访，黄码已转绿，林区已封闭，何时出院由专家组决定',
      '武汉返回人员已登记，马上隔离，巴州区已解除，任何被隔离人员',
    ])
      expect([said, names(said)]).toEqual([said, []])
  })
})
