import { isoDay, readHanNumber } from './facts.ts'
import type { Line } from './layout.ts'

export interface Attributes {
  readonly title: string | null
  readonly date: string | null
  readonly body: string | null
  readonly session: number | null
  readonly meetingDate: string | null
  readonly chair: string | null
  readonly year: number | null
  readonly month: number | null
}

const BODY =
  /((?:中共)?[\u4e00-\u9fff（）]{0,30}?(?:领导小组|工作小组|应急指挥部|指挥部|常务委员会|常委会|常务会|委员会|专题会|联席会)(?:办公室)?)/
const SESSION =
  /第?([一二三四五六七八九十百〇零]{1,5}|\d{1,3})次(?:全体|扩大|专题|工作|调度|视频|常务|办公|常委)*(?:会议|会|调度会|视频会|例会)/
const POST =
  '(?:市委书记|县委书记|区委书记|州委书记|党工委书记|党委书记|市委副书记|县委副书记|区委副书记|书记|市长|县长|区长|州长|副市长|副县长|副区长|常务副市长|常务副县长|组长|副组长|指挥长|副指挥长|主任|副主任|总指挥|镇长|街道党工委书记)'
const CHAIR = new RegExp(`((?:[\u4e00-\u9fff]{0,12}?${POST}[、，]?){1,5})[^，。；]{0,12}?(?:主持召开|主持会议|主持并讲话|主持了会议|主持)`)

/** The facts of the meeting, from title, dated line and news lead. Personal names are never kept. */
export function readAttributes(view: string, lines: readonly Line[], givenYear: number | undefined): Attributes {
  const headlines = lines.filter((line) => line.role === 'headline').map((line) => view.slice(line.start, line.end))
  const bodies = lines
    .filter((line) => line.role === 'body')
    .slice(0, 3)
    .map((line) => view.slice(line.start, Math.min(line.end, line.start + 600)))
  const top = view.slice(0, 3000)
  const title =
    headlines.find((line) => /会议|会$|召开|部署|调度|研究|工作/.test(line) && line.length >= 6) ??
    headlines.find((line) => line.length >= 6) ??
    null
  const published = /(20\d{2})[-年/.](\d{1,2})[-月/.](\d{1,2})/.exec(top)
  const date = published ? isoDay(Number(published[1]), Number(published[2]), Number(published[3])) : null
  const year = published ? Number(published[1]) : (givenYear ?? (Number(/(20\d{2})年/.exec(top)?.[1] ?? 0) || null))
  const lead = bodies.join('\n')
  const met = /(?:(20\d{2})年)?(\d{1,2})月(\d{1,2})[日号]/.exec(lead)
  const meetingDate = met ? isoDay(met[1] === undefined ? year : Number(met[1]), Number(met[2]), Number(met[3])) : null
  const named = [title ?? '', lead].join('\n')
  const session = SESSION.exec(named)
  const rawChair = CHAIR.exec(lead)?.[1] ?? null
  return {
    title,
    date,
    body: findBody(title, lead),
    session: session ? readHanNumber(session[1] ?? '') : null,
    meetingDate,
    chair: rawChair === null ? null : roleOnly(rawChair),
    year,
    month: met ? Number(met[2]) : published ? Number(published[2]) : null,
  }
}

function findBody(title: string | null, lead: string): string | null {
  for (const source of [title ?? '', ...lead.split(/[，。；\n]/).filter((part) => /召开|会议/.test(part))]) {
    const found = BODY.exec(source)?.[1]
    if (found) return found.replace(/^.*(?:主持召开|召开|出席|参加|组长|指挥长）?)/, '').replace(/^[^\u4e00-\u9fff]+/, '') || found
  }
  return null
}

/** Posts only: whatever stands after the last post (a name) is outside the match; separators are made uniform. */
function roleOnly(chair: string): string | null {
  const posts = chair.match(new RegExp(`[\u4e00-\u9fff]{0,10}?${POST}`, 'g'))
  return posts === null ? null : posts.map((post) => post.replace(/^(?:由|日|时|午|晚|会议|和|，|、)+/, '')).join('、')
}
