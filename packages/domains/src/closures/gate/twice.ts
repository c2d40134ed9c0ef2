import {
  type Act,
  CORRECT,
  type Draft,
  dayOf,
  type Follow,
  f,
  instantMs,
  type RecordState,
  type Relation,
  type Situation,
} from '@guatu/kernel'

/** What says on a line of the gate log that its pass was used at another gate at about the same moment: a pass can be copied. */
export const meetings = {
  twoGates: f.flag({ label: { zh: '一证两卡', en: 'Pass at two gates' }, optional: true }),
  meets: f.list({
    label: { zh: '同证他卡登记', en: 'Lines at the other gates' },
    item: f.record({ label: { zh: '卡口登记', en: 'Gate log' }, of: 'crossing' }),
    max: 500,
    optional: true,
  }),
} as const

/** Lines further apart than this are no two uses at one moment, whatever `closures.gates.apart` says: so far a line looks for others, minutes. */
const FURTHEST = 30

/** Lines of the log on the same pass, about the time of this one. */
export const lines = {
  record: 'crossing',
  by: 'passNumber',
  through: 'passNumber',
  sees: ['direction', 'decision', 'post', 'crossedAt', 'cancelled'],
  onward: true,
  near: { at: 'crossedAt', minutes: FURTHEST },
} as const satisfies Relation

type Line = Draft<typeof meetings> & {
  readonly direction?: string
  readonly decision?: string
  readonly post?: string
  readonly crossedAt?: string
  readonly passNumber?: string
  readonly cancelled?: boolean
}
interface At extends Pick<Situation<typeof meetings>, 'act' | 'area' | 'related' | 'parameterOn' | 'zone'> {
  readonly before: Line | undefined
  readonly after: Line
}

const other = { other: f.record({ label: { zh: '另一登记', en: 'The other line' }, of: 'crossing' }) }
const ANY = ['logged', 'received'] as const

/** What a line says once it meets these others, or none. */
const meeting = (ids: readonly string[]) => (ids.length > 0 ? { twoGates: true, meets: [...ids].sort() } : { twoGates: null, meets: null })

const without = ({ meets = [] }: Draft<typeof meetings>, { input }: Act) => meets.filter((id) => id !== input.other)

/** The system notes that the pass of a line was used at another gate too. */
export const meet = {
  label: { zh: '标记一证两卡', en: 'Note a pass at two gates' },
  from: ANY,
  to: 'same',
  by: {},
  automatic: true,
  with: other,
  effect: (row: Draft<typeof meetings>, act: Act) => meeting([...without(row, act), String(act.input.other)]),
} as const

/** And that one of the two lines was corrected, and it was not: so it was said before the mark itself was taken back, see {@link amended}. */
export const part = {
  label: { zh: '取消一证两卡标记', en: 'No pass at two gates' },
  from: ANY,
  to: 'same',
  by: {},
  automatic: true,
  with: other,
  effect: (row: Draft<typeof meetings>, act: Act) => meeting(without(row, act)),
} as const

/** Who was turned back did not cross, and may try elsewhere; and what was cancelled never was. */
const crossed = ({ decision, cancelled }: Line): boolean => decision !== undefined && decision !== 'turnBack' && cancelled === undefined

/** Other lines on which the same pass went the same way through another gate, within the time that nobody needs from one to the next. */
function othersOf({ after, area, act, related, parameterOn, zone }: At): readonly { readonly id: string; readonly at: string }[] {
  const { post, direction, crossedAt } = after
  const own = instantMs(crossedAt ?? '')
  if (own === undefined || crossedAt === undefined || !crossed(after)) return []
  return (related.lines ?? []).flatMap((row: RecordState) => {
    const line: Line = row.fields
    const at = line.crossedAt ?? ''
    // Two lines that do not both name their post are told apart by where they were written.
    const elsewhere = post !== undefined && line.post !== undefined ? post !== line.post : area !== row.area
    if (row.id === act.recordId || line.direction !== direction || !crossed(line) || !elsewhere) return []
    const [, later = crossedAt] = [at, crossedAt].sort()
    const minutes = parameterOn(dayOf(Temporal.Instant.from(later), zone))<number>('closures.gates.apart')
    return Math.abs((instantMs(at) ?? Number.NaN) - own) <= minutes * 60_000 ? [{ id: row.id, at: later }] : []
  })
}

const note = (line: string, with_: string, happenedAt: string): Follow => ({
  record: 'crossing',
  recordId: line,
  action: 'meet',
  happenedAt,
  input: { other: with_ },
})

/** What says on a line that it met another is taken back, so that the days on which it was counted do not hold it any more. */
const unsaid = (line: string, with_: string): Follow => ({
  record: 'crossing',
  recordId: line,
  action: CORRECT,
  input: { act: { action: 'meet', input: { other: with_ } }, reason: '两条登记之一已更正或撤销', void: true },
})

/** Both lines are marked from the later one on, whichever became known first; both crossings stand. */
export const met = (at: At): readonly Follow[] =>
  othersOf(at).flatMap(({ id, at: later }) => [note(at.act.recordId, id, later), note(id, at.act.recordId, later)])

/** A corrected line meets those that it meets as it reads now, and the mark leaves those that it does not, on the day that it was set. */
export function amended(at: At): readonly Follow[] {
  const id = at.act.recordId
  const [were, are] = [at.before?.meets ?? [], othersOf(at)]
  return [
    ...were.filter((one) => !are.some((now) => now.id === one)).flatMap((one) => [unsaid(id, one), unsaid(one, id)]),
    ...are.filter((now) => !were.includes(now.id)).flatMap((now) => [note(id, now.id, now.at), note(now.id, id, now.at)]),
  ]
}
