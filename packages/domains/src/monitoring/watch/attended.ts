import type { Act, Changes, Follow } from '@guatu/kernel'
import { isUnderWay, sendToClinic } from '../care/sick.ts'
import type { fields, Watch, WatchSituation } from './fields.ts'

/** The transfer of somebody with signs: those of a reading, or those that a correction brought to light and no reading told. */
export function sentOn({ after, act, related }: WatchSituation): readonly Follow[] {
  const { temperature, symptoms, at } = act.input
  return sendToClinic(
    { person: after.person, household: after.household, watch: act.recordId },
    {
      temperature: typeof temperature === 'number' ? temperature : undefined,
      symptoms: (symptoms ?? []) as readonly string[],
    },
    {
      transfers: related.transfers,
      day: after.alertedOn ?? act.day,
      happenedAt: String(at ?? act.happenedAt),
      read: act.recordId,
    },
  )
}

/** Whoever is on the way to the clinic already when observation begins: it stands on the observation, and who looks after them is told. */
export const underWay = ({ after, act, related }: WatchSituation): readonly Follow[] =>
  (related.transfers ?? []).filter(isUnderWay).flatMap((one): readonly Follow[] => [
    {
      record: 'watch',
      recordId: act.recordId,
      action: 'attend',
      input: { transfer: one.id, ...(one.fields.reason === 'signs' ? { signsOn: act.day } : {}) },
    },
    {
      record: 'transfer',
      recordId: one.id,
      action: 'place',
      input: { watch: act.recordId, ...(after.household === undefined ? {} : { household: after.household }) },
    },
  ])

const latest = (known: string | undefined, day: string): string => (known !== undefined && known > day ? known : day)

/** The person is on the way to the clinic; signs that no reading of this observation told stand on it like those that one did. */
export function attended(row: Watch, { input }: Act): Changes<typeof fields> {
  if (typeof input.signsOn !== 'string') return {}
  const [alarmOn, alertedOn] = [latest(row.alarmOn, input.signsOn), latest(row.alertedOn, input.signsOn)]
  return { alarm: true, alarmOn, alertedOn, everSick: true }
}
