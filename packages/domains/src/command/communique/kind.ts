import {
  ALONGSIDE,
  BY_AGENT,
  CASE,
  COMPLIANCE,
  CONDITION_END,
  CONDITION_HEAD,
  CORRELATIVE,
  DEALT_WITH,
  ENABLING,
  FOCUS,
  GENERIC,
  LIVING_UP,
  MEANS_BARE,
  MEANS_HEAD,
  ON_FINDING,
  ONE_EACH,
  PURPOSE_AS_TASK,
  PURPOSE_FRAME,
  RESPONSIBILITY,
  RESULT_BACK,
  SANCTION,
  SLACK,
  UNDER,
  UNFINISHED,
} from './lexicon/frames.ts'
import { ADVERBS, alternation, DIRECTIVE_VERBS, MANNER, PURPOSE_HEADS, SITUATION, SOFT_HEADS } from './lexicon/words.ts'

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
  `^(?:${alternation(ADVERBS)})(?:地)?|^逐[户人条项个村一级车家栋案](?:逐[户人条项个村一级车家栋案])?|^(?:挨|按|一)[家户村人企事个件项厂][挨按一][家户村人企事个件项厂]|^按(?:规定|要求|程序|标准|时序|计划|照要求|照规定|照计划|照程序)`,
)
export const PURPOSE = new RegExp(`^(?:${alternation(PURPOSE_HEADS)})`)
const SOFT = new RegExp(`^(?:${alternation(SOFT_HEADS)})`)

interface Head {
  readonly first: boolean
  readonly modal: 'strong' | 'plain' | null
  readonly prohibition: boolean
}

/** The kind of a clause from what is left after addressee and modal (`rest`), and after adverbs too (`core`). */
export function classify(rest: string, core: string, verb: string | null, head: Head): ClauseKind {
  if (head.prohibition) return SLACK.test(rest) ? 'soft' : 'hard'
  if (/^(?:结合|立足)[^，]{0,4}实际/.test(rest)) {
    const bare = rest.replace(/^(?:结合|立足)[^，]{0,4}实际(?:认真|切实|扎实|全力)*/, '')
    if (GENERIC.test(bare) || MANNER.test(bare)) return 'manner'
  }
  if (SLACK.test(core) && verb === null) return 'soft'
  if (ENABLING.test(core) || ENABLING.test(rest)) return 'enabling'
  if (!head.first && (BY_AGENT.test(rest) || (head.modal === null && ONE_EACH.test(core)))) return 'manner'
  if (FOCUS.test(rest) && head.first) return 'means'
  if (LIVING_UP.test(core)) return 'means'
  if (ON_FINDING.test(rest)) return 'hard'
  if (MANNER.test(rest) || MANNER.test(core)) return 'manner'
  if (UNDER.test(rest)) return 'means'
  if (CORRELATIVE.test(rest)) return 'enabling'
  if (UNFINISHED.test(rest)) return 'condition'
  if (/^高度重视[^，]{4,}(?:工作|管理|防护|问题)$/.test(rest)) return 'hard'
  if (CONDITION_HEAD.test(rest) || (CONDITION_END.test(rest) && /^在/.test(rest))) return 'condition'
  if (!head.first && head.modal === null && ALONGSIDE.test(rest)) return 'condition'
  if (!head.first && head.modal === null && FOCUS.test(rest)) return 'manner'
  if (SANCTION.test(rest) || SANCTION.test(core)) return 'sanction'
  if (RESPONSIBILITY.test(core)) return /责任人$/.test(core) ? 'enabling' : 'responsibility'
  if (GENERIC.test(core) || GENERIC.test(rest)) return 'generic'
  if (PURPOSE_FRAME.test(rest) || PURPOSE_FRAME.test(core)) return 'purpose'
  if (!head.first && head.modal === null && (RESULT_BACK.test(core) || RESULT_BACK.test(rest))) return 'purpose'
  const purposeWord = PURPOSE.exec(rest) ?? PURPOSE.exec(core)
  if (purposeWord) {
    const task = PURPOSE_AS_TASK.test(core) || PURPOSE_AS_TASK.test(rest)
    if (SOFT.test(core) && head.first) return 'soft'
    if (!(task && (head.first || head.modal !== null))) return 'purpose'
  }
  if (SOFT.test(rest) || SOFT.test(core) || COMPLIANCE.test(core)) return 'soft'
  if (/^抓住[^，]{0,20}(?:窗口|机遇|时机|契机|机会|有利)/.test(core)) return 'means'
  if (CASE.test(rest) && head.modal === null) return 'case'
  if (verb === null && MEANS_HEAD.test(core)) return meansOrHard(core, head)
  if (MEANS_HEAD.test(rest) && !(verb !== null && ADVERB.test(rest))) return meansOrHard(rest, head)
  if (head.modal === null && head.first && SITUATION.test(rest) && verb === null) return 'situation'
  if (verb !== null) return core.length - verb.length >= 2 || head.modal !== null ? 'hard' : 'manner'
  if (/^对[^，]{2,40}应[^，]尽[^，]/.test(core)) return 'hard'
  if (/^(?:把|将|对|向|与|同|和|由|给|为|在|从|每|所有|凡|对于)/.test(core) && VERB_INSIDE.test(core.slice(2, 120))) return 'hard'
  if (head.modal !== null) return VERB_INSIDE.test(core) || core.length >= 5 ? 'hard' : 'manner'
  if (SITUATION.test(rest)) return 'situation'
  return DEALT_WITH.test(rest) && MEANS_HEAD.exec(rest) === null ? 'hard' : 'statement'
}

/** "通过 X 平台" is means; "通过 X 平台开展 Y" and "坚持 Y" with a modal are work of their own. */
function meansOrHard(rest: string, head: Head): ClauseKind {
  if (/^(?:通过|利用|采取|运用|依托|借助|采用)[^，]{2,120}(?:方式|形式|渠道|平台|途径|手段)[^，]{0,7}$/.test(rest)) return 'means'
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
  if (/^(?:坚持|突出|统筹|紧盯|采取|采用|用好|发挥|充分发挥|利用好|聚焦|把握|用足)/.test(rest)) {
    if (inner === null && MEANS_BARE.test(rest) && head.modal === null) return 'means'
    return /^(?:聚焦|发挥|充分发挥|坚持|把握)/.test(rest) && inner === null ? 'means' : 'hard'
  }
  return inner === null ? 'means' : 'hard'
}
