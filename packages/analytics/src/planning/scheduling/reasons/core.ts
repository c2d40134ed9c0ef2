import { type Infeasible, infeasible } from '../../anytime/index.ts'
import { settle } from '../clauses/question.ts'
import { findInfeasibility } from '../infeasibility.ts'
import { compile } from '../model/compile.ts'
import type { Activity, Lag, SchedulingProblem } from '../types.ts'

/** Conflicts that one part of the problem may cost; what is not refuted within them counts as possible. */
const CONFLICTS = 400

/** Parts that are tried at most. */
const TRIALS = 400

/** The part of a problem made of some activities: lags among them, everything else as it is. */
function among(problem: SchedulingProblem, activities: readonly Activity[]): SchedulingProblem {
  const kept = new Set(activities.map((a) => a.id))
  return { ...problem, activities, lags: (problem.lags ?? []).filter((lag) => kept.has(lag.from) && kept.has(lag.to)) }
}

/** What one part may do without: each loosens one thing. */
function looser(problem: SchedulingProblem): SchedulingProblem[] {
  const change = (id: string, without: keyof Activity): SchedulingProblem => ({
    ...problem,
    activities: problem.activities.map((a) => {
      if (a.id !== id) return a
      const { [without]: _gone, ...rest } = a
      return rest as Activity
    }),
  })
  const own = ['deadline', 'fixedStart', 'release', 'materials', 'needs', 'calendar'] as const
  return [
    ...(problem.lags ?? []).map((lag) => ({ ...problem, lags: (problem.lags ?? []).filter((other) => other !== lag) })),
    ...problem.activities.flatMap((a) => own.filter((key) => a[key] !== undefined).map((key) => change(a.id, key))),
    ...(problem.projects ?? []).map((project) => ({
      ...problem,
      projects: (problem.projects ?? []).map((other) => (other === project ? { id: other.id } : other)),
    })),
  ]
}

/**
 * The smallest part of an impossible problem that is impossible by itself: activities, then lags, dates, needs are left out one by one
 * (deletion filter, Chinneck & Dravnieks 1991, doi:10.1287/ijoc.3.2.157), groups of activities first.
 */
export function explainNone(problem: SchedulingProblem, stop: () => boolean): Infeasible {
  let trials = 0
  let whole = true
  const impossible = (part: SchedulingProblem) => {
    if (trials++ >= TRIALS || stop()) {
      whole = false
      return false
    }
    const net = compile(part)
    return findInfeasibility(net) !== null || settle(net, null, CONFLICTS, stop) === 'none'
  }
  let core = problem
  for (let group = Math.ceil(problem.activities.length / 2); group >= 1 && whole; group = group === 1 ? 0 : Math.ceil(group / 2))
    for (let from = 0; from < core.activities.length && core.activities.length > group; ) {
      const part = among(
        core,
        core.activities.filter((_, k) => k < from || k >= from + group),
      )
      if (impossible(part)) core = part
      else from += group
    }
  for (let loosened = true; loosened && whole; ) {
    loosened = false
    for (const part of looser(core)) {
      if (!impossible(part)) continue
      core = part
      loosened = true
      break
    }
  }
  return findInfeasibility(compile(core)) ?? together(core, whole)
}

/** The reason in words: what cannot go together. */
function together(core: SchedulingProblem, smallest: boolean): Infeasible {
  const ids = core.activities.map((a) => a.id)
  const crews = (core.resources ?? []).filter((r) => core.activities.some((a) => a.needs?.some((n) => n.resource === r.id && n.amount > 0)))
  const stores = (core.materials ?? []).filter((m) => core.activities.some((a) => a.materials?.some((n) => n.material === m.id)))
  const zh = (list: readonly string[]) => list.map((id) => `“${id}”`).join('、')
  const en = (list: readonly string[]) => list.map((id) => `"${id}"`).join(', ')
  const lags = core.lags ?? []
  const dated = core.activities.flatMap((a) => [
    ...(a.fixedStart === undefined ? [] : [{ zh: `“${a.id}”定于 ${a.fixedStart} 开工`, en: `"${a.id}" is fixed at slot ${a.fixedStart}` }]),
    ...(a.started === undefined ? [] : [{ zh: `“${a.id}”已开工`, en: `"${a.id}" has started` }]),
    ...(a.deadline === undefined ? [] : [{ zh: `“${a.id}”限期 ${a.deadline}`, en: `"${a.id}" has the deadline ${a.deadline}` }]),
    ...(a.release === undefined ? [] : [{ zh: `“${a.id}”不得早于 ${a.release}`, en: `"${a.id}" may not begin before ${a.release}` }]),
  ])
  const parts = [
    ...crews.map((r) => ({ zh: `班组“${r.id}”${r.capacity}`, en: `crew "${r.id}" with ${r.capacity}` })),
    ...stores.map((m) => ({ zh: `材料“${m.id}”的到货`, en: `arrivals of material "${m.id}"` })),
    ...lags.map(lagInWords),
    ...dated,
  ]
  return infeasible(
    'cannot-go-together',
    `已证明无可行计划：工序${zh(ids)}不能同时排下，原因在于${parts.map((p) => p.zh).join('；')}${smallest ? '（去掉其中任何一项即不再矛盾）' : ''}：请放宽其中一项`,
    `Proven to have no schedule: activities ${en(ids)} cannot go together, because of ${parts.map((p) => p.en).join('; ')}${smallest ? ' (without any one of these they could)' : ''}: relax one of them`,
    [...ids, ...crews.map((r) => r.id), ...stores.map((m) => m.id)],
  )
}

function lagInWords(lag: Lag): { readonly zh: string; readonly en: string } {
  const least = lag.min ?? (lag.max === undefined ? 0 : undefined)
  const zh = [least === undefined ? '' : `至少 ${least}`, lag.max === undefined ? '' : `至多 ${lag.max}`].filter(Boolean).join('、')
  const en = [least === undefined ? '' : `at least ${least}`, lag.max === undefined ? '' : `at most ${lag.max}`]
    .filter(Boolean)
    .join(' and ')
  return { zh: `“${lag.from}”→“${lag.to}”时距${zh}`, en: `the lag ${lag.type ?? 'FS'} "${lag.from}" → "${lag.to}" of ${en}` }
}
