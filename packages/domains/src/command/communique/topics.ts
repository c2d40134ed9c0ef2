import type { Clause } from './clause.ts'
import { voteDomain } from './domain.ts'
import { FAMILY } from './lexicon/domains.ts'
import { HOLD_ON, NOUN_PHRASE } from './lexicon/frames.ts'
import { ownsObject } from './sofar.ts'

/** What the first clause of a sentence is to those after it: a heading, the lead of the one directive that spells it out, or neither. */
export type Opening = 'heading' | 'lead' | null

/** Verbs of a topic clause: they name a field of work, not one act. */
const BROAD =
  /^(?:抢抓|释放|扩大|激发|培育|壮大|支持|帮助|提振|畅通|关注|密切关注|组织|规范|抓好|做好|抓实|办好|搞好|抓牢|抓紧|抓细|加强|强化|推进|推动|落实|狠抓|突出|统筹|健全|完善|建立|保障|全力|严格|严把|严守|守好|守牢|压实|实施|实行|管好|优化|提升|提高|深化|营造|筑牢|织密|服务好?|关心|关爱|稳定|稳住|把好|把牢|守住|加大|开展|恢复|加快|防止|防范|严防|维护|促进|兜住|兜牢|保持|持续|解决|切实解决)/
/** Nouns of a field: what such a clause ends in. */
const FIELD =
  /(?:工作|关口|卡口|群体|战略|举措|潜力|趋势|活力|动力|贸易|出口|市场|经营|经济|平稳|保障房|动态|舆情|流程|疏导|备耕|春播|春管|恢复|提振|发展|申报|运输|返岗|稳岗|供应|流通|救助|关怀|投资|消费|防火|服务|防控|管控|管理|保障|引导|教育|宣传|发动|救治|监管|建设|生产|措施|复工复产|秩序|治理|监测|排查|关爱|关心关爱|督查|督导|检查|联防联控|群防群控|保供|就业|推进|责任|检测|隔离|处置|支持|氛围|服务企业|企业|调度|值守|查验|准备|防护|防疫|防范|落实|协查|指导|演练|帮扶|统筹|稳控|领导|力度|调配|储备|防线|消毒|环境|对接|输入|反弹|开学|复学|春耕|民生|安全|稳定|物资|培训|监督|困难|问题|需求|运行|体系|任务|[范准业细]化)$/
const EMPTY_ENDS = /(?:工作|措施|服务|管理|力度|保障|引导|落实|推进|建设|防控|管控)+$/

const isWork = (clause: Clause): boolean =>
  (clause.kind === 'purpose' && /^(?:摸清|摸准|弄清)/.test(clause.core)) ||
  (clause.kind === 'generic' && clause.addressee !== null) ||
  ['hard', 'enabling', 'sanction', 'responsibility'].includes(clause.kind) ||
  (clause.modal !== null && clause.kind === 'means')

/** How the clause that opens `clauses` stands to the others of the same sentence. */
export function openingOf(clauses: readonly Clause[], beyond: readonly Clause[] = []): Opening {
  const first = clauses[0]
  if (first === undefined || clauses.length < 2) return null
  // 要压实责任，加大排查力度: whose responsibility is not said; it goes forward.
  if (
    first.kind === 'responsibility' &&
    first.addressee === null &&
    !ownsObject(first) &&
    clauses.every(({ addressee }) => addressee === null)
  )
    return null
  if (first.stop === '：' && clauses.length >= 3 && first.core.length <= 30) return 'heading'
  if (listsTopics(first, clauses)) return 'heading'
  if (first.prohibition || first.addressee !== null || first.core.length > 32 || /[、\d“《]/.test(topicOf(first.core))) return null
  const held = HOLD_ON.test(first.core)
  if (namedByOthers(first, spelling(clauses, false))) return 'heading'
  if (
    !held &&
    (!['hard', 'generic', 'responsibility', 'enabling'].includes(first.kind) || !BROAD.test(first.core) || !FIELD.test(first.core))
  )
    return null
  const near0 = spelling(clauses, held)
  // What stands after a semicolon spells the topic out too, if the sentence itself begins to.
  const opens = first.modal !== null || first.ordinal !== null
  const rest =
    opens && near0.length === clauses.length - 1 && near0.some(isWork) && near0[0]?.kind !== 'purpose' ? [...near0, ...beyond] : near0
  const work = rest.filter(isWork)
  const noun = first.core.replace(BROAD, '').replace(EMPTY_ENDS, '')
  const vote = voteDomain(first.core)
  const echoes = (clause: Clause): boolean =>
    noun.length >= 2 && (clause.text.includes(noun.slice(0, 2)) || clause.text.includes(noun.slice(-2)))
  const related = (clause: Clause): boolean => {
    if (echoes(clause)) return true
    const other = voteDomain(clause.core)
    if (other === null || other.tier <= 2 || vote === null || (vote.tier <= 2 && opens && work.length > 2)) return true
    return (
      other.domain === vote.domain ||
      ((vote.tier <= 3 || (opens && work.length > 1 && FAMILY[vote.domain] === 'control')) && FAMILY[other.domain] === FAMILY[vote.domain])
    )
  }
  const near = work.filter(related).length
  if (work.length === 1) {
    const only = work[0]
    const before = rest.slice(0, only === undefined ? 0 : rest.indexOf(only))
    const brief = only !== undefined && first.core.length <= 6 && echoes(only)
    if (only === undefined || (!opens && !brief) || first.kind === 'responsibility' || !before.every(leadsOn)) return null
    if (
      (only.modal === 'strong' && before.length === 0) ||
      /^(?:特别|尤其)/.test(only.text) ||
      (only.addressee === null && only.verb !== null && only.verb === first.verb)
    )
      return null
    return echoes(only) || echoesAny(before, echoes) || related(only) ? 'lead' : null
  }
  if (work.length < 2) return null
  // 要保障物资，打击违法行为，…: one of two plainly names another field.
  const apart = (clause: Clause): boolean => (voteDomain(clause.core)?.tier ?? 0) >= 5 && !related(clause)
  if (work.length === 2 && !held && work.some(apart)) return null
  // 要加强村居管理，防止输入，…: what has a purpose of its own is an order.
  if (rest[0]?.kind === 'purpose' && !isWork(rest[0])) return null
  // 加强甲，强化乙，强化丙: equals, none of them the topic of the others.
  if (/^(?:加强|强化)/.test(first.core) && work.filter((clause) => /^(?:加强|强化)/.test(clause.core)).length * 2 > work.length) return null
  // 要抓好…培育工作，加大甲力度，加大乙力度，加大丙力度: one verb thrice spells it out, whatever the fields.
  const [one] = work
  if (opens && work.length >= 3 && one?.verb != null && one.verb !== first.verb && work.every(({ verb }) => verb === one.verb))
    return 'heading'
  if (held) return 'heading'
  if (opens) return near * 2 >= work.length ? 'heading' : null
  const echo = work.filter(echoes).length
  const same = work.filter((clause) => voteDomain(clause.core)?.domain === vote?.domain).length
  return vote !== null && near === work.length && (echo >= 2 || (vote.tier >= 4 && same >= 1)) ? 'heading' : null
}

