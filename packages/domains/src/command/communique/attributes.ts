import { daysBetween } from '@guatu/kernel'
import { arabicDates, isoDay, readHanNumber } from './facts.ts'
import type { Line } from './layout.ts'
import type { ReadOptions } from './types.ts'

export interface Attributes {
  readonly title: string | null
  readonly date: string | null
  readonly body: string | null
  readonly session: number | null
  readonly meetingDate: string | null
  readonly chair: string | null
  readonly year: number | null
  readonly month: number | null
  /** ISO day from which a deadline counts that names no year: of the meeting, else of publication, else of reading. */
  readonly from: string | null
}

/** What is known of the time besides the text. */
export type Known = Pick<ReadOptions, 'year' | 'today' | 'heldOn'>

const BODY =
  /(?:中共)?[\u4e00-\u9fff（）]{0,30}?(?:领导小组|工作小组|指挥部|常务委员会|常委会)(?:办公室)?|(?:中共)?[\u4e00-\u9fff（）]{0,30}?(?:常务委员会|常委会|人民政府|[市县区州]政府|[市县区州]委|委员会)(?:办公室)?/g
const SESSION =
  /第?([一二三四五六七八九十百〇零]{1,5}|\d{1,3})次(?:全体|扩大|专题|工作|调度|视频|常务|办公|常委)*(?:会议|会|调度会|视频会|例会)/
const POST = /(?:书记|市长|县长|区长|州长|省长|总理|镇长|乡长|组长|指挥长|总指挥|主任|部长|局长|秘书长|常委)(?:（[^）]{1,8}）)?/g

const DAY = /(20\d{2})[-年/.](\d{1,2})[-月/.](\d{1,2})/
/** A day named anywhere, but for a deadline. */
const NAMED = /(20\d{2})[-年/.](\d{1,2})[-月/.](\d{1,2})(?!\d|日?(?:\d{1,2}[时点])?(?:之|以)?[前内]|日?止)/
const SIGNED_ON = /\n *(20\d{2})年(\d{1,2})月(\d{1,2})日\s*$/
/** The head of minutes: 时间：…, 日期：…. */
const MINUTED = /(?:会议时间|^时间|\n *时间|日期)[：:] *(?:(20\d{2})[-年/.])?(\d{1,2})[-月/.](\d{1,2})/
/** A sentence that tells of the meeting itself. */
const MEETS = /召开|举行|主持|会议|调度|会商|召集/
const PRESIDED = /主持人?： *([^\n。；]{2,40})/

const sentenceAt = (text: string, at: number): string =>
  text.slice(Math.max(text.lastIndexOf('。', at), text.lastIndexOf('\n', at)) + 1).split(/[。\n]/)[0] ?? ''

/** The facts of the meeting, from title, dated line and news lead. Personal names are never kept. */
export function readAttributes(text: string, view: string, lines: readonly Line[], known: Known): Attributes {
  const headlines = lines.filter((line) => line.role === 'headline')
  const bodies = lines
    .filter((line) => line.role === 'body')
    .slice(0, 3)
    .map((line) => view.slice(line.start, Math.min(line.end, line.start + 600)))
  const top = arabicDates(view.slice(0, 3000))
  const long = headlines.filter((line) => line.end - line.start >= 6)
  const headline = long.find((line) => /会议|会$|召开|部署|调度|研究|工作/.test(view.slice(line.start, line.end))) ?? long[0]
  const title = headline === undefined ? null : view.slice(headline.start, headline.end)
  // The head of the page first, then the day under a signature, then whatever day is named.
  const firstBody = lines.find((line) => line.role === 'body')?.start ?? 0
  const published = DAY.exec(top.slice(0, Math.min(firstBody, 3000))) ?? SIGNED_ON.exec(arabicDates(view.slice(-60))) ?? NAMED.exec(top)
  const date = published ? isoDay(Number(published[1]), Number(published[2]), Number(published[3])) : null
  const year = published ? Number(published[1]) : (known.year ?? (Number(/(20\d{2})年/.exec(top)?.[1] ?? 0) || null))
  const lead = bodies.join('\n')
  const dated = arabicDates(lead)
  const minuted = /纪要|地点：|主持人?：/.test(view.slice(0, 600)) ? MINUTED.exec(top) : null
  const days = [...dated.matchAll(/(?:(20\d{2})年)?(\d{1,2})月(\d{1,2})[日号](?!讯|综合|消息|电(?!视)|之?前|起|以来)/g)]
  const met = days.find((day) => MEETS.test(sentenceAt(dated, day.index))) ?? minuted ?? days[0]
  const day = met ? { year: met[1] === undefined ? null : Number(met[1]), month: Number(met[2]), day: Number(met[3]) } : null
  const meetingDate = known.heldOn ?? (day === null ? null : heldOn(day, date, year, known))
  const named = [title ?? '', lead].join('\n')
  const session = SESSION.exec(named)
  return {
    // As it stands in the text: the reading view has other characters.
    title: headline === undefined ? null : text.slice(headline.start, headline.end),
    date,
    body: findBody(title, lead) ?? signedBy(view),
    session: session ? readHanNumber(session[1] ?? '') : null,
    meetingDate,
    chair: chairOf(lead) ?? postsIn(PRESIDED.exec(view.slice(0, 1000))?.[1] ?? ''),
    year: Number((meetingDate ?? '').slice(0, 4)) || (year ?? (Number((known.today ?? '').slice(0, 4)) || null)),
    month: Number((meetingDate ?? '').slice(5, 7)) || day?.month || (published ? Number(published[2]) : null),
    from: meetingDate ?? date ?? known.today ?? null,
  }
}

