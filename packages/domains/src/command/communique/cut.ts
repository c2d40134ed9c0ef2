import type { Clause } from './clause.ts'
import { because } from './rules.ts'
import type { Why } from './types.ts'

/** Clauses that make one directive, with the rules that put them together. */
export interface Group {
  readonly clauses: Clause[]
  readonly why: Why[]
  /** Condition clauses that open the sentence and reach this group too. */
  readonly inherited: string[]
}

const isWork = (clause: Clause): boolean => clause.kind === 'hard'
const leadsOn = (clause: Clause): boolean => ['condition', 'means', 'soft', 'enabling', 'generic'].includes(clause.kind)
/** 把…做深做细: a topic in the shape of an order. */
const TOPIC_SHAPE =
  /^(?:把|将)[^，]{2,40}(?:做深做细|做实做细|抓紧抓实|抓实抓细|抓紧抓细|抓紧抓实抓细|抓在手上|抓好|抓牢|做好|放在首位|摆在[^，]{0,12}位置|作为[^，]{2,20}(?:任务|大事|工作))$/

/** Put the clauses of one sentence together into directives. Linear in the number of clauses. */
export function groupClauses(clauses: readonly Clause[]): Group[] {
  const groups: Group[] = []
  let group: Group | null = null
  let closed = false
  const workAfter = nextWork(clauses)
  const open = (clause: Clause, why: Why): void => {
    group = { clauses: [clause], why: [why], inherited: [] }
    groups.push(group)
    closed = false
  }
  const join = (target: Group, clause: Clause, why: Why): void => {
    target.clauses.push(clause)
    target.why.push(why)
  }
  const place = (clause: Clause, index: number): void => {
    const current = group as Group | null
    const follows = workAfter[index] ?? false
    if (current === null) {
      open(clause, because('cut.sentence'))
      closed = clause.kind === 'responsibility' && ownsObject(clause)
      return
    }
    if (clause.ordinal !== null) return open(clause, because('cut.ordinal'))
    const pending = current.clauses.every(
      (member) =>
        leadsOn(member) ||
        TOPIC_SHAPE.test(member.core) ||
        (member.kind === 'responsibility' && !ownsObject(member)) ||
        member.kind === 'manner' ||
        member.kind === 'purpose' ||
        member.kind === 'statement' ||
        member.kind === 'situation',
    )
    if (clause.modal === 'strong' && !(pending && !closed)) return open(clause, because('cut.modal', clause.text.slice(0, 6)))
    if (clause.addressee !== null && clause.kind !== 'statement' && clause.kind !== 'situation' && !(pending && !closed))
      return open(clause, because('cut.addressee', clause.addressee))
    switch (clause.kind) {
      case 'purpose':
        return join(current, clause, because('join.purpose', clause.text.slice(0, 8)))
      case 'manner':
      case 'statement':
      case 'situation':
        return join(current, clause, because('join.manner', clause.text.slice(0, 8)))
      case 'sanction':
        return join(current, clause, because('join.sanction', clause.text.slice(0, 8)))
      case 'generic':
        if (closed) return open(clause, because('cut.verb', clause.verb ?? ''))
        return join(current, clause, because('join.generic', clause.text.slice(0, 8)))
      case 'responsibility':
        if (ownsObject(clause) && !pending) {
          open(clause, because('cut.responsibility'))
          closed = true
          return
        }
        if (!pending && follows) return open(clause, because('join.soft', clause.text.slice(0, 8)))
        return join(current, clause, because('join.soft', clause.text.slice(0, 8)))
      case 'condition':
        if (/^同步/.test(clause.core) || /^同步/.test(clause.text) || !follows || (pending && !closed))
          return join(current, clause, because('join.condition'))
        return open(clause, because('join.condition'))
      case 'means':
        if (follows && !nextIsFresh(clauses, index) && !pending) return open(clause, because('join.means', clause.text.slice(0, 8)))
        return join(current, clause, because('join.means', clause.text.slice(0, 8)))
      case 'soft':
        if (!pending && follows) return open(clause, because('join.soft', clause.text.slice(0, 8)))
        return join(current, clause, because('join.soft', clause.text.slice(0, 8)))
      case 'enabling':
        if (pending && !closed) return join(current, clause, because('join.enabling', clause.text.slice(0, 8)))
        return open(clause, because(follows ? 'join.enabling' : 'cut.verb', clause.text.slice(0, 8)))
      case 'hard':
        if (pending && !closed) return join(current, clause, because(openerRule(current), current.clauses[0]?.text.slice(0, 8)))
        return open(clause, because('cut.verb', clause.verb ?? clause.core.slice(0, 6)))
    }
  }
  clauses.forEach(place)
  inheritConditions(groups)
  return groups
}

/** For each clause: whether work of the same stretch follows (before an ordinal, a strong modal or a new addressee). */
function nextWork(clauses: readonly Clause[]): boolean[] {
  const out: boolean[] = new Array(clauses.length).fill(false)
  let work = false
  for (let k = clauses.length - 1; k >= 0; k -= 1) {
    out[k] = work
    const clause = clauses[k]
    if (clause === undefined) continue
    if (isWork(clause)) work = true
    if (clause.ordinal !== null || clause.modal === 'strong' || clause.addressee !== null) work = false
  }
  return out
}

const nextIsFresh = (clauses: readonly Clause[], index: number): boolean => {
  const next = clauses[index + 1]
  return next === undefined || next.fresh || next.kind === 'purpose'
}

/** 压实属地防控责任 names whose or which responsibility; 压实责任 does not. */
function ownsObject(clause: Clause): boolean {
  return /(?:压实|压紧|夯实|扛起|扛牢|落实|强化|靠实|压紧压实)(?!责任|各方责任|各级责任|工作责任)[^，]{2,}责任/.test(clause.core)
}

function openerRule(group: Group): 'join.condition' | 'join.means' | 'join.soft' | 'join.enabling' | 'join.generic' {
  const kind = group.clauses[0]?.kind
  if (kind === 'condition') return 'join.condition'
  if (kind === 'means') return 'join.means'
  if (kind === 'enabling') return 'join.enabling'
  return kind === 'generic' ? 'join.generic' : 'join.soft'
}

/** A condition that opens a sentence reaches the later directives until a new modal, addressee or ordinal. */
function inheritConditions(groups: readonly Group[]): void {
  let carried: string[] = []
  for (const group of groups) {
    const first = group.clauses[0]
    if (first === undefined) continue
    if (first.modal !== null || first.addressee !== null || first.ordinal !== null) carried = []
    if (first.kind === 'condition') {
      carried = /^在/.test(first.text.replace(/^要|^同时/, '')) ? [first.text] : []
      continue
    }
    group.inherited.push(...carried)
  }
}
