import type { RecordState, Relation } from '@guatu/kernel'

const LED = { record: 'watch', through: 'person', doubles: 'person', sees: ['kind'], onward: true, atAct: true } as const

/** Observations of whom a line is about, and of the home they live in. A line is judged by them, and refused for none of them. */
export const KEEPING_IN = {
  own: { ...LED, by: 'person' },
  atHome: { ...LED, by: 'household', via: [{ record: 'person', field: 'household' }] },
} as const satisfies Readonly<Record<string, Relation<'person'>>>

const KINDS = { own: ['home', 'central'], atHome: ['home'] } as const
const OBSERVED: readonly unknown[] = ['watching', 'absent']

/** The observations among those by which somebody is kept in, their own before those of the home. Whoever monitors themselves goes out like everybody. */
export const keepersIn = (related: Readonly<Record<string, readonly RecordState[]>>): readonly Keeper[] =>
  (['own', 'atHome'] as const).flatMap((by) =>
    (related[by] ?? [])
      .filter(({ state, fields }) => OBSERVED.includes(state) && KINDS[by].some((kind) => kind === fields.kind))
      .map((watch) => ({ by, watch })),
  )

interface Keeper {
  readonly by: keyof typeof KEEPING_IN
  readonly watch: RecordState
}

/** Was whoever the line names kept in at its moment, whatever the gate knew of them? */
export const isKeptIn = (related: Readonly<Record<string, readonly RecordState[]>>): boolean => keepersIn(related).length > 0
