import { describe, expect, it } from 'vitest'
import { readCommunique } from './index.ts'

// Habits of the genre that other cities' communiqués showed; every sentence here is invented.
const MEETING = '松岭市召开疫情防控工作领导小组第九次会议\n3月4日，市长主持召开会议。\n会议要求，'
const read = (orders: string) => readCommunique(`${MEETING}${orders}`, { year: 2020 }).directives
const quotes = (orders: string): readonly string[] => read(orders).map((directive) => directive.quote)

describe('what stands beside an order', () => {
  it.each([
    [
      'what a place must live up to is no attribution in the middle of a sentence',
      '要加密村组巡查，各留观宾馆，应达到消毒操作要求，配齐护目镜。',
      ['要加密村组巡查', '各留观宾馆，应达到消毒操作要求', '配齐护目镜'],
    ],
    [
      'a place goes forward to what is done there',
      '要清运垃圾，在无疫情地区，恢复公交运营。',
      ['要清运垃圾', '在无疫情地区，恢复公交运营'],
    ],
    ['those whom an order is for go forward, also behind a 要', '要对外出归来的学生，逐户核对行程。', ['要对外出归来的学生，逐户核对行程']],
    ['a matter is named before it is ordered', '关于春耕，尽快调运一批化肥。', ['关于春耕，尽快调运一批化肥']],
    [
      'how things stand between two orders belongs to neither',
      '要加密治安巡逻，特别是清明将至，火险形势十分严峻，各林场要增派护林员。',
      ['要加密治安巡逻', '各林场要增派护林员'],
    ],
    ['what goes on by itself is situation', '随着天气转暖，市民的出游需求不断释放，各景区要预约限流。', ['各景区要预约限流']],
    ['why it matters is situation', '守好卡口，十分重要，各卡口要逐车测温。', ['各卡口要逐车测温']],
    ['a warning to nobody behind the situation', '要看到境外疫情还在蔓延，决不能功亏一篑。要清运垃圾。', ['要清运垃圾']],
    [
      'an attribution without a speaker',
      '会议通报了流感情况。要求各学校认识再提高，逐班登记缺课学生。',
      ['各学校认识再提高，逐班登记缺课学生'],
    ],
    ['who wrote it, in brackets', '要清运垃圾。（测试甲 测试乙）', ['要清运垃圾']],
    ['what was agreed to in principle', '会议原则同意，由市发展改革委印发稳企清单。', ['由市发展改革委印发稳企清单']],
    [
      'who leads and who assists go forward',
      '由市外事办牵头，公安、海关配合，建立入境人员日报制度。',
      ['由市外事办牵头，公安、海关配合，建立入境人员日报制度'],
    ],
    [
      'the strategy named behind work',
      '要清运垃圾，坚定不移落实“外防输入、内防反弹”总策略。',
      ['要清运垃圾，坚定不移落实“外防输入、内防反弹”总策略'],
    ],
    ['by when goes with what', '要安排五百万元稳岗资金，3月底前拨付到位。', ['要安排五百万元稳岗资金，3月底前拨付到位']],
    ['work on demands is no attribution', '按照病例数，细化各村防控要求，不搞加码。', ['按照病例数，细化各村防控要求，不搞加码']],
    ['of a case, who deals with it', '对冲撞卡口的，由派出所依法处理。', ['对冲撞卡口的，由派出所依法处理']],
    ['who does it with whom goes forward', '由镇卫生院组织村医力量，对独居老人逐户测温。', ['由镇卫生院组织村医力量，对独居老人逐户测温']],
    [
      'what is looked for first goes with the search',
      '各村要重新入户摸排，重点核实二月以来的住店客人。',
      ['各村要重新入户摸排，重点核实二月以来的住店客人'],
    ],
    ['heard, then ordered', '要清运垃圾。\n会议还听取了防汛工作汇报，强调要疏浚河道。', ['要清运垃圾', '要疏浚河道']],
    ['what closes a speech', '要清运垃圾。\n同志们，春天已经到来，让我们共同努力！', ['要清运垃圾']],
    ['a time is no order', '当前是春耕的大忙时期，各乡镇要调运化肥。', ['各乡镇要调运化肥']],
    ['a speaker whose name ends like a preposition', '测试照强调，各乡镇要清运垃圾。', ['各乡镇要清运垃圾']],
    ['who was there and who presided', '要清运垃圾。\n县长出席会议并讲话，会议由副县长主持。', ['要清运垃圾']],
    ['what was arranged, told as news', '会议还对登记外来车辆，增派护林员等工作进行了安排。要清运垃圾。', ['要清运垃圾']],
    ['asked for after what was studied', '要清运垃圾。\n会议专题研究了开学工作，要求登记缺课学生。', ['要清运垃圾', '登记缺课学生']],
    ['how things stand, although', '虽然全县已无病例，但疫情防控各项工作不能放松。各乡镇要清运垃圾。', ['各乡镇要清运垃圾']],
    ['what goes on by itself, faster', '当前，全市疫情向好，商业秩序加快恢复。要清运垃圾。', ['要清运垃圾']],
    ['why it matters, in several clauses', '公布小区名单，是落实上级部署，稳住人心的重要举措，各街道要清运垃圾。', ['各街道要清运垃圾']],
    ['how the meeting was held', '要清运垃圾。\n会议以电视电话会议形式开到乡镇。\n主会场设在市行政中心，各县设分会场。', ['要清运垃圾']],
    ['whose opinion it is', '要清运垃圾。\n声明：本文仅代表作者个人观点，与本网无关。', ['要清运垃圾']],
    ['points that are counted otherwise', '其一，清运垃圾；其二，腾出六间病房。', ['清运垃圾', '腾出六间病房']],
    ['bullets', '\n●清运垃圾。\n●腾出六间病房。', ['清运垃圾', '腾出六间病房']],
    ['who wrote it, by the paper', '要清运垃圾。\n（作者：某县融媒体中心）', ['要清运垃圾']],
  ])('%s', (_name, orders, expected) => {
    expect(quotes(orders)).toEqual(expected)
  })
  it('reads on behind the semicolon of a lead as lead', () => {
    const text =
      '3月4日，市长主持召开常务会议，听取企业用工情况汇报；分析一季度工业生产情况，并对下阶段工作进行安排部署。\n会议要求，要清运垃圾。'
    expect(readCommunique(text).directives.map((directive) => directive.quote)).toEqual(['要清运垃圾'])
  })
})

