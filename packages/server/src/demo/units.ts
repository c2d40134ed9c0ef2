/** Bodies of the demonstration city: the names of its public agencies. Ids are ours and stay. */
export const CITY_UNITS: readonly (readonly [id: string, name: string])[] = [
  ['u-hq', '市应急指挥部办公室'],
  ['u-supervision', '市委目标绩效督查室'],
  ['u-health', '市卫生健康委'],
  ['u-cdc', '市疾病预防控制中心'],
  ['u-police', '市公安局'],
  ['u-transport', '市交通运输局'],
  ['u-labour', '市人力资源社会保障局'],
  ['u-agriculture', '市农业农村局'],
  ['u-reform', '市发展改革委'],
  ['u-industry', '市经济和信息化局'],
  ['u-commerce', '市商务局'],
  ['u-civil', '市民政局'],
  ['u-culture', '市文化广播电视和旅游局'],
  ['u-education', '市教育和体育局'],
  ['u-market', '市市场监督管理局'],
  ['u-approval', '市行政审批局'],
  ['u-justice', '市司法局'],
  ['u-emergency', '市应急管理局'],
  ['u-forestry', '市林业局'],
  ['u-publicity', '市委宣传部'],
  ['u-politics', '市委政法委'],
  ['u-finance', '市财政局'],
  ['u-housing', '市住房和城乡建设局'],
  ['u-insurance', '市医疗保障局'],
  ['u-religion', '市委统战部（市民族宗教局）'],
  ['u-organs', '市直机关工委'],
]

/** Every county has its own headquarters. */
export const countyUnit = (code: string, name: string): readonly [id: string, name: string] => [`u-hq-${code}`, `${name}应急指挥部`]

/** Short names of agencies, as communiqués call them. */
export const UNIT_ALIASES: Readonly<Record<string, readonly string[]>> = {
  'u-health': ['市卫健委'],
  'u-cdc': ['市疾控中心'],
  'u-labour': ['市人社局'],
  'u-reform': ['市发改委'],
  'u-industry': ['市经信局'],
  'u-culture': ['市文广旅局'],
  'u-education': ['市教体局'],
  'u-market': ['市市场监管局'],
  'u-housing': ['市住建局'],
  'u-insurance': ['市医保局'],
}
