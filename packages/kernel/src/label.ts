/** A name in both languages. Chinese is the language of the office, English is complete. */
export interface Label {
  readonly zh: string
  readonly en: string
}
export type Lang = keyof Label

export const label = (zh: string, en: string): Label => ({ zh, en })

/** A number with its noun in English, where one of a thing is not some of it: “1 reminder”, “2 reminders”, “2 people”. */
export const counted = (n: number, one: string, some = `${one}s`): string => `${n} ${n === 1 ? one : some}`

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

/** Fills `{name}` placeholders in both languages; a value that is itself a label speaks the language of its sentence. */
export function fill(template: Label, values: Readonly<Record<string, string | number | Label>>): Label {
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
