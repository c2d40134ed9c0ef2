import {
  ADDRESSEE_ENDS,
  ADVERBS,
  alternation,
  DIRECTIVE_VERBS,
  MANNER,
  PROHIBITION,
  PURPOSE_HEADS,
  SITUATION,
  SOFT_HEADS,
  STRONG_MODALS,
} from './lexicon/words.ts'
import type { OrdinalStyle, Span } from './sentences.ts'

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

/** A clause with what its head says. `text` has no spaces; `core` is what is left after connectives, addressee, modal and adverbs. */
export interface Clause {
  readonly start: number
  readonly end: number
  readonly stop: string
  readonly ordinal: OrdinalStyle | null
  readonly text: string
  readonly core: string
  readonly addressee: string | null
  readonly modal: 'strong' | 'plain' | null
  readonly prohibition: boolean
  readonly kind: ClauseKind
  readonly verb: string | null
  /** Own time adverb or connective that opens a new matter. */
  readonly fresh: boolean
}

const CONNECTIVES =
  /^(?:同时|另外|此外|与此同时|并且|而且|以及|然后|接下来|下一步|下步|下一阶段|当前|目前|现阶段|近期|近日|在此基础上|为此|对此|因此|所以|特别是|尤其是|要求|并|且|也|还|再|又|其中|全市疫情防控工作中)+(?=.{2})/
const VERB = new RegExp(`^(?:${alternation(DIRECTIVE_VERBS)})`)
const VERB_INSIDE = new RegExp(`(?:${alternation(DIRECTIVE_VERBS.filter((verb) => verb.length > 1))})`)
const ADVERB = new RegExp(`^(?:${alternation(ADVERBS)})(?:地)?`)
const STRONG = new RegExp(`^(?:${alternation(STRONG_MODALS)})`)
const MODAL_INSIDE = new RegExp(
  `(?:${alternation(STRONG_MODALS)}|(?<![需主重只必纪简摘紧首概提扼显机])要(?![求素点道害情闻件领塞么是])|应当|应该|(?<![必])须(?!知)|(?<=[^供相反响适急效对感])应(?=及时|立即|严格|主动|按|自觉|于|尽快|积极|认真|切实|加强)|(?<=[^必所急的])需(?=要|严格|提前|主动|持|在|于|经|凭))`,
)
const ENDS = new RegExp(`(?:${alternation(ADDRESSEE_ENDS)})$`)
const PURPOSE = new RegExp(`^(?:${alternation(PURPOSE_HEADS)})`)
const SOFT = new RegExp(`^(?:${alternation(SOFT_HEADS)})`)
const PURPOSE_FRAME =
  /^(?:为[^，]{1,40}(?:奠定|提供|营造|创造|作出|做出|贡献|打下|赢得|保驾护航|筑牢|夺取|打赢)|以[^，]{2,30}(?:成效|成绩|实效|成果)|为了|以(?:实际行动|免|防|便|利|确保))/
const CONDITION_END = /(?:前提下|基础上|的同时|同时|情况下|条件下|原则|前提|为前提|期间)$/
const CONDITION_HEAD =
  /^(?:在[^，]{1,80}(?:前提下|基础上|的?同时|情况下|条件下|期间)|(?:按照|坚持|本着|遵循|按)[^，]{1,80}(?:原则|方针)|以[^，]{1,30}为前提|同步(?:做好|落实|抓好|开展|加强))$|^(?:同步(?:做好|落实|抓好))/
const MEANS_HEAD =
  /^(?:通过|按照|按|根据|依据|对照|结合|围绕|针对|立足|聚焦|依托|利用|运用|借助|借鉴|采取|采用|发挥|充分发挥|用好|紧扣|瞄准|突出|着眼|参照|遵照|以|从|坚持|抓住|抢抓|紧盯|对标|统筹|把握|用足|利用好|本着|着力构建|吸取|汲取)/
const MEANS_BARE =
  /(?:方式|形式|渠道|平台|途径|手段|办法|方法|措施|要求|标准|精神|实际|部署|规定|方案|分工|安排|特点|目标|重点|契机|抓手|导向|任务|优势|作用|力度|窗口期?|机遇|机会|节点|环节|问题|主线|中心|原则|为主|为辅|相结合|单位|底线|精神实质|模式|机制|服务|情况|需要|需求|关口|时机|教训|媒体|服务)[”’]?$/
