import { type Act, addDays, type Changes } from '@guatu/kernel'
import { isSick } from '../care/sick.ts'
import type { fields, Watch } from './fields.ts'
import { leaves } from './lodged-again.ts'

const later = (a: string | undefined, b: string): string => (a !== undefined && a > b ? a : b)

/** The half days of a day that have been read, with one more. */
const halvesWith = (row: Watch, day: string, half: 'morning' | 'evening') =>
  row.lastCheckDay !== day || row.lastHalves === undefined || row.lastHalves === half ? half : 'both'

/**
 * One reading folded in. Only ever sees readings in the order in which they happened, whatever order they arrived in; a second
 * reading of the same half day changes what is known, and counts once.
 */
export function reading(row: Watch, act: Act): Changes<typeof fields> {
  const half = act.input.half === 'evening' ? 'evening' : 'morning'
  const temperature = Number(act.input.temperature)
  const symptoms = (act.input.symptoms ?? []) as NonNullable<Watch['lastSymptoms']>
  const sick = isSick({ temperature, symptoms, feverFrom: row.feverFrom ?? Number.POSITIVE_INFINITY })
  const counted = row.lastCheckDay !== act.day || (row.lastHalves !== half && row.lastHalves !== 'both')
  const before = half === 'morning' ? row.lastMorning : row.lastEvening
  // A second look at the same half day says nothing about copying from the day before.
  const repeats = !counted ? (row.repeats ?? 0) : before === temperature ? (row.repeats ?? 0) + 1 : 0
  const next = addDays(act.day, 1)
  const once = row.readings === 1
  return {
    lastCheckDay: act.day,
    lastCheckAt: act.happenedAt,
    lastHalves: halvesWith(row, act.day, half),
    lastTemperature: temperature,
    ...(half === 'morning' ? { lastMorning: temperature } : { lastEvening: temperature }),
    lastSymptoms: symptoms.length > 0 ? symptoms : null,
    checksDone: (row.checksDone ?? 0) + (counted ? 1 : 0),
    counted,
    ...(half === 'morning' || once ? { dueMorning: later(row.dueMorning, next) } : {}),
    ...(half === 'evening' && !once ? { dueEvening: later(row.dueEvening, next) } : {}),
    repeats,
    doubt: repeats >= (row.copiedFrom ?? Number.POSITIVE_INFINITY) ? true : null,
    ...(sick ? { alarm: true, alarmOn: act.day, everSick: true } : {}),
    told: null,
    lost: null,
    // Whoever left without leave is found when they are back, whatever they report meanwhile.
    ...(row.lost && row.absentSince === undefined ? found(act) : {}),
  }
}

/** Whoever was looked for is there again. */
export const found = ({ happenedAt, actor }: Act): Changes<typeof fields> => ({ foundAt: happenedAt, foundBy: actor })

/** Nothing more is due of somebody who left observation. */
export const left = (row: Watch, act: Act): Changes<typeof fields> => ({
  exitOn: row.exitOn ?? act.day,
  dueMorning: null,
  dueEvening: null,
  told: null,
  lost: null,
  alarm: null,
  doubt: null,
  proposedOn: null,
})

/** The first readings due of somebody who entered on a day: that evening, then mornings and evenings; with one a day, the next morning. */
export const firstDue = (day: string, readings: number | undefined): Changes<typeof fields> =>
  readings === 1 ? { dueMorning: day, dueEvening: null } : { dueMorning: addDays(day, 1), dueEvening: day }

/** When an observation was asked for by a declaration: the moment of that act, which its consequence may follow. */
export const askedAt = ({ input, happenedAt }: Act): string => (typeof input.at === 'string' ? input.at : happenedAt)

/** Whoever is observed again after the end or after a mistake: signs that nobody cleared are open again, and everything else is done anew. */
export const observedAgain = (row: Watch, act: Act): Changes<typeof fields> => ({
  askedAt: askedAt(act),
  exitOn: null,
  absentSince: null,
  why: null,
  keptBy: null,
  kindOrdered: null,
  releaseFile: null,
  servedOn: null,
  servedFile: null,
  ...leaves(row, row.exitOn ?? act.day),
  ...(row.appointed ? {} : { worker: null }),
  alarm: (row.alarmOn ?? '') > (row.clearedOn ?? '') ? true : null,
  ...dueAgain(row, act.day),
})

/** The readings due of somebody who is observed again from a day on: what was read on that day is not asked for a second time. */
export const dueAgain = (row: Watch, day: string): Changes<typeof fields> => {
  const read = (half: 'morning' | 'evening') => row.lastCheckDay === day && (row.lastHalves === half || row.lastHalves === 'both')
  const due = (half: 'morning' | 'evening') => (read(half) ? addDays(day, 1) : day)
  if (row.readings === 1) return { dueMorning: row.lastCheckDay === day ? addDays(day, 1) : day, dueEvening: null }
  return { dueMorning: due('morning'), dueEvening: due('evening') }
}
