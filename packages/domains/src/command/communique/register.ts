import type { Clause } from './clause.ts'
import { type DomainVote, voteDomain } from './domain.ts'
import { VENUE } from './lexicon/fragments.ts'
import { TO_HOLD_ON } from './lexicon/frames.ts'
import { because } from './rules.ts'
import type { DomainCode, Why } from './types.ts'

/** What stands around a directive and may say what it is about. */
export interface Surroundings {
  readonly text: string
  readonly view: string
  readonly year: number | null
  readonly month: number | null
  /** ISO day from which a deadline without a year counts. */
  readonly from?: string | null
  readonly headingDomain: DomainCode | null
  /** Domain of the directive before in the same sentence, or (weaker) on the same line. */
  readonly before?: { readonly domain: DomainCode; readonly sameSentence: boolean } | null
  /** What the words before the orders on the same line are about, where nothing else says. */
  readonly topic?: DomainCode | null
  /** The chance that it is cut as an annotator would, 0 to 1; 1 where a person has cut it. */
  readonly cuts?: number
}

export const textOf = (clauses: readonly Clause[]): string =>
  clauses.map((clause) => (clause.addressee === null || clause.core.length < 5 ? clause.text : clause.core)).join('，')

/** 除娱乐场所外: what is left out is no object. */
const EXCEPTED = /^除[^，]+外$/

const NAMES_OBJECT = (clause: Clause): boolean =>
  (clause.kind === 'case' && !EXCEPTED.test(clause.text)) ||
  (clause.kind === 'means' && /^(?:重点)?(?:紧盯|聚焦|针对|盯紧|盯牢|对)[^，]*[^况势题点求]$/.test(clause.core))

/** 在保障复工的同时做好…: the order, without what it is conditioned on. */
const unconditioned = (text: string): string =>
  text
    .replace(
      /^(?:在|坚持在)[^，]{2,40}?(?:的?同时|前提下|基础上|情况下|条件下|之后|以后|(?<!先|前|最)后(?!续|勤|备|方|顾|台))(?=[^，]{4})/,
      '',
    )
    .replace(/在[^，在]{2,30}?(?:前提|基础|条件|情况)下/, '')

/** Those who stand in the front line: their own protection is care for them. */
const STAFF = /医务|医护|志愿者|干部|值守|执勤|工作人员|民警|一线/

/** What is done at a place or to people named before it: 实行封闭管理, 落实轮班. */
const MEASURE = /^(?:封闭|消毒|消杀|测温|轮班|备勤|值守|通风|出入|登记|体温)/

/** Containment and something else in one breath, as equals. */
const BOTH =
  /(?:统筹(?:做好|推进|抓好)?|一手抓|坚持|兼顾|做好)[^，]{0,4}(?:新冠肺炎)?疫情防控(?:工作)?(?:和|与|、一手抓|，一手抓|、)(?:经济|社会|脱贫|改革|复工|企业复工|生产)[^，]{2,}/

/** A register, the rule that chose it, and how sure it is (0 to 1). */
export interface Choice {
  readonly domain: DomainCode
  readonly reason: Why
  readonly strength: number
}

