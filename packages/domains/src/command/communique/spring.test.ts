import { describe, expect, it } from 'vitest'
import { readCommunique } from './index.ts'

// Habits of leading groups of February and March 2020; every sentence here is invented.
const MEETING = '松岭市召开疫情防控工作领导小组第九次会议\n3月4日，市长主持召开会议。\n会议要求，'
const readAll = (orders: string) => readCommunique(`${MEETING}${orders}`, { year: 2020 })
const read = (orders: string) => readAll(orders).directives
const quotes = (orders: string): readonly string[] => read(orders).map((directive) => directive.quote)

describe('what is one order', () => {
  it.each([
    ['of whom and when, and what then', '所有出院患者在达到出院标准后，继续居家观察，总时间不得少于10天。'],
    ['an act without an object, and what is forbidden', '要加强劝导，一律不得摆摊。'],
    ['how, in a row of words', '坚持从快、从优、从简，细化补助办法。'],
    ['what a search looks for', '要开展流行病学调查，全力找寻感染源头。'],
    ['what stands in the way', '要开辟种苗运输绿色通道，打通乡道梗阻。'],
    ['one plan for each firm goes back', '要派驻帮扶专员，坚持一厂一策、一矿一预案。'],
    ['where it leads', '要加快优化园区布局，全力驶入发展快车道。'],
    ['what the help is for', '要加大担保力度，想方设法帮助企业快复工、快达产。'],
    ['whose duty is not said goes forward', '要牢牢压实责任，加大摸排力度。'],
    ['asking above goes forward', '要积极向上争取支持，调运一批口罩。'],
    ['a watchful mind goes forward', '各村组、各车站，要提高警惕，登记外来车辆。'],
    ['slogans of the telling', '要加强正面宣传，唱响主旋律、打好主动仗。'],
    ['what a rule in quotes comes to', '要逐户摸排，真正把“早登记、早上报”要求落到实处。'],
    ['everybody joining in', '要加强联防联控，全面发动群众参与。'],
  ])('%s', (_, orders) => {
    expect(quotes(orders)).toEqual([orders.slice(0, -1)])
  })
})

describe('what is cut', () => {
  it.each([
    ['what is allowed', '要放开田间用工，允许村民分时下地。', ['要放开田间用工', '允许村民分时下地']],
    ['what is built', '要清运垃圾，构建小区摸排网。', ['要清运垃圾', '构建小区摸排网']],
    ['by which means others are helped', '要清运垃圾，合理通过包机、动车帮助员工返岗。', ['要清运垃圾', '合理通过包机、动车帮助员工返岗']],
    ['how hard, and the order', '要兑现惠企政策，以更大力度协助企业招聘员工。', ['要兑现惠企政策', '以更大力度协助企业招聘员工']],
    ['who wrote it', '要清运垃圾。\n（松岭县融媒体中心：测试甲）', ['要清运垃圾']],
    ['the same verb with a new object', '要加强重点人员管控，加强专业流调力量。', ['要加强重点人员管控', '加强专业流调力量']],
    [
      'with whom, and by which means they are taken there',
      '摸清外出务工意愿，主动与输入地对接，采取包机、专车等方式“门到门”输送。',
      ['摸清外出务工意愿', '主动与输入地对接', '采取包机、专车等方式“门到门”输送'],
    ],
    ['what a ban on fire is for', '要清运垃圾，严格野外火源管控，严防森林火灾。', ['要清运垃圾', '严格野外火源管控，严防森林火灾']],
    ['the supplies and who comes first', '统筹调度口罩，重点供应医护人员。', ['统筹调度口罩，重点供应医护人员']],
  ])('%s', (_, orders, cut) => {
    expect(quotes(orders)).toEqual(cut)
  })

  it('a stage before the work with a modal of its own', () => {
    expect(quotes('要清点病床，解除观察前要检测两遍体温。')).toEqual(['要清点病床', '解除观察前要检测两遍体温'])
  })

  it('what carries out the word from above is an order, no heading', () => {
    const orders = '要坚决贯彻落实上级会议精神，统筹推进疫情防控和经济社会发展工作。要有序恢复公交运营；调运化肥。'
    expect(readAll(orders)).toMatchObject({ headings: [], directives: [{ soft: true, domain: 'command' }, {}, {}] })
  })

  it('a topic behind the ways in which it is done is a heading', () => {
    const { headings, directives } = readAll('要以更实更细的办法，加快推进企业复工复产，兑现惠企政策，加大信贷支持，帮助企业招工。')
    expect(headings.map(({ quote }) => quote)).toEqual(['要以更实更细的办法，加快推进企业复工复产'])
    expect(directives).toHaveLength(3)
  })
})

describe('the object', () => {
  it('of a meeting on one matter is its title’s, where nothing else says', () => {
    const text = '松岭市春耕生产调度会召开\n3月4日，副市长主持召开会议。\n会议要求，要抢时间、争主动，集中两周抢栽。'
    expect(readCommunique(text, { year: 2020 }).directives.map(({ domain }) => domain)).toEqual(['farming'])
  })

  it.each([
    ['the poor', '要抓好脱贫攻坚挂牌督战。', 'welfare'],
    ['what is built for them stays with its own field', '要抓好扶贫产业发展。', 'other'],
    ['what is left out is none', '除棋牌室外，其他行业要应开尽开。', 'service_reopening'],
    ['bought for others', '在生活需求方面，由社区集中采购配送。', 'supplies'],
    ['what is no excuse', '不许拿审批拖住企业复工。', 'approvals'],
    ['of what the hidden danger is', '要开展企业复工安全隐患大排查。', 'public_safety'],
    ['what is done with travellers, in a list', '落实入境人员信息核验、转运、集中隔离等办法。', 'travel_health'],
    ['those who came back', '要盯住从疫情较重地区回来的人，逐户登记。', 'travel_health'],
    ['what is taken to heart', '要把困难群众的吃穿放在心上。', 'welfare'],
    ['what sums up a list', '要调度一批蔬菜、食盐等生活必需品。', 'supplies'],
    ['people in a list of equals, first', '要突出重点人员、重点场所、重点环节管控。', 'containment'],
  ])('%s', (_, orders, domain) => {
    expect(read(orders).map((directive) => directive.domain)).toEqual([domain])
  })
})
