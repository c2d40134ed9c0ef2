import {
  type AnyRecord,
  type DomainEvent,
  dayOf,
  effective,
  type Follow,
  fullDayWords,
  MOVE,
  type Problem,
  type RecordState,
  refuse,
} from '@guatu/kernel'
import type { Moved } from './move.ts'
import type { Surround } from './receipt.ts'
import { related } from './related.ts'
import type { Workspace } from './workspace.ts'

/**
 * What a move that became known late would leave behind: it would go along, had it been there when the move was. Somebody opened it since, where the
 * record stood as far as was known; a person has to say which of the two is right.
 * @param fields what the relations of the move lead through, see `around`
 */
export async function leftBehind(
  work: Workspace,
  at: Surround,
  def: AnyRecord,
  { event, state, situation }: Moved,
  fields: Readonly<Record<string, unknown>>,
): Promise<Problem | undefined> {
  const action = def.actions[MOVE]
  if (!action?.follows) return undefined
  const now = await related(work, action.related, event.recordId, fields)
  const goes = (seen: Moved['situation']['related']) =>
    (action.follows?.({ ...situation, related: seen }) ?? []).filter((one) => one.action === MOVE)
  const then = new Set(goes(situation.related).map(({ recordId }) => recordId))
  // What a reform took along stands in what has taken the place of its area.
  const path = (area: string): string => {
    const heir = work.areas.heir(area)
    return heir ? path(heir.area) : (work.areas.currentPath(area) ?? '')
  }
  const stays = ({ area }: RecordState) => path(area).startsWith(path(situation.area)) && !path(area).startsWith(path(state.area))
  for (const follow of goes(now).filter(({ recordId }) => !then.has(recordId))) {
    const row = Object.values(now)
      .flat()
      .find(({ id }) => id === follow.recordId)
    if (row && stays(row)) return said(work, at, follow, row)
  }
  return undefined
}

async function said(work: Workspace, { clock }: Surround, { record }: Follow, { id }: RecordState): Promise<Problem | undefined> {
  const left = work.registry.records.get(record)
  let made = left && effective(await work.history(left, id))[0]
  // What somebody did is named, and not what the system made of it.
  while (made && made.cause !== null) {
    const [cause]: readonly DomainEvent[] = await work.acts([made.cause])
    if (!cause) break
    made = cause
  }
  const def = made && work.registry.records.get(made.record)
  if (!def || !made) return undefined
  const day = dayOf(Temporal.Instant.from(made.happenedAt), clock.zone)
  const act = def.actions[made.action]?.label ?? def.label
  return refuse(
    'out-of-order',
    {
      zh: `在填写的迁移时间之后，原区划又办理了“${def.label.zh}：${act.zh}”（${fullDayWords(day).zh}），不会随之迁走。请把迁移日期填为这一天或以后，即一并迁移；该项登记有误的，请先作废。`,
      en: `After the time given for the move, “${def.label.en}: ${act.en}” (${fullDayWords(day).en}) was done where they stood before, and would stay behind. Date the move on that day or later, and it goes along; where it was entered wrongly, void it first.`,
    },
    { status: 409, path: 'happenedAt', data: { record: made.record, id: made.recordId } },
  )
}