describe('what goes on with an order', () => {
  it.each([
    [
      'a short 要 that one order of several clauses spells out is its topic',
      '要全面动员，引导居民分批下楼采购，织密小区防线。',
      ['要全面动员，引导居民分批下楼采购，织密小区防线'],
    ],
    ['means without work behind them stay', '要排查出租屋，落实责任到人。', ['要排查出租屋，落实责任到人']],
    [
      'a part of the same work stays with it',
      '要开展入户摸排，特别是对返乡学生进行重点摸排。',
      ['要开展入户摸排，特别是对返乡学生进行重点摸排'],
    ],
    [
      'gaps in general words go forward',
      '要梳理存在的问题，抓紧补短板、堵漏洞，加密农村地区巡查。',
      ['要梳理存在的问题，抓紧补短板、堵漏洞，加密农村地区巡查'],
    ],
    ['results held go forward', '各乡镇要巩固防控成果，做好端午假期的值守。', ['各乡镇要巩固防控成果，做好端午假期的值守']],
    ['help to get through says what for', '要减免商铺房租，真正帮助商户渡过难关。', ['要减免商铺房租，真正帮助商户渡过难关']],
    ['crops secured behind farm work', '要调运化肥种子，保障夏粮丰收。', ['要调运化肥种子，保障夏粮丰收']],
    ['hands sent down go forward', '要推动力量下沉，逐户登记返乡人员。', ['要推动力量下沉，逐户登记返乡人员']],
    [
      'a modal that is only quoted opens nothing',
      '要清运垃圾，树立“不可无备”的理念，储备消毒药品。',
      ['要清运垃圾', '树立“不可无备”的理念，储备消毒药品'],
    ],
    ['a duty of politics is a state of mind', '要扛起政治责任，组织核酸检测。', ['要扛起政治责任，组织核酸检测']],
  ])('%s', (_name, orders, expected) => {
    expect(quotes(orders)).toEqual(expected)
  })
  it.each([
    ['adverbs in a row before the verb', '要调运化肥，错峰错时、分批分类开展各类惠农展销活动。', '错峰错时、分批分类开展各类惠农展销活动'],
    ['whatever the verb, what is done to a place', '要排查出租屋，进一步加严对农贸市场的环境消毒。', '进一步加严对农贸市场的环境消毒'],
    ['an order behind its principle', '要关闭棋牌室，按照“谁开放谁负责”的原则开放景区。', '按照“谁开放谁负责”的原则开放景区'],
    ['people who stand ready', '要清点药品，保持流调队伍24小时值守。', '保持流调队伍24小时值守'],
  ])('%s open a directive', (_name, orders, last) => {
    expect(quotes(orders).at(-1)).toBe(last)
  })
  it('takes a matter that must not slip as the heading of what follows it', () => {
    const text = `${MEETING}学校复课丝毫不可大意，核对师生名册，储备消毒用品。`
    const result = readCommunique(text)
    expect(result.headings.map((heading) => heading.quote)).toEqual(['学校复课丝毫不可大意'])
    expect(result.directives.map((directive) => directive.quote)).toEqual(['核对师生名册', '储备消毒用品'])
  })
})

