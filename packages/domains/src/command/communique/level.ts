import type { Clause } from './clause.ts'
import { assists } from './division.ts'
import { voteDomain } from './domain.ts'
import { REPORTS, RESTART } from './kind.ts'
import { FAMILY } from './lexicon/domains.ts'
import { BROAD_OBJECT } from './lexicon/frames.ts'

/**
 * What the neighbours make of a clause. After an opening of the mind, orders about the whole field (统筹推进疫情防控和经济社会发展) add nothing
 * that could be reported done. Linear in the number of clauses.
 */
export function levelled(clauses: readonly Clause[]): readonly Clause[] {
  let mind = false
  let general = false
  let surveys = false
  let work: Clause | undefined
  let worked = false
  const forms = clauses.findIndex((clause) => /等(?:多种)?(?:形式|方式|途径|渠道|举措|措施|手段)/.test(clause.text))
  const through = forms > 0 ? clauses.findIndex((clause) => /^(?:要)?(?:通过|采取|利用|运用|采用)/.test(clause.text)) : -1
  let led = false
  let ensuring = false
  return clauses.map((clause, index) => {
    const assisting = led && clause.ordinal === null && assists(clause.text)
    led = clause.leads || assisting
    // 由甲局牵头，乙局配合: who assists is told nothing of its own.
    if (assisting) return { ...clause, kind: 'addressee', addressee: null, modal: null }
    // 通过走访，启动宣传车，张贴公告等形式宣传: one list of means.
    if (through >= 0 && index >= through && index < forms && clause.ordinal === null) return { ...clause, kind: 'means' }
    // 摸清底数 after a survey says what for; after anything else it is the survey.
    const counts = clause.kind === 'purpose' && !surveys && /^(?:摸清|摸准|弄清)/.test(clause.core)
    const searched = surveys
    surveys = /流调|流行病学|溯源|筛查|核查|调查|排查|摸|统计|走访|登记|普查/.test(clause.text)
    if (counts) return { ...clause, kind: 'hard' }
    // 开展流行病学调查，全力找寻传染源: what the search is for.
    if (searched && clause.kind === 'hard' && clause.modal === null && clause.addressee === null && SOURCES.test(clause.core))
      return { ...clause, kind: 'purpose' }
    // 加大物资采购力度，保障物资供应: the supply that the work before it is for.
    const secured = secures(clause, work)
    if (clause.ordinal !== null || clause.modal !== null || clause.addressee !== null) worked = false
    if (clause.kind !== 'manner' && clause.kind !== 'purpose') work = clause
    const before = worked
    worked ||= isWork(clause)
    if (secured) return { ...clause, kind: 'purpose' }
    // 对拒不配合的，由公安机关依法处理: of a case, who deals with it is the order.
    if (clause.kind === 'manner' && /^由/.test(clause.text) && clauses[index - 1]?.kind === 'case') return { ...clause, kind: 'hard' }
    // 做好疫苗接种，重点做好加强针接种: which part of it comes first.
    if (
      clause.modal === null &&
      (/^重点(?:供应|投放)/.test(clause.text) ||
        (/^重点(?:做好|抓好|加强|推进|落实|突出|针对|对)/.test(clause.text) && sameField(clause, clauses[index - 1])) ||
        (/^重点(?:核[实查]|[摸排检巡]查|摸排|监测|了解)/.test(clause.text) && SEARCH.test(clauses[index - 1]?.text ?? '')))
    )
      return { ...clause, kind: 'manner' }
    // 管控野外火源，严防森林火灾: what the work in the same field is for.
    if (clause.modal === null && /^严防/.test(clause.core) && sameField(clause, clauses[index - 1])) return { ...clause, kind: 'purpose' }
    // 推动企业达产 is what help is for; after anything else it is the order.
    if (
      clause.kind === 'purpose' &&
      RESTART.test(clause.text) &&
      !clauses.slice(Math.max(0, index - 3), index).some(({ text }) => /帮|助|解决|服务|政策|问题|困难|支持|协调|条件|审批|手续/.test(text))
    )
      return { ...clause, kind: 'hard' }
    // A result needs work before it; where there is none, 推进秩序恢复 is the order itself.
    if (
      clause.kind === 'purpose' &&
      !before &&
      index > 0 &&
      (/^(?:摸清|摸准|弄清|确定|划定)/.test(clause.core) ||
        (/^(?:推进|推动|促进|恢复|带动)/.test(clause.core) && (voteDomain(clause.core)?.tier ?? 0) >= 4))
    )
      return { ...clause, kind: 'hard' }
    // 确保甲队伍快速反应，乙队伍到岗到位: one 确保 for several.
    const ensured = ensuring && index > 0
    ensuring = /^(?:确保|保证)/.test(clause.text) || (ensured && STATE.test(clause.text))
    if (ensured && clause.modal === null && clause.addressee === null && clause.verb === null && STATE.test(clause.text))
      return { ...clause, kind: 'purpose' }
    // 统筹好甲，同时守住乙底线: a matter of its own.
    if (clause.kind === 'purpose' && before && /^同时/.test(clause.text) && (voteDomain(clause.core)?.tier ?? 0) >= 4)
      return { ...clause, kind: 'hard' }
    // 加强宣传，增强群众防护意识: what the telling is for.
    if (
      clause.kind === 'soft' &&
      clause.modal === null &&
      /^(?:着力|切实|不断|进一步)*(?:增强|提高|提升)[^，]{2,}(?:意识|能力|素养|知晓率)$/.test(clause.text) &&
      clauses[index - 1]?.kind === 'hard' &&
      voteDomain(clauses[index - 1]?.core ?? '')?.domain === 'publicity'
    )
      return { ...clause, kind: 'purpose' }
    // 促进消费，推动秩序全面恢复: behind work of another field, an order.
    if (
      clause.kind === 'purpose' &&
      before &&
      /^(?:推动|推进)[^，]{2,}(?:恢复|复工|复产|复学|复市|复业|开工)$/.test(clause.core) &&
      (parts(clause, clauses[index - 1]) || parts(clause, work))
    )
      return { ...clause, kind: 'hard' }
    // 在…前提下，促进…: what the condition is for is the work.
    const conditioned = clauses[index - 1]?.kind === 'condition' && clause.kind === 'purpose' && clause.verb !== null
    if (conditioned && /^(?:促进|推动|恢复|推进|带动|扩大)/.test(clause.core)) return { ...clause, kind: 'hard' }
    if (index === 0 && opensOnly(clause, clauses[1])) return { ...clause, kind: 'generic' }
    if (clause.ordinal !== null || (index > 0 && clause.modal !== null)) general = false
    if (clause.ordinal !== null) mind = false
    if (clause.kind === 'soft') mind = true
    else if (clause.kind === 'generic' && index === 0 && clause.modal === 'plain') general = true
    else if (general && clause.kind === 'hard' && isWholeField(clause)) return { ...clause, kind: 'generic' }
    else if (clause.kind === 'hard' && mind && isBroad(clause)) return { ...clause, kind: 'generic' }
    else if (clause.kind === 'hard') mind = false
    return clause
  })
}

