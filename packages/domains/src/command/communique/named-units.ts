import { BODY_SYNONYMS } from './lexicon/bodies.ts'
import type { UnitName } from './types.ts'

/** A unit that words name: of the register, or of none in it. */
export interface Named {
  readonly words: string
  /** Its code in the register; null where no unit of the register has that name. */
  readonly code: string | null
}

const UNIT_END =
  '(?:局|委员会|委|办公室|办|厅|部(?!门)|指挥部|领导小组|工作组|专班|中心|政府|法院|检察院|工会|联合会|妇联|残联|工商联|供销社|联社|红十字会|管委会|支队|大队|总队|公司|集团|银行|海关|督查室|医院)'
const PARTED = new RegExp(`[、，；,;/\\s]+|(?<=(?:${UNIT_END}|部门|单位|[县区市镇乡]|街道|医院|院|队|组))[和与及]|(?<=[）)])[和与及]`)
/** 各县区, 有关部门, 用人单位: a kind of addressee; no unit is named. */
const KIND =
  /^(?:各|全|有关|相关|所有|广大|其他|其它|本|我|责任|牵头|成员|主管|行业|上级|下级|用人|施工|建设|物业|属地|重点|[高中低]风险|两级|三级|市县|县乡|县区|区县|县市|乡镇|镇街|镇村|村|社区|基层|业主|业委|居委|两委|当地|所在|省市)/
const LEVEL = '[省市州县区旗镇乡]'
/** 通江县, 恩阳区委、区政府: a place, told as those who govern it. */
const PLACE = new RegExp(
  `^([\\u4e00-\\u9fff]{1,6}${LEVEL}|[\\u4e00-\\u9fff]{2,6}街道)(?:委|党委|人民政府|政府|党工委|办事处|指挥部|应急指挥部)?$`,
)
/** 县公安局, 通江县公安局: the level, and the place, that stand before a unit. */
const OF_LEVEL = new RegExp(`^(?:中共)?(${LEVEL})(?![场域划容村]|民(?!政|族|宗)|政(?=公用|管理|工程|设施|园林)|监局|直(?!机关)|镇企业)`)
const OF_PLACE = /^(?:中共)?([\u4e00-\u9fff]{2,4}?)([市县区州旗])(?![场域划容]|民(?!政|族|宗))/
/** 市委宣传部: whose committee or government it is of. */
const OF_BODY = /^(?:委|政府|人民政府)(?=[\u4e00-\u9fff]{2,}(?:部|室|办|办公室|委|组|局|中心|院|校)$)/
const GOVERNS = /^(?:人民政府|政府)$|应急指挥部$|指挥部$/

interface Parts {
  /** Proper name of the place, else empty; never that of a level alone. */
  readonly place: string
  readonly level: string
  readonly stem: string
  readonly kind: string
}

/** A name in the parts that tell units apart: 市卫生健康委员会 is level 市, stem 卫生健康, kind 委. */
function partsOf(name: string): Parts {
  const bare = name.replace(/（[^）]*）/g, '')
  const level = OF_LEVEL.exec(bare)
  const place = level === null ? OF_PLACE.exec(bare) : null
  const own = bare.slice((level ?? place)?.[0].length ?? 0).replace(OF_BODY, '')
  const end = KINDS.find(([each]) => own.endsWith(each))
  const kind = end === undefined || end[0] === own ? undefined : end
  const stem = kind === undefined ? own : own.slice(0, -kind[0].length)
  return {
    place: place?.[1] ?? '',
    level: level?.[1] ?? place?.[2] ?? '',
    stem: stem.replace(/(?<=.{2})(?:管理|事务|服务)$/, ''),
    kind: kind?.[1] ?? '',
  }
}

const KINDS: readonly (readonly [end: string, kind: string])[] = [
  ['委员会', '委'],
  ['办公室', '办'],
  ['指挥部', '指挥部'],
  ['领导小组', '组'],
  ['工作组', '组'],
  ['人民政府', '政府'],
  ['政府', '政府'],
  ['管理局', '局'],
  ['局', '局'],
  ['委', '委'],
  ['办', '办'],
  ['厅', '厅'],
  ['部门', ''],
  ['机关', ''],
  ['系统', ''],
  ['部', '部'],
  ['中心', '中心'],
  ['室', '室'],
  ['院', '院'],
  ['会', '会'],
  ['社', '社'],
]

/** 人社 of 人力资源和社会保障: signs of the long name in their order, the first one first. */
function shortens(short: string, long: string): boolean {
  if (short.length < 2 || short[0] !== long[0]) return false
  let at = 0
  for (const sign of short) {
    const found = long.indexOf(sign, at)
    if (found < 0) return false
    at = found + 1
  }
  return true
}

/** How well a name fits one of a unit's (`of` what level and place the unit is): 0 not at all, 5 by its full name. */
function fit(name: string, unit: string, of: Pick<Parts, 'place' | 'level'>): number {
  if (name === unit) return 5
  const [a, b] = [partsOf(name), { ...partsOf(unit), ...of }]
  // 通江县公安局 is no 市公安局; 公安局 alone may be.
  if (a.level !== '' && b.level !== '' && a.level !== b.level) return 0
  if (a.place !== '' && b.place !== '' && a.place !== b.place) return 0
  if (a.kind !== '' && b.kind !== '' && a.kind !== b.kind && !BODY_SYNONYMS.kinds.has(a.kind + b.kind)) return 0
  if (a.stem.length < 2 || b.stem.length < 2) return 0
  if (a.stem === b.stem) return 4
  const plain = (stem: string) => stem.replace(/[和与及、]/g, '')
  if (plain(a.stem) === plain(b.stem)) return 4
  if (BODY_SYNONYMS.stems.some((row) => row.includes(a.stem) && row.some((other) => other === b.stem || shortens(other, b.stem)))) return 3
  if (shortens(a.stem, b.stem) || shortens(b.stem, a.stem)) return 2
  return b.stem.length > a.stem.length && b.stem.endsWith(a.stem) ? 1 : 0
}

