import { voteDomain } from './domain.ts'
import {
  ALONGSIDE,
  ASPECT,
  AT_LEAST,
  BETTER_WAYS,
  BY_AGENT,
  CASE,
  COMPLIANCE,
  CONDITION_END,
  CONDITION_HEAD,
  CORRELATIVE,
  DEALT_WITH,
  DONE_TO,
  ENABLING,
  FOCUS,
  FOR_WHOM,
  GENERIC,
  HELD_AS,
  LED_TO,
  LIVING_UP,
  MATTERS,
  MEANS_HEAD,
  MIND,
  ON_FINDING,
  ONE_EACH,
  PURPOSE_AS_TASK,
  PURPOSE_FRAME,
  RESPONSIBILITY,
  RESULT_BACK,
  SANCTION,
  SLACK,
  STANDS,
  TO_HOLD_ON,
  TO_THEM,
  UNDER,
  UNFINISHED,
  WITH_THEM,
} from './lexicon/frames.ts'
import { WEAK } from './lexicon/weak.ts'
import { alternation, DIRECTIVE_VERBS, MANNER, SITUATION, SOFT_HEADS } from './lexicon/words.ts'
import { ADVERB, type ClauseKind, type Head, meansOrHard, PURPOSE, VERB_INSIDE } from './means.ts'
import { BY_WHEN, OWN_DAY } from './times.ts'

const SOFT = new RegExp(`^(?:${alternation(SOFT_HEADS)})`)

/** 增强…力量: the hands are to be found, not a quality raised. */
const CAPACITY =
  /^(?:增强|充实|加强|扩大|提升)[^，]{1,24}(?:力量|队伍|人手|警力|能力建设)$|^保持[^，]{2,}(?:值守|备勤|待命|在岗|在位)$|^(?:形成|制作|编印)[^，]{2,30}(?:指导书|手册|清单|方案|名单|台账|办法)[^，]{0,6}$|^(?:突出|紧盯|盯紧|聚焦)[^，]{2,40}(?:管理|管控|防控|治理|整治|监测|建设|服务|工作)$|^(?:促进|扩大|带动)[^，]{0,6}(?:消费|就业|销售|创业)$/
/** 促进增收 at the head of an order; behind work it says what for. */
const ENLARGES = /^(?:促进|扩大|带动)[^，]{0,6}增收$/
/** 减少…影响, 坚决阻止…: what for, unless it is the order itself. */
const LESS =
  /^(?:充分|广泛|最大限度)*(?:调动|激发|传递|凝聚|鼓舞|提振)[^，]{0,14}(?:积极性|主动性|创造性|正能量|力量|士气|信心|活力)[^，]{0,8}$|^(?:减少|降低|缩短|减轻)[^，]{0,30}(?:时间|影响|损失|压力|负担|风险|成本|不便|伤亡|接触|危害|聚集|流动)$|^(?:严格|坚决|全力|有效|切实|从严|彻底)*(?:阻止|阻断|斩断|切断|杜绝|遏制|防止|避免)[^，]{2,40}$/
/** 帮助企业解决问题，积极推动复工复产: what the help before it is for. */
export const RESTART =
  /^(?:加速(?=复工|达产|恢复)|(?:积极|加快|有力|着力|全力|想方设法|千方百计)*(?:推动|促进|帮助|支持){1,2})(?:其|各类)?(?:企业)?(?:尽快|早日|全面|有序)?(?:快复工、快(?:复产|达产)|复工复产|复工生产|[稳达扩增]产[达增满扩]产(?:、[稳达扩增]产[达增满扩]产)?|达产满产|达产达效|达产|满产|达效|复工复产达产达效|恢复生产|复产达产)$/
/** 抓紧解决…: to solve it is the order; 切实解决… says what for. */
const SOLVES =
  /^(?:精准|抓紧|及时|尽快|加快|协调|帮助|逐一|妥善|推动|积极|主动|集中|着力|重点|认真|研究|统筹|全力|务实){1,2}(?:研究|协调|推动|帮助)?解决/

