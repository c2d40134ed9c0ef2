import { type Follow, isHere, MOVE, type Problem, type RecordState, refuse, type Situation } from '@guatu/kernel'
import { asking, restsOnNothing, weighed } from '../arrivals/asking.ts'
import { isOpen, ROOM, type Watch } from '../watch/fields.ts'
import { isLeft } from '../watch/release.ts'
import { isUnderWay, TRANSFERS, transferOf } from './sick.ts'
import { INFORMS, OBSERVATIONS, TELLS, told, toldAgain, toldNoMore } from './told.ts'
import type { fields } from './transfer-fields.ts'

type At = Situation<typeof fields>

export { INFORMS }

/** What an act of the clinic looks at: the observations of the person, and whether anything else is under way. */
export const SETTLES = { ...OBSERVATIONS, ...TRANSFERS, ...TELLS } as const

/** Whoever is on the way to the clinic is not sent there a second time: what else becomes known is added. */
export function noneUnderWay({ after, act, related }: At): Problem | undefined {
  const transfers = (related.transfers ?? []).filter(({ id }) => id !== act.recordId)
  const other = transfers.find(isUnderWay)
  if (!other || (after.person !== undefined && transferOf(after.person, transfers).id === act.recordId)) return undefined
  return refuse(
    'transfer-under-way',
    {
      zh: '此人已有一次转诊尚未了结，请打开该转诊：有新的体温或症状用“补充体征”，不需要的先“取消”。',
      en: 'This person is on the way to the clinic already: open that transfer, add new signs to it, or cancel it first where it is not needed.',
    },
    { status: 409, path: 'input.person', data: { record: 'transfer', id: other.id } },
  )
}

/** Whoever is told, and the observation of the person: it says that they are on the way to the clinic, and since when signs are known. */
export function opened(at: At): readonly Follow[] {
  const { after, act, related } = at
  const signs = after.reason === 'signs' || act.input.temperature !== undefined || act.input.symptoms !== undefined
  return [
    ...placed(at),
    ...(related.mine ?? []).filter(isOpen).map(({ id }) => attend(id, act.recordId, signs && act.input.read !== id ? act.day : undefined)),
  ]
}

/** Once more, where it turned out whose it is: an observation that knows of another one, or of it already, is told nothing. */
export function calledTo(at: At): readonly Follow[] {
  const { after, act, related } = at
  const mine = (related.mine ?? []).filter((one) => isOpen(one) && one.fields.transfer === undefined)
  return [...placed(at), ...mine.map(({ id }) => attend(id, act.recordId, after.reason === 'signs' ? act.day : undefined))]
}

/** Where it belongs is found for whoever asked without saying it, and those there are told. */
function placed(at: At): readonly Follow[] {
  const { after, related } = at
  const mine = (related.mine ?? []).filter(isOpen)
  const household = homeOf(at)
  const watch = after.watch ?? mine[0]?.id
  // Found for whoever asked without saying it; the act that says it tells them.
  const place = household !== after.household || watch !== after.watch
  const input = {
    ...(watch === undefined ? {} : { watch }),
    ...(household === undefined ? {} : { household }),
  }
  return place ? [own(at, 'place', input)] : told(at)
}

/** Where its person lives, as said or as far as it is known: whoever is observed elsewhere than they are registered has left that home. */
export function homeOf(at: At): string | undefined {
  const { after, related } = at
  const open = (related.mine ?? []).filter(isOpen)
  const me = (related.me ?? []).filter((one) => open.every(({ area }) => isHere(at, one.area, area)))
  const known = [...me, ...open].map(({ fields }) => fields.household)
  const home = after.household ?? known.find((one) => one !== undefined)
  return typeof home === 'string' ? home : undefined
}

const own = (at: At, action: string, input: Readonly<Record<string, unknown>>): Follow => ({
  record: 'transfer',
  recordId: at.act.recordId,
  action,
  input,
})

/** An observation is told that its person is on the way to the clinic, and of signs that no reading of its own told it. */
export const attend = (watch: string, transfer: string, signsOn: string | undefined): Follow => ({
  record: 'watch',
  recordId: watch,
  action: 'attend',
  yields: ROOM,
  input: { transfer, ...(signsOn === undefined ? {} : { signsOn }) },
})

