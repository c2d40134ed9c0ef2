import { type AnyRecord, MOVE, type Registry, type Relation } from '@guatu/kernel'

/** An action that looks at records of some kind, and how. */
export interface Looker {
  readonly def: AnyRecord
  readonly action: string
  /** Of the relation. */
  readonly name: string
  readonly relation: Relation
}

/** An action that judges its own record by rows of others as they were, see `Relation.anew`. */
export interface Heeder extends Looker {
  /** What records of this kind are to it: those rows, what a hop of the way to them leads through, or what may be one with what it begins at. */
  readonly way: 'row' | 'same' | number
}

interface Looking {
  readonly at: ReadonlyMap<string, readonly Looker[]>
  readonly through: ReadonlyMap<string, readonly string[]>
  readonly takers: ReadonlyMap<string, readonly Looker[]>
  readonly heeders: ReadonlyMap<string, readonly Heeder[]>
}

const known = new WeakMap<Registry, Looking>()

function looking(registry: Registry): Looking {
  const found = known.get(registry)
  if (found) return found
  const all = [...registry.records.values()].flatMap((def) =>
    Object.entries(def.actions).flatMap(([action, { related }]) =>
      Object.entries(related ?? {}).map(([name, relation]): Looker => ({ def, action, name, relation })),
    ),
  )
  const through = new Map<string, Set<string>>()
  const note = (record: string, field: string | undefined) => {
    if (field !== undefined && field !== 'county') through.set(record, (through.get(record) ?? new Set()).add(field))
  }
  for (const { def, relation } of all) {
    note(relation.record, relation.above === undefined ? relation.by : 'area')
    note(def.name, relation.at ?? relation.through)
    for (const hop of relation.via ?? []) note(hop.record, hop.field)
  }
  for (const def of registry.records.values()) note(def.name, def.holds?.of)
  const heeding = all.flatMap((looker) => {
    const { record, via = [], doubles, anew } = looker.relation
    if (!anew) return []
    const same = doubles === undefined ? [] : [{ ...looker, of: doubles, way: 'same' as const }]
    return [{ ...looker, of: record, way: 'row' as const }, ...same, ...via.map((hop, i) => ({ ...looker, of: hop.record, way: i }))]
  })
  const made = {
    at: Map.groupBy(
      all.filter(({ relation }) => relation.onward !== true),
      ({ relation }) => relation.record,
    ),
    takers: Map.groupBy(
      // What it takes along it takes from all that belong to one person; else only what points to it is its own.
      all.filter(
        ({ action, relation: { onward, by, through } }) =>
          onward === true && by !== undefined && (through === undefined || (action === MOVE && through !== 'county')),
      ),
      ({ relation }) => relation.record,
    ),
    heeders: Map.groupBy(heeding, ({ of }) => of),
    through: new Map([...through].map(([record, fields]) => [record, [...fields]])),
  }
  known.set(registry, made)
  return made
}

/** Which actions look at records of a kind. */
export const lookersAt = (registry: Registry, record: string): readonly Looker[] => looking(registry).at.get(record) ?? []

/** The fields of a kind of record by which others find it, or it finds others. */
export const pointersOf = (registry: Registry, record: string): readonly string[] => looking(registry).through.get(record) ?? []

/** What has consequences on records of a kind that point to it, without asking anything of them: takes them along, ends them, erases them. */
export const takersOf = (registry: Registry, record: string): readonly Looker[] => looking(registry).takers.get(record) ?? []

/** Which actions say something of their own record by what records of a kind were then. */
export const heedersOf = (registry: Registry, record: string): readonly Heeder[] => looking(registry).heeders.get(record) ?? []

/** A kind of record that holds others, see `RecordDef.holds`. */
export interface Holder {
  readonly def: AnyRecord
  readonly of: string
  readonly states: readonly string[]
}

const holding = new WeakMap<Registry, ReadonlyMap<string, readonly Holder[]>>()

/** What holds records of a kind while it is open. */
export function holdersOf(registry: Registry, record: string): readonly Holder[] {
  const made = holding.get(registry) ?? Map.groupBy(holdersIn(registry), ({ held }) => held)
  holding.set(registry, made)
  return made.get(record) ?? []
}

const holdersIn = (registry: Registry) =>
  [...registry.records.values()].flatMap((def) => {
    const pointing = def.holds && def.fields[def.holds.of]
    const held = pointing?.kind === 'person' ? 'person' : pointing?.of
    return def.holds && held !== undefined ? [{ def, held, ...def.holds }] : []
  })
