import { type Problem, refuse } from '@guatu/kernel'
import { notErased } from '../erased.ts'
import { CLASSES } from '../options.ts'
import { periodOf, roommates } from './consequences.ts'
import { OBSERVED, type WatchSituation } from './fields.ts'

/** Entering by hand: nobody twice, a contact with the day of the contact, a room that is free. */
export function mayEnter(at: WatchSituation): Problem | undefined {
  const { after, related, today, act } = at
  const erased = notErased(at)
  if (erased) return erased
  const open = (related.mine ?? []).find((one) => one.id !== act.recordId && OBSERVED.some((state) => state === one.state))
  if (open)
    return refuse(
      'already-observed',
      open.fields.person === after.person
        ? { zh: '此人已在观察中，请打开已有记录。', en: 'This person is under observation already; open the existing record.' }
        : {
            zh: '此人的另一条登记（已合并为同一人）正在观察中，请打开已有观察记录；如合并有误，请先撤销合并。',
            en: 'Another entry of this person, merged with this one, is under observation already; open the existing record, or undo the merging where it was wrong.',
          },
      { status: 409, data: { id: open.id, ...(open.fields.person === after.person ? {} : { person: open.fields.person }) } },
    )
  if (after.class === 'contact' && after.lastContact === undefined)
    return refuse(
      'contact-day-missing',
      {
        zh: '密切接触者从末次无防护接触起算，请填写日期。',
        en: 'The period of a close contact counts from the last unprotected contact; fill in the day.',
      },
      { path: 'input.lastContact' },
    )
  for (const [name, day] of [
    ['lastContact', after.lastContact],
    ['from', after.from],
  ] as const)
    if (day !== undefined && day > today)
      return refuse(
        'day-in-future',
        { zh: `日期${day}在今天之后，请核对。`, en: `The day ${day} lies in the future; check it.` },
        { path: `input.${name}` },
      )
  return periodOver(at) ?? mayLodge(at)
}

/**
 * What is past is not served, by the day of the entry and not by when it becomes known: an observation that took place is registered late under the
 * day on which it began.
 */
function periodOver(at: WatchSituation): Problem | undefined {
  const { after, today } = at
  const { from, until } = periodOf(at)
  if (until >= today) return undefined
  const { zh, en } = CLASSES[after.class ?? 'other']
  return refuse(
    'period-over',
    {
      zh: `“${zh}”自${from}起算，观察期${until}已满，${today}不再纳入。此后又有接触或到达的，请填写较晚的日期；属于其他管控类别的，请改选类别；当时确已观察、现在补登的，请导入表格，在“发生时间”栏填写当时的纳入时间。`,
      en: `${en}, counted from ${from}: the period ended on ${until}, so nobody is entered on ${today}. Where there was a later contact or arrival, give its day; where another class holds, choose it; an observation that took place then and is registered now comes by a sheet, with the time of entry in the column “Happened at”.`,
    },
    { path: after.class === 'contact' ? 'input.lastContact' : 'input.from', data: { from, until } },
  )
}

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
