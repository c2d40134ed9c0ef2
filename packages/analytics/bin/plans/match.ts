/** `plan match`: workers to posts, the largest sum of scores, or a matching that no pair wants to leave. */
import { infeasible, type Planned } from '../../src/planning/anytime/plan.ts'
import {
  bestOptions,
  blockingPairs,
  checkLimits,
  checkMatching,
  explainMatch,
  type MatchingMarket,
  planGroups,
  planMatching,
  planQuotas,
  type RankedMarket,
  stableMatching,
  totalScore,
} from '../../src/planning/matching/index.ts'
import { readSettings } from '../forms/read.ts'
import { FileProblem } from '../input/file-problem.ts'
import { matchChart } from '../picture/match-chart.ts'
import { example, type JobMarket, readMarket, settings, sheets } from './match-sheets.ts'
import { type PlanCommand, proofRows } from './plan-command.ts'

interface Matched {
  readonly assigned: Int32Array
  readonly price?: Float64Array
}

export const match: PlanCommand = {
  name: 'match',
  zh: '用工对接：人岗匹配，逐人说明',
  en: 'workers to posts, each match explained',
  sheets,
  settings,
  options: {
    mode: {
      zh: 'best 总分最高；stable 稳定（岗位按经验排序，无人想私下另配）',
      en: 'best: the largest sum of scores; stable: nobody would rather pair up otherwise (posts rank by experience)',
      fallback: 'best',
    },
  },
  example,
  async run({ workbook, language, values }) {
    const zh = language === 'zh'
    const set = readSettings(workbook, settings)
    const people = readMarket(workbook)
    const market = bestOptions(people.seekers, people.openings, { ...people.weights(set), preference: people.preference }, set.options)
    const mode = values.mode ?? 'best'
    if (mode !== 'best' && mode !== 'stable')
      throw new FileProblem('option-invalid', `--mode 只能是 best 或 stable，得到“${mode}”`, `--mode must be best or stable, got "${mode}"`)
    const planned = mode === 'stable' ? stablePlan(market, people) : bestPlan(market, people)
    const plan = planned.ok ? planned.plan : undefined
    const check = plan && checkMatching(market, plan.assigned, plan.price)
    const postOf = (i: number) => plan?.assigned[i] ?? -1
    const names = {
      worker: (i: number) => same(people.workers[i] ?? String(i)),
      post: (j: number) => same(people.posts[j] ?? String(j)),
    }
    return {
      planned,
      faults: [...(check?.faults ?? []), ...(plan ? checkLimits(plan.assigned, people) : [])],
      notes: people.substitutions,
      named: { matches: people.workers.map((worker, i) => ({ worker, post: people.posts[postOf(i)] ?? null })) },
      sheets: () => [
        {
          name: zh ? '对接' : 'matches',
          header: zh ? ['人员', '岗位', '得分', '公里', '工资', '说明'] : ['worker', 'post', 'score', 'km', 'wage', 'why'],
          rows: people.workers.map((worker, i) => {
            const j = postOf(i)
            const why = plan?.price
              ? explainMatch(market, { assigned: plan.assigned, price: plan.price, bids: 0, complete: true }, i, names)
              : undefined
            return [
              worker,
              j < 0 ? '' : (people.posts[j] ?? ''),
              j < 0 ? '' : totalScore(market, plan?.assigned.map((post, k) => (k === i ? post : -1)) ?? new Int32Array()),
              j < 0 ? '' : Math.round(people.kilometres(i, j) * 10) / 10,
              j < 0 ? '' : (people.openings.wage[j] ?? ''),
              why === undefined ? '' : zh ? why.zh : why.en,
            ]
          }),
        },
        {
          name: zh ? '岗位' : 'posts',
          header: zh ? ['岗位', '人数', '已对接', '名额价值(分)'] : ['post', 'openings', 'matched', 'worth of a place (points)'],
          rows: people.posts.map((post, j) => [
            post,
            people.openings.capacity[j] ?? 0,
            plan?.assigned.reduce((sum, one) => sum + (one === j ? 1 : 0), 0) ?? 0,
            plan?.price ? Math.round(plan.price[j] ?? 0) : '',
          ]),
        },
        {
          name: zh ? '说明' : 'proof',
          header: [zh ? '项' : 'what', zh ? '值' : 'value'],
          rows: [
            ...proofRows(planned, language, zh ? '分' : 'points'),
            [zh ? '已对接人数' : 'Matched', check?.matched ?? 0],
            ...people.substitutions.map((one) => [zh ? '位置' : 'Position', zh ? one.zh : one.en] as const),
          ],
        },
      ],
      picture: () =>
        matchChart({
          title: zh ? '用工对接' : 'Workers to posts',
          subtitle: zh
            ? `${people.workers.length} 人中 ${check?.matched ?? 0} 人对接，${people.openings.capacity.reduce((a, b) => a + b, 0)} 个名额`
            : `${check?.matched ?? 0} of ${people.workers.length} matched, ${people.openings.capacity.reduce((a, b) => a + b, 0)} openings`,
          workers: people.places.workers,
          posts: people.places.posts.map((point, j) => ({ ...point, name: people.posts[j] ?? '' })),
          footnote: zh ? '■ 岗位与已对接人数　● 已对接　○ 未对接' : '■ post with its matches   ● matched   ○ not matched',
          lines: people.workers.flatMap((_, i) => (postOf(i) < 0 ? [] : [{ worker: i, post: postOf(i) }])),
        }),
    }
  },
}

const same = (text: string) => ({ zh: text, en: text })

/** Groups and quotas each have an exact or bounded engine of their own; both at once would need a third. */
function bestPlan(market: MatchingMarket, people: JobMarket): Planned<Matched> {
  if (people.groups.length > 0 && people.quotas.length > 0)
    return infeasible(
      'groups-and-quotas',
      '同行组与配额不能同时使用：请分两次对接，先对接有同行组的人员',
      'Groups and quotas cannot be used together: match in two steps, workers in groups first',
      [],
    )
  if (people.groups.length > 0) return planGroups(market, people.groups, people.siteOf)
  if (people.quotas.length > 0) return planQuotas(market, people.classOf, people.quotas)
  return planMatching(market)
}

function stablePlan(market: MatchingMarket, people: JobMarket): Planned<Matched> {
  if (people.groups.length > 0 || people.quotas.length > 0)
    return infeasible(
      'stable-with-limits',
      '稳定对接不能带同行组或配额：请去掉它们，或用 --mode best',
      'A stable matching takes no groups and no quotas: leave them out, or use --mode best',
      [],
    )
  const ranked: RankedMarket = {
    workers: market.workers,
    posts: market.posts,
    capacity: market.capacity,
    first: market.first,
    post: market.post,
    workerRank: market.score.map((score) => -score),
    postRank: market.post.map((_, k) => -(people.experience[workerOf(market, k)] ?? 0)),
  }
  const assigned = stableMatching(ranked)
  const blocked = blockingPairs(ranked, assigned).length
  return {
    ok: true,
    plan: { assigned },
    objective: blocked,
    bound: 0,
    gap: { numerator: blocked, denominator: 1 },
    proof: {
      method: 'no-blocking-pair',
      zh: '逐对核验：没有一人一岗都更愿意另配',
      en: 'Every pair was checked: no worker and post would both rather have each other',
    },
    seed: 0,
    iterations: 0,
    elapsed: 0,
  }
}

function workerOf(market: MatchingMarket, k: number): number {
  let [low, high] = [0, market.workers - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((market.first[middle] ?? 0) <= k) low = middle
    else high = middle - 1
  }
  return low
}
