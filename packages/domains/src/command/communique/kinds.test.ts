import { describe, expect, it } from 'vitest'
import { readCommunique } from './index.ts'

// What plainly worded orders are about, asked for kind by kind; every sentence here is invented.
const MEETING = '松岭市召开疫情防控工作领导小组第九次会议\n3月4日，市长主持召开会议。\n会议要求，'
const read = (orders: string) => readCommunique(`${MEETING}${orders}`, { year: 2020 }).directives

describe('the field', () => {
  it.each([
    ['who is to be found among arrivals', '对返程人员加强排查力度。', 'containment'],
    ['what is watched of arrivals', '对返程人员逐日监测体温。', 'travel_health'],
    ['arrivals who report of themselves', '对外地来松人员落实健康申报。', 'travel_health'],
    ['where a patient was and whom he met', '疾控中心要把病人去过的地方、见过的人查清。', 'containment'],
    ['firms that are helped, whatever they lack', '要帮助企业解决口罩、药剂等短缺问题。', 'resumption_enterprises'],
    ['work for firms’ vacancies', '要帮助企业招工。', 'labour_matching'],
    ['a venue that is told', '商超控制人数，进门量体温。', 'venues'],
    ['a longer name at the same place', '城区增设八个蔬菜点。', 'supplies'],
    ['the family of a patient', '要对患者家庭给予救助。', 'welfare'],
    ['approvals under another name', '不得变相审批。', 'approvals'],
    ['a precaution is no object', '要引导村民在做好个人防护的前提下分散下田。', 'farming'],
    ['means that name a field, without a state of mind', '要围绕疾控中心建设争取专项债。', 'project_pipeline'],
    ['forms that are filled in again', '要减少重复填表。', 'command'],
  ])('%s', (_, orders, domain) => {
    expect(read(orders).map((directive) => directive.domain)).toEqual([domain])
  })
})

describe('what goes with an order', () => {
  it.each([
    ['who is sent goes forward', '经信局要派人到停产企业，核对复工条件。'],
    ['where those called up go', '要抽调三百名干部，充实到城区卡口。'],
  ])('%s', (_, orders) => {
    expect(read(orders).map((directive) => directive.quote)).toEqual([orders.slice(0, -1)])
  })

  it('a lead that says in short what its speaker says again at length is no order', () => {
    const text = '3月4日，市委书记测试甲在全市防控调度会上强调，要守好防线。\n测试甲要求，要清运垃圾。'
    expect(readCommunique(text, { year: 2020 }).directives.map((directive) => directive.quote)).toEqual(['要清运垃圾'])
  })
})
