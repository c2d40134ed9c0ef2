import { isAddressee, leadingAddressee } from './addressee.ts'
import { ADDRESSEE_ENDS, ADVERBS, alternation, DIRECTIVE_VERBS } from './lexicon/words.ts'
import { BY_TIME } from './relative.ts'

/** How a clause divides the work: who leads it or does it, and what of the clause is left to say what is done. */
export interface Division {
  readonly lead: string
  readonly rest: string
  /** What is done, where the division itself says it; null where `rest` is to be read for it; empty where only units are named. */
  readonly work: string | null
}

const ENDS = alternation(ADDRESSEE_ENDS)
const VERBS = alternation(DIRECTIVE_VERBS.filter((verb) => verb.length > 1))
const FOLLOWS = `$|[，、和与及]|要|应|须|必须|于|在|对|将|把|按|为|分别|各自|共同|联合|会同|协同|具体|总体|每|\\d|年底|本?月底|${alternation(ADVERBS)}|${VERBS}`
/** 市委·宣传部, 市住房和城乡·建设局: what looks like a verb goes on to the end of the name. */
const GOES_ON = `[^，、会同由对将把于]{2,4}?(?:部(?!门)|局|委|办|厅|中心|队|站)(?=${FOLLOWS})`
/** 市文化和旅游局: 和 parts two units only where a unit ends before it. */
const NAME = `(?:[^，、和与及由对将把于在按为向（）：要]|（[^）]{1,6}）|(?<!${ENDS})和){1,18}?(?:${ENDS})(?:（[^）]{1,12}）)?(?=${FOLLOWS})(?!${GOES_ON})`
const NAMES = `${NAME}(?:[、和与及]${NAME}){0,9}`
const SURELY = '(?:积极|密切|全力|主动|切实|做好|予以|给予|协同|共同|全程|抓好)*'
const ASSIST = `${SURELY}(?:配合|协助|协办|协同|参与|支持)(?:配合)?(?:工作|落实|实施|办理)?`

/** 由甲局牵头; 甲局牵头、乙局配合. */
const LEADS = new RegExp(
  `^由?(${NAMES})(?:要|应|须)?(?:负责)?(?:具体|总体|全面)?(?:牵头|负总责)(?:负责|落实|办理|抓总|组织|协调|实施)*(?:[、和](?:${NAMES})${ASSIST})?$`,
)
const IN_CHARGE = new RegExp(`^由(${NAMES})(?:具体|总体|全面|统一)?负责(?:[、和](?:${NAMES})${ASSIST})?$`)
/** 甲局会同乙局(于…)拨付…. */
const TOGETHER = new RegExp(`^由?(${NAMES})(?:牵头)?(?:会同|联合|协同)(?:${NAMES})(?=${FOLLOWS})`)
/** 甲局、乙局分别负责…. */
const EACH = new RegExp(`^由?(${NAMES})(?=(?:分别|各自|共同|联合|协同|按照?[^，]{0,6}(?:职责|分工|职能)(?:分工)?)(?:${VERBS})[^，]{2,})`)
/** 排查由甲局牵头: the work is named first. */
const OF_WORK = new RegExp(
  `^((?![对把将按以在从为]|由)[^，由要]{2,30})(?<!自|理|缘|事)由(${NAMES})(?:负责)?(?:具体|总体|全面|统一)?(?:牵头|负责|承办|承担|组织)(?:负责|落实|办理|组织|实施|协调)*$`,
)
const ASSISTS = new RegExp(`^(?:由)?(?:${NAMES})?(?:要|应)?${ASSIST}$|^会同(?:${NAMES})$`)

/** No clause of a person divides work in more characters: names in a row are looked for in every way. */
const LONGEST = 120

/** How the work is divided where a clause begins `rest` so, or null. */
export function divisionOf(rest: string): Division | null {
  if (rest.length > LONGEST || !/牵头|负责|负总责|会同|联合|协同|承办|承担|组织|分别|各自|共同|职责|分工/.test(rest)) return null
  const led = LEADS.exec(rest) ?? IN_CHARGE.exec(rest)
  if (led?.[1] !== undefined && isAddressee(led[1])) return { lead: led[1], rest: '牵头', work: '' }
  const together = TOGETHER.exec(rest)
  if (together?.[1] !== undefined && isAddressee(together[1])) {
    const left = rest.slice(together[0].length).replace(/^(?:共同|联合)(?=.{2})/, '')
    return left === '' ? { lead: together[1], rest: '牵头', work: '' } : { lead: together[1], rest: left, work: null }
  }
  const each = EACH.exec(rest)
  if (each?.[1] !== undefined && isAddressee(each[1])) {
    const left = rest.slice(each[0].length)
    return { lead: each[1], rest: left, work: left }
  }
  const [, work, unit] = OF_WORK.exec(rest) ?? []
  return work !== undefined && unit !== undefined && isAddressee(unit) ? { lead: unit, rest, work } : null
}

/** 乙局、丙局配合; 会同乙局: who assists in what another leads. */
export const assists = (text: string): boolean => text.length <= LONGEST && ASSISTS.test(text)

/** 请市公安局…, 责成市住建局…: the words that address an order. */
const ASKS = /^(?:[敬烦恳]?请(?![示求假领功战愿教缨勿])|责成|责令)(?=.{2})/

/** 请于2月15日前…: nobody is named, by when is. */
const BY_WHEN = new RegExp(`^(?:在|于|最迟)?(?:${BY_TIME})`)

/** An order without the words that address it to the unit, or ask for it by the time, named behind them; null where nothing is asked so. */
export function askedOf(rest: string, units: RegExp | null): string | null {
  const words = ASKS.exec(rest)?.[0]
  const order = words === undefined ? '' : rest.slice(words.length)
  return order !== '' && (leadingAddressee(order, units) !== null || divisionOf(order) !== null || BY_WHEN.test(order)) ? order : null
}
