import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  buildStayIndex,
  type ContactRule,
  createTracer,
  exposureDays,
  followUpCompleteness,
  joinCoPresence,
  observationPeriod,
  rowsApart,
  StayBuilder,
  type Stays,
  seatCode,
} from './index.ts'

const rules: ContactRule[] = [
  { kind: 'household', minimalOverlap: 0 },
  { kind: 'venue', minimalOverlap: 10 },
  { kind: 'vehicle', minimalOverlap: 1, rowsApart: 3 },
]

interface Row {
  person: number
  place: number
  start: number
  end: number
  seat: number
}

const people = 12
const places = 6
const placeKind = Uint8Array.from([0, 0, 1, 1, 2, 2])
const rowArbitrary = fc
  .record({
    person: fc.nat(people - 1),
    place: fc.nat(places - 1),
    start: fc.integer({ min: -200, max: 200 }),
    length: fc.integer({ min: 1, max: 90 }),
    row: fc.nat(9),
  })
  .map(
    ({ person, place, start, length, row }): Row => ({ person, place, start, end: start + length, seat: row === 0 ? 0 : seatCode(row, 1) }),
  )
const rowsArbitrary = fc.array(rowArbitrary, { maxLength: 120 })

function stays(rows: readonly Row[]): Stays {
  const builder = new StayBuilder()
  for (const row of rows) builder.add(row.person, row.place, row.start, row.end, row.seat)
  return builder.stays()
}

/** The definition, pair by pair. */
function meetingsByDefinition(rows: readonly Row[]) {
  const met: { a: number; b: number; place: number; from: number; to: number }[] = []
  rows.forEach((x, i) => {
    rows.forEach((y, j) => {
      if (j <= i || x.person === y.person || x.place !== y.place) return
      const rule = rules[placeKind[x.place] as number] as ContactRule
      const from = Math.max(x.start, y.start)
      const to = Math.min(x.end, y.end)
      if (to - from < Math.max(1, rule.minimalOverlap)) return
      if (rule.rowsApart !== undefined && rowsApart(x.seat, y.seat) > rule.rowsApart) return
      met.push({ a: Math.min(x.person, y.person), b: Math.max(x.person, y.person), place: x.place, from, to })
    })
  })
  return met
}

const clip = (rows: readonly Row[], person: number, from: number, to: number) =>
  rows
    .map((row) => (row.person === person ? { ...row, start: Math.max(row.start, from), end: Math.min(row.end, to) } : row))
    .filter((row) => row.end > row.start)

function contactsByDefinition(rows: readonly Row[], person: number, from: number, to: number) {
  const met = meetingsByDefinition(clip(rows, person, from, to)).filter((m) => m.a === person || m.b === person)
  const all = new Map<number, { first: number; last: number; duration: number; meetings: number }>()
  for (const m of met) {
    const other = m.a === person ? m.b : m.a
    const known = all.get(other) ?? { first: m.from, last: m.to, duration: 0, meetings: 0 }
    all.set(other, {
      first: Math.min(known.first, m.from),
      last: Math.max(known.last, m.to),
      duration: known.duration + m.to - m.from,
      meetings: known.meetings + 1,
    })
  }
  return all
}

const summary = (contacts: readonly { person: number; first: number; last: number; duration: number; meetings: number }[]) =>
  new Map(contacts.map(({ person, first, last, duration, meetings }) => [person, { first, last, duration, meetings }]))

const sorted = (map: Map<number, unknown>) => [...map].sort(([a], [b]) => a - b)

describe('joinCoPresence', () => {
  it('finds exactly the pairs of the definition', () => {
    fc.assert(
      fc.property(rowsArbitrary, (rows) => {
        const met = joinCoPresence(stays(rows), { people, places, placeKind }, rules)
        const text = (m: { a: number; b: number; place: number; from: number; to: number }) => `${m.a} ${m.b} ${m.place} ${m.from} ${m.to}`
        const found = Array.from({ length: met.count }, (_, i) =>
          text({ a: met.a[i] ?? -1, b: met.b[i] ?? -1, place: met.place[i] ?? -1, from: met.from[i] ?? 0, to: met.to[i] ?? 0 }),
        )
        expect(found.sort()).toEqual(meetingsByDefinition(rows).map(text).sort())
      }),
      { numRuns: 300 },
    )
  })

  it('refuses to fill the memory with a stadium', () => {
    const crowd = new StayBuilder()
    for (let person = 0; person < 600; person += 1) crowd.add(person, 0, 0, 60)
    expect(() => joinCoPresence(crowd.stays(), { people: 600, places: 1 }, [{ kind: 'stadium', minimalOverlap: 1 }], 100_000)).toThrow(
      /narrow/,
    )
  })
})

