/** A bracket behind an order that names who does it or by when. */
export interface Assigned {
  /** Who leads or answers, in the words of the text; null where only others or a time are named. */
  readonly lead: string | null
  /** The time in its words with its place in the text that was read; null where none is named. */
  readonly due: { readonly words: string; readonly at: number } | null
}

const LEADS = '(?:牵头|责任|主办|承办|主责|落实|负责)(?:单位|部门|科室|领导|人)?'
const OTHERS = '(?:配合|协办|协助|参与|参加)(?:单位|部门)?'
const TIMES = '(?:完成)?(?:时限|期限|时间)(?:要求)?'
const LABEL = `(?:${LEADS}|${OTHERS}|${TIMES})：`
/** 市市场监管局牵头，各县区配合; 市卫生健康委负责. */
const SAID =
  '[^（）；。：]{2,60}?(?:牵头|负责)(?:落实|办理|实施)?(?:[，；、][^（）；。：]{2,80}(?:配合|协助|参与|负责|落实|按职责分工负责))?'
/** How long a bracket may be; what is longer is text. */
const REACH = 200
const BRACKET = new RegExp(`（(?:${LABEL}[^（）。]{1,${REACH}}|${SAID})）`)
const AT = new RegExp(BRACKET.source, 'y')
const AT_END = new RegExp(`[。；]?(?:${BRACKET.source})$`)

/** Where an assigning bracket that opens at `at` ends (behind its closing mark), or null. */
export function assigningBracket(view: string, at: number): number | null {
  AT.lastIndex = at
  const found = AT.exec(view)
  return found === null ? null : at + found[0].length
}

/** An order without the bracket that assigns it. */
export const unassigned = (text: string): string => text.replace(AT_END, '')

/** What the bracket at the end of an order says, or null. */
export function assignedIn(view: string): Assigned | null {
  const found = AT_END.exec(view)
  if (found === null) return null
  const open = view.indexOf('（', found.index)
  const inside = view.slice(open + 1, -1)
  const labelled = new RegExp(`(?:^|[；，])${LEADS}：([^；]+?)(?=$|；|，(?:${LABEL}))`).exec(inside)?.[1]
  const said = /^([^，；：]+?)(?:牵头|负责)/.exec(inside)?.[1]
  const time = new RegExp(`(?:^|[；，])${TIMES}：([^；，]+)`).exec(inside)
  return {
    lead: labelled ?? said ?? null,
    due: time?.[1] === undefined ? null : { words: time[1], at: open + 1 + time.index + time[0].length - time[1].length },
  }
}
