import { type Action, type Changes, type Draft, type Follow, f } from '@guatu/kernel'
import { STRICTNESS } from '../arrivals/rule.ts'
import { type fields, OBSERVED, type Watch, type WatchSituation, type WatchState } from './fields.ts'
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
export function backInRoom(at: WatchSituation): readonly Follow[] {
  const { before, after, act, related } = at
  if (after.site === undefined || mayLodge(at) === undefined) return []
  const place = `${String(related.site?.[0]?.fields.name ?? '')}${after.room ?? ''}`
  const { household } = after
  const input = {
    kind: 'room',
    watch: act.recordId,
    dueOn: act.day,
    text: `恢复集中观察，原房间（${place}）已有人或隔离点已停用，请用“变更观察方式”安排房间。`,
    ...(household === undefined ? {} : { household }),
  }
  return [
    { record: 'watch', recordId: act.recordId, action: 'unlodge', input: { leftSiteOn: before?.exitOn ?? act.day } },
    { record: 'need', action: 'open', input },
  ]
}

/** Whoever changes room or site leaves the one that they had, and whoever was to be given one has it. */
export function moves({ before, after, act, related }: WatchSituation): readonly Follow[] {
  const left = before?.site !== undefined && (before.site !== after.site || before.room !== after.room)
  const room = before?.room === undefined ? {} : { formerRoom: before.room }
  const [was, is] = [before, after].map((row) => STRICTNESS[row?.kind ?? 'none'])
  const result = after.room === undefined ? '不再集中观察' : `已安排${after.room}`
  return [
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
      .filter(({ state, fields }) => fields.kind === 'room' && (state === 'open' || state === 'taken'))
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
    from: OBSERVED,
    to: 'same',
    by: {},
    automatic: true,
    with: { leftSiteOn: f.date({ label: { zh: '离开原房间日', en: 'Left the room on' } }) },
    effect: (row, { input }) => leaves(row, String((input as Draft<typeof fields>).leftSiteOn)),
    follows: stayedBefore,
  },
} as const satisfies Record<string, Action<typeof fields, WatchState>>

export const SHIFTS = { ...LODGE, needs: TASKS_OF.needs } as const
