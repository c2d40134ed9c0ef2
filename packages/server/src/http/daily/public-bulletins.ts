import { dailyFigures } from '@guatu/domains'
import { type Actor, type Expression, fullDayWords, type Label, type RecordState, Refused } from '@guatu/kernel'
import type { FastifyInstance } from 'fastify'
import { latinName } from '../../store/areas/latin-name.ts'
import type { Store } from '../../store/store.ts'

/** Published bulletins are for everybody, so nobody in particular reads them. */
const EVERYBODY: Actor = { id: 'public', name: 'public', grants: [], system: true }
const SHOWN = 30
/** Far more than the areas of a city publish in the days until each has published again. */
const REMEMBERED = 200

interface PublishedBulletin {
  readonly id: string
  readonly title: Label
  readonly day: string
  readonly publishedAt: string
  readonly text: Label
  readonly figures: dailyFigures.PublicFigures
  /** What the whole and its areas are called for readers of English, in the order of the figures. */
  readonly english: dailyFigures.EnglishNames
}

async function inState(store: Store, state: 'published' | 'withdrawn', limit: number): Promise<readonly RecordState[]> {
  const where: Expression = { op: 'is', field: 'state', value: state }
  const page = await store.as(EVERYBODY).list('publicBulletin', { where, limit })
  if (!page.ok) throw new Refused(page.problem)
  return page.value.rows
}

/** Bulletins that everybody could read once, of the last days first, those withdrawn since among them. @throws Refused */
export const everPublished = async (store: Store): Promise<readonly RecordState[]> =>
  (await Promise.all([inState(store, 'published', REMEMBERED), inState(store, 'withdrawn', REMEMBERED)])).flat()

/** What was published and not withdrawn, the newest first. @throws Refused */
async function published(store: Store): Promise<readonly PublishedBulletin[]> {
  return (await inState(store, 'published', SHOWN)).flatMap(({ id, fields }) => {
    const figures = dailyFigures.readFigures(String(fields.figures ?? ''))
    if (!figures.ok) return []
    const english = englishNames(figures.value)
    const [title, text, textEn] = [fields.title, fields.text, fields.textEn].map((one) => String(one ?? ''))
    return [
      {
        id,
        ...dailyFigures.asRead({ title: title ?? '', text: text ?? '', textEn }, figures.value, english),
        day: String(fields.day ?? ''),
        publishedAt: String(fields.publishedAt ?? ''),
        figures: figures.value,
        english,
      },
    ]
  })
}

/** What readers of English read the areas of a bulletin as. */
export const englishNames = ({ name, areas }: Pick<dailyFigures.PublicFigures, 'name' | 'areas'>): dailyFigures.EnglishNames => ({
  name: latinName(name),
  areas: areas.map(latinName),
})

const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')

/** Bulletins for everybody: data for programs, and a page that an old phone, a screen reader and a printer can use. */
export function publicBulletinRoutes(app: FastifyInstance, store: Store): void {
  app.get('/api/public/bulletins', async (_request, reply) =>
    reply.header('cache-control', 'public, max-age=60').send({ bulletins: await published(store) }),
  )

  app.get<{ Querystring: { lang?: string } }>('/p/bulletins', async (request, reply) => {
    const lang = request.query.lang === 'en' ? 'en' : 'zh'
    return reply
      .header('cache-control', 'public, max-age=60')
      .type('text/html; charset=utf-8')
      .send(page(await published(store), lang))
  })
}

function page(bulletins: readonly PublishedBulletin[], lang: 'zh' | 'en'): string {
  const zh = lang === 'zh'
  const title = zh ? '疫情通报' : 'Epidemic bulletins'
  const articles = bulletins.map(({ title: heading, day, text, figures, english }) => {
    const cell = (line: (typeof figures.lines)[number], part?: number) => dailyFigures.cellText(line, part, figures.day, lang)
    const head = [zh ? '地区' : 'Area', ...figures.lines.map(({ label }) => label[lang])]
    const { name: whole, areas } = zh ? figures : english
    const rows = [
      [whole, ...figures.lines.map((line) => cell(line))],
      ...areas.map((name, k) => [name, ...figures.lines.map((line) => cell(line, k))]),
    ]
    return `<article><h2>${escapeHtml(heading[lang])}</h2><p class="day">${fullDayWords(day)[lang]}</p><p>${escapeHtml(text[lang]).replaceAll('\n', '<br>')}</p>
<div class="wide" tabindex="0" role="region" aria-label="${zh ? '数据表，可左右滚动' : 'Table of figures; it scrolls sideways'}"><table><thead><tr>${head.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join('')}</tr></thead><tbody>${rows
      .map(([name = '', ...cells]) => `<tr><th scope="row">${escapeHtml(name)}</th>${cells.map((one) => `<td>${one}</td>`).join('')}</tr>`)
      .join('')}</tbody></table></div><p class="note">${escapeHtml(dailyFigures.cellNote(figures)[lang])}</p></article>`
  })
  const none = `<p>${zh ? '目前没有已发布的通报。' : 'Nothing has been published yet.'}</p>`
  return `<!doctype html><html lang="${zh ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><style>
body{font:17px/1.7 "PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif;max-width:46em;margin:0 auto;padding:1em;color:#1d2733}
h1{font-size:1.5em}h2{font-size:1.2em;margin-bottom:.2em}.day,.note{color:#4a5866;font-size:.9em}.wide{overflow-x:auto}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}th,td{border:1px solid #9aa7b4;padding:.3em .6em;text-align:right}th[scope=row],th:first-child{text-align:left}
@media(min-width:600px){th[scope=row]{white-space:nowrap}}@media(max-width:599px){table{font-size:.82em;line-height:1.4}th,td{padding:.25em .35em}th[scope=row],th:first-child{position:sticky;left:0;background:#fff;min-width:5.2em;white-space:normal}}
article{border-top:2px solid #b3261e;margin-top:1.5em}a{color:#0b57a4}@media print{nav{display:none}}</style></head>
<body><nav><a href="?lang=${zh ? 'en' : 'zh'}" lang="${zh ? 'en' : 'zh-CN'}">${zh ? 'English' : '中文'}</a></nav><main><h1>${title}</h1>${articles.length > 0 ? articles.join('') : none}</main></body></html>`
}
