/** Where the words of a horizontal line may stand without lying across what is drawn. */
import type { Panel } from './panel.ts'

export interface LabelSpot {
  readonly end: 'left' | 'right'
  readonly side: 'above' | 'below'
}

const spots: readonly LabelSpot[] = [
  { end: 'right', side: 'above' },
  { end: 'left', side: 'above' },
  { end: 'right', side: 'below' },
  { end: 'left', side: 'below' },
]

/** Pixels that the words take up from their line on. */
const tall = 18

/** Width of words in pixels, a Chinese letter being as wide as the size. */
export const wideOf = (words: string, size: number): number =>
  [...words].reduce((sum, letter) => sum + (letter > '\u2e80' ? size : 0.55 * size), 0)

/**
 * The first end and side of the line at `value` where the words meet no bar, line or band; null where all are taken.
 *
 * @param step Pixels of one day.
 * @param unit Value of one pixel of height.
 * @param most Top of the axis.
 */
export function labelSpot(panel: Panel, value: number, words: string, step: number, unit: number, most: number): LabelSpot | null {
  const days = panel.layers.reduce((longest, layer) => Math.max(longest, (layer.kind === 'band' ? layer.lower : layer.values).length), 0)
  const reach = Math.min(days, Math.ceil((wideOf(words, 11) + 12) / step) + 1)
  const free = ({ end, side }: LabelSpot) => {
    const [from, to] = end === 'left' ? [0, reach] : [days - reach, days]
    const [low, high] = side === 'above' ? [value, value + tall * unit] : [value - tall * unit, value]
    if (low < 0 || high > most) return false
    for (let day = from; day < to; day += 1) if (panel.layers.some((layer) => covers(layer, day, low, high))) return false
    return true
  }
  return spots.find(free) ?? null
}

/** Whether a layer on a day, and on its way to the next, has anything between two values. */
function covers(layer: Panel['layers'][number], day: number, low: number, high: number): boolean {
  const ends = [day, day + 1]
  const at = (values: readonly (number | null)[]) =>
    ends.map((one) => values[one] ?? null).filter((one): one is number => one !== null && Number.isFinite(one))
  const bottoms = layer.kind === 'band' ? at(layer.lower) : layer.kind === 'bars' ? [0] : at(layer.values)
  const tops = layer.kind === 'band' ? at(layer.upper) : layer.kind === 'bars' ? at(layer.values.slice(0, day + 1)) : at(layer.values)
  if (bottoms.length === 0 || tops.length === 0) return false
  return Math.min(...bottoms) < high && Math.max(...tops) > low
}
