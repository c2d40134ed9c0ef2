import { expect, it } from 'vitest'
import { aroundAll, drawnOf, wentApart } from './covered.ts'

const villageOf = (area: string) => ({ grid: 'merged', lone: 'other', went: 'open' })[area] ?? area

it('draws what took the place of a closed village as closed in part where others came together with it, whatever lies in it', () => {
  const places = [
    { area: 'grid', whole: true },
    { area: 'merged', whole: false },
    { area: 'lone', whole: true },
    { area: 'kept', whole: true },
    { area: 'went', whole: true },
  ]
  const drawn = { merged: false, other: true, kept: true, open: false }
  for (const order of [places, places.toReversed()]) expect(Object.fromEntries(drawnOf(order, ['lone', 'kept'], villageOf))).toEqual(drawn)
})

it('says what a reform took out of what is closed and what it put there, and leaves what ended to those words', () => {
  const places = [
    { area: 'kept', whole: true, without: ['came'] },
    { area: 'went', whole: true },
    { area: 'heir', whole: true },
  ]
  expect(wentApart({ places, ended: [{ area: 'old', in: ['heir'] }] }, ['kept', 'old'])).toEqual({
    left: ['went'],
    came: [{ area: 'came', within: 'kept' }],
  })
})

it('begins the map with the town of a closed village, and with what holds all of several, wherever the order is registered', () => {
  const ways: Readonly<Record<string, readonly string[]>> = {
    village: ['village', 'town', 'county', 'city'],
    next: ['next', 'town', 'county', 'city'],
    far: ['far', 'second', 'county', 'city'],
    second: ['second', 'county', 'city'],
  }
  const begins = (...drawn: readonly string[]) =>
    aroundAll(
      drawn,
      (area) => ways[area] ?? [],
      (area) => ['town', 'second', 'county', 'city'].includes(area),
    )
  expect([begins('village'), begins('village', 'next'), begins('village', 'far'), begins('second'), begins('second', 'far')]).toEqual([
    'town',
    'town',
    'county',
    'second',
    'second',
  ])
  expect([begins(), begins('unknown')]).toEqual([undefined, undefined])
  // What is asked of the people there is asked of the village alone where it is one.
  expect(
    aroundAll(
      ['village'],
      (area) => ways[area] ?? [],
      () => true,
    ),
  ).toBe('village')
})
