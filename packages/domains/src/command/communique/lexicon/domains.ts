import type { DomainCode } from '../types.ts'

/** The registers of work that a directive may belong to. */
export const DOMAINS: readonly { readonly code: DomainCode; readonly zh: string; readonly en: string }[] = [
  { code: 'command', zh: '指挥督查', en: 'Command and supervision' },
  { code: 'containment', zh: '社区与网格防控', en: 'Community and grid containment' },
  { code: 'access_control', zh: '封闭管理与卡口', en: 'Closed management and gates' },
  { code: 'observation', zh: '隔离观察', en: 'Isolation and observation' },
  { code: 'travel_health', zh: '往来人员健康监测', en: 'Health monitoring of travellers' },
  { code: 'venues', zh: '重点场所', en: 'Key venues' },
  { code: 'clinical', zh: '医疗救治', en: 'Clinical care' },
  { code: 'frontline_care', zh: '关爱一线人员', en: 'Care for front-line staff' },
  { code: 'supplies', zh: '物资保障', en: 'Supplies' },
  { code: 'resumption_projects', zh: '项目复工', en: 'Resumption of projects' },
  { code: 'resumption_enterprises', zh: '企业复工复产', en: 'Resumption of enterprises' },
  { code: 'project_pipeline', zh: '项目谋划储备', en: 'Project pipeline' },
  { code: 'approvals', zh: '审批与营商环境', en: 'Approvals and business environment' },
  { code: 'labour_survey', zh: '务工调查', en: 'Labour survey' },
  { code: 'labour_matching', zh: '用工对接', en: 'Labour matching' },
  { code: 'health_certificate', zh: '健康证明', en: 'Health certificates' },
  { code: 'labour_transport', zh: '返岗运输', en: 'Labour transport' },
  { code: 'return_home_entrepreneurship', zh: '返乡创业', en: 'Return-home entrepreneurship' },
  { code: 'farming', zh: '春耕与种植', en: 'Farming' },
  { code: 'livestock', zh: '养殖', en: 'Livestock' },
  { code: 'rule_of_law', zh: '法治与纠纷', en: 'Rule of law and disputes' },
  { code: 'public_safety', zh: '治安与安全生产', en: 'Public order and safety' },
  { code: 'forest_fire', zh: '森林防火', en: 'Forest fire prevention' },
  { code: 'admin_division_reform', zh: '区划改革', en: 'Administrative division reform' },
  { code: 'service_reopening', zh: '服务恢复', en: 'Reopening of services' },
  { code: 'welfare', zh: '民生救助', en: 'Welfare' },
  { code: 'publicity', zh: '宣传引导', en: 'Publicity' },
  { code: 'other', zh: '其他', en: 'Other' },
]

/** One row of evidence: the higher the tier, the more specific; within a tier the object named first decides. */
export interface Evidence {
  readonly domain: DomainCode
  readonly tier: 1 | 2 | 3 | 4 | 5
  readonly pattern: RegExp
}

const row = (domain: DomainCode, tier: Evidence['tier'], source: string): Evidence => ({ domain, tier, pattern: new RegExp(source, 'g') })

const FRONT = '(?:医务|医护|一线|援鄂|援汉|援湖北|医疗队|医生护士|社区工作者|志愿者|抗疫)'
const CARE = '(?:关心|关爱|关怀|爱护|轮休|轮换|休整|休息|补助|津贴|待遇|慰问|后顾之忧|身心健康|食宿|心理|防护培训|职业暴露|激励)'
const VENUE =
  '(?:网约房|民宿|养老院?机构|养老机构|养老院|敬老院|福利院|福利机构|宗教场所|宗教活动|寺庙|教堂|健身房|健身场所|培训机构|餐饮|娱乐|网吧|歌厅|KTV|影院|电影院|农贸市场|菜市场|集贸市场|商场|超市|宾馆|酒店|旅馆|棋牌|麻将|茶楼|茶馆|洗浴|浴室|监所|监狱|看守所|药店|个体诊所|重点场所|公共场所|人员密集场所|景区|图书馆|文化场馆|酒吧)'
const SHOP =
  '(?:便利店|理发|美发|维修店|服装店|洗衣|餐饮|餐馆|商场|超市|门店|店铺|商铺|市场|商业|商贸|服务业|宾馆|酒店|景区|公园|场馆|图书馆|公交|班线|客运|出租|快递|物流|家政|银行网点|办事大厅|政务大厅|学校|农贸)'
