import {
  type Act,
  type Actor,
  type Follow,
  MOVE,
  type Places,
  type Problem,
  type RecordState,
  refuse,
  scopeOf,
  within,
} from '@guatu/kernel'
import { KEEP } from '../permits.ts'
import { AS_TAKEN, standsAt, takenForOne } from './taken-for-one.ts'

/** A move is entered when somebody hears of it, and stands in the books on the day on which it was. */
export const DATED = {
  label: { zh: '迁移日期', en: 'Moved on' },
  hint: { zh: '不填为今天；补登的填写实际迁移的日期。', en: 'Today when left empty; give the day of the move where it was earlier.' },
} as const

/** What went along with a move is not moved back by a correction of it. */
export const MOVE_ANEW = {
  zh: '观察等已随之迁移；迁错的，请再办一次迁移，迁到正确的户，补登的填写实际日期。',
  en: 'Observation and tasks moved along: where it was wrong, move once more to the right household, on the day on which it was.',
}

/** By what an observation that ended is known to be one that may go on. */
export const RESUMABLE = ['until', 'transfer'] as const

/** Where somebody moves to, and the observations of theirs, by whichever of their entries. */
export const MOVING = {
  home: { record: 'household', at: 'household', sees: ['emptiedBy'], enteredLate: true },
  watches: { record: 'watch', by: 'person', sees: ['person', 'household', ...RESUMABLE], doubles: 'person' },
} as const

/** How far from a move a pass of somebody may begin to be seen by it, minutes: passes hold for days, and one that was issued after a move that became known late is among them. */
const PASSES_NEAR = { at: 'validFrom', minutes: 60 * 24 * 92 } as const

/** What goes along with somebody who moves to another area. What they fell ill of is never refused for it: it follows, whenever it becomes known. */
export const PERSON_ALONG = {
  home: { record: 'household', at: 'household', sees: [], enteredLate: true },
  watches: { record: 'watch', by: 'person', sees: ['person', 'household', 'site', 'atSurvivor', ...RESUMABLE], doubles: 'person' },
  arrivals: { record: 'arrival', by: 'person', sees: ['person'], doubles: 'person' },
  departures: { record: 'departure', by: 'person', sees: ['person'], doubles: 'person' },
  transfers: { record: 'transfer', by: 'person', sees: ['person', 'wentTo'], doubles: 'person', onward: true },
  passes: { record: 'pass', by: 'person', sees: ['person', 'kind', 'validFrom'], doubles: 'person', onward: true, near: PASSES_NEAR },
  entries: { record: 'person', by: 'mergedInto', sees: AS_TAKEN, doubles: 'person', onward: true },
  survivor: { record: 'person', at: 'mergedInto', sees: ['household'], doubles: 'person' },
} as const

/** What goes along with a household that moves to another area. */
export const HOUSEHOLD_ALONG = {
  members: { record: 'person', by: 'household', sees: [] },
  assignments: { record: 'assignment', by: 'household', sees: [], onward: true },
  building: { record: 'place', at: 'place', sees: [], onward: true },
  visits: { record: 'visit', by: 'household', sees: [], onward: true },
  needs: { record: 'need', by: 'household', sees: [], onward: true },
  passes: { record: 'pass', by: 'household', sees: ['kind', 'validFrom'], onward: true, near: PASSES_NEAR },
} as const

const UNDER_OBSERVATION: readonly string[] = ['watching', 'absent']
/** At the clinic, or on a journey: whoever is cleared, or did not leave, is observed again where they live by then. */
const MAY_GO_ON: readonly string[] = ['transferred', 'confirmed']
const DECLARED: readonly string[] = ['declared']
/** Neither cleared nor confirmed: whoever is suspected is still with the clinic. */
const TO_THE_CLINIC: readonly string[] = ['open', 'sent', 'admitted', 'suspected']
const SETTLED: readonly string[] = ['cleared', 'confirmed', 'cancelled']
const OPEN_TASK: readonly string[] = ['due', 'open', 'taken']
const HELD: readonly string[] = ['issued', 'suspended']
/** Nobody lives in a whole town. */
const TOO_WIDE: readonly unknown[] = ['province', 'city', 'county', 'town']

