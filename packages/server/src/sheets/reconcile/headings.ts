import { halfWidth } from '@guatu/kernel'

/** What a column of a pushed list can be of use for. */
export const MEANINGS = ['name', 'document', 'phone', 'birthYear', 'address', 'arrivedOn', 'note', 'nothing'] as const
export type Meaning = (typeof MEANINGS)[number]

/** A meaning for which several columns are candidates, or one that may be of somebody else: a person says which. */
export interface Doubt {
  readonly meaning: Meaning
  /** Places of the candidates, from 0. */
  readonly columns: readonly number[]
}

/** What the headings tell of the columns; a meaning that is in doubt is given to none. */
export interface Guessed {
  readonly meanings: readonly Meaning[]
  readonly doubts: readonly Doubt[]
}

/** A heading without spaces, stars and what stands in brackets. */
export const plain = (heading: string): string =>
  halfWidth(heading)
    .toLowerCase()
    .replace(/[（(【[].*?[)）】\]]|[*＊※\s_:：]/g, '')

/** People beside whom a list is about: what belongs to them belongs to nobody who is looked for. */
const OTHERS = new RegExp(
  [
    '户主|户长|家长|父亲|母亲|父母|^[父母]$|爸|妈|爷爷|奶奶|外[公婆]|配偶|丈夫|妻子|子女|家属|家人|亲属|亲戚|亲友|[监看陪照]护|家庭代表|户代表|紧急',
    '(?<![被需待拟应])(?:联系|联络|填报|填表|填写|制表|报送|上报|报告|登记|录入|采集|接诉|接报|接待|接收|接听|受理|经办|承办|交办)(?:人(?!员)|干部|者)',
    '(?<![被需待拟应])(?:核查|核实|排查|摸排|走访|审核|审批|复核|推送|派单|对接|介绍|担保|举报|测量|采样|代[办填报理]|收件|寄件)(?:人(?!员)|干部|者)',
    '(?<![被需待拟应])(?:联系|填报|登记|录入|核查|核实|排查|走访|审核|采样|值班|值守|工作|管理|医务|医护|服务|驻村|入户|帮扶|管控|测温|卡口|网格)人员',
    '(?<!被)包[保联]|责任人|负责人|法人|网格[员长]|楼栋?长|村医|医生|医师|护士|干部|书记|主任|组长|队长|领导|带班|挂[联包]|分管',
    '民警|警官|警察|保姆|老师|班主任|辅导员|主管|保长|见证|房东|房主|出租人|业主|雇主|店主|老板|领队|车主|司机|驾驶员|机主|同[行住车乘伴]|随行|陪同|接送|来电人|投诉人|反映人|(?:关联|接触)病例',
    '单位|公司|企业|学校|householder|headof|guardian|parent|father|mother|spouse|relative|emergency|contact(?:person|name)',
    'checked|reported|filled|responsible|worker|driver|employer|company|landlord|companion|owner|officer',
  ].join('|'),
)

/** Such a heading names a person: one of {@link OTHERS}, whose number may follow without a word of its own, or perhaps the one who is meant. */
const NAMES_PERSON = new RegExp(
  [
    '(?:(?<![几少每])人|(?<![动复党团])员|(?<![时身])长|主|者|师|民警|警官|警察|保安|保姆|书记|主任|主管|医生|护工|干部|司机|老板|领导',
    '[职民]工|学生|考生|幼儿|儿童|[旅乘租顾]客|客户|病例|病人|[父母爸妈哥弟姐妹叔姨舅亲偶属友]|爷爷|奶奶|外[公婆]|儿子|女儿|[监看陪照]护|姓名|名字',
    '(?:person|passenger|traveller|booker|buyer|patient|case|contact|client|guest|tenant|teacher|nurse|police|nanny|guardian|holder|driver)(?:name)?)$',
  ].join('|'),
)

/** Says that it is the person's own, where others stand beside. */
const OWN = /本人|自己/

/** Words for whoever a list is about: a number that is headed by one is theirs. */
const SUBJECT =
  /^(?:(?:人员|人|对象|接触者|[旅乘]客|乘车人|学生|患者|病人)|[返来入抵回到被].*|(?:外来|流动|重点|隔离|观察|密接|密切接触).*(?:人员|人|者|对象))$/

/** Columns beside the one that counts: which document it is, whether a phone answers, how somebody came. */
const BESIDE =
  /类型|类别|种类|是否|有无|关系|照片|图片|复印|归属|有效|签发|发证|拼音|曾用|原因|事由|工具|(?<!联系|联络|通讯)方式|车次|航班|班次|车牌|性质|状态|结果|情况|人数|(?<!身份证|证件)信息|(?<!证件?|身份)(?:编码|编号)|序号|type|kind|whether|relation|reason|status|mode|flight|train|vehicle/

