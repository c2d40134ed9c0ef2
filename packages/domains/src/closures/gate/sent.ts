import type { Follow } from '@guatu/kernel'
import { isNear } from '../near.ts'
import { UNDER_WAY } from './corrected.ts'
import type { CrossingSituation } from './line.ts'
import { isObserved } from './way.ts'

/** Where somebody is sent: as written, else home where the register knows one, else the area of the gate has to look for them. */
const sentTo = ({ after, area, related }: CrossingSituation): string =>
  after.destination ?? (after.decision === 'home' ? related.me?.[0]?.area : undefined) ?? area

/** Whoever is sent somewhere is on the way until the destination confirms, within the drive time; it is chased from when it can know of them. */
export function sent(at: CrossingSituation): readonly Follow[] {
  const { after, act, parameter, places, today } = at
  const { decision } = after
  if (decision === undefined || !UNDER_WAY.includes(decision)) return []
  const minutes = parameter<number>('closures.drive.minutes')
  const crossedAt = after.crossedAt ?? act.happenedAt
  const to = sentTo(at)
  const expectedBy = Temporal.Instant.from(crossedAt).add({ minutes }).toString({ smallestUnit: 'millisecond' })
  return [
    {
      record: 'transit',
      action: 'expect',
      area: to,
      input: {
        crossing: act.recordId,
        decision,
        crossedAt,
        expectedBy,
        nextChase: [expectedBy, act.recordedAt].sort().at(-1),
        ...(isObserved(decision) && !isNear(places.level(to, today)) ? { unplaced: true } : {}),
        ...(after.person === undefined ? {} : { person: after.person }),
        ...(after.days === undefined ? {} : { days: after.days }),
        ...(after.listed === undefined ? {} : { listed: after.listed }),
        ...(after.site === undefined ? {} : { site: after.site }),
        ...(after.origin === undefined ? {} : { origin: after.origin }),
        ...(after.travellers === undefined ? {} : { travellers: after.travellers }),
      },
    },
  ]
}