interface Moving {
  readonly before: { readonly household?: string; readonly wentTo?: string; readonly mergedInto?: string } | undefined
  readonly after: { readonly household?: string }
  readonly state?: string | undefined
  readonly area: string
  readonly act: Act
  readonly actor: Actor
  readonly places: Places
  readonly related: Readonly<Record<string, readonly RecordState[]>>
}

/** Who makes a move that somebody whose end it leads out of cannot make. */
export const MADE_BY = {
  zh: '迁往其他区划，由同时管辖迁出地和迁入地的一级办理：同一乡镇由乡镇，同一区县由区县，跨区县由市值班员。',
  en: 'A move is made by whoever answers for both ends: within a town the town, within a county the county, across counties the duty officer of the city.',
} as const

/** Whoever is judged again for what became known late was allowed to when they did it, and comes without grants. */
const reaches = ({ actor, act, places }: Pick<Moving, 'actor' | 'act' | 'places'>, area: string): boolean =>
  actor.system === true || actor.grants.length === 0 || within(scopeOf(KEEP, actor), { path: places.path(area, act.day) ?? '', units: [] })

/**
 * Nobody comes to live in a household that somebody dissolved; one that only a merging emptied is there again with them. And nobody is put into
 * the books of an area by somebody who has no business there: who moves a person reaches both ends of the way.
 */
export function mayLiveThere(at: Moving): Problem | undefined {
  const { before, after, related, area } = at
  const [home] = related.home ?? []
  if (!home || after.household === before?.household) return undefined
  if (home.state === 'dissolved' && home.fields.emptiedBy === undefined)
    return refuse(
      'household-dissolved',
      {
        zh: '该户已注销，不能迁入；请选择其他户，仍有人居住的请先“恢复”该户。',
        en: 'This household is dissolved and nobody can move in; choose another, or restore it first where people still live there.',
      },
      { status: 409, path: 'input.household', data: { record: 'household', id: home.id } },
    )
  return before === undefined || home.area === area || reaches(at, home.area)
    ? undefined
    : refuse(
        'household-elsewhere',
        { zh: `该户不在您的辖区。${MADE_BY.zh}`, en: `This household lies outside your jurisdiction. ${MADE_BY.en}` },
        { status: 403, path: 'input.household' },
      )
}

/** Is somebody observed, or may they be again: the clinic has them and has not confirmed them, or their period still runs, the day of release included. */
const isObserved = ({ state, fields }: RecordState, day: string): boolean =>
  UNDER_OBSERVATION.includes(state) ||
  (MAY_GO_ON.includes(state) && ((state !== 'confirmed' && fields.transfer !== undefined) || String(fields.until ?? '') >= day))

/** A household is taken to where whoever says so has business too. */
export function mayMoveThere(at: Pick<Moving, 'actor' | 'act' | 'places' | 'area'>): Problem | undefined {
  const to = movedTo(at)
  if (to === undefined) return undefined
  if (TOO_WIDE.includes(at.places.level(to, at.act.day)))
    return refuse('area-wide', { zh: '请选择到村（社区）或网格。', en: 'Choose a village or a grid.' }, { path: 'input.village' })
  return reaches(at, to)
    ? undefined
    : refuse(
        'area-elsewhere',
        { zh: `该区划不在您的辖区。${MADE_BY.zh}`, en: `This area lies outside your jurisdiction. ${MADE_BY.en}` },
        { status: 403, path: 'input.village' },
      )
}

/**
 * Whoever moves while under observation takes it along in the same act: the home that they leave goes out again, the one that they come to does
 * not, and no gate sees it otherwise for a moment. To a household in another area they move themselves.
 */
