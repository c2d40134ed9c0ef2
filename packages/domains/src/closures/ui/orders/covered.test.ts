import { expect, it } from 'vitest'
import { drawnOf } from './covered.ts'

const villageOf = (area: string) => ({ grid: 'merged', lone: 'other' })[area] ?? area

it('draws what took the place of a closed village as closed in part where others came together with it, whatever lies in it', () => {
  const places = [
    { area: 'grid', whole: true },
    { area: 'merged', whole: false },
    { area: 'lone', whole: true },
    { area: 'kept', whole: true },
  ]
  const drawn = { merged: false, other: true, kept: true }
  for (const order of [places, places.toReversed()]) expect(Object.fromEntries(drawnOf(order, villageOf))).toEqual(drawn)
})
