import { describe, expect, it } from 'vitest'
import { readCommunique } from './index.ts'

const HEAD = '松岭市召开疫情防控工作领导小组第九次会议\n3月4日，市长主持召开会议。\n会议要求，'
const read = (orders: string) => readCommunique(`${HEAD}${orders}`, { year: 2020 }).directives

describe('an order that asks', () => {
  it.each([
    ['请各乡镇于每周三12时前将摸排进展报镇指挥部办公室。', '各乡镇', '于每周三12时前将摸排进展报镇指挥部办公室'],
    ['请各县区于3月9日18时前报送返乡人员台账。', '各县区', '3月9日18时前报送返乡人员台账'],
    ['请市商务局清点蔬菜库存。', '市商务局', '清点蔬菜库存'],
    ['责成市城管局清运积存垃圾。', '市城管局', '清运积存垃圾'],
    ['责令用人单位暂停聚餐。', '用人单位', '暂停聚餐'],
    ['3月9日前请各社区报送名册。', '各社区', '报送名册'],
    ['请市财政局牵头，市民政局配合，向低保家庭发放补助金。', '市财政局', '向低保家庭发放补助金'],
  ])('%s', (orders, addressee, action) => {
    const found = read(orders)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ quote: orders.slice(0, -1), addressee, action, soft: false })
  })

  it('opens a directive of its own', () => {
    expect(read('要加密巡查，请市公安局核查租户。').map(({ quote }) => quote)).toEqual(['要加密巡查', '请市公安局核查租户'])
  })

  it.each([
    ['提请市人大常委会审议预算方案。', null],
    ['要邀请专家会诊危重患者。', null],
    ['各乡镇要严格执行请示报告制度。', '各乡镇'],
    ['督促各企业登记返岗员工。', null],
  ])('%s is addressed as it was', (orders, addressee) => {
    expect(read(orders)[0]?.addressee).toBe(addressee)
  })
})

describe('work that a unit is told to do', () => {
  it.each([
    ['through means that the order names', '市公安局要利用人口信息系统核查租户底数。', false],
    ['through means, with care', '各乡镇要充分利用村村响广播宣传防疫知识。', false],
    ['by a time', '市教育局要在48小时内完成网课准备。', false],
    ['means without work', '各乡镇要利用信息平台。', true],
    ['what all are to live up to', '各级要按照上级部署要求。', true],
    ['a state of mind', '各级各部门要提高政治站位。', true],
  ])('%s', (_name, orders, soft) => {
    expect(read(orders)[0]).toMatchObject({ soft })
  })
})

describe('what is merged and dropped', () => {
  it.each([
    ['要完成省际卡口的撤并。', 'access_control'],
    ['有序撤并县乡道路检查点。', 'access_control'],
    ['要稳妥推进乡镇撤并。', 'admin_division_reform'],
    ['要做好撤并乡镇的档案移交。', 'admin_division_reform'],
    ['要完成撤乡并镇后的机构挂牌。', 'admin_division_reform'],
  ])('%s', (orders, domain) => {
    expect(read(orders)[0]?.domain).toBe(domain)
  })
})
