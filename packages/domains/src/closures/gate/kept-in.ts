import type { RecordState, Relation } from '@guatu/kernel'

const LED = { record: 'watch', through: 'person', doubles: 'person', sees: ['kind'], onward: true } as const

/** Observations of whom a line is about, and of the home they live in. A line is judged by them, and refused for none of them. */
export const KEEPING_IN = {
  own: { ...LED, by: 'person' },
  atHome: { ...LED, by: 'household', via: [{ record: 'person', field: 'household' }] },
} as const satisfies Readonly<Record<string, Relation<'person'>>>

const KINDS = { own: ['home', 'central'], atHome: ['home'] } as const
const OBSERVED: readonly unknown[] = ['watching', 'absent']

/** Was whoever the line names kept in at its moment, whatever the gate knew of them? Whoever monitors themselves goes out like everybody. */
export const isKeptIn = (related: Readonly<Record<string, readonly RecordState[]>>): boolean =>
  (['own', 'atHome'] as const).some((name) =>
    related[name]?.some(({ state, fields }) => OBSERVED.includes(state) && KINDS[name].some((kind) => kind === fields.kind)),
  )
