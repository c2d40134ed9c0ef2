/** Where the figures of one contact stand among its cells; the person is in the first one. */
export const contactCells = 9
export const VIA = 1
export const FIRST = 2
export const LAST = 3
export const DURATION = 4
export const MEETINGS = 5
export const PLACE = 6
/** Fewest rows between known seats, -1 where unknown or of no matter. */
export const ROWS = 7
/** Longest single meeting. */
export const LONGEST = 8
