import { passes } from '@guatu/domains'
import { type Scope, within } from '@guatu/kernel'
import type { Listed } from '../store/query/list.ts'
import type { Store } from '../store/store.ts'
import { passesByNumber, verifyPass } from './verify.ts'

/** What a gate is told of a pass. */
type Told = Readonly<Record<'number' | 'kind' | 'closure' | 'validTo', unknown>> & { readonly id: string; readonly area: string }

/** What stands on a number: a pass, or several of which none is chosen. */
export type Numbered = { readonly verdict: passes.Verdict } & ({ readonly pass: Told } | { readonly passes: readonly Told[] })

/** Holds the passes of a number against the register; undefined where none of them is in the scope. */
export async function numbered(store: Store, scope: Scope, number: string, way: 'in' | 'out'): Promise<Numbered | undefined> {
  const found = await passesByNumber(store, number)
  const [pass, ...others] = found.filter(({ path }) => within(scope, { path, units: [] }))
  if (!pass) return undefined
  const [first, ...rest] = found
  const verdicts = [
    await verifyPass(store, first ?? pass, way),
    ...(await Promise.all(rest.map((one) => verifyPass(store, one, way)))),
  ] as const
  const verdict = passes.sharedVerdict(verdicts)
  return found.length > 1 ? { verdict, passes: [pass, ...others].map(told) } : { verdict, pass: told(pass) }
}

const told = ({ id, area, fields: { number, kind, closure, validTo } }: Listed): Told => ({ id, number, kind, closure, area, validTo })
