import type { Area, AreaTree } from '@guatu/kernel'
import { customPinyin, pinyin } from 'pinyin-pro'

/** Places whose names are not read as the dictionary would: the surname 曾 is zeng, a field is chang. */
const READINGS: Readonly<Record<string, string>> = {
  曾口: 'zeng kou',
  曾家: 'zeng jia',
  长池: 'chang chi',
  长赤: 'chang chi',
  长滩: 'chang tan',
  长坪: 'chang ping',
  乐坝: 'le ba',
  乐丰: 'le feng',
  单家: 'shan jia',
  解家: 'xie jia',
  仇家: 'qiu jia',
  任家: 'ren jia',
  区家: 'ou jia',
  朴家: 'piao jia',
  查家: 'zha jia',
  盖家: 'ge jia',
  重石: 'chong shi',
}
customPinyin(READINGS)

interface Entry {
  readonly area: Area
  readonly rank: number
  readonly sound: string
  readonly initials: string
}

const RANK = ['province', 'city', 'county', 'town', 'village', 'grid', 'building', 'unit']
const indexes = new WeakMap<AreaTree, { readonly day: string; readonly entries: readonly Entry[] }>()

function indexOf(tree: AreaTree, day: string): readonly Entry[] {
  const known = indexes.get(tree)
  if (known?.day === day) return known.entries
  const entries = [...tree.asOf(day).nodes()].map((area): Entry => {
    const syllables = pinyin(area.name, { toneType: 'none', type: 'array', nonZh: 'consecutive' }).map((one) => one.toLowerCase())
    return {
      area,
      rank: RANK.indexOf(area.level),
      sound: syllables.join(''),
      initials: syllables.map((one) => one[0] ?? '').join(''),
    }
  })
  indexes.set(tree, { day, entries })
  return entries
}

/** Areas by name, code, pinyin (`zengkou`) or the initials of their pinyin (`zkz`); the closest and the larger first. */
export function searchAreas(tree: AreaTree, day: string, query: string, most: number): readonly Area[] {
  const asked = query
    .trim()
    .toLowerCase()
    .replace(/[\s'’-]+/g, '')
  if (asked === '') return []
  const found: { entry: Entry; score: number }[] = []
  for (const entry of indexOf(tree, day)) {
    const score = closeness(entry, asked)
    if (score >= 0) found.push({ entry, score })
  }
  found.sort((a, b) => a.score - b.score || a.entry.rank - b.entry.rank || a.entry.area.name.length - b.entry.area.name.length)
  return found.slice(0, most).map(({ entry }) => entry.area)
}

function closeness({ area, sound, initials }: Entry, asked: string): number {
  if (area.name === asked || area.code === asked) return 0
  if (area.name.startsWith(asked)) return 1
  if (/^\d+$/.test(asked)) return area.code?.startsWith(asked) ? 2 : -1
  if (sound === asked || initials === asked) return 2
  if (sound.startsWith(asked) || initials.startsWith(asked)) return 3
  return area.name.includes(asked) ? 4 : -1
}
