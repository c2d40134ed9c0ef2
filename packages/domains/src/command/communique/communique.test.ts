import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  DOMAINS,
  joinWithNext,
  RULES,
  readCommunique,
  relabel,
  type ScoredDirective,
  score,
  splitAt,
  suggestIndicators,
  suggestUnits,
} from './index.ts'

const here = fileURLToPath(new URL('./fixtures/', import.meta.url))
const shared = fileURLToPath(new URL('../../../../../../shared/communique/', import.meta.url))
interface Gold {
  readonly directives: readonly ScoredDirective[]
  readonly headings: readonly string[]
}
const load = (folder: string, name: string): { text: string; gold: Gold } => ({
  text: readFileSync(`${folder}${name}.txt`, 'utf8'),
  gold: JSON.parse(readFileSync(`${folder}${name}.gold.json`, 'utf8')) as Gold,
})
const names = readdirSync(here)
  .filter((file) => file.endsWith('.txt'))
  .map((file) => file.slice(0, -4))

describe('reading against the gold', () => {
  it('has gold quotations that are exact substrings', () => {
    for (const name of names) {
      const { text, gold } = load(here, name)
      for (const item of gold.directives) expect(text.slice(item.start, item.end)).toBe(item.quote)
    }
  })
  // The hold-outs and blind texts were annotated before any reading of them; what the first reading showed was mended where a general
  // rule was missing, so today's figures on them are no longer blind. docs/how-to/read-a-communique.md has the first readings.
  it.each(names)('%s', (name) => {
    const { text, gold } = load(here, name)
    const result = score(gold, readCommunique(text))
    expect(result.f1).toBeGreaterThanOrEqual(0.9)
    expect(result.domain.hits / result.domain.of).toBeGreaterThanOrEqual(0.8)
  })
  it('keeps its level over all texts: boundaries 0.97, domains 0.95', () => {
    const results = names.map((name) => {
      const { text, gold } = load(here, name)
      return score(gold, readCommunique(text))
    })
    const sum = (of: (result: (typeof results)[number]) => number): number => results.reduce((total, result) => total + of(result), 0)
    const matched = sum((r) => r.matched)
    expect((2 * matched) / (sum((r) => r.gold) + sum((r) => r.read))).toBeGreaterThanOrEqual(0.97)
    expect(sum((r) => r.domain.hits) / matched).toBeGreaterThanOrEqual(0.95)
  })
  it.skipIf(!existsSync(shared)).each(['bazhong-2020-02-14', 'example-01'])('%s (skipped where ../shared is absent)', (name) => {
    const { text, gold } = load(shared, name)
    const read = readCommunique(text)
    const result = score(gold, read)
    expect(result.f1).toBeGreaterThanOrEqual(0.95)
    expect(result.domain.hits / result.domain.of).toBeGreaterThanOrEqual(0.9)
    for (const item of read.directives) expect(text.slice(item.start, item.end)).toBe(item.quote)
  })
})

const MEETING = '松岭县召开应急指挥部第十二次会议\n3月4日，县长主持召开县应急指挥部第十二次会议。\n会议要求，'

