import type { DomainCode } from '../types.ts'

// How the weights were made. A conditional logit (one score a register, the highest wins; Adagrad, 12 rounds, squared penalty 0.05 on
// words) was fitted to 1,600 directives of published communiqués and of the fixtures, each read both by a reader that had not been mended
// on it and by today's. Kept are words of the field that stand in at least five texts with a weight of 0.6 or more; words that any order
// may hold were taken out by hand. With one set of texts left out in turn, weighing as weigh.ts does it mends 17 labels of 1,011 and
// spoils 2 where the rules had not seen the left-out set; where they had been mended on it, it mends 16 of 1,086 and spoils 10.

/** Where a register is named: tier of the evidence in the work itself (w), in its first clause (h), beside it (r), in its purpose (p). */
export const SIGNALS: Readonly<Record<string, number>> = {
  addressee: 2.8,
  before: 2,
  first: 1.1,
  h2: 0.3,
  h3: 0.6,
  h4: 0.3,
  h5: 0.4,
  heading: 1.8,
  p2: 0.9,
  p4: 1.3,
  p5: 1.5,
  previous: 0.9,
  r2: 1,
  r3: 0.2,
  r4: 2.2,
  r5: 1.8,
  topic: 1.3,
  w2: 0.9,
  w3: 1.1,
  w4: 0.9,
  w5: 1,
}

/** What the rule that chose the register is worth, by the rule and how sure it is. */
export const VERDICTS: Readonly<Record<string, number>> = {
  'before:0.55': 0.2,
  'before:0.7': 1.6,
  'general:0.7': 2.5,
  'heading:0.75': 1.1,
  'none:0.4': 1.5,
  'object:0.55': 1.8,
  'object:0.7': 1.6,
  'object:0.75': 1.3,
  'object:0.8': 1,
  'purpose:0.6': 1.8,
  'purpose:0.7': 0.7,
  'topic:0.5': 1.1,
}

/** Register of the rules (rule) and of the heading (head), and what they say for another register. */
export const LEANINGS: Readonly<Partial<Record<DomainCode, string>>> = {
  command: 'rule=containment 1 head=supplies -0.8',
  containment: 'rule=public_safety 0.7 rule=access_control 0.7 rule=health_certificate 0.7 rule=labour_transport -0.6',
  access_control: 'rule=approvals 0.8 head=resumption_projects -0.6 head=resumption_enterprises -0.8',
  observation: 'rule=observation 0.7 head=publicity -1.1',
  travel_health: 'rule=labour_survey 0.7 head=other 0.7',
  clinical: 'rule=labour_transport 0.7',
  frontline_care: 'rule=frontline_care 0.8 head=command 0.7',
  supplies: 'head=supplies 1.8 head=resumption_enterprises -0.7',
  resumption_enterprises: 'rule=labour_survey 0.9 rule=public_safety 0.8 rule=welfare 0.6 head=supplies -0.7',
  approvals: 'head=resumption_enterprises 0.9 head=resumption_projects 0.7',
  labour_matching: 'rule=labour_matching 0.8',
  health_certificate: 'rule=health_certificate 0.8',
  labour_transport: 'rule=labour_transport 0.9',
  farming: 'rule=farming 0.7 head=supplies -0.7',
  livestock: 'rule=livestock 1.3',
  rule_of_law: 'rule=rule_of_law 1',
  public_safety: 'head=publicity 0.8',
  forest_fire: 'rule=forest_fire 1.2',
  admin_division_reform: 'rule=admin_division_reform 1.4',
  other: 'rule=resumption_projects 1.4 rule=labour_matching 1.1',
}

