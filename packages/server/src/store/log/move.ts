import {
  type Actor,
  type AnyRecord,
  apply,
  type Command,
  type DomainEvent,
  dayOf,
  fold,
  inOrder,
  instant,
  MOVE,
  no,
  ok,
  type Problem,
  problem,
  type RecordState,
  type Result,
  refuse,
  type Situation,
  SKEW,
  scopeOf,
  unitsOf,
  unseen,
  within,
} from '@guatu/kernel'
import { isCarriage } from './carriage.ts'
import { firstImpossible } from './late.ts'
import { notYetThere } from './not-yet.ts'
import type { Receipt, Surround } from './receipt.ts'
import type { Workspace } from './workspace.ts'

/** A record that was moved, with what the move saw. */
export type Moved = Receipt & { readonly situation: Situation<AnyRecord['fields']> }

/** What a move sees of others, and whether it follows from another act: permission was asked there. */
interface Circumstance {
  readonly related?: Situation<AnyRecord['fields']>['related']
  readonly underCause?: boolean
}

/** Moves a record to another area: the books move it out of one and into the other, and neither counts it as left or entered. */
export async function move(
  work: Workspace,
  at: Surround,
  def: AnyRecord,
  command: Command,
  actor: Actor,
  { related = {}, underCause = false }: Circumstance = {},
): Promise<Result<Moved>> {
  const before = await work.state(def, command.recordId)
  if (!before) return no(problem('not-found', { what: def.label }))
  const now = at.clock.now()
  const happened = command.happenedAt === undefined ? now : instant(command.happenedAt)
  if (!happened)
    return no(
      problem(
        'invalid',
        { field: { zh: '发生时间', en: 'happenedAt' }, why: { zh: '请使用ISO时间。', en: 'use an ISO instant.' } },
        { path: 'happenedAt' },
      ),
    )
  if (Temporal.Instant.compare(happened, now.add(SKEW)) > 0) return no(problem('from-future', {}, { path: 'happenedAt' }))
  const stamp = happened.toString({ smallestUnit: 'millisecond' })
  const day = dayOf(happened, at.clock.zone)
  const to = command.area === undefined ? undefined : work.areas.path(command.area, day)
  if (command.area === undefined || to === undefined)
    return no(problem('area-unknown', { area: command.area ?? '', day }, { path: 'area' }))
  if (!underCause) {
    const scope = scopeOf(def.actions[MOVE]?.by ?? def.moves ?? {}, actor)
    const units = unitsOf(def, before.fields)
    // Whoever moves a record must reach both ends of the way.
    if (!within(scope, { path: work.areas.currentPath(before.area) ?? '', units }) || !within(scope, { path: to, units }))
      return no(problem('outside-jurisdiction'))
  }
  const conflict = unseen(command.version, before, def.label)
  if (conflict) return no(conflict)
  const event: DomainEvent = {
    id: command.id,
    county: before.county,
    record: def.name,
    recordId: before.id,
    action: MOVE,
    area: command.area,
    happenedAt: stamp,
    recordedAt: now.toString({ smallestUnit: 'millisecond' }),
    day,
    actor: actor.id,
    unit: null,
    authority: command.authority ?? null,
    corrects: null,
    cause: command.cause ?? null,
    input: isCarriage({ action: MOVE, actor: actor.id, cause: command.cause ?? null }) ? command.input : {},
  }
  const saw = (then: RecordState): Moved['situation'] => ({
    before: then.fields,
    after: apply(def, then, event).fields,
    state: then.state,
    act: event,
    actor,
    area: then.area,
    places: work.areas,
    today: day,
    zone: at.clock.zone,
    parameter: at.parameters(day, to),
    parameterOn: (on) => at.parameters(on, to),
    related,
  })
  if (stamp <= before.changedAt) {
    const history = await work.history(def, before.id)
    const then = fold(
      def,
      history.filter((one) => inOrder(one, event) < 0),
    )
    if (!then) return no(notYetThere(work, def, before, { actor, happenedAt: stamp, zone: at.clock.zone }))
    // One of an earlier version takes the record along from wherever it stands, and would undo this.
    if (command.area !== then.area && history.some((one) => isCarriage(one) && one.input.from === undefined && inOrder(event, one) < 0))
      return no(beforeReform(def))
    const broken = firstImpossible(def, [...history, event])
    if (broken !== undefined) return no(problem('out-of-order', { later: def.actions[broken]?.label ?? broken }))
    const state = work.refold(def, history, event)
    return state ? ok({ event, state, repeated: false, situation: saw(then) }) : no(problem('not-found', { what: def.label }))
  }
  const after = apply(def, before, event)
  work.accept(def, before, event, after)
  return ok({ event, state: after, repeated: false, situation: saw(before) })
}

const beforeReform = ({ label }: AnyRecord): Problem =>
  refuse(
    'out-of-order',
    {
      zh: `在填写的时间之后，区划调整已将“${label.zh}”迁入现区划。请把迁移日期填为调整之日或以后。`,
      en: `After the time given, a reform of areas took “${label.en}” along to where it stands now. Date the move on the day of the reform or later.`,
    },
    { status: 409, path: 'happenedAt' },
  )
