/** Who looks after observed people. */
export const CARE = {
  'grid-worker': 'area',
  'health-worker': 'area',
  'town-clerk': 'area',
  'county-clerk': 'area',
  'duty-officer': 'area',
} as const

/** Who answers for an area. */
export const OFFICE = { 'town-clerk': 'area', 'county-clerk': 'area', 'duty-officer': 'area' } as const

/** Who finds somebody ill. */
export const CLINIC = { 'health-worker': 'area', 'county-clerk': 'area', 'duty-officer': 'area' } as const