/** 要抓好“双进双产”培育工作: a name in quotes inside a field is no order of its own. */
const topicOf = (core: string): string =>
  (/(?:任务|工作)$/.test(core) ? core.replace(/“[^”]{1,10}”(?=[^，]{2,})/, '') : core).replace(/化、[\u4e00-\u9fff]{1,3}化$/, '化')

/** 要统筹推进复工复产、春耕生产，有序复工复产…，抓好春耕…: each matter that a topic lists is taken up by a work of its own behind it. */
function listsTopics(first: Clause, clauses: readonly Clause[]): boolean {
  const listed = /^(?:统筹)?(?:推进|推动|抓好|做好|抓实|统筹|加强)([^，“《\d]{4,40})$/.exec(first.core)?.[1]
  if (listed === undefined || first.modal !== 'plain' || first.addressee !== null) return false
  const matters = listed.split(/[、和与]/).map((matter) => matter.replace(/(?:等?(?:各项|重点)?工作|等)$/, ''))
  const work = spelling(clauses, false).filter((clause) => isWork(clause) && clause.verb !== null)
  return (
    matters.length >= 2 &&
    work.length > matters.length - 1 &&
    matters.every(
      (matter) => matter.length >= 2 && work.some(({ text }) => text.includes(matter.slice(0, 2)) || text.includes(matter.slice(-2))),
    )
  )
}

/** 要管好人多的地方，棋牌室继续关闭，农贸市场每天消毒: a short topic without a field; two or more works of one field say which. */
function namedByOthers(first: Clause, rest: readonly Clause[]): boolean {
  if (first.modal !== 'plain' || first.core.length > 12 || (voteDomain(first.core)?.tier ?? 0) > 2) return false
  if (['soft', 'generic', 'manner', 'means', 'condition', 'enabling'].includes(first.kind)) return false
  const work = rest.filter(isWork)
  const fields = work.map((clause) => voteDomain(clause.text))
  return (
    work.length >= 2 && work[0] === rest[0] && fields.every((vote) => vote !== null && vote.tier >= 4 && vote.domain === fields[0]?.domain)
  )
}

/** A case, a condition or the means between a topic and the clause that spells it out. */
const leadsOn = (clause: Clause): boolean => ['case', 'condition', 'means', 'soft', 'manner', 'generic'].includes(clause.kind)
const echoesAny = (clauses: readonly Clause[], echoes: (clause: Clause) => boolean): boolean => clauses.some(echoes)

/** The clauses that can spell the first one out: up to the next order with a modal of its own and no new subject. */
function spelling(clauses: readonly Clause[], held: boolean): readonly Clause[] {
  const rest = clauses.slice(1, 13)
  const sibling = rest.findIndex(
    (clause, k) =>
      clause.ordinal !== null ||
      (!held &&
        clause.modal === 'plain' &&
        clause.addressee === null &&
        !NOUN_PHRASE.test(rest[k - 1]?.text ?? '') &&
        rest[k - 1]?.kind !== 'addressee'),
  )
  return sibling < 0 ? rest : rest.slice(0, sibling)
}
