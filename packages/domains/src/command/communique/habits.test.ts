import { describe, expect, it } from 'vitest'
import { readCommunique } from './index.ts'

// More habits of other cities' communiqués; every sentence here is invented.
const MEETING = '松岭市召开疫情防控工作领导小组第九次会议\n3月4日，市长主持召开会议。\n会议要求，'
const readAll = (orders: string) => readCommunique(`${MEETING}${orders}`, { year: 2020 })
const quotes = (orders: string): readonly string[] => readAll(orders).directives.map((directive) => directive.quote)

describe('what is no order', () => {
  it('reads a lead behind the name of a paper and its source as lead', () => {
    const lead = '每日松岭网3月5日讯 据松岭晚报报道 3月4日上午，市长甲主持召开调度会，学习上级通知要求，安排部署开学工作。'
    expect(readCommunique(`${lead}\n会议要求，要清运垃圾。`).directives.map((directive) => directive.quote)).toEqual(['要清运垃圾'])
  })
  it('reads a lead that runs from its headline to what was said at the meeting as lead', () => {
    const lead = '甲主持召开市防控调度会议 3月4日晚，市长甲主持召开市防控调度会议时强调，要突出重点，做细每个环节。 副市长乙出席会议。'
    expect(readCommunique(`${lead} 会议要求，要清运垃圾。`).directives.map((directive) => directive.quote)).toEqual(['要清运垃圾'])
  })
  it.each([
    ['what a measure is for', '小区封闭的目的在于减少接触，各街道要登记访客。', ['各街道要登记访客']],
    ['what is about to come', '特别是随着将要到来的返程，疫情防控将面临更大的压力。各车站要加开测温通道。', ['各车站要加开测温通道']],
    ['what leaves no room', '常态化管理容不得丝毫马虎，各村要登记访客。', ['各村要登记访客']],
    ['what it takes', '当前春耕任务繁重，需要加倍努力，各村要登记外出劳力。', ['各村要登记外出劳力']],
    ['who wrote it, behind the last order', '要清运垃圾。记者 测试甲 |\n首页简介 | 隐私声明 | 联系办法 | 人员查询 | | ||', ['要清运垃圾']],
    ['said of the matter before it', '要清运垃圾。登记工作是基础，必须全部落实到位。', ['要清运垃圾']],
  ])('%s', (_name, orders, expected) => {
    expect(quotes(orders)).toEqual(expected)
  })
})

describe('what goes on with an order', () => {
  it.each([
    [
      'only this way it will do',
      '只有做细流调工作，逐户登记访客，小区才会安全，封控才能解除。',
      ['只有做细流调工作，逐户登记访客，小区才会安全，封控才能解除'],
    ],
    ['what is done to those named', '要加强入境人员管控，严格筛查和集中医学观察。', ['要加强入境人员管控，严格筛查和集中医学观察']],
    ['a loss kept low', '要推动民宿恢复经营，把病虫害对春耕的影响降到最低程度。', ['要推动民宿恢复经营，把病虫害对春耕的影响降到最低程度']],
    [
      'how closely it is run',
      '要清点病床，完善返京服务程序，点对点全流程闭环式管理。',
      ['要清点病床', '完善返京服务程序，点对点全流程闭环式管理'],
    ],
    ['a strategy to live up to goes forward', '要切实做到外防输出，增派高速路口值守人员。', ['要切实做到外防输出，增派高速路口值守人员']],
    [
      'who sees to it goes forward',
      '要加强组织领导，压实责任主体，建立景区开放工作机制。',
      ['要加强组织领导，压实责任主体，建立景区开放工作机制'],
    ],
    [
      'a principle that is kept goes forward',
      '要严格遵守“先消毒，后开门”原则，开放图书馆。',
      ['要严格遵守“先消毒，后开门”原则，开放图书馆'],
    ],
    [
      'what it comes to',
      '要严格落实属地管理责任，确保措施到村，务必做到守土尽责。',
      ['要严格落实属地管理责任，确保措施到村，务必做到守土尽责'],
    ],
    ['a field of opinion that is held', '要公布病例信息，牢牢占据舆论阵地。', ['要公布病例信息，牢牢占据舆论阵地']],
    ['whom a matter is about stands before its modal', '对快递人员的管理，必须登记造册。', ['对快递人员的管理，必须登记造册']],
    ['tools in a list go forward', '要利用村村响、流动宣传车等，广泛讲解防疫知识。', ['要利用村村响、流动宣传车等，广泛讲解防疫知识']],
    [
      'a condition goes with the work right behind it',
      '要着力保群众正常生活，在满足蔬菜供应的基础上，加强就业帮扶，增设公益岗位。',
      ['要着力保群众正常生活，在满足蔬菜供应的基础上，加强就业帮扶', '增设公益岗位'],
    ],
    [
      'a condition behind general words opens the order of another field',
      '要全面做好疫情防控工作，在备足药品的基础上，有序恢复公交运营。',
      ['要全面做好疫情防控工作', '在备足药品的基础上，有序恢复公交运营'],
    ],
    ['whom to watch goes forward', '要把外省来客作为重点管控人员，逐人落实居家观察。', ['要把外省来客作为重点管控人员，逐人落实居家观察']],
    [
      'work that names no object goes forward',
      '要有力督导，强化落实，成立暗访小队，每周通报一次。',
      ['要有力督导，强化落实，成立暗访小队，每周通报一次'],
    ],
    ['a string that stays taut', '要时刻紧绷疫情防控这根弦，加强返乡人员摸排。', ['要时刻紧绷疫情防控这根弦，加强返乡人员摸排']],
  ])('%s', (_name, orders, expected) => {
    expect(quotes(orders)).toEqual(expected)
  })
})

