import { type Actor, minuteWords, no, type Problem, problem, type Result, refuse } from '@guatu/kernel'
import { cross } from '../gates/cross.ts'
import { entered, withDrivers } from '../gates/lines.ts'
import { strangeReference } from '../store/desk/references.ts'
import { withoutStrangeFiles } from '../store/desk/sent-files.ts'
import type { Store } from '../store/store.ts'
import { aboutKnown } from './at-the-door.ts'
import type { BoxedAct, HandedOver, Known } from './boxed.ts'
import { makes, namesOf } from './leaning.ts'
import { dayOfAct } from './placing.ts'
import { standingOn, withAreas } from './standing.ts'

/**
 * Does an act of the box for whoever takes it over: with its own id and time, under what it says or was kept for.
 * @param known whom entries of its phone are of that somebody said to be of somebody whom the register has
 */
export async function enter(
  store: Store,
  actor: Actor,
  { version: _, who, ...written }: BoxedAct,
  kept: Pick<HandedOver, 'account' | 'area' | 'happenedAt'>,
  known: ReadonlyMap<string, Known>,
): Promise<Result<unknown>> {
  const { command: act, shown: theirs } = aboutKnown(written, known)
  // The clerk saw no version of the worker's, and the act may lie days back: it finds its place by its time.
  const happenedAt = act.happenedAt ?? kept.happenedAt
  const def = store.registry.records.get(act.record)
  const { index } = store.areas
  const said = act.area !== undefined && index.currentPath(act.area) !== undefined ? act.area : kept.area
  // A new record stands where the act was kept, be it that the phone did not say or that the area has ended since.
  const isNew = def?.actions[act.action]?.from === 'new'
  const day = dayOfAct(store, { happenedAt })
  const area = isNew ? { area: standingOn(index, said, day) } : {}
  const named = def ? withAreas(def, act, (one) => standingOn(index, one, day)) : act
  const command = { ...named, ...area, happenedAt, authority: act.authority ?? `handed over by ${kept.account}` }
  if (!def) return no(problem('not-found', { what: act.record }))
  const strange = strangeReference(def, store.areas.tree, command)
  if (strange) return no(strange)
  // Its files are those of the worker's phone; what never came from there it is without.
  const { command: arrived } = await withoutStrangeFiles(store, def, command, kept.account)
  if (who) return cross(store, store.as(actor), arrived, who)
  const made = await madeBy(store, kept.account, act)
  return entered(store, await withDrivers(store, actor, [arrived]), ([line = { command: arrived }]) =>
    store.writer.submit(line.command, actor, { outside: true, shown: [...made, ...theirs, ...(line.shown ?? [])] }),
  )
}

/** Whom an act names that its own phone had entered: the clerk of one place goes on with what that of another took over. */
async function madeBy(store: Store, account: string, act: BoxedAct): Promise<readonly string[]> {
  const named = [...namesOf(store, act)]
  if (named.length === 0) return named
  const rows = await store.db.query<{ record: string; record_id: string; action: string }>(
    `select record, record_id, action from handed_over where state = 'taken' and account = $1 and record_id = any($2::uuid[])`,
    [account, named],
  )
  return rows.filter(({ record, action }) => makes(store, record, action)).map((row) => row.record_id)
}

/** Why an act waits for another one: that is for somebody else to take over, or cannot be as it is. */
export function takeFirst({ registry, areas, clock }: Store, first: HandedOver, why?: Problem): Problem {
  const def = registry.records.get(first.record)
  const action = def?.actions[first.action]
  const time = minuteWords(first.happenedAt, clock.zone)
  const what = {
    zh: `${time.zh}的“${def?.label.zh ?? first.record}：${action?.label.zh ?? first.action}”`,
    en: `“${def?.label.en ?? first.record}: ${action?.label.en ?? first.action}” of ${time.en}`,
  }
  const place = areas.index.name(first.area) ?? first.area
  return refuse(
    'take-first',
    why
      ? {
          zh: `这一条以${what.zh}为依据，而那一条不能接收：${why.message.zh}请先处理那一条，或写明原因不接收。`,
          en: `This builds on ${what.en}, which cannot be taken over: ${why.message.en} Decide on that one first, or let this rest with a reason.`,
        }
      : {
          zh: `这一条以${what.zh}为依据，那一条由${place}的经办员处理；请其先接收，再接收这一条。`,
          en: `This builds on ${what.en}, which is for the clerk of ${place}: ask for that to be taken over first.`,
        },
    { status: 409, data: { id: first.id } },
  )
}
