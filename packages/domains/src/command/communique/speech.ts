import { type Clause, opensOrder, readClause } from './clause.ts'
import { NOUN_PHRASE, SLACK, UNDER } from './lexicon/frames.ts'
import { alternation, DIRECTIVE_VERBS } from './lexicon/words.ts'
import { ADVERB, VERB_INSIDE } from './means.ts'
import type { RuleName } from './rules.ts'
import type { Sentence, Span } from './sentences.ts'

const SAYS = '(?:指出|强调|要求|明确要求|明确|原则同意|决定|研究决定|议定|认为|提出|表示|部署(?=如下)|确定|议决|明确提出|安排(?=如下))'
/** A whole clause of attribution: 会议强调 / 会议就某事要求 / 市长在讲话中指出 / 现将事项纪要如下. */
const SAYING = new RegExp(
  `^(?:(?![^，]{0,20}(?:必须|一定要|务必|传达|听取)|(?:认真|切实|全面|严格|深入|坚决|继续|进一步)*(?:落实|贯彻|按|根据|执行|对照|围绕|结合|学习)|[^，]{0,30}要(?:根据|按|对照|落实|贯彻|结合|严格|围绕))[^，]{0,40}(?:会议|会上|讲话|指挥部|领导小组|常委会|会)[^，]{0,24}?${SAYS}(?:以下[^，]{0,6}|如下[^，]{0,6}|了?[^，]{0,4}要求)?|(?![^，]{0,20}(?:必须|一定要|务必)|[^，]{0,20}(?:结合|按照|根据|落实|对照|围绕|贯彻)[^，]{1,30}要求$|要|必须|按|根据|对照|落实|贯彻|传达|学习|认真|坚决|响应|适应|满足|达到|严格|突出|围绕|遵循|符合|[^，]*要(?!求))[\u4e00-\u9fff]{1,24}?(?<!的|等|项|作|关|[按对依遵参]照|按)(?:指出|强调|要求|表示|提出要求|提出[^，]{1,4}点(?:要求|意见))|[\u4e00-\u9fff]{1,8}说|[^，]{0,30}如下[^，]{0,6})$`,
)
/** 细化各乡镇防控要求: work on demands; nobody says it. */
const DEMANDS = new RegExp(`^(?!明确|部署|安排|研究)(?:${alternation(DIRECTIVE_VERBS.filter((verb) => verb.length > 1))})[^，]*要求$`)
/** 会议要求各县区…: the attribution runs into the order. */
const RUNS_ON =
  /^(?:(?:(?!要|落实|贯彻|按照|学习|遵循)[^，]){0,16}?(?:会议|会上|指挥部|领导小组|书记|市长|县长|区长|指挥长|组长))(?:还|同时|最后|特别|进一步|就此|并|再次|着重|重点|原则)*(?:指出|强调|要求|决定|议定|提出|明确要求|明确|研究决定|认为)(?:了)?(?=.{4})/
const AND_SAID =
  /^(?:[^，]{0,12}?(?:并|还|同时|再次|特别|着重|反复|一再))?(?:强调|要求|指出|提出)(?=要|各|必须|全|[市县区省镇][^，]{1,14}(?:局|委|办|部|院|组)|相关|有关|所有)/
/** 会议专题研究了开学工作，要求细化方案: after what was heard, who asks need not be named again. */
const ASKED = /^(?:并|还)?(?:要求|强调|决定|明确|指出)(?=[^，]{4,})/
/** What the highest leaders said and what the city has done since: told, not ordered. */
const ABOVE =
  /^(?:习近平)?总书记[^，要]{0,10}(?:作出|做出|亲自|多次|高度重视|发表)|^习近平[^，要]{0,12}(?:作出|做出|亲自|多次|发表)|^李克强总理|^党中央(?:、国务院)?高度重视/
const OURSELVES = /^(?:省|市|州|县|区)委、?(?:省|市|州|县|区)政府(?:高度重视|认真|坚决|迅速|及时|第一时间)/
/** Who may go on speaking in the middle of a sentence. */
const SPEAKER =
  /^(?:他|她|会议|会上|[^，]{0,14}(?:书记|市长|县长|区长|州长|省长|组长|指挥长|主任))[^，]{0,16}(?:指出|强调|要求|明确|表示|提出)|^(?:并|还|同时|再次|特别)+(?:强调|要求|指出|提出)/
