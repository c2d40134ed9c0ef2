import { alternation, DIRECTIVE_VERBS } from './lexicon/words.ts'
import { ordinalAt, type Sentence, type Span } from './sentences.ts'
import { ABOVE, type Content, dropSituation, OURSELVES, type Place, TOLD_ALL } from './situation.ts'

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
/** Who may go on speaking in the middle of a sentence. */
const SPEAKER =
  /^(?:他|她|会议|会上|[^，]{0,14}(?:书记|市长|县长|区长|州长|省长|组长|指挥长|主任))[^，]{0,16}(?:指出|强调|要求|明确|表示|提出)|^(?:并|还|同时|再次|特别)+(?:强调|要求|指出|提出)/
const ORDERED = /^(?:当前|目前|同时|下一步)?(?:要(?!求)|必须|务必|不得)|^[^，]{2,20}(?:(?<![重主需必])要(?!求)|必须|务必)[^，]{2,}/
/** （记者某某）: who wrote it. */
const BYLINE =
  /^（[^）]{2,20}(?:融媒体中心|融媒|报社|电视台|新闻中心|网)：[\u4e00-\u9fff、 ]{2,24}）?$|^（[^）]{0,24}(?:记者|通讯员|编辑|作者|审核|校对|责编|来源|供稿|报道|摄影|整理)[^）]{0,24}）?$|^(?:本报|本台|全媒体|见习|实习)?(?:记者|通讯员|编辑|责任编辑)：?[\u4e00-\u9fff、]{2,14}\|?$|^（[\u4e00-\u9fff]{2,14}）[|｜]*$/
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
/** 会后各乡镇要传达会议精神: told to somebody, no news of the meeting. */
const TOLD_AFTER = /^(?:会后|散会后|会议(?:结束)?(?:之)?后)，?[^，]{0,30}(?:(?<![需主重只必纪简摘])要(?!求|闻|点)|必须|务必|应当)/
/** 会议还听取了某事汇报，强调要…: heard, then ordered. */
const HEARING = /^会议[^，]{0,4}(?:专题|专门)?(?:听取|审议|研究|传达|学习|通报)/
/** 会议结束后，我市随即召开会议，对…再安排再部署: what was arranged, told as news. */
const AFTERWARDS = /^(?:[^，]{2,30}(?:会议)?(?:结束|召开)?后|随后|随即|[^，]{2,40}(?:赓即|随即|立即)[^，]{0,20}会)/
const ARRANGED =
  /(?:再?(?:安排|部署|动员|强调|调度)|再(?:安排|动员)再(?:部署|安排|强调)|作(?:出|了)[^，]{0,14}(?:安排|部署|要求)|会议精神|贯彻[^，]{0,20}意见)$/
/** 会议还对甲，做好乙等工作进行了安排; 市委常委甲，副市长乙分别安排部署…: what was arranged, told as news. */
const ARRANGES =
  /^(?!要|各|全|必须)[\u4e00-\u9fff]{2,4}(?:同志)?(?:就|对)[^要]{2,}(?:进行|作|作出|做出)了?(?:再?(?:安排|部署|强调)){1,2}$|^(?:会议|会上|会议还)[^，要]{0,4}(?:对|就)(?:.*)?(?:进行了?|作了?|作出了?|做出了?)(?:再?(?:安排|部署|研究|强调)){1,2}(?:部署)?$|^[^，要]{2,30}，[^，要]{2,16}分别(?:安排|部署|汇报|通报|传达|发言|就|围绕)/
const HEARD = /^(?:认真)?(?:听取了?|传达学习了?|审议了?|审议通过了?|传达了?|学习传达了?|通报了?|研究审议|宣读了?)[^，]{2,}/
const NEWS = /(?:召开|举行|举办|主持|出席|参加|列席|参会|莅临|收听收看|收听|收看)(?:了)?[^，。]{0,40}(?:会议|会|讲话|调研|活动)?/
const ATTENDANCE =
  /(?:参加(?:了)?(?:本次|此次)?(?:会议|会|调度会|活动|调研)?|出席(?:了)?(?:会议|会)?|列席(?:了)?(?:会议|会)?|参会|收听收看|在[^，。]{2,20}(?:主会场|分会场)[^，。]{0,10}|设(?:立|有)?[^，。]{0,4}分会场|分会场设[^，。]{1,16}|主持会议(?:并讲话)?|讲话|发言|作(?:了)?(?:汇报|发言|说明|安排)|会议由[^，]{2,40}主持)(?:。)?$/
