/** The surnames of most people that are not everyday words as well; a name missed here is still for whoever publishes to see. */
const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙朱胡郭林罗郑梁谢宋唐许韩冯邓曹彭曾肖董袁潘蒋蔡杜魏吕姚姜崔钟谭陆汪贾韦邹孟熊秦邱薛阎侯史陶黎龚邵钱覃戴莫汤'
/** Those that are everyday words as well: asked about only before what becomes of people. */
const WORDS_TOO = '马何苏卢任夏石白尹龙段雷武康贺'
const DOUBLE = '欧阳|司马|上官|诸葛|皇甫|令狐|慕容'
const HAN = '\\p{Script=Han}'
const FATE =
  '已|被|确诊|疑似|出院|治愈|死亡|去世|病亡|隔离|回来|返回|返巴|返乡|返程|到达|抵达|来巴|离巴|感染|发热|发病|住院|转诊|转院|阳性|阴性|核酸'
const DOES = `${FATE}|系|于|从|自|经|在|曾|正在|现|乘|驾|与|和|为|是`
/** What stands before a name: nothing, a sign, or who somebody is. */
const BEFORE = `(?<=^|[，。、：:；;,.(（“"\\s]|[民员者生师工人中户县区市镇乡村组社例对将由让其])`
/** Words that begin like a name. */
const NO_NAMES =
  /^(?:周[边围末期密全一二三四五六日]|许[多可久]|黄[码色金冈石陂]|张[贴榜]|陈述|谢[绝谢]|林[区业场]|郑州|徐州|唐山|梁平|韩国|彭[州水]|董事|吴[中江]|何[时地人种处]|任[何务职]|石家|武[汉昌装警]|康复|马上|苏[州醒]|夏[季天]|白[天班]|龙[头门]|段[时落]|陆[续路]|钟[头南]|史[上料]|江苏|曾[经口]|唐[突朝]|汤[圆药]|戴口|杜绝|莫[不非]|秦[巴岭]|钱[款物]|宋体|孟[加州]|罗列|胡[同乱]|石[油材]|卢森|雷[同达]|贺[卡年])/

const PATTERNS = [
  `(?:病例|患者|感染者|密接者|接触者|死者)[:：“"(（]?([${SURNAMES}]${HAN}{1,2}?)(?=[，。、；;,.()（）”"\\s：:男女]|系|住|为|$)`,
  `([${SURNAMES}](?:[某×*][某×*${'\\u4e00-\\u9fff'}]?|${HAN}{0,2}(?=先生|女士|小姐|同志)))`,
  `(?<=[，、：:,（(])([${SURNAMES}]${HAN}{1,2})(?=[，。、；;,.（()）\\s]|$)`,
  `${BEFORE}((?:[${SURNAMES}]|${DOUBLE})${HAN}{1,2}?)(?=${DOES})`,
  `${BEFORE}([${WORDS_TOO}]${HAN}{1,2}?)(?=${FATE})`,
].map((pattern) => new RegExp(pattern, 'gu'))

/** What may be names in a clause, each once. */
export const namesIn = (clause: string): readonly string[] => [
  ...new Set(PATTERNS.flatMap((pattern) => [...clause.matchAll(pattern)].flatMap(([, name = '']) => (NO_NAMES.test(name) ? [] : [name])))),
]
