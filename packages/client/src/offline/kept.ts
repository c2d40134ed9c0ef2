/**
 * What screens keep for themselves, sealed: the book by which passes are checked, the key by which it recognises documents, the outings
 * that this phone saw, the areas where somebody may be going, and where this phone stands.
 */
export const KEPT = ['gate-book', 'gate-key', 'gate-exits', 'gate-areas', 'gate-post'] as const
export type KeptName = (typeof KEPT)[number]

/** Of these what tells of people: it goes with the scope in which it was taken. */
export const KEPT_OF_SCOPE: readonly KeptName[] = ['gate-book', 'gate-key', 'gate-exits']
