import { describe, expect, it } from 'vitest'
import { askedAt, DeviceClock, type KeptClock } from './device-clock.ts'

const HOUR = 3_600_000

/** A phone whose running clock stands still while it sleeps, as that of every browser on Android, iOS, Linux and macOS does. */
function phone(city: string, ahead = 0) {
  let now = Date.parse(city)
  let off = ahead * HOUR
  let running = 1_000
  const watch = { wall: () => now + off, running: () => running }
  const ids = ['a', 'b', 'c']
  const open = (kept?: KeptClock) => new DeviceClock(watch, kept, () => ids.shift() ?? 'z')
  let clock = open()
  return {
    awake: (hours: number) => {
      now += hours * HOUR
      running += hours * HOUR
    },
    asleep: (hours: number) => {
      now += hours * HOUR
    },
    /** Somebody sets the clock by so many hours. */
    set: (hours: number) => {
      off += hours * HOUR
    },
    reopen: () => {
      clock = open(clock.kept())
      running = 500
    },
    hear: () => clock.heard(new Date(now).toISOString(), askedAt(watch)),
    /** A server that answers while the phone sleeps. */
    hearLate: (hours: number) => {
      const asked = askedAt(watch)
      const said = new Date(now).toISOString()
      now += hours * HOUR
      clock.heard(said, asked)
    },
    stamp: () => clock.stamp(),
    /** By how many hours what is taken for now, or the time of a stamp, differs from the city's. */
    wrong: () => Math.round(((clock.now().epochMilliseconds - now) / HOUR) * 100) / 100,
    at: (stamp: ReturnType<DeviceClock['stamp']>) => new Date(clock.instantOf(stamp)).toISOString().slice(11, 16),
    get ahead() {
      return clock.ahead
    },
    get eras() {
      return clock.kept().eras.length
    },
  }
}

describe('a phone that sleeps', () => {
  it('says the right time when it wakes, and sends what was done before with the time at which it was done', () => {
    const one = phone('2020-02-14T08:00:00Z')
    one.hear()
    one.awake(0.5)
    const morning = one.stamp()
    one.asleep(9)
    expect(one.wrong()).toBe(0)
    one.awake(0.25)
    const evening = one.stamp()
    expect(one.ahead).toBeUndefined()
    one.hear()
    expect([morning, evening].map(one.at)).toEqual(['08:30', '17:45'])
    expect(one.ahead).toBe(0)
  })

  it('and is wrong by three hours stays wrong by three hours, not by what it slept', () => {
    const one = phone('2020-02-14T08:00:00Z', 3)
    one.hear()
    const stamps = [0, 1, 2].map(() => {
      one.awake(0.5)
      const stamp = one.stamp()
      one.asleep(1.5)
      expect(one.wrong()).toBe(0)
      return stamp
    })
    one.hear()
    expect(stamps.map(one.at)).toEqual(['08:30', '10:30', '12:30'])
  })

  it('learns nothing from an answer that came while it slept', () => {
    const one = phone('2020-02-14T08:00:00Z')
    one.hearLate(5)
    expect(one.ahead).toBeUndefined()
    one.hear()
    one.hearLate(5)
    expect(one.wrong()).toBe(0)
  })

  it('keeps one era for many sleeps between which nothing was done', () => {
    const one = phone('2020-02-14T08:00:00Z')
    one.hear()
    for (let i = 0; i < 300; i += 1) {
      one.awake(0.01)
      one.asleep(0.2)
      one.wrong()
    }
    expect(one.eras).toBe(2)
    expect(one.wrong()).toBe(0)
  })
})

describe('a clock that somebody sets', () => {
  it('back, is corrected at once', () => {
    const one = phone('2020-02-14T08:00:00Z', 77)
    one.hear()
    one.awake(1)
    const before = one.stamp()
    one.set(-100)
    expect(one.wrong()).toBe(0)
    one.awake(1)
    const after = one.stamp()
    one.reopen()
    one.awake(1)
    one.hear()
    expect([before, after].map(one.at)).toEqual(['09:00', '10:00'])
  })

  it('ahead, is known when a server is heard, and what was done before stays when it was', () => {
    const one = phone('2020-02-14T08:00:00Z')
    one.hear()
    one.awake(1)
    const before = one.stamp()
    one.set(24)
    one.awake(1)
    const between = one.stamp()
    one.asleep(5)
    one.awake(1)
    const after = one.stamp()
    one.hear()
    expect([before, between, after].map(one.at)).toEqual(['09:00', '10:00', '16:00'])
  })

  it('ahead and back again, is right at once', () => {
    const one = phone('2020-02-14T08:00:00Z')
    one.hear()
    one.set(24)
    one.awake(1)
    const between = one.stamp()
    one.set(-24)
    expect(one.wrong()).toBe(0)
    expect(one.at(between)).toBe('09:00')
  })

  it('and put right again leaves what was done before in the era in which it was done', () => {
    const one = phone('2020-02-14T08:00:00Z')
    one.hear()
    one.asleep(1)
    const before = one.stamp()
    for (const hours of [5, -5, 10]) {
      one.set(hours)
      one.wrong()
    }
    one.awake(1)
    one.hear()
    expect(one.at(before)).toBe('09:00')
  })

  it('ahead by more than any phone sleeps, is right at once', () => {
    const one = phone('2020-02-14T08:00:00Z')
    one.hear()
    one.set(24 * 365)
    expect(one.wrong()).toBe(0)
  })

  it('right after it was wrong, is right at once', () => {
    const one = phone('2020-02-14T08:00:00Z', -3)
    one.hear()
    one.awake(1)
    const before = one.stamp()
    one.set(3)
    expect(one.wrong()).toBe(0)
    one.hear()
    expect(one.at(before)).toBe('09:00')
  })

  it('back while the phone slept, is known when a server is heard', () => {
    const one = phone('2020-02-14T08:00:00Z')
    one.hear()
    one.awake(1)
    const before = one.stamp()
    one.asleep(6)
    one.set(-2)
    one.awake(1)
    const after = one.stamp()
    one.hear()
    expect([before, after].map(one.at)).toEqual(['09:00', '16:00'])
  })

  it('while the app was closed, leaves what an earlier opening knew', () => {
    const one = phone('2020-02-14T08:00:00Z')
    one.hear()
    one.awake(1)
    one.asleep(1)
    const known = one.stamp()
    one.set(50)
    one.reopen()
    one.awake(1)
    const guessed = one.stamp()
    one.hear()
    expect([known, guessed].map(one.at)).toEqual(['10:00', '11:00'])
  })

  it('and was never heard against a server, is believed to have been off by as much as it is found to be', () => {
    const one = phone('2020-02-14T08:00:00Z', 5)
    const first = one.stamp()
    one.reopen()
    one.awake(1)
    one.asleep(2)
    const second = one.stamp()
    one.hear()
    expect([first, second].map(one.at)).toEqual(['08:00', '11:00'])
  })
})
