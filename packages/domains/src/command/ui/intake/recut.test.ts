import type { Row } from '@guatu/client'
import { describe, expect, it } from 'vitest'
import { registry } from '../../../registry.ts'
import { DOMAINS, INDICATOR_TABLE, readCommunique } from '../../communique/index.ts'
import { draftActs, type Known } from './drafts.ts'
import { joinActs, splitActs } from './recut.ts'

const known: Known = {
  units: [
    { code: 'health', name: '市卫生健康委' },
    { code: 'industry', name: '市经信局' },
    { code: 'commerce', name: '市商务局' },
  ],
  indicators: registry.indicators,
}
const TEXT = `示例市召开会议

2月14日，示例市应对疫情工作领导小组召开第4次会议。会议指出，市卫生健康委要加快发热门诊改造，市经信局要在2月20日前储备不少于30天的防护服。各地要严格落实居家观察措施。`
const HELD = '2020-02-14'

/** The rows that saving the communiqué as a draft would make. */
function drafted(): readonly Row[] {
  const { acts } = draftActs(TEXT, readCommunique(TEXT, { units: known.units, today: HELD }), {
    title: '会议',
    heldOn: HELD,
    area: '1',
    known,
  })
  return acts
    .filter((act) => act.record === 'directive')
    .map((act) => ({ id: act.id, area: '1', version: 1, state: 'draft', fields: { ...act.input } }) as unknown as Row)
}
const edited = (row: Row | undefined, fields: Readonly<Record<string, unknown>>): Row => {
  if (!row) throw new Error('the text holds fewer directives')
  return { ...row, fields: { ...row.fields, ...fields } }
}
const inputs = (acts: ReturnType<typeof joinActs>) => (acts ?? []).map((act) => act.input as Record<string, unknown>)

describe('a draft register', () => {
  it('suggests indicators that the city keeps, by the register of work, and keeps the words of a deadline', () => {
    const rows = drafted()
    const watched = rows.find((row) => String(row.fields.quote).includes('居家观察'))
    expect(watched?.fields.indicators).toContain('monitoring.observed')
    expect(rows.find((row) => String(row.fields.quote).includes('防护服'))?.fields).toMatchObject({
      deadline: '2月20日前',
      due: '2020-02-20',
    })
    const bare = draftActs(TEXT, readCommunique(TEXT, { units: known.units, today: HELD }), {
      title: '会议',
      heldOn: HELD,
      area: '1',
      known: { ...known, indicators: new Set() },
    })
    expect(bare.acts.every((act) => (act.input as Record<string, unknown>).indicators === undefined)).toBe(true)
  })

  it('names nobody to lead what a unit outside the register is told, and marks it unsure', () => {
    const text = TEXT.replace('市卫生健康委要加快', '市审计局要加快')
    const made = draftActs(text, readCommunique(text, { units: known.units, today: HELD }), {
      title: '会议',
      heldOn: HELD,
      area: '1',
      known,
    })
    const input = made.acts.map((act) => act.input as Record<string, unknown>).find((one) => one.addressee === '市审计局')
    expect(input).toMatchObject({ unsure: true })
    expect(input?.lead).toBeUndefined()
    expect(JSON.stringify(input?.why)).toContain('is not in the register')
  })

  it('has a table of indicators that all exist, for registers that all exist', () => {
    const codes = new Set<string>(DOMAINS.map(({ code }) => code))
    for (const { code, domains } of INDICATOR_TABLE) {
      expect(registry.indicators.has(code), code).toBe(true)
      expect(domains.filter((domain) => !codes.has(domain))).toEqual([])
    }
  })
})

