import { addDays, derivedId, type Follow, isHere, type ParameterReader } from '@guatu/kernel'
import { period, STRICTNESS } from '../arrivals/rule.ts'
import { isSick } from '../care/sick.ts'
import { isOpen, type WatchSituation } from './fields.ts'
import { workerOf } from './in-charge.ts'

const own = (at: WatchSituation, action: string, input: Readonly<Record<string, unknown>>): Follow => ({
  record: 'watch',
  recordId: at.act.recordId,
  action,
  input,
})

/** Numbers that an observation keeps from the day its period was set. */
export const ruleNumbers = (parameter: ParameterReader) => ({
  feverFrom: parameter<number>('monitoring.fever.from'),
  copiedFrom: parameter<number>('monitoring.copied.readings'),
})

/** The period of somebody entered by hand, by the rules of the day. */
export function periodOf({ after, act, parameter }: Pick<WatchSituation, 'after' | 'act' | 'parameter'>, from?: string) {
  const asked = from ?? after.from ?? after.lastContact ?? after.enteredOn ?? act.day
  // Whatever was written: the period of a contact counts from the last unprotected contact, never from before it.
  const start = after.class === 'contact' && asked < (after.lastContact ?? '') ? (after.lastContact ?? asked) : asked
  return period(parameter, after.class ?? 'other', start, act.day)
}

/** What the rules of the day say of somebody entered by hand: the period, the readings a day, the fever line. */
export const scheduled = (at: WatchSituation, from?: string): Follow => {
  const { after, parameter } = at
  const household = homeOf(at)
  return own(at, 'schedule', {
    ...periodOf(at, from),
    ...(household === undefined || household === after.household ? {} : { household }),
    readings: parameter<number>(`monitoring.readings.${after.kind ?? 'home'}`),
    ...ruleNumbers(parameter),
    ...worker(at),
  })
}

/** The period counted again from the day that is asked for. */
export const restarted = (at: WatchSituation): Follow => ({ ...scheduled(at, String(at.act.input.from)), action: 'prolong' })

/** The account in charge, where nobody was named. */
const worker = ({ after, act, area, related, places }: WatchSituation): { readonly worker?: string } => {
  const account = workerOf({ related, household: after.household, area, day: act.day, places })
  return after.worker !== undefined || account === undefined ? {} : { worker: account }
}

/** The household that was said, else the one that the register knows; of whoever is observed at home elsewhere than they are registered, none. */
const homeOf = (at: WatchSituation): string | undefined => {
  const { after, related, area } = at
  const [me] = related.me ?? []
  const known = me && (after.kind === 'central' || isHere(at, me.area, area)) ? me.fields.household : undefined
  return after.household ?? (typeof known === 'string' ? known : undefined)
}

/** Who is observed by a declaration is looked after by whoever is in charge of the home, or of the village. */
export function lookedAfter(at: WatchSituation): readonly Follow[] {
  const { from, until, readings, feverFrom, copiedFrom } = at.after
  const known = worker(at)
  return known.worker === undefined ? [] : [own(at, 'schedule', { from, until, readings, feverFrom, copiedFrom, ...known })]
}

/** Those left at home when somebody enters observation are visited: one visit for a household and day. */
export function leftAtHome(at: WatchSituation): readonly Follow[] {
  const { after, act, parameter } = at
  const household = homeOf(at)
  if (household === undefined || after.kind === 'self' || act.input.alone === true || livesAlone(at)) return []
  const input = {
    household,
    watch: act.recordId,
    trigger: 'entered',
    dueOn: addDays(act.day, parameter<number>('monitoring.visit.days')),
    ...(after.worker === undefined ? worker(at) : { worker: after.worker }),
  }
  return [{ record: 'visit', recordId: derivedId(`visit/${household}/${act.day}`), once: true, action: 'open', input }]
}

/** The same when somebody who was observed already is taken from home, or may not leave it from now on. */
export const leftAtHomeSince = (at: WatchSituation): readonly Follow[] =>
  isOpen({ state: at.state ?? '' }) && STRICTNESS[at.after.kind ?? 'none'] > STRICTNESS[at.before?.kind ?? 'none'] ? leftAtHome(at) : []

/** The same when somebody is observed again whom others live with by then that nobody was sent to. */
export const leftAtHomeAgain = (at: WatchSituation): readonly Follow[] =>
  (at.related.visits ?? []).some(({ state, fields }) => state !== 'needless' && fields.household === at.after.household)
    ? []
    : leftAtHome(at)

/** Nobody else of the register lives in the household. Unknown members are no reason to leave somebody alone. */
export const livesAlone = (at: Pick<WatchSituation, 'related' | 'after'>): boolean => {
  const members = (at.related.members ?? []).filter((one) => one.state === 'registered')
  return members.length > 0 && members.every((one) => one.id === at.after.person)
}

export const entered = (at: WatchSituation): readonly Follow[] => [scheduled(at), ...leftAtHome(at)]

/** Fever or signs: the fever clinic. A wish: a small task. Both follow from this reading alone, in whatever order readings arrive. */
export function afterReading(at: WatchSituation): readonly Follow[] {
  const { after, act, parameter } = at
  const { temperature, symptoms, wants } = act.input
  const signs = {
    temperature: Number(temperature),
    symptoms: (symptoms ?? []) as readonly string[],
    feverFrom: after.feverFrom ?? parameter<number>('monitoring.fever.from'),
  }
  return [
    // Only a reading with signs looks at what else is known of the person.
    ...(isSick(signs)
      ? [own(at, 'alert', { alertedOn: act.day, temperature: signs.temperature, symptoms: signs.symptoms, at: act.happenedAt })]
      : []),
    ...(typeof wants === 'string' ? [need(at, 'daily', addDays(act.day, parameter<number>('monitoring.need.days')), wants)] : []),
  ]
}

function need(at: WatchSituation, kind: 'daily' | 'find', dueOn: string, words?: string): Follow {
  const { after, act } = at
  return {
    record: 'need',
    action: 'open',
    input: {
      kind,
      watch: act.recordId,
      dueOn,
      ...(words === undefined ? {} : { text: words }),
      ...(after.household === undefined ? {} : { household: after.household }),
      ...(after.worker === undefined ? {} : { worker: after.worker }),
    },
  }
}

/** Somebody who left or cannot be reached is looked for today; each time anew, also where the search of the same day is over. */
export const lookFor = (at: WatchSituation): Follow => need(at, 'find', at.act.day)
