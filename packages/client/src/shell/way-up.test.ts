import { expect, it } from 'vitest'
import { liesIn, wayUp } from './way-up.ts'

const areas = new Map([['village', 'town'] as const, ['town', null] as const].map(([id, parent]) => [id, { id, parent }]))

it('goes from an area to all that hold it', () => {
  expect([wayUp(areas, 'village'), wayUp(areas, 'town'), wayUp(areas, 'unknown')]).toEqual([['village', 'town'], ['town'], []])
  const inTown = (id: string) => liesIn(areas, id, new Set(['town']))
  expect([inTown('village'), inTown('town'), inTown('unknown'), liesIn(areas, 'town', new Set(['village']))]).toEqual([
    true,
    true,
    false,
    false,
  ])
})
