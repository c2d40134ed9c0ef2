import { addDays, type Command, derivedId, nextOf } from '@guatu/kernel'
import { ROOMS, roomName, siteOf } from '../counties.ts'
import { hours } from '../played.ts'
import { FETCHED } from './fetched.ts'
import type { Half, Reading } from './reading.ts'
import { CONFIRMED, type Part, type Subject } from './subjects.ts'

/** An act of a story, by whoever does such things where it happens. */
export interface StoryAct {
  readonly day: string
  /** Minutes after midnight. */
  readonly minute: number
  readonly by: 'clinic' | 'gate' | 'town' | 'worker'
  readonly record: string
  readonly recordId: string
  readonly action: string
  readonly input: Command['input']
  /** At the road post of the county. */
  readonly at?: 'post'
}

export interface Script {
  /** By day and half day; null where nobody is read. */
  readonly readings?: Readonly<Record<`${string} ${Half}`, Reading | null>>
  readonly declares?: Command['input']
  readonly acts: readonly StoryAct[]
}

interface Scripted {
  readonly part: Part
  /** Where the people of the demonstration work. */
  readonly near?: true
  readonly tell: (subject: Subject) => Script
}

const read = (minute: number, temperature: number, more: Partial<Reading['input']> = {}): Reading => ({
  minute,
  input: { temperature, how: 'worker', ...more },
})

/** Acts of one day on one record. */
const acts =
  (record: string, by: StoryAct['by'], recordId: string) =>
  (day: string, minute: number, action: string, input: Command['input'] = {}): StoryAct => ({
    day,
    minute,
    by,
    record,
    recordId,
    action,
    input,
  })

const clinic = ({ person }: Subject) => acts('transfer', 'clinic', nextOf('transfer', person.id))
const observation = ({ watch }: Subject) => acts('watch', 'worker', watch)

/** To the clinic on the same day: fetched after so many minutes, taken in an hour later. */
const fetched = (subject: Subject, day: string, minute: number) => [
  clinic(subject)(day, minute, 'send', FETCHED),
  clinic(subject)(day, minute + 55, 'admit'),
]

