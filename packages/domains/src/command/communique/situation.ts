import { type Clause, opensOrder, readClause } from './clause.ts'
import { NOUN_PHRASE, SLACK, UNDER } from './lexicon/frames.ts'
import { ADVERB, VERB_INSIDE } from './means.ts'
import type { RuleName } from './rules.ts'
import type { Span } from './sentences.ts'

/** What the highest leaders said and what the city has done since: told, not ordered. */
export const ABOVE =
  /^(?:习近平)?总书记[^，要]{0,10}(?:作出|做出|亲自|多次|高度重视|发表)|^习近平[^，要]{0,12}(?:作出|做出|亲自|多次|发表)|^李克强总理|^党中央(?:、国务院)?高度重视/
export const OURSELVES = /^(?:省|市|州|县|区)委、?(?:省|市|州|县|区)政府(?:高度重视|认真|坚决|迅速|及时|第一时间)/
/** 各街道要…: somebody here is told, whatever was told of those above. */
export const TOLD_ALL = /^(?:全[省市州县区]|各[\u4e00-\u9fff]|我们)[^，]{0,20}(?:要|必须)/
/** Results and figures told, not ordered. */
const REPORTED =
  /(?:以来|取得了?|进展顺利|积极进展|成效(?:显|逐步|明显|初显)|显现|呈现|充分肯定|得到了|有力有序|来之不易|值得肯定|感谢|敬意|了(?:积极|显著|明显|重要|巨大|一些|新|较|很|大量|艰|一定)|(?<!而)已(?:经|全面|全部|基本|陆续|累计|初步)|已(?:经)?[^，]{0,8}(?:完成|建成|实现|投入|排查|累计)|(?<![对如若])未(?:发生|出现|新增)|刻不容缓|迫在眉睫|任重道远|密不可分|(?:增多|加剧|增大|抬头|剧增|上升)$|截至|累计(?!不)|目前(?:为止|全|我|共)|(?:传达|学习|听取|分析|研判|通报|总结|回顾|部署|研究|审议|汇报|提出|介绍|肯定|安排|调研|察看|了解|作|进行|作出|做出|指明|提供|发表|给予|注入|增添|坚定|强调|明确|拿出|打赢|实现|确定|展现|彰显|体现|构筑|凝聚|形成|成立|启动|开展|采取|落实)了(?!解)|(?:极为|十分|至关|非常|尤为)(?:重要|紧要|关键|必要|紧迫)|意义重大|责任重大|是[^，]{0,24}(?:主题|关键|前提|基础|重中之重|要务|举措|抓手|任务|环节|大事|支撑|条件|保证|职责|结果)$|共(?:排查|有|投入|检测|发放|派出))/
/** How things stand; opens no order. */
const STANDING =
  /^(?:(?:特别|尤其)是随着|从[^，]{2,14}(?:来)?看$|据(?:了解|悉|统计|介绍|通报)|[^，要]{2,16}即将[^，]{2,8}$|(?:特别|尤其)是[^，要]{2,20}(?:新增|出现了?|发生了?|报告了?|发现了?)[^，要]{0,14}(?:例|病例|疫情|感染者)|越是|当前|眼下|目前|现在|近期|近日|随着|由于|鉴于|虽然|尽管|面对|疫情(?:发生|形势|态势|不断|还在|输入(?:压力|风险)|防控[^，]{0,4}(?:已|正|处|进入|到了))|形势|我[省市县区州旗]|[^，要]{2,10}(?:尚|正|仍)处|这|正值|现正|春节|今年|经过|得益于|但|近段|前期|前一|[^，要]{2,20}(?<!特别|尤其)是[^，否]{2,}|[^，、要]{2,10}[广长大多重高低强快紧]、[^，、]{1,4}[广长大多重高低强快紧]$)/
/** 需求不断释放: what goes on by itself. */
const GROWING = /^[^，要]{4,}(?:不断|日益|日趋|逐步|逐渐|持续|进一步|陆续|大幅|明显|正?加快|加速)[\u4e00-\u9fff]{2}$/
const AWARE =
  /^(?:(?:但|同时|也|还|更|我们|大家|全[市县区]上下|各级各部门|，)*)(?:要|必须|应该?|应当)?(?:也|还)?(?:要)?(?:清醒|充分|深刻|深切|客观|理性|冷静)?(?:地)?(?:认识到|看到|意识到|看清楚)(?=$|[^，]{0,40}(?:是|正|已|到了|仍|尚|依然|不断|没有|面临|出现|存在|处于|不容|蔓延|扩散|加剧|增多))/