/** 各街道要…: somebody here is told, whatever was told of those above. */
const TOLD_ALL = /^(?:全[省市州县区]|各[\u4e00-\u9fff]|我们)[^，]{0,20}(?:要|必须)/
const ORDERED = /^(?:当前|目前|同时|下一步)?(?:要(?!求)|必须|务必|不得)|^[^，]{2,20}(?:(?<![重主需必])要(?!求)|必须|务必)[^，]{2,}/
/** （记者某某）: who wrote it. */
const BYLINE = /^（[^）]{0,24}(?:记者|通讯员|编辑|作者|审核|校对|责编|来源|供稿|报道|摄影|整理)[^）]{0,24}）?$|^（[\u4e00-\u9fff]{2,14}）$/
/** 他要求各乡镇…: who said it runs into the order. */
const ONE_SAID =
  /^(?:并|还)?(?:要求|强调)(?=各|全[市县区省镇]|有关|相关)|^(?:他|她|(?!工作|各项|部署|防控|质量|标准|严格|明确|按照|根据|有关|相关|上级|全面|认真|并|还|同时|会议)[\u4e00-\u9fff]{2,4})(?:还|同时|并|特别)?(?:要求|强调|指出)(?=要|各|必须|全|对|[市县区省镇][^，]{1,14}(?:局|委|办|部|院|组)|相关|有关|所有)/
/** 出席：甲、乙: the head and foot of minutes. */
const PRESENT = /^(?:出席|参加|列席|请假|缺席|主持人?|记录人?|地点|会议地点|会议时间|与会人员|参会人员|分送|抄送)(?:人员|单位)?$/
/** 本通告自…起施行; 让我们…: what closes a notice or a speech. */
const CLOSING =
  /^本(?:通告|公告|通知|纪要|方案|决定|意见|规定|命令|令)[^，]{0,24}(?:施行|执行|实施|生效|有效)|^特此(?:通[知告]|公告|函)|^让我们|需要(?:信心|勇气|担当|智慧|力量|团结)$|^(?:这次|本次|今天)[^，]{0,12}会议?的(?:主要)?(?:任务|目的|议题)/
const AGENDA =
  /^会议以[^，]{2,16}形式(?:召开|举行|开[到至])|^主会场设|^会议(?:正式)?(?:开始|召开)(?:之)?前$|^会议(?:认真|深入|全面)?(?:学习)?贯彻(?:落实)?[^，要]{2,80}(?:精神|部署)$|^[^，要]{2,40}分别(?:安排|部署|汇报|通报|传达|发言|就|围绕)|^会议(?:先后|还)?(?:视频)?连线|^(?:会上|会前|会后|会议期间)$|^(?:会议|会上|会前|会后|会议还|与会人员|与会同志|大家)[^，]{0,16}?(?:听取|审议|传达|学习(?!贯彻落实)|通报|通过|研究|讨论|观看|书面|充分肯定|总结|回顾|分析了?|交流|解读|宣读|汇报|签订|对[^，]{2,40}(?:作了|作出|进行了?|作出了|做了|做出)|就[^，]{2,60}(?:作了|作出|进行|做了|做出|提出))/
/** 会议还听取了某事汇报，强调要…: heard, then ordered. */
const HEARING = /^会议[^，]{0,4}(?:专题|专门)?(?:听取|审议|研究|传达|学习|通报)/
/** 会议结束后，我市随即召开会议，对…再安排再部署: what was arranged, told as news. */
const AFTERWARDS = /^(?:[^，]{2,30}(?:会议)?(?:结束|召开)?后|随后|随即|[^，]{2,40}(?:赓即|随即|立即)[^，]{0,20}会)/
const ARRANGED =
  /(?:再?(?:安排|部署|动员|强调|调度)|再(?:安排|动员)再(?:部署|安排|强调)|作(?:出|了)[^，]{0,14}(?:安排|部署|要求)|会议精神|贯彻[^，]{0,20}意见)$/
/** 会议还对甲，做好乙等工作进行了安排; 市委常委甲，副市长乙分别安排部署…: what was arranged, told as news. */
const ARRANGES =
  /^(?:会议|会上|会议还)[^，要]{0,4}(?:对|就)(?:.*)?(?:进行了?|作了?|作出了?|做出了?)(?:再?(?:安排|部署|研究|强调)){1,2}(?:部署)?$|^[^，要]{2,30}，[^，要]{2,16}分别(?:安排|部署|汇报|通报|传达|发言|就|围绕)/