describe('cutting', () => {
  const quotes = (orders: string): readonly string[] => readCommunique(`${MEETING}${orders}`).directives.map((d) => d.quote)
  it.each([
    ['a verb and object of its own opens a directive', '要加强卡口值守，排查外来车辆。', ['要加强卡口值守', '排查外来车辆']],
    ['a purpose stays with what precedes', '要加强卡口值守，严防疫情输入。', ['要加强卡口值守，严防疫情输入']],
    ['a list under one verb is not cut', '要配齐口罩、酒精、测温枪。', ['要配齐口罩、酒精、测温枪']],
    ['a strong modal opens a directive', '要公开救助标准，不得截留资金。', ['要公开救助标准', '不得截留资金']],
    ['a new addressee opens a directive', '县民政局要核对名册，各乡镇要上门发放。', ['县民政局要核对名册', '各乡镇要上门发放']],
    ['a soft opener goes forward', '要提高认识，组织开展农资打假。', ['要提高认识，组织开展农资打假']],
    ['a condition goes forward', '在做好消毒的前提下，有序恢复公交运营。', ['在做好消毒的前提下，有序恢复公交运营']],
    ['an ordinal is not part of the quotation', '一是加强卡口值守；二是关闭棋牌室。', ['加强卡口值守', '关闭棋牌室']],
    [
      'a topic that two clauses spell out is no directive',
      '要强化宣传引导，编印防疫手册，开通咨询热线。',
      ['编印防疫手册', '开通咨询热线'],
    ],
    [
      'a topic goes with the one clause that spells it out',
      '要抓好防返贫工作，对低保家庭逐户回访。',
      ['要抓好防返贫工作，对低保家庭逐户回访'],
    ],
    ['general words open nothing', '要健全工作机制，采购试剂，形成合力。', ['要健全工作机制，采购试剂，形成合力']],
    [
      'an opening 要 without a field of its own goes forward',
      '要创新工作模式，在网上办理施工许可。',
      ['要创新工作模式，在网上办理施工许可'],
    ],
    [
      'a topic goes with the one unit that spells it out',
      '要规范复工复产，市经信局要核验复工企业的防疫物资。',
      ['要规范复工复产，市经信局要核验复工企业的防疫物资'],
    ],
    [
      'a topic with a single directive under it is one with it',
      '要严格实施管控，各卡口要严格做好测温、登记等工作。',
      ['要严格实施管控，各卡口要严格做好测温、登记等工作'],
    ],
    [
      'the whole field in words that any order may hold opens nothing',
      '要开通咨询热线，落实落细各项防控举措。',
      ['要开通咨询热线，落实落细各项防控举措'],
    ],
    [
      'acts in no field open nothing after acts in no field',
      '总结好的做法，寻找薄弱点。要清运垃圾。',
      ['总结好的做法，寻找薄弱点', '要清运垃圾'],
    ],
    ['what is demanded of the work is no attribution', '要清运垃圾，工作要求要严实。', ['要清运垃圾', '工作要求要严实']],
    ['acts without an object open nothing', '要采购测温枪，多方筹集调运。', ['要采购测温枪，多方筹集调运']],
    [
      'a list of means goes with the work it is for',
      '要通过敲门走访，张贴告示，播放广播等形式宣传防疫知识。',
      ['要通过敲门走访，张贴告示，播放广播等形式宣传防疫知识'],
    ],
    [
      'what was ordered far above is relayed',
      '疫情发生后，习近平总书记作出重要指示，强调各级要全力救治患者。各乡镇要加密巡查。',
      ['各乡镇要加密巡查'],
    ],
    ['a part of the same work stays with it', '要做好春耕备耕，重点抓好早稻育秧。', ['要做好春耕备耕，重点抓好早稻育秧']],
    ['who said it is left out', '他要求各乡镇要加密巡查。', ['各乡镇要加密巡查']],
    ['what the matter itself is orders nothing', '抓好春耕，是端牢饭碗的基础。要调运化肥。', ['要调运化肥']],
    ['situation before the order is left out', '当前疫情形势依然严峻，各乡镇要加密巡查。', ['各乡镇要加密巡查']],
  ])('%s', (_name, orders, expected) => {
    expect(quotes(orders)).toEqual(expected)
  })
  it('takes a topic sentence that is spelled out as a heading, and one that is not as a directive', () => {
    const spelled = readCommunique(`${MEETING}要抓好春耕生产。组织农机检修，调运化肥种子。`)
    expect(spelled.headings.map((h) => h.quote)).toEqual(['要抓好春耕生产'])
    expect(readCommunique(`${MEETING}要抓好春耕生产。`).directives.map((d) => d.quote)).toEqual(['要抓好春耕生产'])
  })
  it('takes a topic that goes on after a semicolon as a heading', () => {
    const read = readCommunique(`${MEETING}要落实防控举措，关闭棋牌室；清运积存垃圾；劝散聚餐人群。`)
    expect(read.headings.map((h) => h.quote)).toEqual(['要落实防控举措'])
    expect(read.directives.map((d) => d.quote)).toEqual(['关闭棋牌室', '清运积存垃圾', '劝散聚餐人群'])
  })
  it('reads traditional characters and quotes them as they stand', () => {
    const text =
      '松嶺縣召開應急指揮部第十二次會議\n3月4日,縣長主持召開縣應急指揮部第十二次會議。\n會議要求,要加強卡口值守,嚴防疫情輸入;縣民政局要救助特困戶。'
    const read = readCommunique(text, { year: 2020 })
    expect(read).toMatchObject({ title: '松嶺縣召開應急指揮部第十二次會議', session: 12, meetingDate: '2020-03-04' })
    expect(read.directives.map((d) => [d.quote, d.domain])).toEqual([
      ['要加強卡口值守,嚴防疫情輸入', 'access_control'],
      ['縣民政局要救助特困戶', 'welfare'],
    ])
    for (const d of read.directives) expect(text.slice(d.start, d.end)).toBe(d.quote)
  })
  it('skips attendance, agenda and praise, and says why', () => {
    const read = readCommunique(
      '松岭县召开会议\n3月4日，松岭县召开调度会。会议听取了汇报。会议充分肯定了前期工作。会议要求，要清运垃圾。\n各乡镇负责人参加会议。',
    )
    expect(read.directives.map((d) => d.quote)).toEqual(['要清运垃圾'])
    expect(read.skipped.map((s) => s.why.rule)).toContain('skip.lead')
  })
})

