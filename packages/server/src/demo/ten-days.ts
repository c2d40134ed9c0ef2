import { Readable } from 'node:stream'
import { type Actor, type Command, dayOf, derivedId, type FileReference, fixedClock, Refused, type Role } from '@guatu/kernel'
import { doDailyDuties } from '../jobs/daily.ts'
import { createWriter } from '../store/log/writer.ts'
import type { Store } from '../store/store.ts'
import { DEMO_MEETINGS, type DemoDirective, type DemoMeeting, type Step } from './meetings/index.ts'

interface Played {
  /** ISO instant. */
  readonly at: string
  readonly actor: Actor
  readonly command: Command
}

/** The people of the demonstration, as accounts. */
export interface DemoCast {
  readonly city: string
  readonly office: Actor
  readonly leader: Actor
  clerkOf(unit: string): Actor | undefined
}

const YEAR = 2020
const instant = (at: string, zone: string) =>
  Temporal.PlainDateTime.from(`${YEAR}-${at.replace(' ', 'T')}`)
    .toZonedDateTime(zone)
    .toInstant()
    .toString({ smallestUnit: 'millisecond' })

/**
 * Plays ten days of invented work into an empty store through the same write path, each act at its own time on the city clock,
 * with the nightly grading in between. What lies after the store's now is left to the future.
 */
export async function playTenDays(store: Store, cast: DemoCast): Promise<number> {
  const [{ n } = { n: 0 }] = await store.db.query<{ n: number }>('select count(*) as n from events')
  if (Number(n) > 0) return 0
  const evidence = await store.attachments?.keep('演示佐证.txt', Readable.from([Buffer.from('演示佐证材料，内容为虚构。\n', 'utf8')]))
  const file = evidence?.ok ? evidence.value : undefined
  const now = store.clock.now().toString({ smallestUnit: 'millisecond' })
  const acts = DEMO_MEETINGS.flatMap((meeting, i) => actsOf(meeting, `demo/${i}`, cast, store.clock.zone, file))
    .filter((one) => one.at < now)
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  const clock = fixedClock(acts[0]?.at ?? now, store.clock.zone)
  const parameters = (day: string, path: string) => store.settings.at(day, path)
  const writer = createWriter(
    store.db,
    { registry: store.registry, clock, areas: () => store.areas.index, parameters },
    (_reference, error) => {
      throw error
    },
  )
  let day = ''
  for (let start = 0; start < acts.length; ) {
    const at = acts[start]?.at ?? now
    const today = dayOf(Temporal.Instant.from(at), clock.zone)
    if (day !== '' && today !== day) {
      // A server that ran through these days would have graded at every midnight.
      clock.set(at)
      await doDailyDuties({ ...store, clock, writer }, { since: day })
    }
    day = today
    clock.set(at)
    let end = start
    while (acts[end]?.at === at) end += 1
    const answers = await Promise.all(acts.slice(start, end).map(({ command, actor }) => writer.submit(command, actor)))
    for (const answer of answers) if (!answer.ok) throw new Refused(answer.problem)
    start = end
  }
  await writer.close()
  return acts.length
}