const HEARD = /^(?:认真)?(?:听取了?|传达学习了?|审议了?|审议通过了?|传达了?|学习传达了?|通报了?|研究审议|宣读了?)[^，]{2,}/
const NEWS = /(?:召开|举行|举办|主持|出席|参加|列席|参会|莅临|收听收看|收听|收看)(?:了)?[^，。]{0,40}(?:会议|会|讲话|调研|活动)?/
const ATTENDANCE =
  /(?:参加(?:了)?(?:本次|此次)?(?:会议|会|调度会|活动|调研)?|出席(?:了)?(?:会议|会)?|列席(?:了)?(?:会议|会)?|参会|收听收看|在[^，。]{2,20}(?:主会场|分会场)[^，。]{0,10}|主持会议(?:并讲话)?|讲话|发言|作(?:了)?(?:汇报|发言|说明|安排)|会议由[^，]{2,40}主持)(?:。)?$/
/** Results and figures told, not ordered. */
const REPORTED =
  /(?:以来|取得了?|进展顺利|积极进展|成效(?:显|逐步|明显|初显)|显现|呈现|充分肯定|得到了|有力有序|来之不易|值得肯定|感谢|敬意|了(?:积极|显著|明显|重要|巨大|一些|新|较|很|大量|艰|一定)|(?<!而)已(?:经|全面|全部|基本|陆续|累计|初步)|已(?:经)?[^，]{0,8}(?:完成|建成|实现|投入|排查|累计)|刻不容缓|迫在眉睫|任重道远|密不可分|(?:增多|加剧|增大|抬头|剧增|上升)$|截至|累计(?!不)|目前(?:为止|全|我|共)|(?:传达|学习|听取|分析|研判|通报|总结|回顾|部署|研究|审议|汇报|提出|介绍|肯定|安排|调研|察看|了解|作|进行|作出|做出|指明|提供|发表|给予|注入|增添|坚定|强调|明确|拿出|打赢|实现|确定|展现|彰显|体现|构筑|凝聚|形成|成立|启动|开展|采取|落实)了(?!解)|(?:极为|十分|至关|非常|尤为)(?:重要|紧要|关键|必要|紧迫)|意义重大|责任重大|是[^，]{0,24}(?:主题|关键|前提|基础|重中之重|要务|举措|抓手|任务|环节|大事|支撑|条件|保证|职责|结果)$|共(?:排查|有|投入|检测|发放|派出))/
/** How things stand; opens no order. */
const STANDING =
  /^(?:从[^，]{2,14}(?:来)?看$|[^，要]{2,16}即将[^，]{2,8}$|(?:特别|尤其)是[^，要]{2,20}(?:新增|出现了?|发生了?|报告了?|发现了?)[^，要]{0,14}(?:例|病例|疫情|感染者)|越是|当前|眼下|目前|现在|近期|近日|随着|由于|鉴于|虽然|尽管|面对|疫情(?:发生|形势|态势|不断|还在|输入(?:压力|风险)|防控[^，]{0,4}(?:已|正|处|进入|到了))|形势|我[省市县区州旗]|[^，要]{2,10}(?:尚|正|仍)处|这|正值|现正|春节|今年|经过|得益于|但|近段|前期|前一|[^，要]{2,20}(?<!特别|尤其)是[^，否]{2,}|[^，、要]{2,10}[广长大多重高低强快紧]、[^，、]{1,4}[广长大多重高低强快紧]$)/
/** 需求不断释放: what goes on by itself. */
const GROWING = /^[^，要]{4,}(?:不断|日益|日趋|逐步|逐渐|持续|进一步|陆续|大幅|明显|正?加快|加速)[\u4e00-\u9fff]{2}$/
const AWARE =
  /^(?:(?:但|同时|也|还|更|我们|大家|全[市县区]上下|各级各部门|，)*)(?:要|必须|应该?|应当)?(?:也|还)?(?:要)?(?:清醒|充分|深刻|深切|客观|理性|冷静)?(?:地)?(?:认识到|看到|意识到|看清楚)(?=$|[^，]{0,40}(?:是|正|已|到了|仍|尚|依然|不断|没有|面临|出现|存在|处于|不容|蔓延|扩散|加剧|增多))/

