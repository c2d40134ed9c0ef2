import { describe, expect, it } from 'vitest'
import { readCommunique, suggestUnits } from './index.ts'

const city = (name: string) => ({ code: name, name: `市${name}` })
const UNITS = [
  ...['公安局', '交通运输局', '卫生健康委员会', '人力资源和社会保障局', '住房和城乡建设局', '应急管理局', '发展和改革委员会'].map(city),
  ...['教育和体育局', '文化广播电视和旅游局', '医疗保障局', '市场监督管理局', '经济和信息化局', '商务局', '民政局', '财政局'].map(city),
  ...['生态环境局', '自然资源和规划局', '行政审批局', '疾病预防控制中心', '应急指挥部办公室'].map(city),
  { code: '政法委', name: '市委政法委' },
  { code: '统战部', name: '市委统战部（市民族宗教局）' },
  { code: '甲县', name: '松岭县应急指挥部' },
  { code: '乙县', name: '青石县人民政府' },
]
const HEAD = '松岭市召开应急指挥部第三次会议\n3月4日，市长主持召开会议。\n会议要求，'
const suggested = (order: string) => {
  const [directive] = readCommunique(`${HEAD}${order}`, { year: 2020, units: UNITS }).directives
  if (directive === undefined) throw new Error('no directive')
  return suggestUnits(directive, UNITS)
}
const lead = (addressee: string) => suggestUnits({ quote: `${addressee}要加强巡查`, domain: 'other', addressee }, UNITS)

describe('a unit that is told by name', () => {
  it.each([
    ['市人社局', '人力资源和社会保障局'],
    ['市人力资源社会保障局', '人力资源和社会保障局'],
    ['市卫健委', '卫生健康委员会'],
    ['市卫生健康委', '卫生健康委员会'],
    ['松岭市卫健委', '卫生健康委员会'],
    ['市卫健局', '卫生健康委员会'],
    ['卫健部门', '卫生健康委员会'],
    ['市住建局', '住房和城乡建设局'],
    ['市住房城乡建设局', '住房和城乡建设局'],
    ['市应急局', '应急管理局'],
    ['市教育体育局', '教育和体育局'],
    ['市教体局', '教育和体育局'],
    ['市教育局', '教育和体育局'],
    ['市市场监管局', '市场监督管理局'],
    ['市场监管局', '市场监督管理局'],
    ['市发改委', '发展和改革委员会'],
    ['市发展改革委', '发展和改革委员会'],
    ['市文旅局', '文化广播电视和旅游局'],
    ['市文化和旅游局', '文化广播电视和旅游局'],
    ['市医保局', '医疗保障局'],
    ['市经信局', '经济和信息化局'],
    ['市工信局', '经济和信息化局'],
    ['市环保局', '生态环境局'],
    ['市自然资源局', '自然资源和规划局'],
    ['市政务服务局', '行政审批局'],
    ['市疾控中心', '疾病预防控制中心'],
    ['市指挥部', '应急指挥部办公室'],
    ['市政法委', '政法委'],
    ['市民族宗教局', '统战部'],
    ['市公安局交警支队', '公安局'],
    ['松岭县', '甲县'],
    ['松岭县委、县政府', '甲县'],
    ['青石县', '乙县'],
  ])('%s is %s', (addressee, code) => {
    expect(lead(addressee)).toMatchObject({ lead: { code, why: { rule: 'unit.addressee' } }, absent: null })
  })

  it.each(['市审计局', '市水利局', '市国资委', '松岭县公安局', '县教育局', '市人民医院', '白河县', '市供销社', '市政府办公室'])(
    '%s is not in the register: nobody is suggested to lead',
    (addressee) => {
      const found = lead(addressee)
      expect(found.lead).toBeNull()
      expect(found.absent).toMatchObject({
        zh: expect.stringContaining('不在单位名册'),
        en: `“${addressee}” is not in the register of units: choose who leads`,
      })
    },
  )

  it('leads before those named with it, also where the first of them is in no register', () => {
    const all = lead('市民政局、市人社局和市医保局')
    expect(all.lead?.code).toBe('民政局')
    expect(all.assisting.slice(0, 2).map(({ code }) => code)).toEqual(['人力资源和社会保障局', '医疗保障局'])
    const others = lead('市审计局、市财政局')
    expect([others.lead, others.assisting[0]?.code, others.absent?.rule]).toEqual([null, '财政局', 'unit.absent'])
  })

  it.each(['各县区', '各有关部门', '用人单位', '企业', '各乡镇', '社区', '有关单位', '县（市、区）', '各学校', '村干部'])(
    '%s names no unit: the domain suggests',
    (addressee) => {
      expect(suggestUnits({ quote: `${addressee}要看望独居老人`, domain: 'welfare', addressee }, UNITS)).toMatchObject({
        lead: { code: '民政局', why: { rule: 'unit.domain' } },
        absent: null,
      })
    },
  )
})

describe('a unit that the order names beside who is told', () => {
  it('assists by its short name, and not where another has that name', () => {
    const found = suggested('市医保局要会同市卫健委结算救治费用。')
    expect(found.lead?.code).toBe('医疗保障局')
    expect(found.assisting[0]).toMatchObject({ code: '卫生健康委员会', why: { rule: 'unit.named' } })
    expect(suggested('要支持松岭县公安局核查租户。').lead?.why.rule).not.toBe('unit.named')
  })
  it('does not lead where it only receives the report', () => {
    expect(suggested('各乡镇要将救助名单报市财政局。').lead?.code).not.toBe('财政局')
  })
})
