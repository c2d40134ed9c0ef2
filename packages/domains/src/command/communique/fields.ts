import type { Clause } from './clause.ts'
import { voteDomain } from './domain.ts'
import type { Group } from './groups.ts'
import { FAMILY } from './lexicon/domains.ts'
import { BROAD_OBJECT, NOUN_PHRASE } from './lexicon/frames.ts'

/** Whether a clause whose verb no list knows plainly names another field than the directive at hand. */
export function ownField(clause: Clause, current: Group): boolean {
  if (clause.core.length < 5 || NOUN_PHRASE.test(clause.text)) return false
  const own = voteDomain(clause.core)
  const theirs = voteDomain(current.clauses.map(({ core }) => core).join('，'))
  return own !== null && own.tier >= 4 && theirs !== null && theirs.tier >= 4 && FAMILY[own.domain] !== FAMILY[theirs.domain]
}

const WHOLE = /各项|各类|防控|防疫|抗疫|管控|措施|举措|部署|要求|落实$|责任|机制|方案|预案|任务/

/** 落实各项防控举措 after work: the whole field in words that any order may hold. It names nothing of its own. */
export function ofWholeField(clause: Clause): boolean {
  if (clause.modal !== null || clause.addressee !== null || clause.prohibition) return false
  // 做好值班统筹, 利用好干部队伍: broad words, but a thing of its own.
  if (!WHOLE.test(clause.core) || /(?:力量|队伍|人手)$/.test(clause.core)) return false
  const vote = voteDomain(clause.core)
  return vote !== null && vote.tier <= 2 && (vote.domain === 'command' || vote.domain === 'containment')
}

/** 加强组织领导，压实责任: who sees to it, of any field. */
const ORGANISED = /^(?:加强|强化)(?:组织)?领导$|^(?:压实|压紧|压紧压实|夯实|落实|强化|明确)(?:各方|主体|工作|部门)?责任(?:主体|落实|担当)?$/

/** Whether general words before it and the clause name two different fields plainly. */
export function otherField(before: readonly Clause[], clause: Clause): boolean {
  const field = voteDomain(clause.core)
  const whole = before.some(
    (each) =>
      each.kind === 'generic' && /疫情防控|防控工作/.test(each.core) && !/贯彻|部署|精神/.test(each.core) && BROAD_OBJECT.test(each.core),
  )
  if (whole && field !== null && field.tier >= 4 && !['control', 'command', 'clinical'].includes(FAMILY[field.domain])) return true
  if (before.length < 2) return false
  if (!before.some((each) => each.kind === 'generic' && each.core.length >= 4)) return false
  if (before.every((each) => ORGANISED.test(each.core))) return false
  const own = voteDomain(clause.core)
  const theirs = voteDomain(before.map((each) => each.core).join('，'))
  return own !== null && theirs !== null && own.tier >= 4 && theirs.tier >= 4 && own.domain !== theirs.domain
}

/** 全面做好疫情防控，在备足药品的基础上，恢复公交: whether the order behind a condition is of another field than the general words before it. */
export const partedByCondition = (before: readonly Clause[], next: Clause | undefined): boolean =>
  next?.kind === 'hard' && next.modal === null && before.some((each) => /疫情防控|防控工作/.test(each.core)) && otherField(before, next)

/** 加强劝导: a broad verb and an act of which nothing says to whom or about what. */
export const bareAct = ({ kind, core, prohibition, addressee }: Clause): boolean =>
  kind === 'hard' &&
  !prohibition &&
  addressee === null &&
  /^(?:加强|强化|做好|加大)(?:劝导|引导|巡查|值守|管理|管控|检查|监管|力度)$/.test(core)
