import { ADVERBS, alternation } from './words.ts'

const list = (words: string): readonly string[] => words.trim().split(/\s+/)

/** Nouns that name no field of work and no thing that could be shown as done. */
const EMPTY_NOUNS = list(`
工作 措施 举措 机制 体制 责任 组织 领导 力量 资源 协调 配合 协作 协同 应对 谋划 统筹 指导 监管 监督 意识 作风 重点 环节 大局 任务 任务书 任务分工 要求 部署 疫情 疫情防控 防控 防疫 抗疫 各项 各类 各种 各个 各方 各方面 相关 有关 相应 相应的 具体 务实 氛围
办法 方案 计划 方式 方法 基础 保障 落实 到位 主体责任 属地责任 四方责任 各方责任 主体 属地 部门 单位 形势 态势 局势 前一阶段 前期 下一步 当前 近期 现有 着力点 目标 目标任务 责任人 完成时限 时限 清单 问题 短板 弱项 漏洞 不足 差距 成果 成效 经验 做法 教训
结合 统分 策略 步骤 程序 流程 细节 思路 对策 制度 决策 决策部署 精神 内容 事项 关键 主动 主动权 全局 合力 联动 互动 沟通 衔接 检查指导 督促指导 协调指导 组织实施 经济社会发展 经济发展 改革发展稳定 常态化 新冠肺炎 重点工作 头等大事 这个 专班 服务 准备 管控 管理 把控 节奏 力度 强度 精度 时效 质效 效率 层级 上下 和 与 及 的 、 好 着 再 更
`)
/** Verbs that take any object. */
const EMPTY_VERBS = list(`
加强 强化 落实 落细 抓好 做好 搞好 抓实 抓细 抓牢 抓紧 狠抓 开展 推进 推动 组织 建立 健全 完善 制定 制订 拟定 实施 实行 执行 统筹 协调 加大 深化 细化 明确 夯实 优化 改进 提升 提高 保持 坚持 突出 形成 凝聚 整合 集中 聚焦 紧盯 盯紧 采取 拿出
找准 总结 巩固 拓展 研判 把握 分析 谋划 配合 参与 调整 发挥 调动 发力 施策 用力 担当 作为 履职 尽责 压实 营造 动员
`)
const TELLING_ADVERBS = /安全|依法|依规|网格|分级|分区|分类|全员|免费|无偿|足额|足量|全额|定期|每/

/** A clause of nothing but general words: 健全工作机制, 加强协调配合, 精准发力. It completes its neighbours and opens nothing. */
export const WEAK = new RegExp(
  `^(?=[^，]{2,24}$)(?:${alternation([...EMPTY_NOUNS, ...EMPTY_VERBS, ...ADVERBS.filter((word) => word.length > 1 && !TELLING_ADVERBS.test(word))])})+$`,
)
