import {
  type Act,
  type Actor,
  CORRECT,
  type Draft,
  type Expression,
  type Follow,
  f,
  instantMs,
  NAMELESS,
  type ParameterReader,
  type Permit,
  type Problem,
  type RecordState,
  refuse,
} from '@guatu/kernel'
import { asksForClinic } from './refer.ts'

/** Who answers for a post: they cancel what others entered, and what is older. */
const SUPERIORS = { 'town-clerk': 'area', 'county-clerk': 'area', 'duty-officer': 'area' } as const

export const MAY_CANCEL = { 'gate-officer': 'area', 'grid-worker': 'area', ...SUPERIORS } as const satisfies Permit

/** What says of a line that it was entered by mistake, and who entered it. */
export const cancelling = {
  enteredBy: f.actor({ label: { zh: '登记人', en: 'Entered by' }, optional: true }),
  cancelled: f.flag({ label: { zh: '已撤销', en: 'Cancelled' }, optional: true }),
  cancelReason: f.text({ label: { zh: '撤销原因', en: 'Why cancelled' }, hint: NAMELESS, max: 200, optional: true }),
} as const

/** Lines that stand: one that was cancelled never was, in any count. */
export const STANDS: Expression = { op: 'not', of: { op: 'given', field: 'cancelled' } }

/** Transfers to the clinic of the person of a line, and who asked for them. */
const TRANSFERS = { record: 'transfer', by: 'person', through: 'person', doubles: 'person', sees: ['lines', 'elsewhere'] } as const

/** Where the line sent somebody who was not there: on the way, and to the clinic; and the lines that sent the same person. */
export const SENT = {
  ways: { record: 'transit', by: 'crossing', sees: [], onward: true },
  transfers: TRANSFERS,
  others: { record: 'crossing', by: 'person', through: 'person', doubles: 'person', sees: ['decision', 'temperature'] },
} as const

interface Line extends Draft<typeof cancelling> {
  readonly crossedAt?: string | undefined
}

interface Cancelling {
  readonly after: Line
  readonly state: string | undefined
  readonly act: Act
  readonly actor: Actor
  readonly parameter: ParameterReader
  readonly related: Readonly<Record<string, readonly RecordState[]>>
}

type Asking = Pick<Cancelling, 'act' | 'parameter' | 'related'>

/** The transfer that this line alone asked for: no other line that stands and asks, and nothing that became known elsewhere. */
function askedFor({ act, parameter, related }: Asking): RecordState | undefined {
  const idle = ({ state, fields }: RecordState) => state === 'cancelled' || !asksForClinic(fields, parameter)
  const struck = new Set((related.others ?? []).filter(idle).map(({ id }) => id))
  const lines = ({ fields }: RecordState) => (fields.lines ?? []) as readonly string[]
  return (related.transfers ?? []).find(
    (one) =>
      one.state !== 'cancelled' &&
      one.fields.elsewhere !== true &&
      lines(one).includes(act.recordId) &&
      lines(one).every((line) => line === act.recordId || struck.has(line)),
  )
}

/** As long as nobody has received the person, nobody but the gate knows of them; afterwards the line is not the gate's alone. */
const UNRECEIVED: readonly string[] = ['open', 'sent']

/** What others have received is not undone behind their back: the destination takes its own word back first, the clinic's stays. */
function received(at: Cancelling): Problem | undefined {
  if (at.state === 'received')
    return refuse(
      'cancel-received',
      {
        zh: '目的地已确认接收，不能直接撤销。确认有误的，请目的地在“在途人员”中“撤回接收”，再撤销；人已到达、只是内容有误的，请用“更正”。',
        en: 'The destination has confirmed the arrival. Where that was wrong, let the destination “take back the arrival” under On the way, then strike the line; where the person is there and only facts are wrong, correct the line.',
      },
      { status: 409 },
    )
  const transfer = askedFor(at)
  return transfer && !UNRECEIVED.includes(transfer.state)
    ? refuse(
        'cancel-admitted',
        {
          zh: '发热门诊已接诊此人，登记不能撤销；内容有误的请用“更正”，转诊由门诊作出结论。',
          en: 'The clinic has taken this person in: the line stays. Correct it where facts are wrong; the clinic settles the transfer.',
        },
        { status: 409 },
      )
    : undefined
}

/** Nobody is waited for at the clinic any more, unless it has taken them in: then it settles that. */
function unasked(at: Asking, reason: string): readonly Follow[] {
  const transfer = askedFor(at)
  return transfer && UNRECEIVED.includes(transfer.state)
    ? [{ record: 'transfer', recordId: transfer.id, action: 'withdraw', input: { reason } }]
    : []
}

/** A line that was corrected asks for the clinic no more. */
export const recall = {
  label: { zh: '按更正撤回转诊', en: 'No transfer, as corrected' },
  from: ['logged', 'received'],
  to: 'same',
  by: {},
  automatic: true,
  related: { transfers: SENT.transfers, others: SENT.others },
  follows: (at: Asking) => unasked(at, '卡口登记已更正'),
} as const

/** A slip of the finger is taken back by whoever made it, at once; later, and of others, by whoever answers for the post. */
export const mayCancel = (at: Cancelling): Problem | undefined => notTheirs(at) ?? received(at)

function notTheirs({ after, act, actor, parameter }: Cancelling): Problem | undefined {
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
export const notBorn = ({ after }: { readonly after: Line }): Problem | undefined =>
  after.cancelled === undefined
    ? undefined
    : refuse(
        'cancel-by-act',
        { zh: '撤销请用“撤销登记”，不在登记内容里填写。', en: 'Use “Strike the line”; it is not part of what is entered.' },
        { path: 'input.cancelled' },
      )

/** The line is taken out of the day on which it was entered, and nobody is waited for whom it sent on, nor at the clinic. */
export function takenBack(at: Cancelling): readonly Follow[] {
  const { act, related, after } = at
  const reason = after.cancelReason ?? ''
  return [
    {
      record: 'crossing',
      recordId: act.recordId,
      action: CORRECT,
      input: { act: { action: 'record' }, reason, input: { cancelled: true } },
    },
    ...(related.ways ?? [])
      .filter(({ state }) => state === 'expected' || state === 'lost')
      .map(({ id }): Follow => ({ record: 'transit', recordId: id, action: 'withdraw', input: {} })),
    ...unasked(at, reason),
  ]
}
