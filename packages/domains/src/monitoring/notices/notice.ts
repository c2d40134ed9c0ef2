import { daysBetween, fill, type Label, type Lang, label } from '@guatu/kernel'
import { CLASSES, KINDS, type Kind, type ObservedClass } from '../options.ts'

export type Paper = 'notice' | 'release'

/** What a notice says of one person; what is not known stays a line to write on. */
export interface NoticeFacts {
  readonly name: string
  readonly sex?: string
  readonly phone?: string
  readonly document?: string
  readonly address?: string
  readonly employer?: string
  readonly kind: Kind
  readonly class: ObservedClass
  /** Days `YYYY-MM-DD`. */
  readonly from: string
  readonly until: string
  readonly day: string
  readonly readings: number
  readonly feverFrom: number
  readonly site?: string
  /** Name and telephone of whoever is in charge, in one text; a telephone that it does not hold is a line to write on. */
  readonly cadre?: string
  readonly gridWorker?: string
  readonly doctor?: string
  /** The law and article, as the parameter of the day says it, in the language of the notice. */
  readonly basis: string
  /** Body that issues it. */
  readonly issuer: string
}

/** A notice before it is set: the same words on paper, on a screen and in a test. */
export interface NoticeContent {
  readonly title: string
  readonly to: string
  readonly opening: string
  /** Label and value, in pairs. */
  readonly facts: readonly (readonly [string, string])[]
  readonly duties: { readonly heading: string; readonly lines: readonly string[] } | undefined
  readonly contacts: readonly (readonly [string, string])[]
  readonly signature: readonly string[]
  readonly issuer: string
}

const TITLES: Readonly<Record<Paper, Readonly<Record<Kind, Label>>>> = {
  notice: {
    home: label('居家医学观察告知书', 'Notice of observation at home'),
    central: label('集中医学观察告知书', 'Notice of observation at a central site'),
    self: label('健康监测告知书', 'Notice of health monitoring'),
  },
  release: {
    home: label('解除居家医学观察通知书', 'Release from observation at home'),
    central: label('解除集中医学观察通知书', 'Release from observation at a central site'),
    self: label('解除健康监测通知书', 'End of health monitoring'),
  },
}

const OPENING: Readonly<Record<Paper, Label>> = {
  notice: label(
    '根据{basis}和本地疫情防控要求，您属于“{class}”，请自{from}起接受{kind}，至{until}解除。',
    'Under {basis} and the local rules of control you belong to “{class}” and are under observation ({kind}) from {from} until {until}.',
  ),
  release: label(
    '您自{from}起接受{kind}，现期限已满、无发热等异常症状，自{day}起解除。感谢您的配合。',
    'You were under observation ({kind}) from {from}. The period is served without fever or signs; it ends on {day}. Thank you.',
  ),
}

const DUTIES: Readonly<Record<Kind, readonly Label[]>> = {
  home: [
    label(
      '单人单间居住，不外出，谢绝探访；不与家人共用生活用品。',
      'Stay in a room of your own, do not go out, receive no visitors, share no household items.',
    ),
    label(
      '每日测温{readings}次并如实报告；体温≥{fever}℃或有咳嗽、气促等症状，立即报告，由专车送发热门诊，不自行就医。',
      'Take your temperature {readings} times a day and report it truly. At {fever} °C or with cough or short breath report at once; you will be driven to the fever clinic, do not go by yourself.',
    ),
    label('开窗通风，戴口罩，勤洗手，垃圾单独密封。', 'Air the room, wear a mask, wash hands, seal rubbish separately.'),
    label('生活需要请告知责任人，由其代办。', 'Tell those in charge what you need; they will get it for you.'),
  ],
  central: [
    label('服从隔离点安排，单人单间，不串门。', 'Follow the rules of the site, stay in your room, visit nobody.'),
    label(
      '每日测温{readings}次并如实报告；体温≥{fever}℃或有咳嗽、气促等症状，立即报告。',
      'Take your temperature {readings} times a day; at {fever} °C or with cough or short breath report at once.',
    ),
    label('生活需要请告知工作人员。', 'Tell the staff what you need.'),
  ],
  self: [
    label('减少外出，不参加聚集，外出戴口罩。', 'Go out little, join no gathering, wear a mask.'),
    label(
      '每日测温{readings}次并如实报告；体温≥{fever}℃或有症状，立即报告。',
      'Take your temperature {readings} times a day; at {fever} °C or with signs report at once.',
    ),
  ],
}

