/** Transmission chains over the calendar: every case a dot on its day of onset, chains one below the other. */
import { Drawing, dayLabel, generationColours, ink } from './drawing.ts'

export interface ChainChart {
  readonly title: string
  readonly subtitle: string
  readonly footnote: string
  readonly language: 'zh' | 'en'
  readonly cases: readonly {
    readonly id: string
    readonly day: number
    readonly parent: number | null
    readonly support: number
    readonly generation: number
  }[]
  readonly isoDay: (day: number) => string
}

const [left, right, above, below] = [40, 40, 118, 62]
const NARROW = 980
/** Many cases take the form of a screen, so that nothing shrinks when the picture is fitted to one. */
const SCREEN = { rows: 760, form: 1.55, most: 1600 }
/** Rows beyond which the smaller chains are counted and not drawn. */
const MOST_ROWS = 160
/** A case with so many direct offspring has its name in the picture even where not all names find room. */
const MANY_OFFSPRING = 4

export function chainChart(chart: ChainChart): string {
  const { drawn: cases, chains, left: others } = largestChains(chart.cases)
  const days = cases.map((one) => one.day)
  const [first, last] = [Math.min(...days) - 1, Math.max(...days) + 1]
  const span = last - first || 1
  // A child shares its parent's row only where the two names find room side by side.
  const roughly = Math.max(...layOut(cases, (40 * span) / (NARROW - left - right)), 0) + 1
  const width = roughly * 26 <= SCREEN.rows ? NARROW : Math.min(SCREEN.most, Math.ceil((above + SCREEN.rows + below) * SCREEN.form))
  const perDay = (width - left - right) / span
  const rows = layOut(cases, 40 / perDay)
  const lines = Math.max(...rows, 0) + 1
  const rowHeight = Math.max(5, Math.min(26, SCREEN.rows / lines))
  const height = above + lines * rowHeight + below
  const drawing = new Drawing(width, Math.ceil(height), `${chart.title}. ${chart.subtitle}`)
  const x = (day: number) => left + (day - first) * perDay
  const y = (row: number) => above + (row + 0.5) * rowHeight
  const bottom = height - below + 6
  drawing.text(24, 34, chart.title, { size: 21, weight: 700 })
  drawing.text(24, 57, chart.subtitle, { size: 13, colour: ink.faint })
  legend(drawing, cases, chart.language)
  if (others > 0)
    drawing.text(
      width - 24,
      86,
      chart.language === 'zh'
        ? `只画最大的 ${chains} 条链，其余 ${others} 例未画`
        : `the largest ${chains} chains; ${others} other cases not drawn`,
      { size: 12, colour: ink.faint, anchor: 'end' },
    )
  const stride = [1, 2, 3, 7, 14, 28].find((step) => (step / (last - first)) * (width - left - right) >= 62) ?? 56
  for (let day = first; day <= last; day += 1) {
    if ((last - day) % stride !== 0) continue
    drawing.line(x(day), above - 8, x(day), bottom, ink.grid)
    drawing.text(x(day), bottom + 16, dayLabel(chart.isoDay(day), chart.language), { size: 11, colour: ink.faint, anchor: 'middle' })
  }
  cases.forEach((one, k) => {
    const parent = one.parent === null ? undefined : cases[one.parent]
    if (parent === undefined || one.parent === null) return
    const [x1, y1, x2, y2] = [x(parent.day), y(rows[one.parent] ?? 0), x(one.day), y(rows[k] ?? 0)]
    const bend = x1 + (x2 - x1) * 0.5
    drawing.raw(
      `<path d="M${x1.toFixed(1)} ${y1.toFixed(1)}C${bend.toFixed(1)} ${y1.toFixed(1)} ${bend.toFixed(1)} ${y2.toFixed(1)} ${x2.toFixed(1)} ${y2.toFixed(1)}" fill="none" stroke="${colourOf(one.generation)}" stroke-width="${(0.8 + 2 * one.support).toFixed(2)}" stroke-opacity="${(0.25 + 0.65 * one.support).toFixed(2)}"/>`,
    )
  })
  const radius = Math.max(3, Math.min(6, rowHeight * 0.32))
  const named = namesWithRoom(cases, rows, rowHeight, perDay)
  cases.forEach((one, k) => {
    drawing.circle(x(one.day), y(rows[k] ?? 0), radius, colourOf(one.generation), {
      stroke: ink.paper,
      strokeWidth: 1,
      tip: `${one.id} · ${chart.isoDay(one.day)} · ${one.parent === null ? '—' : `← ${cases[one.parent]?.id ?? ''} ${Math.round(one.support * 100)} %`}`,
    })
    if (named.has(k))
      drawing.text(x(one.day), y(rows[k] ?? 0) - radius - 3, one.id, { size: 9.5, colour: ink.faint, anchor: 'middle', halo: true })
  })
  drawing.footnote(24, Math.ceil(height) - 12, chart.footnote)
  return drawing.toString()
}