/** Names and aliases; what a name holds in brackets is a name too (市委统战部（市民族宗教局）). */
export const namesOf = (unit: UnitName): readonly string[] => [
  ...new Set(
    [unit.name, ...(unit.aliases ?? [])]
      .flatMap((name) => [name, ...name.split(/[（()）]/)])
      .filter((name) => name.length >= 2 && !/^委/.test(name)),
  ),
]

/** The unit of the register that a name means; the best fit, of several the one with the shortest name. */
function unitOf(name: string, units: readonly UnitName[]): string | null {
  let best: { readonly code: string; readonly fits: number; readonly length: number } | null = null
  for (const unit of units) {
    const of = partsOf(unit.name)
    const fits = Math.max(0, ...namesOf(unit).map((each) => fit(name, each, of)))
    if (fits === 0) continue
    const length = unit.name.length
    if (best === null || fits > best.fits || (fits === best.fits && length < best.length)) best = { code: unit.code, fits, length }
  }
  return best?.code ?? null
}

/** The body of the register that answers for a place: its government, else its headquarters. */
function ofPlace(name: string, units: readonly UnitName[]): string | null {
  const place = PLACE.exec(name)?.[1]
  if (place === undefined) return null
  const own = units.flatMap((unit) => (unit.name.startsWith(place) ? [{ code: unit.code, rest: unit.name.slice(place.length) }] : []))
  return (own.find(({ rest }) => rest === '' || /政府$/.test(rest)) ?? own.find(({ rest }) => GOVERNS.test(rest)))?.code ?? null
}

const BODY = new RegExp(`${UNIT_END}$`)
/** 公司, 中心, 银行: what many places have is one unit only where its place or level is named. */
const MANY = /(?:公司|集团|银行|中心|工会|专班|工作组|支队|大队|联社|医院)$/

const ofSomewhere = (name: string): boolean => OF_LEVEL.test(name) || OF_PLACE.test(name)

/** Whether words name one unit, in the register or not, and no kind of addressee. */
function namesOne(words: string): boolean {
  if (KIND.test(words) || words.length < 3) return false
  if (PLACE.test(words))
    return words.length >= 3 && !/^(?:市|县|区|城|郊|景|园|社|小|辖|开发|主城|城镇|山|库|灾|疫|林|牧|农|矿|库)[区县市]/.test(words)
  return BODY.test(words) && (!MANY.test(words) || ofSomewhere(words))
}

/** The units that an addressee names, in its order. Kinds of addressees (各县区, 有关部门) name none. */
export function addressed(addressee: string, units: readonly UnitName[]): readonly Named[] {
  const exact = units.find((unit) => namesOf(unit).includes(addressee))
  if (exact !== undefined) return [{ words: addressee, code: exact.code }]
  const found: Named[] = []
  for (const part of addressee.replace(/[（(][^）)]*[）)]/g, '').split(PARTED)) {
    const words = part.trim().replace(/等(?:部门|单位)?$/, '')
    if (words.length < 2 || KIND.test(words)) continue
    const code = ofPlace(words, units) ?? unitOf(words, units)
    if (code !== null || namesOne(words)) found.push({ words, code })
  }
  return found
}

const IN_TEXT = new RegExp(`(?:[\\u4e00-\\u9fff]{0,4}${LEVEL})(?:委|政府)?[\\u4e00-\\u9fff]{2,12}?${UNIT_END}`, 'g')

/** 报市指挥部办公室: who is told what was done does not do it. */
const RECEIVES = /(?:报(?:送|告|备|请)?|上报|反馈|抄送|抄报|提交|送达|移送)(?:至|到|给)?$|向$/

/** The units of the register that a text names anywhere, as they come. */
export function namedIn(text: string, units: readonly UnitName[]): readonly Named[] {
  const found = new Map<string, { readonly words: string; readonly at: number }>()
  const see = (code: string, words: string, at: number): void => {
    if (!found.has(code) && !RECEIVES.test(text.slice(0, at))) found.set(code, { words, at })
  }
  for (const unit of units)
    for (const name of namesOf(unit)) {
      const at = text.indexOf(name)
      // 通江县公安局 is no 公安局 of the city.
      if (at >= 0 && (ofSomewhere(name) || !/[省州县区旗镇乡]$/.test(text.slice(0, at)))) see(unit.code, name, at)
    }
  for (const { 0: words, index } of text.matchAll(IN_TEXT)) {
    // What stands before the level may be a verb (会同市卫健委): the name from its level on.
    const at = words.search(new RegExp(LEVEL))
    const code = unitOf(words.slice(Math.max(0, at)), units)
    if (code !== null) see(code, words.slice(Math.max(0, at)), index + Math.max(0, at))
  }
  return [...found].sort(([, a], [, b]) => a.at - b.at).map(([code, { words }]) => ({ code, words }))
}
