import type { Label } from '@guatu/kernel'

const label = (zh: string, en: string): Label => ({ zh, en })

/** One question of the day about the people under observation, as a filter of their list. */
export interface Question {
  readonly key: string
  readonly label: Label
  readonly filters: Readonly<Record<string, string>>
  /** Every one of them is an alarm. */
  readonly alarm?: boolean
  /** Indicator under which the same people stand in the books of every day; without it the answer is known only as it is now. */
  readonly books?: string
}

const OBSERVED = 'watching,absent'

/** The questions a town officer asks, in the order of the columns. Before its time the evening is not asked for. */
export function questions(today: string, evening: boolean): readonly Question[] {
  return [
    { key: 'observed', label: label('正在观察', 'Under observation'), filters: { state: OBSERVED }, books: 'monitoring.observed' },
    { key: 'morning', label: label('上午未测', 'Morning not read'), filters: { state: OBSERVED, 'dueMorning.to': today } },
    ...(evening
      ? [{ key: 'evening', label: label('下午未测', 'Evening not read'), filters: { state: OBSERVED, 'dueEvening.to': today } }]
      : []),
    {
      key: 'release',
      label: label('到期待解除', 'Due for release'),
      filters: { state: 'watching', 'until.to': today },
      books: 'monitoring.dueForRelease',
    },
    {
      key: 'signs',
      label: label('发热或症状', 'Fever or signs'),
      filters: { state: OBSERVED, alarm: 'true' },
      alarm: true,
      books: 'monitoring.signs',
    },
    {
      key: 'lost',
      label: label('失访', 'Lost contact'),
      filters: { state: OBSERVED, lost: 'true' },
      alarm: true,
      books: 'monitoring.lost',
    },
    {
      key: 'absent',
      label: label('擅自离开', 'Left without leave'),
      filters: { state: 'absent' },
      alarm: true,
      books: 'monitoring.absent',
    },
    { key: 'doubt', label: label('疑似照抄', 'Look copied'), filters: { state: OBSERVED, doubt: 'true' }, books: 'monitoring.doubtful' },
    { key: 'unserved', label: label('告知书未签收', 'Notice not signed'), filters: { state: OBSERVED, servedOn: 'none' } },
    { key: 'unlodged', label: label('待安排房间', 'No room yet'), filters: { state: OBSERVED, kind: 'central', site: 'none' } },
    { key: 'unassigned', label: label('无责任人', 'No worker'), filters: { state: OBSERVED, worker: 'none' } },
  ]
}

export interface Counted {
  readonly values: Readonly<Record<string, string | number | boolean | null>>
  readonly count: number
}

export interface Line {
  readonly area: string
  readonly counts: Readonly<Record<string, number>>
}

/**
 * Counts by the areas directly below one: a town's by its villages, a county's by its towns; what stands in the area itself keeps a
 * line of its own.
 * @param rowOf the area of the table in which a village's figures are shown
 */
export function linesOf(answers: Readonly<Record<string, readonly Counted[]>>, rowOf: (area: string) => string): readonly Line[] {
  const lines = new Map<string, Record<string, number>>()
  for (const [key, groups] of Object.entries(answers)) {
    for (const { values, count } of groups) {
      const area = rowOf(String(values.area ?? ''))
      const line = lines.get(area) ?? {}
      line[key] = (line[key] ?? 0) + count
      lines.set(area, line)
    }
  }
  return [...lines].map(([area, counts]) => ({ area, counts }))
}

/** A question that the books of every day answer. */
export type InBooks = Question & { readonly books: string }

/** What the books answer of any day, and what is known only as it is now. */
export function byBooks(asked: readonly Question[]): { readonly past: readonly InBooks[]; readonly onlyNow: readonly Question[] } {
  return {
    past: asked.flatMap((one) => (one.books === undefined ? [] : [{ ...one, books: one.books }])),
    onlyNow: asked.filter((one) => one.books === undefined),
  }
}

export interface Stock {
  readonly indicator: string
  readonly area: string
  readonly days: readonly { readonly stock: number }[]
}

/**
 * The lines of a day that is over, from the books: the areas directly below the place, and what stands in the place itself.
 * @param series the place and the areas directly below it, one day each
 */
export function linesOfBooks(series: readonly Stock[], place: string, asked: readonly InBooks[]): readonly Line[] {
  const lines = new Map<string, Record<string, number>>()
  const add = (area: string, key: string, n: number) => lines.set(area, { ...lines.get(area), [key]: (lines.get(area)?.[key] ?? 0) + n })
  for (const { indicator, area, days } of series) {
    const n = days.at(-1)?.stock ?? 0
    for (const { key, books } of asked) {
      if (books !== indicator || n === 0) continue
      add(place, key, area === place ? n : -n)
      if (area !== place) add(area, key, n)
    }
  }
  return [...lines].map(([area, counts]) => ({ area, counts })).filter(({ counts }) => Object.values(counts).some((n) => n !== 0))
}
