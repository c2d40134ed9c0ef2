import type { Act, Changes, Draft } from '@guatu/kernel'
import { STRICTNESS } from '../arrivals/rule.ts'
import type { fields, Watch } from './fields.ts'
import { leaves } from './lodged-again.ts'
import { askedAt } from './reading.ts'

/** Days that were set for another reason than a declaration: nothing that somebody declares makes them fewer. */
const setOtherwise = (row: Watch): boolean =>
  row.class === 'exposed' || row.class === 'recovered' || (row.restarts ?? 0) > 0 || row.joined !== undefined

/**
 * An observation as a declaration asks for it. Where something else asks too, the stricter measure holds, until the later end: decided
 * here, on what was known at the moment, so that it comes out the same in whatever order declarations become known.
 */
export function adapted(row: Watch, act: Act): Changes<typeof fields> {
  const {
    kind = row.kind,
    class: of = row.class,
    from = row.from,
    until = row.until,
    readings = row.readings,
    least,
  } = act.input as Draft<typeof fields> & { readonly least?: boolean }
  const all = least !== true && !setOtherwise(row)
  const stricter = all || STRICTNESS[kind ?? 'none'] > STRICTNESS[row.kind ?? 'none']
  const longer = all || (until ?? '') > (row.until ?? '')
  return {
    askedAt: askedAt(act),
    ...(stricter ? { kind, class: of, readings } : {}),
    ...(longer ? { from, until } : {}),
    ...(stricter || longer ? { proposedOn: null } : {}),
    // A central site and its room are left by whoever goes on at home.
    ...(stricter && kind !== 'central' ? leaves(row, act.day) : {}),
  }
}
