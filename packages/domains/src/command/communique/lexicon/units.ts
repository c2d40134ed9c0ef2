import type { DomainCode } from '../types.ts'

export interface UnitRow {
  /** Agencies that usually answer for the domain, the lead first. */
  readonly agencies: readonly RegExp[]
  /** Agencies that a word of the matter calls in, before the usual ones. */
  readonly keywords: readonly { readonly word: RegExp; readonly pattern: RegExp }[]
}

const HEALTH = /卫健|卫生健康|卫计/
const POLICE = /公安/
const TRANSPORT = /交通/
const CIVIL = /民政/
const LABOUR = /人社|人力资源|就业/
const AGRICULTURE = /农业农村|农业局|农牧/
const REFORM = /发改|发展和改革/
const INDUSTRY = /经信|经济和信息化|工信|工业和信息化/
const MARKET = /市场监(?:管|督)/
const COMMERCE = /商务|商业/
const PUBLICITY = /宣传部|融媒体|网信/
const SUPERVISION = /督查|目标绩效|目督|市委办|政府办|县委办|区委办/
const HQ_OFFICE = /指挥部办公室|应急办|领导小组办公室/
const EMERGENCY = /应急管理|应急局/
const EDUCATION = /教育|教体/
const CULTURE = /文旅|文广|文化(?:广电|和)?旅游|文化广播/
const HOUSING = /住建|住房(?:和)?城乡建设|城管|城市管理/
const FINANCE = /财政/
const JUSTICE = /司法/
const FORESTRY = /林业|林草|自然资源/
const CDC = /疾控|疾病预防控制/
const CONTROL_GROUP = /疫情防控组|社区防控|防控组/

const row = (agencies: readonly RegExp[], keywords: readonly (readonly [RegExp, RegExp])[] = []): UnitRow => ({
  agencies,
  keywords: keywords.map(([word, pattern]) => ({ word, pattern })),
})

