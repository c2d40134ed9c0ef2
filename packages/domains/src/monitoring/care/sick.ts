import { type Follow, type Label, nextOf, oneAtATime, type RecordState } from '@guatu/kernel'

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

interface Declared {
  readonly temperature?: number
  readonly symptoms?: readonly string[]
}

/** The signs of a declaration that were not said before: what was said then has led to what it had to. */
export function saidAnew({ before, after }: { readonly before: Declared | undefined; readonly after: Declared }) {
  const { temperature, symptoms } = after
  const more = (symptoms ?? []).filter((one) => !before?.symptoms?.includes(one))
  return {
    ...(temperature === undefined || temperature === before?.temperature ? {} : { temperature }),
    ...(more.length === 0 ? {} : { symptoms: more }),
  }
}

const given = (values: Readonly<Record<string, unknown>>) => Object.fromEntries(Object.entries(values).filter(([, v]) => v !== undefined))

/** Transfers of a person, by whichever entry of the register they were asked for. */
export const TRANSFERS = {
  transfers: { record: 'transfer', by: 'person', through: 'person', sees: ['reason', 'settledOn'], doubles: 'person' },
} as const

/** States in which the clinic has neither cleared nor confirmed anybody: a transfer is under way, and further signs belong to it. */
const UNDER_WAY: readonly string[] = ['open', 'sent', 'admitted', 'suspected']

export const isUnderWay = ({ state }: Pick<RecordState, 'state'>): boolean => UNDER_WAY.includes(state)

/** The id of a person's first transfer, or of the one that comes after another was settled. */
export const transferId = (person: string, settled?: string): string => nextOf('transfer', person, settled)

/** The transfer that signs of somebody belong to: the one under way, else the next after those that are settled. */
export const transferOf = (person: string, transfers: readonly RecordState[]) => oneAtATime('transfer', person, transfers, UNDER_WAY)

/** When signs become known, and beside what. */
interface Known {
  /** What {@link TRANSFERS} found. */
  readonly transfers: readonly RecordState[] | undefined
  readonly day: string
  readonly happenedAt: string
  /** The observation at which they were read, which knows them already. */
  readonly read?: string
}

/**
 * Sends somebody to the fever clinic. One transfer is under way for a person, however signs become known: a further one adds to it until the
 * clinic clears or cancels it. Its id follows from those settled before, so the order in which acts become known makes no difference.
 * @param said what was measured or seen; nothing where it is not known what
 */
export function sendToClinic(subject: Subject, said: Pick<Signs, 'temperature' | 'symptoms'>, at: Known): readonly Follow[] {
  const { person } = subject
  if (person === undefined) return []
  const transfers = at.transfers ?? []
  const { id: recordId, made } = transferOf(person, transfers)
  const { temperature, symptoms = [] } = said
  const told = temperature !== undefined || symptoms.length > 0
  const note: Follow = {
    record: 'transfer',
    recordId,
    action: 'note',
    input: given({ temperature, symptoms, at: at.happenedAt, read: at.read }),
  }
  const open: Follow = {
    record: 'transfer',
    recordId,
    once: true,
    action: 'open',
    input: given({ ...subject, reason: 'signs', openedOn: at.day, read: at.read, noted: at.read !== undefined && told ? true : undefined }),
  }
  return [...(made ? [open] : []), ...(told ? [note] : [])]
}

/** Sends whoever has fever or signs to the fever clinic. */
export const openTransfer = (subject: Subject, signs: Signs, at: Known): readonly Follow[] =>
  isSick(signs) ? sendToClinic(subject, signs, at) : []
