import { passes } from '@guatu/domains'
import { type Scope, today } from '@guatu/kernel'
import type { Listed } from '../store/query/list.ts'
import type { Store } from '../store/store.ts'
import { text } from './register.ts'
import { isWithin, passesFor } from './shared-orders.ts'
import { passesByNumber, verifyPass } from './verify.ts'

/**
 * What a gate is told of a pass: of one that stands outside its jurisdiction the county, and not where its holder lives; of that of a vehicle the last
 * characters of its plate.
 */
type Told = Readonly<Record<'number' | 'kind' | 'closure' | 'validTo', unknown>> & {
  readonly id: string
  readonly area: string
  readonly tail?: string
}

/** What stands on a number: a pass, or several of which none is chosen. */
export type Numbered = { readonly verdict: passes.Verdict } & ({ readonly pass: Told } | { readonly passes: readonly Told[] })

/** Holds the passes of a number against the register; undefined where none of them is in the scope or of an order that a gate of it carries. */
export async function numbered(store: Store, scope: Scope, number: string, way: 'in' | 'out'): Promise<Numbered | undefined> {
  const found = await passesByNumber(store, number)
  const [pass, ...others] = await passesFor(store, scope, found)
  if (!pass) return undefined
  const [first, ...rest] = found
  const verdicts = [
    await verifyPass(store, first ?? pass, way),
    ...(await Promise.all(rest.map((one) => verifyPass(store, one, way)))),
  ] as const
  const verdict = passes.sharedVerdict(verdicts)
  const told = (one: Listed): Told => {
    const { number, kind, closure, validTo } = one.fields
    const area = isWithin(scope, one) ? one.area : (store.areas.index.county(one.area, today(store.clock)) ?? one.county)
    const tail = passes.plateTail(text(one.fields.plate))
    return { id: one.id, number, kind, closure, area, validTo, ...(kind === 'vehicle' && tail !== '' ? { tail } : {}) }
  }
  return found.length > 1 ? { verdict, passes: [pass, ...others].map(told) } : { verdict, pass: told(pass) }
}