/** 企业普遍面临用工难题, 火险等级居高不下: says how things are, in words that no order has. */
const DESCRIBED =
  /^(?!各|请|对|把|将|确保|防止|避免|杜绝|解决|针对)[^，]{2,40}?(?:仍然?|依然|尚|普遍|还|也|正|可能)(?:存在|面临|出现|暴露|处于|不够|没有|不)[^，]{1,40}$|^(?:一些|个别|部分|少数|有的)[^，]{2,30}(?:存在|出现|产生|滋生|不够|不到位|不严|不实|不力|不细|不深|不清|有所)[^，]{0,16}$|不堪设想$|^[^，要]{2,14}(?:难度|压力|风险|需求|影响|缺口|隐患)(?:很|较|更|仍然?|依然)?(?:大|高|多|重)$|^[^，要]{2,14}是(?:[^，]{2,8}的|一[场次项种][^，]{2,20})$|^[^，要]{2,20}(?:不平衡|浮于表面|漂浮|难度大)$|还(?:很|比较|十分)[^，]{1,3}$|^[^，要]{2,16}具有[^，]{2,16}性$|^[^，要]{0,8}(?:无|没有|零)(?:新增|现有)[^，]{0,12}$|^(?!防止|严防|避免|杜绝|遏制|坚决|阻断|切断|确保)[^，要]{4,24}(?:居高不下|蔓延|向好|好转|增多|增加|增大|加剧|频繁|活跃|回升|高于一切|重于泰山|不等人|不饶人|在于春|来之不易|冲锋在前|众志成城|尽锐出战)$|^受[^，]{2,16}(?:影响|冲击)$|^[^，要]{2,24}的目的(?:就?在于|就?是)[^，]{2,}|^从[^，]{2,14}来?看$/
/** 党中央高度重视, 市委、市政府坚决贯彻: what those above and we ourselves did. */
const DONE_SO_FAR =
  /^(?:党中央、?国务院|(?:省|市|州|县|区)委、?(?:省|市|州|县|区)政府)(?!要|必须|印发|督查)[^，要]{0,10}(?:高度重视|坚决贯彻|认真贯彻|坚决落实|迅速|第一时间|多次)/

/** Said of the matter itself, told to nobody: 二者必须兼得, 这根弦必须时刻绷紧, 不是放松而是…. */
const TRUISM =
  /^[^，要]{2,10}(?:不等人|不饶人|不能误|误不得|耽误不得|等不得|拖不得|慢不得|松不得)$|^[^，要]{2,10}(?:一刻|片刻)?(?:都|也)?(?:不能|不可|不容)(?:停步|停顿|停歇|耽搁|延误)$|^[^，要]{2,14}(?:什么时候|任何时候|任何情况下)都不能[^，]{1,6}$|^越(?:不能|不可|要|是)[^，]{2,12}$|^(?:必须|要|应当?)?(?:倍加|格外|十分)珍惜[^，]{0,10}$|^任何[^，]{2,12}都(?:可能|会|将)[^，]{2,16}$|^[^，要]{2,24}是[^否，]{2,24}(?:所在|之举|之策|保证|引擎)$|^[^，要]{2,24}(?:事关|关乎|关系到)[^，]{2,}$|^我们[^，]{0,4}(?:不能|不可)(?:等|慢|拖|松)[^，]{0,8}$|^(?:二者|两者)(?:必须|要|缺一|不可|相辅)|^(?:越是|时刻|一刻|丝毫|半点)(?:这样)?(?:越)?(?:都|也|更)?(?:不能|不可|不容)(?:有)?(?:丝毫|半点)?(?:的)?(?:放松|松懈|大意|懈怠|麻痹|马虎)$|^(?:疫情)?防控[^，]{0,6}(?:这根弦|来不得|容不得)|^[^，要]{2,20}(?:来不得|容不得)(?:半点|丝毫|有)?[^，]{2,6}$|^需要(?:加倍|更加|格外)[^，]{2,12}$|^[^，要]{2,14}(?:不是|不等于|不意味着)|^而是|^(?:这|但|也)?并?不意味|^(?:既|也)?是[^否，]{2,}的?(?:要求|需要|措施|任务|责任|保证|保障|基础|前提|关键|重点|大事|举措|抓手|职责|愿望|迫切要求|时节|时期|季节|阶段)$|^[^，要]{2,14}(?:任务|形势|责任|压力)[^，]{0,4}(?:艰巨|繁重|严峻|重大|巨大)$|^(?:但是?)?[^，要]{0,10}防控[^，]{0,6}(?:不能|容不得|不可)[^，]{0,6}(?:放松|松懈|懈怠)$|^在[^，]{0,4}看到[^，]{1,8}的同时$/