const ENABLING =
  /^(?:组建[^，]{0,10}(?:专班|队伍|小组|团队|队)(?:、.{0,12})?|(?:落实|明确|安排|确定|落实落细)(?:专人|专门人员|责任人|专门力量|责任到人|专人专班)[^，]{0,8}|组织(?:精干|专门|骨干|专业)?力量|深入[^，]{0,14}(?:一线|现场|基层|车间|工地|企业|村组|社区|田间地头|农户|村社|实地)|拿出[^，]{0,10}(?:办法|措施|方案|举措|对策)|细化[^，]{0,8}(?:措施|举措|方案|任务)|再细化[^，]{0,8}措施|沉到一线|下沉一线|靠前服务|主动(?:服务|对接|上门)|上门服务|一线办公|抽调精干力量|集中(?:力量|精力)|倒排工期|加大(?:工作|统筹|协调)?力度|调动各方[^，]{0,6}力量|整合[^，]{0,8}(?:力量|资源)|拉出清单|列出清单)$/
const SANCTION =
  /^(?:对[^，]{2,40}(?:的|者|人员|单位|行为|部门)[^，]{0,20}(?:通报|问责|追责|严肃处理|追究|从严处理|依法处理|依纪依法|约谈|严肃查处|曝光|批评)|(?:坚决|依法|依规|依纪|从严|严肃)*(?:追究|追责|问责|严肃问责|予以通报|从严问责|严肃追责))/
const RESPONSIBILITY = /^(?:层层|进一步|全面|切实)?(?:压实|压紧|夯实|压紧压实|扛起|扛牢|落实|强化|靠实)[^，]{0,30}责任(?:制|人)?$/
const GENERIC =
  /^(?:[^，]{0,20}(?:各项|每一[条项个]|各类|有关|相关)[^，]{0,10}(?:措施|工作|部署|任务|要求|举措|决策部署)[^，]{0,14}|(?:抓好|狠抓|推动|抓紧|做好|抓实|推进|加强|强化|改进)(?:工作|贯彻|各项)?(?:落实|贯彻落实|落地落实|落细落实|工作落实|工作办法|工作方法|工作方式|工作作风)|(?:落实|抓好|做好|抓实)(?:各项|好各项)?(?:措施|工作|疫情防控工作|疫情防控措施|防控措施|防控工作|任务))$/
const RESULT_BACK =
  /^(?:让|使)|^保障[^，]{2,40}(?:需要|需求|运转|生活|权益|到位|安全|健康)$|^(?:维护|促进|推动|保持)[^，]{2,30}(?:稳定|发展|权益|秩序|运行|健康|和谐|安全|有序|形成|转变)$|^(?:提高|提升|增强)[^，]{1,30}(?:率|能力|水平|效率|质量|意识|感|信心|素养|效果|效能)$/
const PURPOSE_AS_TASK =
  /^(?:维护|保护|提高|提升|掌握|摸清|解决|化解|防范|促进|扩大|确定|降低|减轻|保持|激发|堵塞|巩固|带动|形成|树立|控制|展示|争取)/

const despace = (text: string): string => text.replace(/[ \n]+/g, '')

/** Read the head of a clause. `first` says that no clause of the same sentence stands before it; `units` adds names of the city's units. */
export function readClause(view: string, span: Span, first: boolean, units: RegExp | null): Clause {
  const text = despace(view.slice(span.start, Math.min(span.end, span.start + 600))).replace(/^[“‘](?![^”’]*[”’])/, '')
  let rest = text.replace(CONNECTIVES, '')
  const fresh = /^(?:及时|迅速|尽快|立即|抓紧|马上|同时|另外|此外|尽早|适时|特别|尤其)/.test(text)
  let addressee: string | null = null
  let modal: Clause['modal'] = null
  const named = leadingAddressee(rest, units)
  if (named !== null) {
    addressee = named.replace(/[，、]$/, '')
    rest = rest.slice(named.length)
  }
  rest = rest.replace(/^(?:都|也|均|还|更|则|就|首先|坚决|再次|一律)(?=要|必须|不得|应)/, '')
  const prohibition = PROHIBITION.test(rest) || /^(?:任何)[^，]{2,20}(?:不得|严禁|禁止|不准|不能)/.test(text)
  const strong = STRONG.exec(rest)
  if (strong) {
    modal = 'strong'
    rest = rest.slice(strong[0].length)
  } else {
    const plain = /^(?:要(?!求|素|点|道|害|情|闻)|须|应当|应该|应(?!急|对|用|届|收|检|隔|治)|需要?)/.exec(rest)
    if (plain) {
      modal = 'plain'
      rest = rest.slice(plain[0].length)
    }
  }
  const { core, verb } = stripAdverbs(rest)
  const kind = classify(rest, core, verb, { first, modal, prohibition })
  return {
    start: span.start,
    end: span.end,
    stop: span.stop,
    ordinal: span.ordinal,
    text,
    core,
    addressee,
    modal,
    prohibition,
    kind,
    verb,
    fresh,
  }
}

