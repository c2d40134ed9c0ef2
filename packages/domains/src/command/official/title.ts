/** Characters of size 2 that fit on a line, with a margin at both sides. */
const TITLE_CHARACTERS = 19

/** A long title stands on several lines of about the same length, broken where words may be broken (梯形 or 菱形, no lone ends). */
export function titleLines(title: string, lang: 'zh' | 'en'): string[] {
  if (lang === 'en' || title.length <= TITLE_CHARACTERS) return [title]
  // “第4次” is one word for the eye, whatever a dictionary says.
  const words = title
    .split(/(第?\d+\p{Script=Han}?(?:会议)?)/u)
    .flatMap((part, i) =>
      i % 2 === 1 ? [part] : [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(part)].map((one) => one.segment),
    )
    .filter((word) => word !== '')
  const lines = Math.ceil(title.length / TITLE_CHARACTERS)
  const length = Math.ceil(title.length / lines)
  const out: string[] = []
  let line = ''
  for (const word of words) {
    const full = line.length + word.length > TITLE_CHARACTERS || (line.length + word.length / 2 > length && out.length < lines - 1)
    // Closing marks never begin a line.
    if (full && line !== '' && !/^[”’》）】，。、；：]/.test(word)) {
      out.push(line)
      line = ''
    }
    line += word
  }
  return line === '' ? out : [...out, line]
}
