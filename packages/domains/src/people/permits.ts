import type { Permit, Role } from '@guatu/kernel'

/** Who enters people, homes and places into the register: whoever meets them first, in the own area. */
export const ENTER: Permit = {
  'grid-worker': 'area',
  'town-clerk': 'area',
  'county-clerk': 'area',
  'health-worker': 'area',
  'gate-officer': 'area',
  'duty-officer': 'area',
}

/** Who makes an entry for a person: a road post meets people on the way to any village, and enters them where they will be. */
export const ENTER_PERSON: Permit = { ...ENTER, 'gate-officer': 'all' }

/** Who changes what others entered: the offices that answer for an area. */
export const KEEP: Permit = { 'grid-worker': 'area', 'town-clerk': 'area', 'county-clerk': 'area', 'duty-officer': 'area' }

/** Who decides on duplicates and erasure. */
export const DECIDE: Permit = { 'town-clerk': 'area', 'county-clerk': 'area', 'duty-officer': 'area' }

/** Whose phones carry people and homes: those who go from door to door. A gate stops whom it must, and needs no list of a county. */
export const CARRY: readonly Role[] = ['grid-worker', 'town-clerk', 'county-clerk', 'health-worker', 'duty-officer']

/** Who reads the register, masked. */
export const READ: Permit = {
  'grid-worker': 'area',
  'town-clerk': 'area',
  'county-clerk': 'area',
  'health-worker': 'area',
  'duty-officer': 'area',
  auditor: 'area',
}

/** A gate asks for the one that stands before it, by a document, a plate or a phone, and has no list. */
export const LOOK_UP: Permit = { 'gate-officer': 'area' }

/** Who may see identity in clear, stating a purpose. */
export const REVEAL: Permit = {
  'grid-worker': 'area',
  'town-clerk': 'area',
  'county-clerk': 'area',
  'health-worker': 'area',
  'duty-officer': 'area',
}