it('takes an item of the agenda as the heading of what was decided on it', () => {
  const text =
    '松岭市人民政府第9次常务会议\n3月2日，市长主持召开会议。\n一、审议《稳定生猪养殖八条措施》\n会议要求，市财政局要安排五百万元。\n二、研究防汛工作\n会议要求，市水利局要排查。'
  const result = readCommunique(text)
  expect(result.headings.map((heading) => heading.domain)).toEqual(['livestock', 'public_safety'])
  expect(result.directives.map((directive) => directive.domain)[0]).toBe('livestock')
})

describe('the meeting', () => {
  it.each([
    [
      'who is only named in what was heard did not meet',
      '3月4日，县长主持召开专题会。\n会议听取了市指挥部办公室汇报。会议要求，要清运垃圾。',
      null,
    ],
    ['the body without 全', '3月4日，全市应急处置指挥部召开会议。\n会议要求，要清运垃圾。', '市应急处置指挥部'],
    ['a bare name gives way to a whole one', '3月4日，指挥部会议召开。\n市委常委会召开会议。会议要求，要清运垃圾。', '市委常委会'],
  ])('%s', (_name, text, body) => {
    expect(readCommunique(text, { year: 2020 }).body).toBe(body)
  })
  it('takes the day of the meeting, not that of the report', () => {
    const text = '某网3月5日讯 3月4日，市长主持召开会议。\n会议要求，要清运垃圾。'
    expect(readCommunique(text, { year: 2020 }).meetingDate).toBe('2020-03-04')
  })
})

describe('how things stand', () => {
  it.each([
    ['what firms face', '受疫情冲击，商户普遍面临租金压力，各街道要清运垃圾。'],
    ['what some do not do', '个别小区仍存在登记不细的情况，各街道要清运垃圾。'],
    ['what goes on by itself', '全县到岗率稳步提升，各街道要清运垃圾。'],
    ['with nothing in it that could be done', '校园人口密集，各街道要清运垃圾。'],
    ['what those above did', '省委、省政府高度重视，先后三次听取汇报，各街道要清运垃圾。'],
    ['what it stands upon', '在全县上下共同努力下，防控取得了阶段性成果，各街道要清运垃圾。'],
    ['what it is called', '这次疫情是一场大考，各街道要清运垃圾。'],
    ['what does not wait', '农时不等人。各街道要清运垃圾。'],
    ['what was won', '局面来之不易，必须倍加珍惜。各街道要清运垃圾。'],
    ['how much is left to do', '输入压力依然较大，任务还很重。各街道要清运垃圾。'],
  ])('%s', (_name, orders) => {
    expect(quotes(orders)).toEqual(['各街道要清运垃圾'])
  })
  it('an order with a verb that no list knows is none of it', () => {
    expect(quotes('依法调处劳资纠纷。')).toEqual(['依法调处劳资纠纷'])
  })
})

