import type { LabelBox } from '@guatu/analytics/cartogram'

/** Where the map lies on the screen: layout units times `scale`, shifted. */
export interface View {
  readonly scale: number
  readonly x: number
  readonly y: number
}

/** Labels as placed for one zoom. */
export interface PlacedLabels {
  readonly scale: number
  readonly boxes: readonly LabelBox[]
}

export const FONT = '"PingFang SC","Microsoft YaHei","Noto Sans SC","Noto Sans CJK SC",sans-serif'

/** The view in which the whole map, or one shape of it, fills the given pixels. */
export function fit(bounds: readonly [number, number, number, number], width: number, height: number, margin = 16): View {
  const [left, top, right, bottom] = bounds
  const scale = Math.min((width - 2 * margin) / (right - left), (height - 2 * margin) / (bottom - top))
  return { scale, x: width / 2 - ((left + right) / 2) * scale, y: height / 2 - ((top + bottom) / 2) * scale }
}