/** 复工率稳步提升, 秩序逐步恢复: what goes on by itself, where an order follows. */
const GROWS =
  /^(?!加|推|促|确|实|做|抓|落|有序|坚)[^，要]{4,24}(?:稳步|有所|逐步|逐渐|不断|持续|快速|加速|陆续|明显|日益)(?:提升|恢复|好转|向好|淡化|下降|上升|回升|增强|增多|增加|减少|改善|显现|巩固|蔓延|趋稳)$/

export interface Content {
  readonly skip: RuleName | null
  readonly spans: readonly Span[]
  /** Whether the words of attribution open orders (true) or a report (false); null where there are none. */
  readonly orders: boolean | null
}

export interface Place {
  readonly opensLine: boolean
  readonly ordering: boolean
  readonly units: RegExp | null
}

/** Situation before the first order of a sentence is left out; a sentence of nothing else is skipped. */
export function dropSituation(view: string, spans: readonly Span[], place: Place, orders: boolean | null): Content {
  const clauses = spans.map((span, k) => readClause(view, span, k === 0, place.units))
  const ordered = (clause: Clause): boolean => clause.modal !== null || clause.prohibition
  let from = 0
  let standingSeen = false
  // Situation before the first order is left out; awareness (要清醒看到…) takes what follows it along.
  while (from < clauses.length) {
    const clause = clauses[from]
    if (clause === undefined) break
    if (AWARE.test(clause.text)) {
      from += 1
      while (from < clauses.length && !strongOpening(clauses[from])) from += 1
      continue
    }
    // 实施分区分级防控，是贯彻…精神，统筹…的重要举措: why it matters, in several clauses.
    const close =
      /^(?:既|也|都)?是[^否，]{2,}/.test(clauses[from + 1]?.text ?? '') && !ordered(clause)
        ? clauses
            .slice(from + 1, from + 6)
            .findIndex((each) =>
              /的(?:重要|关键|必然|有力|具体|实际|迫切)?(?:举措|要求|保障|保证|基础|前提|行动|体现|选择|任务|抓手|途径)$/.test(each.text),
            )
        : -1
    if (close >= 0) {
      standingSeen = true
      from += close + 2
      continue
    }
    // 做好防控，直接关系大局: why it matters.
    if (
      TRUISM.test(clause.text) ||
      /^这(?:对|为|给|是|也|就)|^(?:十分|非常|极其|极为|至关|尤为)(?:重要|关键|必要|紧迫|紧要)/.test(clauses[from + 1]?.text ?? '') ||
      (clause.modal === null &&
        /^(?:直接)?(?:关系|事关|关乎)|^(?:既|也|都|这)?是[^否，]{2,}|^并?不意味|^这(?:对|为|给|是|也|就)|^对于?[^，]{2,30}(?:至关重要|(?:十分|非常|尤为)重要|意义重大|具有[^，]{2,20}(?:意义|作用))$/.test(
          clauses[from + 1]?.text ?? '',
        ))
    ) {
      standingSeen = true
      from += 1
      continue
    }
    // 虽然各县已…，但…: how things stand, whoever is named.
    if (/^(?:虽然|尽管)/.test(clause.text)) {
      standingSeen = true
      from += 1
      continue
    }
    // 市委、市政府坚决贯彻部署，成立指挥部: what was done goes on up to the next order.
    if (DONE_SO_FAR.test(clause.text)) {
      from += 1
      while (from < clauses.length && !ordered(clauses[from] ?? clause)) from += 1
      standingSeen = true
      continue
    }
    if (ordered(clause)) break
    const follows = clauses.slice(from + 1, from + 8).some(ordered)
    const told = clause.kind !== 'case' && REPORTED.test(clause.text)
    const growing = standingSeen && clause.kind !== 'purpose' && clause.addressee === null && GROWING.test(clause.text)
    const standing = STANDING.test(clause.text) || clause.kind === 'situation' || growing || says(clause, clauses, from, standingSeen)
    const works = opensOrder(clause) && (clause.verb !== null || clause.addressee !== null || clause.kind === 'soft')
    if (works && !told && !growing && !(standing && clause.verb === null)) break
    const leads = ['condition', 'means', 'purpose', 'manner', 'addressee', 'case'].includes(clause.kind)
    const next = clauses[from + 1]
    const nextWorks = next !== undefined && !REPORTED.test(next.text) && (ordered(next) || opensOrder(next))
    const seen =
      says(clause, clauses, from, standingSeen) ||
      (next !== undefined && REPORTED.test(next.text) && (UNDER.test(clause.text) || /^(?:在|经)[^，]{2,24}努力下?$/.test(clause.text)))
    if (leads && !told && !seen && (nextWorks || (!standingSeen && (place.ordering || follows)))) break
    if (!told && !standing && !seen && place.ordering && !(standingSeen && follows)) break
    if (told || standing || seen) standingSeen = true
    from += 1
  }
  const kept = spans.slice(from)
  if (kept.length === 0) return { skip: 'skip.situation', spans: [], orders }
  const rest = clauses.slice(from)
  // 但当前仍处关键阶段，绝不能有丝毫松懈: a warning to nobody, after how things stand.
  const warns = rest.every(
    (clause) => clause.kind === 'soft' && clause.addressee === null && (SLACK.test(clause.text) || clause.prohibition),
  )
  // 排查是基础，必须全面落实到位: said of the matter before it, told to nobody.
  const bare = rest.every(
    ({ addressee, modal, core, text }) => addressee === null && modal !== null && text.length <= 10 && /(?:到位|到底)$/.test(core),
  )
  if (bare && from > 0) return { skip: 'skip.situation', spans: [], orders }
  if (warns && (from > 0 || STANDING.test(clauses[0]?.text ?? ''))) return { skip: 'skip.situation', spans: [], orders }
  // A report in the past tense: no modal anywhere and results named.
  const reported = clauses.filter((clause) => REPORTED.test(clause.text)).length
  if (!clauses.some(ordered) && reported > 0 && (from > 0 || reported * 3 >= clauses.length || !place.ordering))
    return { skip: 'skip.situation', spans: [], orders }
  const named = rest.some(
    (clause) =>
      opensOrder(clause) ||
      clause.kind === 'purpose' ||
      clause.kind === 'condition' ||
      // 对拒不配合的，由公安机关依法处理: the case, then who deals with it.
      (clause.kind === 'case' && rest.length > 1) ||
      (place.ordering && (clause.kind === 'hard' || (clause.kind === 'statement' && clause.text.length >= 5))),
  )
  if (!named) return { skip: 'skip.empty', spans: [], orders }
  return { skip: null, spans: kept, orders }
}

/**
 * Whether a clause says how things are: in words that no order has, or with nothing in it that could be done, where an
 * order with a modal follows.
 */
function says(clause: Clause, clauses: readonly Clause[], from: number, seen: boolean): boolean {
  if (clause.modal !== null || clause.prohibition) return false
  if (DESCRIBED.test(clause.text)) return true
  const bare = clause.kind === 'statement' && clause.text.length >= 4 && !VERB_INSIDE.test(clause.text)
  if (
    clause.addressee === null &&
    GROWS.test(clause.text) &&
    (seen || clauses.slice(from + 1, from + 8).some((each) => each.modal !== null))
  )
    return true
  if (!bare || NOUN_PHRASE.test(clause.text) || ADVERB.test(clause.text)) return false
  const rest = clauses.slice(from + 1, from + 8)
  return seen || rest.some((each) => each.modal !== null || each.prohibition)
}

const strongOpening = (clause: Clause | undefined): boolean =>
  clause !== undefined &&
  (clause.modal !== null || (clause.kind === 'hard' && clause.verb !== null && clause.addressee === null && !REPORTED.test(clause.text)))