describe('createTracer', () => {
  it('finds the first ring of the definition, in any window and any order of rows', () => {
    fc.assert(
      fc.property(
        rowsArbitrary,
        fc.nat(people - 1),
        fc.integer({ min: -250, max: 200 }),
        fc.integer({ min: 1, max: 300 }),
        (rows, person, from, length) => {
          const index = buildStayIndex([stays(rows.slice(0, 7)), stays(rows.slice(7))], { people, places, placeKind })
          const found = createTracer(index, rules)
            .contacts(person, { from, to: from + length })
            .list()
          expect(sorted(summary(found))).toEqual(sorted(contactsByDefinition(rows, person, from, from + length)))
        },
      ),
      { numRuns: 300 },
    )
  })

  it('is symmetric: who met me is whom I met', () => {
    fc.assert(
      fc.property(rowsArbitrary, (rows) => {
        const tracer = createTracer(buildStayIndex([stays(rows)], { people, places, placeKind }), rules)
        const all = Array.from({ length: people }, (_, person) => summary(tracer.contacts(person, { from: -1000, to: 1000 }).list()))
        all.forEach((contacts, a) => {
          for (const [b, facts] of contacts) expect(all[b]?.get(a)).toEqual(facts)
        })
      }),
    )
  })

  it('never loses a contact when the window grows', () => {
    fc.assert(
      fc.property(
        rowsArbitrary,
        fc.nat(people - 1),
        fc.integer({ min: -100, max: 100 }),
        fc.nat(80),
        fc.nat(80),
        (rows, person, from, less, more) => {
          const tracer = createTracer(buildStayIndex([stays(rows)], { people, places, placeKind }), rules)
          const narrow = tracer
            .contacts(person, { from, to: from + 1 + less })
            .list()
            .map((c) => c.person)
          const wide = new Set(
            tracer
              .contacts(person, { from: from - more, to: from + 1 + less + more })
              .list()
              .map((c) => c.person),
          )
          for (const contact of narrow) expect(wide.has(contact)).toBe(true)
        },
      ),
    )
  })

  it('finds the second ring of the definition', () => {
    fc.assert(
      fc.property(rowsArbitrary, fc.nat(people - 1), (rows, person) => {
        const window = { from: -100, to: 150 }
        const rings = createTracer(buildStayIndex([stays(rows)], { people, places, placeKind }), rules).rings(person, window)
        const first = contactsByDefinition(rows, person, window.from, window.to)
        const expected = new Map<number, number>()
        for (const [via, facts] of first)
          if (facts.first < window.to)
            for (const [other, second] of contactsByDefinition(rows, via, facts.first, window.to))
              if (other !== person && !first.has(other)) expected.set(other, (expected.get(other) ?? 0) + second.duration)
        expect(sorted(new Map(rings.second.list().map((c) => [c.person, c.duration])))).toEqual(sorted(expected))
      }),
      { numRuns: 200 },
    )
  })

  it('finds every figure of both rings of the definition where a crowd meets', () => {
    const crowd = fc.array(
      fc
        .record({
          person: fc.nat(79),
          place: fc.constantFrom(2, 2, 2, 2, 3, 4),
          start: fc.nat(120),
          length: fc.integer({ min: 1, max: 60 }),
          row: fc.nat(9),
        })
        .map(
          ({ person, place, start, length, row }): Row => ({
            person,
            place,
            start,
            end: start + length,
            seat: row === 0 ? 0 : seatCode(row, 1),
          }),
        ),
      { minLength: 150, maxLength: 260 },
    )
    fc.assert(
      fc.property(crowd, fc.nat(79), (rows, person) => {
        const window = { from: 20, to: 150 }
        const rings = createTracer(buildStayIndex([stays(rows)], { people: 80, places, placeKind }), rules).rings(person, window)
        const first = contactsByDefinition(rows, person, window.from, window.to)
        expect(sorted(summary(rings.first.list()))).toEqual(sorted(first))
        const met = [...first].flatMap(([via, { first: since }]) => {
          const clipped = clip(rows, via, since, window.to)
          return meetingsByDefinition(clipped)
            .filter((m) => m.a === via || m.b === via)
            .map((m) => ({ ...m, via, other: m.a === via ? m.b : m.a, time: m.to - m.from }))
            .filter(({ other }) => other !== person && !first.has(other))
        })
        const found = rings.second.list()
        expect(new Set(found.map((contact) => contact.person))).toEqual(new Set(met.map(({ other }) => other)))
        found.forEach((contact, k) => {
          const theirs = met.filter(({ other }) => other === contact.person)
          const longest = Math.max(...theirs.map(({ time }) => time))
          expect(contact).toMatchObject({
            first: Math.min(...theirs.map((m) => m.from)),
            last: Math.max(...theirs.map((m) => m.to)),
            duration: theirs.reduce((sum, { time }) => sum + time, 0),
            meetings: theirs.length,
          })
          expect(theirs.some((m) => m.via === contact.via && m.place === contact.place && m.time === longest)).toBe(true)
          expect(contact.duration).toBeLessThanOrEqual(found[k - 1]?.duration ?? Number.POSITIVE_INFINITY)
        })
      }),
      { numRuns: 60 },
    )
  })

  it('follows a case in a busy place past many earlier visitors', () => {
    const builder = new StayBuilder()
    const visitors = 5000
    for (let person = 0; person < visitors; person += 1) builder.add(person, 2, person * 10, person * 10 + 15)
    const index = buildStayIndex([builder.stays()], { people: visitors, places, placeKind })
    const met = createTracer(index, [...rules.slice(0, 1), { kind: 'venue', minimalOverlap: 5 }, ...rules.slice(2)]).contacts(3000, {
      from: 0,
      to: 1_000_000,
    })
    expect(
      met
        .list()
        .map((c) => c.person)
        .sort((a, b) => a - b),
    ).toEqual([2999, 3001])
  })

  it('stops the second ring where a contact was isolated', () => {
    const rows = [
      { person: 0, place: 0, start: 0, end: 10, seat: 0 },
      { person: 1, place: 0, start: 0, end: 10, seat: 0 },
      { person: 1, place: 1, start: 20, end: 40, seat: 0 },
      { person: 2, place: 1, start: 20, end: 40, seat: 0 },
    ]
    const tracer = createTracer(buildStayIndex([stays(rows)], { people, places, placeKind }), rules)
    const window = { from: 0, to: 100 }
    expect(
      tracer
        .rings(0, window)
        .second.list()
        .map((c) => [c.person, c.via, c.duration]),
    ).toEqual([[2, 1, 20]])
    expect(
      tracer
        .rings(0, window, { isolatedAt: () => 25 })
        .second.list()
        .map((c) => c.duration),
    ).toEqual([5])
    expect(tracer.rings(0, window, { isolatedAt: () => 20 }).second.list()).toEqual([])
  })

  it('says what is wrong with the input in both languages', () => {
    const bad = stays([{ person: 0, place: 0, start: 5, end: 5, seat: 0 }])
    expect(() => buildStayIndex([bad], { people, places })).toThrow(/does not end after it starts .*离开时间/)
    expect(() => buildStayIndex([stays([{ person: 99, place: 0, start: 5, end: 6, seat: 0 }])], { people, places })).toThrow(
      /person number/,
    )
    expect(() => createTracer(buildStayIndex([], { people, places, placeKind }), rules.slice(0, 2))).toThrow(/no contact rule/)
    expect(() => seatCode(0, 1)).toThrow(/out of range/)
  })
})

