/** A piece of words: plain words, or the place of a frozen figure, which is written `{name}`. */
export type Piece = { readonly text: string } | { readonly figure: string }

/** Tells which names in braces are places of figures; other braces are words. */
export type IsFigure = (name: string) => boolean

/** Cuts words at their figures. */
export function cutAtFigures(words: string, isFigure: IsFigure): readonly Piece[] {
  return words.split(/(\{\w+\})/).flatMap((part): Piece[] => {
    if (part === '') return []
    const name = /^\{(\w+)\}$/.exec(part)?.[1]
    return [name === undefined || !isFigure(name) ? { text: part } : { figure: name }]
  })
}

export const figuresOf = (words: string, isFigure: IsFigure): readonly string[] =>
  cutAtFigures(words, isFigure).flatMap((piece) => ('figure' in piece ? [piece.figure] : []))

/**
 * Do the figures of a paragraph stand in these words as they were frozen: all of them, each once, in their order? Only the paragraph as a
 * whole may go: then no words stand there either, and nobody can write a number where a figure was.
 */
export function keepsFigures(figures: readonly string[], before: string, after: string, isFigure: IsFigure): boolean {
  if (before === after || after.trim() === '') return true
  const standing = figuresOf(after, isFigure).join()
  return standing === figures.join() || (before.trim() !== '' && standing === figuresOf(before, isFigure).join())
}

/**
 * The words with the figures that are missing put back, each behind the one it was frozen behind, or at the beginning.
 * @param named a figure's place with its name before it, in the language of the words
 */
export function withFigures(
  figures: readonly string[],
  words: string,
  { named, comma }: { readonly named: (id: string, place: string) => string; readonly comma: string },
): string {
  const there = new Set(figuresOf(words, (name) => figures.includes(name)))
  let out = words
  let behind = 0
  for (const id of figures) {
    const place = `{${id}}`
    if (!there.has(id)) out = `${out.slice(0, behind)}${behind > 0 ? comma : ''}${named(id, place)}${out.slice(behind)}`
    const at = out.indexOf(place, behind)
    if (at >= 0) behind = at + place.length
  }
  return out
}
