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
  const into = (lang: Lang) => {
    const pieces = piecesOf(template[lang])
    let text = ''
    for (let i = 0; i < pieces.length; i += 1) {
      const piece = pieces[i] ?? ''
      if (i % 2 === 0) {
        text += piece
        continue
      }
      const value = given[piece]
      const said = value === undefined ? `{${piece}}` : spoken(value)
      text += typeof said === 'object' ? said[lang] : said
    }
    return text
  }
  return { zh: into('zh'), en: into('en') }
}
