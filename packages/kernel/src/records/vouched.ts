import { holds } from '../indicators/expression.ts'
import { type Problem, problem } from '../problem.ts'
import type { Action } from './action.ts'
import type { AnyRecord } from './define.ts'
import type { Fields, RecordState } from './row.ts'
import type { SeenVersion } from './seen-version.ts'

/** What somebody saw of the fields that they vouch for; null where nothing stood there. */
export type Saw = Readonly<Record<string, unknown>>

/** What a row shows of what an action vouches for, to be sent along with it; nothing where it vouches for none. */
export const sawOf = ({ vouches }: Action<Fields, string>, fields: RecordState['fields']): Saw | undefined =>
  vouches && Object.fromEntries(vouches.of.map((name) => [name, fields[name] ?? null]))

/** Why nobody vouches for a record as it stands: it says otherwise than what they saw, or they do not say what that was. */
export function notVouched(
  def: AnyRecord,
  action: Action<Fields, string>,
  { saw, version }: { readonly saw?: Saw; readonly version?: SeenVersion },
  { fields, state }: Pick<RecordState, 'fields' | 'state'>,
): Problem | undefined {
  const { vouches, label } = action
  if (!vouches) return undefined
  if (!saw) {
    const looked = version !== undefined || !holds(vouches.must, { ...fields, state })
    return looked ? undefined : problem('not-looked-at', { action: label })
  }
  const other = vouches.of.filter((name) => saw[name] !== undefined && said(saw[name]) !== said(fields[name]))
  if (other.length === 0) return undefined
  const words = other.map((name) => def.fields[name]?.label ?? { zh: name, en: name })
  const fieldsOf = { zh: words.map(({ zh }) => zh).join('、'), en: words.map(({ en }) => en).join(', ') }
  return problem('seen-otherwise', { fields: fieldsOf, action: label }, { data: { fields: other } })
}

/** No answer and an empty one say the same. */
const said = (value: unknown): string => JSON.stringify(Array.isArray(value) && value.length === 0 ? null : (value ?? null))
