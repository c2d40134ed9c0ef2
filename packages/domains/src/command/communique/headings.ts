import type { Clause } from './clause.ts'
import { voteDomain } from './domain.ts'
import { FAMILY } from './lexicon/domains.ts'
import { TO_THEM } from './lexicon/frames.ts'
import type { RuleName } from './rules.ts'
import type { Sentence } from './sentences.ts'

export interface Read {
  readonly sentence: Sentence
  readonly clauses: readonly Clause[]
  readonly skip: RuleName | null
  readonly opensLine: boolean
  /** Words of attribution open it. */
  readonly attributed: boolean
  /** The clauses of a numbered or lone line that orders nothing by itself (关于…, …到位): it may be a title. */
  readonly title: readonly Clause[] | null
}

/** How many sentences ahead a topic is looked for; keeps the work linear. */
const HORIZON = 40
const isOrder = (clause: Clause): boolean =>
  [
    'hard',
    'enabling',
    'sanction',
    'soft',
    'responsibility',
    'generic',
    'purpose',
    'condition',
    'means',
    'manner',
    'case',
    'statement',
  ].includes(clause.kind)
const startsWithModal = (read: Read): boolean =>
  read.clauses[0]?.modal !== undefined && read.clauses[0]?.modal !== null && read.clauses[0].addressee === null

/** Index of the first sentence that no longer stands under the topic at `index`. */
export function headingReach(reads: readonly Read[], index: number): number {
  const own = reads[index]
  if (own === undefined) return index + 1
  const end = Math.min(reads.length, index + HORIZON)
  const style = own.sentence.ordinal
  const introduces = own.sentence.stop === '' && own.sentence.alone
  for (let k = index + 1; k < end; k += 1) {
    const next = reads[k]
    if (next === undefined) return k
    if (style !== null && next.sentence.ordinal === style) return k
    if (style !== null && rank(next.sentence.ordinal) < rank(style)) return k
    if (style === null && !introduces && next.sentence.line !== own.sentence.line) return k
    if (introduces && next.sentence.alone && next.sentence.stop === '') return k
    if (next.opensLine && style === 'spoken' && next.sentence.ordinal === null) return k
    if (style === null && !own.opensLine && startsWithModal(next) && startsWithModal(own)) return k
  }
  return end
}

const rank = (style: Sentence['ordinal']): number =>
  style === null ? 9 : ['chapter', 'section', 'item', 'subitem', 'circled', 'spoken'].indexOf(style)

/** A topic sentence: one broad clause that two or more following clauses spell out. */
export function isTopicSentence(reads: readonly Read[], index: number): boolean {
  const own = reads[index]
  if (own === undefined || (own.skip !== null && own.title === null)) return false
  const { sentence } = own
  const clauses = own.title ?? own.clauses
  // 做到以下几点： with a list after it.
  if (sentence.stop === '：' && own.skip === null && reads[index + 1]?.sentence.ordinal != null) return true
  // 要抓住四个重点。一是…: it announces the numbered points after it.
  if (
    own.skip === null &&
    sentence.ordinal === null &&
    clauses.length <= 2 &&
    reads[index + 1]?.sentence.ordinal === 'spoken' &&
    ANNOUNCES.test(clauses.map((clause) => clause.text).join(''))
  )
    return true
  const only = clauses[0]
  if (only === undefined || clauses.length > 2) return false
  // 要始终把安全放在第一位，做好甲工作。: a state of mind, then the topic.
  const bent =
    own.attributed &&
    own.opensLine &&
    clauses.length === 2 &&
    only.modal === 'plain' &&
    (only.kind === 'soft' || only.kind === 'condition') &&
    clauses[1]?.modal === null &&
    clauses[1].text.length <= 24 &&
    /^(?:抓好|做好|加强|推进|统筹|抓实|加快)[^，“《]{4,}(?:工作|进度|步伐)$/.test(clauses[1].core) &&
    !/防控(?:工作)?和(?:经济|社会|改革|复工)/.test(clauses[1].core)
  const text = (bent ? clauses.slice(1) : clauses).map((clause) => clause.text).join('，')
  // After words of attribution, a short sentence with a modal names what the line is about, whatever its verb.
  const announced = own.attributed && own.opensLine && (clauses.length === 1 || bent) && only.modal === 'plain' && text.length <= 24
  const listed = (text.match(/、/g)?.length ?? 0) > 1
  if (text.length > 40 || only.prohibition || only.addressee !== null || /\d/.test(text) || (listed && !announced)) return false
  const numbered = sentence.ordinal !== null && sentence.ordinal !== 'spoken' && sentence.stop !== '；'
  const slogans =
    !/思想|思维|头脑|认识|站位|信心|意识|精神/.test(text) &&
    clauses.every((clause) => ['manner', 'generic', 'soft'].includes(clause.kind) || (clause.kind === 'means' && /突出/.test(clause.text)))
  const aimed = sentence.ordinal !== null && clauses[1]?.kind === 'purpose'
  // 要切实转变作风，扛牢责任: a state of mind and the field, nothing more.
  const paired =
    clauses.length === 2 &&
    only.modal === 'plain' &&
    sentence.ordinal === null &&
    own.opensLine &&
    text.length <= 24 &&
    !/思想|思维|头脑|认识|站位|信心|意识|精神/.test(text) &&
    !TO_THEM.test(clauses[1]?.text ?? '') &&
    (['soft', 'generic', 'manner'].includes(only.kind) || ['soft', 'generic', 'manner', 'purpose'].includes(clauses[1]?.kind ?? 'hard'))
  // 一要加强领导，压实责任。: two short clauses that name the point; sentences of their own spell it out.
  const pointed =
    clauses.length === 2 &&
    sentence.ordinal !== null &&
    text.length <= 26 &&
    clauses.every((clause) => !/[、“《]/.test(clause.text)) &&
    !/思想|认识|站位|信心|意识|精神/.test(text) &&
    (['generic', 'manner', 'means'].includes(only.kind) || only.text.includes('突出'))
  if (clauses.length === 2 && !pointed && !numbered && !slogans && !aimed && !paired && !bent) return false
  if (sentence.stop === '；') return false
  // 防控责任要再压实。严格落实…: the matter and how it must grow.
  const growing = clauses.length === 1 && sentence.ordinal === null && GROWN.test(text)
  const lone = sentence.alone && sentence.stop === ''
  if (!lone && sentence.ordinal === null && !slogans && !announced && !growing && !paired && !OVERALL.test(only.core)) return false
  const reach = headingReach(reads, index)
  const followers = reads.slice(index + 1, reach).filter((read) => read.skip === null)
  const spelled = followers.flatMap((read) => read.clauses).filter(isOrder)
  const worked = spelled.filter((clause) => !['purpose', 'manner', 'statement'].includes(clause.kind))
  if (sentence.alone && sentence.stop === '') return spelled.length >= 1
  if (growing && worked.length >= 1 && reads[index + 1]?.sentence.line === sentence.line) return true
  if (worked.length >= 1 && clauses.length === 1 && sentence.ordinal !== null && text.length <= SHORT && sisters(reads, index) >= 3)
    return true
  if (worked.length < 2 && (spelled.length < 3 || worked.length === 0)) return false
  // 三要做好物资调配，确保储备充足。要关爱医务人员。: what follows is of another field.
  if (sentence.ordinal !== null) return !aimed || related(text, followers)
  const siblings = followers.filter(startsWithModal).length
  // What stands before the first order of the same rank is what spells a topic of the mind out.
  const sibling = followers.findIndex(startsWithModal)
  const nearest = followers.slice(0, sibling < 0 ? followers.length : sibling)
  const spelling = nearest.flatMap((read) => read.clauses).filter(isOrder).length
  if (paired && spelling >= 2) return true
  if (announced && nearest.length >= 2 && spelling >= 2 && related(text, nearest)) return true
  // 要做好甲服务。各地要成立专班，统筹做好…: one sentence told to somebody spells it out.
  const told = nearest.length === 1 && (nearest[0]?.clauses[0]?.addressee ?? null) !== null
  if (announced && told && spelling >= 2 && related(text, nearest)) return true
  if (siblings * 2 <= followers.length) return own.opensLine || (startsWithModal(own) && related(text, followers))
  return own.opensLine && related(text, followers)
}

