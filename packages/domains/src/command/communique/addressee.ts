import { ADDRESSEE_ENDS, ADVERBS, alternation, DIRECTIVE_VERBS, STRONG_MODALS } from './lexicon/words.ts'
import { BY_TIME } from './relative.ts'

const LONG_VERBS = alternation(DIRECTIVE_VERBS.filter((verb) => verb.length > 1))
const VERB = new RegExp(`^(?:${LONG_VERBS})`)
/** A modal inside a clause; words that merely contain its character (需要, 主要, 要求, 供应 …) are left out. */
export const MODAL_INSIDE = new RegExp(
  `(?:${alternation(STRONG_MODALS)}|(?<![需主重只必纪简摘紧首概提扼显机最将])要(?![求素点道害情闻件领塞么是])|应当|应该|(?<![必])须(?!知)|(?<=[^供相反响适急效对感])应(?=及时|立即|严格|主动|按|自觉|于|尽快|积极|认真|切实|加强)|(?<=[^必所急的])需(?=要.|严格|提前|主动|持|在|于|经|凭))`,
)
/** What a quotation says is no modal of the clause. */
export const unquoted = (text: string): string => text.replace(/“[^”]*”/g, (quoted) => '·'.repeat(quoted.length))
const ENDS = new RegExp(`(?:${alternation(ADDRESSEE_ENDS)})$`)

/** The unit or people that an order at the start of `rest` is addressed to, or null. */
export function leadingAddressee(rest: string, units: RegExp | null): string | null {
  const unit = units?.exec(rest)
  if (unit) return unit[0]
  const found = MODAL_INSIDE.exec(unquoted(rest).slice(0, 70))
  if (found !== null && found.index >= 2) {
    const prefix = rest.slice(0, found.index).replace(/(?:都|也|均|还|更|一定|务必|就|则|坚决|，|首先)+$/, '')
    // 尤其对福利院必须…: whom it is about is not who is told.
    if (!/^(?:尤其|特别)是?对/.test(prefix) && isAddressee(prefix)) return prefix
  }
  const by = rest.startsWith('由') ? 1 : 0
  const bare = BARE_ADDRESSEE.exec(rest.slice(by, 70))
  if (
    bare &&
    !VERB.test(bare[0]) &&
    !/^(?:要|在|对|把|将|按|以|从|为|向|与|通过|根据|坚持|结合|会同|督促|指导|要求|围绕|针对|确保|力争|防止|避免|事关)|(?:大|格|全|开|结|布)局$/.test(
      bare[0],
    )
  )
    return rest.slice(0, by) + bare[0]
  return null
}

export const isAddressee = (prefix: string): boolean =>
  prefix.length >= 2 &&
  prefix.length <= 60 &&
  ENDS.test(prefix.replace(/（[^）]{0,20}）$/, '')) &&
  (!VERB.test(prefix) ||
    (prefix.length <= 8 &&
      /^(?:挂联|联系|包保|督查|督导|巡查|宣传|救治|隔离|检疫|防控|调度|采购|生产|采摘|配送)[^，、]{0,4}(?:领导|干部|部门|单位|组|专班|人员|企业|医院)$/.test(
        prefix,
      ))) &&
  !/^(?:在|对|把|将|按|以|从|为|向|与|通过|根据|坚持|坚决|服从|特别|疫情(?!防控[^，]{0,3}组)|当前|这|其|不|会议)/.test(prefix)

const BARE_ADDRESSEE = new RegExp(
  `^(?:各级各部门|各级各有关部门|全[市县区镇乡省](?:上下|各级各部门|各级各单位|各级|各部门|干部群众|广大党员干部)|各(?:县区|区县|县市区|市县区|县（市、区）|级|地|县|区|市|乡镇|镇|街道|村|社区|部门|单位|成员单位|工作组|牵头部门|行业主管部门|责任单位|有关部门|相关部门|学校|企业|医疗机构)(?:[（][^）]{1,12}[）])?(?:[、和][^，、]{1,10}(?:部门|单位|街道|乡镇|镇|社区|村|区|组|园区|县))*|(?!由)[^，、的由]{1,10}(?:部门|指挥部|领导小组|工作组|专班|局|管委会|卫健委|发改委|委员会)(?:[、和][^，、的]{1,12}(?:部门|局|组|委|单位|乡镇|街道))*|(?:宾馆|酒店|商场|超市|商超|农贸市场|药店|养老院|养老机构|福利院|敬老院|学校|幼儿园|企业|施工单位|建设单位|用人单位|物业公司|物业企业|医疗机构|公安机关|公安|交警|宣传部门|金融机构|银行|[^，、的]{1,8}(?:医院|卫生院|中心|督查室|督导组|派出所|公司|街道|镇政府))(?:[、和](?:宾馆|酒店|商场|超市|商超|农贸市场|药店|养老院|养老机构|福利院|敬老院|学校|幼儿园|企业|交警|交通|卫健|[^，、的]{1,8}(?:医院|卫生院|中心|部门|派出所)))*|[高中低]风险(?:地区|区域|县|乡镇|街道|村|小区)|(?:广大)?(?:党员干部|领导干部|基层干部|挂联领导|村干部|志愿者|医务人员|医护人员|网格员))(?=(?:${alternation(ADVERBS)}){0,4}(?:${LONG_VERBS}|对|把|将|按照|牵头|于|为|与|每|分片|划片|${BY_TIME}))`,
)

/** Names and aliases of the city's units as they may open a clause; null where none are given. */
export function addresseePattern(units: readonly { readonly name: string; readonly aliases?: readonly string[] }[]): RegExp | null {
  const names = units.flatMap((unit) => [unit.name, ...(unit.aliases ?? [])]).filter((name) => name.length >= 2)
  if (names.length === 0) return null
  const escaped = alternation(names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
  return new RegExp(
    `^(?:${escaped})(?:[、和](?:${escaped}))*(?=要|应|须|必须|负责|牵头|会同|配合|于|${BY_TIME}|${alternation(ADVERBS)}|${LONG_VERBS})`,
  )
}