/** 社区队伍到岗到位: a thing and the state it is to be in. */
const STATE = /^[\u4e00-\u9fff]{2,14}(?:队伍|人员|力量|措施|责任|工作|物资|机制|项目|企业|场所|渠道)(?!的)[\u4e00-\u9fff]{3,10}$/

/** 找寻传染源, 追踪密切接触者. */
const SOURCES = /^(?:找寻|寻找|查找|查清|锁定)[^，]{0,10}(?:传染源|感染源|源头|感染来源)$/

/** Work that looks for something: what it looks for first is part of it. */
const SEARCH = /排查|摸排|检查|核查|筛查|调查|巡查|走访|监测|登记/

const isWork = (clause: Clause): boolean => ['hard', 'enabling', 'generic', 'sanction', 'responsibility', 'statement'].includes(clause.kind)

/** 要创新工作模式，优化审批服务: an opening 要 without a field of its own is filled by what follows. */
const opensOnly = (clause: Clause, next: Clause | undefined): boolean =>
  clause.kind === 'hard' &&
  clause.modal === 'plain' &&
  !clause.prohibition &&
  next !== undefined &&
  next.modal === null &&
  next.addressee === null &&
  next.ordinal === null &&
  voteDomain(clause.core) === null &&
  (voteDomain(next.core)?.tier ?? 0) >= 4

/** Whether both plainly name a field, and fields that do not belong together. */
function parts(clause: Clause, before: Clause | undefined): boolean {
  const own = voteDomain(clause.core)
  // 落实各项防控措施，保持稳定，推进复工复产: the whole of containment, then another field.
  if (before?.kind === 'generic' && /防控/.test(before.core)) return own !== null && own.tier >= 4 && FAMILY[own.domain] !== 'control'
  const theirs = before?.kind === 'hard' ? voteDomain(before.core) : null
  return own !== null && theirs !== null && own.tier >= 4 && theirs.tier >= 4 && FAMILY[own.domain] !== FAMILY[theirs.domain]
}

function sameField(clause: Clause, before: Clause | undefined): boolean {
  if (before === undefined || before.kind !== 'hard') return false
  const field = voteDomain(clause.core)
  return field !== null && field.tier >= 4 && voteDomain(before.core)?.domain === field.domain
}

/** 保障 with an object of the same field as the work before it. */
function secures(clause: Clause, before: Clause | undefined): boolean {
  if (before === undefined || before.kind !== 'hard' || clause.kind !== 'hard' || clause.modal !== null || clause.addressee !== null)
    return false
  const cures = /^(?:救治|挽救)[^，]{0,4}(?:患者|病人|生命)$/.test(clause.core)
  if (!cures && !/^(?:保障|满足|保证)[^，]+(?:供应|需求|需要|供给|物资|丰收|稳产|增产)$/.test(clause.core)) return false
  const field = voteDomain(clause.core)
  if (cures) return voteDomain(before.core)?.domain === 'clinical'
  const made = voteDomain(before.core)?.domain
  if (/(?:丰收|稳产|增产)$/.test(clause.core)) return made === 'farming'
  return field?.domain === 'supplies' && (made === 'supplies' || made === 'livestock' || made === 'farming')
}

/** 统筹抓好疫情防控和复工复产, 恢复生产生活秩序: the whole field again. */
const isWholeField = (clause: Clause): boolean =>
  isBroad(clause) && BROAD_OBJECT.test(clause.core) && ((voteDomain(clause.core)?.tier ?? 0) <= 2 || clause.core.endsWith('秩序'))

const isBroad = (clause: Clause): boolean =>
  !clause.prohibition &&
  (voteDomain(clause.core)?.tier ?? 0) < 5 &&
  !clause.text.includes('依法') &&
  !REPORTS.test(clause.core) &&
  !/[前内底末]/.test(clause.when) &&
  (BROAD_OBJECT.test(clause.core) || /外防输入[^，]{0,4}内防/.test(clause.core) || (voteDomain(clause.core)?.tier ?? 0) < 2)
