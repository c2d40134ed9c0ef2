import { type Action, CORRECT, type Follow, f, type ParameterReader } from '@guatu/kernel'
import { isSick, TRANSFERS } from '../care/sick.ts'
import { symptoms } from '../options.ts'
import { type fields, OBSERVED, type WatchSituation, type WatchState } from './fields.ts'

interface Reading {
  readonly temperature: number
  readonly symptoms: readonly string[]
}

const readingOf = ({ temperature, symptoms }: Readonly<Record<string, unknown>>): Reading => ({
  temperature: Number(temperature),
  symptoms: (symptoms ?? []) as readonly string[],
})

const feverFrom = ({ after, parameter }: Pick<WatchSituation, 'after'> & { readonly parameter: ParameterReader }) =>
  after.feverFrom ?? parameter<number>('monitoring.fever.from')

/** A reading that was corrected: a fever that only the correction shows sends to the clinic at once, and what was sent for follows what it reads now. */
export function readAnew(at: WatchSituation): readonly Follow[] {
  const { act, corrected } = at
  if (!corrected) return []
  const from = feverFrom(at)
  const was = readingOf(corrected.input)
  const is = act.input.void === true ? undefined : readingOf(act.input.input as Readonly<Record<string, unknown>>)
  const sick = is !== undefined && isSick({ ...is, feverFrom: from })
  const own = { record: 'watch', recordId: act.recordId }
  if (isSick({ ...was, feverFrom: from })) return [{ ...own, action: 'reread', input: { at: corrected.happenedAt, ...(sick ? is : {}) } }]
  return sick ? [{ ...own, action: 'alert', input: { alertedOn: corrected.day, ...is, at: corrected.happenedAt } }] : []
}

/** The transfer knows of a reading by its note: it says what is read now, or is there no more; and nobody is sent for what nobody read. */
function followed({ act, related }: WatchSituation): readonly Follow[] {
  const { at, temperature, symptoms = [] } = act.input
  const note = { action: 'note', input: { at, read: act.recordId } }
  const right = temperature === undefined ? { void: true } : { input: { temperature, symptoms } }
  return (related.transfers ?? []).flatMap(({ id: recordId }): Follow[] => [
    { record: 'transfer', recordId, action: CORRECT, input: { act: note, reason: '测温已更正', ...right } },
    { record: 'transfer', recordId, action: 'recall', input: {} },
  ])
}

/** The transfer follows a corrected reading. */
export const reread = {
  label: { zh: '测温已更正，转诊随之更正', en: 'The reading was corrected, and the transfer with it' },
  from: OBSERVED,
  to: 'same',
  by: {},
  automatic: true,
  with: {
    at: f.moment({ label: { zh: '测量时间', en: 'Taken at' } }),
    temperature: f.temperature({ label: { zh: '体温', en: 'Temperature' }, optional: true }),
    symptoms,
  },
  related: { transfers: { ...TRANSFERS.transfers, onward: true } },
  follows: followed,
} as const satisfies Action<typeof fields, WatchState>
