import { type Act, addDays, type Follow, f, oneAtATime, type ParameterReader, type Places, type RecordState } from '@guatu/kernel'
import { isNear } from '../near.ts'
import { covered, pathsOf } from '../order/cover.ts'
import { landClosed } from '../order/scope.ts'
import { PAPER, paperOf, TO_DO } from './paper.ts'

/** Who moved is somebody into whom the holder was merged. */
export const AS_ONE = { merged: f.flag({ label: { zh: '登记并入期间', en: 'While entries were merged' }, optional: true }) } as const

/** Where the holder of a pass moved from, and where to. */
export const MOVED = {
  ...AS_ONE,
  left: f.area({ label: { zh: '迁出地', en: 'Moved from' } }),
  to: f.area({ label: { zh: '迁入地', en: 'Moved to' } }),
} as const

/** What a pass is held against when its holder moves: its order, and what is left of the home. */
export const LEAVING = {
  ...PAPER,
  order: { record: 'closure', at: 'closure', sees: ['areas', 'sites', 'start'], onward: true },
  home: { record: 'household', at: 'household', sees: ['place'], onward: true },
  holder: { record: 'person', at: 'person', sees: ['household'], onward: true },
} as const

interface Holding {
  readonly number?: string
  readonly kind?: string
  readonly household?: string
}

interface Leaving {
  readonly after: Holding
  readonly act: Act
  readonly today: string
  readonly zone: string
  readonly places: Places
  readonly parameter: ParameterReader
  readonly related: Readonly<Record<string, readonly RecordState[]>>
}

const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : [])

/** Does an order that closes areas close this one, or a part of it? A place that is not there any more says nothing against anybody. */
export function closes(order: RecordState, area: string, places: Places, day: string, zone: string): boolean {
  const at = places.path(area, day)
  const closed = landClosed(order, places, day, zone)
  return at === undefined || closed.length === 0 || covered(pathsOf(closed), at) !== undefined
}

/**
 * A pass whose holder moves out of what its order closes ends with the move: it rests on nothing there. Somebody has to take the paper back, and to
 * issue another where the new home is closed too. One for a vehicle is not about a home.
 */
export function leavesOrder({ after, act, today, zone, places, parameter, related }: Leaving): readonly Follow[] {
  const [order] = related.order ?? []
  if (!order || after.kind === 'vehicle') return []
  const onlySites = texts(order.fields.areas).length === 0 && texts(order.fields.sites).length > 0
  const dwelling = after.kind === 'worker' ? related.holder?.[0]?.fields.household : related.home?.[0]?.fields.place
  const [left, to, id] = [String(act.input.left), String(act.input.to), act.recordId]
  const stays = onlySites ? dwelling !== undefined : closes(order, to, places, today, zone) || !closes(order, left, places, today, zone)
  if (stays) return []
  return [
    { record: 'pass', recordId: id, action: 'leaveScope', input: act.input.merged === true ? { merged: true } : {} },
    ...(isNear(places.level(to, today))
      ? [
          {
            record: 'need',
            recordId: oneAtATime('pass-elsewhere', id, related.paper ?? [], TO_DO).id,
            once: true as const,
            action: 'open',
            area: to,
            input: {
              kind: 'other',
              pass: id,
              text: paperOf(after.number ?? ''),
              dueOn: addDays(today, parameter<number>('monitoring.need.days', 1)),
              ...(after.household === undefined ? {} : { household: after.household }),
            },
          },
        ]
      : []),
  ]
}
