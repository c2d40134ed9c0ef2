import {
  type Act,
  type Actor,
  CORRECT,
  type Draft,
  type Expression,
  type Follow,
  f,
  instantMs,
  type ParameterReader,
  type Permit,
  type Problem,
  type RecordState,
  refuse,
} from '@guatu/kernel'

/** Who answers for a post: they cancel what others entered, and what is older. */
const SUPERIORS = { 'town-clerk': 'area', 'county-clerk': 'area', 'duty-officer': 'area' } as const

export const MAY_CANCEL = { 'gate-officer': 'area', 'grid-worker': 'area', ...SUPERIORS } as const satisfies Permit

/** What says of a line that it was entered by mistake, and who entered it. */
export const cancelling = {
  enteredBy: f.text({ label: { zh: '登记人账号', en: 'Entered by' }, max: 64, optional: true }),
  cancelled: f.flag({ label: { zh: '已撤销', en: 'Cancelled' }, optional: true }),
  cancelReason: f.text({ label: { zh: '撤销原因', en: 'Why cancelled' }, max: 200, optional: true }),
} as const

/** Lines that stand: one that was cancelled never was, in any count. */
export const STANDS: Expression = { op: 'not', of: { op: 'given', field: 'cancelled' } }

/** Where the line sent somebody who was not there. */
export const SENT = { ways: { record: 'transit', by: 'crossing', sees: [], onward: true } } as const

interface Cancelling {
  readonly after: Draft<typeof cancelling> & { readonly crossedAt?: string }
  readonly act: Act
  readonly actor: Actor
  readonly parameter: ParameterReader
  readonly related: Readonly<Record<string, readonly RecordState[]>>
}

/** A slip of the finger is taken back by whoever made it, at once; later, and of others, by whoever answers for the post. */
export function mayCancel({ after, act, actor, parameter }: Cancelling): Problem | undefined {
  // Whoever is judged again for what became known late was allowed to when they did it.
  if (actor.system || actor.grants.length === 0 || actor.grants.some(({ role }) => role in SUPERIORS)) return undefined
  const minutes = parameter<number>('closures.cancel.minutes')
  const above = {
    zh: '请报本卡口的上级（乡镇、区县或市值班员）撤销。',
    en: 'Ask whoever answers for the post: the town, the county or the duty officer.',
  }
  if (after.enteredBy !== act.actor)
    return refuse(
      'cancel-not-own',
      { zh: `不是本人登记的，不能撤销；${above.zh}`, en: `Somebody else entered this. ${above.en}` },
      { status: 403 },
    )
  const age = (instantMs(act.happenedAt) ?? 0) - (instantMs(after.crossedAt ?? '') ?? 0)
  return age > minutes * 60_000
    ? refuse(
        'cancel-late',
        { zh: `登记已超过${minutes}分钟，不能自行撤销；${above.zh}`, en: `It was entered more than ${minutes} minutes ago. ${above.en}` },
        { status: 409 },
      )
    : undefined
}

/** Only by being cancelled is a line cancelled. */
export const notBorn = ({ after }: Pick<Cancelling, 'after'>): Problem | undefined =>
  after.cancelled === undefined
    ? undefined
    : refuse(
        'cancel-by-act',
        { zh: '撤销请用“撤销登记”，不在登记内容里填写。', en: 'Use “Strike the line”; it is not part of what is entered.' },
        { path: 'input.cancelled' },
      )

/** The line is taken out of the day on which it was entered, and nobody is waited for whom it sent on. */
export const takenBack = ({ act, related, after }: Cancelling): readonly Follow[] => [
  {
    record: 'crossing',
    recordId: act.recordId,
    action: CORRECT,
    input: { act: { action: 'record' }, reason: after.cancelReason ?? '', input: { cancelled: true } },
  },
  ...(related.ways ?? [])
    .filter(({ state }) => state === 'expected' || state === 'lost')
    .map(({ id }): Follow => ({ record: 'transit', recordId: id, action: 'withdraw', input: {} })),
]
