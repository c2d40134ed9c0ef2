import type { Clause } from './clause.ts'
import { type DomainVote, voteDomain } from './domain.ts'
import type { Group } from './groups.ts'
import { CUT_SIGNS, type SignFamily } from './lexicon/cuts.ts'
import { FAMILY } from './lexicon/domains.ts'
import type { Why } from './types.ts'

/** What the rules say of a clause, and where it stands among the clauses of its sentence. */
export interface Standing {
  readonly opens: boolean
  readonly why: Why
  readonly seen: readonly Clause[]
  readonly index: number
  readonly current: Group
  /** Work of the same stretch follows. */
  readonly follows: boolean
}

/** One sign: its family and what was seen of it. */
type Sign = readonly [SignFamily, string]

export interface Weighed {
  /** Logit of a cut before the clause: above 0 speaks for one. */
  readonly score: number
  /** Words of the text that told most in that direction. */
  readonly words: string
}

/** Shapes of a clause that say something of a cut. */
const FORMS: readonly (readonly [string, RegExp])[] = [
  ['quote', /[“《]/],
  ['list', /、/],
  ['inPlace', /到位$/],
  ['result', /^(?:确保|保障|保证|实现|做到|达到|形成|营造|筑牢|守住|打赢|打好|坚决|全力|切实|努力|严防|防止|避免|杜绝)/],
  ['system', /(?:机制|制度|体系|方案|预案|台账|清单)$/],
  ['work', /(?:工作|措施|管理|服务|力度|管控|防控|建设|保障)$/],
  ['slogan', /^(?:坚持|牢固树立|树立|以|增强|提高|强化[^，]{0,6}意识|坚定|保持|切实|始终)/],
  ['number', /\d/],
  ['strict', /^(?:严格|从严|坚决|严)/],
  ['duty', /责任/],
  ['and', /^(?:并|及|同时|还|也|再)/],
  ['more', /^(?:加强|强化|加大|加快)/],
  ['do', /^(?:做好|抓好|搞好|落实|推进|推动|开展)/],
  ['found', /^(?:建立|完善|健全|制定|组建|成立)/],
  ['prompt', /^(?:及时|尽快|第一时间|立即|迅速|主动|积极)/],
  ['preposed', /^(?:对|把|将|向|为|在|从|按)/],
  ['information', /信息|数据|情况|动态|形势/],
  ['aim', /(?:防线|战|胜利|目标|局面|氛围|环境|基础|底线|效果|成效|稳定|安全|漏洞|死角|盲区|扩散|蔓延|传播|发生)$/],
]

/** Lengths in characters are told apart at these steps. */
const CLAUSE_STEPS = [4, 6, 8, 11, 15, 22]
const DIRECTIVE_STEPS = [8, 14, 22, 35, 55]
const KIND_STEPS = [6, 10, 15]
/** At most so many clauses of the directive at hand are looked at, so that a long sentence stays linear. */
const REACH = 8

const step = (length: number, steps: readonly number[]): string => String(steps.filter((each) => length > each).length)

const table: ReadonlyMap<SignFamily, ReadonlyMap<string, number>> = new Map(
  Object.entries(CUT_SIGNS).map(([family, row]) => {
    const words = row.split(' ')
    return [family as SignFamily, new Map(words.flatMap((word, k) => (k % 2 === 0 ? [[word, Number(words[k + 1])] as const] : [])))]
  }),
)

const WORDED: readonly SignFamily[] = ['beginsWith', 'opensWith', 'endsWith', 'openedBefore', 'endedBefore', 'verb']

/** All signs for and against a cut before a clause, added up. */
export function weighCut(clause: Clause, standing: Standing): Weighed {
  let score = 0
  const told: { readonly seen: string; readonly weight: number }[] = []
  for (const [family, seen] of signsOf(clause, standing)) {
    const weight = table.get(family)?.get(seen) ?? 0
    score += weight
    if (weight !== 0 && WORDED.includes(family)) told.push({ seen, weight })
  }
  const words = told.filter(({ weight }) => weight > 0 === score > 0).sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
  return { score, words: [...new Set(words.map(({ seen }) => seen))].slice(0, 3).join('、') }
}

const votes = new WeakMap<Clause, DomainVote | null>()
function voteOf(clause: Clause): DomainVote | null {
  const known = votes.get(clause)
  if (known !== undefined) return known
  const vote = voteDomain(clause.core)
  votes.set(clause, vote)
  return vote
}

