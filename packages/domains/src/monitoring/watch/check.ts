import { type Action, f, NAMELESS } from '@guatu/kernel'
import { adviceOn } from '../care/sick.ts'
import { symptoms } from '../options.ts'
import { afterReading } from './consequences.ts'
import { type fields, HALVES, OBSERVED, type WatchState } from './fields.ts'
import { CARE } from './permits.ts'
import { readAnew } from './read-anew.ts'
import { reading } from './reading.ts'
import { runs } from './runs.ts'
import { mayRead } from './windows.ts'

const ASK = {
  zh: '实为发热或有症状的，请立即为此人“提出转诊”。',
  en: 'where there was fever or a symptom, ask for the transfer of this person at once.',
}
/** What was read leads to the clinic only while somebody is observed. */
const OVER = {
  released: {
    zh: `观察已解除，改动测温不会再转诊：${ASK.zh}`,
    en: `The observation has ended and the reading would send nobody to the clinic: ${ASK.en}`,
  },
  transferred: {
    zh: `此人已转出，改动测温不改变去向：转诊认定有误的请在转诊中“重新认定”，未离开的请取消离巴，观察恢复后再更正；${ASK.zh}`,
    en: `This person has been transferred, and the reading changes nothing of it. Where the clinic was wrong use “Reconsider” on the transfer, where nobody left cancel the departure, and correct the reading once the observation goes on; ${ASK.en}`,
  },
  confirmed: {
    zh: '此人已转确诊，改动测温不改变认定：认定有误的请在转诊中“重新认定”，观察恢复后再更正。',
    en: 'This person is confirmed, and the reading changes nothing of it. Where that was wrong use “Reconsider” on the transfer, and correct the reading once the observation goes on.',
  },
  died: {
    zh: '此人已死亡，改动测温不再转诊；死亡登记有误的，请先更正，观察恢复后再更正测温。',
    en: 'This person has died, and the reading sends nobody to the clinic. Where that was wrong correct it first, and the reading once the observation goes on.',
  },
  void: {
    zh: `该观察已作废，改动测温不会再转诊：${ASK.zh}`,
    en: `This observation is void and the reading would send nobody to the clinic: ${ASK.en}`,
  },
}

/** One reading of somebody who is observed. */
export const check = {
  label: { zh: '测温', en: 'Reading' },
  from: OBSERVED,
  to: 'same',
  by: CARE,
  offline: true,
  self: true,
  notAsked: ['handling'],
  answers: runs,
  advises: (row, parameter) =>
    adviceOn({
      temperature: row.lastTemperature,
      symptoms: row.lastSymptoms,
      feverFrom: row.feverFrom ?? parameter<number>('monitoring.fever.from'),
    }),
  tone: 'main',
  with: {
    half: f.choice({ label: { zh: '时段', en: 'Half day' }, options: HALVES }),
    temperature: f.temperature({ label: { zh: '体温', en: 'Temperature' } }),
    symptoms,
    how: f.choice({
      label: { zh: '方式', en: 'How' },
      options: {
        worker: { zh: '工作人员测量', en: 'By a worker' },
        self: { zh: '本人上报', en: 'By the person' },
        phone: { zh: '电话询问', en: 'By phone' },
        video: { zh: '视频查看', en: 'By video' },
        device: { zh: '设备', en: 'By device' },
      },
    }),
    medication: f.text({ label: { zh: '用药', en: 'Medication' }, max: 200, optional: true }),
    wants: f.text({ label: { zh: '生活需求', en: 'Needs' }, hint: NAMELESS, max: 300, optional: true }),
    handling: f.text({ label: { zh: '处置', en: 'Handling' }, hint: NAMELESS, max: 200, optional: true }),
  },
  guard: mayRead,
  effect: reading,
  follows: afterReading,
  amends: readAnew,
  settles: { fields: [], own: ['temperature', 'symptoms'], instead: OVER },
} as const satisfies Action<typeof fields, WatchState>
