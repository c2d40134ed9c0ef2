import { describe, expect, it } from 'vitest'
import { readCommunique } from './index.ts'

// Habits met in bulletins of many cities, 2020 to 2022; every sentence here is invented.
const MEETING = '松岭市召开疫情防控工作领导小组第九次会议\n3月4日，市长主持召开会议。\n会议要求，'
const read = (orders: string) => readCommunique(`${MEETING}${orders}`, { year: 2020 }).directives
const quotes = (orders: string): readonly string[] => read(orders).map((directive) => directive.quote)

describe('a clause that is work of its own', () => {
  it.each([
    [
      'an adverb of order, a verb that no list knows, a field',
      '要清运垃圾，大力科普洗手知识，调运化肥。',
      ['要清运垃圾', '大力科普洗手知识', '调运化肥'],
    ],
    ['broad words with a thing of their own', '要强化应急值守，做好排班统筹，开展夜间巡查。', ['做好排班统筹', '开展夜间巡查']],
    ['told to be done at once', '要清运垃圾，及时消除校舍火灾隐患。', ['要清运垃圾', '及时消除校舍火灾隐患']],
    ['an order behind work of another field', '要发放种子，推动城区公交客运全面恢复。', ['要发放种子', '推动城区公交客运全面恢复']],
    ['a matter that 同时 opens', '要发放种子，同时守住煤电油气保供底线。', ['要发放种子', '同时守住煤电油气保供底线']],
    [
      'a demand in a named field',
      '要清运垃圾，精准落实分区分类防控要求，调运化肥。',
      ['要清运垃圾', '精准落实分区分类防控要求', '调运化肥'],
    ],
    [
      'a thing ordered with a modal in the middle',
      '要调运化肥，服务药企复工复产要精准、及时。',
      ['要调运化肥', '服务药企复工复产要精准、及时'],
    ],
    [
      'each with a subject and a modal of its own',
      '指挥专班要高效运转，包片责任要落实到位。',
      ['指挥专班要高效运转', '包片责任要落实到位'],
    ],
  ])('%s', (_, orders, cut) => {
    expect(quotes(orders)).toEqual(cut)
  })
})

describe('a clause that is none', () => {
  it.each([
    ['a list that goes on', '要管住外来货车、冷藏集装箱，以及从高风险地区返乡的客商。', 1],
    ['what a thing would lead to', '要调运化肥，不能因缺货，导致春耕停摆。', 1],
    ['one 确保 for several', '要备足三类班组，确保社区队伍随叫随到，村组队伍当班在位，城区队伍装备齐全。', 1],
    ['what the telling is for', '要加强宣传，着力增强学生的防护意识。', 1],
    ['what work is to live up to is shown', '要对照省级采样操作指南，补齐检测短板。', 1],
    ['what was going on', '出现了零星病例，各村要加密消杀。', 1],
    ['what did not happen', '要加密消杀。\n据了解，二月全县未发生火灾，未出现伤亡。', 1],
    ['where others listened', '要加密消杀。\n会议以视频形式召开，各县区设分会场。', 1],
    ['who arranged what, told as news', '要加密消杀。\n测试甲就春耕备耕，以及网格巡查等工作进行安排部署。', 1],
  ])('%s', (_, orders, count) => {
    expect(quotes(orders)).toHaveLength(count)
  })

  it('an area named behind a verb is no addressee of what follows', () => {
    expect(quotes('要盯住山口镇，全面排查其余县（区、市），做好返乡人员健康监测。')).toContain('做好返乡人员健康监测')
  })

  it('the headline that says 强调 goes on with the next line', () => {
    const text =
      '市防控领导小组调度各县区防控工作，要求各级落实会议精神，强调\n\n加快社区清零\n\n3月4日，市领导小组召开会议。\n会议强调，要加密消杀。'
    expect(readCommunique(text, { year: 2020 }).directives.map((directive) => directive.quote)).toEqual(['要加密消杀'])
  })
})

describe('a topic', () => {
  const headings = (orders: string): readonly string[] =>
    readCommunique(`${MEETING}${orders}`, { year: 2020 }).headings.map((heading) => heading.quote)

  it.each([
    [
      'a name in quotes inside a field',
      '要抓好“双清双管”重点任务，完善来返人员核查机制，加大入境人员管控力度。',
      '要抓好“双清双管”重点任务',
    ],
    [
      'one verb thrice, whatever the fields',
      '要抓好开年发展后劲培育工作，加大项目引进力度，加大水质治理力度，加大低保救助力度。',
      '要抓好开年发展后劲培育工作',
    ],
    [
      'one sentence told to somebody spells it out',
      '要做好务工人员健康证明服务。各乡镇要成立专班，统筹做好窗口服务，方便群众就近办理。要清运垃圾。',
      '要做好务工人员健康证明服务',
    ],
  ])('%s', (_, orders, heading) => {
    expect(headings(orders)).toContain(heading)
  })
})

describe('the field', () => {
  it.each([
    ['务工 inside 服务工作 is no labour', '要加强封控楼栋的后勤服务工作。', 'labour_matching', false],
    ['a high standard is no field of crops', '要以最高标准做好校园疫情防控。', 'farming', false],
    ['staff screening is the firm’s', '要做好员工筛查。', 'resumption_enterprises', true],
    ['places that open again', '要逐步开放各类室内场所。', 'service_reopening', true],
    ['what comes after is no object', '在恢复客运后加强社区网格排查。', 'containment', true],
  ])('%s', (_, orders, domain, holds) => {
    const [directive] = read(orders)
    expect(directive?.domain === domain).toBe(holds)
  })
})
