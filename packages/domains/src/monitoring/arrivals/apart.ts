import { CORRECT, dayOf, type Follow } from '@guatu/kernel'
import { type ArrivalSituation, observation } from './assessment.ts'

/**
 * Two entries of the register are two people after all, and the declaration had asked of the observation of the other one: that is as if it had never
 * been asked, and from the moment of the declaration on its own person is observed.
 */
export function ownObservation(at: ArrivalSituation): readonly Follow[] {
  const { after, act, state, zone, parameterOn } = at
  const { watch, declaredAt, measure, class: of, from, until, listed, reason, late } = after
  if (watch === undefined) return []
  const input = { act: { action: 'adapt', followed: { record: 'arrival', id: act.recordId } }, reason: '合并登记已撤销', void: true }
  const struck: Follow = { record: 'watch', recordId: watch, action: CORRECT, input }
  if (state === 'void' || measure === undefined || of === undefined || from === undefined || until === undefined) return [struck]
  const asked = declaredAt ?? act.happenedAt
  const parameter = parameterOn(dayOf(Temporal.Instant.from(asked), zone))
  const own = observation(at, { measure, class: of, from, until }, { at: asked, parameter })
  const assessed = { measure, class: of, from, until, listed, reason, late, watch: own.watch ?? null, heldBack: null }
  return [
    struck,
    { record: 'arrival', recordId: act.recordId, action: 'assess', input: assessed },
    // Whoever has left since is observed until then.
    ...own.follows.map((one): Follow => (one.action === 'transfer' ? one : { ...one, happenedAt: asked, anew: true })),
  ]
}