/** A day or an hour. */
const DAY = /日期|时间|时刻|何时|什么时候|几号|哪天|日$/
const BARE_DAY = /^(?:日期时间|日期|时间|何时)$/
/** Arriving here; where somebody came before, was called, visited or employed is another matter. */
const ARRIVING =
  /抵|返(?![岗校工院])|(?<![退收召])回(?![访复执馈])|(?<![未原本])来(?![电访源信函])|入(?![职院学户伍党托园])|进(?![展度])|落地|下车|下高速|(?<![收接得领查])到(?![期岗案账过访])/
/** Arriving where somebody comes back from. */
const ELSEWHERE_ARRIVED = /[到抵返回来入进][达回往]?(?:武汉|湖北|汉|鄂|疫区|外地|外省)/g
/** Days of what was done with somebody or with the list. */
const OF_ANOTHER = /隔离|观察|治疗|住院|检测|采样|接触|发病|就诊|确诊|诊断|解除|登记|填|上报|推送|下发|核查|排查|录入|接诉|接报|更新/
const LEAVING = /离|出发|启程|动身|始发|发车|出境/
/** Words of places, among them such as are half a day: 从何地返回, 返回地. */
const PLACE = /何地|何处|哪里|哪儿|什么地方|来自|来处|来源地|出发地|始发|途[经径]|地点|所在地|目的地|[到返达务工发回籍生留]地$|车站|机场/
/** Where somebody lived or lives otherwise. */
const ELSEWHERE = /务工|打工|工作|原[住居地]|前[住居地]|外[地省]|武汉|湖北|在[汉鄂]|邮寄|旅居|出发|隔离/

type Reading = readonly [meaning: Meaning, word: RegExp, rank: number]

/** Words by which senders head such columns. Chinese says what a thing is at its end: the word that ends last counts, then the longest. */
const WORDS: readonly Reading[] = [
  ['name', /姓名|名字|人名|人员名称/g, 1],
  ['name', /(?:人员|(?<![几少每])人|者|对象|[旅乘]客)$/g, 2],
  ['document', /(?:居民|公民)?身份(?:证件?)?(?:号码?|编[号码])|(?:居民)?身份证件?(?!明)|证件(?:号码?|编[号码])|证件$|^id(?:号码?)$/g, 1],
  ['document', /(?<!健康|通行|工作|驾驶|行驶|准考|学生|出入|营业)证号码?/g, 1],
  ['document', /(?:护照|来往内地通行证|回乡证|台胞证|居[住留]证)(?:号码?|编号)?/g, 2],
  ['phone', /手机号?码?|电话号?码?|(?:联系|联络|通讯)方式|联系号码|移动号码/g, 1],
  ['phone', /固定电话|座机|固话/g, 2],
  ['birthYear', /出生(?:日期|年月日?|年份|时间)?|生日/g, 1],
  ['address', /(?:现|家庭|居住|详细|常住|实际)+[住居]?[地住]?[地址所处]|现[居住]|住址|住所|居住|地址|住处/g, 1],
  ['address', /(?:户籍|户口|籍贯|老家)(?:所在)?(?:地址|住址|地)?|身份证(?:地址|住址)/g, 3],
  ['address', /小组|组别|村组|^组$|小区$/g, 4],
  ['address', /(?:村|社区|居委会)(?:名称?)?$/g, 5],
  ['address', /(?:乡镇|街道|镇|^乡)(?:名称?)?$/g, 6],
  ['note', /备注|说明|来源/g, 1],
]

/** English says what a thing is first, or in one word. */
const ENGLISH: readonly Reading[] = [
  ['document', /idcard|idno|idnumber|nationalid|identity|document|passport|^id$/, 1],
  ['phone', /phone|mobile|(?<!ho|mo)tel|cell/, 1],
  ['birthYear', /(?<!placeof)birth(?!place)/, 1],
  ['arrivedOn', /(?<!placeof)(?:arriv|return)(?![a-z]*from)|dateofentry/, 1],
  ['arrivedOn', /^(?:date|day|time)$/, 3],
  ['address', /address/, 1],
  ['address', /village/, 5],
  ['address', /town/, 6],
  ['name', /^name|fullname/, 1],
  ['note', /note|remark/, 1],
]

/** What one heading says for itself: its meaning, and how plainly; of several columns the plainest counts. */
interface Heading {
  readonly meaning: Meaning
  /** 0 is plainest. */
  readonly rank: number
  /** It is about somebody else. */
  readonly others: boolean
}

const NONE: Heading = { meaning: 'nothing', rank: 9, others: false }

export function readHeading(heading: string): Heading {
  const [words, whole] = [plain(heading), halfWidth(heading).toLowerCase().replace(/\s/g, '')]
  if (OTHERS.test(whole)) return { ...NONE, others: true }
  if (words === '' || BESIDE.test(words)) return NONE
  const found = dayIn(words) ?? (PLACE.test(words) ? placeIn(words) : lastOf(words)) ?? ENGLISH.find(([, word]) => word.test(words))
  if (!found || (found[0] === 'address' && ELSEWHERE.test(words))) return NONE
  return { meaning: found[0], rank: OWN.test(words) ? 0 : found[2], others: false }
}