function signsOf(clause: Clause, standing: Standing): readonly Sign[] {
  const { seen, index, current, follows, why } = standing
  const before = seen[index - 1] ?? clause
  const after = seen[index + 1]
  const held = current.clauses.slice(0, REACH)
  const opener = current.clauses[0] ?? before
  const worked = held.some(({ kind }) => kind === 'hard' || kind === 'sanction' || kind === 'case') ? '1' : '0'
  const opens = standing.opens ? '1' : '0'
  const vote = voteOf(clause)
  const group = held.length === 1 ? voteOf(opener) : voteDomain(held.map(({ core }) => core).join('，'))
  const earlier = voteOf(before)
  const length = clause.core.length
  const signs: Sign[] = [
    ['mark', 'bias'],
    ['choice', opens],
    ['rule', `${why.rule}${standing.opens ? '+' : '-'}`],
    ['kind', clause.kind],
    ['kindBefore', before.kind],
    ['kindAfter', after?.kind ?? 'end'],
    ['kinds', `${before.kind}>${clause.kind}`],
    ['choiceKind', opens + clause.kind],
    ['modal', modalOf(clause)],
    ['modalAfter', after === undefined ? 'end' : modalOf(after)],
    ['modalOpener', modalOf(opener)],
    ['worked', worked],
    ['workedKind', worked + clause.kind],
    ['opener', opener.kind],
    ['length', step(length, CLAUSE_STEPS)],
    ['lengthBefore', step(before.core.length, CLAUSE_STEPS)],
    [
      'lengthHeld',
      step(
        held.reduce((sum, { text }) => sum + text.length + 1, 0),
        DIRECTIVE_STEPS,
      ),
    ],
    ['clauses', String(Math.min(held.length, 5))],
    ['workedLength', worked + step(length, CLAUSE_STEPS)],
    ['kindLength', clause.kind + step(length, KIND_STEPS)],
    ['tier', String(vote?.tier ?? 0)],
    ['tierHeld', String(group?.tier ?? 0)],
    ['tierBefore', String(earlier?.tier ?? 0)],
    ['workedTier', worked + String(vote?.tier ?? 0)],
    ['field', kinship(vote, group)],
    ['fieldBefore', kinship(vote, earlier)],
    ['fieldAfter', after === undefined ? 'end' : kinship(vote, voteOf(after))],
    ['workedField', worked + kinship(vote, group)],
    ['opensWith', clause.core.slice(0, 2)],
    ['endsWith', clause.core.slice(-2)],
    ['endedBefore', before.core.slice(-2)],
    ['openedBefore', before.core.slice(0, 2)],
    ['beginsWith', clause.text.slice(0, 2)],
    ['place', String(Math.min(index, 6))],
    ['left', String(Math.min(seen.length - index, 5))],
  ]
  for (const mark of marksOf(clause, before, held, follows)) signs.push(['mark', mark])
  if (clause.verb !== null) signs.push(['verb', clause.verb])
  for (const [form, pattern] of FORMS) {
    if (pattern.test(clause.core)) signs.push(['form', form])
    if (pattern.test(before.core)) signs.push(['formBefore', form])
    if (after !== undefined && pattern.test(after.core)) signs.push(['formAfter', form])
  }
  return signs
}

function marksOf(clause: Clause, before: Clause, held: readonly Clause[], follows: boolean): readonly string[] {
  const parallel = Math.abs(clause.text.length - before.text.length) <= 1
  const marks: readonly (readonly [string, boolean])[] = [
    ['verb', clause.verb !== null],
    ['fresh', clause.fresh],
    ['prohibition', clause.prohibition],
    ['ordinal', clause.ordinal !== null],
    ['follows', follows],
    ['parallel', parallel],
    ['parallelShort', parallel && clause.core.length <= 8],
    ['parallelLong', parallel && clause.core.length > 8],
    ['sameVerb', clause.verb !== null && held.some(({ verb }) => verb === clause.verb)],
  ]
  return marks.filter(([, holds]) => holds).map(([mark]) => mark)
}

const modalOf = (clause: Clause): string => `${clause.modal ?? 'no'}${clause.addressee === null ? '' : 'Told'}`

/** How the fields of two stretches stand to each other. */
function kinship(a: DomainVote | null, b: DomainVote | null): string {
  if (a === null || b === null) return 'none'
  if (a.domain === b.domain) return 'same'
  if (FAMILY[a.domain] === FAMILY[b.domain]) return 'family'
  return a.tier > 3 && b.tier > 3 ? 'differ' : 'weak'
}