describe('what is a heading', () => {
  it.each([
    [
      'a state of mind before the topic',
      '要始终把全县百姓的安危冷暖和出行安全放在第一位，想方设法做好封控小区蔬菜药品供应保障工作。商务部门要调运一批蔬菜，增设三十个售卖点。',
      ['要始终把全县百姓的安危冷暖和出行安全放在第一位，想方设法做好封控小区蔬菜药品供应保障工作'],
    ],
    ['how a matter must grow', '防控责任要再压实。各乡镇要逐村派驻督导员。', ['防控责任要再压实']],
    ['a pass that is held', '要把牢重要关口，落实检查站测温措施，增派路口值守人员。', ['要把牢重要关口']],
    ['a season that is seized', '要抢抓农时抓好春耕生产，调运化肥，检修农机。', ['要抢抓农时抓好春耕生产']],
  ])('%s', (_name, orders, expected) => {
    expect(readAll(orders).headings.map((heading) => heading.quote)).toEqual(expected)
  })
})

describe('which register it is for', () => {
  it('keeps reports of what happened with whoever is on duty', () => {
    const orders = '要进一步加强应急值守，严格执行领导带班制度，重大情况第一时间报告。'
    expect(readAll(orders).directives.map((directive) => directive.domain)).toEqual(['command', 'command'])
  })
  it.each([
    ['visitors are let in by appointment', '要推行预约入园制度。', 'venues'],
    ['disinfection for lessons to begin', '要对校园全面消杀。', 'service_reopening'],
    ['pupils who come back', '高等学校要错峰安排返校。', 'service_reopening'],
    ['help firm by firm, whatever stands behind it', '要坚持一企一策、一工地一预案，派驻联络员。', 'resumption_enterprises'],
    ['people are tested as a rule of control', '对重点人群做到应检尽检。', 'containment'],
    ['what everybody does against infection', '要做好戴口罩、扫码亮码、查验核酸证明等工作。', 'containment'],
    ['leave that must be asked for', '要严格执行请销假制度。', 'travel_health'],
    ['what is fed to pigs', '要禁止使用泔水。', 'livestock'],
    ['people run from door to door without a gap', '要规范安全进行点对点闭环管理。', 'travel_health'],
    ['gifts to those in need', '社区要开展献爱心活动。', 'welfare'],
    ['all of a county sifted', '要对各个小区进行全面过筛。', 'containment'],
    ['policies that help, before what they are about', '要出台扶持政策，聚焦稳岗、财税等环节，提出管用措施。', 'resumption_enterprises'],
    ['an ability that is raised', '商务、农业部门要全力以赴，进一步提高采购、运输、供给能力。', 'supplies'],
    ['whoever did too little is called to account', '对排查不实、宣传不力的，严肃追责问责。', 'command'],
  ])('%s', (_name, orders, domain) => {
    expect(readAll(orders).directives.map((directive) => directive.domain)).toEqual([domain])
  })
})
