import type { Follow, RecordState } from '@guatu/kernel'
import { holdsAnyway } from '../watch/adapted.ts'
import type { Watch } from '../watch/fields.ts'
import { isLeft } from '../watch/release.ts'
import { STRICTNESS } from './rule.ts'

/** Declarations that still ask for something on a day, the strictest first. */
export function asking(declarations: readonly RecordState[] | undefined, day: string): readonly RecordState[] {
  const strictness = ({ fields: { measure } }: RecordState) => STRICTNESS[(measure ?? 'none') as keyof typeof STRICTNESS]
  const asks = ({ state, fields: { measure, until } }: RecordState) => state !== 'void' && measure !== 'none' && isLeft(until, day)
  return (declarations ?? []).filter(asks).toSorted((a, b) => strictness(b) - strictness(a))
}

/** They are weighed again, the first alone where the observation asks for nothing of its own. */
export const weighed = (declarations: readonly RecordState[], alone: boolean): readonly Follow[] =>
  declarations.map(({ id }, i) => ({ record: 'arrival', recordId: id, action: 'weigh', input: alone && i === 0 ? { alone } : {} }))

/** Does an observation rest on a declaration that asks for none by now, and on nothing else? */
export function restsOnNothing(watch: Watch, declarations: readonly RecordState[] | undefined): boolean {
  const own = (declarations ?? []).find(({ id }) => id === watch.arrival)
  const none = own !== undefined && (own.state === 'void' || (own.fields.measure === 'none' && own.fields.heldBack !== true))
  return none && holdsAnyway(watch) === undefined
}
