import { fullDayWords } from '../kinds/day-words.ts'
import type { Label, Lang } from '../label.ts'

/** Texts whose placeholders are known; the texts of definitions are few, and come again with every act. */
const MOST_CUT = 2_000
const cut = new Map<string, readonly string[]>()

/** A text cut at its placeholders: what stands between them, and every second time the name of one. */
function piecesOf(text: string): readonly string[] {
  const known = cut.get(text)
  if (known) return known
  const pieces = text.split(/\{(\w+)\}/)
  if (cut.size >= MOST_CUT) cut.clear()
  cut.set(text, pieces)
  return pieces
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** What stands in a sentence for a value: days are written as people write them. */
const spoken = (value: string | number | Label): string | number | Label =>
  typeof value === 'string' && value.length === 10 && DAY.test(value) ? fullDayWords(value) : value

/** Fills `{name}` placeholders in both languages; a value that is itself a label, or a day `2020-02-14`, speaks the language of its sentence. */
export function fill(template: Label, given: Readonly<Record<string, string | number | Label>>): Label {
  const values: typeof given = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, spoken(value)]))
  const into = (lang: Lang) => {
    let text = ''
    for (const [i, piece] of piecesOf(template[lang]).entries()) {
      if (i % 2 === 0) {
        text += piece
        continue
      }
      const value = values[piece]
      text += value === undefined ? `{${piece}}` : typeof value === 'object' ? value[lang] : value
    }
    return text
  }
  return { zh: into('zh'), en: into('en') }
}
