import { type Act, addDays, type Follow, type ParameterReader, type RecordState } from '@guatu/kernel'
import { AWAY, begunAnew } from './stay.ts'

/** Who lives there, who lived there last or before that, and who went from there to the clinic. */
export const EXPOSED = {
  residents: { record: 'watch', by: 'site', sees: ['room', ...AWAY] },
  former: { record: 'watch', by: 'formerSite', sees: ['formerRoom', 'leftSiteOn', ...AWAY] },
  stays: { record: 'stay', by: 'site', sees: ['watch', 'room', 'leftOn'] },
} as const

interface Found {
  readonly after: { readonly positiveOn?: string }
  readonly act: Act
  readonly related: Readonly<Record<string, readonly RecordState[]>>
  readonly parameter: ParameterReader
}

/** Somebody who was there, until when (the day of the positive for whoever is there still), and what comes of it. */
interface Exposure {
  readonly watch: string
  readonly last: string
  readonly follows: readonly Follow[]
}

/**
 * Whoever lived in one of the rooms, or anywhere there, on the day, since or within so many days before it begins their period anew, once, from
 * the last day on which they were exposed; wherever they have lived since.
 */
export function exposed({ after, act, related, parameter }: Found): readonly Follow[] {
  const { positiveOn = act.day } = after
  const since = addDays(positiveOn, -parameter<number>('monitoring.site.days'))
  const rooms = (act.input.exposed ?? []) as readonly string[]
  const among = (room: unknown) => rooms.length === 0 || rooms.includes(String(room ?? ''))
  const until = (day: unknown): readonly string[] => (typeof day === 'string' && day >= since ? [day < positiveOn ? day : positiveOn] : [])
  const lives = ({ state, fields }: RecordState) => (among(fields.room) ? until(state === 'transferred' ? fields.exitOn : positiveOn) : [])
  const left = (room: unknown, day: unknown) => (among(room) ? until(day) : [])
  const of = (watch: RecordState, days: readonly string[]): readonly Exposure[] =>
    days.map((last) => ({ watch: watch.id, last, follows: begunAnew(watch, last) }))
  const all = [
    ...(related.residents ?? []).flatMap((watch) => of(watch, lives(watch))),
    ...(related.former ?? []).flatMap((watch) => of(watch, left(watch.fields.formerRoom, watch.fields.leftSiteOn))),
    ...(related.stays ?? []).flatMap(({ id, fields }) =>
      left(fields.room, fields.leftOn).map(
        (last): Exposure => ({
          watch: String(fields.watch),
          last,
          follows: [{ record: 'stay', recordId: id, action: 'expose', input: { last } }],
        }),
      ),
    ),
  ]
  const latest = new Map<string, Exposure>()
  for (const one of all) if ((latest.get(one.watch)?.last ?? '') < one.last) latest.set(one.watch, one)
  return [...latest.values()].flatMap(({ watch, follows }) => (watch === act.input.watch ? [] : follows))
}