/** 企业普遍面临用工难题, 火险等级居高不下: says how things are, in words that no order has. */
const DESCRIBED =
  /^(?!各|请|对|把|将|确保|防止|避免|杜绝|解决|针对)[^，]{2,40}?(?:仍然?|依然|尚|普遍|还|也|正|可能)(?:存在|面临|出现|暴露|处于|不够|没有|不)[^，]{1,40}$|^(?:一些|个别|部分|少数|有的)[^，]{2,30}(?:存在|出现|产生|滋生|不够|不到位|不严|不实|不力|不细|不深|不清|有所)[^，]{0,16}$|不堪设想$|^[^，要]{2,14}(?:难度|压力|风险|需求|影响|缺口|隐患)(?:很|较|更|仍然?|依然)?(?:大|高|多|重)$|^[^，要]{2,14}是(?:[^，]{2,8}的|一[场次项种][^，]{2,20})$|^[^，要]{2,20}(?:不平衡|浮于表面|漂浮|难度大)$|还(?:很|比较|十分)[^，]{1,3}$|^[^，要]{2,16}具有[^，]{2,16}性$|^[^，要]{0,8}(?:无|没有|零)(?:新增|现有)[^，]{0,12}$|^(?!防止|严防|避免|杜绝|遏制|坚决|阻断|切断|确保)[^，要]{4,24}(?:居高不下|蔓延|向好|好转|增多|增加|增大|加剧|频繁|活跃|回升|高于一切|重于泰山|不等人|不饶人|在于春|来之不易|冲锋在前|众志成城|尽锐出战)$|^受[^，]{2,16}(?:影响|冲击)$|^从[^，]{2,14}来?看$/
/** 党中央高度重视, 市委、市政府坚决贯彻: what those above and we ourselves did. */
const DONE_SO_FAR =
  /^(?:党中央、?国务院|(?:省|市|州|县|区)委、?(?:省|市|州|县|区)政府)(?!要|必须|印发|督查)[^，要]{0,10}(?:高度重视|坚决贯彻|认真贯彻|坚决落实|迅速|第一时间|多次)/

/** Where somebody went and what was looked at. */
const VISIT =
  /^[^，要]{0,24}(?:实地|现场|先后|仔细|详细)(?:查看|察看|走访|了解|检查|询问|看望|慰问)了?[^，要]{2,}|^[^，要]{0,24}深入[^，]{0,20}(?:与|同|和)[^，]{2,40}(?:交流|座谈|交谈)$|^[^，要]{0,16}还?(?:查看|察看|走访|看望|慰问)了|^[^，要]{0,16}先后(?:来到|深入|前往|走进|到)|^(?:实地)(?:查看|察看|检查|了解)|^[^，要]{2,12}一行人?(?:来到|深入|先后|到)/
/** Said of the matter itself, told to nobody: 二者必须兼得, 这根弦必须时刻绷紧, 不是放松而是…. */
const TRUISM =
  /^[^，要]{2,10}(?:不能误|误不得|耽误不得|等不得|拖不得|慢不得|松不得)$|^[^，要]{2,10}(?:一刻|片刻)?(?:都|也)?(?:不能|不可|不容)(?:停步|停顿|停歇|耽搁|延误)$|^[^，要]{2,14}(?:什么时候|任何时候|任何情况下)都不能[^，]{1,6}$|^越(?:不能|不可|要|是)[^，]{2,12}$|^(?:必须|要|应当?)?(?:倍加|格外|十分)珍惜[^，]{0,10}$|^任何[^，]{2,12}都(?:可能|会|将)[^，]{2,16}$|^[^，要]{2,24}是[^否，]{2,24}(?:所在|之举|之策|保证|引擎)$|^[^，要]{2,24}(?:事关|关乎|关系到)[^，]{2,}$|^我们[^，]{0,4}(?:不能|不可)(?:等|慢|拖|松)[^，]{0,8}$|^(?:二者|两者)(?:必须|要|缺一|不可|相辅)|^(?:越是|时刻|一刻|丝毫|半点)(?:这样)?(?:越)?(?:都|也|更)?(?:不能|不可|不容)(?:有)?(?:丝毫|半点)?(?:的)?(?:放松|松懈|大意|懈怠|麻痹|马虎)$|^(?:疫情)?防控[^，]{0,6}(?:这根弦|来不得|容不得)|^[^，要]{2,14}(?:不是|不等于|不意味着)|^而是|^(?:这|但|也)?并?不意味|^(?:既|也)?是[^否，]{2,}的?(?:要求|需要|措施|任务|责任|保证|保障|基础|前提|关键|重点|大事|举措|抓手|职责|愿望|迫切要求|时节|时期|季节|阶段)$|^[^，要]{2,14}(?:任务|形势|责任|压力)[^，]{0,4}(?:艰巨|繁重|严峻|重大|巨大)$|^(?:但是?)?[^，要]{0,10}防控[^，]{0,6}(?:不能|容不得|不可)[^，]{0,6}(?:放松|松懈|懈怠)$|^在[^，]{0,4}看到[^，]{1,8}的同时$/

