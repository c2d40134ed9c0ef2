import type { RecordState } from '@guatu/kernel'
import { describe, expect, it } from 'vitest'
import { LINES } from '../report/lines.ts'
import { knownBy } from './known.ts'

const bulletin = (area: string, day: string, state = 'published', publishedAt: string | null = `${day}T17:00:00.000Z`): RecordState => ({
  id: `${area} ${day}`,
  area,
  county: area,
  state,
  version: 2,
  createdAt: `${day}T16:30:00.000Z`,
  changedAt: `${day}T17:00:00.000Z`,
  lastEvent: '',
  fields: { day, figures: JSON.stringify({ day, lines: [] }), ...(publishedAt === null ? {} : { publishedAt }) },
})
const report = (level: 'city' | 'county', day: string) => ({
  level,
  area: level,
  day,
  name: '灯塔市',
  cutOff: `${day}T16:00:00.000Z`,
  composedAt: `${day}T16:05:00.000Z`,
  zone: 'Asia/Shanghai',
  lines: LINES,
  total: { area: level, name: '灯塔市', books: {} },
  parts: [],
  zero: [],
  silent: [],
  late: 0,
  doubtful: 0,
  checks: [],
})
const said = (bulletins: readonly RecordState[], level: 'city' | 'county', day: string) => {
  const known = knownBy(bulletins, report(level, day))
  return known.ok ? { last: known.value.last?.day, city: known.value.city?.day } : known.problem.code
}

describe('what everybody has read when a bulletin comes out', () => {
  it('goes forward only: none of an earlier day follows, also where the later one was withdrawn', () => {
    expect(said([bulletin('city', '2020-02-13')], 'city', '2020-02-12')).toBe('bulletin-day-passed')
    expect(said([bulletin('city', '2020-02-13', 'withdrawn')], 'city', '2020-02-12')).toBe('bulletin-day-passed')
    expect(said([bulletin('city', '2020-02-13', 'draft', null)], 'city', '2020-02-12')).toEqual({})
    expect(said([bulletin('city', '2020-02-13')], 'city', '2020-02-13')).toEqual({ last: '2020-02-13' })
    expect(said([bulletin('city', '2020-02-13'), bulletin('city', '2020-02-11')], 'city', '2020-02-14')).toEqual({ last: '2020-02-13' })
  })

  it('has the city say first how a county stands, on the same day and not withdrawn', () => {
    expect(said([], 'county', '2020-02-13')).toBe('bulletin-city-first')
    expect(said([bulletin('city', '2020-02-12')], 'county', '2020-02-13')).toBe('bulletin-city-first')
    expect(said([bulletin('city', '2020-02-13', 'withdrawn')], 'county', '2020-02-13')).toBe('bulletin-city-first')
    expect(said([bulletin('city', '2020-02-13'), bulletin('county', '2020-02-12')], 'county', '2020-02-13')).toEqual({
      last: '2020-02-12',
      city: '2020-02-13',
    })
  })
})
