import { f } from '@guatu/kernel'

/** Signs that people are asked for at every reading (health monitoring form, protocol 5th edition). */
export const SYMPTOMS = {
  cough: { zh: '咳嗽', en: 'Cough' },
  breath: { zh: '气促', en: 'Short of breath' },
  fatigue: { zh: '乏力', en: 'Fatigue' },
  throat: { zh: '咽痛', en: 'Sore throat' },
  diarrhoea: { zh: '腹泻', en: 'Diarrhoea' },
  muscle: { zh: '肌肉酸痛', en: 'Muscle pain' },
  other: { zh: '其他不适', en: 'Other' },
} as const

/** Where somebody is observed. */
export const KINDS = {
  home: { zh: '居家观察', en: 'At home' },
  central: { zh: '集中观察', en: 'Central site' },
  self: { zh: '自我监测', en: 'Self-monitoring' },
} as const
export type Kind = keyof typeof KINDS

/** Why somebody is observed: decides how many days are served. */
export const CLASSES = {
  contact: { zh: '密切接触者', en: 'Close contact' },
  listed: { zh: '疫情较重地区返回', en: 'From a listed place' },
  other: { zh: '其他地区返回', en: 'From elsewhere' },
  exposed: { zh: '同点暴露', en: 'Exposed at a site' },
  recovered: { zh: '出院后观察', en: 'After discharge' },
} as const
export type ObservedClass = keyof typeof CLASSES

/** Who entered what somebody declares. */
export const CHANNELS = {
  self: { zh: '本人申报', en: 'By the person' },
  household: { zh: '家人代报', en: 'By the household' },
  worker: { zh: '工作人员代录', en: 'By a worker' },
  gate: { zh: '卡口登记', en: 'At a gate' },
  list: { zh: '名单导入', en: 'From a list' },
} as const

export const TRANSPORT = {
  train: { zh: '火车', en: 'Train' },
  coach: { zh: '客车', en: 'Coach' },
  plane: { zh: '飞机', en: 'Plane' },
  car: { zh: '自驾', en: 'Own car' },
  shared: { zh: '拼车/网约车', en: 'Shared car' },
  motorcycle: { zh: '摩托车', en: 'Motorcycle' },
  other: { zh: '其他', en: 'Other' },
} as const

export const symptoms = f.list({
  label: { zh: '症状', en: 'Symptoms' },
  item: f.choice({ label: { zh: '症状', en: 'Symptom' }, options: SYMPTOMS }),
  max: 10,
  optional: true,
})