/** Where somebody went and what was looked at. */
const VISIT =
  /^[^，要]{0,24}(?:实地|现场|先后|仔细|详细)(?:查看|察看|走访|了解|检查|询问|看望|慰问)了?[^，要]{2,}|^[^，要]{0,24}深入[^，]{0,20}(?:与|同|和)[^，]{2,40}(?:交流|座谈|交谈)$|^[^，要]{0,16}还?(?:查看|察看|走访|看望|慰问)了|^[^，要]{0,16}先后(?:来到|深入|前往|走进|到)|^(?:实地)(?:查看|察看|检查|了解)|^[^，要]{2,12}一行人?(?:来到|深入|先后|到)/
/** 何某要求，…: on a later line who spoke says it again at length. */
const SAID_AGAIN = /\n[ \u3000]*[^，。\n]{2,16}(?:强调|要求|指出)[，：]/
/** What of a sentence is told to do: words of attribution and situation are taken off; sentences that order nothing are skipped. */
export function contentOf(view: string, sentence: Sentence, place: Place): Content {
  const texts = sentence.clauses.map((span) => view.slice(span.start, Math.min(span.end, span.start + 400)).replace(/[ \n]/g, ''))
  if (BYLINE.test(texts[0] ?? '')) return { skip: 'skip.furniture', spans: [], orders: null }
  if (sentence.clauses[0]?.stop === '：' && PRESENT.test(texts[0] ?? '')) return { skip: 'skip.lead', spans: [], orders: null }
  // …小组调度推进防控工作，强调: a headline that the next line goes on with.
  if (place.opensLine && sentence.stop === '' && texts.length > 1 && /^(?:并|会议)?(?:强调|指出|要求)$/.test(texts.at(-1) ?? ''))
    return { skip: 'skip.lead', spans: [], orders: null }
  if (CLOSING.test(texts[0] === '同志们' ? (texts[1] ?? '') : (texts[0] ?? ''))) return { skip: 'skip.empty', spans: [], orders: null }
  // 某某网讯记者某某报道：: who wrote it, before the news.
  if (sentence.clauses[0]?.stop === '：' && /^[^，]{1,10}讯[^，]{0,24}报道$/.test(texts[0] ?? ''))
    return contentOf(view, { ...sentence, clauses: sentence.clauses.slice(1) }, place)
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
  if (offset > 0) spans[0] = numbered(view, { ...head, start: advance(view, head, offset) })
  const first = texts[from] ?? ''
  // 2月21日，书记主持召开会议，强调要…: the lead tells in short what follows.
  const saying = offset > 0 ? (texts[from] ?? '').slice(0, offset) : (texts[from - 1] ?? '')
  const fused = !said && /(?:召开|举行)[^，]{2,60}会议?时?(?:强调|要求|指出)$/.test(saying)
  const relayed = place.opensLine && /在[^，]{2,40}会议?上(?:强调|要求|指出)$/.test(saying) && SAID_AGAIN.test(view.slice(sentence.end))
  const news = ((said && from > 0) || fused) && isNews(texts.slice(0, Math.max(from, 1)), sentence, place)
  if (attributed && !HEARING.test(texts[0] ?? '') && (relayed || news)) return { skip: 'skip.lead', spans: [], orders }
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
    const toldAfter = TOLD_AFTER.test(texts.slice(0, 2).join('，'))
    if (!toldAfter && AFTERWARDS.test(first) && ARRANGED.test(texts.at(-1) ?? '')) return { skip: 'skip.agenda', spans: [], orders }
    if (!toldAfter && (AGENDA.test(first) || HEARD.test(first) || ARRANGES.test(first + (texts.length > 1 ? `，${texts.at(-1)}` : ''))))
      return { skip: 'skip.agenda', spans: [], orders }
    if (isNews(texts, sentence, place)) return { skip: 'skip.lead', spans: [], orders }
  }
  return dropSituation(view, spans, { ...place, ordering: orders ?? place.ordering }, orders)
}

/** 会议要求一是要…: the ordinal behind words of attribution that run on. */
function numbered(view: string, span: Span): Span {
  const found = ordinalAt(view.slice(span.start, span.start + 8))
  return found?.style === 'spoken' ? { ...span, start: span.start + found.length, ordinal: found.style } : span
}

/** The position in the text after `count` visible characters of the span. */
function advance(view: string, span: Span, count: number): number {
  let at = span.start
  for (let left = count; left > 0 && at < span.end; at += 1) if (view[at] !== ' ' && view[at] !== '\n') left -= 1
  return at
}

function isNews(texts: readonly string[], sentence: Sentence, place: Place): boolean {
  const first = (texts[0] ?? '').replace(
    /^[^，]{0,16}讯(?:（[^）]{0,30}）|据[^，]{2,12}报道|(?:记者|通讯员)[^，]{2,12}?(?=\d|今|昨|日前|近日|当))*/,
    '',
  )
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