const GROWN = /^(?!各)[\u4e00-\u9fff]{2,8}要(?:再|更加?|更为)[\u4e00-\u9fff]{2,4}$/

/** A numbered sentence that only names its point is no longer than this. */
const SHORT = 22

/** 一要坚持…再提速。聚焦…。二要坚持…再加力。织密…: how many numbered points near by are one short sentence with sentences of their own behind it. */
function sisters(reads: readonly Read[], index: number): number {
  const style = reads[index]?.sentence.ordinal
  let count = 0
  for (let k = Math.max(0, index - HORIZON); k < Math.min(reads.length - 1, index + HORIZON); k += 1) {
    const [own, next] = [reads[k], reads[k + 1]]
    if (own === undefined || next === undefined || own.sentence.ordinal !== style || next.sentence.ordinal !== null || next.skip !== null)
      continue
    const only = (own.title ?? own.clauses)[0]
    if ((own.title ?? own.clauses).length === 1 && (only?.text.length ?? SHORT + 1) <= SHORT && own.sentence.stop === '。') count += 1
  }
  return count
}

const ANNOUNCES =
  /[一二两三四五六七八九十几]个(?:方面|重点|环节|关键|到位|强化|坚持|问题|字|工作)|[一二两三四五六七八九十几]项(?:工作|任务|重点)|以下|如下|[一二两三四五六七八]点/

/** Verbs of a topic: they name a whole field, not one act. */
const OVERALL =
  /^(?:抓好|做好|抓实|办好|搞好|加强|强化|推进|推动|落实|狠抓|突出|统筹|健全|完善|保障|全力|严格|严把|守好|管好|优化|恢复|维护|织密|管住|护住|稳住|守住|支持|提升|提高|把握|筑牢|坚持|聚焦|帮助|组织|开展|实施|分类|分区|防止|防范|严防|加快|促进|确保|关心|关爱|改进|规范|把|千方百计|兜住|兜牢|打通|畅通|破解|疏通|理顺|补齐|抓牢|夯实|盯紧|扎实|有序|积极|解决|加大|指导|建立|服务)/

/** Siblings under a topic share its field; a list of equals does not. */
function related(topic: string, followers: readonly Read[]): boolean {
  const vote = voteDomain(topic)
  if (vote === null) return true
  const family = FAMILY[vote.domain]
  let same = 0
  let named = 0
  for (const read of followers) {
    const other = voteDomain(read.clauses.map((clause) => clause.text).join('，'))
    if (other === null || other.tier <= 2 || other.domain === 'command') continue
    named += 1
    if (FAMILY[other.domain] === family) same += 1
  }
  return vote.tier <= 2 || same * 2 >= named
}
