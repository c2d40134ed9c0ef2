import { derivedId, type Follow, type Label } from '@guatu/kernel'

/** What a reading or a declaration says of somebody's state. */
export interface Signs {
  readonly temperature?: number | undefined
  readonly symptoms?: readonly string[] | undefined
  /** Fever from this temperature on, °C, as set by parameter. */
  readonly feverFrom: number
}

interface Subject {
  readonly person?: string | undefined
  readonly household?: string | undefined
  readonly watch?: string | undefined
  readonly arrival?: string | undefined
}

export const isSick = (signs: Signs): boolean => (signs.temperature ?? 0) >= signs.feverFrom || (signs.symptoms ?? []).length > 0

/** What somebody with signs is told who reports without an officer beside them; nothing without signs. */
export const adviceOn = (signs: Signs): Label | undefined =>
  isSick(signs)
    ? {
        zh: '您报告的体温或症状需要就医评估。请戴好口罩，留在住处，不要乘坐公共交通；工作人员将与您联系，安排到发热门诊。呼吸困难等紧急情况请立即拨打120。',
        en: 'The temperature or symptoms you reported need to be looked at. Wear a mask, stay where you live and take no public transport; a worker will contact you and arrange the fever clinic. In an emergency, such as trouble breathing, call 120 at once.',
      }
    : undefined

const given = (values: Readonly<Record<string, unknown>>) => Object.fromEntries(Object.entries(values).filter(([, v]) => v !== undefined))

/** The id of the one transfer for a matter: until the clinic clears somebody, or it is cancelled, further signs belong to the same one. */
export const transferId = (of: string, cleared?: string): string => derivedId(`transfer/${of}/${cleared ?? 'first'}`)

/** What the next transfer of somebody comes after; what was settled before transfers were named is known by its day. */
export const lastCleared = (watch: { readonly clearedTransfer?: unknown; readonly clearedOn?: unknown }): string | undefined => {
  const last = watch.clearedTransfer ?? watch.clearedOn
  return typeof last === 'string' ? last : undefined
}

/**
 * Sends somebody with fever or signs to the fever clinic. Until the clinic has cleared them, whatever order readings arrive in, there is
 * one transfer, and each further reading adds its signs to it.
 * @param of the record that the transfer is for, and what settled its signs last
 */
export function openTransfer(
  subject: Subject,
  signs: Signs,
  of: { readonly key: string; readonly cleared?: string | undefined; readonly day: string; readonly happenedAt: string },
): readonly Follow[] {
  if (!isSick(signs)) return []
  const recordId = transferId(of.key, of.cleared)
  return [
    { record: 'transfer', recordId, once: true, action: 'open', input: given({ ...subject, reason: 'signs', openedOn: of.day }) },
    {
      record: 'transfer',
      recordId,
      action: 'note',
      input: given({ temperature: signs.temperature, symptoms: signs.symptoms ?? [], at: of.happenedAt }),
    },
  ]
}