/** A day as papers write it. */
const inWords = (day: string, lang: Lang): string => {
  const date = Temporal.PlainDate.from(day)
  return lang === 'zh'
    ? `${date.year}年${date.month}月${date.day}日`
    : date.toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
}

const BLANK = '＿＿＿＿＿＿'
/** What has the digits of a telephone. */
const NUMBER = /\d{3}[\d -]{2,}\d{2}/

/** The words of the notice at entry, or of the release, in one language. */
export function noticeContent(paper: Paper, facts: NoticeFacts, lang: Lang): NoticeContent {
  const say = (of: Label, values: Readonly<Record<string, string | number | Label>> = {}) => fill(of, values)[lang]
  const known = (value: string | undefined) => (value === undefined || value === '' ? BLANK : value)
  const values = {
    basis: facts.basis,
    class: CLASSES[facts.class],
    kind: KINDS[facts.kind],
    from: inWords(facts.from, lang),
    until: inWords(facts.until, lang),
    day: inWords(facts.day, lang),
    readings: facts.readings,
    fever: facts.feverFrom.toFixed(1),
  }
  const days = daysBetween(facts.from, facts.until)
  const pair = (of: Label, value: string | undefined): readonly [string, string] => [say(of), known(value)]
  // “Report at once” says nothing without somebody to call.
  const reached = (of: Label, who: string | undefined) =>
    pair(of, NUMBER.test(who ?? '') ? who : say(label('{who}　电话：{blank}', '{who}   Phone: {blank}'), { who: known(who), blank: BLANK }))
  return {
    title: say(TITLES[paper][facts.kind]),
    to: lang === 'zh' ? `${facts.name}：` : `${facts.name},`,
    opening: say(OPENING[paper], values),
    facts: [
      pair(label('姓名', 'Name'), facts.name),
      pair(label('性别', 'Sex'), facts.sex),
      pair(label('电话', 'Phone'), facts.phone),
      pair(label('证件号码', 'Document'), facts.document),
      pair(label('住址', 'Address'), facts.address),
      pair(label('工作单位', 'Employer'), facts.employer),
      ...(facts.site === undefined ? [] : [pair(label('观察地点', 'Site'), facts.site)]),
      pair(label('期限', 'Period'), say(label('{from}至{until}（{days}天）', '{from} to {until} ({days} days)'), { ...values, days })),
    ],
    duties:
      paper === 'notice'
        ? { heading: say(label('您的义务', 'Your duties')), lines: DUTIES[facts.kind].map((one, i) => `${i + 1}. ${say(one, values)}`) }
        : undefined,
    // Whoever is released has nobody in charge any more.
    contacts:
      paper === 'release'
        ? []
        : [
            reached(label('包保干部', 'Cadre in charge'), facts.cadre),
            reached(label('网格员', 'Grid worker'), facts.gridWorker),
            reached(label('责任医生', 'Doctor'), facts.doctor),
          ],
    signature: [
      say(label('本人签收：{blank}　　日期：{blank}', 'Signed by the person: {blank}   Date: {blank}'), { blank: BLANK }),
      say(label('送达人：{blank}　　日期：{blank}', 'Handed over by: {blank}   Date: {blank}'), { blank: BLANK }),
    ],
    issuer: lang === 'zh' ? `${facts.issuer}（盖章）` : `${facts.issuer} (seal)`,
  }
}