export interface Content {
  readonly skip: RuleName | null
  readonly spans: readonly Span[]
  /** Whether the words of attribution open orders (true) or a report (false); null where there are none. */
  readonly orders: boolean | null
}

interface Place {
  readonly opensLine: boolean
  readonly ordering: boolean
  readonly units: RegExp | null
}

/** What of a sentence is told to do: words of attribution and situation are taken off; sentences that order nothing are skipped. */
export function contentOf(view: string, sentence: Sentence, place: Place): Content {
  const texts = sentence.clauses.map((span) => view.slice(span.start, Math.min(span.end, span.start + 400)).replace(/[ \n]/g, ''))
  if (BYLINE.test(texts[0] ?? '')) return { skip: 'skip.furniture', spans: [], orders: null }
  if (sentence.clauses[0]?.stop === '：' && PRESENT.test(texts[0] ?? '')) return { skip: 'skip.lead', spans: [], orders: null }
  if (CLOSING.test(texts[0] === '同志们' ? (texts[1] ?? '') : (texts[0] ?? ''))) return { skip: 'skip.empty', spans: [], orders: null }
  let from = 0
  let orders: boolean | null = null
  let offset = 0
  let said = false
  // Up to six clauses of a news lead may stand before the words of attribution.
  for (let k = 0; k < Math.min(texts.length, 8); k += 1) {
    const text = texts[k] ?? ''
    const stop = sentence.clauses[k]?.stop
    // 应达到…规范要求 after an order is no attribution; only who speaks there is.
    if (k > from && !SPEAKER.test(text) && texts.slice(from, k).some((before) => ORDERED.test(before))) continue
    if (SAYING.test(text) && !DEMANDS.test(text) && (stop === '：' || stop === '，')) {
      from = k + 1
      offset = 0
      orders = !/(?:指出|认为|表示)/.test(text)
      continue
    }
    const run = RUNS_ON.exec(text)
    const found =
      run ??
      (k === 0 || k === from
        ? ONE_SAID.exec(text)
        : (AND_SAID.exec(text) ?? ONE_SAID.exec(text) ?? (HEARING.test(texts[0] ?? '') ? ASKED.exec(text) : null)))
    if (found !== null) {
      said = run === null
      from = k
      offset = (found.index ?? 0) + found[0].length
      orders = !/(?:指出|认为|表示)/.test(found[0])
    }
  }
  const attributed = orders !== null
  const spans = sentence.clauses.slice(from)
  const head = spans[0]
  if (head === undefined) return { skip: 'skip.attribution', spans: [], orders }
  if (offset > 0) spans[0] = { ...head, start: advance(view, head, offset) }
  const first = texts[from] ?? ''
  // 2月21日，书记主持召开会议，强调要…: the lead tells in short what follows.
  const saying = offset > 0 ? (texts[from] ?? '').slice(0, offset) : (texts[from - 1] ?? '')
  const fused = !said && /(?:召开|举行)[^，]{2,60}会议?(?:强调|要求|指出)$/.test(saying)
  if (
    attributed &&
    ((said && from > 0) || fused) &&
    !HEARING.test(texts[0] ?? '') &&
    isNews(texts.slice(0, Math.max(from, 1)), sentence, place)
  )
    return { skip: 'skip.lead', spans: [], orders }
  // What the highest leaders ordered is relayed, not told to anybody here.
  const above = texts.slice(from, from + 1).some((text) => ABOVE.test(text)) && texts.slice(from + 1).some((text) => TOLD_ALL.test(text))
  if (attributed && !above && texts.slice(0, from + 1).some((text) => ABOVE.test(text)))
    return { skip: 'skip.situation', spans: [], orders: null }
  if (!attributed) {
    if (
      VISIT.test(first) ||
      (/^(?:随后|之后|会后|期间)$/.test(first) && VISIT.test(texts[1] ?? '')) ||
      (/^(?:在|来到|走进|督导中|调研中|检查中|每到一处)/.test(first) && texts.some((text) => VISIT.test(text))) ||
      (/^在[^，]{2,20}$/.test(first) && /听取[^，]{2,60}汇报$/.test(texts[from + 1] ?? '')) ||
      /一同(?:调研|检查|参加)$/.test(texts.at(-1) ?? '')
    )
      return { skip: 'skip.lead', spans: [], orders }
    const told = texts.slice(0, 2).some((text) => ABOVE.test(text)) || OURSELVES.test(first)
    if (told && !texts.some((text) => TOLD_ALL.test(text))) return { skip: 'skip.situation', spans: [], orders }
    if (AFTERWARDS.test(first) && ARRANGED.test(texts.at(-1) ?? '')) return { skip: 'skip.agenda', spans: [], orders }
    if (AGENDA.test(first) || HEARD.test(first) || ARRANGES.test(first + (texts.length > 1 ? `，${texts.at(-1)}` : '')))
      return { skip: 'skip.agenda', spans: [], orders }
    if (isNews(texts, sentence, place)) return { skip: 'skip.lead', spans: [], orders }
  }
  return dropSituation(view, spans, { ...place, ordering: orders ?? place.ordering }, orders)
}