/** Where somebody went who was taken in by a clinic that nobody named. */
export const CLINIC_UNNAMED = '发热门诊'

const onDeparture = ({ fields }: RecordState): boolean => fields.departure !== undefined

/** Nobody goes to the clinic: neither is the observation told so, nor those around the person. */
export const calledOff = (at: At): readonly Follow[] => [...cancelled(at), ...toldNoMore(at)]

/** Observations that this transfer is about: what is open, and what it ended itself. */
const about = ({ after, act, related }: At): readonly RecordState[] =>
  (related.mine ?? []).filter(
    (one) => isOpen(one) || one.id === after.watch || (one.state === 'transferred' && one.fields.transfer === act.recordId),
  )

/** The signs known so far are settled; further ones ask for another transfer. */
export function cancelled(at: At): readonly Follow[] {
  const { act, related } = at
  const other = (related.transfers ?? []).find((one) => one.id !== act.recordId && isUnderWay(one))
  return about(at).flatMap((watch): readonly Follow[] => [
    { record: 'watch', recordId: watch.id, action: 'clear', input: { clearedOn: act.day, clearedTransfer: act.recordId } },
    ...(other && isOpen(watch) ? [attend(watch.id, other.id, other.fields.reason === 'signs' ? act.day : undefined)] : []),
  ])
}

const DECLARATIONS = {
  declarations: {
    record: 'arrival',
    by: 'person',
    through: 'person',
    sees: ['measure', 'until', 'heldBack', 'watch'],
    doubles: 'person',
  },
} as const

/** What clearing looks at: also what the observation rests on, and what was declared, which may have been corrected while the clinic had them. */
export const CLEARS = {
  ...SETTLES,
  mine: { ...OBSERVATIONS.mine, sees: [...OBSERVATIONS.mine.sees, 'arrival', 'class', 'restarts', 'joined', 'kindOrdered'] },
  ...DECLARATIONS,
} as const

/** What judging anew looks at. */
export const RECONSIDERS = { ...SETTLES, ...DECLARATIONS } as const

/** Declarations that still ask for something. */
const askingNow = ({ act, related }: At): readonly RecordState[] => asking(related.declarations, act.day)

/** Of what an observation was asked for while the clinic had the person, something is void by now: what stands holds alone. */
const askedAnew = (at: At, { id }: RecordState): readonly Follow[] =>
  (at.related.declarations ?? []).some(({ state, fields }) => state === 'void' && fields.watch === id) ? weighed(askingNow(at), true) : []

/** Whoever was under no observation when the clinic had them and was declared meanwhile is observed by that where they live. */
const declaredMeanwhile = (at: At): readonly Follow[] =>
  (at.related.mine ?? []).some(isOpen)
    ? []
    : weighed(
        askingNow(at).filter(({ fields }) => fields.watch === undefined),
        false,
      )

/** Of an observation that goes on: this way to the clinic, which is over with it, holds it no longer. */
function isAskedNoMore({ act, related }: At, { fields }: RecordState): boolean {
  const { transfer, ...kept }: Watch = fields
  return restsOnNothing({ ...kept, ...(transfer === act.recordId ? {} : { transfer }) }, related.declarations)
}

/**
 * Whoever was taken in as suspected, or was written down as transferred while on the way, and is cleared goes on being observed, up to the day of
 * release, on which they are released; unless it was declared meanwhile that nothing is left to serve. What another declaration asks for by then holds
 * alone where that of the observation asks for nothing.
 */
export function cleared(at: At): readonly Follow[] {
  const { state, act, related } = at
  const left = (one: RecordState) =>
    one.state === 'transferred' && !onDeparture(one) && (state === 'suspected' || one.fields.transfer === act.recordId)
  const [goesOn] = (related.mine ?? []).some(isOpen) ? [] : about(at).filter((one) => left(one) && isLeft(one.fields.until, act.day))
  if (!goesOn) return [...cancelled(at), ...declaredMeanwhile(at)]
  const [others, alone] = [askingNow(at), isAskedNoMore(at, goesOn)]
  const next = alone && others.length === 0 ? { action: 'unask', input: { at: act.happenedAt } } : { action: 'resume', input: {} }
  return [...cancelled(at), { record: 'watch', recordId: goesOn.id, ...next }, ...(alone ? weighed(others, alone) : askedAnew(at, goesOn))]
}

