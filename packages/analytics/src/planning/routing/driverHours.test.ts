import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Tour, timetable } from './driverHours.ts'

const hour = 3600
const rules = { longestDriving: 4 * hour, restSeconds: 1200, dailyDrivingPerDriver: 8 * hour, changeSeconds: 300 }
const tour = (driving: number[], more: Partial<Tour> = {}): Tour => ({
  driving,
  ready: driving.map(() => 0),
  due: driving.map(() => Infinity),
  service: driving.map(() => 0),
  shift: { from: 0, until: 48 * hour },
  drivers: 1,
  ...more,
})

describe('driving and rest hours', () => {
  test('four hours need no rest, one second more needs one', () => {
    expect(timetable(tour([4 * hour]), rules)?.rests).toEqual([])
    expect(timetable(tour([4 * hour + 1]), rules)).toMatchObject({
      arrive: [4 * hour + 1201],
      rests: [{ from: 4 * hour, until: 4 * hour + 1200 }],
    })
  })

  test('eight hours a day are the most for one driver, two drive on with short changes', () => {
    expect(timetable(tour([8 * hour]), rules)).toBeDefined()
    expect(timetable(tour([8 * hour + 1]), rules)).toBeUndefined()
    expect(timetable(tour([16 * hour], { drivers: 2 }), rules)).toMatchObject({ arrive: [16 * hour + 3 * 300] })
  })

  test('waiting for a window counts as rest', () => {
    const waiting = tour([3 * hour, 3 * hour], { ready: [0, 0], service: [0, 0] })
    expect(timetable(waiting, rules)?.rests).toHaveLength(1)
    const opens = tour([1, 3 * hour, 3 * hour], { ready: [0, 4 * hour, 0] })
    expect(timetable(opens, rules)).toMatchObject({
      begin: [1, 4 * hour, 7 * hour],
      rests: [{ from: 3 * hour + 1, until: 3 * hour + 1201 }],
    })
  })

  test('a wait a little too short is lengthened where that ends sooner than resting later', () => {
    const short = tour([2 * hour, 1 * hour, 3 * hour], { ready: [0, 3 * hour + 1100, 0] })
    const found = timetable(short, rules)
    expect(found?.begin).toEqual([2 * hour, 3 * hour + 1200, 6 * hour + 1200])
  })

  test('a rest that would miss a window makes the tour impossible', () => {
    expect(timetable(tour([5 * hour], { due: [5 * hour + 1199] }), rules)).toBeUndefined()
    expect(timetable(tour([5 * hour], { due: [5 * hour + 1200] }), rules)).toBeDefined()
  })

  test('never beats driving without rules, and never drives longer than allowed at a stretch', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 3 * hour }), fc.integer({ min: 0, max: 10 * hour })), { minLength: 1, maxLength: 6 }),
        (stops) => {
          const input = tour(
            stops.map(([driving]) => driving),
            { ready: stops.map(([, ready]) => ready), drivers: 3 },
          )
          const ruled = timetable(input, rules)
          const free = timetable(input, undefined)
          if (ruled === undefined || free === undefined) throw new Error('both exist: no window closes')
          expect(ruled.leave.at(-1)).toBeGreaterThanOrEqual(free.leave.at(-1) as number)
          const driving = stops.reduce((sum, [seconds]) => sum + seconds, 0)
          expect(ruled.rests.length).toBeGreaterThanOrEqual(Math.ceil(driving / rules.longestDriving) - 1)
        },
      ),
    )
  })
})