/** 尽快确定企业名单, 及时消除隐患: told to be done at once. */
const PROMPT = /^(?:抓紧|及时|尽快|立即|迅速|第一时间)(?:确定|消除|化解)[^，]{2,}/

/** 多渠道筹集调运, 坚决管住、管好: acts without an object. */
const OBJECTLESS = new RegExp(
  `^(?!搞好|办好|用好|开好|管好|加强|开展|组织|强化|抓好|做好|进行|实施|加大|推进|推动|落实|恢复|加快|停止|暂停|取消|提供|给予|复工)(?:${alternation(DIRECTIVE_VERBS.filter((verb) => verb.length > 1))}|、|和){2,5}$`,
)

/** 将落实情况报指挥部办公室: what is handed in, whatever it tells of. */
export const REPORTS = /^(?:将|把)[^，]{2,40}(?:书面)?(?:报(?!名|警|销|废)|上报|反馈|抄送)[^，]{2,24}$/
/** (3月1日18时前)上报值班安排: handed in by a time. */
export const HANDS_IN = /^(?:书面)?(?:上报|报送|报告|报备|反馈|提交)[^，]{3,}$/

const LEADS = /^由[^，]{2,24}(?:牵头|负总责)$|^[^，]{2,24}(?:局|委|办|部门|公安|海关|民航|卫健|交通|单位|街道|乡镇)(?:协同|协助|密切)?配合$/
const LED = /^由[^，]{2,16}(?:牵头|负责)[^，]{2,}$/

/** 改进小区管理方式: better ways of a thing that names its field are work of their own. */
function namesField(core: string): boolean {
  if (!/^(?:改进|完善|建立)/.test(core)) return false
  const vote = voteDomain(core)
  return vote !== null && vote.tier >= 4 && vote.domain !== 'command'
}

/** 增强救治的有效性: a quality of work in a field of its own. */
function namesWork(core: string): boolean {
  const vote = voteDomain(core)
  return (
    vote !== null &&
    vote.tier >= 4 &&
    !['command', 'containment', 'publicity'].includes(vote.domain) &&
    !/意识|思想|信心|责任|本领|自觉/.test(core)
  )
}

/** 抓好各项民生工作: every piece of work in one named field is work that can be shown. */
function ofOneField(core: string): boolean {
  const named = /(?:各项|各类)(.{2,10}?)(?:工作|任务)$/.exec(core)?.[1]
  const whole = core.length >= 12 ? voteDomain(core) : null
  if (whole !== null && whole.tier >= 4 && !['command', 'containment', 'other'].includes(whole.domain)) return true
  const vote = named === undefined ? null : voteDomain(named)
  return vote !== null && vote.tier >= 2 && !['command', 'containment'].includes(vote.domain)
}

/** 大力科普防控知识, 及时全量上传结果: an adverb of order, a verb that no list knows and an object that names its field. */
function unlisted(rest: string): boolean {
  const adverb = ADVERB.exec(rest)?.[0] ?? ''
  if (adverb.length < 2 || rest.length - adverb.length < 5 || /[的是了]/.test(rest.slice(adverb.length, adverb.length + 2))) return false
  const vote = voteDomain(rest)
  return vote !== null && vote.tier >= 4 && !['command', 'containment'].includes(vote.domain)
}