describe('labels', () => {
  const one = (orders: string) => {
    const directive = readCommunique(`${MEETING}${orders}`, { year: 2020 }).directives[0]
    if (directive === undefined) throw new Error('no directive')
    return directive
  }
  it('reads a deadline with its day, and none from a purpose', () => {
    expect(one('县水利局要在3月20日前完成机井检修。')).toMatchObject({
      deadline: '3月20日前',
      deadlineDate: '2020-03-20',
      addressee: '县水利局',
      domain: 'farming',
    })
    expect(one('要加快大棚建设，力争3月底前见效。').deadline).toBeNull()
  })
  it('reads urgency, conditions, numbers, programmes and prohibition', () => {
    expect(one('要尽快采购2.5万只口罩。')).toMatchObject({
      urgency: '尽快',
      domain: 'supplies',
      numbers: [{ quote: '2.5万只', value: 25000, unit: '只' }],
    })
    expect(one('深入开展“暖心回家”行动，接回滞留学生。').programmes).toEqual(['暖心回家'])
    expect(one('严禁聚餐。')).toMatchObject({ prohibition: true, domain: 'containment' })
    expect(one('依法调处劳资纠纷。').conditions).toEqual(['依法'])
  })
  it('calls soft what nobody could deliver', () => {
    expect(one('全县上下要提高政治站位，克服厌战情绪。')).toMatchObject({ soft: true, domain: 'command' })
  })
  it('weighs the words of the field where no rule is sure, and says which told', () => {
    const weighed = one('要看牢小区的通道。')
    expect(weighed.domain).toBe('access_control')
    expect(weighed.why.find((why) => why.rule === 'label.weighed')?.zh).toMatch(/小区、通道$/)
  })
  it('gives every directive a rule for its cut and one for its domain', () => {
    const known = new Set(RULES.map((rule) => rule.rule))
    for (const name of names) {
      for (const directive of readCommunique(load(here, name).text).directives) {
        expect(directive.why.every((why) => known.has(why.rule))).toBe(true)
        expect(directive.why.some((why) => why.rule.startsWith('cut.') || why.rule.startsWith('join.'))).toBe(true)
        expect(directive.why.some((why) => why.rule.startsWith('label.'))).toBe(true)
        expect(directive.action.length).toBeGreaterThan(0)
      }
    }
  })
})

