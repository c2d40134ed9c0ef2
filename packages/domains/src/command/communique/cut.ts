import type { Clause } from './clause.ts'
import { voteDomain } from './domain.ts'
import { bareAct, ofWholeField, otherField, ownField, partedByCondition } from './fields.ts'
import { type Group, inheritConditions, openerRule, spelledByOne, toldTo, UNWEIGHED } from './groups.ts'
import { levelled } from './level.ts'
import { GOES_ON, NOUN_PHRASE, OWN_SUBJECT } from './lexicon/frames.ts'
import { because } from './rules.ts'
import { type Standing, weighCut } from './signs.ts'
import { grown, NOTHING, namesNothing, ownsObject, type Sofar } from './sofar.ts'
import type { Why } from './types.ts'

/** What to do with a clause: open a directive or join the one at hand; a closed directive takes no work after it. */
interface Verdict {
  readonly opens: boolean
  readonly why: Why
  readonly closes?: boolean
  /** How plainly all signs speak for it (logit). */
  readonly lean?: number
}

/**
 * Put the clauses of one sentence together into directives. `led` says that the first clause only names what the next one does.
 * Linear in the number of clauses.
 */
export function groupClauses(clauses: readonly Clause[], led = false): Group[] {
  const groups: Group[] = []
  const seen = levelled(clauses)
  const workAfter = nextWork(seen)
  let sofar = NOTHING
  for (const [index, clause] of seen.entries()) {
    const current = groups.at(-1)
    // 严防风险，特别是清明将至，形势严峻，各地要…: how things stand before the next order belongs to neither.
    if (clause.kind === 'situation' && current !== undefined && toldTo(seen, index + 1)) continue
    const chosen: Verdict =
      led && index > 0 && groups.length === 1 && sofar.passive && (clause.modal !== 'strong' || index > 1)
        ? { opens: false, why: because('join.topic', clauses[0]?.core.slice(0, 8)) }
        : judge(clause, current, { follows: workAfter[index] ?? false, sofar, next: seen[index + 1] })
    const verdict = weighed(clause, chosen, { seen, index, current, follows: workAfter[index] ?? false })
    if (verdict.opens || current === undefined) {
      groups.push({ clauses: [clause], why: [verdict.why], inherited: [], leans: [verdict.lean ?? UNWEIGHED] })
      // A topic that only names what follows is completed by it, whatever stands between.
      const begun = grown(NOTHING, clause)
      sofar = led && index === 0 ? { ...NOTHING, unnamed: begun.unnamed } : { ...begun, closed: verdict.closes ?? false }
    } else {
      current.clauses.push(clause)
      current.why.push(verdict.why)
      current.leans.push(verdict.lean ?? UNWEIGHED)
      sofar = grown(sofar, clause)
    }
  }
  const put = spelledByOne(groups)
  inheritConditions(put)
  return put
}

interface Around {
  /** Work of the same stretch follows (before an ordinal, a strong modal or a new addressee). */
  readonly follows: boolean
  readonly sofar: Sofar
  readonly next: Clause | undefined
}

/** The rules keep the word unless all signs together speak plainly against them. */
const PLAIN = 1
/** No order of a person has more clauses; what is longer is left to the rules alone. */
const LONGEST = 80

const goesForward = (clause: Clause, rule: string): boolean =>
  rule.startsWith('join.') || ['case', 'condition', 'addressee', 'statement'].includes(clause.kind)

function weighed(
  clause: Clause,
  chosen: Verdict,
  place: Omit<Standing, 'opens' | 'why' | 'current'> & { readonly current: Group | undefined },
): Verdict {
  // What the rules send forward is not weighed: the order that it belongs to is still to come.
  if (
    chosen.why.rule === 'join.lead' ||
    chosen.why.rule === 'join.topic' ||
    GOES_ON.test(clause.text) ||
    place.current === undefined ||
    place.index > LONGEST ||
    (chosen.opens && goesForward(clause, chosen.why.rule))
  )
    return chosen
  const { score, words } = weighCut(clause, { ...place, current: place.current, opens: chosen.opens, why: chosen.why })
  if (Math.abs(score) < PLAIN || score > 0 === chosen.opens) return { ...chosen, lean: chosen.opens ? score : -score }
  return { opens: score > 0, why: because(score > 0 ? 'cut.weighed' : 'join.weighed', words), lean: Math.abs(score) }
}

