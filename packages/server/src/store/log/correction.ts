import { isDeepStrictEqual } from 'node:util'
import {
  type Action,
  type Actor,
  type AnyRecord,
  apply,
  CORRECT,
  type Command,
  type DomainEvent,
  dayOf,
  effective,
  type Fields,
  type Follow,
  fold,
  inOrder,
  inputFields,
  insteadIn,
  type Label,
  MOVE,
  no,
  ok,
  onOthers,
  type Problem,
  problem,
  type RecordState,
  type Result,
  readInput,
  scopeOf,
  settledIn,
  unitsOf,
  unseen,
  within,
  wrongText,
} from '@guatu/kernel'
import { figuresOf } from './figures.ts'
import { firstImpossible } from './late.ts'
import type { Receipt, Surround } from './receipt.ts'
import { related } from './related.ts'
import { sealedIn } from './sealed.ts'
import { alreadyThere } from './twin.ts'
import { undone } from './undone.ts'
import type { Workspace } from './workspace.ts'

const REASON = { max: 1_000, multiline: true }
const STRUCK: Label = {
  zh: '已作废的，其后果也已撤销，请重新办理。',
  en: 'It was struck, and what followed was taken back with it: do it anew.',
}

/**
 * Corrects or voids an earlier act of a record. The old event stays as it is; the new one names it, says why, and the record
 * folds anew. Who may do the act may correct it. Several corrections of an act add up.
 * Input: `{event, reason, input?}` with the fields to replace, or `{event, reason, void: true}`.
 * @param how `underCause` where it follows from another act: permission was asked there, and what is decided there is not held against the state it
 *   leads to; `shown`: whom the server found that the act is about
 */
export async function correct(
  work: Workspace,
  at: Surround,
  def: AnyRecord,
  command: Command,
  actor: Actor,
  { underCause = false, shown = [] }: { readonly underCause?: boolean; readonly shown?: readonly string[] | undefined } = {},
): Promise<Result<Receipt & { readonly amends: readonly Follow[] }>> {
  const state = await work.state(def, command.recordId)
  if (!state) return no(problem('not-found', { what: def.label }))
  const { event: target, reason, input, void: voids, ...unknown } = command.input
  const extra = Object.keys(unknown)[0]
  if (extra !== undefined) return no(problem('unexpected', { field: extra }, { path: `input.${extra}` }))
  if (typeof reason !== 'string' || reason.trim() === '')
    return no(problem('required', { field: { zh: '更正原因', en: 'reason' } }, { path: 'input.reason' }))
  const why = wrongText(reason, REASON)
  if (why) return no(problem('invalid', { field: { zh: '更正原因', en: 'reason' }, why }, { path: 'input.reason' }))
  const history = await work.history(def, command.recordId)
  const original = history.find((e) => e.id === target && e.action !== CORRECT)
  const action = original && original.action !== MOVE ? def.actions[original.action] : undefined
  if (!original || !action) return no(problem('not-found', { what: { zh: '要更正的操作', en: 'act to correct' } }, { path: 'input.event' }))

  const scope = scopeOf(original.actor === actor.id ? action.by : onOthers(action.by), actor)
  const path = work.areas.currentPath(state.area) ?? ''
  if (!underCause && !within(scope, { path, units: unitsOf(def, state.fields) }))
    return no(problem('not-allowed', { action: action.label }))
  const conflict = unseen(command.version, state, def.label)
  if (conflict) return no(conflict)
  // On top of earlier corrections of the act, unless it was taken back.
  const standing = effective(history).find(({ id }) => id === original.id)
  if (!standing && voids !== true && action.undoes)
    return no(problem('correction-settled', { fields: action.label, instead: STRUCK }, { path: 'input.event' }))
  const stands = standing?.input ?? original.input
  let replacement: Record<string, unknown> | undefined
  if (voids !== true) {
    if (action.composed) return no(problem('composed-by-system', { action: action.label }, { path: 'input.input' }))
    const merged = { ...stands, ...(typeof input === 'object' && input !== null ? input : {}) }
    const [said, emptied] = [Object.entries(merged).filter(([, v]) => v !== null), Object.entries(merged).filter(([, v]) => v === null)]
    // What the act was not asked and has all the same was made with it, and stays.
    const asked = new Set(inputFields(def, action).map(({ name }) => name))
    const made = Object.entries(stands).filter(([name]) => !asked.has(name) && merged[name] === stands[name])
    const own = new Set(made.map(([name]) => name))
    const read = readInput(def, action, Object.fromEntries(said.filter(([name]) => !own.has(name))))
    if (!read.ok) return read
    // What is left out of a correction stays as it was; what it empties has to say so.
    replacement = {
      ...Object.fromEntries(made),
      ...read.value,
      ...Object.fromEntries(emptied.filter(([name]) => original.input[name] !== undefined)),
    }
  }
  const sealed = underCause ? undefined : sealedIn(def, state.state, { zh: '更正', en: 'correct' })
  if (sealed) return no(sealed)
  const settled = underCause ? undefined : settledBy(def, action, state.state, { was: stands, replacement, shown })
  if (settled) return no(settled)
  const refusal = replacement && !underCause && (await guarded(work, at, def, actor, path, history, { ...original, input: replacement }))
  if (refusal) return no(refusal)
  const now = at.clock.now()
  const event: DomainEvent = {
    id: command.id,
    county: state.county,
    record: def.name,
    recordId: state.id,
    action: CORRECT,
    area: state.area,
    happenedAt: afterOthers(history, now),
    recordedAt: now.toString({ smallestUnit: 'millisecond' }),
    day: dayOf(now, at.clock.zone),
    actor: actor.id,
    unit: actor.grants.find((one) => action.by[one.role] !== undefined && one.unit !== undefined)?.unit ?? null,
    authority: command.authority ?? null,
    corrects: original.id,
    cause: command.cause ?? null,
    input: { event: original.id, reason: reason.trim(), ...(replacement ? { input: replacement } : { void: true }) },
  }
  const broken = firstImpossible(def, [...history, event])
  if (broken !== undefined) return no(problem('out-of-order', { later: def.actions[broken]?.label ?? broken }))
  if (effective([...history, event]).length === 0) {
    return no(
      problem('invalid', {
        field: { zh: '作废', en: 'void' },
        why: { zh: '作废后这条记录将不再有任何内容，请改用更正。', en: 'nothing of the record would be left; correct it instead.' },
      }),
    )
  }
  const twin = await work.keys.twin(def, fold(def, [...history, event]) ?? state, state)
  if (twin !== undefined) return no(await alreadyThere(work, def, twin, actor, event.day))
  const after = work.refold(def, history, event)
  if (!after) return no(problem('not-found', { what: def.label }))
  const amends = await amending(work, at, def, { before: state, after, act: event, corrected: { ...original, input: stands }, actor })
  const followed = voids === true && action.undoes ? await undone(work, original, action.label) : []
  return ok({ event, state: after, repeated: false, amends: [...followed, ...amends] })
}

