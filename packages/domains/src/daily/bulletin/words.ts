import { dayWords, fullDayWords, type Label } from '@guatu/kernel'
import type { PublicFigures, PublicLine } from './published.ts'

/**
 * `{observed}` in the words stands for the figure of the whole; one carried from an earlier bulletin says its day, and one that is not shown
 * reads as “some”: it may be hidden for another’s sake.
 */
export function bulletinText(text: string, figures: PublicFigures, lang: 'zh' | 'en'): string {
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => {
    const line = figures.lines.find((one) => one.key === key)
    if (!line) return whole
    if (line.total === null) return lang === 'zh' ? '若干' : 'some'
    const carried = line.totalDay && line.totalDay !== figures.day ? line.totalDay : undefined
    if (carried === undefined) return String(line.total)
    const day = dayWords(carried)
    return lang === 'zh' ? `${line.total}（${day.zh}数）` : `${line.total} (as of ${day.en})`
  })
}

/** A figure of the table as it is printed: `*` where none may be; one carried from an earlier bulletin with its day. */
export function cellText(
  { total, parts, totalDay, partDays }: PublicLine,
  part: number | undefined,
  day: string,
  lang: 'zh' | 'en',
): string {
  const count = part === undefined ? total : parts[part]
  const of = part === undefined ? totalDay : partDays?.[part]
  if (count === null || count === undefined) return '*'
  return of && of !== day ? (lang === 'zh' ? `${count}（${dayWords(of).zh}）` : `${count} (${dayWords(of).en})`) : String(count)
}

/** What stands below the table. */
export const cellNote = ({ smallest }: Pick<PublicFigures, 'smallest'>): Label => ({
  zh: `与上次公布相差不足${smallest}人的数（含没有变化的），以及可据以推算这些数的数，沿用上次公布的数并注明其日期；* 表示不予公布。以免识别到个人。`,
  en: `Figures that changed by fewer than ${smallest} since they were last published, or not at all, and those from which these would follow, stand as last published, with their day; * is not published. So nobody can be known by them.`,
})

/**
 * The title that a bulletin begins with; readers of English always get it so, whatever the Chinese title became.
 * @param latin the name of the area for them, where it is known
 */
export const draftTitle = ({ name, day }: Pick<PublicFigures, 'name' | 'day'>, latin: string = name): Label => ({
  zh: `${name}新冠肺炎疫情防控情况通报（${fullDayWords(day).zh}）`,
  en: `COVID-19 bulletin of ${latin}, ${fullDayWords(day).en}`,
})

/** What the whole and its areas are called for readers of English, in the order of the figures. */
export interface EnglishNames {
  readonly name: string
  readonly areas: readonly string[]
}

/** A bulletin as everybody reads it, in both languages; who wrote no English words leaves the Chinese ones. */
export function asRead(
  { title, text, textEn }: { readonly title: string; readonly text: string; readonly textEn?: string | undefined },
  figures: PublicFigures,
  english: EnglishNames,
): { readonly title: Label; readonly text: Label } {
  const en = textEn ? inLatin(textEn, figures, english) : text
  return {
    title: { zh: title, en: draftTitle(figures, english.name).en },
    text: { zh: bulletinText(text, figures, 'zh'), en: bulletinText(en, figures, 'en') },
  }
}

/** English words with the names of these areas as readers of English know them; the longest first, for one may stand within another. */
function inLatin(words: string, figures: Pick<PublicFigures, 'name' | 'areas'>, english: EnglishNames): string {
  const names = new Map([[figures.name, english.name], ...figures.areas.map((area, k) => [area, english.areas[k] ?? area] as const)])
  return [...names]
    .toSorted(([one], [other]) => other.length - one.length)
    .reduce((said, [name, latin]) => said.replaceAll(name, () => latin), words)
}

/** The words that a bulletin begins with; they may be edited, the figures in braces stay. */
export function draftText(figures: PublicFigures): Label {
  const day = fullDayWords(figures.day)
  const { until = '24:00' } = figures
  const hour = until.replace(/^0?(\d+):00$/, '$1时').replace(/^0?(\d+):(\d\d)$/, '$1时$2分')
  return {
    zh: `截至${day.zh}${hour}，${figures.name}累计观察{cumulative}人，已解除和其他退出{ended}人，正在观察{observed}人，其中集中观察{central}人；当日新增观察{entered}人。`,
    en: `As of ${until} on ${day.en}, ${figures.name} has observed {cumulative} people; {ended} have been released or left otherwise and {observed} are under observation, {central} of them at central sites; {entered} entered on the day.`,
  }
}