describe('joining', () => {
  it('keeps what a hand wrote, names both orders, and leaves out no unit', () => {
    const [a, b] = drafted()
    const first = edited(a, {
      action: '手工改写：完成发热门诊改造',
      domain: 'farming',
      lead: 'health',
      assisting: ['commerce'],
      indicators: ['people.registered'],
    })
    const second = edited(b, { action: '储备不少于30天的防护服', lead: 'industry', assisting: ['health', 'commerce'] })
    const [joined] = inputs(joinActs(TEXT, first, second, known, HELD))
    expect(joined).toMatchObject({
      action: '手工改写：完成发热门诊改造；储备不少于30天的防护服',
      domain: 'farming',
      lead: 'health',
      assisting: ['commerce', 'industry'],
      deadline: '2月20日前',
      due: '2020-02-20',
      soft: false,
    })
    expect(joined?.indicators).toContain('people.registered')
    expect(TEXT.slice(Number(joined?.start), Number(joined?.end))).toBe(joined?.quote)
  })

  it('takes the lead of the second where the first has none, and the earlier of two dates that were set', () => {
    const [a, b] = drafted()
    const first = edited(a, { lead: undefined, assisting: undefined, soft: true, due: '2020-03-10' })
    const second = edited(b, { lead: 'industry', assisting: undefined, soft: false, due: '2020-02-28', deadline: undefined })
    expect(inputs(joinActs(TEXT, first, second, known, HELD))[0]).toMatchObject({
      lead: 'industry',
      assisting: null,
      due: '2020-02-28',
      soft: false,
    })
    expect(inputs(joinActs(TEXT, { ...first }, edited(second, { soft: true }), known, HELD))[0]).toMatchObject({ soft: true })
  })

  it('is undone by a split where they met', () => {
    const [a, b] = drafted()
    const [joined] = inputs(joinActs(TEXT, edited(a, { action: '手工一' }), edited(b, { action: '手工二' }), known, HELD))
    const row = edited(a, { ...joined })
    const halves = inputs(splitActs(TEXT, row, Number(b?.fields.start), 9, known, HELD))
    expect(halves.map((one) => one.action)).toEqual(['手工一', '手工二'])
  })
})

describe('splitting', () => {
  it('keeps action, register, softness, units, date and indicators of a hand', () => {
    const rows = drafted()
    const [a, b] = rows
    const whole = edited(a, { ...inputs(joinActs(TEXT, edited(a, {}), edited(b, {}), known, HELD))[0] })
    const row = edited(whole, {
      action: '手工改写',
      domain: 'farming',
      soft: true,
      due: '2020-02-25',
      lead: 'commerce',
      indicators: ['people.registered'],
    })
    const [left, right] = inputs(splitActs(TEXT, row, Number(b?.fields.start), 9, known, HELD))
    expect(left).toMatchObject({ action: '手工改写', domain: 'farming', soft: true, indicators: ['people.registered'] })
    expect(right).toMatchObject({ domain: 'farming', soft: true, due: '2020-02-25', lead: 'commerce', indicators: ['people.registered'] })
    expect(right?.action).toContain('防护服')
    expect(splitActs(TEXT, row, Number(row.fields.start), 9, known, HELD)).toBeUndefined()
  })

  it('leaves hard what a hand made hard, though its words read as soft', () => {
    const text = `示例市召开会议\n\n会议要求，各级各部门要提高政治站位，要克服松劲思想。`
    const { acts } = draftActs(text, readCommunique(text, { units: known.units, today: HELD }), {
      title: '会议',
      heldOn: HELD,
      area: '1',
      known,
    })
    const soft = acts.find((act) => act.record === 'directive')?.input as Record<string, unknown>
    expect(soft.soft).toBe(true)
    const row = {
      id: 'x',
      area: '1',
      version: 1,
      state: 'draft',
      fields: { ...soft, soft: false, due: '2020-02-25', lead: 'health' },
    } as unknown as Row
    const middle = Number(soft.start) + String(soft.quote).indexOf('，') + 1
    const halves = inputs(splitActs(text, row, middle, 9, known, HELD))
    expect(halves.map((one) => one.soft)).toEqual([false, false])
  })
})
