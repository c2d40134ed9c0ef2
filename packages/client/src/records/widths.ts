import type { AnyRecord, Label, Lang } from '@guatu/kernel'

/** Room of one letter, pixels: in a heading, which is bold, and in the tag of a choice. */
const HEADING = { zh: 14, en: 7.4 } as const
const TAG = { zh: 12, en: 6.6 } as const
/** What stands beside the letters, pixels: the edges of the cell, and those of a tag in it. */
const CELL = 18
const TAGGED = 36
/** No heading and no choice takes more; what is longer is cut. */
const MOST = 210

const roomOf = (labels: readonly Label[], letter: typeof TAG | typeof HEADING, beside: number, lang: Lang) =>
  Math.min(MOST, Math.ceil(Math.max(0, ...labels.map((one) => one[lang].length)) * letter[lang]) + beside)

const ofKind = (def: AnyRecord, name: string, lang: Lang): number => {
  const field = def.fields[name]
  // A name is short, a matter is a sentence.
  if (name === def.title) return (field?.limits?.max ?? 200) <= 60 ? 160 : 280
  if (name === 'state') return 90
  if (field?.kind === 'text') return 200
  if (field?.kind === 'unit') return 170
  if (field?.kind === 'list' || field?.kind === 'code') return 170
  if (field?.kind === 'moment' || field?.kind === 'area' || name === 'area') return 140
  if (field?.options) return Math.max(104, roomOf(Object.values(field.options), TAG, TAGGED, lang))
  return 104
}

/**
 * Width of a column, pixels: by what its field is, so that names, texts and choices have the room they need, and never less than its heading.
 * @param own drawn by its screen in its own way
 */
export const widthOf = (def: AnyRecord, name: string, heading: Label, own: boolean, lang: Lang): number =>
  Math.max(own ? 168 : ofKind(def, name, lang), roomOf([heading], HEADING, CELL, lang))
