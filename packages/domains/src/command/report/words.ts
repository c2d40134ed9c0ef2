import { cutAtFigures, fullDayWords, type Label, type Lang } from '@guatu/kernel'
import { isFigure, type ReportContent, type ReportFigure } from './content.ts'

/** A moment in the city: 2020年2月20日18时00分 / 18:00 on 20 Feb 2020. */
export function momentWords(moment: string, zone: string): Label {
  const at = Temporal.Instant.from(moment).toZonedDateTimeISO(zone)
  const day = fullDayWords(at.toPlainDate().toString())
  const two = (n: number) => String(n).padStart(2, '0')
  return { zh: `${day.zh}${at.hour}时${two(at.minute)}分`, en: `${two(at.hour)}:${two(at.minute)} on ${day.en}` }
}

const CHINESE = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九']

/** 1–99 as 一 … 九十九. */
export function chineseNumber(n: number): string {
  if (n < 10) return CHINESE[n] ?? ''
  const tens = Math.floor(n / 10)
  return `${tens === 1 ? '' : CHINESE[tens]}十${n % 10 === 0 ? '' : CHINESE[n % 10]}`
}

const grouped = (n: number) => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ',')

/** A figure as it is printed: 12 · 83.3%（5/6） · 60%. */
export function figureWords(figure: Pick<ReportFigure, 'value' | 'per' | 'measure'>, lang: Lang): string {
  const { value, per, measure } = figure
  if (measure === 'percent') return `${value}%`
  if (per === undefined) return lang === 'zh' ? String(value) : grouped(value)
  if (per === 0) return lang === 'zh' ? '暂无' : 'none yet'
  const percent = `${Math.round((value / per) * 1_000) / 10}%`
  return lang === 'zh' ? `${percent}（${value}/${per}）` : `${percent} (${value}/${per})`
}

/** Words with their figures filled in, as printed. */
export function printed(content: Pick<ReportContent, 'figures'>, words: Label, lang: Lang): string {
  const figures = new Map(content.figures.map((one) => [one.id, one]))
  return cutAtFigures(words[lang], isFigure)
    .map((piece) => {
      if ('text' in piece) return piece.text
      const figure = figures.get(piece.figure)
      return figure ? figureWords(figure, lang) : '—'
    })
    .join('')
}

/** Joins two sentences in both languages. */
export const join = (parts: readonly Label[], zh: string, en: string): Label => ({
  zh: parts.map((one) => one.zh).join(zh),
  en: parts.map((one) => one.en).join(en),
})

/** Somebody's own words as a clause: without the stop at their end, so that the sentence can go on. */
export const clause = (text: string): string =>
  text
    .trim()
    .replace(/[。.；;，,\s]+$/u, '')
    .replace(/\s*\n+\s*/g, '；')
