// Groups of nouns that several rows of evidence are built from.

import type { DomainCode } from '../types.ts'

/** One row of evidence: the higher the tier, the more specific; within a tier the object named first decides. */
export interface Evidence {
  readonly domain: DomainCode
  readonly tier: 1 | 2 | 3 | 4 | 5
  readonly pattern: RegExp
}

export const row = (domain: DomainCode, tier: Evidence['tier'], source: string): Evidence => ({
  domain,
  tier,
  pattern: new RegExp(source, 'g'),
})

export const FRONT =
  '(?:医务|医护|一线(?!城市)|援鄂|援汉|援湖北|援助湖北|支援湖北|医疗队|医生护士|社区工作者|志愿者|抗疫|防疫人员|防控人员|工作人员|值守人员|执勤人员|基层干部|民警|环卫工人)'
export const CARE =
  '(?:关心|关爱|关怀|爱护|轮休|轮换|轮班|轮岗|调休|休整|休息|补助|补贴|津贴|待遇|慰问|后顾之忧|身心健康|食宿|心理|防护培训|自身的?防护|自我防护|安全防护|职业暴露|激励|后勤|生活保障|保暖|防暑|工作生活|服务保障|工伤|抚恤)'
export const VENUE =
  '(?:网约房|日租房|短租房|民宿|养老院?机构|养老机构|养老院|敬老院|福利院|福利机构|宗教场所|宗教活动|寺庙|教堂|健身房|健身场所|培训机构|餐饮|娱乐|网吧|歌厅|KTV|影院|电影院|农贸市场|菜市场|集贸市场|商场|超市|宾馆|酒店|旅馆|棋牌|麻将|茶楼|茶馆|活禽|交易市场|交易区|洗浴|浴室|监所|监狱|看守所|药店|个体诊所|重点场所|公共场所|人员密集场所|景区|图书馆|文化场馆|酒吧|密闭场所|聚集场所|文娱场所|会所|游艺|KTV|浴池|足浴|体育场馆|博物馆|殡仪馆|特殊场所|救助站|救助场所|精神病院|精神卫生|公共交通工具)'
export const SHOP =
  '(?:便利店|理发|美发|维修店|服装店|洗衣|餐饮|餐馆|商场|超市|门店|店铺|商铺|市场|商业|商贸|服务业|宾馆|酒店|景区|公园|场馆|图书馆|公交|班线|客运|出租|快递|物流|家政|银行网点|办事大厅|政务大厅|学校|农贸)'
export const NEEDY =
  '(?:贫困(?!劳动力|县|村|地区)|困难(?:群众|群体|家庭|职工|人员|户|儿童|老人|学生|党员)|低保|特困|五保|孤寡|孤儿|孤老|留守|残疾|空巢|独居|优抚|流浪|受灾(?:群众|人口|户)|弱势)'
export const LABOUR = '(?:农民工|务工|用工|劳动力|外出人员|返岗|民工|员工|工人|求职|就业)'
export const TRAVELLER =
  '(?:来往人员|往来人员|过往人员|过路人员|流入人员|返回人员|入城|归国|回国|涉外|留学生|外籍|口岸|离[^，]{0,3}返[^，]{0,3}人员|返乡|返城|返岗|返程|返回|返[市县区镇村]|来[^，、]{0,4}返[^，、]{0,4}|来[市县区]|外来|外地|外省|省外|市外|域外|境外|入境|湖北|武汉|疫区|重点疫区|疫情高发|中高风险|流动人口|流动人员|输入)'
