import { derivedId, type Follow } from '@guatu/kernel'

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

const given = (values: Readonly<Record<string, unknown>>) => Object.fromEntries(Object.entries(values).filter(([, v]) => v !== undefined))

/**
 * Sends somebody with fever or signs to the fever clinic. One transfer for one matter and day, whatever order readings arrive in:
 * its id follows from both, and each further reading adds its signs to it.
 * @param of what the transfer belongs to and the city day
 */
export function openTransfer(
  subject: Subject,
  signs: Signs,
  of: { readonly key: string; readonly day: string; readonly happenedAt: string },
): readonly Follow[] {
  if (!isSick(signs)) return []
  const recordId = derivedId(`transfer/${of.key}/${of.day}`)
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