function judge(clause: Clause, current: Group | undefined, around: Around): Verdict {
  const head = clause.text.slice(0, 8)
  const sameSubject = clause.addressee !== null && around.follows
  const standsAlone =
    clause.kind === 'responsibility' &&
    ownsObject(clause) &&
    !sameSubject &&
    (around.follows || current === undefined || current.clauses.length > 0)
  if (current === undefined) return { opens: true, why: because('cut.sentence'), closes: standsAlone }
  if (clause.ordinal !== null) return { opens: true, why: because('cut.ordinal'), closes: standsAlone }
  // 开展排查，由甲局牵头，乙局配合: behind the work, unless more work follows that they are named for.
  if (clause.kind === 'addressee' && clause.leads && !around.follows && !around.sofar.passive)
    return { opens: false, why: because('join.lead', clause.addressee ?? head) }
  // A thing or group named first and what is ordered of it: 急需物资行业，要抓紧复工.
  const only = current.clauses.length === 1 ? current.clauses[0] : undefined
  if (
    only?.kind === 'statement' &&
    NOUN_PHRASE.test(only.text) &&
    only.modal === null &&
    clause.modal !== null &&
    clause.addressee === null
  )
    return { opens: false, why: because('cut.addressee', only.text.slice(0, 8)) }
  // Pending: nothing in it so far could be reported done; what follows completes it.
  const { closed, passive, duties, subject } = around.sofar
  const pending = !closed && (passive || (subject && duties))
  // 防住境外来人、冷链物品，以及…: the list goes on; 导致…: what it would lead to.
  if (GOES_ON.test(clause.text) && clause.modal === null && clause.addressee === null)
    return { opens: false, why: because('join.manner', head) }
  // 既…，又要…: two halves of one order.
  const half = current.clauses.at(-1)
  if (half !== undefined && /^(?:要)?(?:既|不仅|不但|一手)/.test(half.text) && /^(?:又|也|更|还|一手)/.test(clause.text))
    return { opens: false, why: because('join.manner', head) }
  if (!pending && clause.modal === null && clause.addressee === null && /^既[^定]/.test(clause.text))
    return { opens: false, why: because('join.manner', head) }
  // …，特别是一线人员，要…: those singled out are told on their own.
  if (/^(?:特别|尤其)是?要/.test(clause.text)) return { opens: true, why: because('cut.modal', head) }
  // 实施摸排，特别是对返乡人员进行重点摸排: which part of the same work comes first.
  const again = /(?:进行|开展|实施|加强|做好)?(?:重点|全面|精准)?([\u4e00-\u9fff]{2})$/.exec(clause.text)?.[1]
  if (/^(?:特别|尤其)是对/.test(clause.text) && clause.modal === null && again !== undefined && half?.text.endsWith(again))
    return { opens: false, why: because('join.manner', head) }
  if (/^(?:特别|尤其)是/.test(clause.text) && (clause.kind === 'addressee' || clause.addressee !== null))
    return { opens: true, why: because('cut.addressee', head) }
  // 要加强劝导，一律不得聚集: an act without an object waits for what it is about.
  if (only !== undefined && clause.modal === 'strong' && clause.addressee === null && bareAct(only))
    return { opens: false, why: because('join.generic', only.core) }
  if (!pending && clause.modal === 'strong' && clause.kind !== 'soft' && clause.kind !== 'purpose')
    return { opens: true, why: because('cut.modal', clause.text.slice(0, 6)) }
  // 专班要高效运转，责任要落实到位: each with a subject and a modal of its own.
  if (half !== undefined && half.modal === 'plain' && half.kind !== 'soft' && OWN_SUBJECT.test(half.text) && OWN_SUBJECT.test(clause.text))
    return { opens: true, why: because('cut.modal', head) }
  const addressed = pending && around.sofar.addressed
  // After general words with a modal of their own, a new addressee with its own modal is told on its own.
  const general = pending && current.clauses.length >= 2 && current.clauses.some((each) => each.modal !== null)
  if (
    general &&
    clause.addressee !== null &&
    clause.modal !== null &&
    (around.follows || !['situation', 'soft', 'generic', 'manner'].includes(clause.kind))
  )
    return { opens: true, why: because('cut.addressee', clause.addressee), closes: standsAlone }
  if ((!pending || addressed) && clause.addressee !== null && clause.modal !== null && clause.kind !== 'situation')
    return { opens: true, why: because('cut.addressee', clause.addressee), closes: standsAlone }
  // Somebody was told in general words; a new 要 with an object of its own is the next order.
  if (
    addressed &&
    clause.modal === 'plain' &&
    clause.kind === 'hard' &&
    (!around.sofar.mind || current.clauses.length >= 2) &&
    (voteDomain(clause.core)?.tier ?? 0) >= 4
  )
    return { opens: true, why: because('cut.modal', head) }
  // General words that name their own field; the next order names another.
  const open = pending && half?.kind !== 'condition' && !around.sofar.mind
  if (open && clause.kind === 'hard' && clause.modal === null && otherField(current.clauses, clause))
    return { opens: true, why: because('cut.verb', clause.verb ?? clause.core.slice(0, 6)) }
  if (!pending && clause.addressee !== null && clause.kind !== 'situation')
    return { opens: true, why: because('cut.addressee', clause.addressee), closes: standsAlone }
  // …，要发挥…: a modal of its own opens, whatever it is followed by.
  if (!pending && clause.modal === 'plain' && ['means', 'condition', 'enabling', 'responsibility'].includes(clause.kind))
    return { opens: true, why: because('cut.modal', head), closes: standsAlone }
  switch (clause.kind) {
    case 'purpose':
      return { opens: false, why: because('join.purpose', head) }
    case 'manner':
    case 'situation':
      return { opens: false, why: because('join.manner', head) }
    case 'addressee':
      return { opens: !pending && (around.follows || around.next?.modal != null), why: because('cut.addressee', head) }
    case 'statement':
      // …，各集中隔离场所，应达到规范: who is told stands before its comma.
      if (
        !pending &&
        clause.modal === null &&
        NOUN_PHRASE.test(clause.text) &&
        around.next?.modal === 'plain' &&
        around.next.addressee === null
      )
        return { opens: true, why: because('cut.addressee', head) }
      // 追施返青肥: a verb that no list knows, with an object of another field.
      if (!pending && ownField(clause, current)) return { opens: true, why: because('cut.verb', head) }
      // A clause with its own modal subject (车辆要登记) is work; a bare statement colours what precedes.
      return { opens: false, why: because('join.manner', head) }
    case 'sanction':
      return { opens: false, why: because('join.sanction', head) }
    case 'generic':
      // 加强返乡人员管控，加强流调力量: the same verb with a new object.
      if (!pending && half?.kind === 'hard' && clause.verb !== null && clause.verb === half.verb && clause.core.length >= 8)
        return { opens: true, why: because('cut.verb', head) }
      if (!pending && clause.modal === 'plain' && clause.core.length >= 8) return { opens: true, why: because('cut.modal', head) }
      return { opens: closed && around.follows, why: because(closed && around.follows ? 'cut.verb' : 'join.generic', head) }
    case 'responsibility':
      // 压实甲责任，落实乙责任: one list of duties.
      if (half?.kind === 'responsibility' && standsAlone) return { opens: false, why: because('join.soft', head) }
      if (standsAlone && !pending) return { opens: true, why: because('cut.responsibility'), closes: true }
      return { opens: !pending && around.follows, why: because('join.soft', head) }
    case 'condition': {
      const backward = /^(?:要)?同步/.test(clause.text) || !(around.follows || around.next?.kind === 'hard') || pending
      // A condition before 做到… opens what it conditions.
      const completes = !pending && around.next?.kind === 'purpose' && /^做到[“]/.test(around.next.core)
      // 全面做好疫情防控，在备足药品的基础上，恢复公交运营: the next order names another field.
      const apart = pending && !around.sofar.mind && partedByCondition(current.clauses, around.next)
      return { opens: completes || apart || !backward, why: because('join.condition', head), closes: completes }
    }
    case 'case':
      return {
        opens: !pending || (current.clauses[0]?.modal != null && around.next?.modal === 'plain' && around.next.addressee === null),
        why: because('cut.case', head),
      }
    case 'means': {
      const goesBack = around.next === undefined || around.next.fresh || around.next.kind === 'purpose'
      return { opens: !pending && around.follows && !goesBack, why: because('join.means', head) }
    }
    case 'soft':
      // 加快建设，把精力放在发展上，要…: before the next 要 it ends what stands before it.
      if (!pending && clause.modal === null && /^要/.test(around.next?.text ?? '')) return { opens: false, why: because('join.soft', head) }
      return { opens: !pending && around.follows, why: because('join.soft', head) }
    case 'enabling':
      if (pending) return { opens: false, why: because('join.enabling', head) }
      return { opens: around.follows || clause.modal !== null, why: because('join.enabling', head) }
    case 'hard':
      if (pending) return { opens: false, why: because(openerRule(current), current.clauses[0]?.text.slice(0, 8)) }
      if (ofWholeField(clause) || (around.sofar.unnamed && namesNothing(clause)))
        return { opens: false, why: because('join.generic', head) }
      return { opens: true, why: because('cut.verb', clause.verb ?? clause.core.slice(0, 6)) }
  }
}

function nextWork(clauses: readonly Clause[]): boolean[] {
  const out: boolean[] = new Array(clauses.length).fill(false)
  let work = false
  for (let k = clauses.length - 1; k >= 0; k -= 1) {
    out[k] = work
    const clause = clauses[k]
    if (clause === undefined) continue
    if (clause.kind === 'hard') work = true
    if (clause.ordinal !== null || clause.modal === 'strong' || clause.addressee !== null) work = false
  }
  return out
}