/** Named for what one sees of them on 14 February. */
export const SCRIPTS: Readonly<Record<string, Scripted>> = {
  /** Fever in the evening of the 13th; the ambulance comes in the morning. */
  fetchedInTheMorning: {
    part: 'home',
    near: true,
    tell: (one) => ({
      readings: { '2020-02-13 evening': read(hours(18, 20), 38.1, { symptoms: ['fatigue', 'muscle'] }) },
      acts: [clinic(one)('2020-02-14', hours(8, 35), 'send', FETCHED)],
    }),
  },
  /** A symptom without fever in the morning of the 14th: nobody has come yet. */
  waits: {
    part: 'home',
    near: true,
    tell: () => ({
      readings: {
        '2020-02-14 morning': read(hours(8, 5), 37.0, { symptoms: ['cough', 'throat'] }),
        '2020-02-14 evening': read(hours(17, 40), 37.2, { symptoms: ['cough'], how: 'phone' }),
      },
      acts: [],
    }),
  },
  /** Fetched at night, at the clinic by the morning. */
  fetchedAtNight: {
    part: 'home',
    tell: (one) => ({
      readings: { '2020-02-13 evening': read(hours(21, 40), 37.6, { how: 'phone' }) },
      acts: [clinic(one)('2020-02-13', hours(23, 5), 'send', FETCHED), clinic(one)('2020-02-14', hours(8, 50), 'admit')],
    }),
  },
  /** Stopped at a road post with a fever: the gate sends for the ambulance, the clinic clears the day after. */
  stoppedAtAPost: {
    part: 'passing',
    tell: (one) => {
      const line = derivedId(`told line ${one.person.id}`)
      const transit = derivedId(`${derivedId(`${line} record 2020-02-13`)}/0/record`)
      const day = '2020-02-13'
      const input = {
        gate: 'road',
        direction: 'in',
        person: one.person.id,
        plate: '示A00001',
        origin: '四川省成都市',
        destination: one.village.id,
        purpose: '回家',
        travellers: 1,
        temperature: 37.8,
        listed: false,
        home: true,
        local: false,
        decision: 'clinic',
      }
      return {
        acts: [
          { ...acts('crossing', 'gate', line)(day, hours(15, 30), 'record', input), at: 'post' },
          acts('transfer', 'gate', nextOf('transfer', one.person.id))(day, hours(15, 50), 'send', FETCHED),
          clinic(one)(day, hours(16, 40), 'admit'),
          acts('transit', 'town', transit)(day, hours(16, 45), 'arrive'),
          clinic(one)('2020-02-14', hours(16, 20), 'clear', { findings: '两次复测体温正常，胸部影像未见异常' }),
        ],
      }
    },
  },
  /** Fever when declaring: cleared the day after, goes on being observed. */
  cleared: {
    part: 'coming',
    near: true,
    tell: (one) => {
      const day = one.declaredOn ?? ''
      const next = addDays(day, 1)
      return {
        declares: { temperature: 37.9, symptoms: ['throat'] },
        readings: { [`${next} morning`]: null },
        acts: [
          ...fetched(one, day, hours(19, 20)),
          clinic(one)(next, hours(15, 10), 'clear', { findings: '急性咽炎，血常规、胸部影像未见异常' }),
        ],
      }
    },
  },
  /** Typed wrongly and corrected: the transfer that came of it alone is taken back by the system. */
  mistyped: {
    part: 'home',
    near: true,
    tell: () => ({
      readings: {
        '2020-02-12 morning': { ...read(hours(7, 55), 38.6), corrected: { temperature: 36.8, after: 20 } },
      },
      acts: [],
    }),
  },
  /** Cleared too soon, judged anew, suspected. */
  reconsidered: {
    part: 'home',
    tell: (one) => ({
      readings: {
        '2020-02-11 morning': read(hours(8, 10), 37.9, { symptoms: ['cough'] }),
        '2020-02-11 evening': null,
        '2020-02-12 evening': read(hours(17, 30), 37.4, { symptoms: ['cough'] }),
        '2020-02-13 morning': null,
        '2020-02-13 evening': null,
      },
      acts: [
        ...fetched(one, '2020-02-11', hours(9, 5)),
        clinic(one)('2020-02-12', hours(11), 'clear', { findings: '血常规未见异常，考虑普通感冒' }),
        clinic(one)('2020-02-12', hours(15, 30), 'reconsider', { reason: '影像复核发现右下肺改变，需再次会诊' }),
        clinic(one)('2020-02-13', hours(10, 20), 'suspect', { findings: '右下肺磨玻璃影，隔离待检' }),
      ],
    }),
  },
  /** Suspected, and so it stands. */
  suspected: {
    part: 'home',
    near: true,
    tell: (one) => ({
      readings: {
        '2020-02-13 morning': read(hours(7, 50), 38.4, { symptoms: ['cough', 'breath'] }),
        '2020-02-13 evening': null,
      },
      acts: [
        ...fetched(one, '2020-02-13', hours(8, 30)),
        clinic(one)('2020-02-13', hours(17, 10), 'suspect', { findings: '双肺改变，已采样送检' }),
      ],
    }),
  },
  /** Somebody at the site, whose case is one of those published of that day; rooms beside theirs are counted anew. */
  confirmed: {
    part: 'room',
    tell: (one) => {
      const { day } = CONFIRMED
      const before = addDays(day, -1)
      return {
        readings: {
          [`${before} morning`]: read(hours(8), 38.2, { symptoms: ['cough', 'fatigue'] }),
          [`${before} evening`]: null,
          [`${day} morning`]: null,
          [`${day} evening`]: null,
        },
        acts: [
          ...fetched(one, before, hours(8, 40)),
          clinic(one)(before, hours(16, 30), 'suspect', { findings: '双肺磨玻璃影，已采样送检' }),
          clinic(one)(day, hours(15), 'confirm', { findings: '核酸检测阳性' }),
          // After the releases of the day.
          acts('site', 'clinic', siteOf(one.village.county))(day, hours(17, 45), 'positive', {
            positiveOn: before,
            watch: one.watch,
            exposed: besides(one.room ?? ''),
          }),
        ],
      }
    },
  },
  /** Went to town without leave, was found the next morning. */
  cameBack: {
    part: 'home',
    near: true,
    tell: (one) => ({
      readings: { '2020-02-12 evening': null },
      acts: [
        observation(one)('2020-02-12', hours(13, 40), 'leave', { exitTo: '据家人称去县城买药' }),
        observation(one)('2020-02-13', hours(7, 20), 'comeBack'),
      ],
    }),
  },
  /** Not at home at noon of the 13th, and still looked for. */
  lookedFor: {
    part: 'home',
    tell: (one) => ({
      readings: { '2020-02-13 evening': null, '2020-02-14 morning': null, '2020-02-14 evening': null },
      acts: [observation(one)('2020-02-13', hours(12, 20), 'leave', { exitTo: '去向不明' })],
    }),
  },
  /** Answers no call: worker, town and county are told, then contact is lost. */
  unreachable: {
    part: 'home',
    near: true,
    tell: () => ({ readings: Object.fromEntries(SILENT.flatMap((day) => HALF_DAYS.map((half) => [`${day} ${half}`, null]))), acts: [] }),
  },
  /** Lacks something at home and says so. */
  lacks: {
    part: 'home',
    near: true,
    tell: () => ({
      readings: { '2020-02-13 evening': read(hours(18, 5), 36.5, { wants: '降压药还剩两天的量' }) },
      acts: [],
    }),
  },
}

const SILENT = ['2020-02-10', '2020-02-11', '2020-02-12', '2020-02-13', '2020-02-14']
const HALF_DAYS: readonly Half[] = ['morning', 'evening']

/** The rooms on both sides. */
function besides(room: string): readonly string[] {
  const all = Array.from({ length: ROOMS }, (_, k) => roomName(k))
  const at = all.indexOf(room)
  return all.filter((_, k) => Math.abs(k - at) <= 2 && k !== at)
}
