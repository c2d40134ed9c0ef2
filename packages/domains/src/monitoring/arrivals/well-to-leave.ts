import { type Act, type Follow, type ParameterReader, type RecordState, refuse } from '@guatu/kernel'
import { adviceOn, isSick, isUnderWay, openTransfer, saidAnew } from '../care/sick.ts'
import { isOpen } from '../watch/fields.ts'

interface Declared {
  readonly person?: string
  readonly household?: string
  readonly temperature?: number
}

/** A departure, with the person's observations (`watches`), transfers and entry of the register beside it. */
interface Leaving {
  readonly before: Declared | undefined
  readonly after: Declared
  readonly act: Act
  readonly parameter: ParameterReader
  readonly related: Readonly<Record<string, readonly RecordState[]>>
}

const observations = ({ related }: Leaving) => (related.watches ?? []).filter(isOpen)

/** Fever said of somebody who leaves: to the fever clinic at once. */
export function triage(at: Leaving): readonly Follow[] {
  const { after, act, parameter, related } = at
  const [watch] = observations(at)
  const known = after.household ?? related.me?.[0]?.fields.household ?? watch?.fields.household
  return openTransfer(
    { person: after.person, household: typeof known === 'string' ? known : undefined, watch: watch?.id },
    { ...saidAnew(at), feverFrom: parameter<number>('monitoring.fever.from') },
    { transfers: related.transfers, day: act.day, happenedAt: act.happenedAt },
  )
}

/** Nobody with fever or signs leaves, and nobody whom the clinic has not cleared: the refusal says what to do. */
export const well = (at: Leaving) => {
  const { act, parameter, related } = at
  const way = (related.transfers ?? []).find(isUnderWay)
  if (way)
    return refuse(
      'transfer-under-way',
      {
        zh: '此人转诊尚未了结，不能离开：须由发热门诊排除（或取消转诊）后再确认离开。',
        en: 'This person is on the way to the fever clinic and may not leave: confirm the departure after the clinic has cleared them, or after the transfer is cancelled.',
      },
      { status: 409, data: { record: 'transfer', id: way.id } },
    )
  const sick = observations(at).find((one) => one.fields.alarm === true)
  if (sick)
    return refuse(
      'signs-open',
      {
        zh: '此人有发热或症状，不能离开：请先“提出转诊”，由发热门诊排除后再确认离开。',
        en: 'This person has fever or signs and may not leave: ask for a transfer, and confirm the departure after the clinic has cleared them.',
      },
      { status: 409, data: { record: 'watch', id: sick.id } },
    )
  const { temperature } = act.input
  return typeof temperature === 'number' && isSick({ temperature, feverFrom: parameter<number>('monitoring.fever.from') })
    ? refuse(
        'fever-on-leaving',
        {
          zh: `体温${temperature}℃，不能离开：请用“更正申报”填写体温，系统即提出转诊，由发热门诊排除后再确认离开。`,
          en: `${temperature} °C: this person may not leave. Enter the temperature with “Correct”, which asks for a transfer; confirm the departure after the clinic has cleared them.`,
        },
        { status: 409, path: 'input.temperature' },
      )
    : undefined
}

export const advised = (row: { readonly temperature?: number }, parameter: ParameterReader) =>
  adviceOn({ ...row, feverFrom: parameter<number>('monitoring.fever.from') })

/** A transfer follows from the temperature: it is said anew, not changed under the transfer. */
export const SETTLES = {
  fields: ['temperature'],
  instead: {
    declared: {
      zh: '请用“更正申报”填写体温；因误测提出的转诊，请在转诊中“取消”。',
      en: 'Use “Correct” of the declaration; a transfer that a wrong temperature asked for is cancelled there.',
    },
    left: {
      zh: '已确认离开，体温不再更正；尚未离开的，请先“取消（未成行）”再重新申报。',
      en: 'The departure is confirmed and the temperature is not corrected any more; whoever did not leave cancels and declares anew.',
    },
    void: { zh: '该申报已取消，请重新申报。', en: 'The declaration is cancelled: declare anew.' },
  },
} as const
