/**
 * Words of every day in which a sign of a number counts nothing. Whoever finds one missing adds it here: until then it is asked about, and
 * confirmed with a reason. None may hold a number that somebody could read as people.
 */
const WORDS = `
一律 一定 一切 一般 一些 一致 一直 一旦 一体 一线 一并 一同 一起 一贯 一向 一再 一时 一经 一道 一样 一心 一带 一度 一概 一应 一流 一改 一举 一手 一味 一早 一路
一级 一类 一季度 一系列 一揽子 一部分 一大批 一批 一把手 一盘棋 一刀切 一票否决 一手抓 一方面 一段时间 一步步 一站式 一条龙 一张网 一条心 一键 一码 一卡通 一如既往 一丝不苟
一以贯之 一视同仁 一线串联 一点一滴 一心一意 一鼓作气 一目了然 一言一行 一律不 一着 一半 一刻 一次性 一公里 一把劲 前一阶段 一抓到底 一竿子 一个不漏 一户不漏 一人不漏 一个不落 一个不少 不漏一户 不漏一人 不落一户 不落一人 一个月 一天 一周 一年 一刻
统一 单一 同一 专一 万一 不一 划一 每一 任一 某一 这一 那一 该一 上一 下一 新一 逐一 一一 另一方面 始终如一 合一 进一步 第一时间 第一线 第一责任 第一书记
十分 十足 百姓 百货 百倍 百年 百日攻坚 千方百计 千家万户 千万要 千万不 万众 万家 万无一失 万全 成千上万 千名干部
两手 两会 两委 两级 两节 两侧 两端 两地 两站一场 两个维护 两不愁三保障 四不两直 三班倒 三班轮
二级 二次 二维码 二代 三级 三农 三方 三类 三公 三资 三甲 三轮 三峡 三角 四级 四类 四川 四周 四早 四季 四方 五金 五保 五一 五四 六安 六一 六稳 六保 七一 八一 八方 九江 九寨
再三 接二连三 丢三落四 朝三暮四 五湖四海 四面八方 乱七八糟 三天两头 三番五次 举一反三 独一无二 百分之百 百分百
无人机 无人驾驶 无人值守 无人配送 无人售货 无人超市 无人区 无人照料 无人看管 无人监护 无一例外 无一遗漏
个人防护 个人信息 个人卫生 个人健康 个人申报 个人隐私 个人行程 个人承诺 个人物品 名单 名册 名额 名称 位于 位置 位次
个别地方 个别地区 个别单位 个别部门 个别乡镇 个别村 个别企业 个别场所 个别环节 个别问题 个别谈话 个别化
零报告 零距离 零星 零售 零散 零容忍 零接触 零差错 清零 归零 为零 零时
陆续 陆路 大陆 登陆 着陆 水陆 内陆 队伍 入伍 退伍 收拾 拾遗 放肆 大肆 肆意 老幺 佰佳
`
const ENDS_IN_NUMBER = /[一两三]$/
/** Behind a word that ends in a sign of a number no counter of people may stand: 系统一人 holds one. */
const NO_COUNTER = '(?!\\s*(?:个人|人(?![民员群口才力])|例|名|位|口))'
const set = WORDS.trim()
  .split(/\s+/)
  .sort((a, b) => b.length - a.length)
  .map((word) => (ENDS_IN_NUMBER.test(word) ? `${word}${NO_COUNTER}` : word))

const MONTHS = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec'
const SIGN = '[零〇○一二两三四五六七八九十廿卅百]'
const PEOPLE = '[人例位名口]|个(?![方月环层阶级])|患者|病例'
const COUNTED_NO = [
  // What falls to each is no count of those to whom it falls: 一人一档, 每日两次.
  `一(?![例名位口])\\p{Script=Han}一(?![人例名位口])\\p{Script=Han}`,
  // Days and times of day are said in every notice and count nobody.
  `\\d{4}\\s*年(?:\\s*\\d{1,2}\\s*月)?(?:\\s*\\d{1,2}\\s*[日号])?`,
  `\\d{1,2}\\s*月(?:\\s*\\d{1,2}\\s*[日号])?`,
  `\\d{1,2}\\s*日`,
  `\\d{4}-\\d{1,2}-\\d{1,2}`,
  `\\d{1,2}\\s*[:：]\\s*\\d{2}`,
  `\\d{1,2}\\s*时(?:\\s*\\d{1,2}\\s*分)?`,
  `${SIGN}{4}年(?:${SIGN}{1,2}月)?(?:${SIGN}{1,3}[日号])?`,
  `${SIGN}{1,2}月(?:份|${SIGN}{1,3}[日号])?`,
  `${SIGN}{1,3}[日时]`,
  `周[一二三四五六日]`,
  `星期[一二三四五六日]`,
  `\\b\\d{1,2}\\s+(?:${MONTHS})[a-z]*(?:\\s+\\d{4})?`,
  `\\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\\s+\\d{1,2}(?:,?\\s+\\d{4})?`,
  'COVID-19|2019-nCoV',
  // A document and its parts: 〔2020〕13号, 第三条, 一、, （二）, 一是.
  `[〔\\[(]\\d{4}[〕\\])]\\s*(?:第)?\\d+\\s*号`,
  `第\\s*(?:\\d+|${SIGN}+)(?!\\s*(?:\\d|${SIGN}|${PEOPLE}))`,
  `(?<=^|[。；;!?！？\\n])\\s*(?:\\(?${SIGN}{1,3}\\)|${SIGN}{1,3}、|\\d{1,2}[.、](?!\\d)|\\(\\d{1,2}\\))`,
  `(?<=^|[。；;，,、：:!?！？])\\s*${SIGN}{1,2}(?:是|要)(?!\\s*(?:${PEOPLE}))`,
  `[每任何同]${SIGN}(?=\\s*(?:个人|人|例|名|位|户|个))`,
  // 那一户 is a household spoken of; 那一位 is a person, and one.
  `[这那该]${SIGN}(?=\\s*(?:户|个(?!人)))`,
  `每(?:天|日|周|月|户|人|班|车|批)\\p{Script=Han}{0,5}?${SIGN}(?:次|遍|餐|测|班)`,
  // How high a response or an event stands: Ⅲ级响应, level II.
  `[ivx]{1,4}\\s*(?:级|类|型|期|度)(?!\\s*(?:${PEOPLE}))`,
  `\\b(?:level|grade|class|phase|type|category)\\s+[ivx]{1,4}\\b`,
  `[ivx]{1,4}\\s+(?:level|response)`,
  // Years of school, and turns.
  `[高初][一二三](?=[、,，年级毕班学])`,
  `每${SIGN}天一[轮次]`,
  // A place that is called so: 三江镇, 五一路.
  `${SIGN}(?!${PEOPLE}|[户家村镇乡次批天条项岁])\\p{Script=Han}(?:镇|乡|街道|医院|大桥|路|街)`,
  `(?<![\\d.])(?:${set.join('|')})`,
  // What a quoted programme is called: “四早”, never a number alone, nor one of people.
  `[“"「《](?=[^”"」》]{2,20}[”"」》])(?:${SIGN}(?![人例位名口户家]|个[人患病确疑居村])\\p{Script=Han}{1,4}){1,4}(?=[”"」》，、])`,
  `\\b(?:one another|one by one|no one(?=\\s+(?:may|must|should|shall|can)\\b)|any one|each one|every one|one-stop|single rooms?|single-room)\\b`,
]

/** Dates, parts of documents and set words in plain words: what in them looks like a number counts nothing. */
export const HARMLESS = new RegExp(COUNTED_NO.join('|'), 'giu')