/** The position in the text after `count` visible characters of the span. */
function advance(view: string, span: Span, count: number): number {
  let at = span.start
  for (let left = count; left > 0 && at < span.end; at += 1) if (view[at] !== ' ' && view[at] !== '\n') left -= 1
  return at
}

function isNews(texts: readonly string[], sentence: Sentence, place: Place): boolean {
  const first = (texts[0] ?? '').replace(/^[^，]{0,8}讯(?:（[^）]{0,30}）|(?:记者|通讯员)[^，]{2,12}?(?=\d|今|昨|日前|近日|当))*/, '')
  if (/^(?:要|必须|严|定期|及时|每)/.test(first)) return false
  const last = texts.at(-1) ?? ''
  if (ATTENDANCE.test(last) && !/(?:^|，)(?:要|必须|不得)/.test(texts.join('，'))) return true
  if (
    place.opensLine &&
    /^(?:20\d{2}年)?\d{1,2}月\d{1,2}[日号]|^(?:今天|昨天|今日|昨日|今晚|昨晚|当晚|\d{1,2}[日号]|近日|日前)/.test(first) &&
    NEWS.test(texts.slice(0, 4).join('，'))
  )
    return true
  if (/(?:提出(?:了)?[^，]{0,6}(?:意见|建议)(?:和建议)?|作(?:了)?汇报)$/.test(last) && !/(?:^|，)(?:要|必须|不得)/.test(texts.join('，')))
    return true
  if (/^(?:本次|此次|这次)?会议[^，]{0,30}(?:召开|举行|结束|主持)$/.test(first)) return true
  const opening = texts
    .slice(0, 3)
    .some(
      (text) =>
        /(?:主持召开|召开|举行)[^，]{0,60}(?:会议|会)$|会议?(?:召开|举行)$/.test(text) && !/^(?:要|必须|定期|及时|每|适时|组织)/.test(text),
    )
  if (place.opensLine && opening && !texts.some((text) => /^(?:要|必须|不得)/.test(text))) return true
  return (
    sentence.ordinal === null &&
    NEWS.test(first) &&
    /(?:召开|主持|举行)[^，]{0,40}(?:会议|会|讲话)/.test(first) &&
    !/(?:要|必须|应)[^，]{0,10}召开/.test(first)
  )
}

function dropSituation(view: string, spans: readonly Span[], place: Place, orders: boolean | null): Content {
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
    const seen = says(clause, clauses, from, standingSeen) || (next !== undefined && REPORTED.test(next.text) && UNDER.test(clause.text))
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

/** 复工率稳步提升, 秩序逐步恢复: what goes on by itself, where an order follows. */
const GROWS =
  /^(?!加|推|促|确|实|做|抓|落|有序|坚)[^，要]{4,24}(?:稳步|有所|逐步|逐渐|不断|持续|快速|加速|陆续|明显|日益)(?:提升|恢复|好转|向好|淡化|下降|上升|回升|增强|增多|增加|减少|改善|显现|巩固|蔓延|趋稳)$/
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
