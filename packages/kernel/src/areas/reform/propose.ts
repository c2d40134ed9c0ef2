import { type Label, label } from '../../label.ts'
import { fill } from '../../words/fill.ts'
import type { AreaLevel } from '../level.ts'
import type { Vintage, VintageRow } from '../vintage.ts'
import { EVIDENCE } from './evidence.ts'
import { flowsOf, type Heir, Matching, reversed, type SoundOf } from './matching.ts'
import { scopes } from './scopes.ts'
import { divideAmongHeirs, linkCounties, linkTowns, linkUpperLevels } from './towns.ts'
import { findHeirs } from './vanished.ts'
import { anchorVillages, followTowns } from './villages.ts'

export interface ReformHeir {
  readonly code: string
  readonly name: string
  /** Share of the old area = parts / sum of parts. */
  readonly parts: number
}

/**
 * One decision for a person. `renamed`, `recoded` and `moved` continue an area (the name changed; only the code did; only the place in the
 * tree did, perhaps with the code). `merged`: areas end and go over whole into one. `split`: one area ends and goes over to several.
 * `created`: an area without a whole predecessor. `abolished`: an area without an heir.
 */
export interface ReformProposal {
  readonly id: string
  readonly kind: 'renamed' | 'recoded' | 'moved' | 'merged' | 'split' | 'created' | 'abolished'
  readonly level: AreaLevel
  /** The old areas it is about. */
  readonly from: readonly VintageRow[]
  readonly to: readonly ReformHeir[]
  /** The new line: what the area becomes (continuing), or what is founded (`merged` into a new area, `created`). */
  readonly becomes: VintageRow | null
  /** Whether `becomes` is a new area. */
  readonly founds: boolean
  /** 0 to 1: orders the work of the person who confirms; no probability. */
  readonly confidence: number
  readonly reasons: readonly Label[]
}

export interface Reform {
  readonly proposals: readonly ReformProposal[]
  /** New code → old code of every area that lives on, changed or not. */
  readonly continues: ReadonlyMap<string, string>
}

export interface ReformOptions {
  /** Lets same-sounding names be matched (甘沟 → 干沟), e.g. pinyin without tones. */
  readonly soundOf?: SoundOf
}

const COUNTS = label('{from}的{all}个村中有{count}个对应到{to}', '{count} of the {all} villages of {from} correspond to {to}')

/**
 * Compares two lists and proposes, city by city, the dated facts that lead from the first to the second. Applying all proposals gives
 * exactly the second list (`factsOfReform`). The same lists always give the same proposals.
 */
export function proposeReform(old: Vintage, next: Vintage, { soundOf }: ReformOptions = {}): Reform {
  const proposals: ReformProposal[] = []
  const continues = new Map<string, string>()
  for (const [oldRows, newRows] of scopes(old.rows, next.rows)) {
    const matching = new Matching(oldRows, newRows, soundOf)
    linkUpperLevels(matching)
    anchorVillages(matching)
    linkTowns(matching)
    linkCounties(matching)
    followTowns(matching)
    findHeirs(matching)
    divideAmongHeirs(matching)
    proposals.push(...proposalsOf(matching))
    for (const [code, link] of matching.byNew) continues.set(code, link.old.code)
  }
  return { proposals, continues }
}

const LEVELS = ['province', 'city', 'county', 'town', 'village'] as const
const heirOf = ({ next, parts }: Heir): ReformHeir => ({ code: next.code, name: next.name, parts })

const FOUNDED = label('由以下各处的村组成：{from}', 'made of villages of: {from}')

function* proposalsOf(matching: Matching): Generator<ReformProposal> {
  const sources = reversed(flowsOf(matching, 'village', false))
  const parentNow = (code: string | null) => {
    if (code === null) return null
    // A province is compared apart from its cities: its code stands for itself.
    return matching.byOld.get(code)?.next.code ?? (matching.old.byCode.has(code) ? null : code)
  }
  for (const level of LEVELS) {
    const whole = new Map<VintageRow, { row: VintageRow; heir: Heir }[]>()
    for (const row of matching.old.level(level)) {
      const link = matching.byOld.get(row.code)
      if (link !== undefined) {
        const { next, evidence } = link
        const moved = parentNow(row.parent) !== next.parent
        if (row.name === next.name && row.code === next.code && !moved) continue
        const kind = row.name !== next.name ? 'renamed' : moved ? 'moved' : 'recoded'
        const to = [{ code: next.code, name: next.name, parts: 1 }]
        yield {
          id: `${kind}:${row.code}`,
          kind,
          level,
          from: [row],
          to,
          becomes: next,
          founds: false,
          confidence: evidence.confidence,
          reasons: [evidence.reason],
        }
        continue
      }
      const heirs = matching.heirs.get(row.code) ?? []
      const [heir, second] = heirs
      if (heir === undefined) {
        const { confidence, reason } = EVIDENCE.gone
        yield {
          id: `abolished:${row.code}`,
          kind: 'abolished',
          level,
          from: [row],
          to: [],
          becomes: null,
          founds: false,
          confidence,
          reasons: [reason],
        }
      } else if (second === undefined) {
        const list = whole.get(heir.next) ?? []
        list.push({ row, heir })
        whole.set(heir.next, list)
      } else {
        const reasons = [heir.evidence.reason, ...heirs.map((one) => counted(matching, row, one))]
        const id = `split:${row.code}`
        yield {
          id,
          kind: 'split',
          level,
          from: [row],
          to: heirs.map(heirOf),
          becomes: null,
          founds: false,
          confidence: heir.evidence.confidence,
          reasons,
        }
      }
    }
    for (const [next, all] of whole) {
      const founds = !matching.byNew.has(next.code)
      const reasons = [...new Set(all.map(({ heir }) => heir.evidence.reason))]
      if (level !== 'village') reasons.push(...all.map(({ row, heir }) => counted(matching, row, heir)))
      const confidence = Math.min(...all.map(({ heir }) => heir.evidence.confidence))
      const from = all.map(({ row }) => row)
      const to = [{ code: next.code, name: next.name, parts: 1 }]
      yield { id: `merged:${next.code}`, kind: 'merged', level, from, to, becomes: founds ? next : null, founds, confidence, reasons }
    }
    for (const next of matching.next.level(level)) {
      if (matching.byNew.has(next.code) || whole.has(next)) continue
      const from = [...(sources.get(next.code) ?? [])].map(([code, count]) => `${matching.old.byCode.get(code)?.name ?? code} ${count}`)
      const { confidence, reason } = from.length > 0 ? EVIDENCE.villagesMoved : EVIDENCE.fresh
      const reasons = from.length > 0 ? [reason, fill(FOUNDED, { from: from.join('、') })] : [reason]
      yield { id: `created:${next.code}`, kind: 'created', level, from: [], to: [], becomes: next, founds: true, confidence, reasons }
    }
  }
}

function counted(matching: Matching, row: VintageRow, { next, parts }: Heir): Label {
  return fill(COUNTS, { from: row.name, to: next.name, count: parts, all: matching.old.kids(row.code).length })
}
