import type { Clause } from './clause.ts'
import { voteDomain } from './domain.ts'

const PASSIVE: readonly Clause['kind'][] = ['condition', 'means', 'soft', 'enabling', 'generic', 'manner', 'purpose', 'addressee', 'case']
/** 把…做深做细: a topic in the shape of an order. */
const TOPIC_SHAPE =
  /^(?:把|将)[^，]{2,40}(?:做深做细|做实做细|抓紧抓实|抓实抓细|抓紧抓细|抓紧抓实抓细|抓在手上|抓好|抓牢|做好|放在首位|摆上[^，]{0,12}日程|摆在[^，]{0,12}位置|作为[^，]{2,20}(?:任务|大事|工作))$|^(?:深入|全面|严格)?实施[^，]{2,20}(?:策略|战略|方针)$/

/** What the directive at hand holds so far; kept as it grows, so that a long sentence stays linear. */
export interface Sofar {
  /** Nothing in it could be reported done. */
  readonly passive: boolean
  /** The same, leaving out a responsibility that has its own object. */
  readonly duties: boolean
  /** Somebody's responsibility: what the same unit must do belongs to it. */
  readonly subject: boolean
  readonly addressed: boolean
  /** A state of mind opens it: what follows completes it. */
  readonly mind: boolean
  readonly closed: boolean
  /** No work in it names a field. */
  readonly unnamed: boolean
}
export const NOTHING: Sofar = { passive: true, duties: true, subject: false, addressed: false, mind: false, closed: false, unnamed: true }

export const grown = (sofar: Sofar, clause: Clause): Sofar => ({
  passive: sofar.passive && isPassive(clause),
  duties: sofar.duties && (isPassive(clause) || clause.kind === 'responsibility'),
  subject: sofar.subject || (clause.kind === 'responsibility' && clause.addressee !== null),
  addressed: sofar.addressed || (clause.addressee !== null && clause.kind !== 'enabling' && clause.kind !== 'addressee'),
  mind: sofar.mind || clause.kind === 'soft',
  closed: sofar.closed,
  unnamed: sofar.unnamed && (clause.kind !== 'hard' || namesNothing(clause)),
})

/** An act that nobody in particular is told and whose object is in no field: 总结经验, 找准薄弱点. */
export const namesNothing = (clause: Clause): boolean =>
  clause.modal === null &&
  clause.addressee === null &&
  !clause.prohibition &&
  !/^[^，在]{2,8}“[^”]{2,20}”(?:工作|行动|预案|计划|活动|服务)$/.test(clause.core) &&
  voteDomain(clause.core) === null

const isPassive = (clause: Clause): boolean =>
  PASSIVE.includes(clause.kind) || TOPIC_SHAPE.test(clause.core) || (clause.kind === 'responsibility' && !ownsObject(clause))

/** 压实属地防控责任 names whose or which responsibility; 压实责任 does not. */
export function ownsObject(clause: Clause): boolean {
  return /(?:压实|压紧|夯实|扛起|扛牢|落实|强化|靠实|履行|压紧压实)(?!责任|各方责任|四方责任|各级责任|工作责任|主体责任)[^，]{2,}责任/.test(
    clause.core,
  )
}