describe('observation', () => {
  const rule = { days: 14, firstDayIs: 'next-day', foundLate: 'remaining' } as const

  it('counts from the last unprotected contact', () => {
    expect(observationPeriod([100, 104, 102], 105, 110, rule)).toEqual({ lastDay: 118, earliestRelease: 119, daysLeft: 9, missed: false })
    expect(observationPeriod([100], 105, 110, { ...rule, firstDayIs: 'same-day' }).lastDay).toBe(113)
    expect(observationPeriod([100], 105, 110, { ...rule, foundLate: 'restart' }).lastDay).toBe(119)
    expect(observationPeriod([100], 120, 120, rule)).toMatchObject({ missed: true, daysLeft: 0 })
    const refused = (code: string, index: number | null) => expect.objectContaining({ name: 'InputError', code, index })
    expect(() => observationPeriod([100, Number.NaN], 105, 110, rule)).toThrow(refused('day-invalid', 1))
    expect(() => observationPeriod([100], Number.NaN, 110, rule)).toThrow(refused('day-invalid', 0))
    expect(() => observationPeriod([100], 105, 110, { ...rule, days: 0 })).toThrow(refused('observation-days', null))
  })

  it('sets the exposure period by onset, else by sample, up to isolation or today', () => {
    const exposure = { daysBeforeOnset: 2, daysBeforeSample: 4 }
    expect(exposureDays({ onset: 50, sample: 52, isolated: 53 }, 60, exposure)).toEqual({ firstDay: 48, lastDay: 53 })
    expect(exposureDays({ onset: null, sample: 52, isolated: null }, 60, exposure)).toEqual({ firstDay: 48, lastDay: 60 })
    expect(() => exposureDays({ onset: null, sample: null, isolated: 3 }, 60, exposure)).toThrow(/Neither/)
  })

  it('keeps completeness as numerator and denominator', () => {
    const periods = [
      { foundOn: 1, lastDay: 10 },
      { foundOn: 5, lastDay: 15 },
      { foundOn: 9, lastDay: 20 },
    ]
    expect(followUpCompleteness(periods, 7, (contact) => contact === 1)).toEqual({ reached: 1, due: 2 })
  })
})
