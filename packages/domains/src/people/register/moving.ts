import type { Follow, RecordState } from '@guatu/kernel'

/** Observations of somebody, by whichever of their entries. */
export const OBSERVATIONS = { watches: { record: 'watch', by: 'person', sees: ['household'], doubles: 'person' } } as const

/**
 * Whoever moves while under observation takes it along in the same act: the home that they leave goes out again, the one that they come to does
 * not, and no gate sees it otherwise for a moment.
 */
export function takenAlong({
  before,
  after,
  related,
}: {
  readonly before: { readonly household?: string } | undefined
  readonly after: { readonly household?: string }
  readonly related: Readonly<Record<string, readonly RecordState[]>>
}): readonly Follow[] {
  const { household } = after
  if (household === undefined || household === before?.household) return []
  return (related.watches ?? [])
    .filter(({ state, fields }) => (state === 'watching' || state === 'absent') && fields.household !== household)
    .map(({ id }) => ({ record: 'watch', recordId: id, action: 'rehome', input: { household } }))
}