/** The kind of a clause from what is left after addressee and modal (`rest`), and after adverbs too (`core`). */
export function classify(rest: string, core: string, verb: string | null, head: Head): ClauseKind {
  if (head.modal === null && STANDS.test(rest)) return 'situation'
  if (/^(?:出现|发生|产生|暴露|增加|面临|带来)(?:出)?了/.test(rest) || /^越是/.test(rest) || (MATTERS.test(rest) && !head.prohibition))
    return 'situation'
  if (ASPECT.test(rest) || (head.modal !== 'strong' && FOR_WHOM.test(rest)) || /^除[^，]{2,30}外$/.test(rest)) return 'case'
  if (/^(?:坚决|全力|奋力)*打[赢好][^，]{0,6}(?:脱贫|扶贫|污染|蓝天|项目)/.test(rest))
    return head.first || head.modal !== null ? 'enabling' : 'hard'
  if (!head.first && /^争取(?:得到|获得|更[大多]|早日)|^争取(?![^，]*(?:资金|项目|支持|政策|试点|指标|工作))/.test(core)) return 'purpose'
  if (/^(?:充分|积极|切实|进一步|更好地?)*发挥[^，]{2,60}(?:作用|优势|力量|效应|效能)$/.test(rest)) return 'means'
  if (!head.first && /^(?:坚决|决|绝)?(?:绝不|决不|不)(?:姑息|手软|迁就|含糊)$/.test(rest)) return 'manner'
  if (head.prohibition) return SLACK.test(rest) ? 'soft' : 'hard'
  if (REPORTS.test(core) || WITH_THEM.test(rest)) return 'hard'
  if (/^(?:结合|立足)[^，]{0,4}实际/.test(rest)) {
    const bare = rest.replace(/^(?:结合|立足)[^，]{0,4}实际(?:认真|切实|扎实|全力)*/, '')
    if (GENERIC.test(bare) || MANNER.test(bare)) return 'manner'
  }
  if (head.modal === null && /^(?:外防|内防)[\u4e00-\u9fff]{2}(?:、(?:外防|内防)[\u4e00-\u9fff]{2})?$/.test(rest)) return 'manner'
  if (!head.first && head.modal === null && /^[^，]{0,12}才[会能][^，]{2,}$/.test(rest)) return 'purpose'
  if (!head.first && head.modal === null && TO_THEM.test(rest)) return 'manner'
  if (SLACK.test(core) && verb === null && !CONDITION_HEAD.test(rest)) return 'soft'
  // 适应常态化要求抓好社区防控: what it is to live up to, then the order.
  if (
    /^(?:积极|主动|尽快)*(?:适应|围绕|落实)[^，的]{2,12}(?:要求|需要|形势)(?:切实|扎实|全面|认真)*(?:抓好|做好|加强|强化|推进|抓实|完善|优化)[^，]{4,}$/.test(
      rest,
    )
  )
    return 'hard'
  // 坚持从快、从优: how, in a row of words.
  if (
    /^(?:坚持[\u4e00-\u9fff]{4}(?:、[\u4e00-\u9fff]{4}){1,5}|(?:坚持|突出)[\u4e00-\u9fff]{2,3}(?:、[\u4e00-\u9fff]{2,3}){1,5})$/.test(rest)
  )
    return 'means'
  if (!head.first && AT_LEAST.test(rest)) return 'manner'
  if (MIND.test(core) || MIND.test(rest) || TO_HOLD_ON.test(rest)) return 'soft'
  if (HELD_AS.test(rest)) return 'soft'
  // 将甲作为总抓手，解决…: what the work is done with.
  if (/^(?:将|把)[^，]{2,40}作为[^，]{0,30}(?:抓手|载体|突破口|切入点|主线|主攻方向)$/.test(rest)) return 'enabling'
  if (CAPACITY.test(core) || ((head.first || head.modal !== null) && ENLARGES.test(core))) return 'hard'
  if (!head.first && head.modal === null && /^一手抓[^，]{2,20}一手抓/.test(rest)) return 'manner'
  // 抓防控保健康: one thing done for another.
  if (!head.first && head.modal === null && /^抓[^，]{1,4}保[^，]{2,14}$/.test(rest)) return 'purpose'
  if (!head.first && head.modal === null && RESTART.test(rest)) return 'purpose'
  if (
    !head.first &&
    head.modal === null &&
    /^(?:坚决|切实|全力|共同|牢牢)*(?:守好|守牢|筑牢|织密|扎紧|扎牢)[^，、]{0,16}(?:防线|屏障|防护网|防控网|净土)$/.test(rest)
  )
    return 'purpose'
  if (!head.first && /^(?:最大限度|积极|主动)*争取[^，]{0,10}(?:理解|配合)/.test(rest)) return 'purpose'
  if (!head.first && head.modal === null && (LESS.test(core) || LESS.test(rest) || LED_TO.test(rest) || LED_TO.test(core))) return 'purpose'
  if (ENABLING.test(core) || ENABLING.test(rest)) return 'enabling'
  // 由甲局牵头，乙局配合，…: who does it, before what is done.
  if (head.modal === null && LEADS.test(rest)) return 'addressee'
  if (head.modal === null && LED.test(rest)) return 'hard'
  if (!head.first && (BY_AGENT.test(rest) || (head.modal === null && ONE_EACH.test(core)))) return 'manner'
  if (/^(?:围绕|紧扣|聚焦)“[^”]{2,60}”(?:目标|要求)?$/.test(core)) return 'means'
  if (/^以[^，]{2,30}?为(?:重点|抓手|切入点|主线|牵引|突破口)[^，]{4,}/.test(rest) && VERB_INSIDE.test(rest.slice(6))) return 'hard'
  if (FOCUS.test(rest) && head.first) return 'means'
  if (LIVING_UP.test(core))
    return /《/.test(core) || (voteDomain(core)?.tier ?? 0) < 4 || voteDomain(core)?.domain === 'command' ? 'means' : 'hard'
  // 加强检查，发现问题及时整改: behind work, part of it.
  if (
    !head.first &&
    head.modal === null &&
    /^(?:发现|遇到|出现)(?:问题|异常|情况|隐患|漏洞|苗头)(?:的)?(?:要)?(?:及时|立即|第一时间|当场|马上|迅速)*(?:整改|报告|上报|处置|解决|处理|纠正|交办)$/.test(
      rest,
    )
  )
    return 'manner'
  if (ON_FINDING.test(rest)) return 'hard'
  if ((MANNER.test(rest) || MANNER.test(core)) && !(head.modal !== null && rest.endsWith('纪律'))) return 'manner'
  if (UNDER.test(rest) || /^(?:做好|抓好|推进)(?:下一?阶段|下一?步|当前|近期|现阶段)(?:的|各项|重点)*工作$/.test(rest)) return 'means'
  if (CORRELATIVE.test(rest)) return 'enabling'
  if (UNFINISHED.test(rest) || /^(?:全[市县区镇][^，]{0,10})?面对[^，]{0,20}(?:形势|情况|压力|局面)$/.test(rest)) return 'condition'
  if (/^高度重视[^，]{4,}(?:工作|管理|防护|问题)$/.test(rest)) return namesWork(core) ? 'hard' : 'soft'
  if (CONDITION_HEAD.test(rest) || (CONDITION_END.test(rest) && /^在/.test(rest))) return 'condition'
  if (!head.first && head.modal === null && ALONGSIDE.test(rest)) return 'condition'
  if (!head.first && head.modal === null && FOCUS.test(rest)) return 'manner'
  if (!head.prohibition && (SANCTION.test(rest) || SANCTION.test(core))) return 'sanction'
  if (/^(?:扛起|扛牢|担起|担负起|履行|压实)[^，]{0,6}政治责任$/.test(core)) return 'soft'
  if (RESPONSIBILITY.test(core)) return /责任人$/.test(core) ? 'enabling' : 'responsibility'
  if (
    ((BETTER_WAYS.test(core) || BETTER_WAYS.test(rest)) && !namesField(core)) ||
    ((GENERIC.test(core) || GENERIC.test(rest)) &&
      !ofOneField(core) &&
      !(!head.first && head.modal === null && /^(?:确保|保证)/.test(rest))) ||
    (WEAK.test(core) && !/依法|依规/.test(rest))
  )
    return 'generic'
  if (PURPOSE_FRAME.test(rest) || PURPOSE_FRAME.test(core)) return 'purpose'
  if (!head.first && head.modal === null && (RESULT_BACK.test(core) || RESULT_BACK.test(rest))) return 'purpose'
  if (/^(?:严格|从严)控制/.test(rest)) return 'hard'
  if (
    head.modal === 'plain' &&
    /^严防[^，]{4,}$/.test(core) &&
    (voteDomain(core)?.tier ?? 0) >= 4 &&
    voteDomain(core)?.domain !== 'containment'
  )
    return 'hard'
  if (!head.first && head.modal === 'plain' && /^(?:防止|避免|杜绝|严防)/.test(core)) return 'hard'
  if (/^严防[^，]{0,6}(?:森林|草原|山火|火灾)/.test(rest)) return 'hard'
  // 利用大喇叭、宣传车等: tools that a list names, whatever they are called.
  if (/^(?:充分)?(?:利用|运用|通过|借助|依托)[^，]{2,40}等(?:多种|各种)?(?:方式|形式|渠道|载体|手段|媒体|平台|途径)?$/.test(core))
    return 'means'
  // …，务必做到守土尽责: what the work before it comes to.
  if (!head.first && head.modal === 'strong' && /^(?:做到|确保|保证)/.test(core) && (voteDomain(core)?.tier ?? 0) < 4) return 'purpose'
  const purposeWord = SOLVES.test(rest) || PROMPT.test(rest) ? null : (PURPOSE.exec(rest) ?? PURPOSE.exec(core))
  if (purposeWord) {
    const task = PURPOSE_AS_TASK.test(core) || PURPOSE_AS_TASK.test(rest)
    if (SOFT.test(core) && head.first) return namesWork(core) && head.modal !== null ? 'hard' : 'soft'
    if (!(task && (head.first || head.modal !== null))) return 'purpose'
  }
  if (/^(?:夯实|压实|压紧)[^，]*(?:监管|管理|管控|保障|排查)$/.test(core)) return 'hard'
  if ((SOFT.test(rest) || SOFT.test(core) || COMPLIANCE.test(core)) && !(/^(?:增强|提[高升]|以[更最])/.test(core) && namesWork(core)))
    return 'soft'
  if (!head.first && head.modal === null && BY_WHEN.test(rest)) return 'manner'
  if (!head.first && OWN_DAY.test(rest) && VERB_INSIDE.test(rest.slice(4))) return 'hard'
  if (/^趁[^，]{2,10}(?:期|机|窗口|时节|时候)$/.test(core)) return 'means'
  if (/^抓住[^，]{0,20}(?:窗口|机遇|时机|契机|机会|有利)/.test(core)) return 'means'
  if (CASE.test(rest) && head.modal === null) return 'case'
  // 坚持闭环管理制度: a rule of a named field is kept or not.
  if (/^坚持[^，]{4,}(?:制度|管理|检测|排查)$/.test(rest) && (voteDomain(rest)?.tier ?? 0) >= 5) return 'hard'
  if (verb === null && MEANS_HEAD.test(core)) return meansOrHard(core, head)
  if (MEANS_HEAD.test(rest) && !(verb !== null && ADVERB.test(rest))) return meansOrHard(rest, head)
  if (verb === null && !head.prohibition && DONE_TO.test(core)) return 'hard'
  if (head.modal === null && head.first && SITUATION.test(rest) && verb === null) return 'situation'
  if (!head.first && head.modal === null && core.length <= 9 && OBJECTLESS.test(core) && (voteDomain(core)?.tier ?? 0) < 4) return 'manner'
  // 发起总攻, 再紧螺丝: four characters that name no field.
  if (!head.first && head.modal === null && !head.prohibition && rest.length <= 4 && (voteDomain(rest)?.tier ?? 0) < 3) return 'manner'
  if (verb !== null) return core.length - verb.length >= 2 || head.modal !== null ? 'hard' : 'manner'
  if (/^对[^，]{2,40}应[^，]尽[^，]/.test(core)) return 'hard'
  if (/^(?:把|将|对|向|与|同|和|由|给|为|在|从|每|所有|凡|对于)/.test(core) && VERB_INSIDE.test(core.slice(2, 120))) return 'hard'
  if (head.modal !== null) return VERB_INSIDE.test(core) || core.length >= 5 || /办公$/.test(core) ? 'hard' : 'manner'
  if (SITUATION.test(rest)) return 'situation'
  if (!head.first && unlisted(rest)) return 'hard'
  return DEALT_WITH.test(rest) && MEANS_HEAD.exec(rest) === null ? 'hard' : 'statement'
}
