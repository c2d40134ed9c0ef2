import { isAddressee, leadingAddressee, MODAL_INSIDE, unquoted } from './addressee.ts'
import { askedOf, assists, divisionOf } from './division.ts'
import { voteDomain } from './domain.ts'
import { classify, HANDS_IN } from './kind.ts'
import { AT_LEAST, HOLD_ON, MATTERS, SANCTION } from './lexicon/frames.ts'
import { alternation, DIRECTIVE_VERBS, PROHIBITION, STRONG_MODALS } from './lexicon/words.ts'
import { ADVERB, type ClauseKind, PURPOSE, VERB_INSIDE } from './means.ts'
import type { OrdinalStyle, Span } from './sentences.ts'
import { DUE_FIRST, PHASE, TIME } from './times.ts'

/** A clause with what its head says. `text` has no spaces; `core` is what is left after connectives, addressee, modal and adverbs. */
export interface Clause {
  readonly start: number
  readonly end: number
  readonly stop: string
  readonly ordinal: OrdinalStyle | null
  readonly text: string
  readonly core: string
  /** What the order is about: with the thing or group that stands before the modal or the verb. */
  readonly object: string
  readonly addressee: string | null
  /** The addressee is named as who leads the work, or divides it with others. */
  readonly leads: boolean
  /** The time that opens it or its work, else empty. */
  readonly when: string
  readonly modal: 'strong' | 'plain' | null
  readonly prohibition: boolean
  readonly kind: ClauseKind
  readonly verb: string | null
  /** Own time adverb or connective that opens a new matter. */
  readonly fresh: boolean
}

const CONNECTIVES =
  /^(?:同时|另外|此外|与此同时|并且|而且|以及|然后|接下来|下一步|下步|下一阶段|当前|目前|现阶段|近期|近日|会后(?!勤)|会议(?:结束)?(?:之)?后|散会后|今后|在此基础上|为此|对此|因此|所以|特别是|尤其是|要求|决定|并|且|也|还|再|又|其中){1,3}(?=.{2})/
const VERB = new RegExp(`^(?:${alternation(DIRECTIVE_VERBS)})`)
/** An order that follows its time. */
const OPENS = /^(?:要(?!求|素|点|道|害|情|闻|紧[的时])|必须|务必|应当|不得|严禁|禁止)/
const STRONG = new RegExp(`^(?:${alternation(STRONG_MODALS)})`)
/** 决不能让一人漏管 says what for. */
const NOT_LET =
  /^(?:坚决|决|绝)?不(?:能|允许)?(?:让|因[^，]{2}|出现|发生|[漏落留丢][^，]{1,8}[人户处角例区]$|遗漏|有任何(?:遗漏|闪失|松懈|差错))/

/** 由甲局组织乡镇干部，…: who does it with whom, before what is done. */
const BRINGS = /^由[^，]{2,16}(?:组织|协调|会同|联合|协同)[^，]{1,14}(?:干部|部门|银行|力量|人员|单位|企业|机构|专家|队伍)$/

export const despace = (text: string): string => text.replace(/[ \n]+/g, '')

