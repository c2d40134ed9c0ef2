import type { RecordState, Relation, Situation } from '@guatu/kernel'

const sees = ['part', 'account', 'worker', 'from', 'to'] as const
const HOME = { record: 'person', field: 'household' } as const
const BUILDING = { record: 'household', field: 'place' } as const
const ESTATE = { record: 'place', field: 'within' } as const

/** Who may be in charge (包保) of somebody whose household is said: that of the home, of its building and estate, of the areas around it. */
export const CHARGE = {
  assignments: { record: 'assignment', by: 'household', through: 'household', sees },
  building: { record: 'assignment', by: 'place', through: 'household', via: [BUILDING], sees },
  estate: { record: 'assignment', by: 'place', through: 'household', via: [BUILDING, ESTATE], sees },
  around: { record: 'assignment', above: { empty: ['household', 'place'] }, sees },
} as const

/** The same of somebody whose household may be known to the register alone: where the entry that stays lives, whichever of them is named. */
export const CHARGE_OF_PERSON = {
  ...CHARGE,
  home: { record: 'assignment', by: 'household', through: 'person', via: [HOME], sees, doubles: 'person' },
  homeBuilding: { record: 'assignment', by: 'place', through: 'person', via: [HOME, BUILDING], sees, doubles: 'person' },
  homeEstate: { record: 'assignment', by: 'place', through: 'person', via: [HOME, BUILDING, ESTATE], sees, doubles: 'person' },
} as const

/** The same with the telephone of each, which is printed for those they look after and asked for by nothing else. */
export const REACHED: Readonly<Record<string, Relation>> = Object.fromEntries(
  Object.entries(CHARGE_OF_PERSON).map(([name, relation]) => [name, { ...relation, sees: [...sees, 'phone'] }]),
)

/** What was said of the household goes before what the register knows. */
const SAID = ['assignments', 'building', 'estate', 'around'] as const
const KNOWN = ['home', 'homeBuilding', 'homeEstate', 'around'] as const
/** Who comes to the door first stands first. */
const PARTS: readonly unknown[] = ['grid', 'village', 'cadre', 'volunteer', 'doctor', 'police']

/** What has to be known to say who is in charge. */
export interface ChargeOf {
  /** What {@link CHARGE} or {@link CHARGE_OF_PERSON} found. */
  readonly related: Readonly<Record<string, readonly RecordState[]>>
  readonly household?: unknown
  /** Where the record stands that is looked after: whoever answers for none of it does not read it. */
  readonly area?: string
  readonly day: string
  readonly places: Situation<Record<never, never>>['places']
}

/**
 * Everybody in charge on a day, the nearest first: the household's own, then its building's, its estate's, then the nearest area's; of one
 * place the grid worker first. Only assignments that are active and whose days include this one count; and of a home elsewhere, as that of an entry
 * that was merged, nobody: they do not see the record.
 */
export function inCharge({ related, household, area, day, places }: ChargeOf): readonly RecordState[] {
  const names: readonly string[] = household === undefined ? KNOWN : SAID
  const here = area === undefined ? undefined : places.path(area, day)
  const reads = (one: RecordState) => {
    const path = places.path(one.area, day)
    return here === undefined || path === undefined || here.startsWith(path)
  }
  const depth = ({ area }: RecordState) => places.path(area, day)?.length ?? 0
  const part = ({ fields }: RecordState) => PARTS.indexOf(fields.part)
  const from = ({ fields }: RecordState) => String(fields.from ?? '')
  const known = new Set<string>()
  return names.flatMap((name) => {
    const found = (related[name] ?? []).filter((one) => isOn(one, day) && reads(one) && !known.has(one.id))
    for (const { id } of found) known.add(id)
    const further = (one: RecordState) => (name === 'around' ? -depth(one) : 0)
    return found.sort(
      (a, b) => further(a) - further(b) || part(a) - part(b) || (from(b) > from(a) ? 1 : from(b) < from(a) ? -1 : a.id < b.id ? -1 : 1),
    )
  })
}

const isOn = ({ state, fields }: RecordState, day: string): boolean =>
  state === 'active' && String(fields.from ?? '') <= day && (fields.to === undefined || String(fields.to) >= day)

/** The account of whoever is in charge first. */
export function workerOf(of: ChargeOf): string | undefined {
  const account = inCharge(of)[0]?.fields.account
  return typeof account === 'string' ? account : undefined
}

/** Was somebody in charge by an assignment that has ended since, and are they by none any more? Of those that were found. */
export function gaveUp(
  related: ChargeOf['related'],
  account: unknown,
  { day, since }: { readonly day: string; readonly since: string },
): boolean {
  const theirs = SAID.flatMap((name) => related[name] ?? []).filter(({ fields }) => fields.account === account)
  return theirs.some((one) => one.state !== 'active' && one.changedAt >= since) && !theirs.some((one) => isOn(one, day))
}