/** The named object first; then the directive before, the heading, the purpose; broad words last. */
export function chooseDomain(clauses: readonly Clause[], around: Surroundings, soft: boolean): Choice {
  const isHard = (clause: Clause): boolean => clause.kind === 'hard' || clause.kind === 'sanction'
  const hard = clauses.filter(isHard)
  // 对…人员，要… and 紧盯…场所，…: the group named first is the object.
  const told = hard.length === 0 ? hard : clauses.filter((clause) => isHard(clause) || NAMES_OBJECT(clause))
  // 实施摸排，特别是对返乡人员…: the work comes before the part of it that is singled out.
  const plain = (voteDomain(told[0]?.object ?? '')?.tier ?? 0) >= 4
  const work = told.filter((clause, k) => k === 0 || !plain || !/^(?:特别|尤其)是/.test(clause.text))
  const announcing = /^(?:宣传|宣讲|报道|解读|辟谣|澄清|回应|播放|科普)|^[^，]{0,24}向[^，]{1,10}(?:宣传|宣讲|讲解|普及)/.exec(
    hard[0]?.object ?? '',
  )
  if (announcing && !/返乡创业/.test(textOf(work)))
    return { domain: 'publicity', reason: because('label.verb', announcing[0]), strength: 0.95 }
  const tells = hard.find((clause) =>
    /^(?:加强|做好|强化|加大|开展|抓好|深化|广泛开展)[^，]*(?<![、和及与]大?)(?:宣传|宣讲|解读|讲解)(?:工作|讲解|引导|教育|报道|力度|普及)*$/.test(
      clause.core,
    ),
  )
  if (tells !== undefined && hard[0] === tells)
    return { domain: 'publicity', reason: because('label.verb', tells.core.slice(-6)), strength: 0.8 }
  const objects =
    work.length > 0
      ? voteDomain(
          work
            .map((clause) => `${unconditioned(clause.object.length < 5 ? clause.text : clause.object)}${NAMES_OBJECT(clause) ? '' : '，'}`)
            .join(''),
        )
      : null
  // Of several works the one named first decides.
  const lead =
    work[0] === undefined || NAMES_OBJECT(work[0])
      ? null
      : voteDomain(unconditioned(work[0].object.length < 5 ? work[0].text : work[0].object))
  const staff = work.find(
    (clause) =>
      /(?:自身|自我|个人)(?:的)?(?:安全)?(?:防护|保护)/.test(clause.core) &&
      STAFF.test(`${clause.addressee ?? ''}${around.text.slice(clause.start, clause.end)}`),
  )
  if (staff !== undefined && hard[0] === staff)
    return { domain: 'frontline_care', reason: because('label.object', staff.core.slice(-4)), strength: 0.8 }
  const vote =
    lead !== null && lead.tier > 3
      ? atVenue(work, lead)
      : objects !== null && objects.tier > 3
        ? atVenue(work, objects)
        : work.length > 0
          ? voteDomain(unconditioned(textOf(work)))
          : null
  const aimed = voteDomain(textOf(clauses.filter((clause) => clause.kind === 'purpose')))
  // 细化排查措施，掌握外来人员底数: whom the search is for.
  if (
    aimed?.domain === 'travel_health' &&
    aimed.tier === 5 &&
    (vote === null || (vote.domain === 'containment' && vote.tier <= 4)) &&
    work.length <= 1
  )
    return { domain: 'travel_health', reason: because('label.purpose', aimed.word), strength: 0.7 }
  // 学校复学丝毫不可大意，…备好物资: the matter that must not slip is what the rest is about.
  const matter = clauses[0] !== undefined && TO_HOLD_ON.test(clauses[0].text) ? voteDomain(clauses[0].text) : null
  if (matter !== null && matter.tier > 2) return { domain: matter.domain, reason: because('label.object', matter.word), strength: 0.75 }
  const last = around.before
  if (
    last?.sameSentence &&
    (last.domain === 'venues' || last.domain === 'observation') &&
    vote !== null &&
    vote.tier < 5 &&
    MEASURE.test(vote.word)
  )
    return { domain: last.domain, reason: because('label.before'), strength: 0.7 }
  if (
    last?.sameSentence &&
    vote?.domain === 'other' &&
    /^产业/.test(vote.word) &&
    (last.domain === 'farming' || last.domain === 'livestock')
  )
    return { domain: last.domain, reason: because('label.before'), strength: 0.7 }
  const closes = work.find((clause) => clause.prohibition || /(?:关闭|关停|暂停|停止|暂缓)/.test(clause.object))
  const shut =
    vote?.domain === 'service_reopening' || (vote?.domain === 'resumption_enterprises' && /(?:开门)?营业/.test(closes?.object ?? ''))
  if (closes !== undefined && shut) return { domain: 'venues', reason: because('label.verb', closes.object.slice(0, 4)), strength: 0.75 }
  // 夯实属地责任 under a heading: whose duty it is follows the field.
  const duty = soft && clauses.every(({ kind }) => kind === 'responsibility') && (vote?.tier ?? 0) <= 3
  if (duty && around.headingDomain !== null && around.headingDomain !== 'command')
    return { domain: around.headingDomain, reason: because('label.heading'), strength: 0.75 }
  const named = addressed(clauses)
  // 疫情防控和经济社会发展两手抓: both fields at once belong to who holds them together.
  const both = work.length === 1 ? (BOTH.exec(work[0]?.object ?? '') ?? BOTH.exec(work[0]?.text ?? '')) : null
  const hands = work.length <= 2 ? /一手抓[^，]{0,6}防控[^，]{0,10}，一手抓|两条战线/.exec(textOf(clauses)) : null
  if (hands !== null) return { domain: 'command', reason: because('label.general', hands[0].slice(0, 12)), strength: 0.7 }
  if (both !== null) return { domain: 'command', reason: because('label.general', both[0]), strength: 0.7 }
  // 对落实不力的，严肃问责: whoever holds the whole together, whatever was not done.
  const called = work.find(({ kind, core }) => kind === 'sanction' && /追责|问责|约谈|通报批评/.test(core))
  if (called !== undefined && work.every(({ kind }) => kind === 'sanction' || kind === 'case'))
    return { domain: 'command', reason: because('label.object', called.core.slice(-4)), strength: 0.8 }
  // 商务部门要提高采购能力, 聚焦民生，保证农民工务工: a result that is all there is to do names the field itself.
  const opens = clauses.every(({ kind }) => ['purpose', 'means', 'manner', 'generic'].includes(kind))
  if (work.length === 0 && opens && aimed !== null && aimed.tier >= 4 && fieldInGeneral(clauses) === null)
    return { domain: aimed.domain, reason: because('label.purpose', aimed.word), strength: 0.8 }
  if (named?.domain === 'resumption_enterprises' && vote?.domain === 'command')
    return { domain: named.domain, reason: because('label.addressee', named.word), strength: 0.7 }
  if (named !== null && !soft && (vote === null || vote.tier < named.tier) && (vote?.tier ?? 0) < 4)
    return { domain: named.domain, reason: because('label.addressee', named.word), strength: 0.75 }
  // 司法所…房租、劳资纠纷: of objects in a list, the one in the field of the unit that is told.
  const own = vote === null || named === null || soft ? null : objectOf(work, named.domain)
  if (own !== null) return { domain: own.domain, reason: because('label.object', own.word), strength: 0.8 }
  if (vote !== null && vote.tier > 2 && !(work.length === 0 && vote.domain === 'command' && around.headingDomain !== null))
    return {
      domain: vote.domain,
      reason: because('label.object', vote.word),
      strength: vote.listed ? 0.9 : vote.contested ? 0.75 : vote.tier === 3 ? 0.7 : 0.95,
    }
  const inGeneral = work.length === 0 ? fieldInGeneral(clauses) : null
  if (inGeneral !== null) return { domain: inGeneral.domain, reason: because('label.object', inGeneral.word), strength: 0.7 }
  const rest = voteDomain(
    textOf(
      clauses.filter(
        (clause) =>
          !(work.length > 0 && (isHard(clause) || NAMES_OBJECT(clause))) &&
          clause.kind !== 'purpose' &&
          !(work.length > 0 && clause.kind === 'soft'),
      ),
    ),
  )
  const minded = soft && (!clauses.some((clause) => clause.kind === 'responsibility') || clauses[0]?.kind === 'soft')
  // 要高度重视舆论宣传: what is to be valued says the field.
  const valued = minded
    ? voteDomain(
        clauses
          .map((clause) => /^(?:(?:高度)?重视|(?:把|将)(?=[^，]*(?:放在心上|记在心上|抓在手上)$))([^，]{4,})$/.exec(clause.core)?.[1] ?? '')
          .join('，'),
      )
    : null
  if (valued !== null && valued.tier >= 4) return { domain: valued.domain, reason: because('label.object', valued.word), strength: 0.7 }
  // 围绕疾控中心建设争取专项债, 坚持内防扩散: no state of mind, and what stands there plainly names a field.
  const plainly = minded && clauses.every(({ kind }) => kind !== 'soft') ? voteDomain(textOf(clauses)) : null
  if (plainly !== null && plainly.tier >= 4 && plainly.domain !== 'command')
    return { domain: plainly.domain, reason: because('label.object', plainly.word), strength: 0.7 }
  // Nothing checkable and nobody's duty pinned down: it is for those who hold the whole together, whatever it mentions.
  if (minded) return { domain: 'command', reason: because('label.general'), strength: 0.7 }
  // 成立专班，统筹做好各项服务: who does it says nothing of the field that the heading names.
  const byWhom = rest?.domain === 'command' && around.headingDomain !== null && clauses.some(({ kind }) => kind === 'enabling')
  if (rest !== null && rest.tier > 2 && !byWhom && !(minded && rest.domain === 'resumption_enterprises'))
    return { domain: rest.domain, reason: because('label.object', rest.word), strength: 0.75 }
  const heading = around.headingDomain
  const newly = clauses[0]?.addressee ? aimed : null
  const anew = newly !== null && newly.tier >= 4
  if (!soft && !anew && around.before?.sameSentence && around.before.domain !== 'command')
    return { domain: around.before.domain, reason: because('label.before'), strength: 0.7 }
  if (heading !== null) return { domain: heading, reason: because('label.heading'), strength: 0.75 }
  const aim = voteDomain(textOf(clauses.filter((clause) => clause.kind === 'purpose')))
  if (aim !== null && aim.tier > 2 && (!soft || aim.tier > 4))
    return { domain: aim.domain, reason: because('label.purpose', aim.word), strength: 0.6 }
  if (soft) return { domain: 'command', reason: because('label.general'), strength: 0.7 }
  const broad = vote ?? rest ?? aim
  const continues = clauses[0]?.modal === null
  if (around.before && (around.before.sameSentence || (broad === null && continues)))
    return { domain: around.before.domain, reason: because('label.before'), strength: 0.55 }
  if (broad === null && around.topic) return { domain: around.topic, reason: because('label.topic'), strength: 0.5 }
  // 落实防控各项工作: the whole field in words that name no work of it is for those who hold the whole together.
  if (broad?.domain === 'containment' && broad.tier <= 2)
    return { domain: 'command', reason: because('label.general', broad.word), strength: 0.55 }
  if (broad !== null) return { domain: broad.domain, reason: because('label.object', broad.word), strength: 0.55 }
  return { domain: 'command', reason: because('label.none'), strength: 0.4 }
}

