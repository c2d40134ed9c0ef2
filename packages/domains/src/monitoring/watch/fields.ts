import { type Changes, type Draft, f, type Situation } from '@guatu/kernel'
import { CLASSES, KINDS, symptoms } from '../options.ts'

const ENTRIES = {
  arrival: { zh: '返巴申报', en: 'Arrival' },
  contact: { zh: '密接排查', en: 'Contact tracing' },
  list: { zh: '名单推送', en: 'Pushed list' },
  gate: { zh: '卡口移交', en: 'Handed over by a gate' },
  exposed: { zh: '同点暴露', en: 'Exposed at a site' },
  recovered: { zh: '出院', en: 'Discharged' },
} as const

export const HALVES = { morning: { zh: '上午', en: 'Morning' }, evening: { zh: '下午', en: 'Evening' } } as const

/** Who has been told that no reading comes. */
export const TOLD = {
  worker: { zh: '已提醒包保责任人', en: 'Worker reminded' },
  town: { zh: '已报乡镇', en: 'Town told' },
  county: { zh: '已报区县', en: 'County told' },
} as const

const flag = (zh: string, en: string) => f.flag({ label: { zh, en }, optional: true })
const date = (zh: string, en: string) => f.date({ label: { zh, en }, optional: true })
const number = (zh: string, en: string) => f.count({ label: { zh, en }, optional: true })
const temperature = (zh: string, en: string) => f.temperature({ label: { zh, en }, optional: true })
const WHERE_TO = { zh: '写地方或单位，不写姓名和门牌。', en: 'A place or an institution; no names and no doors.' } as const

