import type { Clause } from './clause.ts'
import { voteDomain } from './domain.ts'
import { DOMAINS } from './lexicon/domains.ts'
import { REGISTER_SIGNS, REGISTER_WORDS } from './lexicon/registers.ts'
import type { Choice, Surroundings } from './register.ts'
import { because } from './rules.ts'
import type { DomainCode } from './types.ts'

/** Longest stretch that is searched for words. */
const REACH = 600
/** No directive of a person has more clauses. */
const LONGEST = 80
/** What words beside the work and in its purpose count against words of the work itself. */
const BESIDE = 0.5
const AIM = 0.3

/** Below this share no register leads. */
const SPLIT = 0.4

/** What one sign says of one register. */
interface Say {
  readonly domain: DomainCode
  readonly weight: number
}

const table = (rows: Readonly<Partial<Record<DomainCode, string>>>): ReadonlyMap<string, readonly Say[]> => {
  const out = new Map<string, Say[]>()
  for (const { code } of DOMAINS) {
    const words = (rows[code] ?? '').split(' ')
    for (let k = 0; k + 1 < words.length; k += 2) {
      const seen = words[k] ?? ''
      out.set(seen, [...(out.get(seen) ?? []), { domain: code, weight: Number(words[k + 1]) }])
    }
  }
  return out
}
const WORDS = table(REGISTER_WORDS)
const SIGNS = table(REGISTER_SIGNS)

/** One reason for a register: what was seen and its weight. */
interface Reason {
  readonly seen: string
  readonly weight: number
}

/**
 * All that speaks for each register is added up: the rules' choice and how sure they are, where which evidence stands, heading, the
 * directive before, pairs and triples of characters. The register that leads is taken, whatever the rules chose. `strength` is
 * the share of the register among all, 0 to 1: on texts left out about as many of the labels hold.
 */
export function weigh(all: readonly Clause[], around: Surroundings, soft: boolean, choice: Choice): Choice {
  const clauses = all.slice(0, LONGEST)
  const totals = new Map<DomainCode, number>(DOMAINS.map(({ code }) => [code, 0]))
  const told = new Map<DomainCode, Reason[]>()
  const add = (says: readonly Say[] | undefined, seen: string | null, factor: number): void => {
    for (const { domain, weight } of says ?? []) {
      totals.set(domain, (totals.get(domain) ?? 0) + weight * factor)
      if (seen !== null && weight > 0) told.set(domain, [...(told.get(domain) ?? []), { seen, weight: weight * factor }])
    }
  }
  for (const sign of ['bias', ...signsOf(clauses, around, soft, choice)]) add(SIGNS.get(sign), null, 1)
  for (const [word, factor] of wordsOf(clauses)) add(WORDS.get(word), word, factor)

  let best = choice.domain
  for (const [domain, total] of totals) if (total > (totals.get(best) ?? 0)) best = domain
  const top = totals.get(best) ?? 0
  const sum = [...totals.values()].reduce((each, total) => each + Math.exp(total - top), 0)
  const strength = 1 / sum
  // What a plain object names is not outvoted by words that say little themselves.
  const kept = choice.strength >= 0.75 && strength < SPLIT
  if (best === choice.domain || kept) return { ...choice, strength: strength * Math.exp((totals.get(choice.domain) ?? 0) - top) }
  const words: string[] = []
  for (const { seen } of (told.get(best) ?? []).sort((a, b) => b.weight - a.weight))
    if (words.length < 3 && ![...seen].some((char) => words.join('').includes(char))) words.push(seen)
  return { domain: best, reason: because('label.weighed', words.join('、')), strength }
}

const isWork = ({ kind }: Clause): boolean => kind === 'hard' || kind === 'sanction' || kind === 'case'

/** The clauses of the work, beside it and of its purpose; where no clause is work, all but the purpose count as it. */
function parted(clauses: readonly Clause[]): { readonly work: readonly Clause[]; readonly beside: readonly Clause[] } {
  const work = clauses.filter(isWork)
  // What conditions the work or opens it in general words names no object of it.
  const bare = work.length > 0 ? ['purpose', 'condition', 'soft'] : ['purpose']
  const beside = clauses.filter((clause) => !isWork(clause) && !bare.includes(clause.kind))
  return work.length > 0 ? { work, beside } : { work: beside, beside: [] }
}

/** Pairs and triples of neighbouring characters with what each counts: the place of the highest count decides. */
function wordsOf(clauses: readonly Clause[]): ReadonlyMap<string, number> {
  const { work, beside } = parted(clauses)
  const aim = clauses.filter(({ kind }) => kind === 'purpose')
  const out = new Map<string, number>()
  for (const [part, factor] of [
    [aim, AIM],
    [beside, BESIDE],
    [work, 1],
  ] as const) {
    const said = part.map(({ core, text }) => (core.length < 5 ? text : core)).join('，')
    for (const piece of piecesOf(said.slice(0, REACH), [2, 3])) out.set(piece, factor)
  }
  return out
}

/** Every stretch of so many characters that no punctuation breaks. */
const piecesOf = (text: string, lengths: readonly number[]): readonly string[] =>
  (text.match(/[^，、。；：？！“”‘’《》（）()\s,.;:!?]+/g) ?? []).flatMap((run) =>
    lengths.flatMap((length) => Array.from({ length: Math.max(0, run.length - length + 1) }, (_, at) => run.slice(at, at + length))),
  )

function signsOf(clauses: readonly Clause[], around: Surroundings, soft: boolean, choice: Choice): readonly string[] {
  const { domain, reason, strength } = choice
  const { before, headingDomain, topic } = around
  const sure = strength >= 0.9 ? 'high' : strength >= 0.7 ? 'middle' : 'low'
  const signs = [
    `choice:${domain}`,
    `rule:${domain}:${reason.rule.slice('label.'.length)}`,
    `sure:${domain}:${sure}`,
    `heading:${headingDomain ?? 'none'}`,
    `before:${before ? `${before.domain}:${before.sameSentence ? 'same' : 'line'}` : 'none'}`,
    `soft:${soft ? 'yes' : 'no'}`,
  ]
  if (topic) signs.push(`topic:${topic}`)
  const named = (place: string, text: string): void => {
    const vote = text === '' ? null : voteDomain(text.slice(0, REACH))
    if (vote !== null) signs.push(`${place}:${vote.domain}:${vote.tier}`)
  }
  for (const [k, clause] of clauses.filter(isWork).entries()) named(k === 0 ? 'first' : 'later', clause.core)
  for (const clause of clauses) if (!isWork(clause) && clause.kind !== 'purpose') named('beside', clause.core)
  named('aim', clauses.flatMap(({ kind, core, text }) => (kind === 'purpose' ? [core.length < 5 ? text : core] : [])).join('，'))
  const told = clauses.find(({ addressee }) => addressee !== null)?.addressee ?? null
  if (told !== null) signs.push('told:yes', ...piecesOf(told, [2]).map((piece) => `told:${piece}`))
  return [...new Set(signs)]
}
