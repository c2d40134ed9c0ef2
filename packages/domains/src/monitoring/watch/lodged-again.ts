import { type Action, type Changes, type Draft, type Follow, f } from '@guatu/kernel'
import { STRICTNESS } from '../arrivals/rule.ts'
import { leftAtHomeSince } from './consequences.ts'
import { OPEN } from './entrusted.ts'
import { type fields, isOpen, OBSERVED, type Watch, type WatchSituation, type WatchState } from './fields.ts'
import { LODGE, mayLodge } from './lodging.ts'
import { TASKS_OF } from './tasks-end.ts'

/** Where somebody lived who comes back. What becomes known late of the others there is refused to nobody. */
export const LODGE_AGAIN = {
  site: { ...LODGE.site, sees: ['rooms', 'name'], onward: true },
  residents: { ...LODGE.residents, onward: true },
} as const

/** The site that somebody leaves stays known: should a positive be found there, they were exposed as well. */
export const leaves = ({ site, room }: Watch, day: string): Changes<typeof fields> =>
  site === undefined ? {} : { formerSite: site, formerRoom: room ?? null, leftSiteOn: day, site: null, room: null }

/** The site that was left before the last one goes on being known, when another one is left. */
export function stayedBefore({ before, after, act }: WatchSituation): readonly Follow[] {
  const { formerSite: site, formerRoom: room, leftSiteOn: leftOn } = before ?? {}
  const same = after.formerSite === site && after.formerRoom === room && after.leftSiteOn === leftOn
  if (site === undefined || leftOn === undefined || same) return []
  return [{ record: 'stay', action: 'end', input: { watch: act.recordId, site, leftOn, ...(room === undefined ? {} : { room }) } }]
}

/** Whoever comes back to a room that somebody else has by now, or to a site that was closed, is lodged in none until the site or the town gives them one. */
export const backInRoom = (at: WatchSituation): readonly Follow[] =>
  at.after.site === undefined || mayLodge(at) === undefined
    ? []
    : [{ record: 'watch', recordId: at.act.recordId, action: 'unlodge', input: { leftSiteOn: at.before?.exitOn ?? at.act.day } }]

/** Where somebody lived who is to be given a room, and who lives there by now. */
const LIVED = {
  left: { record: 'site', at: 'formerSite', sees: ['name'], onward: true },
  there: { record: 'watch', by: 'site', through: 'formerSite', sees: ['room'], onward: true },
  needs: TASKS_OF.needs,
} as const

/** A room is found for whoever has none any more: once, by somebody who sees who lives in the one that they had. */
function roomIsFound({ after, state, act, related }: WatchSituation): readonly Follow[] {
  if (!isOpen({ state: state ?? '' }) || after.kind !== 'central' || after.site !== undefined) return []
  if ((related.needs ?? []).some((one) => one.fields.kind === 'room' && OPEN.includes(one.state))) return []
  const place = `${String(related.left?.[0]?.fields.name ?? '')}${after.formerRoom ?? ''}`
  const resident = (related.there ?? []).find((one) => isOpen(one) && one.fields.room === after.formerRoom)?.id
  const { household } = after
  const input = {
    kind: 'room',
    watch: act.recordId,
    dueOn: act.day,
    text: `恢复集中观察，原房间（${place}）已有人或隔离点已停用，请用“变更观察方式”安排房间。`,
    ...(household === undefined ? {} : { household }),
    ...(resident === undefined ? {} : { resident }),
  }
  return [{ record: 'need', action: 'open', input }]
}

/** Whoever changes room or site leaves the one that they had, and whoever was to be given one has it. */
export function moves(at: WatchSituation): readonly Follow[] {
  const { before, after, act, related } = at
  const left = before?.site !== undefined && (before.site !== after.site || before.room !== after.room)
  const room = before?.room === undefined ? {} : { formerRoom: before.room }
  const [was, is] = [before, after].map((row) => STRICTNESS[row?.kind ?? 'none'])
  const result = after.room === undefined ? '不再集中观察' : `已安排${after.room}`
  return [
    ...leftAtHomeSince(at),
    ...(was === is
      ? []
      : [{ record: 'watch', recordId: act.recordId, action: 'order', input: { kindOrdered: Number(is) > Number(was) || null } }]),
    ...(left
      ? [
          {
            record: 'watch',
            recordId: act.recordId,
            action: 'moveOut',
            input: { formerSite: before.site, ...room, leftSiteOn: act.day },
          },
        ]
      : []),
    ...(related.needs ?? [])
      .filter(({ state, fields }) => fields.kind === 'room' && OPEN.includes(state))
      .map(({ id }) => ({ record: 'need', recordId: id, action: 'finish', input: { result } })),
  ]
}

/** Where somebody lived before, and that nobody else's room is taken for theirs. */
export const lodgings = {
  order: {
    label: { zh: '观察方式另行确定', en: 'Kind set by an office' },
    from: OBSERVED,
    to: 'same',
    by: {},
    automatic: true,
    takes: ['kindOrdered'],
  },
  moveOut: {
    label: { zh: '离开原房间', en: 'Left a room' },
    from: OBSERVED,
    to: 'same',
    by: {},
    automatic: true,
    needs: ['formerSite', 'leftSiteOn'],
    takes: ['formerRoom'],
    effect: ({ formerRoom }, act) => (act.input.formerRoom === undefined && formerRoom !== undefined ? { formerRoom: null } : {}),
    follows: stayedBefore,
  },
  unlodge: {
    label: { zh: '原房间不可用，待安排房间', en: 'No room any more: one is to be found' },
    // In the place of an end that was none: the room is another's from then on.
    from: [...OBSERVED, 'void'],
    to: 'same',
    by: {},
    automatic: true,
    with: { leftSiteOn: f.date({ label: { zh: '离开原房间日', en: 'Left the room on' }, optional: true }) },
    effect: (row, { input, day }) => leaves(row, (input as Draft<typeof fields>).leftSiteOn ?? day),
    // What gives way in the past is known only now.
    follows: (at) => [
      ...stayedBefore(at),
      {
        record: 'watch',
        recordId: at.act.recordId,
        action: 'seek',
        ...(at.act.input.leftSiteOn === undefined ? { happenedAt: at.act.recordedAt } : {}),
        input: {},
      },
    ],
  },
  seek: {
    label: { zh: '待安排房间', en: 'A room is to be found' },
    from: [...OBSERVED, 'void'],
    to: 'same',
    by: {},
    automatic: true,
    related: LIVED,
    follows: roomIsFound,
  },
} as const satisfies Record<string, Action<typeof fields, WatchState>>

/** Who lives in the household. */
export const MEMBERS = { record: 'person', by: 'household', through: 'household', sees: [], onward: true } as const
export const SHIFTS = { ...LODGE, needs: TASKS_OF.needs, members: MEMBERS } as const
