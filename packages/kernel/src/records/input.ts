import { holds } from '../indicators/expression.ts'
import type { Field } from '../kinds/field.ts'
import { no, ok, type Problem, problem, type Result } from '../problem.ts'
import type { Action } from './action.ts'
import type { AnyRecord } from './define.ts'
import { CORRECT } from './fold.ts'
import type { Fields } from './row.ts'

/** One value that an action asks for. */
export interface InputField {
  readonly name: string
  readonly field: Field
  readonly required: boolean
}

interface Asked {
  readonly def: AnyRecord
  readonly fields: readonly InputField[]
  readonly names: ReadonlySet<string>
}

const asked = new WeakMap<Action<Fields, string>, Asked>()

/** The fields an action asks for: which must be given, which may. On one `row`, what it demands there must, and what it does not is left out. */
export function inputFields(
  def: AnyRecord,
  action: Action<Fields, string>,
  row?: { readonly state?: string; readonly fields: Readonly<Record<string, unknown>> },
): readonly InputField[] {
  const { fields } = askedBy(def, action)
  const { demands } = action
  if (!row || !demands) return fields
  return fields.flatMap((one) => {
    const when = demands[one.name]
    if (!when) return [one]
    return holds(when, { ...row.fields, state: row.state }) ? [{ ...one, required: true }] : []
  })
}

function askedBy(def: AnyRecord, action: Action<Fields, string>): Asked {
  const known = asked.get(action)
  if (known?.def === def) return known
  const of = (name: string, required: boolean) => {
    const field = def.fields[name]
    return field ? [{ name, field, required }] : []
  }
  const fields = [
    ...(action.needs ?? []).flatMap((name) => of(name, true)),
    ...(action.takes ?? []).flatMap((name) => of(name, false)),
    ...Object.entries(action.with ?? {}).map(([name, field]) => ({ name, field, required: !field.optional })),
  ]
  const made = { def, fields, names: new Set(fields.map(({ name }) => name)) }
  asked.set(action, made)
  return made
}

/** The shape in which the input of an action is sent today; older ones are brought up to it by the action's upcasts. */
export const shapeOf = (action: Pick<Action<Fields, string>, 'upcasts'>): number => (action.upcasts?.length ?? 0) + 1

/**
 * What the values in the input of a stored act mean: the fields of the record and those of the act itself. The input that a
 * correction carries may be of any act.
 */
export function meaningsOf(def: AnyRecord, action: string): Fields {
  const known = meanings.get(def) ?? new Map<string, Fields>()
  meanings.set(def, known)
  const before = known.get(action)
  if (before) return before
  // An act that asks for something called as a field of the record means its own: why it is done is not why the record came to be.
  const made: Fields =
    action === CORRECT
      ? Object.assign({}, ...Object.values(def.actions).map((one) => one.with), def.fields)
      : { ...def.fields, ...(Object.hasOwn(def.actions, action) ? def.actions[action]?.with : {}) }
  // Any name may be asked about; only those of the definition are few.
  if (action === CORRECT || Object.hasOwn(def.actions, action)) known.set(action, made)
  return made
}

const meanings = new WeakMap<AnyRecord, Map<string, Fields>>()

/**
 * Checks and normalises what was sent for an action; every wrong field is named at once. `null` empties an optional field. `shape`
 * is the one that the sender knows; today's when left out. What the action completes by itself may be sent as well, and is made anew.
 */
export function readInput(
  def: AnyRecord,
  action: Action<Fields, string>,
  written: Readonly<Record<string, unknown>>,
  shape: number = shapeOf(action),
  recordId?: string,
): Result<Record<string, unknown>> {
  const sent = action.upcasts ? action.upcasts.slice(Math.max(shape, 1) - 1).reduce((input, upcast) => upcast(input), written) : written
  const problems: Problem[] = []
  const value: Record<string, unknown> = {}
  const { fields, names } = askedBy(def, action)
  for (const { name, field, required } of fields) {
    const given = sent[name]
    // Blanks are nothing, as in a cell or an input.
    const nothing = given === null || (typeof given === 'string' && given.trim() === '')
    if (given === undefined || nothing) {
      if (required) problems.push(problem('required', { field: field.label }, { path: `input.${name}` }))
      else if (nothing) value[name] = null
      continue
    }
    if (field.plainly?.(given)) {
      value[name] = given
      continue
    }
    const parsed = field.schema.safeParse(given)
    if (parsed.success) value[name] = parsed.data
    else problems.push(problem('invalid', { field: field.label, why: field.why(given) }, { path: `input.${name}` }))
  }
  const completed: Readonly<Record<string, unknown>> | undefined = action.completes?.(value, recordId)
  for (const name of Object.keys(sent))
    if (!names.has(name) && !(completed && Object.hasOwn(completed, name)))
      problems.push(problem('unexpected', { field: name }, { path: `input.${name}` }))
  const [first] = problems
  if (!first) return ok(completed ? { ...value, ...completed } : value)
  return no(problems.length === 1 ? first : { ...first, problems })
}