/** 提高认识，全力推进农业生产各项工作: general words that plainly name one field are work in it, whatever opens the sentence. */
export function fieldInGeneral(clauses: readonly Clause[]): DomainVote | null {
  for (const clause of clauses) {
    if (clause.kind !== 'generic' || clause.core.length < 5 || BOTH.test(clause.text)) continue
    const vote = voteDomain(clause.core)
    if (vote !== null && vote.tier >= 4 && vote.domain !== 'command' && !vote.contested) return vote
  }
  return null
}

/** The object of a list that plainly names a field, or null. */
function objectOf(work: readonly Clause[], field: DomainCode): DomainVote | null {
  const items = work.flatMap((clause) => clause.object.split(/[、和与及]/))
  if (items.length < 2) return null
  return items.map((item) => voteDomain(item)).find((vote) => vote !== null && vote.domain === field && vote.tier >= 4) ?? null
}

const VENUE_FIRST = new RegExp(`^要?(?:各|所有|大型|全部|辖区)*${VENUE}`)

/** Disinfection or gates at a key venue belong to the venue. */
function atVenue(work: readonly Clause[], objects: DomainVote): DomainVote {
  if (objects.domain !== 'containment' && objects.domain !== 'access_control') return objects
  // 商场控制人数、进门量体温: the venue itself is told.
  const told = VENUE_FIRST.exec(work[0]?.text ?? '')?.[0]
  if (told !== undefined && objects.tier < 5) return { domain: 'venues', tier: 4, word: told, contested: false, listed: false }
  const venue = voteDomain(work.map((clause) => clause.text).join('，'))
  return venue?.domain === 'venues' ? venue : objects
}

/** The field of the unit that is told to do it, where the unit's name says one: 各交通卡口, 教育部门. */
function addressed(clauses: readonly Clause[]): DomainVote | null {
  const vote = voteDomain(clauses.map((clause) => clause.addressee ?? '').join('，'))
  // 各部门和企业要…: told to everybody.
  const all = clauses.some((clause) => /各地|各级|各部门|各有关部门|各单位/.test(clause.addressee ?? ''))
  return vote !== null && vote.tier > 2 && !all ? vote : null
}