/** Below a wide heading: it is part of what the column says where it says whose it is, or of what the day is. */
export function belongsTogether(wide: string, under: string): boolean {
  const [one, both] = [readHeading(under), readHeading(wide + under)]
  return one.meaning !== 'nothing' && (both.others || BARE_DAY.test(plain(under)) || both.rank < one.rank)
}

/** A day of arriving, or of anything else, which is of no use; undefined where no day is meant. */
function dayIn(words: string): Reading | undefined {
  if (/出生|生日/.test(words)) return undefined
  if (/^(?:到达|抵达|返回|返乡|返巴|来巴|入境)$/.test(words)) return ['arrivedOn', DAY, 2]
  const day = lastEnd(words, DAY)
  if (day < 0 || WORDS.some(([, word]) => lastEnd(words, word) > day)) return undefined
  if (BARE_DAY.test(words)) return ['arrivedOn', DAY, 3]
  if (!ARRIVING.test(words.replace(ELSEWHERE_ARRIVED, '')) || OF_ANOTHER.test(words)) return ['nothing', DAY, 9]
  return ['arrivedOn', DAY, LEAVING.test(words) || PLACE.test(words) || /[拟预计]|计划/.test(words) ? 2 : 1]
}

/** Where somebody lives is of use, and where somebody comes from is noted. */
function placeIn(words: string): Reading {
  const found = lastOf(words)
  return found && ['address', 'note', 'phone', 'document'].includes(found[0]) ? found : ['nothing', PLACE, 9]
}

function lastOf(words: string): Reading | undefined {
  let last: { reading: Reading; end: number; length: number } | undefined
  for (const reading of WORDS)
    for (const { 0: word, index } of words.matchAll(reading[1])) {
      const [end, length] = [index + word.length, word.length]
      if (!last || end > last.end || (end === last.end && length > last.length)) last = { reading, end, length }
    }
  return last?.reading
}

const lastEnd = (words: string, word: RegExp): number =>
  [...words.matchAll(new RegExp(word.source, 'g'))].reduce((end, { 0: found, index }) => Math.max(end, index + found.length), -1)

/** Those of whom two columns are two candidates; notes are many. */
const ONCE: readonly Meaning[] = ['name', 'document', 'phone', 'birthYear', 'address', 'arrivedOn']

/**
 * The meaning of each column as far as the headings tell. Where two columns say one thing equally plainly, another one is named like a person too, or a
 * number may be that of somebody else, they are in doubt: taken for the wrong person, whoever is at home with them is put under restrictions.
 */
export function guessMeanings(headings: readonly string[]): Guessed {
  const read = headings.map(readHeading)
  const meanings = read.map(({ meaning }): Meaning => (ONCE.includes(meaning) ? 'nothing' : meaning))
  const doubts: Doubt[] = []
  for (const meaning of ONCE) {
    const all = read.flatMap((one, column) => (one.meaning === meaning ? [{ column, rank: one.rank }] : []))
    const plainest = Math.min(...all.map(({ rank }) => rank))
    if (all.length === 0) continue
    const columns =
      meaning === 'name' && plainest > 0
        ? headings.flatMap((_, column) => (mayBeMeant(headings, read, column) ? [column] : []))
        : all.filter(({ rank }) => rank === plainest).map(({ column }) => column)
    const [one] = columns
    if (one === undefined) continue
    if (columns.length === 1 && (plainest === 0 || !isOfAnother(headings, read, one))) meanings[one] = meaning
    else doubts.push({ meaning, columns })
  }
  return { meanings, doubts }
}

/** Whether a column holds names of people of whom the list may be. */
function mayBeMeant(headings: readonly string[], read: readonly Heading[], column: number): boolean {
  const { meaning, others } = read[column] ?? NONE
  const words = plain(headings[column] ?? '')
  return meaning === 'name' || (meaning === 'nothing' && !others && NAMES_PERSON.test(words) && !BESIDE.test(words))
}

/** Whether a number is headed by somebody who is not called so in the column of the names, or stands behind the name of somebody else. */
function isOfAnother(headings: readonly string[], read: readonly Heading[], column: number): boolean {
  const { meaning } = read[column] ?? NONE
  if (meaning !== 'document' && meaning !== 'phone') return false
  const whose = plain(headings[column] ?? '').replace(NUMBER, '')
  const called = read.flatMap((one, i) => (one.meaning === 'name' ? [plain(headings[i] ?? '')] : []))
  if (NAMES_PERSON.test(whose) && !SUBJECT.test(whose) && !called.some((name) => name.startsWith(whose))) return true
  for (let i = column - 1; i >= 0; i--) {
    if (read[i]?.meaning === 'name') return false
    const words = plain(headings[i] ?? '')
    if (read[i]?.others && (NAMES_PERSON.test(words) || words.endsWith('name')) && !BESIDE.test(words)) return true
  }
  return false
}

/** What a heading says of a number, behind whose it is. */
const NUMBER =
  /的?(?:(?:常用|移动|固定|联系|联络|通讯|居民|公民)*(?:手机|电话|方式|号码|座机|身份|证件|证号|护照)|(?:id|phone|mobile|tel)).*$/