/** Which agencies of a prefecture or county usually answer for a domain (division of work in Chinese local government, 2019 reform). */
export const UNIT_NAMES: Readonly<Record<DomainCode, UnitRow>> = {
  command: row(
    [SUPERVISION, HQ_OFFICE],
    [
      [/组织|党员|党组织/, /组织部/],
      [/纪律|问责|作风/, /纪委|监委/],
    ],
  ),
  containment: row(
    [CONTROL_GROUP, CIVIL, HEALTH, POLICE],
    [
      [/学校|校园|开学/, EDUCATION],
      [/农村|村组/, /农村|农业农村/],
      [/小区|楼栋|物业/, HOUSING],
      [/流调|流行病学|密切接触/, CDC],
    ],
  ),
  access_control: row(
    [POLICE, TRANSPORT, CONTROL_GROUP, CIVIL],
    [
      [/公路|高速|车站|交通/, TRANSPORT],
      [/小区|楼栋|物业/, HOUSING],
    ],
  ),
  observation: row([HEALTH, CONTROL_GROUP, CDC, POLICE], [[/酒店|宾馆/, CULTURE]]),
  travel_health: row([CONTROL_GROUP, HEALTH, POLICE, TRANSPORT], [[/农民工|务工/, LABOUR]]),
  venues: row(
    [MARKET, COMMERCE, CULTURE, HEALTH],
    [
      [/养老|福利|敬老/, CIVIL],
      [/宗教|寺庙|教堂/, /民宗|民族宗教|统战/],
      [/培训|学校/, EDUCATION],
      [/网约房|民宿|宾馆|酒店/, POLICE],
      [/影院|网吧|娱乐|景区|健身|体育/, CULTURE],
      [/监所|看守所|监狱/, JUSTICE],
    ],
  ),
  clinical: row(
    [HEALTH, /医疗救治组|救治组/, CDC, /人民医院|中心医院|医院/],
    [
      [/医保|费用/, /医保|医疗保障/],
      [/医疗废/, /生态环境|环保/],
    ],
  ),
  frontline_care: row([HEALTH, LABOUR, /工会/, FINANCE], [[/社区|志愿/, CIVIL]]),
  supplies: row(
    [INDUSTRY, REFORM, COMMERCE, HEALTH, FINANCE],
    [
      [/生活|粮油|米面|菜|保供|必需品/, COMMERCE],
      [/药品|药店/, MARKET],
      [/捐赠|捐款/, /红十字|慈善/],
    ],
  ),
  resumption_projects: row(
    [REFORM, HOUSING, TRANSPORT, /水利/],
    [
      [/交通|公路/, TRANSPORT],
      [/水利/, /水利/],
      [/土地|用地/, /自然资源/],
      [/扶贫/, /扶贫|乡村振兴/],
    ],
  ),
  resumption_enterprises: row(
    [INDUSTRY, REFORM, COMMERCE, FINANCE],
    [
      [/税/, /税务/],
      [/融资|贷款|信贷|资金/, /金融|人民银行|银保监/],
      [/商贸|商场|外贸/, COMMERCE],
      [/用工/, LABOUR],
    ],
  ),
  project_pipeline: row(
    [REFORM, FINANCE, HEALTH],
    [
      [/卫生|医疗|疾控/, HEALTH],
      [/专项债|资金/, FINANCE],
      [/招商/, /投促|经济合作|招商/],
    ],
  ),
  approvals: row([/行政审批|政务服务|审批局/, REFORM, MARKET], [[/项目/, REFORM]]),
  labour_survey: row([LABOUR, AGRICULTURE, /统计/]),
  labour_matching: row([LABOUR, INDUSTRY, AGRICULTURE], [[/扶贫|贫困/, /扶贫|乡村振兴/]]),
  health_certificate: row([HEALTH, LABOUR, /大数据|数据局/]),
  labour_transport: row([TRANSPORT, LABOUR, POLICE, HEALTH]),
  return_home_entrepreneurship: row([LABOUR, AGRICULTURE, FINANCE, /团委|共青团/]),
  farming: row(
    [AGRICULTURE, /供销/, /水利/, /气象/],
    [
      [/农资|化肥|农药|种子/, /供销/],
      [/灌溉|水利|用水/, /水利/],
      [/林|核桃|果/, FORESTRY],
      [/粮食/, /粮食|发改/],
    ],
  ),
  livestock: row([AGRICULTURE, MARKET, FORESTRY]),
  rule_of_law: row([JUSTICE, /政法委/, /法院/, /检察/], [[/信访/, /信访/]]),
  public_safety: row(
    [POLICE, EMERGENCY, MARKET, /政法委/],
    [
      [/安全生产|消防|煤矿|危化|防汛/, EMERGENCY],
      [/价格|哄抬|假冒|食品|市场秩序|野生动物/, MARKET],
      [/地质/, /自然资源/],
    ],
  ),
  forest_fire: row([FORESTRY, EMERGENCY, POLICE]),
  admin_division_reform: row([CIVIL, /组织部/, /编办|机构编制/, FINANCE]),
  service_reopening: row(
    [COMMERCE, TRANSPORT, MARKET, CULTURE],
    [
      [/公交|客运|班线|出租/, TRANSPORT],
      [/公园|环卫/, HOUSING],
      [/景区|图书馆|场馆|影院/, CULTURE],
      [/学校|开学|复学|复课/, EDUCATION],
    ],
  ),
  welfare: row(
    [CIVIL, /残联/, LABOUR, /扶贫|乡村振兴/],
    [
      [/儿童/, /妇联|团委/],
      [/心理/, HEALTH],
      [/失业|社保|养老金/, LABOUR],
    ],
  ),
  publicity: row(
    [PUBLICITY, /新闻办|广电|广播|报社|日报/, HEALTH],
    [
      [/谣|舆情|网络/, /网信|公安/],
      [/热线/, /政府办|热线/],
    ],
  ),
  other: row([HQ_OFFICE, SUPERVISION]),
}
