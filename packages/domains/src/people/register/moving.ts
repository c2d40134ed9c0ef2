import { type Follow, type Problem, type RecordState, refuse } from '@guatu/kernel'

/** Where somebody moves to, and the observations of theirs, by whichever of their entries. */
export const MOVING = {
  home: { record: 'household', at: 'household', sees: ['emptiedBy'] },
  watches: { record: 'watch', by: 'person', sees: ['household'], doubles: 'person' },
} as const

interface Moving {
  readonly before: { readonly household?: string } | undefined
  readonly after: { readonly household?: string }
  readonly related: Readonly<Record<string, readonly RecordState[]>>
}

/** Nobody comes to live in a household that somebody dissolved. One that only a merging emptied is there again with them. */
export function mayLiveThere({ before, after, related }: Moving): Problem | undefined {
  const [home] = related.home ?? []
  return home?.state === 'dissolved' && home.fields.emptiedBy === undefined && after.household !== before?.household
    ? refuse(
        'household-dissolved',
        {
          zh: '该户已注销，不能迁入；请选择其他户，仍有人居住的请先“恢复”该户。',
          en: 'This household is dissolved and nobody can move in; choose another, or restore it first where people still live there.',
        },
        { status: 409, path: 'input.household', data: { record: 'household', id: home.id } },
      )
    : undefined
}

/**
 * Whoever moves while under observation takes it along in the same act: the home that they leave goes out again, the one that they come to does
 * not, and no gate sees it otherwise for a moment.
 */
export function takenAlong({ before, after, related }: Moving): readonly Follow[] {
  const { household } = after
  if (household === undefined || household === before?.household) return []
  return (related.watches ?? [])
    .filter(({ state, fields }) => (state === 'watching' || state === 'absent') && fields.household !== household)
    .map(({ id }) => ({ record: 'watch', recordId: id, action: 'rehome', input: { household } }))
}
