import { CORRECT, type Follow, type Label, label, type Places, type RecordState } from '@guatu/kernel'
import type { GateDecision } from './decide.ts'
import type { Mark } from './line.ts'

/** Decisions after which somebody is on the way to a place that has to confirm the arrival. */
export const UNDER_WAY: readonly string[] = ['home', 'central', 'clinic', 'holding']

/** What the destination is told of a line, beside where it is. */
const TOLD = ['decision', 'days', 'site', 'origin', 'listed', 'travellers'] as const

/** Whom the destination waits for, and where, by what the line says. */
export const WAYS = { record: 'transit', by: 'crossing', sees: ['village'] } as const

interface Line {
  readonly decision?: GateDecision | undefined
  readonly destination?: string | undefined
  readonly crossedAt?: string | undefined
  readonly cancelled?: boolean | undefined
  readonly ruled?: string | undefined
  readonly ruledWhy?: Label | undefined
  readonly differs?: boolean | undefined
}

interface At {
  readonly before: Line | undefined
  readonly after: Line
  readonly act: { readonly recordId: string; readonly happenedAt: string }
}

const OTHER = label('涉及另一人的，请撤销本条后重新登记。', 'Where it was somebody else, strike the line and enter it anew.')

/** What a correction of a line does not change: whom it is about, and, once they were received, what the destination acted upon. */
export const SETTLED = [
  // By its plate a line is about whoever of it was kept in, also where the plate is written down afterwards.
  { fields: ['person'], found: true, instead: { logged: OTHER, received: OTHER } },
  {
    fields: ['decision', 'destination', 'days', 'site', 'origin', 'listed'],
    instead: {
      received: label(
        '目的地已确认接收：请目的地先在“在途人员”中“撤回接收”，更正后再确认。',
        'The destination has confirmed the arrival: let it “take back the arrival” under On the way, correct the line, then confirm again.',
      ),
    },
  },
] as const

/** A corrected line sends anew where what the destination was told is no longer so. */
export function sentAnew({ before, after, act }: At): readonly Follow[] {
  if (after.cancelled || ![before, after].some((line) => UNDER_WAY.includes(line?.decision ?? ''))) return []
  const said = (line: Line | undefined) => JSON.stringify([line?.destination, TOLD.map((name) => (line as Told | undefined)?.[name])])
  return said(before) === said(after) ? [] : [{ record: 'crossing', recordId: act.recordId, action: 'resend', input: {} }]
}

type Told = { readonly [Name in (typeof TOLD)[number]]?: unknown }

interface Where {
  readonly places: Places
  readonly today: string
}

/** Does whom the line sends there wait there? Also in the village of it that was said meanwhile. */
function waitsThere({ area, fields }: RecordState, wanted: string | undefined, { places, today }: Where): boolean {
  if (area === wanted) return true
  const path = wanted === undefined ? undefined : places.path(wanted, today)
  return fields.village !== undefined && path !== undefined && places.path(area, today)?.startsWith(path) === true
}

/**
 * Whoever waits is told what the line says now; another destination waits instead of the one that was written, and is late by when the line was.
 * @param wanted whom and where the line sends, if it does
 */
export function waitedFor(
  { related, places, today }: Where & { readonly related: Readonly<Record<string, readonly RecordState[]>> },
  wanted: Follow | undefined,
): readonly Follow[] {
  const ways = related.ways ?? []
  const stands = ways.find(({ state }) => state === 'expected' || state === 'lost')
  if (stands && wanted && waitsThere(stands, wanted.area, { places, today })) {
    const input = Object.fromEntries(TOLD.map((name) => [name, wanted.input[name] ?? null]))
    const reason = '卡口登记已更正'
    return [{ record: 'transit', recordId: stands.id, action: CORRECT, input: { act: { action: 'expect' }, reason, input } }]
  }
  if (ways.some(({ state }) => state === 'arrived')) return []
  return [...(stands ? [{ record: 'transit', recordId: stands.id, action: 'withdraw', input: {} }] : []), ...(wanted ? [wanted] : [])]
}

/** The mark of a corrected line is what the table of its day says of what it reads now, from the moment of the line on. */
export function judgedAnew({ before, after, act }: At, mark: Mark | undefined): readonly Follow[] {
  if (after.cancelled) return []
  const { recordId } = act
  // Looked at again with nothing corrected: the line reads as it did, and whoever it is about was kept in, or the pass was good, or not.
  const reason = before === after ? '事后得知的隔离观察或通行证情况' : '登记已更正'
  const right = (input: Readonly<Record<string, unknown>>): readonly Follow[] => [
    { record: 'crossing', recordId, action: CORRECT, input: { act: { action: 'judge' }, reason, ...input } },
  ]
  if (!mark) return before?.differs ? right({ void: true }) : []
  const input = { ...mark }
  if (!before?.differs) {
    const { crossedAt } = after
    return [{ record: 'crossing', recordId, action: 'judge', ...(crossedAt === undefined ? {} : { happenedAt: crossedAt }), input }]
  }
  return (before.ruled ?? null) === mark.ruled && before.ruledWhy?.zh === mark.ruledWhy.zh ? [] : right({ input })
}
