import type { Registry } from '@guatu/kernel'
import type { Database } from '../database/index.ts'
import type { OwnWriting } from './own-writing.ts'
import { type LogLine, linesBetween } from './pages.ts'
import type { Receipt } from './receipt.ts'
import { readStates, sqlOf } from './state-rows.ts'
import type { Runner } from './statements.ts'

/** How old what is known of other processes may be when a request is answered, milliseconds. */
const FRESH_MS = 1_000
/** Events read at a time. */
const PAGE = 1_000

type Listener = (receipts: readonly Receipt[]) => void

/** What other processes do on the same database. Nothing is asked of it by itself: whoever needs to know looks. */
export interface Elsewhere {
  /** Learns what others confirmed and set, and tells those who listen what others wrote, each event once. */
  look(): Promise<void>
  /** Learns what others confirmed and set; undefined where that is known well enough. */
  fresh(): Promise<void> | undefined
  /** Called with what others wrote since the first look. The states are those of now; what of an event is sealed stays sealed. */
  onWritten(listener: Listener): () => void
}

/**
 * One question for the last turn tells whether another process had one since; only then it is asked what there is to `learn`, and the chains for
 * the events of others.
 */
export function openElsewhere(
  db: Database<unknown>,
  registry: Registry,
  own: OwnWriting,
  learn: (run: Runner) => Promise<void>,
): Elsewhere {
  const listeners = new Set<Listener>()
  let seen: number | undefined
  let asked = Number.NEGATIVE_INFINITY
  /** Another process had a turn, and what it wrote has not been told. */
  let owed = false
  /** Up to where the chain of each county is told or our own; undefined before the first look. */
  let told: Map<string, number> | undefined

  const learnNow = async () => {
    const at = performance.now()
    const [row] = await db.read<{ taken: number }>('select taken from turns where one')
    const taken = row?.taken ?? 0
    if (seen === undefined || !own.tookAll(seen, taken)) {
      await learn(db)
      owed = true
    }
    seen = taken
    asked = at
  }
  let learning: Promise<void> | undefined
  const learnOnce = () => {
    learning ??= learnNow().finally(() => {
      learning = undefined
    })
    return learning
  }

  const receiptsOf = async (lines: readonly LogLine[]): Promise<readonly Receipt[]> => {
    const ids = new Map<string, Set<string>>()
    for (const { stored } of lines) ids.set(stored.record, (ids.get(stored.record) ?? new Set()).add(stored.recordId))
    const states = new Map<string, Receipt['state']>()
    for (const [record, some] of ids) {
      const def = registry.records.get(record)
      if (!def) continue
      for (const [id, state] of await readStates(db, sqlOf(def), [...some])) states.set(`${record}/${id}`, state)
    }
    return lines.flatMap(({ stored }) => {
      const state = states.get(`${stored.record}/${stored.recordId}`)
      return state ? [{ event: stored, state, repeated: false }] : []
    })
  }

  const tellAll = async (known: Map<string, number>, heads: readonly { readonly county: string; readonly seq: number }[]) => {
    for (const { county, seq } of heads) {
      const { gaps, upTo } = own.others(county, known.get(county) ?? 0, seq)
      for (const gap of gaps)
        for (let from = gap.from; from <= gap.to; from += PAGE) {
          const to = Math.min(gap.to, from + PAGE - 1)
          const receipts = await receiptsOf(await linesBetween(db, county, from, to))
          known.set(county, to)
          if (receipts.length > 0) for (const listener of listeners) listener(receipts)
        }
      known.set(county, upTo)
      if (upTo < seq) owed = true
    }
  }
  const tellNow = async () => {
    if (!owed || listeners.size === 0) return
    owed = false
    try {
      const heads = await db.query<{ county: string; seq: number }>('select county, seq from chains')
      if (told) await tellAll(told, heads)
      else told = new Map(heads.map(({ county, seq }) => [county, seq]))
    } catch (error) {
      owed = true
      throw error
    }
  }
  let looking: Promise<void> | undefined
  return {
    look: () => {
      looking ??= learnOnce()
        .then(tellNow)
        .finally(() => {
          looking = undefined
        })
      return looking
    },
    fresh: () => (performance.now() - asked < FRESH_MS ? undefined : learnOnce()),
    onWritten: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
