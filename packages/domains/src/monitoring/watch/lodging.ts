import { type Problem, type RecordState, refuse } from '@guatu/kernel'
import { isOpen, type WatchSituation } from './fields.ts'

/** The site that somebody is to live in, and who lives there. */
export const LODGE = {
  site: { record: 'site', at: 'site', sees: ['rooms'] },
  residents: { record: 'watch', by: 'site', through: 'site', sees: ['room', 'household'] },
} as const

/** Who else is in this room now. */
const roommates = (at: WatchSituation): readonly RecordState[] =>
  (at.related.residents ?? []).filter((one) => one.id !== at.act.recordId && isOpen(one) && one.fields.room === at.after.room)

/** A central site: open, with this room, and the room is free or shared by one household where that is allowed. */
export function mayLodge(at: WatchSituation): Problem | undefined {
  const { after, related, parameter } = at
  if (after.site === undefined)
    return after.room === undefined
      ? undefined
      : refuse('site-missing', { zh: '请先选择集中隔离点。', en: 'Choose the site first.' }, { path: 'input.site' })
  if (after.kind !== 'central')
    return refuse(
      'not-central',
      { zh: '只有集中观察才安排隔离点，请先转为集中观察。', en: 'Only central observation has a site; change the kind first.' },
      { path: 'input.site' },
    )
  const site = related.site?.[0]
  if (site?.state !== 'open')
    return refuse('site-not-open', { zh: '该隔离点未启用，请另选。', en: 'The site is not open; choose another.' }, { path: 'input.site' })
  if (after.room === undefined) return refuse('room-missing', { zh: '请填写房间号。', en: 'Fill in the room.' }, { path: 'input.room' })
  if (!((site.fields.rooms ?? []) as readonly string[]).includes(after.room))
    return refuse(
      'room-unknown',
      {
        zh: `该隔离点没有${after.room}房间，请核对或先登记房间。`,
        en: `The site has no room ${after.room}; check it or register the room.`,
      },
      { path: 'input.room' },
    )
  const others = roommates(at)
  if (others.length === 0) return undefined
  const family = after.household !== undefined && others.every((one) => one.fields.household === after.household)
  if (family && parameter<boolean>('monitoring.room.family')) return undefined
  return refuse(
    'room-taken',
    {
      zh: `${after.room}房间已有人，单人单间；${family ? '本市未允许同户同住' : '只有同户可以同住'}，请另选房间。`,
      en: `Room ${after.room} is taken: one person a room; ${family ? 'the city does not let a household share' : 'only one household may share'}. Choose another.`,
    },
    { status: 409, path: 'input.room' },
  )
}
