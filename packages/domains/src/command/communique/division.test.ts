import { describe, expect, it } from 'vitest'
import { readCommunique, suggestUnits } from './index.ts'

const MEETING = '松岭市召开疫情防控工作领导小组第九次会议\n3月4日，市长主持召开会议。\n会议要求，'
const read = (orders: string) => readCommunique(`${MEETING}${orders}`, { year: 2020 }).directives
const only = (orders: string) => {
  const [one, ...more] = read(orders)
  if (one === undefined || more.length > 0) throw new Error(`${1 + more.length} directives`)
  return one
}

describe('who leads and who assists', () => {
  it.each([
    ['before the work', '由县商务局牵头，县发改局、县供销社配合，于3月9日12时前备足冬储粮油。', '县商务局', '3月9日12时前备足冬储粮油'],
    ['without 由', '县教育局牵头，各乡镇（街道）密切配合，3月9日前完成校车检修。', '县教育局', '完成校车检修'],
    ['with a modal', '县卫健局要牵头，县疾控中心要配合，3月9日前扩充检测队伍。', '县卫健局', '扩充检测队伍'],
    ['in one clause', '县教育局牵头、县卫健局配合，3月9日前完成校医培训。', '县教育局', '完成校医培训'],
    ['together with another', '由县财政局会同县医保局于3月9日前拨付救治费用80万元。', '县财政局', '拨付救治费用80万元'],
    ['together, behind a modal', '县财政局要会同县医保局，3月9日前拨付救治费用。', '县财政局', '拨付救治费用'],
    [
      'units whose names hold 和 and a verb',
      '县文化和旅游局会同县住房和城乡建设局3月9日前排查景区在建工地。',
      '县文化和旅游局',
      '排查景区在建工地',
    ],
    ['each for a part', '县住建局、县城管局分别负责工地消毒和垃圾清运，3月9日前完成。', '县住建局、县城管局', '分别负责工地消毒和垃圾清运'],
    ['after the work', '要在3月9日前检修机井，由县水利局牵头，各乡镇配合。', '县水利局', '检修机井'],
    ['after the work by name', '冷库排查由县市场监管局牵头，县商务局配合，3月9日前完成。', '县市场监管局', '冷库排查'],
  ])('%s', (_name, orders, addressee, action) => {
    expect(only(orders)).toMatchObject({ addressee, action, deadlineDate: '2020-03-09', soft: false })
  })
  it('proposes the assisting units that the text names before those that usually answer', () => {
    const units = [
      { code: 'wj', name: '县卫健局' },
      { code: 'ga', name: '县公安局' },
      { code: 'sj', name: '县大数据中心' },
    ]
    const found = suggestUnits(only('由县卫健局牵头，县大数据中心、县公安局配合，完成密切接触者排查。'), units)
    expect([found.lead?.code, ...found.assisting.map((unit) => unit.code)]).toEqual(['wj', 'sj', 'ga'])
  })
  it('whoever is told something else is no assistant', () => {
    expect(read('由县卫健局牵头扩充检测队伍，县公安局负责维持秩序。').map(({ addressee }) => addressee)).toEqual(['县卫健局', '县公安局'])
    expect(only('各部门要密切配合。')).toMatchObject({ addressee: '各部门', soft: true })
  })
  it('of objects in a list, the field of the unit that is told decides', () => {
    expect(only('司法所会同社区对门面房租、劳资纠纷提前介入。').domain).toBe('rule_of_law')
  })
})

it('names without end come back', () => {
  expect(() => read('组织部，市财政局会同，县教育局、县卫健局和'.repeat(1_000))).not.toThrow()
}, 60_000)

describe('what is forbidden', () => {
  it.each([
    ['in principle', '原则上不举办大型展销会。', '原则上不举办大型展销会'],
    ['in principle, any more', '原则上不再新开棋牌室。', '原则上不再新开棋牌室'],
    ['in principle, to somebody', '各学校原则上均不组织集体外出。', '原则上均不组织集体外出'],
    ['in principle, of a thing named before', '外来车辆原则上不进村。', '外来车辆原则上不进村'],
    ['of a thing named before', '外来车辆不得进村。', '外来车辆不得进村'],
    ['unless it must be', '非必要不离市。', '非必要不离市'],
    ['for now', '各学校暂不开学。', '暂不开学'],
  ])('%s', (_name, orders, action) => {
    expect(only(orders)).toMatchObject({ action, prohibition: true, soft: false })
  })
  it('how much at least is no prohibition', () => {
    expect(only('楼道消毒原则上每日不少于两次。').prohibition).toBe(false)
    expect(only('楼道消毒每日原则上不少于两次。').prohibition).toBe(false)
  })
})

describe('a time before the order', () => {
  it.each([
    [
      'what is handed in by an hour makes an opener hard',
      '会后各乡镇要迅速传达会议精神，于3月6日下午5时前将贯彻落实情况报县指挥部办公室。',
      '各乡镇',
      '3月6日下午5时前将贯彻落实情况报县指挥部办公室',
    ],
    ['also where it is handed in of the whole field', '各部门要高度重视，每日17时前上报值班情况。', '各部门', '每日17时前上报值班情况'],
    ['a day before who is told', '3月6日前各村要上报返乡名单。', '各村', '上报返乡名单'],
    ['a feast before who is told', '五一假期期间各景区要预约限流。', '各景区', '五一假期期间预约限流'],
    ['a feast before the work', '清明节期间倡导网上祭扫。', null, '清明节期间倡导网上祭扫'],
    ['a feast before a modal', '端午期间要加强景区客流监测。', null, '端午期间加强景区客流监测'],
  ])('%s', (_name, orders, addressee, action) => {
    expect(only(orders)).toMatchObject({ addressee, action, soft: false })
  })
  it('keeps the words of the hour', () => {
    const one = only('会后，各乡镇要认真学习会议精神，3月6日下午5时前将整改情况报县指挥部。')
    expect(one).toMatchObject({ deadline: '3月6日下午5时前', deadlineDate: '2020-03-06', addressee: '各乡镇' })
  })
  it('is an order also where its sentence opens with what comes after the meeting', () => {
    expect(read('要清运垃圾。\n会后各乡镇要传达会议精神，3月6日前将落实情况报县指挥部。').map(({ soft }) => soft)).toEqual([false, false])
    expect(read('要清运垃圾。\n会后，与会人员观看了警示片。')).toHaveLength(1)
  })
  it('around a feast is no deadline', () => {
    expect(only('清明前后设卡收缴火种。').deadline).toBeNull()
    expect(only('清明前设卡收缴火种。').deadline).toBe('清明前')
  })
})
