import {
  type AreaFact,
  type AreaTree,
  type Clock,
  canonicalText,
  foldAreas,
  no,
  ok,
  type Problem,
  Refused,
  type Result,
  refuse,
  today,
} from '@guatu/kernel'
import { GENESIS, sealed } from '../log/chain.ts'
import type { AreaIndex } from '../log/places.ts'
import type { Runner } from '../log/statements.ts'
import { areaIndex } from './area-index.ts'

/** The facts up to one of them, and what they make. Never changed: a reform makes another one. */
export interface Loaded {
  readonly facts: readonly AreaFact[]
  /** Number and chain hash of the last fact. */
  readonly seq: number
  readonly hash: string
  readonly tree: AreaTree
  readonly index: AreaIndex
  /** Days on which records may have to follow a reform, each with the number of the last fact that says so. */
  readonly reforms: ReadonlyMap<string, number>
}

interface Line {
  readonly seq: number
  readonly fact: AreaFact
  readonly hash: string
}

/** Facts of these kinds leave every record where it is. */
const STAYING: ReadonlySet<AreaFact['kind']> = new Set(['created', 'renamed', 'recoded'])

/** Takes in facts after those that are known. Throws when they contradict each other: then the database was changed by something else. */
export async function loadAfter(run: Runner, clock: Clock, known?: Loaded): Promise<Loaded> {
  const lines = await run.query<Line>('select seq, fact, hash from area_facts where seq > $1 order by seq', [known?.seq ?? 0])
  if (known && lines.length === 0) return known
  const folded = foldAreas([...(known?.facts ?? []), ...lines.map(({ fact }) => fact)])
  if (!folded.ok) throw new Refused(folded.problem)
  return grown(known, lines, folded.value, clock)
}

/** What would be known if these facts were added; their lines are still to be written. */
export function withFacts(
  known: Loaded,
  added: readonly AreaFact[],
  clock: Clock,
): Result<{ readonly next: Loaded; readonly lines: readonly Line[] }> {
  const folded = foldAreas([...known.facts, ...added])
  if (!folded.ok) return no(ofAdded(folded.problem, known.facts, added))
  let { seq, hash } = known
  const lines = added.map((fact) => {
    seq += 1
    hash = sealed(hash, canonicalText(fact))
    return { seq, fact, hash }
  })
  return ok({ next: grown(known, lines, folded.value, clock), lines })
}

function grown(known: Loaded | undefined, lines: readonly Line[], tree: AreaTree, clock: Clock): Loaded {
  const reforms = new Map(known?.reforms)
  for (const { fact, seq } of lines) if (!STAYING.has(fact.kind)) reforms.set(fact.date, seq)
  const last = lines.at(-1)
  return {
    facts: [...(known?.facts ?? []), ...lines.map(({ fact }) => fact)],
    seq: last?.seq ?? known?.seq ?? 0,
    hash: last?.hash ?? known?.hash ?? GENESIS,
    tree,
    index: areaIndex(tree, () => today(clock)),
    reforms,
  }
}

/** Whoever added facts knows them by their place in the own list, and may only have sent them twice. */
function ofAdded(refusal: Problem, before: readonly AreaFact[], added: readonly AreaFact[]): Problem {
  const own = (refusal.problems ?? []).flatMap((one) => {
    const place = Number(one.path?.replace(/^facts\./, '')) - before.length
    return place >= 0 ? [{ ...one, path: `facts.${place}` }] : []
  })
  const rest = { ...refusal, problems: own.length > 0 ? own : (refusal.problems ?? []) }
  const days = new Set(added.map(({ date }) => date))
  const known = new Set(before.filter(({ date }) => days.has(date)).map(canonicalText))
  if (!added.some((fact) => known.has(canonicalText(fact)))) return rest
  return refuse(
    'reform-recorded',
    {
      zh: '这项区划调整（或其中一部分）已经登记过，未作任何改动；请重新查看当前区划。',
      en: 'This reform, or a part of it, is recorded already; nothing was changed. Look at the areas as they are now.',
    },
    { status: 409, problems: rest.problems },
  )
}