const LABOUR = '(?:农民工|务工|用工|劳动力|外出人员|返岗|民工|员工|工人|求职|就业)'
const TRAVELLER =
  '(?:离[^，]{0,3}返[^，]{0,3}人员|返乡|返城|返岗|返程|返回|返[市县区镇村]|来[^，、]{0,4}返[^，、]{0,4}|来[市县区]|外来|外地|外省|省外|市外|域外|境外|入境|湖北|武汉|疫区|重点疫区|疫情高发|中高风险|流动人口|流动人员|输入)'

/** Evidence in the field's vocabulary. Sources: the tables of registers in the operations manual and the vocabulary of public orders of early 2020. */
export const EVIDENCE: readonly Evidence[] = [
  // 5: names a register of its own whatever stands around it
  row(
    'forest_fire',
    5,
    '森林(?:草原)?防(?:灭)?火|森林火灾|野外(?:用火|火源)|林区火源|护林|山火|上坟烧纸|林区|火种|野外焚烧|草原防火|祭祀用火|防灭火',
  ),
  row(
    'admin_division_reform',
    5,
    '行政区划|村建制|建制村|两项改革|撤[乡镇村]?并|村级建制|(?:乡镇|村)合并|并村|村改|合村并|乡镇(?:和村)?[^，]{0,6}改革|区划调整|并村',
  ),
  row('health_certificate', 5, '健康(?:申报)?证明|健康证|健康码|健康通行|互认|健康申报'),
  row(
    'return_home_entrepreneurship',
    5,
    '(?:返乡|回乡|返乡入乡|归乡|返家乡)[^，]{0,12}(?:创业|创办|领办|兴办)|返乡创业|创业(?:园|孵化|担保|补贴|扶持|带头人|项目)|回乡创业|归雁',
  ),
  row(
    'labour_transport',
    5,
    `(?<!由)专车(?!运送处置)|包车|专列|运力(?!度)|点对点|门对门|直达|接驳|直通车|返岗(?:运输|直通车)|${LABOUR}[^，]{0,10}(?:运输|接送|输送|运送)|(?:接送|输送|运送)[^，]{0,8}${LABOUR}`,
  ),
  row(
    'labour_survey',
    5,
    `${LABOUR}[^，]{0,16}(?:调查|摸底|摸排|统计|台账|底数|建档|登记造册|去向)|(?:调查|摸底|摸排|统计|登记|走访)[^，]{0,10}(?:农民工|务工|用工|劳动力|就业意愿)`,
  ),
  row(
    'project_pipeline',
    5,
    '项目[^，]{0,14}(?:谋划|储备|包装|争取|申报|策划|前期|入库|论证)|(?:谋划|储备|包装|策划|申报|论证|争取)[^，]{0,20}项目|专项债|中央预算内|项目库|项目盘子|向上争取',
  ),
  row('frontline_care', 5, `${FRONT}[^，]{0,24}${CARE}|${CARE}[^，]{0,12}${FRONT}|解除[^，]{0,8}后顾之忧`),
  row('livestock', 5, '生猪|养殖|畜牧|畜禽|补栏|饲料|动物防疫|动物疫病|非洲猪瘟|禽流感|家禽|水产|仔猪|能繁母猪|牛羊|屠宰|蛋鸡|种畜|春防'),
  row(
    'observation',
    5,
    '隔离观察|医学观察|居家隔离|居家观察|集中隔离(?!人员家庭|人员的?家)|集中观察|留观|隔离点|隔离措施|隔离场所|隔离管控|隔离人员(?:管理|服务)|隔离酒店|解除隔离|密(?:切)?接(?:触)?者?[^，]{0,12}(?:隔离|观察|管理)|观察对象|观察点',
  ),
  row(
    'welfare',
    5,
    '(?:贫困群众|贫困户|困难|低保|特困|五保|孤寡|留守|残疾)[^，]{0,60}(?:关心|关怀|关爱|慰问|救助|生活|走访|兜底|需求|帮扶)|(?:关心|关爱|慰问|走访|救助|帮扶|看望|探访)[^，]{0,24}(?:贫困(?!劳动力)|困难(?!企业|问题)|低保|特困|五保|孤|留守|残疾|家庭)',
  ),
  row('supplies', 5, '(?:保障|供应|配发|满足)[^，]{0,24}(?:使用|一线需要)|优先供应[^，]{0,24}(?:医院|一线)'),
  row(
    'other',
    5,
    '脱贫(?!户|人口|劳动力)|贫困人口(?:动态|信息)|招商|产业(?:转型|升级|发展)|消费券|促消费|财政收支|污染防治|乡村振兴|河长制|线上教学|网课|停课不停学|人口普查|文明城市',
  ),
  row('public_safety', 5, '安全生产|社会治安'),
  row('resumption_enterprises', 5, '企业[^，、]{0,12}(?:复工(?!企业)|复产)'),
  row('approvals', 5, '审批(?:时限|事项|流程|服务|环节|手续|制度|效率|绿色通道)|行政审批|营商环境|不见面|容缺|放管服'),
  row('observation', 5, '应隔尽隔'),
  row('resumption_enterprises', 5, '稳岗返还|社保费|税费|缓缴|惠企|减税降费|抽贷|断贷|续贷'),
  row('venues', 5, '宗教(?:聚会|集会|聚集|活动)'),
  // 4: clear object
  row(
    'service_reopening',
    4,
    `(?:恢复|开放|重启|复市|复业|复开|重新开放|复商|开业|开门|营业|复航|复运)[^，]{0,28}${SHOP}|${SHOP}[^，]{0,20}(?:恢复|开放|复市|复业|开业|营业|复运|复工营业)|(?:恢复|有序恢复)[^，]{0,14}(?:生产生活|生活秩序|社会秩序|公共服务|运营|营运|通行|营业|经营)|复学|开学|复课|开园`,
  ),
  row(
    'clinical',
    4,
    '医疗救治|救治|患者|病人|病患|治愈|病亡|死亡病例|零死亡|发热门诊|预检分诊|分诊|院内感染|院感|交叉感染(?!的?风险)|定点(?:医院|医疗机构|收治)|诊疗|诊治|会诊|转运|转诊|重症|危重|核酸|中医药|中西医|医疗机构|病床|床位|病房|治疗|收治|负压|检测能力|检验能力|医疗废[弃物]|临床|救护车|医疗力量|医疗专家|四集中|早发现|无症状|康复|确诊病例(?!家庭)',
  ),
  row(
    'supplies',
    4,
    '(?:防疫|防控|医疗|应急|医用|防护|抗疫|消毒|生活|重要|紧缺|医护|保障)物资|口罩|防护服|防护用品|消毒液|消毒用品|消毒药品|护目镜|测温(?:仪|枪|设备)|额温枪|体温计|酒精|物资(?:储备|采购|调配|保障|供应|调度|生产|调拨|分配|管理|发放|需求|短缺)|捐赠|捐款|菜价|物价|备货|货源|生活必需品|米面粮油|粮油|保供稳价|保供|菜篮子(?:供应)?|市场供应|药品(?:供应|储备)|应急储备|物价稳定|医用',
  ),
  row(
    'access_control',
    4,
    '封闭(?:式|化)?(?:管理|管控|措施|运行)|卡口|卡点|出入(?:管理|登记|口|证|小区|人员)|进出(?:人员|车辆|登记|管理|小区|通道)|检疫(?:点|站)|检查(?:站|点)|查验点|封控|封村|封路|断路|设卡|门禁|通行证|道口|交通(?:管控|管制|查控)|路口|劝返点|非必要不外出|减少外出|(?:高速|车站|国省道)[^，]{0,10}(?:检测|查验|检查|测温)|值守点|车辆(?:查验|检查)|外防输入[^，]{0,6}关口|入[市县区]通道',
  ),
  row(
    'travel_health',
    4,
    `${TRAVELLER}[^，]{0,18}(?:监测|登记|申报|排查|摸排|管理|管控|健康|体温|追踪|核查|核对|核实|走访|动态|随访|台账|信息|防控|服务|责任|包保|跟踪|输入)|(?:排查|摸排|监测|登记|追踪|核查|管控|摸清|掌握|跟踪)[^，]{0,12}${TRAVELLER}[^，]{0,8}(?:人员|人口|人群|旅居)|旅居史|行程|返程(?:高峰|人流|潮)|健康监测`,
  ),
  row(
    'venues',
    4,
    `${VENUE}[^，]{0,40}(?:管控|消毒|消杀|管理|防控|监管|关闭|停业|检查|巡查|限流|测温|暂停|疫情|排查|督查|整治|封闭|关停)|(?:管控|消毒|消杀|关闭|关停|暂停|停止|检查|巡查|监管|限制|整治|规范|停业)[^，]{0,18}${VENUE}|重点场所|公共场所`,
  ),
  row(
    'labour_matching',
    4,
    '用工(?:信息|需求|对接|难|缺口|短缺|服务|招聘)|招聘|就近[^，]{0,6}(?:就业|务工)|就业|转移就业|劳务(?:对接|输出|协作)|岗位(?:信息|供给|对接|需求|开发)|春风行动|稳岗|务工|返岗|缺工|农民工|招工|劳动力|求职',
  ),
  row(
    'approvals',
    4,
    '审批|营商环境|放管服|行政许可|一网通办|不见面|网上办|政务服务|备案制?|最多跑一次|容缺|办事流程|告知承诺|手续|证照|复工(?:门槛|手续|条件)|报批',
  ),
  row(
    'welfare',
    4,
    '困难群众|贫困(?:群众|户|人口|家庭)|困难家庭|困难群体|困难职工|特殊群体|特殊困难|弱势群体|低保|特困|五保|救助|孤儿|留守(?:儿童|老人)|空巢|独居|孤寡|残疾人|兜底|慰问金|基本生活|困难儿童|低收入|失业(?:保险|人员)|优抚|养老金|社会保障|民生保障|群众(?:基本)?生活|心理(?:疏导|援助|干预|服务)|家庭生活',
  ),
  row(
    'publicity',
    4,
    '发布[^，]{0,8}(?:信息|疫情|消息|通告)|宣传|宣讲|政策解读|舆论|舆情|信息发布|新闻发布|发布会|谣言|辟谣|造谣|先进典型|先进事迹|感人事迹|正面声音|好声音|正能量|科普|热线|社会关切|媒体|健康教育|防护知识|防疫知识|防控知识|微信群|广播|大喇叭|新闻报道|深度报道',
  ),
  row(
    'farming',
    4,
    '春耕|备耕|农资|种子|化肥|农药|农膜|农业|粮食|播种|春播|春管|春种|田间|农事|大春|小春|茶叶|春茶|茶园|蔬菜|农机|柑橘|果树|核桃|药材|农产品|农田|耕地|种植|农户生产|油菜|小麦|水稻|马铃薯|农时|农村生产|生产资料|育秧|农技|水利设施|灌溉|春灌|机井|抗旱|撂荒|地膜|良种|高标准',
  ),
  row(
    'public_safety',
    4,
    '社会治安|治安|安全生产|社会稳定|社会大局|道路交通安全|食品安全|消防|违法犯罪|犯罪|市场秩序|价格(?:监管|违法|秩序)|哄抬|囤积居奇|假冒伪劣|制假售假|安全隐患|隐患排查|扫黑除恶|危化品|危险化学品|煤矿|矿山|地质灾害|防汛|安全(?:监管|防范|检查|事故|风险)|重特大事故|平安建设|野生动物|烟花爆竹|市场监管|诈骗|维稳',
  ),
  row(
    'rule_of_law',
    4,
    '法治|律师|法律咨询|依法(?:开展|防控|科学防控|推进|做好)|矛盾(?:纠纷|化解|隐患)|纠纷|信访|普法|法律服务|法律援助|依法行政|执法|司法|法律法规|涉法|合法权益',
  ),
  row(
    'resumption_projects',
    4,
    '(?:重大|重点|在建|续建|新建|建设|工程|投资|基建|开工|交通|水利|民生|市政|产业|扶贫|招商|签约|集中|拟建)[^，、]{0,4}(?:项目|工程)|项目(?:建设|复工|开工|推进|业主|工地|年|进度|现场|清单|要素)|工程(?:建设|复工|项目)|建筑工地|工地|挂图作战|施工图|重大项目',
  ),
  row('resumption_projects', 3, '项目|施工'),
  row(
    'resumption_enterprises',
    4,
    '(?:帮助|支持|扶持|服务|协调|指导|督促|推动|引导|帮扶|走访|联系|惠及)[^，、]{0,6}企业|企业[^，]{0,16}(?:复工|复产|生产|用工|资金|困难|纾困|开工|达产|减负|政策|融资|贷款|经营|帮扶|服务)|规上|规模以上|工业(?:经济|园区)|中小微|产业链|供应链|达产|满产|工业园|个体工商户|市场主体|商户|减税降费|税费|房租|租金|融资|贷款|信贷|工厂|车间|用电|厂区',
  ),
  row('resumption_enterprises', 3, '企业|公司|业主'),
  row(
    'command',
    4,
    '督查|督导|报送|报表|瞒报(?!行程|病情|旅居)|漏报|迟报|工作动态|台账管理|督办|督促检查|明察暗访|暗访|值班值守|值班制度|领导带班|24小时值班|指挥体系|指挥机制|指挥部(?:办公室|工作|要)|信息(?:报送|报告|上报|直报)|考核|问责|追责|通报批评|约谈|督战|执纪|纪律|作风|形式主义|官僚主义|表格|基层负担|调度会|日报告|零报告|会议精神|重要讲话|重要指示|决策部署|组织领导|统一指挥|党组织|党员|战斗堡垒|先锋|一线考察|失职|渎职|战时|协调机制|应急响应|责任(?:体系|制|清单|链条)|主体责任|领导责任|履职|推诿|扯皮',
  ),
  row(
    'containment',
    4,
    '网格|社区(?:防控|排查|管控|网格)|群防群控|联防联控|消毒|垃圾|清洁卫生|保洁|反弹|散发|聚集|聚餐|宴席|坝坝宴|红白|婚丧|扎堆|摸排|排查|流行病学|流调|密切接触|密接|消杀|环境(?:卫生|整治|消毒)|爱国卫生|防控(?:责任|网络|体系|力量|防线|死角|漏洞|盲区)|分区分[级类]|分区|分级分类|存量|增量|变量|减存量|返校|校园防控|出租屋|城中村|体温(?:检测|监测)|戴口罩|传染源|传播途径|传播渠道|内防扩散|外防输入|社区传播|疫点|扩散|暴发',
  ),
  row('containment', 3, '小区|楼栋|村组|院落|农村地区|城乡结合部|学校|机关|家属院|社区|村社|重点区域|重点部位'),
  row('command', 3, '沟通联系|沟通协调|信息共享|协调联动|协作配合|统筹调度'),
  // 2: broad words that name a field only where nothing else does
  row('containment', 2, '疫情防控|管控|防控措施|防控工作|防控|疫情(?:输入|扩散|蔓延|传播)|疫情'),
  row('resumption_enterprises', 2, '复工复产|复产|复工|生产经营|经济运行'),
  row('labour_matching', 2, '工人|员工|职工'),
  row('farming', 2, '农村居民|农民|三农'),
  row(
    'command',
    2,
    '贯彻|落实责任|压实[^，]{0,8}责任|责任|部署|统筹|协调|各项(?:工作|措施|任务|部署)|学习|指示|精神|思想|认识|信心|担当|干部|调度|机制|方案|预案',
  ),
  row('supplies', 2, '物资|供应|储备|库存'),
  row('service_reopening', 2, '恢复|开放|公共服务'),
  row('public_safety', 2, '安全|稳定|秩序|监管'),
  row('clinical', 2, '医疗|医院|医务|医护|病例|感染'),
  row('welfare', 2, '(?<!人)民生|家庭|老人|儿童'),
  row('venues', 2, VENUE),
  row('access_control', 2, '出入|进出|通行|外出|车辆'),
]

/** Fields that belong together: a heading of one may be spelled out by clauses of another. */
export const FAMILY: Readonly<Record<DomainCode, string>> = {
  command: 'command',
  containment: 'control',
  access_control: 'control',
  observation: 'control',
  travel_health: 'control',
  venues: 'control',
  clinical: 'clinical',
  frontline_care: 'clinical',
  supplies: 'supplies',
  resumption_projects: 'resumption',
  resumption_enterprises: 'resumption',
  project_pipeline: 'resumption',
  approvals: 'resumption',
  labour_survey: 'labour',
  labour_matching: 'labour',
  health_certificate: 'labour',
  labour_transport: 'labour',
  return_home_entrepreneurship: 'labour',
  farming: 'rural',
  livestock: 'rural',
  rule_of_law: 'order',
  public_safety: 'order',
  forest_fire: 'order',
  admin_division_reform: 'order',
  service_reopening: 'life',
  welfare: 'life',
  publicity: 'publicity',
  other: 'other',
}