const colourOf = (generation: number): string => generationColours[Math.min(generation, generationColours.length - 1)] ?? ink.faint

/** All names where rows are wide enough; else those of many offspring, and of the first of a chain, that stand clear of each other. */
function namesWithRoom(cases: ChainChart['cases'], rows: readonly number[], rowHeight: number, perDay: number): ReadonlySet<number> {
  if (rowHeight >= 13) return new Set(cases.keys())
  const { children } = familiesOf(cases)
  const offspring = (k: number) => children[k]?.length ?? 0
  const wanted = [...cases.keys()]
    .filter((k) => offspring(k) >= MANY_OFFSPRING || (cases[k]?.parent === null && offspring(k) > 0))
    .sort((a, b) => offspring(b) - offspring(a))
  const named = new Set<number>()
  for (const k of wanted) {
    const clear = [...named].every(
      (other) =>
        Math.abs((rows[k] ?? 0) - (rows[other] ?? 0)) * rowHeight > 12 ||
        Math.abs((cases[k]?.day ?? 0) - (cases[other]?.day ?? 0)) * perDay > 48,
    )
    if (clear) named.add(k)
  }
  return named
}

/** Offspring of each case, and the first cases of the chains, those of the larger ones first. */
function familiesOf(cases: ChainChart['cases']) {
  const children = cases.map((): number[] => [])
  const roots: number[] = []
  cases.forEach((one, k) => {
    if (one.parent === null) roots.push(k)
    else children[one.parent]?.push(k)
  })
  const members = (k: number): number[] => [k, ...(children[k] ?? []).flatMap(members)]
  const sizes = new Map(roots.map((root) => [root, members(root).length]))
  roots.sort((a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0) || (cases[a]?.day ?? 0) - (cases[b]?.day ?? 0))
  return { children, roots, members }
}

/** The chains that a picture has room for, the largest first and one at least, with their cases numbered anew. */
function largestChains(cases: ChainChart['cases']) {
  const { children, roots, members } = familiesOf(cases)
  const kept: number[] = []
  let chains = 0
  let leaves = 0
  for (const root of roots) {
    const chain = members(root)
    const own = chain.filter((k) => children[k]?.length === 0).length
    if (chains > 0 && leaves + own > MOST_ROWS) break
    leaves += own
    chains += 1
    kept.push(...chain)
  }
  kept.sort((a, b) => a - b)
  const numbers = new Map(kept.map((k, at) => [k, at]))
  const drawn = kept.flatMap((k) => {
    const one = cases[k]
    return one === undefined ? [] : [{ ...one, parent: one.parent === null ? null : (numbers.get(one.parent) ?? null) }]
  })
  return { drawn, chains, left: cases.length - drawn.length }
}

/**
 * Leaves get rows of their own in order; a case with offspring sits at the row of its first one if there is room. Larger chains come first; at
 * the end cases that stand alone share rows as far as their names allow.
 */
function layOut(cases: ChainChart['cases'], gapDays: number): number[] {
  const { children, roots } = familiesOf(cases)
  const rows = cases.map(() => 0)
  let next = 0
  const place = (k: number): void => {
    const below = [...(children[k] ?? [])].sort((a, b) => (cases[a]?.day ?? 0) - (cases[b]?.day ?? 0))
    rows[k] = next
    if (below.length === 0) {
      next += 1
      return
    }
    const [eldest] = below
    if (eldest !== undefined && (cases[eldest]?.day ?? 0) - (cases[k]?.day ?? 0) < gapDays) next += 1
    for (const child of below) place(child)
  }
  const lone: number[] = []
  for (const root of roots) {
    if (children[root]?.length === 0) lone.push(root)
    else place(root)
  }
  // The newest case of each shared row; they come in order of days.
  const ends: number[] = []
  for (const k of lone) {
    const day = cases[k]?.day ?? 0
    const free = ends.findIndex((end) => day - end >= gapDays)
    const at = free < 0 ? ends.length : free
    ends[at] = day
    rows[k] = next + at
  }
  return rows
}

function legend(drawing: Drawing, cases: ChainChart['cases'], language: 'zh' | 'en'): void {
  const most = Math.min(generationColours.length - 1, Math.max(...cases.map((one) => one.generation)))
  let at = 24
  for (let generation = 0; generation <= most; generation += 1) {
    const more = generation === generationColours.length - 1
    const text =
      generation === 0
        ? language === 'zh'
          ? '输入或来源不明'
          : 'imported or unexplained'
        : language === 'zh'
          ? `第 ${generation} 代${more ? '及以后' : ''}`
          : `generation ${generation}${more ? ' and later' : ''}`
    drawing.circle(at + 6, 82, 6, colourOf(generation))
    drawing.text(at + 17, 86, text, { size: 12, colour: ink.faint })
    at += 36 + [...text].reduce((sum, letter) => sum + (letter > '\u2e80' ? 12 : 6.6), 0)
  }
}
