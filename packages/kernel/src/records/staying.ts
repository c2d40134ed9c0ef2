import type { RecordState } from './row.ts'
import type { Act, Follow, Places } from './situation.ts'

/**
 * Where the register has whoever is received or declared, also where it came to know them only afterwards. What becomes known late of them is no reason
 * to refuse that.
 */
export const STANDS = {
  stands: { record: 'person', at: 'person', sees: ['receipts'], onward: true, enteredLate: true },
} as const

interface Came {
  readonly area: string
  readonly act: Act
  readonly places: Places
  readonly related: Readonly<Record<string, readonly RecordState[]>>
}

/** Does one of two areas lie in the other? */
export function isHere({ places, act }: Pick<Came, 'places' | 'act'>, one: string, other: string): boolean {
  const [a, b] = [places.path(one, act.day), places.path(other, act.day)]
  return a !== undefined && b !== undefined && (a.startsWith(b) || b.startsWith(a))
}

/**
 * Whoever is received in a village, or met there and declared, is looked after there from then on, wherever they were registered 属地管理. It takes no
 * leave of the place that they are registered in: whoever says so has them, or their document, before their eyes.
 */
export function comesToStay(
  at: Came,
  { village = at.area, home }: { readonly village?: string; readonly home?: string } = {},
): readonly Follow[] {
  const [one] = at.related.stands ?? []
  // Of an entry that was merged, the one that stays knows whether it is here already; who was received here before is so by this, too.
  const known = one?.state === 'merged' || one?.fields.receipts !== undefined
  if (!one || (one.state === 'registered' ? isHere(at, one.area, village) && !known : !known)) return []
  const input = { village, broughtBy: at.act.recordId, ...(home === undefined ? {} : { home }) }
  const since = one.createdAt > at.act.happenedAt ? { happenedAt: one.createdAt } : {}
  return [{ record: 'person', recordId: one.id, action: 'comeToStay', ...since, input }]
}

/**
 * Nobody came, or it was somebody else: whoever was brought here by that is where they were before.
 * @param others receipts that hold no more either
 */
export const goesBack = ({ act, related }: Pick<Came, 'act' | 'related'>, others: readonly string[] = []): readonly Follow[] =>
  (related.stands ?? [])
    .filter(({ state, fields }) => state === 'merged' || (state === 'registered' && fields.receipts !== undefined))
    .map(({ id }) => ({ record: 'person', recordId: id, action: 'goBack', input: { of: [act.recordId, ...others] } }))

/**
 * Whether somebody left on one of two days or between them, by a confirmed departure of these: whoever is said to have come on both came twice then,
 * whichever becomes known first.
 */
export function leftBetween(departures: readonly RecordState[] | undefined, one: string, other: string): boolean {
  const [first, last] = one < other ? [one, other] : [other, one]
  return (departures ?? []).some(({ state, fields }) => {
    const leftOn = String(fields.leftOn ?? '')
    return state === 'left' && first <= leftOn && leftOn <= last
  })
}