export function takenAlong({ before, after, related, area, act }: Moving): readonly Follow[] {
  const { household } = after
  if (household === undefined || household === before?.household) return []
  const [home] = related.home ?? []
  if (home && home.area !== area) return [moved('person', act.recordId, home.area)]
  return (related.watches ?? [])
    .filter((one) => isObserved(one, act.day) && one.fields.household !== household)
    .map((one) => ({ record: 'watch', recordId: one.id, action: 'rehome', input: { household, ...asOne(one, act) } }))
}

/** Where they move as somebody into whom the observed entry was merged, the observation is there only as long as they are one. */
const asOne = ({ fields }: RecordState, { recordId }: Act) => (fields.person === recordId ? {} : { merged: true })

/**
 * Somebody moves to another area: the household is theirs no more, unless it lies there. Along go observation, what is declared and not yet
 * confirmed, and the way to the clinic; who is lodged at a site elsewhere stays in its care, and what is over stays where it was.
 */
export function personGoesAlong(at: Moving): readonly Follow[] {
  const { before, state, related, area, act, places } = at
  if (act.area === area) return []
  const [home] = related.home ?? []
  const kept = home && lies(home, act, places) ? before?.household : undefined
  const input = kept === undefined ? {} : { household: kept }
  return [
    // Asked for also where none is known: one that becomes known late is left all the same.
    ...(kept === undefined ? [{ record: 'person', recordId: act.recordId, action: 'leaveHousehold', input: { address: null } }] : []),
    ...(state === 'merged' ? entryGoesAlong(at, input) : [...allGoAlong(at, input), ...entriesGoAlong(at)]),
  ]
}

/** All that is open of somebody, by whichever of their entries. */
const allGoAlong = ({ related, area, act }: Moving, input: Follow['input']): readonly Follow[] => [
  ...goesAlong(related, { from: [area], to: act.area, day: act.day }, (one) => ({ ...input, ...asOne(one, act) })),
  ...(related.passes ?? []).filter(isForWork).map((one) => held(one.id, area, act.area, asOne(one, act))),
]

/** For an entry, what is open of those that were merged into it has gone where it went. */
const entriesGoAlong = ({ related, act }: Moving): readonly Follow[] =>
  (related.entries ?? [])
    .filter(({ state, fields }) => state === 'merged' && fields.mergedInto === act.recordId)
    .map(({ id }) => wentAlong(id, act.area))

/**
 * An entry that was merged moves with its household, and what is open of it too, also by those that were merged into it. Where the one that stays
 * lives elsewhere, or has taken it along, that is with them until they are two people again.
 */
function entryGoesAlong(at: Moving, input: Follow['input']): readonly Follow[] {
  const { before, related, area, act } = at
  const { entries = [], survivor: [survivor] = [] } = related
  const { below, above, way } = takenForOne(entries, act.recordId, before?.mergedInto)
  const stands = (one: RecordState) => [area, standsAt(way(one.fields.person), area)].includes(standing(one))
  const mine = (one: RecordState) => below.includes(String(one.fields.person)) && stands(one)
  const own = Object.fromEntries(Object.entries(related).map(([name, rows]) => [name, rows.filter(mine)]))
  const lodged = (one: RecordState) => isObserved(one, act.day) && one.fields.atSurvivor === true
  const there = (own.watches ?? []).some((one) => one.fields.person === act.recordId && lodged(one))
  const gone = above.findIndex(({ fields }) => fields.wentTo !== undefined)
  const with_ = gone < 0 ? [...above, ...(survivor ? [survivor] : [])] : above.slice(0, gone + 1)
  const along = entriesGoAlong(at)
  if (before?.wentTo !== undefined) return along
  if (there || with_.some(({ fields }) => fields.household !== undefined)) return [wentAlong(act.recordId, area), ...along]
  return gone < 0 ? [...allGoAlong({ ...at, related: own }, input), ...along] : along
}

/** Where the person of an entry that was merged is, since that one or the one that stays moved. */
export const wentAlong = (entry: string, wentTo: string): Follow => ({
  record: 'person',
  recordId: entry,
  action: 'wentAlong',
  input: { wentTo },
})

