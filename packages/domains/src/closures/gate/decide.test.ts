import { readParameters } from '@guatu/kernel'
import { describe, expect, it } from 'vitest'
import { parameters } from '../parameters.ts'
import { type GateFacts, isListed, rule } from './decide.ts'

const settings = new Map(parameters.map((one) => [one.code, one.settings]))
const on = (day: string) => readParameters(settings, day)
const road: GateFacts = {
  temperature: 36.5,
  out: false,
  listed: false,
  home: true,
  local: false,
  through: false,
  certificate: false,
  mask: true,
  pass: false,
  spent: false,
  isolated: false,
  exempt: false,
  courier: false,
  refuses: false,
}

describe('the table of road posts', () => {
  it.each([
    ['refuses to be measured', { refuses: true, temperature: null }, 'turnBack', undefined],
    ['fever from a listed place', { temperature: 37.3, listed: true }, 'holding', undefined],
    ['fever', { temperature: 37.3 }, 'clinic', undefined],
    ['just below the fever line', { temperature: 37.2 }, 'home', 7],
    ['leaving', { out: true, listed: true }, 'pass', undefined],
    ['leaving while under observation', { out: true, isolated: true }, 'turnBack', undefined],
    ['passing through', { through: true, home: false }, 'pass', undefined],
    ['passing through from a listed place', { through: true, listed: true, home: false }, 'central', 14],
    ['within the city', { local: true }, 'pass', undefined],
    ['home, listed place', { listed: true }, 'home', 14],
    ['home, another place', {}, 'home', 7],
    ['no home, listed place', { listed: true, home: false }, 'central', 14],
    ['no home', { home: false }, 'central', 7],
    ['a certificate before certificates counted', { certificate: true }, 'home', 7],
  ] as const)('%s', (_name, change, decision, days) => {
    const ruling = rule('road', { ...road, ...change }, on('2020-02-14'))
    expect(ruling).toMatchObject({ ok: true, value: { decision, ...(days === undefined ? {} : { days }) } })
    if (ruling.ok) expect(ruling.value.days).toBe(days)
  })

  it('lets a certificate holder pass from the day certificates count, except from a listed place or with a fever', () => {
    const holder = { ...road, certificate: true }
    expect(rule('road', holder, on('2020-02-17'))).toMatchObject({ ok: true, value: { decision: 'pass' } })
    expect(rule('road', { ...holder, listed: true }, on('2020-02-17'))).toMatchObject({ ok: true, value: { decision: 'home', days: 14 } })
    expect(rule('road', { ...holder, temperature: 37.5 }, on('2020-02-17'))).toMatchObject({ ok: true, value: { decision: 'clinic' } })
  })

  it('tells its reason in words and figures, in both languages', () => {
    const ruling = rule('road', { ...road, temperature: 37.8, listed: true }, on('2020-02-14'))
    expect(ruling.ok && ruling.value.why).toEqual({
      zh: '体温37.8℃（≥ 37.3），来自重点地区：留观室，救护车转运',
      en: 'temperature 37.8 °C (≥ 37.3), from a listed place: holding room, ambulance',
    })
  })

  it('asks for what it needs and is not known yet, and only then', () => {
    expect(rule('road', { ...road, temperature: null }, on('2020-02-14'))).toMatchObject({
      ok: false,
      problem: { code: 'fact-unknown', message: { zh: '请先查验：体温。' } },
    })
    expect(rule('road', { ...road, out: true, listed: null, home: null, local: null }, on('2020-02-14')).ok).toBe(true)
  })

  it('is not applied before it was set, nor when somebody spoiled it', () => {
    expect(() => rule('road', road, on('2020-01-20'))).toThrow(RangeError)
    const spoiled = readParameters(
      new Map([['closures.rules.road', [{ value: ['always -> nowhere'], instrument: { zh: '', en: '' } }]]]),
      '2020-02-14',
    )
    expect(rule('road', road, spoiled)).toMatchObject({ ok: false, problem: { code: 'rule-unreadable' } })
  })

  it('knows listed places by the dated list', () => {
    const list = [{ value: ['42', '湖北'], from: '2020-01-23', instrument: { zh: '', en: '' } }]
    const on = (day: string) => readParameters(new Map([['monitoring.listed.places', list]]), day)
    expect(isListed('湖北省武汉市', on('2020-02-14'))).toBe(true)
    expect(isListed('四川省达州市142号', on('2020-02-14'))).toBe(false)
    expect(isListed('湖北省武汉市', on('2020-01-10'))).toBe(false)
    for (const origin of ['黄冈', 'Wuhan, Hubei', '汉口']) expect(isListed(origin, on('2020-02-14'))).toBe(true)
    expect(isListed('湖北路成都市', on('2020-02-14'))).toBe(false)
    // The officer is asked.
    expect(isListed('老家', on('2020-02-14'))).toBeUndefined()
  })
})

describe('the table of estate gates', () => {
  it.each([
    ['a valid pass', { pass: true, out: true }, 'pass'],
    ['fever', { pass: true, temperature: 37.4 }, 'clinic'],
    ['no mask', { pass: true, mask: false }, 'turnBack'],
    ['a courier', { courier: true }, 'turnBack'],
    ['outings used up', { pass: true, spent: true, out: true }, 'turnBack'],
    ['outings used up, coming home', { pass: true, spent: true }, 'pass'],
    ['isolated at home', { pass: true, isolated: true, out: true }, 'turnBack'],
    ['isolated, coming home', { pass: true, isolated: true }, 'pass'],
    ['no pass', { out: true }, 'turnBack'],
  ] as const)('%s', (_name, change, decision) => {
    expect(rule('estate', { ...road, ...change }, on('2020-02-14'))).toMatchObject({ ok: true, value: { decision } })
  })

  it('says that it is the pass that is missing', () => {
    const ruling = rule('estate', { ...road, out: true }, on('2020-02-14'))
    expect(ruling.ok && ruling.value.why).toEqual({ zh: '无有效通行证：劝返', en: 'no valid pass: turn back' })
  })
})