/** What an act sets right on others: as it reads now, beside them as they stand, but for those that it sees as they were when it was done. */
export async function amending(
  work: Workspace,
  at: Surround,
  def: AnyRecord,
  {
    before,
    after,
    act,
    corrected,
    actor,
  }: {
    readonly before: RecordState
    readonly after: RecordState
    readonly act: DomainEvent
    readonly corrected: DomainEvent
    readonly actor: Actor
  },
): Promise<readonly Follow[]> {
  const action = def.actions[corrected.action]
  if (!action?.amends) return []
  const path = work.areas.currentPath(before.area) ?? ''
  return action.amends({
    before: before.fields,
    after: after.fields,
    state: before.state,
    act,
    corrected,
    actor,
    ...surroundings(work, at, after, act.day, path),
    related: await related(
      work,
      action.related,
      before.id,
      { ...after.fields, county: after.county, path, moment: act.happenedAt },
      { actedAt: { happenedAt: corrected.happenedAt, id: corrected.id } },
    ),
  })
}

/** Where a record stands, and what was in force there on a day. */
const surroundings = (work: Workspace, at: Surround, { area }: Pick<RecordState, 'area'>, day: string, path: string) => ({
  area,
  places: work.areas,
  today: day,
  zone: at.clock.zone,
  parameter: at.parameters(day, path),
  parameterOn: (on: string) => at.parameters(on, path),
})

/** What stands of an act and what is to take its place, nothing where it is struck. */
interface Said {
  readonly was: DomainEvent['input']
  readonly replacement: DomainEvent['input'] | undefined
  readonly shown: readonly string[]
}

/** What followed from the act stays as it was decided: what that rests on is not changed under it. */
function settledBy(def: AnyRecord, action: Action<Fields, string>, state: string, { was, replacement, shown }: Said): Problem | undefined {
  for (const settled of settledIn(action, state)) {
    const { fields: names, own = [], whole, undone, found } = settled
    if (replacement === undefined && undone) continue
    const instead = insteadIn(settled, state) ?? ''
    if (replacement === undefined && whole) return problem('correction-settled', { fields: action.label, instead }, { path: 'input.void' })
    const isFound = (name: string) => found === true && was[name] === undefined && shown.includes(String(replacement?.[name]))
    const changed = [...names, ...own].filter((name) => !isDeepStrictEqual(was[name], replacement?.[name]) && !isFound(name))
    const [first] = changed
    if (first === undefined) continue
    const labels = changed.flatMap((name) => (def.fields[name] ?? action.with?.[name])?.label ?? [])
    const fields = { zh: labels.map(({ zh }) => zh).join('、'), en: labels.map(({ en }) => en).join(', ') }
    return problem('correction-settled', { fields, instead }, { path: `input.input.${first}` })
  }
  return undefined
}

/** What was refused to the act is refused to its correction: the guard sees the record as it stood then, with the new input. */
async function guarded(
  work: Workspace,
  at: Surround,
  def: AnyRecord,
  actor: Actor,
  path: string,
  history: readonly DomainEvent[],
  corrected: DomainEvent,
): Promise<Problem | undefined> {
  const action = def.actions[corrected.action]
  if (!action?.guard) return undefined
  const before = fold(
    def,
    history.filter((event) => event.action !== CORRECT && inOrder(event, corrected) < 0),
  )
  const after = apply(def, before, corrected)
  const figures = await figuresOf(work, action, after.fields)
  return action.guard({
    before: before?.fields,
    after: after.fields,
    state: before?.state,
    act: corrected,
    actor,
    ...surroundings(work, at, corrected, corrected.day, path),
    related: await related(work, action.related, corrected.recordId, { ...after.fields, county: after.county, path }),
    ...(figures ? { figures } : {}),
  })
}

/** Corrections of one record follow one another by at least a millisecond: which one is the last must never be a matter of chance. */
function afterOthers(history: readonly DomainEvent[], now: Temporal.Instant): string {
  const last = history.reduce((latest, event) => (event.action === CORRECT && event.happenedAt > latest ? event.happenedAt : latest), '')
  const stamp = now.toString({ smallestUnit: 'millisecond' })
  return stamp > last ? stamp : Temporal.Instant.from(last).add({ milliseconds: 1 }).toString({ smallestUnit: 'millisecond' })
}
