import { expect, it } from 'vitest'
import { guessMeanings, type Meaning, readHeading } from './headings.ts'

/** Headings as senders of February 2020 write them. */
const HEADINGS: Readonly<Record<Meaning, readonly string[]>> = {
  name: [
    '姓名',
    '姓  名',
    '*姓名',
    '名字',
    '返乡人员姓名',
    '返乡人员',
    '被核查人',
    '人员姓名',
    '家庭成员姓名',
    '身份证姓名',
    '接触者',
    '本人姓名',
    'Name',
  ],
  document: [
    ...['公民身份号码', '身份号码', '身份证件号码', '证件号', '居民身份证号', '身份证', 'ID', '证件编号', '身份证号（18位）', '证件号码'],
    ...['返乡人员证件号码', '护照号', '护照号码', '身份证号或护照号', '证号', 'ID No.', 'Passport number', '身份证信息', 'ID号码'],
  ],
  phone: [
    '联系方式',
    '手机号码',
    'Tel',
    '本人电话',
    '联系电话',
    '移动电话',
    '返乡人员电话',
    '居住地联系电话',
    '手机',
    '固定电话',
    'Mobile phone',
  ],
  birthYear: ['出生日期', '出生年月', '生日', '出生时间', 'Date of birth'],
  address: ['现住址', '现居住地', '家庭住址', '居住地址', '详细地址', '户籍地址', '村（社区）', '返乡地址', '所在村', '乡镇', 'Address'],
  arrivedOn: [
    ...['到巴时间', '返巴日期', '返川时间', '抵达日期', '何时返回', '返乡时间', '入川时间', '到家日期', '到达日期', '到村时间', '回乡日期'],
    ...[
      '来巴时间',
      '来源地及返回时间',
      '离鄂返川时间',
      '从湖北返回时间',
      '什么时候回来的',
      '返回何时',
      '入境日期',
      '日期',
      '预计到达时间',
      'Date of arrival',
      '返回',
    ],
  ],
  note: ['备注', '来源地', '说明', 'Remarks'],
  nothing: [
    ...[
      '从何地返回',
      '来自何处',
      '出发地',
      '返回地',
      '返回何地',
      '到达地点',
      '途经地',
      '出生地',
      '从哪里来',
      '目的地',
      '外出务工地',
      '到达武汉时间',
      '返回湖北日期',
    ],
    ...[
      '离开武汉日期',
      '离汉时间',
      '离巴日期',
      '出发日期',
      '登记日期',
      '推送时间',
      '隔离开始日期',
      '返岗时间',
      '入院时间',
      '到期日期',
      '来电时间',
      '接诉时间',
    ],
    ...[
      '证件类型',
      '人员类别',
      '是否返乡',
      '返乡方式',
      '返乡车次',
      '随行人数',
      '健康证号',
      '驾驶证号',
      '车牌号',
      '曾用名',
      '手机归属地',
      '人员情况',
      '务工地址',
    ],
    ...[
      '户主',
      '户主姓名',
      '户主身份证号',
      '与户主关系',
      '姓名（户主）',
      '家长电话',
      '联系电话（家长）',
      '监护人',
      '联系人',
      '联系人电话',
      '紧急联系电话',
    ],
    ...[
      '填报人',
      '填表人电话',
      '接诉人',
      '核查人',
      '包保责任人',
      '包保干部电话',
      '责任人姓名',
      '网格员',
      '村医姓名',
      '同行人员',
      '同住人姓名',
    ],
    ...[
      '工作单位',
      '单位联系人',
      '司机姓名',
      '房东电话',
      '登记人员',
      'Name of householder',
      'Emergency contact phone',
      '性别',
      '序号',
      'Hotel',
    ],
  ],
}

it('reads a heading by what it means, not by a word that is in it', () => {
  const read = Object.values(HEADINGS).flat()
  const expected = Object.entries(HEADINGS).flatMap(([meaning, headings]) => headings.map((heading) => [heading, meaning]))
  expect(read.map((heading) => [heading, readHeading(heading).meaning])).toEqual(expected)
})

const guess = (...headings: string[]) => {
  const { meanings, doubts } = guessMeanings(headings)
  return { meanings, doubts: doubts.map(({ meaning, columns }) => [meaning, ...columns]) }
}

it('takes nothing of somebody else for the person', () => {
  expect(guess('户主姓名', '户主证件号码', '返乡人员姓名', '返乡人员证件号码')).toEqual({
    meanings: ['nothing', 'nothing', 'name', 'document'],
    doubts: [],
  })
  expect(guess('户主姓名', '姓名', '证件号码').meanings).toEqual(['nothing', 'name', 'document'])
  expect(guess('姓名', '与户主关系', '身份证号', '联系人', '联系人电话', '本人电话').meanings).toEqual([
    'name',
    'nothing',
    'document',
    'nothing',
    'nothing',
    'phone',
  ])
})

it('asks who is meant where another column is named like a person, and whose a number is', () => {
  for (const [head, ...columns] of [
    ['病例姓名,密接人,身份证号,联系电话', 0, 1],
    ['确诊病例,密切接触者,身份证号,联系电话', 0, 1],
    ['购票人姓名,乘车人,身份证号,手机号', 0, 1],
    ['订票人,乘客姓名,证件号', 0, 1],
    ['乘客,证件号码,购票客户', 0, 2],
    ['姓名,身份证号,投保人', 0, 2],
    ['Name,ID,Booker,Phone', 0, 2],
  ] as const)
    expect([head, guess(...head.split(',')).doubts]).toEqual([head, [['name', ...columns]]])
  for (const head of ['社区民警', '驻村警官', '看护人', '陪护', '老师', '班主任', '爸爸', '母', '保姆', '保长', '主管', '见证人'])
    expect([head, guess('姓名', '身份证号', head, '联系电话').doubts]).toEqual([head, [['phone', 3]]])
  for (const head of ['老师电话', '看护人电话', '爸爸手机', '民警电话'])
    expect([head, guess('姓名', '身份证号', head)]).toEqual([head, { meanings: ['name', 'document', 'nothing'], doubts: [] }])
  expect(guess('姓名', '身份证号', '购票人电话').doubts).toEqual([['phone', 2]])
  expect(guess('姓名', '病例身份证号', '电话').doubts).toEqual([['document', 1]])
  expect(guess('学生姓名', '学生证件号码', '返乡人员电话').doubts).toEqual([])
  expect(guess('姓名', '政治面貌', '党员', '同住几人', '停留时长', '身份证号', '电话').doubts).toEqual([])
})

it('asks where two columns may be meant, or a number follows the name of somebody else', () => {
  expect(guess('姓名', '身份证号', '返乡人员姓名', '返乡人员身份证号')).toEqual({
    meanings: ['nothing', 'nothing', 'nothing', 'nothing'],
    doubts: [
      ['name', 0, 2],
      ['document', 1, 3],
    ],
  })
  expect(guess('户主', '身份证号', '返乡人员', '电话')).toEqual({
    meanings: ['nothing', 'nothing', 'name', 'phone'],
    doubts: [['document', 1]],
  })
  expect(guess('姓名', '身份证号', '包保责任人', '电话').doubts).toEqual([['phone', 3]])
  expect(guess('姓名', '是否户主', '身份证号', '同住人数', '电话').doubts).toEqual([])
  // What is said more plainly is meant.
  expect(guess('姓名', '证件号码', '户籍地址', '现住址', '乡镇', '村', '日期', '返乡时间')).toEqual({
    meanings: ['name', 'document', 'nothing', 'address', 'nothing', 'nothing', 'nothing', 'arrivedOn'],
    doubts: [],
  })
})
