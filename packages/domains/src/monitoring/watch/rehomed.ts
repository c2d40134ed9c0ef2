import { CORRECT, type Follow, MOVE, type RecordState } from '@guatu/kernel'
import { ME } from '../erased.ts'
import { leftAtHome } from './consequences.ts'
import { OPEN, TASKS } from './entrusted.ts'
import { OBSERVED, type WatchSituation } from './fields.ts'

export const REHOMED = { needs: TASKS.needs, visits: { ...TASKS.visits, sees: ['worker', 'household'] } } as const

/** Where the person lives, and lived when the observation ended; a move of theirs that becomes known late is refused to nobody for it. */
export const LIVES = { lives: { ...ME.me, onward: true }, lived: { ...ME.me, onward: true, atAct: true } } as const

/**
 * Whose observation ended by mistake and has moved since is observed where they live, as if it had gone along; who is lodged at a site elsewhere stays
 * in its care.
 */
export function movedSince({ act, area, after, related }: WatchSituation): readonly Follow[] {
  const [[was], [is]] = [related.lived ?? [], related.lives ?? []]
  if (!was || !is) return []
  const { household } = is.fields
  const own = { record: 'watch', recordId: act.recordId }
  if (is.area !== was.area && (after.site === undefined || area === was.area))
    return is.area === area
      ? []
      : [
          { ...own, action: MOVE, area: is.area, input: {} },
          { ...own, action: 'rehome', input: { ...(household === undefined ? {} : { household }), away: true } },
        ]
  return household === undefined || household === was.fields.household || household === after.household
    ? []
    : [{ ...own, action: 'rehome', input: { household } }]
}

const SPARED = { action: 'spare', input: {} } as const

/**
 * What is still to be done for somebody who moves is done where they live now; where no visit comes along, one to those they live with is due. With
 * nobody else at the home where they turn out to live, a visit ends, and is due again where they turn out to live with others after all.
 */
export function rehomed(at: WatchSituation): readonly Follow[] {
  const { household } = at.after
  if (household === at.before?.household) return []
  const { needs = [], visits = [] } = at.related
  const goes = (record: string, id: string): readonly Follow[] =>
    household === undefined ? [] : [{ record, recordId: id, action: 'rehome', input: { household } }]
  const open = visits.filter(({ state }) => OPEN.includes(state))
  const tasks = needs.filter(({ state }) => OPEN.includes(state)).flatMap(({ id }) => goes('need', id))
  const spare = ({ id }: RecordState): Follow => ({ record: 'visit', recordId: id, ...SPARED })
  if (at.act.input.alone === true) return [...tasks, ...open.map(spare)]
  // Two people after all, and no home of this one is known: nobody visits that of the other one.
  const others = at.before?.atSurvivor === true && at.act.input.merged === false
  if (household === undefined) return others ? open.filter(({ fields }) => fields.household === at.before?.household).map(spare) : []
  const spared = visits.filter(({ state, fields }) => state === 'needless' && fields.household === household)
  return [
    ...tasks,
    ...open.flatMap(({ id }) => goes('visit', id)),
    ...spared.flatMap(({ id, area }): readonly Follow[] => [
      { record: 'visit', recordId: id, action: CORRECT, input: { act: SPARED, reason: '合并登记已撤销', void: true } },
      ...(area === at.area ? [] : [{ record: 'visit', recordId: id, action: MOVE, area: at.area, input: {} }]),
    ]),
    ...(open.length + spared.length > 0 || !OBSERVED.some((one) => one === at.state) ? [] : leftAtHome(at)),
  ]
}