/** What is open of somebody, and goes from one area to another. */
export function goesAlong(
  related: Moving['related'],
  { from, to, day }: { readonly from: readonly string[]; readonly to: string; readonly day: string },
  at: (watch: RecordState) => Follow['input'],
): readonly Follow[] {
  const open = (name: string, states: readonly string[]) => (related[name] ?? []).filter(({ state }) => states.includes(state))
  const all = (record: string, name: string, states: readonly string[]) => open(name, states).map(({ id }) => moved(record, id, to))
  return [
    ...(related.watches ?? [])
      .filter((one) => isObserved(one, day))
      .filter((one) => one.fields.site === undefined || from.includes(one.area))
      .flatMap((one): Follow[] => [
        moved('watch', one.id, to),
        { record: 'watch', recordId: one.id, action: 'rehome', input: { ...at(one), away: true } },
      ]),
    ...all('arrival', 'arrivals', DECLARED),
    ...all('departure', 'departures', DECLARED),
    ...all('transfer', 'transfers', TO_THE_CLINIC),
    // What the clinic settled stays, and knows where to go on where it is judged anew.
    ...open('transfers', SETTLED).map(
      ({ id }): Follow => ({ record: 'transfer', recordId: id, action: 'movedSince', input: { wentTo: to } }),
    ),
  ]
}

/** Where something is of its person, or would be if it went on. */
export const standing = ({ area, fields }: RecordState): string => (typeof fields.wentTo === 'string' ? fields.wentTo : area)

/** Held for work: a household keeps its own, for it has not moved. */
export const isForWork = ({ state, fields }: RecordState): boolean => HELD.includes(state) && fields.kind === 'worker'

/** Where a household came to live, when that is in another area. */
const movedTo = ({ act, area }: Pick<Moving, 'act' | 'area'>): string | undefined => {
  const { village } = act.input
  return typeof village === 'string' && village !== area ? village : undefined
}

/** A household behind another door is where that door is, with all that goes along. */
export function goesThere(at: Pick<Moving, 'act' | 'area'>): readonly Follow[] {
  const to = movedTo(at)
  return to === undefined ? [] : [moved('household', at.act.recordId, to)]
}

/** A household moves with its people and what is to be done there; its building and whoever looked after it stay behind. */
export function householdGoesAlong({ related, area, act, places }: Omit<Moving, 'before' | 'after'>): readonly Follow[] {
  if (act.area === area) return []
  const all = (name: string, states: readonly string[]) => (related[name] ?? []).filter(({ state }) => states.includes(state))
  const [building] = related.building ?? []
  return [
    ...(building && !lies(building, act, places) ? [{ record: 'household', recordId: act.recordId, action: 'leavePlace', input: {} }] : []),
    ...all('assignments', ['active']).map(({ id }) => ({
      record: 'assignment',
      recordId: id,
      action: 'movedAway',
      input: { on: act.day },
    })),
    ...all('members', ['registered', 'merged']).map(({ id }) => moved('person', id, act.area)),
    ...all('visits', OPEN_TASK).map(({ id }) => moved('visit', id, act.area)),
    ...all('needs', OPEN_TASK).map(({ id }) => moved('need', id, act.area)),
    ...all('passes', HELD)
      .filter(({ fields }) => fields.kind === 'household')
      .map(({ id }) => held(id, area, act.area)),
  ]
}

const moved = (record: string, recordId: string, area: string): Follow => ({ record, recordId, action: MOVE, area, input: {} })

/** A pass stays where it was issued, for the gates there have to know it; whether it still rests on its order is the pass's own question. */
export const held = (recordId: string, left: string, to: string, more: object = {}): Follow => ({
  record: 'pass',
  recordId,
  action: 'holderMoved',
  input: { left, to, ...more },
})

/** Whether it lies in the area that a move leads to. */
const lies = (one: RecordState, { area, day }: Act, places: Places): boolean =>
  places.path(one.area, day)?.startsWith(places.path(area, day) ?? '-') ?? false
