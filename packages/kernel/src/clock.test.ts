import fc from 'fast-check'
import { expect, it } from 'vitest'
import { instantMs, momentOn, stampOf, timeOf } from './clock.ts'

it('puts an act of an earlier day at the end of that day in the city, and one of today at now', () => {
  expect(momentOn('2020-02-10', '2020-02-14', 'Asia/Shanghai')).toBe('2020-02-10T15:59:59.000Z')
  expect(momentOn('2020-02-14', '2020-02-14', 'Asia/Shanghai')).toBeUndefined()
  expect(momentOn(undefined, '2020-02-14', 'Asia/Shanghai')).toBeUndefined()
})

const MONTH_MS = 30 * 86_400_000
const ZONES = ['Asia/Shanghai', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Apia']

it('says the time of day in any zone, on days on which clocks are put forward or back too', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONES),
      fc.integer({ min: -1_200, max: 1_200 }),
      fc.array(fc.integer({ min: 0, max: MONTH_MS })),
      (zone, month, offsets) => {
        for (const offset of offsets) {
          const at = Temporal.Instant.fromEpochMilliseconds(month * MONTH_MS + offset)
          expect(timeOf(at, zone)).toBe(at.toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' }))
        }
      },
    ),
  )
})

it('reads and writes more moments than it keeps', () => {
  const first = Date.parse('2020-02-14T00:00:00.000Z')
  for (const round of [0, 1])
    for (let ms = first; ms < first + 12_000; ms += 1) {
      const text = new Date(ms).toISOString()
      if (round === 0) expect(stampOf({ epochMilliseconds: ms })).toBe(text)
      expect(instantMs(text)).toBe(ms)
    }
})
