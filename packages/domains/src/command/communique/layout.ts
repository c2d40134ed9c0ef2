import { trimRange } from './characters.ts'

export interface Line {
  readonly start: number
  readonly end: number
  readonly role: 'furniture' | 'headline' | 'body'
}

const TERMINAL = '。！？；：，、”）'

const FURNITURE =
  /^(?:[文图]\/|会议现场[^，。]{0,12}$|(?:信息)?来源|稿源|文章来源|作者|编辑|责任编辑|责编|编审|审核|审签|监制|校对|记者|通讯员|供稿|图文?|摄影|发布(?:时间|日期|机构|人|单位)|时间|日期|浏览|点击|阅读|访问量|字号|字体|分享|打印|关闭|收藏|上一[篇条]|下一[篇条]|附件|下载|扫一扫|版权|主办|承办|技术支持|网站|地址|邮编|邮政编码|电话|联系电话|传真|邮箱|索引号|文号|主题词|发文|成文|公开|信息分类|名称|当前位置|您(?:的|当前的|现在的)?位置|位置|首页|相关(?:阅读|链接|新闻|文章|信息|报道)|推荐阅读|热点|微信|微博|抄送|签发|印发|打开|返回|更多|【|〖|Copyright|©|http|www)/i
const FURNITURE_INSIDE =
  /(?:仅代表作者|与本[网站]无关|未经[^，]{0,4}授权|扫描二维码|扫码关注|关注我们|二维码|浏览(?:次数|量|击量)|点击(?:数|量|率)|ICP备|公网安备|版权所有|扫一扫|责任编辑|(?:\|[^|，。]{1,10}){3}|微信公众号|字号[：: ]?[【[（]?大|首页 ?[>＞»/])/
const DATELINE = /^\D{0,12}\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}/

/** Lines of the text with their roles; lines of one paragraph that were broken by force (PDF, e-mail) are joined. */
export function layOut(view: string): readonly Line[] {
  const raw: { start: number; end: number }[] = []
  let from = 0
  while (from <= view.length) {
    let to = view.indexOf('\n', from)
    if (to < 0) to = view.length
    const line = trimRange(view, from, to)
    if (line.end > line.start) raw.push(line)
    from = to + 1
  }
  const lines = joinWrapped(view, raw)
  let bodyBegun = false
  let attendanceSeen = false
  return lines.map((line): Line => {
    const text = view.slice(line.start, Math.min(line.end, line.start + 400))
    const last = view[line.end - 1] ?? ''
    if (isFurniture(text, line.end - line.start)) return { ...line, role: 'furniture' }
    const full = text.includes('。') || text.includes('；') || (text.length >= 60 && text.includes('，'))
    const numbered =
      /^(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.、])/.test(text) &&
      (/[，：；]/.test(text) || lines.length < 4)
    if (!bodyBegun && !full && !numbered && !(last === '：' && text.length > 12)) return { ...line, role: 'headline' }
    bodyBegun = true
    if (attendanceSeen && !full && !TERMINAL.includes(last)) return { ...line, role: 'furniture' }
    if (/(?:参加会议|出席会议|列席会议|参加(?:了)?会议|参会|参加调度会|出席)[^。]{0,6}。?$/.test(text.slice(-24)) && text.length < 400)
      attendanceSeen = true
    return { ...line, role: 'body' }
  })
}

function isFurniture(whole: string, length: number): boolean {
  if (length > 160) return false
  const text = whole.replace(/^\d{1,2}\. */, '')
  if (length < 40 && !/[，。；]/.test(text) && /(?:记者|通讯员|摄影|编辑|供稿)[^。]{0,14}$/.test(text)) return true
  return (
    (FURNITURE.test(text) && !/[。；]/.test(text.slice(12))) ||
    FURNITURE_INSIDE.test(text) ||
    (DATELINE.test(text) && length < 80 && !text.includes('。') && !/召开|会议/.test(text))
  )
}

/** A run of at least three lines of nearly equal width without end punctuation was broken by force. */
function joinWrapped(view: string, lines: readonly { start: number; end: number }[]): readonly { start: number; end: number }[] {
  const out: { start: number; end: number }[] = []
  const width = (k: number): number => {
    const line = lines[k]
    return line ? line.end - line.start : 0
  }
  const open = (k: number): boolean => {
    const line = lines[k]
    return line !== undefined && !'。！？；：'.includes(view[line.end - 1] ?? '。')
  }
  const adjacent = (k: number): boolean => {
    const a = lines[k]
    const b = lines[k + 1]
    return a !== undefined && b !== undefined && b.start - a.end < 12
  }
  for (let k = 0; k < lines.length; k += 1) {
    const line = lines[k]
    if (line === undefined) continue
    const previous = out.at(-1)
    const wrapped =
      previous !== undefined &&
      !isFurniture(view.slice(previous.start, Math.min(previous.end, previous.start + 170)), previous.end - previous.start) &&
      k > 0 &&
      open(k - 1) &&
      /[，。；、]/.test(view.slice(previous.start, line.end)) &&
      adjacent(k - 1) &&
      width(k - 1) >= 18 &&
      ((k > 1 && Math.abs(width(k - 1) - width(k - 2)) <= 3 && adjacent(k - 2)) ||
        (adjacent(k) && Math.abs(width(k - 1) - width(k)) <= 3)) &&
      !/^(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.、])/.test(view.slice(line.start, line.start + 6)) &&
      !isFurniture(view.slice(line.start, line.end), line.end - line.start)
    if (wrapped) previous.end = line.end
    else out.push({ start: line.start, end: line.end })
  }
  return out
}