/**
 * ISO day of a meeting. Without a year it is the one nearest to the day of publication; else of the year that was given or the text names;
 * else, or where that has not come yet, the last such day up to the day on which it is read.
 */
function heldOn(
  met: { readonly year: number | null; readonly month: number; readonly day: number },
  published: string | null,
  year: number | null,
  { year: given, today }: Known,
): string | null {
  const of = (in_: number | null): string | null => isoDay(in_, met.month, met.day)
  if (met.year !== null) return of(met.year)
  if (published !== null) {
    const around = [0, -1, 1].flatMap((more) => of(Number(published.slice(0, 4)) + more) ?? [])
    const distance = (day: string): number => Math.abs(daysBetween(day, published))
    return around.reduce<string | null>((best, each) => (best === null || distance(each) < distance(best) ? each : best), null)
  }
  const named = of(year)
  if (given !== undefined || today === undefined || (named !== null && named <= today)) return named
  // The 29th of February comes every four years, and not always then.
  const past = Array.from({ length: 9 }, (_, ago) => of(Number(today.slice(0, 4)) - ago))
  return past.find((each) => each !== null && each <= today) ?? null
}

/** 会议听取了…办公室汇报: whoever is named there did not meet. */
const TOLD = /^会(?:议|上)(?:传达|听取|学习|集体|贯彻|通报|研究|审议|首先|还|强调|指出|要求)/

/** The body that met: the last body named before 召开 or the ordinal of the meeting, else the last one in the clause. */
function findBody(title: string | null, lead: string): string | null {
  // 指挥部 alone is taken only where nothing says whose.
  let bare: string | null = null
  for (const source of [...lead.split(/[，。；\n]/).filter((part) => /召开|举行|会议/.test(part) && !TOLD.test(part)), title ?? '']) {
    const meeting = source.replace(/^.*?(?:主持召开|主持)(?!会议)/, '')
    const names = meeting
      .match(BODY)
      ?.map((name) => name.replace(/^.*(?:召开|举行|日|上午|下午|晚)|^全(?=[市县区州镇])/, ''))
      .filter((name) => name.length >= 3 && !/^(?:贯彻|落实|传达|学习)/.test(name))
    const name = names?.find((each) => !/^(?:应急)?(?:指挥部|领导小组|委员会)$/.test(each))
    if (name !== undefined) return name
    bare ??= names?.[0] ?? null
  }
  return bare
}

/** A notice names no meeting: the body that signs it, on a short line of its own near the end. */
function signedBy(view: string): string | null {
  const lines = view.slice(-400).split('\n')
  const signed = lines.map((line) => line.trim()).filter((line) => SIGNS.test(line))
  return lines.length > 1 ? (signed.at(-1) ?? null) : null
}
const SIGNS = /^[\u4e00-\u9fff（）]{2,30}(?:指挥部|领导小组|人民政府|委员会|政府办|指挥部办公室|政府办公室|小组办公室)$/

/** Posts of whoever presided, from the clause that says so; what follows the last post in each part is a name and is dropped. */
function chairOf(lead: string): string | null {
  for (const sentence of lead.split(/[。；\n]/)) {
    const at = sentence.search(/主持(?!人)/)
    if (at < 0) continue
    const clause = sentence.slice(Math.max(0, sentence.lastIndexOf('，', at) + 1), at)
    // 县长深入甲地调研，随后主持召开会议: who did the one did the other.
    const goesOn = /^(?:随后|并|现场|当天|当晚|还|之后)*$/.test(clause)
    const posts =
      postsIn(clause) ?? (goesOn ? postsIn(sentence.split(/深入|来到|赴|先后|前往|，/).find((part) => postsIn(part) !== null) ?? '') : null)
    if (posts !== null) return posts
  }
  return null
}

/** The posts that a clause names; null where it names none. */
function postsIn(clause: string): string | null {
  const posts = clause.split('、').flatMap((part) => {
    const found = [...part.matchAll(POST)].at(-1)
    if (found === undefined) return []
    const post = part
      .slice(0, found.index + found[0].length)
      .replace(/^.*?(?:\d[日号](?:上午|下午|晚上?)?|今天上午|今天下午|昨日|会议由|由)/, '')
    return [post]
  })
  return posts.length > 0 ? posts.join('、') : null
}