describe('attributes', () => {
  it('names body, session, day and chair by role, never by name', () => {
    const read = readCommunique(
      '2020-03-05 来源：松岭发布\n3月4日，县委副书记、县长赵某某主持召开县应急指挥部第十二次会议。会议要求，要清运垃圾。',
    )
    expect(read).toMatchObject({
      body: '县应急指挥部',
      session: 12,
      meetingDate: '2020-03-04',
      date: '2020-03-05',
      chair: '县委副书记、县长',
    })
    expect(readCommunique('3月1日，市委应对新冠肺炎疫情工作领导小组召开第四次会议。会议要求，要清运垃圾。')).toMatchObject({
      body: '市委应对新冠肺炎疫情工作领导小组',
      session: 4,
    })
  })
  it('reads the head of minutes and the foot of a notice', () => {
    const minutes = '松岭镇疫情防控会议纪要\n时间：2020年3月4日下午\n主持：镇长\n会议议定：\n1. 3月9日前清运垃圾.\n出席：镇政府办、派出所'
    expect(readCommunique(minutes)).toMatchObject({ meetingDate: '2020-03-04', chair: '镇长' })
    expect(readCommunique(minutes).directives.map((directive) => directive.quote)).toEqual(['3月9日前清运垃圾'])
    const notice = '关于清运垃圾的通告\n一、各小区要清运垃圾。\n本通告自2020年3月5日零时起施行。\n松岭市应急指挥部\n2020年3月4日'
    expect(readCommunique(notice)).toMatchObject({ body: '松岭市应急指挥部', date: '2020-03-04' })
    expect(readCommunique(notice).directives.map((directive) => directive.quote)).toEqual(['各小区要清运垃圾'])
  })
})

describe('strange input', () => {
  const plain = `${MEETING}要加强卡口值守，3月8日前排查外来车辆120台；要关闭棋牌室。`
  const cut = (text: string): number[] => readCommunique(text).directives.map((d) => d.quote.length)
  it.each([
    ['BOM', `\ufeff${plain}`],
    ['CRLF', plain.replaceAll('\n', '\r\n')],
    ['no-break spaces', plain.replaceAll('\n', '\n\u00a0\u00a0')],
    ['full-width digits', plain.replace(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0))],
    ['half-width punctuation', plain.replaceAll('，', ',').replaceAll('；', ';')],
  ])('%s changes no cut', (_name, text) => {
    expect(cut(text)).toEqual(cut(plain))
    for (const d of readCommunique(text).directives) expect(text.slice(d.start, d.end)).toBe(d.quote)
  })
  it('joins lines that were broken by force', () => {
    const text =
      '松岭县召开会议\n\n会议要求，要加强卡口值守力量，逐车查验外来车辆并做好登\n记，严防疫情输入扩散；要在三月中旬之前组织农机下田，把早\n稻育秧面积落实到户，确保不误农时。'
    expect(readCommunique(text).directives).toHaveLength(4)
  })
  it('refuses empty and foreign text with a reason', () => {
    expect(readCommunique('').refusal?.code).toBe('empty')
    expect(readCommunique(' \n\t').refusal?.code).toBe('empty')
    expect(readCommunique('The meeting required all units to strengthen checks at every gate.').refusal).toMatchObject({
      code: 'not_chinese',
    })
  })
  it('finds nothing where nobody is told to do anything', () => {
    const read = readCommunique('松岭县概况\n松岭县位于江南丘陵，面积1200平方公里，人口30万。境内河流众多，气候温和。')
    expect(read).toMatchObject({ refusal: null, directives: [] })
  })
  it('reads any text without throwing; directives are exact, ordered and apart', () => {
    const word = fc.constantFrom(
      '会议要求',
      '会议指出',
      '，',
      '。',
      '；',
      '：',
      '“',
      '”',
      '（',
      '要',
      '必须',
      '不得',
      '加强',
      '卡口',
      '一是',
      '3月5日前',
      '依法',
      '在',
      '基础上',
      '各乡镇',
      '\n',
      ' ',
      '确保',
      '对',
      '把',
      '1.',
      '\ud83d',
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), (words) => {
        const text = words.join('')
        const read = readCommunique(text)
        let end = 0
        for (const d of read.directives) {
          expect(d.start).toBeGreaterThanOrEqual(end)
          expect(text.slice(d.start, d.end)).toBe(d.quote)
          end = d.end
        }
      }),
      { numRuns: 300 },
    )
  })
  it.each(['要加强，', '“要加强', '依法依规', '在做好', '1,2,3月'])(
    'a quarter of a million characters of %s come back',
    (piece) => {
      expect(() => readCommunique(piece.repeat(Math.ceil(250_000 / piece.length)))).not.toThrow()
    },
    60_000,
  )
})

