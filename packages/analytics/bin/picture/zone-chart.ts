/** Risk classes: one coloured bar a line, with the reasons beside it; long lists of days run together to spells. */
import { Drawing, ink } from './drawing.ts'

export interface ZoneChart {
  readonly title: string
  readonly subtitle: string
  readonly footnote: string
  readonly classes: readonly { readonly id: string; readonly name: string; readonly rank: number }[]
  readonly lines: readonly { readonly label: string; readonly zone: string | null; readonly words: string }[]
}

const width = 980
const rowHeight = 34
const above = 92
// From green over yellow and orange to red, by rank; grey where nothing can be decided.
const colours = ['#2e8b57', '#e0b93a', '#d98218', '#c0392b']
const undecided = '#a9b4bf'

interface Spell {
  readonly first: string
  last: string
  readonly zone: string | null
  words: string
  lines: number
}

/** Neighbouring lines of one class become one. */
function spellsOf(lines: ZoneChart['lines']): Spell[] {
  const spells: Spell[] = []
  for (const { label, zone, words } of lines) {
    const before = spells.at(-1)
    if (before !== undefined && before.zone === zone && /^\d{4}-/.test(label)) {
      before.last = label
      before.lines += 1
    } else spells.push({ first: label, last: label, zone, words, lines: 1 })
  }
  return spells
}

/** Words that fit a width; the rest is cut with an ellipsis. */
function fitted(words: string, room: number, size: number): string {
  let used = 0
  let text = ''
  for (const letter of words) {
    used += letter > '\u2e80' ? size : size * 0.56
    if (used > room) return `${text}…`
    text += letter
  }
  return text
}

export function zoneChart(chart: ZoneChart): string {
  const spells = spellsOf(chart.lines)
  const height = above + spells.length * rowHeight + 44
  const drawing = new Drawing(width, height, `${chart.title}. ${chart.subtitle}`)
  drawing.text(24, 34, chart.title, { size: 21, weight: 700 })
  drawing.text(24, 57, chart.subtitle, { size: 13, colour: ink.faint })
  const ranks = [...chart.classes].sort((a, b) => a.rank - b.rank)
  spells.forEach((spell, k) => {
    const y = above + k * rowHeight
    const at = ranks.findIndex((zone) => zone.id === spell.zone)
    // The mildest class is green and the strictest red, however many there are.
    const tone = at < 0 ? undecided : (colours[Math.round((at * (colours.length - 1)) / Math.max(1, ranks.length - 1))] ?? undecided)
    const days = spell.first === spell.last ? spell.first : `${spell.first} – ${spell.last}`
    drawing.text(24, y + 18, fitted(days, 176, 12.5), { size: 12.5 })
    drawing.rect(206, y + 3, 128, 22, tone)
    drawing.text(270, y + 18, at < 0 ? '?' : (ranks[at]?.name ?? ''), { size: 12.5, colour: ink.paper, anchor: 'middle', weight: 700 })
    drawing.text(346, y + 18, fitted(spell.words, width - 346 - 24, 11.5), { size: 11.5, colour: ink.faint })
  })
  drawing.footnote(24, height - 14, chart.footnote)
  return drawing.toString()
}
