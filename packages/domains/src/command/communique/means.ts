import { MEANS_BARE, MEANS_HEAD } from './lexicon/frames.ts'
import { ADVERBS, alternation, DIRECTIVE_VERBS, PURPOSE_HEADS } from './lexicon/words.ts'

/** What a clause is for the cut: work of its own, or something that goes with work. */
export type ClauseKind =
  | 'hard'
  | 'enabling'
  | 'condition'
  | 'means'
  | 'purpose'
  | 'soft'
  | 'responsibility'
  | 'generic'
  | 'manner'
  | 'sanction'
  | 'situation'
  | 'statement'
  | 'case'
  | 'addressee'

export const VERB_INSIDE = new RegExp(`(?:${alternation(DIRECTIVE_VERBS.filter((verb) => verb.length > 1))})`)
export const ADVERB = new RegExp(
  `^(?:${alternation(ADVERBS)})(?:化?[地的](?=[^，]{2}))?|^逐[户人条项个村一级车家栋案](?:逐[户人条项个村一级车家栋案])?|^(?:挨|按|一)[家户村人企事个件项厂][挨按一][家户村人企事个件项厂]|^按(?:规定|要求|程序|标准|时序|计划|照要求|照规定|照计划|照程序)`,
)
export const PURPOSE = new RegExp(`^(?:${alternation(PURPOSE_HEADS)})`)

/** What stands around a clause and before its verb. */
export interface Head {
  readonly first: boolean
  readonly modal: 'strong' | 'plain' | null
  readonly prohibition: boolean
}

/** "通过 X 平台" is means; "通过 X 平台开展 Y" and "坚持 Y" with a modal are work of their own. */
export function meansOrHard(rest: string, head: Head): ClauseKind {
  if (/^(?:通过|利用|采取|运用|依托|借助|采用)[^，]{2,120}(?:方式|形式|渠道|平台|途径|手段)[^，]{0,7}$/.test(rest) && !SERVES.test(rest))
    return 'means'
  // 通过各级媒体广泛宣传政策要求: the channel, then the order itself.
  if (
    /^(?:通过|利用|运用|依托|借助|发动|采取)[^，]{2,40}(?:广泛|深入|全面|大力|积极|加大|及时|持续|开展|强化|加强|做好)(?:宣传|宣讲|开展|宣传|排查|普及|发布|引导|推送|告知|加强|摸排|组织|动员|防疫|防控)[^，]{2,}$/.test(
      rest,
    )
  )
    return 'hard'
  // 按照…的原则全力救治患者: the principle, then the order itself.
  const then = PRINCIPLED.exec(rest)?.[1]
  if (then !== undefined && (VERB_INSIDE.test(then) || PURPOSE.test(then.replace(ADVERB, '')))) return 'hard'
  const makes = /(?:调整|制定|完善|建立|加大|采取|细化|优化|出台|开展|组织)[^，]{2,}$/.test(rest.slice(4))
  if (
    MEANS_BARE.test(rest) &&
    !/^(?:坚持|突出|统筹|紧盯|用好)/.test(rest) &&
    !(makes && /^(?:根据|按照|针对|结合|围绕)/.test(rest) && /(?:办法|措施|机制|力度|方案)$/.test(rest))
  )
    return 'means'
  const preposition = MEANS_HEAD.exec(rest)?.[0] ?? ''
  const after = rest.slice(preposition.length)
  const inner = VERB_INSIDE.exec(after.slice(4, 120))
  if (
    preposition === '以' &&
    !HARDER.test(rest) &&
    !(head.modal !== null && ACTS.test(after)) &&
    !/为[^，]{0,8}?(?:单位|重点|抓手|契机|主|目标|导向|牵引|基础|突破口|主线|核心|载体|依托)[^，]{4}/.test(after)
  )
    return 'means'
  if (/^(?:坚持|突出|统筹|紧盯|采取|采用|用好|发挥|充分发挥|利用好|聚焦|把握|用足)/.test(rest)) {
    if (inner === null && MEANS_BARE.test(rest) && head.modal === null) return 'means'
    return /^(?:聚焦|发挥|充分发挥|坚持|把握)/.test(rest) && inner === null ? 'means' : 'hard'
  }
  if (WITH_NOUNS.test(rest)) return ACTS.test(after) ? 'hard' : 'means'
  return inner === null ? 'means' : 'hard'
}

/** 采取专车等方式点对点输送: the means and what is done with them. */
const SERVES = /(?:方式|形式|渠道|平台|途径|手段)[^，]{0,5}(?:输送|运送|接送|配送|投放|办理|招聘|授课|教学)$/

/** 以更大力度协助企业招工: how hard, and the order. */
const HARDER = /^以更[^，]{1,8}(?:力度|举措|措施|办法)(?:支持|帮助|协助|推进|推动|做好|加强|抓好|落实)[^，]{4,}/

const PRINCIPLED =
  /^(?:按照|按|根据|依据|对照|遵循)(?:“[^”]{2,60}”|[^，“”]{2,40}?)(?:的)?(?:总?原则|总?要求|策略|方针|思路|目标|标准)([^，的和与、]{4,})$/

/** 结合当地产业结构和生产条件: after these the nouns may look like verbs; only plain verbs of acting count. */
const WITH_NOUNS = /^(?:通过|利用|运用|依托|借助|结合|根据|按照|依据|对照|立足|针对|围绕|参照|遵照)/
const ACTS =
  /[^，]{2}(?:开展|组建|成立|增设|开设|打造|畅通|拓宽|推进|推动|抓好|做好|落实|加强|强化|完善|建立|制定|制订|实施|组织|引导|优化|出台|研究|提出|细化|加快|调整|指导|筹划|谋划|严格|分类|统筹|排查|发布|采取|设置|落细|储备|配备|明确|划分|编制|解决|进行|提高|提升|扩大|增加|增设|提供|保障|实行|执行|规范|改进|处置|开放|恢复|妥善|宣传|筹集|采购|发放|摸排|普及|推送|帮助|协助|支持|搭建|招聘|全面|有序|及时|科学|精准|依法)[^，]{2,}/
