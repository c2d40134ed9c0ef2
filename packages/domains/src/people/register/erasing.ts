import type { Act, Follow, RecordState } from '@guatu/kernel'

const MINE = { by: 'person', sees: [], onward: true } as const

/**
 * What else holds something by which somebody may be known: a plate, a certificate, a seat, what the clinic wrote, a signed paper, a line of a pushed
 * list, the telephone of their door.
 */
export const LEFT_BEHIND = {
  // Whoever was merged into this person is this person: nothing of the identity may stay under another id.
  merged: { record: 'person', by: 'mergedInto', sees: [] },
  crossings: { ...MINE, record: 'crossing' },
  passes: { ...MINE, record: 'pass' },
  transfers: { ...MINE, record: 'transfer' },
  arrivals: { ...MINE, record: 'arrival' },
  departures: { ...MINE, record: 'departure' },
  observations: { ...MINE, record: 'watch' },
  listed: { ...MINE, record: 'listCheck', sees: ['askedOn'] },
  home: { record: 'household', at: 'household', sees: ['forgottenOn'], onward: true },
  members: { record: 'person', by: 'household', through: 'household', sees: [], onward: true },
} as const

interface Erasing {
  readonly act: Act
  readonly related: Readonly<Record<string, readonly RecordState[]>>
}

const forget = (record: string, rows: readonly RecordState[] = []): readonly Follow[] =>
  rows.map(({ id }) => ({ record, recordId: id, action: 'forget', input: {} }))

/**
 * Erased is erased everywhere: the entries that were merged, lines of gate logs and of pushed lists, passes, transfers, declarations and signed papers of
 * the person; and of a home in which nobody of the register is left, telephone, note and what visitors wrote. What they count by stays.
 */
export function erasedAlong({ act, related }: Erasing): readonly Follow[] {
  const { merged = [], listed = [], home = [], members = [] } = related
  const lived = members.some(({ id, state }) => id !== act.recordId && state === 'registered')
  // Whoever moved in since it was forgotten, and is erased too, was visited there.
  const left = lived ? [] : home.filter(({ fields }) => fields.forgottenOn !== act.day)
  return [
    ...merged
      .filter((one) => one.state === 'merged')
      .map((one): Follow => ({ record: 'person', recordId: one.id, action: 'erase', input: { ground: act.input.ground } })),
    ...forget('crossing', related.crossings),
    ...forget('pass', related.passes),
    ...forget('transfer', related.transfers),
    ...forget('arrival', related.arrivals),
    ...forget('departure', related.departures),
    ...forget('watch', related.observations),
    ...forget(
      'listCheck',
      listed.filter(({ state, fields }) => state !== 'forgotten' && fields.askedOn !== undefined),
    ),
    ...forget('household', left),
  ]
}

const THEIRS = { by: 'household', sees: [], onward: true } as const

/** What is held of a household whose telephone is forgotten: the plates of its passes and what visitors wrote go with it. */
export const HELD = { passes: { ...THEIRS, record: 'pass' }, visits: { ...THEIRS, record: 'visit' } } as const

export const forgottenAlong = ({ related }: Pick<Erasing, 'related'>): readonly Follow[] => [
  ...forget('pass', related.passes),
  ...forget('visit', related.visits),
]