/** Whoever is taken in as suspected is observed by the clinic. */
export const suspected = (at: At): readonly Follow[] =>
  about(at)
    .filter(isOpen)
    .map(({ id }) => ({
      record: 'watch',
      recordId: id,
      action: 'transfer',
      input: { exitTo: at.after.clinic ?? CLINIC_UNNAMED, transfer: at.act.recordId },
    }))

/** Whoever is confirmed is counted once: by the observation that this ends, or has ended, and else by the transfer. */
export function confirmed(at: At): readonly Follow[] {
  const { after } = at
  const ends = about(at).filter((one) => isOpen(one) || (one.state === 'transferred' && !onDeparture(one)))
  const unobserved =
    ends.length === 0 && !(at.related.mine ?? []).some((one) => one.fields.confirmedOn !== undefined && one.id === after.watch)
  return [
    ...ends.map(({ id }) => ({ record: 'watch', recordId: id, action: 'confirm', input: {} })),
    ...(unobserved === (after.unobserved === true) ? [] : [own(at, 'count', { unobserved: unobserved || null })]),
  ]
}

const endedBy = ({ state, after, act }: At, one: RecordState): boolean =>
  !onDeparture(one) &&
  ((state === 'suspected' && one.state === 'transferred' && one.fields.transfer === act.recordId) ||
    (state === 'confirmed' && one.state === 'confirmed' && (one.fields.transfer === act.recordId || one.id === after.watch)))

const OVER: readonly string[] = ['released', 'died', 'void']

/** Judged anew is what an observation can follow: not once it was ended otherwise, nor beside a newer one of the person. */
export function stillObserved(at: At): Problem | undefined {
  const { after, related } = at
  const mine = related.mine ?? []
  const [open] = mine.filter(isOpen)
  const ended = mine.some((one) => endedBy(at, one))
  if (ended && open)
    return refuse(
      'observed-anew',
      {
        zh: '此人已有新的观察，重新认定不能恢复原观察。新的观察有误的，请先“误纳入”作废，再重新认定；有新情况的，请为此人重新“提出转诊”。',
        en: 'A newer observation of this person runs, so the earlier one cannot go on. Where the newer one is wrong, void it first and reconsider then; where something new is known, ask for another transfer.',
      },
      { status: 409, data: { record: 'watch', id: open.id } },
    )
  const own = mine.find(({ id }) => id === after.watch)
  return own && OVER.includes(own.state) && own.fields.keptBy === undefined
    ? refuse(
        'observation-over',
        {
          zh: '此人的观察此后已结束，重新认定不会恢复观察。请为此人重新“提出转诊”；仍须观察的，请重新纳入观察。',
          en: 'The observation of this person has ended since, and reconsidering would not bring it back. Ask for another transfer of this person, and enter them anew where they are to be observed.',
        },
        { status: 409, data: { record: 'watch', id: own.id } },
      )
    : undefined
}

/** Whoever has moved since is on the way to the clinic from where they live. */
function goesThere({ before, area, act, places }: At): readonly Follow[] {
  const { wentTo } = before ?? {}
  const to = wentTo === undefined ? area : (places.heirs(wentTo, act.day)[0] ?? wentTo)
  return to === area ? [] : [{ record: 'transfer', recordId: act.recordId, action: MOVE, area: to, input: {} }]
}

/** What the clinic found was wrong: whoever it ended the observation of is observed again, and the signs are open as before. */
export function reconsidered(at: At): readonly Follow[] {
  const { act, related } = at
  const mine = related.mine ?? []
  const open = mine.filter(isOpen)
  const [again] = open.length > 0 ? [] : mine.filter((one) => endedBy(at, one))
  return [
    ...(again ? [{ record: 'watch', recordId: again.id, action: 'resume', input: {} }] : []),
    ...[...open, ...(again ? [again] : [])].map(({ id }) => attend(id, act.recordId, act.day)),
    ...(again ? [] : declaredMeanwhile(at)),
    ...toldAgain(at),
    ...goesThere(at),
  ]
}
