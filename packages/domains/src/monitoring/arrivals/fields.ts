import { f } from '@guatu/kernel'
import { CHANNELS, CLASSES, KINDS, symptoms, TRANSPORT } from '../options.ts'

const HISTORY = {
  listed: { zh: '疫情较重地区旅居史', en: 'Stayed in a listed place' },
  contact: { zh: '确诊或疑似病例接触史', en: 'Contact with a confirmed or suspected case' },
  fever: { zh: '接触过发热或呼吸道症状者', en: 'Contact with somebody with fever or cough' },
  cluster: { zh: '聚集性发病', en: 'Cluster around the person' },
  none: { zh: '无', en: 'None' },
} as const

export const person = f.person({ label: { zh: '本人', en: 'Person' } })
export const household = f.record({ label: { zh: '户', en: 'Household' }, of: 'household', optional: true })
export const channel = f.choice({ label: { zh: '申报方式', en: 'Entered by' }, options: CHANNELS })
export const transport = f.choice({ label: { zh: '交通方式', en: 'Transport' }, options: TRANSPORT, optional: true })
export const transportNumber = f.text({
  label: { zh: '班次/车次', en: 'Flight, train or coach' },
  hint: { zh: '航班号、车次和车厢、班线；自驾不必填车牌。', en: 'Flight, train and carriage, or line; no number plate for an own car.' },
  max: 60,
  sensitive: true,
  optional: true,
})
export const companions = f.list({
  label: { zh: '同行人', en: 'Travelling with' },
  item: f.person({ label: { zh: '同行人', en: 'Companion' } }),
  max: 30,
  optional: true,
})
export const certificate = f.text({
  label: { zh: '健康证明号', en: 'Health certificate no.' },
  max: 40,
  sensitive: true,
  optional: true,
})

/**
 * The declaration of somebody who arrives. Lines of the register that identify stand with the person; the seat and the certificate of the journey are
 * sealed here, and go with their identity. Places are told openly: the rule and the figures go by them.
 */
export const arrivalFields = {
  person,
  household,
  channel,
  arrivedOn: f.date({ label: { zh: '到达日期', en: 'Arrived on' } }),
  arrivedAt: f.moment({ label: { zh: '到达时间', en: 'Arrived at' }, optional: true }),
  origin: f.text({ label: { zh: '来源地', en: 'From' }, hint: { zh: '省、市、县', en: 'Province, city, county' }, max: 80 }),
  originCode: f.code({
    label: { zh: '来源地代码', en: 'Code of the place' },
    pattern: /^\d{2}(?:\d{2}(?:\d{2})?)?$/,
    example: '420100',
    optional: true,
  }),
  via: f.text({
    label: { zh: '途经', en: 'Through' },
    hint: { zh: '只写地名。', en: 'Names of places only.' },
    max: 200,
    optional: true,
  }),
  transport,
  transportNumber,
  companions,
  history: f.list({
    label: { zh: '14天旅居和接触史', en: 'Stays and contacts of 14 days' },
    item: f.choice({ label: { zh: '旅居接触史', en: 'History' }, options: HISTORY }),
    max: 5,
    optional: true,
  }),
  lastContact: f.date({ label: { zh: '末次无防护接触', en: 'Last unprotected contact' }, optional: true }),
  ownRoom: f.flag({ label: { zh: '有单间居住', en: 'Has a room of one’s own' }, optional: true }),
  temperature: f.temperature({ label: { zh: '体温', en: 'Temperature' }, optional: true }),
  symptoms,
  purpose: f.choice({
    label: { zh: '来返事由', en: 'Purpose' },
    options: {
      home: { zh: '返乡', en: 'Coming home' },
      work: { zh: '返岗', en: 'Back to work' },
      visit: { zh: '探亲', en: 'Visit' },
      transit: { zh: '途经', en: 'Passing through' },
      other: { zh: '其他', en: 'Other' },
    },
    optional: true,
  }),
  certificate,
  // From here on gate and rule write; nobody types these.
  gateMeasure: f.choice({
    label: { zh: '卡口查验结果', en: 'Decision of the gate' },
    options: { home: KINDS.home, central: KINDS.central },
    optional: true,
  }),
  gateDays: f.count({ label: { zh: '卡口判定观察天数', en: 'Days that the gate decided' }, max: 60, optional: true }),
  gateFrom: f.date({ label: { zh: '卡口判定起算日', en: 'Decision of the gate counts from' }, optional: true }),
  declaredBy: f.actor({ label: { zh: '申报人', en: 'Declared by' }, optional: true }),
  declaredAt: f.moment({ label: { zh: '申报时间', en: 'Declared at' }, optional: true }),
  late: f.flag({ label: { zh: '迟报', en: 'Late' }, optional: true }),
  listed: f.flag({ label: { zh: '疫情较重地区', en: 'From a listed place' }, optional: true }),
  measure: f.choice({
    label: { zh: '处置', en: 'Measure' },
    options: { ...KINDS, none: { zh: '不需观察', en: 'None' } },
    optional: true,
  }),
  class: f.choice({ label: { zh: '管控类别', en: 'Class' }, options: CLASSES, optional: true }),
  from: f.date({ label: { zh: '起算日', en: 'Counted from' }, optional: true }),
  until: f.date({ label: { zh: '观察至', en: 'Until' }, optional: true }),
  reason: f.localizedText({ label: { zh: '理由', en: 'Reason' }, max: 600, optional: true }),
  watch: f.record({ label: { zh: '观察', en: 'Observation' }, of: 'watch', optional: true }),
  /** Corrected by the person to what asks for less than the observation that runs: whoever checks it decides whether that follows. */
  heldBack: f.flag({ label: { zh: '更正待核实，观察照旧', en: 'Correction to be checked; observation as before' }, optional: true }),
  confirmedOn: f.date({ label: { zh: '核实日期', en: 'Confirmed on' }, optional: true }),
} as const

/** What whoever confirms a declaration has compared at the door, and the rule judges by. */
export const VOUCHED = ['arrivedOn', 'origin', 'originCode', 'via', 'history', 'lastContact', 'ownRoom', 'temperature', 'symptoms'] as const

export type ArrivalState = 'declared' | 'confirmed' | 'void'