describe('the intake screen', () => {
  const text = `${MEETING}要加强卡口值守，排查外来车辆；要关闭棋牌室。`
  it('splits at the cursor and joins again', () => {
    const read = readCommunique(text)
    const joined = joinWithNext(read, text, 0)
    expect(joined.directives.map((d) => d.quote)).toEqual(['要加强卡口值守，排查外来车辆', '要关闭棋牌室'])
    const split = splitAt(joined, text, text.indexOf('，排查'))
    expect(split.directives.map((d) => d.quote)).toEqual(read.directives.map((d) => d.quote))
    expect(split.directives[0]?.why[0]?.rule).toBe('cut.person')
  })
  it('leaves the communiqué alone where there is nothing to split or join', () => {
    const read = readCommunique(text)
    expect(splitAt(read, text, 0)).toBe(read)
    expect(joinWithNext(read, text, 99)).toBe(read)
  })
  it('labels a chosen piece and refuses an empty one', () => {
    const start = text.indexOf('要关闭')
    expect(relabel(text, start, text.length)).toMatchObject({ quote: '要关闭棋牌室', domain: 'venues' })
    expect(() => relabel(text, start, start)).toThrow(/重新选择/)
  })
})

describe('suggestions', () => {
  const units = [
    { code: 'rs', name: '县人力资源和社会保障局', aliases: ['县人社局'] },
    { code: 'jt', name: '县交通运输局' },
    { code: 'wj', name: '县卫生健康局' },
  ]
  it('puts the unit that the text names first, then who usually answers for the domain', () => {
    const directive = readCommunique(`${MEETING}县人社局要组织包车运送农民工返岗。`, { units }).directives[0]
    if (directive === undefined) throw new Error('no directive')
    expect(directive).toMatchObject({ addressee: '县人社局', domain: 'labour_transport' })
    const found = suggestUnits(directive, units)
    expect(found.lead).toMatchObject({ code: 'rs', why: { rule: 'unit.addressee' } })
    expect(found.assisting.map((unit) => unit.code)).toEqual(['jt', 'wj'])
  })
  it('takes indicators from the table that is passed in', () => {
    expect(
      suggestIndicators('farming', [
        { code: 'sown', domains: ['farming'] },
        { code: 'cases', domains: ['clinical'] },
      ]),
    ).toEqual(['sown'])
  })
  it('knows each domain once', () => {
    expect(new Set(DOMAINS.map((domain) => domain.code)).size).toBe(28)
  })
})

describe('score', () => {
  const d = (start: number, end: number, domain = 'other'): ScoredDirective => ({ start, end, domain, quote: '' })
  it('pairs one to one at an overlap of one half', () => {
    const result = score({ directives: [d(0, 10), d(20, 30)] }, { directives: [d(0, 10), d(22, 29, 'farming'), d(40, 50)] })
    expect(result).toMatchObject({ matched: 2, f1: 0.8, exactF1: 0.4, domain: { hits: 1, of: 2 } })
    expect(score({ directives: [d(0, 10)] }, { directives: [d(6, 16)] }).matched).toBe(0)
  })
})
