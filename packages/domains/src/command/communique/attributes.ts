import { arabicDates, isoDay, readHanNumber } from './facts.ts'
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
  /(?:中共)?[\u4e00-\u9fff（）]{0,30}?(?:领导小组|工作小组|指挥部|常务委员会|常委会)(?:办公室)?|(?:中共)?[\u4e00-\u9fff（）]{0,30}?(?:常务委员会|常委会|人民政府|[市县区州]政府|[市县区州]委|委员会)(?:办公室)?/g
const SESSION =
  /第?([一二三四五六七八九十百〇零]{1,5}|\d{1,3})次(?:全体|扩大|专题|工作|调度|视频|常务|办公|常委)*(?:会议|会|调度会|视频会|例会)/
const POST = /(?:书记|市长|县长|区长|州长|省长|总理|镇长|乡长|组长|指挥长|总指挥|主任|部长|局长|秘书长|常委)(?:（[^）]{1,8}）)?/g

/** The facts of the meeting, from title, dated line and news lead. Personal names are never kept. */
export function readAttributes(text: string, view: string, lines: readonly Line[], givenYear: number | undefined): Attributes {
  const headlines = lines.filter((line) => line.role === 'headline')
  const bodies = lines
    .filter((line) => line.role === 'body')
    .slice(0, 3)
    .map((line) => view.slice(line.start, Math.min(line.end, line.start + 600)))
  const top = arabicDates(view.slice(0, 3000))
  const long = headlines.filter((line) => line.end - line.start >= 6)
  const headline = long.find((line) => /会议|会$|召开|部署|调度|研究|工作/.test(view.slice(line.start, line.end))) ?? long[0]
  const title = headline === undefined ? null : view.slice(headline.start, headline.end)
  const published = /(20\d{2})[-年/.](\d{1,2})[-月/.](\d{1,2})/.exec(top)
  const date = published ? isoDay(Number(published[1]), Number(published[2]), Number(published[3])) : null
  const year = published ? Number(published[1]) : (givenYear ?? (Number(/(20\d{2})年/.exec(top)?.[1] ?? 0) || null))
  const lead = bodies.join('\n')
  const dated = arabicDates(lead)
  const met =
    /(?:(20\d{2})年)?(\d{1,2})月(\d{1,2})[日号](?!讯|综合|消息|电(?!视))/.exec(dated) ??
    /(?:会议)?时间[：:](?:(20\d{2})年)?(\d{1,2})月(\d{1,2})[日号]/.exec(top)
  const meetingDate = met ? isoDay(met[1] === undefined ? year : Number(met[1]), Number(met[2]), Number(met[3])) : null
  const named = [title ?? '', lead].join('\n')
  const session = SESSION.exec(named)
  return {
    // As it stands in the text: the reading view has other characters.
    title: headline === undefined ? null : text.slice(headline.start, headline.end),
    date,
    body: findBody(title, lead),
    session: session ? readHanNumber(session[1] ?? '') : null,
    meetingDate,
    chair: chairOf(lead),
    year,
    month: met ? Number(met[2]) : published ? Number(published[2]) : null,
  }
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

/** Posts of whoever presided, from the clause that says so; what follows the last post in each part is a name and is dropped. */
function chairOf(lead: string): string | null {
  for (const sentence of lead.split(/[。；\n]/)) {
    const at = sentence.search(/主持(?!人)/)
    if (at < 0) continue
    const parts = sentence.slice(Math.max(0, sentence.lastIndexOf('，', at) + 1), at).split('、')
    const posts = parts.flatMap((part) => {
      const found = [...part.matchAll(POST)].at(-1)
      if (found === undefined) return []
      const post = part
        .slice(0, found.index + found[0].length)
        .replace(/^.*?(?:\d[日号](?:上午|下午|晚上?)?|今天上午|今天下午|昨日|会议由|由)/, '')
      return [post]
    })
    if (posts.length > 0) return posts.join('、')
  }
  return null
}
