import type { Lang } from '@guatu/kernel'
import type { Subject } from './offers.ts'
import { type Html, html, say } from './page.ts'

/** Of a larger household the page first asks for whom, and then shows what that person may do. */
const MOST_BESIDE = 20

/** Whether whoever opens the link has to say first for whom. */
export const isAskedFirst = (subjects: readonly Subject[]): boolean => subjects.length > MOST_BESIDE

/**
 * Whom a link speaks for, to choose from.
 * @param most so many it speaks for at most; who is not listed reports otherwise
 */
export function whom(subjects: readonly Subject[], chosen: Subject | undefined, most: number, lang: Lang): readonly Html[] {
  const s = say(lang)
  const one = (subject: Subject) =>
    html`<a class="b${subject === chosen ? ' m' : ''}" href="?who=${subject.who[0]}&amp;lang=${lang}">${subject.name[lang]}</a>`
  if (subjects.length <= 1) return [html`<p>${chosen?.name[lang] ?? ''}</p>`]
  const title = html`<p><b>${s('为谁填写？', 'For whom?')}</b></p>`
  if (!isAskedFirst(subjects)) return [title, ...subjects.map(one)]
  if (chosen) return [title, one(chosen), html`<a class="b" href="?lang=${lang}">${s('为另一人填写', 'For somebody else')}</a>`]
  const left = html`<p>${s(`本页最多列出${most}人；没有列出的，请向村（社区）工作人员申报。`, `This page lists ${most} people at most; who is not listed reports to the village worker.`)}</p>`
  return [title, ...subjects.map(one), ...(subjects.length < most ? [] : [left])]
}