/** Take manner adverbs off the front; the directive verb is looked for at every step, the last hit counts. */
function stripAdverbs(rest: string): { core: string; verb: string | null } {
  let core = rest
  let best: { core: string; verb: string | null } | null = null
  for (let step = 0; step < 6; step += 1) {
    const verb = verbAt(core)
    if (verb !== null) best = { core, verb }
    const adverb = ADVERB.exec(core)
    if (adverb === null || adverb[0].length >= core.length) break
    core = core.slice(adverb[0].length)
  }
  return best ?? { core, verb: null }
}

const SINGLE_NOT = /^(?:防[控疫护范]|管[理辖]|建[设制议]|保[险证]|查[验]|稳[定]|设[备施]|补[贴]|盯|落[后]|促[进])/

function verbAt(core: string): string | null {
  const found = VERB.exec(core)
  if (found === null) return null
  const verb = found[0]
  if (verb.length === 1 && (core.length < 4 || SINGLE_NOT.test(core))) return null
  return verb
}

function leadingAddressee(rest: string, units: RegExp | null): string | null {
  const unit = units?.exec(rest)
  if (unit) return unit[0]
  const found = MODAL_INSIDE.exec(rest.slice(0, 70))
  if (found !== null && found.index >= 2) {
    const prefix = rest.slice(0, found.index).replace(/(?:都|也|均|还|更|一定|务必|就|则|坚决|，|首先)+$/, '')
    if (isAddressee(prefix)) return prefix
  }
  const bare = BARE_ADDRESSEE.exec(rest.slice(0, 70))
  if (bare) return bare[0]
  return null
}

const isAddressee = (prefix: string): boolean =>
  prefix.length >= 2 &&
  prefix.length <= 60 &&
  ENDS.test(prefix.replace(/（[^）]{0,20}）$/, '')) &&
  !VERB.test(prefix) &&
  !/^(?:在|对|把|将|按|以|从|为|向|与|通过|根据|坚持|特别|疫情|当前|这|其|不|会议)/.test(prefix)

const BARE_ADDRESSEE = new RegExp(
  `^(?:各级各部门|各级各有关部门|全[市县区镇乡省](?:上下|各级各部门|各级各单位|各级|各部门|干部群众|广大党员干部)|各(?:级|地|县|区|市|乡镇|镇|街道|村|社区|部门|单位|成员单位|工作组|牵头部门|行业主管部门|责任单位|有关部门|相关部门|学校|企业|医疗机构)(?:[（][^）]{1,12}[）])?(?:[、和][^，、]{1,10}(?:部门|单位|街道|乡镇|镇|社区|村|区|组|园区|县))*|[^，、的]{1,10}(?:部门|指挥部|领导小组|工作组|专班|局|管委会|卫健委|发改委|委员会)(?:[、和][^，、的]{1,12}(?:部门|局|组|委|单位|乡镇|街道))*|(?:广大)?(?:党员干部|领导干部|基层干部|挂联领导|村干部|志愿者|医务人员|医护人员|网格员))(?=(?:${alternation(ADVERBS)})*(?:${alternation(DIRECTIVE_VERBS.filter((verb) => verb.length > 1))}|对|把|将|按照))`,
)

interface Head {
  readonly first: boolean
  readonly modal: Clause['modal']
  readonly prohibition: boolean
}