/** Read the head of a clause. `first` says that no clause of the same sentence stands before it; `units` adds names of the city's units. */
export function readClause(view: string, span: Span, first: boolean, units: RegExp | null): Clause {
  const text = despace(view.slice(span.start, Math.min(span.end, span.start + 600))).replace(/^[“‘](?![^”’]*[”’])/, '')
  let rest = text.replace(CONNECTIVES, '')
  const fresh = /^(?:及时|迅速|尽快|立即|抓紧|马上|同时|另外|此外|尽早|适时|特别|尤其)/.test(text)
  let addressee: string | null = null
  let modal: Clause['modal'] = null
  const asking = askedOf(rest, units)
  rest = asking ?? rest
  // 节前各县区要完成…: the time stands before who is told.
  const opening = TIME.exec(rest)?.[0] ?? (leadingAddressee(rest, units) === null ? (PHASE.exec(rest)?.[0] ?? '') : '')
  const later = askedOf(rest.slice(opening.length), units) ?? rest.slice(opening.length)
  const asked = asking !== null || later.length < rest.length - opening.length
  const told = opening !== '' && (OPENS.test(later) || leadingAddressee(later, units) !== null || divisionOf(later) !== null)
  if (told) rest = later
  const division = divisionOf(rest.replace(/^要(?=由)/, ''))
  const named = division === null ? leadingAddressee(rest, units) : null
  if (division !== null) {
    addressee = division.lead
    rest = division.rest
  } else if (named !== null) {
    addressee = named.replace(/^由|[，、]$/g, '')
    rest = rest.slice(named.length)
  }
  rest = rest.replace(/^(?:都|也|均|还|更|则|就|首先|坚决|再次|一律)(?=要|必须|不得|应)/, '')
  // 总时长不得少于10天: how long, of the work before it.
  const measure = !first && AT_LEAST.test(rest)
  const prohibition =
    (!measure && PROHIBITION.test(rest) && !NOT_LET.test(rest)) || /^(?:任何)[^，]{2,20}(?:不得|严禁|禁止|不准|不能)/.test(text)
  const strong = measure || NOT_LET.test(rest) ? null : STRONG.exec(rest)
  if (strong) {
    modal = 'strong'
    rest = rest.slice(strong[0].length)
  } else {
    const plain = /^(?:要(?!求|素|点|道|害|情|闻|紧[的时])|须|应当|应该|应(?!急|对|用|届|收|检|隔|治)|需要?)/.exec(rest)
    if (plain) {
      modal = 'plain'
      rest = rest.slice(plain[0].length)
    } else if (asked) modal = 'plain'
  }
  let inner = rest
  let innerModal: Clause['modal'] = modal
  let innerProhibition = prohibition
  // 医疗废物要日产日清: the thing stands before the modal.
  if (
    addressee === null &&
    modal === null &&
    !prohibition &&
    !measure &&
    !MATTERS.test(rest) &&
    !HOLD_ON.test(rest) &&
    stripAdverbs(rest).verb === null &&
    !/^(?:在|把|将|按|以|从|为|通过|根据|做到|确保|坚持|既|不仅|而是)/.test(rest) &&
    !PURPOSE.test(rest)
  ) {
    // After 对… only a modal that cannot be part of the noun phrase counts.
    const preposed = /^对/.test(rest)
    const inside = MODAL_INSIDE.exec(unquoted(rest).slice(0, 48))
    if (inside !== null && inside.index >= 2 && (!preposed || /^(?:必须|不得|严禁|一律|务必|要)/.test(inside[0]))) {
      inner = rest.slice(inside.index)
      innerProhibition = PROHIBITION.test(inner)
      const strongInside = STRONG.exec(inner)
      innerModal = strongInside ? 'strong' : 'plain'
      inner = inner.slice(inside[0].length)
    }
  }
  const head = stripAdverbs(inner)
  const verb = head.verb
  const core = division?.work || (inner === rest ? head.core : rest)
  // 甲局要会同乙局，…: who does it with whom, before what is done.
  const joined = addressee !== null && division === null && rest.startsWith('会同') && assists(rest)
  const shape = classify(inner.replace(DUE_FIRST, ''), head.core, verb, { first, modal: innerModal, prohibition: innerProhibition })
  const warned =
    addressee !== null &&
    innerModal !== null &&
    shape === 'purpose' &&
    (/^(?:坚决|全力|严格)*(?:严防|防止|谨防|杜绝|避免|切断)/.test(head.core) ||
      (innerModal === 'strong' && /^(?:保证|做到|确保)/.test(head.core)))
  // 各村要当天登记、当天报送: four-character work told to somebody.
  const rhythm =
    addressee !== null &&
    innerModal !== null &&
    shape === 'manner' &&
    /登记|报[送告]|上报|排查|消毒|消杀|测温|巡查|值守|检测|核查/.test(head.core)
  const kind =
    warned || rhythm || (HANDS_IN.test(head.core) && /[前内底末]/.test(head.when)) || (division !== null && division.work !== '')
      ? 'hard'
      : division !== null || joined || BRINGS.test(text)
        ? 'addressee'
        : addressee === null && !prohibition && SANCTION.test(rest)
          ? 'sanction'
          : inner !== rest &&
              ((shape === 'generic' && (voteDomain(rest)?.tier ?? 0) >= 4) ||
                shape === 'manner' ||
                shape === 'purpose' ||
                shape === 'statement' ||
                (shape === 'means' && VERB_INSIDE.test(inner)))
            ? 'hard'
            : shape
  // 各级干部特别是主要负责同志: who is told.
  const people = text.replace(/(?:特别|尤其)是/, '和').replace('负责同志', '同志')
  return {
    start: span.start,
    end: span.end,
    stop: span.stop,
    ordinal: span.ordinal,
    text,
    core,
    object: inner !== rest || /^(?:对|把|将)/.test(rest) ? rest : head.core,
    addressee,
    leads: division !== null || joined,
    when: told ? opening : head.when,
    modal: innerModal,
    prohibition: innerProhibition,
    kind:
      kind === 'statement' && !people.includes('是') && isAddressee(people) && !ADVERB.test(people) && !VERB_INSIDE.test(people.slice(2))
        ? 'addressee'
        : kind,
    verb,
    fresh,
  }
}

