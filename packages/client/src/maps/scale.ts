/** A sequential scale: few classes, light to dark in one hue, each class with the smallest and the largest value in it. */
export interface ColourScale {
  readonly classes: readonly { readonly from: number; readonly to: number; readonly colour: string }[]
  colourOf(value: number | undefined): string
}

/** One hue, light to dark, safe for colour-blind eyes (lightness alone tells the classes apart). */
const RAMPS = {
  light: ['#e8f1fa', '#c6dcf0', '#9cc3e4', '#6aa5d3', '#3d84bd', '#1f639f', '#0b3f73'],
  dark: ['#17314a', '#1d4a70', '#256596', '#3381b8', '#559fd2', '#86bfe6', '#c4e2f7'],
} as const
const NOTHING = { light: '#f3f5f8', dark: '#1a2c40' } as const

/** Classes by quantiles of what occurs, at most seven; equal values never fall into two classes. */
export function sequentialScale(values: readonly number[], theme: keyof typeof RAMPS, most = 7): ColourScale {
  const positive = values.filter((value) => value > 0).sort((a, b) => a - b)
  const different = new Set(positive)
  // Few values are told apart one by one; many are cut where equally many areas fall on each side.
  const bounds = different.size <= most ? different : new Set<number>()
  for (let i = 1; i <= most && bounds !== different; i += 1) {
    const at = positive[Math.min(positive.length - 1, Math.ceil((positive.length * i) / most) - 1)]
    if (at !== undefined) bounds.add(at)
  }
  const uppers = [...bounds]
  const ramp = RAMPS[theme]
  const colourAt = (i: number) =>
    ramp[uppers.length === 1 ? 4 : Math.round((i * (ramp.length - 1)) / Math.max(1, uppers.length - 1))] ?? ramp[0]
  return {
    classes: uppers.map((to, i) => ({ from: positive.find((value) => value > (uppers[i - 1] ?? 0)) ?? to, to, colour: colourAt(i) })),
    colourOf: (value) => {
      if (value === undefined || value <= 0) return NOTHING[theme]
      const i = uppers.findIndex((upper) => value <= upper)
      return colourAt(i < 0 ? uppers.length - 1 : i)
    },
  }
}
