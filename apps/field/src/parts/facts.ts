import type { AnyRecord, CarriedRow } from '@guatu/kernel'

/** Facts of a record that are shown where nobody vouches for them. */
const FIRST_FACTS = 8

/**
 * Which facts of a record stand above its form: what is known of it, without who did what.
 * @param whole whoever vouches for it is shown all of it
 */
export const factsOf = (def: AnyRecord, row: Pick<CarriedRow, 'fields'> | undefined, whole: boolean): readonly string[] =>
  (def.carried?.fields ?? Object.keys(def.fields))
    .filter((name) => row?.fields[name] !== undefined && !/account|By$/.test(name))
    .slice(0, whole ? undefined : FIRST_FACTS)