/** Words of the field and what each says for a register (or against it). */
export const TERMS: Readonly<Partial<Record<DomainCode, string>>> = {
  command:
    '形势 1.6 认识 1.5 重视 1.4 保持 1.3 人民 1.3 通报 1.2 发展 1.2 靠前 1.1 清醒 1.1 督促 1.1 合力 1.1 情绪 1 经济 1 下沉 0.9 值班 0.9 治疗 0.9 感染 0.9 压紧 0.9 社会 0.8 技术 0.8 职责 0.8 认清 0.7 安全 0.7 一线 0.7 市委 0.7 研判 0.7 规范 0.7 分析 0.7 学习 0.7 贯彻 0.7 政府 0.6 物资 0.6 克服 0.6 稳定 0.6 信心 0.6 共享 0.6 战争 0.6 贫困 -0.6 形式 -0.6 干部 -0.7 一策 -0.7 城市 -0.7 属地 -0.7 分级 -0.7 防疫 -0.8 小区 -0.8 观察 -0.8 摸清 -0.8 服务 -0.8 返乡 -0.8 采购 -0.8 酒店 -0.9 改革 -0.9 扩散 -0.9 核查 -0.9 乡村 -1.1 保护 -1.1 策略 -1.3 自我 -1.3',
  containment:
    '策略 1.6 分级 1.4 基层 1.2 分类 1.2 动态 1.2 卫生 1.1 防治 1 战斗 1 摸清 0.9 动员 0.9 防疫 0.8 医院 0.8 发热 0.8 麻痹 0.8 居民 0.8 病人 0.8 源头 0.8 扩散 0.8 担当 0.8 核查 0.8 防线 0.8 走访 0.7 处置 0.7 群众 0.7 秩序 0.7 防范 0.7 阻击 0.7 战争 0.7 公共 0.6 属地 0.6 清单 0.6 检查 -0.6 心理 -0.6 车辆 -0.6 火车 -0.6 居家 -0.7 员工 -0.7 汽车 -0.7 外来 -0.7 调度 -0.7 特殊 -0.7 认识 -0.7 共享 -0.7 封闭 -0.8 口罩 -0.8 境外 -0.8 情绪 -1 车站 -1 小区 -1.1 患者 -1.1 发展 -1.1 学习 -1.1 输出 -1.2',
  access_control:
    '小区 1.8 输出 1.5 登记 1.4 车站 1.2 火车 1.2 严格 1 志愿 0.9 审批 0.9 出口 0.9 体温 0.9 高速 0.9 动物 0.9 扩散 0.9 封闭 0.8 城市 0.8 党员 0.8 公路 0.8 出入 0.7 社区 0.7 客运 0.7 车辆 0.7 汽车 0.7 机关 0.7 入口 0.6 公共 -0.6 防线 -0.7 医院 -0.8',
  observation: '隔离 1.1 观察 0.9 密切 0.8 接触 0.8 感染 0.8 返乡 0.7 清单 0.7 上门 -0.7 帮助 -0.7',
  travel_health:
    '风险 1.2 酒店 1.1 数据 1.1 隐患 1.1 境外 1 属地 1 学校 0.9 申报 0.9 疫区 0.8 城区 0.8 审批 0.7 杜绝 0.7 执行 0.6 管理 0.6 体温 0.6 信息 0.6 重视 0.6 懈怠 0.6 政策 -0.6 宣传 -0.6 反弹 -0.6 输出 -0.7 感染 -0.8 车辆 -1',
  venues:
    '特殊 1.3 营业 1.2 检查 1 消毒 0.7 汽车 0.7 必需 0.7 农村 0.7 封闭 0.6 调度 0.6 医院 -0.7 出口 -0.7 严防 -0.7 高速 -0.8 核查 -0.8',
  clinical: '患者 1.3 处置 1.1 设备 1 救治 0.9 医院 0.8 门诊 0.7 核酸 0.7 物流 -0.6 接触 -0.6 返乡 -0.7 保护 -0.7 城市 -0.8 分析 -1.3',
  frontline_care: '保护 1.9 自我 1.5 防护 1.4 医务 1.1 干部 0.8 医护 0.7 一线 0.7',
  supplies: '蔬菜 1.3 中心 1.2 城区 1.1 口罩 0.7 小区 0.7 畅通 0.6 保障 0.6 储备 0.6 帮助 -0.6 资金 -0.7 违法 -0.7 属地 -0.7 交通 -0.8',
  resumption_projects: '农田 1 开工 0.8 资金 0.8 建设 0.8 交通 0.7 储备 -0.7 施工 -0.8',
  resumption_enterprises:
    '员工 1.6 车辆 1.2 施策 1.2 调度 1.1 属地 1 政策 0.9 一策 0.9 帮助 0.9 外来 0.9 饲料 0.9 原料 0.8 困难 0.8 应急 0.7 处置 0.7 指挥 0.7 紧迫 0.7 聚集 0.7 秩序 0.7 医疗 -0.6 就近 -0.6 动态 -0.6 风险 -0.7 开学 -0.7 产业 -0.7 压紧 -0.7 麻痹 -0.8 学校 -0.8 行动 -0.8 研判 -0.9 认识 -0.9 机关 -1.1 兼顾 -1.1',
  project_pipeline: '物流 0.6 建设 -0.6',
  approvals: '施工 0.9 办理 0.9 开工 0.8 申报 -0.9',
  labour_survey: '工人 0.8 摸清 0.7 统计 0.7',
  labour_matching: '就近 0.9 动力 0.7 劳动 0.7 岗位 0.7 工人 -0.7 春季 -0.8',
  health_certificate: '证明 0.9 风险 -0.6 清单 -0.8',
  labour_transport: '直达 0.7 工人 0.6 处置 -0.8',
  farming: '抓住 1.1 春耕 0.9 贫困 0.8 兼顾 0.8 化肥 0.7 动员 0.7 学习 0.7 蔬菜 -0.6 特殊 -0.7 农村 -0.8',
  livestock: '养殖 0.8',
  rule_of_law: '纠纷 0.9',
  public_safety: '打击 1.7 违法 1.2 营业 1.1 消费 0.6 检查 0.6 情绪 -0.6 处置 -0.7',
  admin_division_reform: '安置 0.9',
  service_reopening:
    '餐饮 1.5 消费 1.1 开学 1 网络 0.9 运行 0.8 交通 0.8 民生 0.8 畅通 0.6 运输 0.6 居民 0.6 公路 -0.6 形势 -0.7 营业 -0.8 隐患 -0.8 分级 -0.8',
  welfare: '核查 1.2 损失 1.1 情绪 1 心理 0.8 帮助 0.8 用品 0.8 采购 0.8 特殊 0.7 统计 0.7',
  publicity: '回应 1.2 知识 1 口罩 0.9 居家 0.9 入境 0.9 氛围 0.9 宣传 0.8 境外 0.8 关切 0.7 聚集 0.7 家庭 0.6 打击 -1',
  other:
    '改革 1.3 整治 1.2 分析 1.1 乡村 0.9 行动 0.9 产业 0.9 农民 0.9 工程 0.8 贫困 0.8 检查 0.8 兼顾 0.8 关心 0.7 防治 0.7 研判 0.7 运行 0.6 调配 0.6 政府 -0.7 餐饮 -1 抓住 -1 开工 -1.1',
}
