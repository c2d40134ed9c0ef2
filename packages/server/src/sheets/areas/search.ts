import type { Area, AreaTree } from '@guatu/kernel'
import { type Sounds, soundsLike, soundsOf, typedSound } from '../../store/query/sounds.ts'

interface Entry {
  readonly area: Area
  /** Its name, or one of its short names. */
  readonly name: string
  readonly rank: number
  readonly sounds: Sounds
}

const RANK = ['province', 'city', 'county', 'town', 'village', 'grid', 'building', 'unit']
const indexes = new WeakMap<AreaTree, { readonly day: string; readonly entries: readonly Entry[] }>()

function indexOf(tree: AreaTree, day: string): readonly Entry[] {
  const known = indexes.get(tree)
  if (known?.day === day) return known.entries
  const entries = [...tree.asOf(day).nodes()].flatMap((area) =>
    [area.name, ...(area.aliases ?? [])].map((name): Entry => ({ area, name, rank: RANK.indexOf(area.level), sounds: soundsOf(name) })),
  )
  indexes.set(tree, { day, entries })
  return entries
}

/** Areas by name, code, pinyin (`zengkou`) or the initials of their pinyin (`zkz`); the closest and the larger first. */
export function searchAreas(tree: AreaTree, day: string, query: string, most: number): readonly Area[] {
  const asked = typedSound(query)
  if (asked === '') return []
  const found: { entry: Entry; score: number }[] = []
  for (const entry of indexOf(tree, day)) {
    const score = closeness(entry, asked)
    if (score >= 0) found.push({ entry, score })
  }
  found.sort((a, b) => a.score - b.score || a.entry.rank - b.entry.rank || a.entry.name.length - b.entry.name.length)
  return [...new Set(found.map(({ entry }) => entry.area))].slice(0, most)
}

function closeness({ area, name, sounds }: Entry, asked: string): number {
  if (name === asked || area.code === asked) return 0
  if (name.startsWith(asked)) return 1
  if (/^\d+$/.test(asked)) return area.code?.startsWith(asked) ? 2 : -1
  const near = soundsLike(sounds, asked)
  if (near === 'whole') return 2
  if (near === 'start') return 3
  return name.includes(asked) ? 4 : -1
}
