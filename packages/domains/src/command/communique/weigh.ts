import type { Clause } from './clause.ts'
import { voteDomain } from './domain.ts'
import { DOMAINS } from './lexicon/domains.ts'
import { EVIDENCE } from './lexicon/evidence.ts'
import { LEANINGS, SIGNALS, TERMS, VERDICTS } from './lexicon/weights.ts'
import type { Choice, Surroundings } from './register.ts'
import { because } from './rules.ts'
import type { DomainCode } from './types.ts'

/** By so much another register must lead before it takes the place of the one that the rules chose. */
const LEAD = 0.8
/** A choice that is at least so sure is not weighed. */
const PLAIN = 0.9
/** How sure a register is that a directive takes over from the one before it in its sentence. */
const CONTINUED = 0.7
/** How sure a weighed register is, and one that weighing would not have chosen: the latter holds every second time. */
const WEIGHED = 0.65
const DOUBTED = 0.55
/** Longest stretch that is searched for evidence. */
const REACH = 600

/** One reason for a register: what was seen and its weight. */
interface Reason {
  readonly seen: string
  readonly weight: number
}
type Scale = ReadonlyMap<DomainCode, readonly Reason[]>

const table = (rows: Readonly<Partial<Record<DomainCode, string>>>): readonly (readonly [DomainCode, readonly Reason[]])[] =>
  DOMAINS.map(({ code }) => {
    const words = (rows[code] ?? '').split(' ')
    return [code, words.flatMap((seen, k) => (k % 2 === 0 && seen !== '' ? [{ seen, weight: Number(words[k + 1]) }] : []))]
  })
const WORDS = table(TERMS)
const LEANS = table(LEANINGS)

/**
 * Where the rules are not plainly sure, all that speaks for each register is added up: evidence by its place and tier, heading, the
 * directive before, words of the field. Another register is taken if it leads clearly; if it leads narrowly, the choice is marked as doubted.
 */
export function weigh(clauses: readonly Clause[], around: Surroundings, soft: boolean, choice: Choice): Choice {
  const { rule } = choice.reason
  if (choice.strength >= PLAIN || rule === 'label.verb' || rule === 'label.addressee') return choice
  // 农贸市场…，落实出入口测温: what goes on in the same sentence stays with it.
  if (rule === 'label.before' && choice.strength >= CONTINUED) return choice
  const scale = evidenceOf(clauses, around, choice)
  const total = (domain: DomainCode): number => (scale.get(domain) ?? []).reduce((sum, reason) => sum + reason.weight, 0)
  let best = choice.domain
  for (const { code } of DOMAINS) if (total(code) > total(best)) best = code
  if (best === choice.domain) return choice
  if (total(best) - total(choice.domain) < LEAD) return soft ? choice : { ...choice, strength: Math.min(choice.strength, DOUBTED) }
  const told = [...(scale.get(best) ?? [])].sort((a, b) => b.weight - a.weight).filter(({ weight }) => weight > 0)
  return {
    domain: best,
    reason: because('label.weighed', [...new Set(told.map(({ seen }) => seen))].slice(0, 3).join('、')),
    strength: WEIGHED,
  }
}

/** Everything that speaks for or against each register. */
function evidenceOf(clauses: readonly Clause[], around: Surroundings, choice: Choice): Scale {
  const scale = new Map<DomainCode, Reason[]>()
  const add = (domain: DomainCode | null | undefined, seen: string, weight: number | undefined): void => {
    if (domain === null || domain === undefined || weight === undefined) return
    scale.set(domain, [...(scale.get(domain) ?? []), { seen, weight }])
  }
  const work = clauses.filter((clause) => clause.kind === 'hard' || clause.kind === 'sanction' || clause.kind === 'case')
  const rest = clauses.filter((clause) => !work.includes(clause) && clause.kind !== 'purpose')
  const main = work.length > 0 ? work : rest
  const said = main.map((clause) => (clause.core.length < 5 ? clause.text : clause.core)).join('，')
  const beside = work.length > 0 ? rest.map((clause) => clause.text).join('，') : ''
  const aim = clauses.flatMap((clause) => (clause.kind === 'purpose' ? [clause.text] : [])).join('，')

  add(choice.domain, choice.reason.zh, VERDICTS[`${choice.reason.rule.slice('label.'.length)}:${choice.strength}`])
  const named = namedIn(said)
  for (const { domain, tier, word } of named) add(domain, word, SIGNALS[`w${tier}`])
  const first = named
    .filter(({ tier }) => tier >= 4)
    .reduce<Named | null>((top, hit) => (top === null || hit.at < top.at ? hit : top), null)
  if (first !== null) add(first.domain, first.word, SIGNALS.first)
  const places = [
    ['h', main[0]?.core ?? ''],
    ['r', beside],
    ['p', aim],
  ] as const
  for (const [place, text] of places) for (const { domain, tier, word } of namedIn(text)) add(domain, word, SIGNALS[`${place}${tier}`])
  add(around.headingDomain, '标题', SIGNALS.heading)
  if (around.before) add(around.before.domain, '前一条', around.before.sameSentence ? SIGNALS.before : SIGNALS.previous)
  add(around.topic, '段首', SIGNALS.topic)
  const told = voteDomain(clauses.map((clause) => clause.addressee ?? '').join('，'))
  if (told !== null && told.tier > 2) add(told.domain, told.word, SIGNALS.addressee)

  const whole = `${said.slice(0, REACH)}|${beside.slice(0, REACH)}`
  for (const [domain, words] of WORDS) for (const { seen, weight } of words) if (whole.includes(seen)) add(domain, seen, weight)
  const marks = [`rule=${choice.domain}`, `head=${around.headingDomain ?? ''}`]
  for (const [domain, leans] of LEANS) for (const { seen, weight } of leans) if (marks.includes(seen)) add(domain, seen, weight)
  return scale
}

interface Named {
  readonly domain: DomainCode
  readonly tier: number
  readonly word: string
  readonly at: number
}

/** Which registers a text names, once for each tier. */
function namedIn(text: string): readonly Named[] {
  if (text === '') return []
  const searched = text.slice(0, REACH)
  const found: readonly Named[] = EVIDENCE.flatMap(({ domain, tier, pattern }) => {
    pattern.lastIndex = 0
    const hit = pattern.exec(searched)
    return hit === null ? [] : [{ domain, tier, word: hit[0], at: hit.index }]
  })
  const earliest = new Map<string, Named>()
  for (const hit of found) {
    const key = `${hit.tier} ${hit.domain}`
    if (hit.at < (earliest.get(key)?.at ?? Number.POSITIVE_INFINITY)) earliest.set(key, hit)
  }
  return [...earliest.values()]
}