function actsOf(meeting: DemoMeeting, name: string, cast: DemoCast, zone: string, file: FileReference | undefined): Played[] {
  const text = `${meeting.title}\n${meeting.opening}\n${meeting.directives.map((one) => `${one.quote}。`).join('\n')}`
  const meetingId = derivedId(name)
  const recorded = Temporal.Instant.from(instant(meeting.recordedAt, zone))
  const later = (minutes: number) => recorded.add({ minutes }).toString({ smallestUnit: 'millisecond' })
  const act = (at: string, actor: Actor, record: string, recordId: string, action: string, input: Command['input']): Played => ({
    at,
    actor,
    command: { id: derivedId(`${recordId}/${action}/${at}`), record, recordId, action, area: cast.city, input },
  })
  const { title, body, session, heldOn } = meeting
  const played = [act(later(0), cast.office, 'meeting', meetingId, 'record', { title, heldOn, text, body, session })]
  for (const [i, one] of meeting.directives.entries()) {
    const start = text.indexOf(one.quote)
    const { quote, action, domain, soft, lead, due, urgency } = one
    played.push(
      act(later(5), cast.office, 'directive', directiveId(name, i), 'draft', {
        meeting: meetingId,
        order: i + 1,
        quote,
        start,
        end: start + quote.length,
        action,
        domain,
        ...(soft ? { soft } : {}),
        ...(urgency ? { urgency } : {}),
        ...(lead ? { lead } : {}),
        ...(due ? { due } : {}),
        ...(one.assisting ? { assisting: one.assisting } : {}),
      }),
    )
  }
  played.push(act(later(15), cast.office, 'meeting', meetingId, 'approve', {}))
  // The approval adopts its directives in the order of their ids, since they were drafted at the same time.
  const approval = derivedId(`${meetingId}/approve/${later(15)}`)
  const ranked = meeting.directives.map((_, i) => directiveId(name, i)).sort()
  for (const [i, one] of meeting.directives.entries()) {
    if (one.soft) continue
    const item = derivedId(`${derivedId(`${approval}/${ranked.indexOf(directiveId(name, i))}`)}/0/record`)
    const assigned = later(25)
    played.push(act(assigned, cast.office, 'item', item, 'assign', {}))
    const units = [one.lead, ...(one.assisting ?? [])]
    const cause = derivedId(`${item}/assign/${assigned}`)
    const taskOf = (unit: string) => derivedId(`${cause}/${units.indexOf(unit)}/record`)
    for (const step of one.steps ?? []) {
      const actor = BY_OFFICE.has(step.do) ? cast.office : cast.clerkOf(step.unit)
      if (!actor) continue
      played.push(act(instant(step.at, zone), actor, 'task', taskOf(step.unit), step.do, inputOf(step, one, file)))
    }
    if (one.closed) played.push(act(instant(one.closed, zone), cast.leader, 'item', item, 'close', { closedBy: '市领导（演示）' }))
  }
  return played
}

const directiveId = (meeting: string, i: number) => derivedId(`${meeting}/${i}/directive`)
const BY_OFFICE: ReadonlySet<Step['do']> = new Set(['accept', 'return', 'chase', 'grantExtension'])

function inputOf(step: Step, one: DemoDirective, file: FileReference | undefined): Command['input'] {
  switch (step.do) {
    case 'sign':
    case 'grantExtension':
      return {}
    case 'update':
      return { progress: step.text, percent: step.percent, ...(step.problems === undefined ? {} : { problems: step.problems }) }
    case 'report':
      return { progress: step.text, ...(step.unit === one.lead && file ? { evidence: [file] } : {}) }
    case 'askExtension':
      return { extensionTo: step.to, extensionReason: step.reason, progress: step.text }
    case 'chase':
      return { how: step.how, note: step.text }
    case 'accept':
      return { review: step.text }
    case 'return':
      return { returnReason: step.reason, review: step.text }
  }
}

/** The accounts that play: found by the role and unit of their grants. */
export async function demoCast(store: Store, city: string): Promise<DemoCast | undefined> {
  const rows = await store.db.query<{ account: string; name: string; role: string; area: string; unit: string | null }>(
    'select g.account, u.name, g.role, g.area, g.unit from grants g join "user" u on u.id = g.account order by g.recorded_at, g.id',
  )
  const actors = rows.map((row): Actor & { role: string } => ({
    id: row.account,
    name: row.name,
    role: row.role,
    grants: [
      { role: row.role as Role, path: store.areas.index.currentPath(row.area) ?? '', ...(row.unit === null ? {} : { unit: row.unit }) },
    ],
  }))
  const office = actors.find((one) => one.role === 'supervision-office')
  const leader = actors.find((one) => one.role === 'leader')
  if (!office || !leader) return undefined
  return { city, office, leader, clerkOf: (unit) => actors.find((one) => one.grants[0]?.unit === unit && one.role.endsWith('-clerk')) }
}