function classify(rest: string, core: string, verb: string | null, head: Head): ClauseKind {
  if (head.prohibition) return 'hard'
  if (MANNER.test(rest) || MANNER.test(core)) return 'manner'
  if (CONDITION_HEAD.test(rest) || (CONDITION_END.test(rest) && /^在/.test(rest))) return 'condition'
  if (SANCTION.test(rest) || SANCTION.test(core)) return 'sanction'
  if (RESPONSIBILITY.test(core)) return /责任人$/.test(core) ? 'enabling' : 'responsibility'
  if (GENERIC.test(core) || GENERIC.test(rest)) return 'generic'
  if (ENABLING.test(core) || ENABLING.test(rest)) return 'enabling'
  if (PURPOSE_FRAME.test(rest) || PURPOSE_FRAME.test(core)) return 'purpose'
  if (!head.first && head.modal === null && (RESULT_BACK.test(core) || RESULT_BACK.test(rest))) return 'purpose'
  const purposeWord = PURPOSE.exec(rest) ?? PURPOSE.exec(core)
  if (purposeWord) {
    const task = PURPOSE_AS_TASK.test(core) || PURPOSE_AS_TASK.test(rest)
    if (SOFT.test(core) && head.first) return 'soft'
    if (!(task && (head.first || head.modal !== null))) return 'purpose'
  }
  if (SOFT.test(rest) || SOFT.test(core)) return 'soft'
  if (/^抓住[^，]{0,20}(?:窗口|机遇|时机|契机|机会|有利)/.test(core)) return 'means'
  if (MEANS_HEAD.test(rest)) return meansOrHard(rest, head)
  if (head.modal === null && head.first && SITUATION.test(rest) && verb === null) return 'situation'
  if (verb !== null) return core.length - verb.length >= 2 || head.modal !== null ? 'hard' : 'manner'
  if (/^(?:把|将|对|向|与|同|和|由|给|为|在|从|每|所有|凡|对于)/.test(core) && VERB_INSIDE.test(core.slice(2, 120))) return 'hard'
  if (head.modal !== null) return VERB_INSIDE.test(core) || core.length >= 5 ? 'hard' : 'manner'
  return SITUATION.test(rest) ? 'situation' : 'statement'
}

/** "通过 X 平台" is means; "通过 X 平台开展 Y" and "坚持 Y" with a modal are work of their own. */
function meansOrHard(rest: string, head: Head): ClauseKind {
  if (MEANS_BARE.test(rest) && !/^(?:坚持|突出|统筹|紧盯|用好)/.test(rest)) return 'means'
  const preposition = MEANS_HEAD.exec(rest)?.[0] ?? ''
  const after = rest.slice(preposition.length)
  const inner = VERB_INSIDE.exec(after.slice(4, 120))
  if (/^(?:坚持|突出|统筹|紧盯|采取|采用|用好|发挥|充分发挥|利用好|聚焦|把握|用足)/.test(rest)) {
    if (inner === null && MEANS_BARE.test(rest) && head.modal === null) return 'means'
    return /^(?:聚焦|发挥|充分发挥|坚持|把握)/.test(rest) && inner === null ? 'means' : 'hard'
  }
  return inner === null ? 'means' : 'hard'
}

/** Names and aliases of the city's units as they may open a clause; null where none are given. */
export function addresseePattern(units: readonly { readonly name: string; readonly aliases?: readonly string[] }[]): RegExp | null {
  const names = units.flatMap((unit) => [unit.name, ...(unit.aliases ?? [])]).filter((name) => name.length >= 2)
  if (names.length === 0) return null
  const escaped = alternation(names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
  return new RegExp(
    `^(?:${escaped})(?:[、和](?:${escaped}))*(?=要|应|须|必须|负责|牵头|会同|配合|${alternation(ADVERBS)}|${alternation(DIRECTIVE_VERBS.filter((verb) => verb.length > 1))})`,
  )
}

/** Whether a clause begins as an order does: a modal, a directive verb, or an addressee before either. */
export const opensOrder = (clause: Clause): boolean =>
  clause.modal !== null ||
  clause.prohibition ||
  ((clause.kind === 'hard' || clause.kind === 'enabling' || clause.kind === 'sanction') &&
    (clause.verb !== null || clause.addressee !== null)) ||
  clause.kind === 'responsibility' ||
  clause.kind === 'soft' ||
  clause.kind === 'generic'