describe('what general words do', () => {
  it.each([
    ['discipline', '要严明工作纪律，调运一批化肥。', ['要严明工作纪律，调运一批化肥']],
    ['forms without substance', '要力戒形式主义、官僚主义，调运一批化肥。', ['要力戒形式主义、官僚主义，调运一批化肥']],
    ['a chain of duties', '要拧紧责任链条，调运一批化肥。', ['要拧紧责任链条，调运一批化肥']],
    ['principles in a row', '坚持统筹兼顾、全面发力，调运一批化肥。', ['坚持统筹兼顾、全面发力，调运一批化肥']],
    ['what the work is done with', '将“四个一”作为总抓手，调运一批化肥。', ['将“四个一”作为总抓手，调运一批化肥']],
    ['what is found on the way', '要调运一批化肥，发现问题及时整改。', ['要调运一批化肥，发现问题及时整改']],
    ['the last mile', '要调运一批化肥，打通最后一公里。', ['要调运一批化肥，打通最后一公里']],
    [
      'what is lived up to before an order of its own',
      '要适应常态化要求抓好社区防控，恢复公交运营。',
      ['要适应常态化要求抓好社区防控', '恢复公交运营'],
    ],
    ['to hold off what names its field is an order', '要严防境外疫情输入，清运垃圾。', ['要严防境外疫情输入', '清运垃圾']],
    [
      'a verb that no list knows, with another field',
      '要取消三月的灯会，沤制一批农家肥料种植蔬菜。',
      ['要取消三月的灯会', '沤制一批农家肥料种植蔬菜'],
    ],
    [
      'matters that a topic lists are its headings',
      '要统筹推进企业复工、春耕备耕，帮助企业招工，调运春耕化肥。',
      ['帮助企业招工', '调运春耕化肥'],
    ],
    [
      'numbered points that are all one short sentence',
      '一要坚持抓物资再加力。调运一批口罩。二要坚持抓救治再增效。腾出六间病房。三要坚持抓返校再严密。登记缺课学生。',
      ['调运一批口罩', '腾出六间病房', '登记缺课学生'],
    ],
  ])('%s', (_name, orders, expected) => {
    expect(quotes(orders)).toEqual(expected)
  })
  it('a headline that runs into its lead tells in short what follows', () => {
    const text = '3月4日，松岭县召开全县春耕工作会议强调，要抢抓农时，恢复生产。县长主持会议。\n会议要求，要清运垃圾。'
    expect(readCommunique(text, { year: 2020 }).directives.map(({ quote }) => quote)).toEqual(['要清运垃圾'])
  })
})

describe('the register', () => {
  it.each([
    ['general words that name one field are work in it', '各乡镇要提高认识，抓好农业生产各项工作。', 'farming', false],
    ['of two fields under one verb the first named decides', '要做好春耕生产和企业复工复产等工作。', 'farming', false],
    ['after the people, what is done with them', '要做好重点人员的全面排查和集中隔离。', 'containment', false],
    ['a list that ends in publicity is not publicity', '要做好入户排查和宣传工作。', 'containment', false],
    ['goods that go from point to point are no workers', '要摸清农资需求，“点对点”配送化肥。', 'farming', false],
    ['those who enter a city', '要扎实做好入岭人员的登记。', 'travel_health', false],
    ['codes', '各商场要查验“一证一码”。', 'health_certificate', false],
    ['fire', '一旦发生火情要立即组织扑救。', 'forest_fire', false],
    ['fish', '要组织渔民有序出海捕捞。', 'livestock', false],
    ['the condition of an order is not its field', '要在保障企业复工的同时做好返岗人员的体温监测。', 'travel_health', false],
    ['the work before the part of it that is singled out', '要开展入户摸排，特别是对湖北返乡人员进行重点摸排。', 'containment', false],
    ['fields that a principle names are not the order', '按照“集中患者、集中专家”的原则全力救治危重患者。', 'clinical', false],
    ['what is done with people before the people', '推进老年人等重点人群疫苗接种。', 'clinical', false],
    ['places that stay closed', '影剧院、网吧暂不开放。', 'venues', false],
    ['reservoirs', '要完成水库和山塘排查。', 'public_safety', false],
    ['what villages look like', '要优化村庄空间布局。', 'other', false],
    ['drills', '要组织一次应急处置演练。', 'command', false],
    ['the noun that sums up a list', '要抓好水泥厂、天然气管道等8个重大项目。', 'resumption_projects', false],
    ['telling the public at the end of a list of campaigns', '要加强大清扫、大消毒、大宣传力度。', 'containment', false],
    ['areas before places', '要抓好重点区域、重点场所和人群防控工作。', 'containment', false],
    ['who is on duty', '要落实24小时专人值班和外出报备制度。', 'command', false],
    ['who may enter an estate', '要有序放开家政人员进小区。', 'access_control', false],
    ['hands that are offered and wanted', '要加强劳务供需对接。', 'labour_matching', false],
    ['the closed season for fishing', '要做好禁渔期管理。', 'livestock', false],
    ['a campaign against fire in houses', '要在城中村开展消防安全专项整治。', 'public_safety', false],
    ['money from banks', '要积极争取金融机构的支持。', 'resumption_enterprises', false],
  ])('%s', (_name, orders, domain, soft) => {
    expect(read(orders)[0]).toMatchObject({ domain, soft })
  })
})