/** Take manner adverbs off the front; the directive verb is looked for at every step, the last hit counts. */
function stripAdverbs(rest: string): { core: string; verb: string | null; when: string } {
  let core = rest
  let when = ''
  let best: { core: string; verb: string | null } | null = null
  const time = TIME.exec(core)
  if (time && time[0].length < core.length) {
    when = time[0]
    core = core.slice(when.length)
  }
  for (let step = 0; step < 6; step += 1) {
    // 精准、重点做好…: adverbs in a row.
    if (step > 0 && core.startsWith('、') && ADVERB.test(core.slice(1))) core = core.slice(1)
    const verb = verbAt(core)
    // 规范复工复产: a verb that may also be the thing worked on never takes the place of the one before it.
    if (verb !== null && best !== null && NOMINAL.test(core)) break
    if (verb !== null) best = { core, verb }
    const length = ADVERB.exec(core)?.[0].length ?? (verb === null ? mannerLength(core) || chainLength(core) : 0)
    if (length === 0 || length >= core.length || (core.startsWith('重点') && KEY.test(core.slice(2)) && best === null)) break
    core = core.slice(length)
  }
  if (best !== null) return { ...best, when }
  // 铺天盖地开展…: an adverb that no list knows before a verb that cannot be one.
  const late = LATE_VERB.exec(rest)
  return late === null ? { core, verb: null, when } : { core: rest.slice(late[1]?.length ?? 0), verb: late[2] ?? null, when: '' }
}

const NOMINAL = /^(?:复工|复产|开工|生产|消费|就业|消毒|隔离|治疗|供应|配送|招聘)/
/** 重点人员, 重点场所: of a thing, no adverb. */
const KEY = /^(?:人[员群]|对象|场所|区域|部位|环节|地区|领域|行业|单位)(?:、|管控|防控|管理)/
const LATE_VERB =
  /^(?!确保|利用|运用|采用|采取|依托|借助)([^，、的对把将按以从为向与由通经在让使要不“]{2,6}?)(发布|开展|做好|抓好|推进|组织|实施|制定|出台|排查|摸排|落实|宣传|引导|推动|建立|完善)(?!到位|顺利|情况|得|完毕|完成)(?=.{2})/
/** 更加严密地开展…: the length of an adverb made with 地 or 的 before a directive verb, else 0. */
function mannerLength(core: string): number {
  const found = /^(?:更加?|更为|十分|非常)?[^，的地、是]{2,5}化?[的地]/.exec(core)
  if (found === null) return 0
  const after = core.slice(found[0].length)
  const made = found[0].endsWith('地') || /^(?:更|十分|非常)/.test(found[0])
  return verbAt(after) !== null || (made && ADVERB.test(after)) ? found[0].length : 0
}

/** 分区分级、分类分时开展…: the length of four-character adverbs in a row before a directive verb, else 0. */
function chainLength(core: string): number {
  const found =
    /^(?:、|(?![在对把将从向与和以按为由])[\u4e00-\u9fff]{4}、)(?:[\u4e00-\u9fff]{4}、){0,3}[\u4e00-\u9fff]{4}/.exec(core)?.[0] ?? ''
  return found !== '' && verbAt(core.slice(found.length)) !== null ? found.length : 0
}

const SINGLE_NOT = /^(?:防[控疫护范]|管[理辖]|建[设制议]|保[险证]|查[验]|稳[定]|设[备施]|补[贴]|盯|落[后]|促[进])/

function verbAt(core: string): string | null {
  const found = VERB.exec(core)
  if (found === null) return null
  const verb = found[0]
  if (verb === '严格' && /^(?:按|对照|依照|遵照|依据|根据|参照)/.test(core.slice(2))) return null
  // 提供了遵循 tells what was done.
  if (core[verb.length] === '了' && !core.startsWith('了解', verb.length)) return null
  if (verb.length === 1 && (core.length < 4 || SINGLE_NOT.test(core))) return null
  return verb
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
