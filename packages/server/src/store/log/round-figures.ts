import { type Action, dayMs, type Fields } from '@guatu/kernel'
import { type MeasureSeries, readSeries } from '../tallies/board.ts'
import type { Runner } from './statements.ts'

/** Figures of one area and day that an act is judged by. */
export interface AskedFigures {
  readonly indicators: readonly string[]
  readonly area: string
  readonly day: string
}

/** What an act asks for; undefined where it names no area or day. */
export function askedOf(action: Action<Fields, string> | undefined, fields: Readonly<Record<string, unknown>>): AskedFigures | undefined {
  if (!action?.figures) return undefined
  const { of, on, indicators } = action.figures
  const [area, day] = [fields[of], fields[on]]
  return typeof area === 'string' && typeof day === 'string' && dayMs(day) !== undefined ? { indicators, area, day } : undefined
}

/** What is stored of the figures that the acts of one round ask for: one question for each day and set of indicators, when the first wants it. */
export class RoundFigures {
  readonly #areas = new Map<string, Set<string>>()
  readonly #asked = new Map<string, Promise<ReadonlyMap<string, readonly MeasureSeries[]>>>()

  constructor(all: Iterable<AskedFigures>) {
    for (const one of all) {
      const areas = this.#areas.get(keyOf(one)) ?? new Set()
      this.#areas.set(keyOf(one), areas.add(one.area))
    }
  }

  /** Undefined for what no act of the round names before it is decided. */
  async of(run: Runner, one: AskedFigures): Promise<readonly MeasureSeries[] | undefined> {
    const areas = this.#areas.get(keyOf(one))
    if (!areas?.has(one.area)) return undefined
    const asked =
      this.#asked.get(keyOf(one)) ??
      readSeries(run, one.indicators, [...areas], one.day, 1).then((series) => Map.groupBy(series, ({ area }) => area))
    this.#asked.set(keyOf(one), asked)
    return (await asked).get(one.area)
  }
}

const keyOf = ({ indicators, day }: AskedFigures) => JSON.stringify([day, indicators])