/** A person under observation. What is due, missing or alarming is kept as fields, so that every such question is an index range. */
export const fields = {
  person: f.person({ label: { zh: '观察对象', en: 'Person' } }),
  household: f.record({ label: { zh: '户', en: 'Household' }, of: 'household', optional: true }),
  departure: f.record({ label: { zh: '因离巴转出', en: 'Ended by departure' }, of: 'departure', optional: true }),
  arrival: f.record({ label: { zh: '返巴申报', en: 'Arrival' }, of: 'arrival', optional: true }),
  kind: f.choice({ label: { zh: '观察方式', en: 'Kind' }, options: KINDS }),
  entry: f.choice({ label: { zh: '纳入原因', en: 'Entered because' }, options: ENTRIES }),
  class: f.choice({ label: { zh: '管控类别', en: 'Class' }, options: CLASSES }),
  /** An office set a stricter kind than was declared: what is declared does not loosen it. */
  kindOrdered: flag('观察方式另行从严确定', 'Stricter kind set by an office'),
  askedAt: f.moment({ label: { zh: '最近申报要求', en: 'Asked for by a declaration at' }, optional: true }),
  lastContact: date('末次无防护接触', 'Last unprotected contact'),
  enteredOn: date('纳入日期', 'Entered on'),
  from: date('起算日', 'Counted from'),
  until: date('解除日', 'Release day'),
  readings: f.count({ label: { zh: '每日测温次数', en: 'Readings a day' }, max: 2, optional: true }),
  // Numbers of the rules as they stood when the period was set: readings that arrive late are judged by the same ones.
  feverFrom: temperature('发热界值', 'Fever from'),
  copiedFrom: number('照抄界值', 'Looks copied from'),
  site: f.record({ label: { zh: '集中隔离点', en: 'Site' }, of: 'site', optional: true }),
  room: f.text({ label: { zh: '房间', en: 'Room' }, max: 20, optional: true }),
  formerSite: f.record({ label: { zh: '原集中隔离点', en: 'Site before' }, of: 'site', optional: true }),
  formerRoom: f.text({ label: { zh: '原房间', en: 'Room before' }, max: 20, optional: true }),
  leftSiteOn: date('离开原房间日', 'Left it on'),
  worker: f.account({ label: { zh: '包保责任人', en: 'Worker in charge' }, optional: true }),
  /** The worker was chosen for this observation alone: assignments that change leave it as it is. */
  appointed: flag('单独指定责任人', 'Worker chosen by hand'),
  servedOn: date('告知书签收', 'Notice signed on'),
  servedFile: f.file({ label: { zh: '告知书（已签）', en: 'Signed notice' }, optional: true }),
  // From here on readings and rules write.
  lastCheckDay: date('最近测温日', 'Last reading on'),
  lastCheckAt: f.moment({ label: { zh: '最近测温', en: 'Last reading' }, optional: true }),
  lastHalves: f.choice({
    label: { zh: '当日已测', en: 'Read that day' },
    options: { ...HALVES, both: { zh: '上下午', en: 'Both' } },
    optional: true,
  }),
  lastTemperature: temperature('最近体温', 'Last temperature'),
  lastMorning: temperature('最近上午体温', 'Last morning temperature'),
  lastEvening: temperature('最近下午体温', 'Last evening temperature'),
  lastSymptoms: symptoms,
  checksDone: number('已测次数', 'Readings done'),
  dueMorning: date('应测上午', 'Morning reading due'),
  dueEvening: date('应测下午', 'Evening reading due'),
  counted: flag('计入当日', 'Counts for its half day'),
  repeats: number('与前一日相同', 'Equal to the day before'),
  doubt: flag('疑似照抄', 'Looks copied'),
  alarm: flag('发热或有症状', 'Fever or signs'),
  alarmOn: date('出现症状日', 'Signs on'),
  everSick: flag('出现过症状', 'Had signs'),
  /** The way to the clinic that the person is on, however it came to be asked for. */
  transfer: f.record({ label: { zh: '转诊中', en: 'On the way to the clinic' }, of: 'transfer', optional: true }),
  clearedOn: date('排除日', 'Cleared on'),
  clearedTransfer: f.record({ label: { zh: '已了结的转诊', en: 'Transfer settled last' }, of: 'transfer', optional: true }),
  alertedOn: date('已转诊', 'Sent on'),
  told: f.choice({ label: { zh: '缺测提醒', en: 'Reminder' }, options: TOLD, optional: true }),
  lost: flag('失访', 'Lost contact'),
  absentSince: f.moment({ label: { zh: '擅离时间', en: 'Left at' }, optional: true }),
  /** When whoever was absent or lost was found again, and by whom; nobody where it turned out that they had been read all the time. */
  foundAt: f.moment({ label: { zh: '找回时间', en: 'Found at' }, optional: true }),
  foundBy: f.actor({ label: { zh: '找回人', en: 'Found by' }, optional: true }),
  proposedOn: date('提请解除', 'Release proposed on'),
  restarts: number('重新计算次数', 'Restarts'),
  /** The person was erased: the signed papers are destroyed. */
  forgottenOn: date('签收件已销毁', 'Signed papers destroyed on'),
  releaseFile: f.file({ label: { zh: '解除通知书（已签）', en: 'Signed release' }, optional: true }),
  /** One person was observed under two entries of the register: the observation that goes on, and on that one the other. */
  keptBy: f.record({ label: { zh: '由此观察继续', en: 'Goes on as' }, of: 'watch', optional: true }),
  joined: f.record({ label: { zh: '并入的观察', en: 'Took over' }, of: 'watch', optional: true }),
  /** Its person turned out to be somebody who lives elsewhere: the home is that of the entry that stays, as long as they are one. */
  atSurvivor: flag('在并入登记的住户观察', 'At the home of the entry merged into'),
  exitOn: date('退出日期', 'Left observation on'),
  /** Stays of whoever died since. */
  confirmedOn: date('确诊日期', 'Confirmed on'),
  exitTo: f.text({ label: { zh: '去向', en: 'Went to' }, hint: WHERE_TO, max: 120, optional: true }),
  why: f.choice({
    label: { zh: '作废原因', en: 'Why void' },
    options: {
      corrected: { zh: '申报已更正', en: 'Declaration corrected' },
      duplicate: { zh: '重复登记', en: 'Entered twice' },
      mistaken: { zh: '误纳入', en: 'Entered by mistake' },
    },
    optional: true,
  }),
} as const

export type Watch = Draft<typeof fields>
/** A paper is called what it is: whoever photographs it names it after the person, and the name of a file stays in the log. */
export const nameless = ({ servedFile, releaseFile }: Watch): Changes<typeof fields> => ({
  ...(servedFile ? { servedFile: { ...servedFile, name: called('告知书', servedFile.name) } } : {}),
  ...(releaseFile ? { releaseFile: { ...releaseFile, name: called('解除通知书', releaseFile.name) } } : {}),
})
const called = (what: string, name: string) => `${what}${/\.[a-z0-9]{1,5}$/i.exec(name)?.[0] ?? ''}`

export type WatchSituation = Situation<typeof fields>

/** The room of somebody who had left it, as far as was known, gives way to whoever was given it since. */
export const ROOM = { action: 'unlodge', of: ['site', 'room'] } as const

/** States in which somebody is under observation: absent is an alarm, not an exit. */
export const OBSERVED = ['watching', 'absent'] as const

/** Whether somebody is under observation by this record. */
export const isOpen = ({ state }: { readonly state: string }): boolean => (OBSERVED as readonly string[]).includes(state)

/** States out of which an observation may go on. */
export const ENDED_FOR_NOW = ['transferred', 'confirmed'] as const

/** Under observation or out of it; every way out is a state of its own. */
export type WatchState = 'watching' | 'absent' | 'released' | 'transferred' | 'confirmed' | 'died' | 'void'
