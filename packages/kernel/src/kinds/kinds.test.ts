import { lamp, valueOfField, visitor } from '@guatu/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Cell,
  calledBy,
  ERASED,
  erase,
  type Field,
  f,
  fromOldNationalId,
  isNationalId,
  no,
  ok,
  problem,
  type Surroundings,
} from '../index.ts'

/** Names as a register gives them: reading them back finds the same thing. */
const NAMES = new Map([
  ['11a1', '曾口镇方田坝村'],
  ['11a2', '曾口镇大湾村'],
  ['12a1', '兴隆镇第一村'],
  ['harbour', '港务局'],
  ['hq-11', '第一县指挥部'],
])
const at = (lang: 'zh' | 'en'): Surroundings => ({
  lang,
  zone: 'Asia/Shanghai',
  nameOf: (_kind, id) => NAMES.get(id),
  find: (_kind, written) => {
    const id =
      [...NAMES].find(([key, name]) => key === written || name === written)?.[0] ?? (/^[0-9a-f-]{36}$/.test(written) ? written : undefined)
    return id === undefined ? no(problem('not-found', { what: written })) : ok(id)
  },
})

const fields = Object.entries(lamp.fields) as [string, Field][]

describe.each(fields)('the kind of %s', (_name, field) => {
  it.each(['zh', 'en'] as const)('comes back from a sheet cell and from a form as it went (%s)', (lang) => {
    fc.assert(
      fc.property(valueOfField(field), (value) => {
        const here = at(lang)
        const cell = field.toCell(value, here)
        expect(field.fromCell(Array.isArray(value) && value.length === 0 ? null : cell, here)).toEqual(ok(value))
        expect(field.schema.parse(value)).toEqual(value)
        if (!(Array.isArray(value) && value.length === 0)) expect(field.fromForm(field.toForm(value, here), here)).toEqual(ok(value))
        expect(field.fromColumn(JSON.parse(JSON.stringify(field.toColumn(value))))).toEqual(value)
        expect(typeof field.view(value, here)).toBe('string')
      }),
      { numRuns: 150 },
    )
  })

  it('takes plainly only what the schema would take as it stands', () => {
    const anything = fc.oneof(
      valueOfField(field),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '',
        ' ',
        ' a',
        '2020-02-30',
        '0000-01-01',
        '2020-02-29',
        'A'.repeat(400),
        -1,
        0.05,
        36.65,
        1e9,
        'toString',
        '13800000000',
      ),
      fc.double(),
      fc.date(),
      fc.anything(),
    )
    fc.assert(
      fc.property(anything, (value) => {
        if (field.plainly?.(value)) expect(field.schema.safeParse(value)).toEqual({ success: true, data: value })
      }),
      { numRuns: 400 },
    )
  })

  it('answers anything from outside with a value of its own or a refusal that says what to do', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.double(),
      fc.boolean(),
      fc.date(),
      fc.constant(new Date(Number.NaN)),
      fc.constant(null),
    ) as fc.Arbitrary<Cell>
    fc.assert(
      fc.property(anything, (cell) => {
        const read = field.fromCell(cell, at('zh'))
        if (read.ok) expect(field.schema.safeParse(read.value).success).toBe(true)
        else expect(read.problem.message.zh.length * read.problem.message.en.length).toBeGreaterThan(0)
      }),
      { numRuns: 200 },
    )
  })
})

describe('what was erased', () => {
  it('is neither masked nor shown as it is kept, but said in the language of the reader; a plain text of the same letters is a text', () => {
    const label = { zh: '姓名', en: 'Name' }
    const [name, note] = [f.text({ label, max: 60, sensitive: true }) as Field, f.text({ label, max: 60 }) as Field]
    for (const field of [name, f.phone({ label }) as Field, f.nationalId({ label }) as Field]) {
      expect(field.mask(ERASED)).toBe(ERASED)
      expect([field.view(ERASED, at('zh')), field.view(ERASED, at('en'))]).toEqual(['信息已删除', 'erased'])
      expect([field.toCell(ERASED, at('zh')), field.toCell(ERASED, at('en'))]).toEqual(['信息已删除', 'erased'])
    }
    expect(note.view(ERASED, at('zh'))).toBe(ERASED)
    const somebody = erase(visitor)
    expect([calledBy(somebody, ERASED, at('zh')), calledBy(somebody, ERASED, at('en')), calledBy(somebody, '测*', at('zh'))]).toEqual([
      '信息已删除',
      'erased',
      '测*',
    ])
  })
})

describe('what people type', () => {
  const here = at('zh')
  const label = { zh: '某', en: 'x' }
  it.each([
    [f.date({ label }), '2020年2月4日', '2020-02-04'],
    [f.date({ label }), '2020/2/4', '2020-02-04'],
    [f.date({ label }), '２０２０．２．４', '2020-02-04'],
    [f.count({ label }), '1,234', 1234],
    [f.money({ label }), '￥1,234.5元', '1234.50'],
    [f.temperature({ label }), '36.5℃', 36.5],
    [f.temperature({ label }), '36,5', 36.5],
    [f.temperature({ label }), '36。5', 36.5],
    [f.flag({ label }), '是', true],
    [f.phone({ label }), '138 0013 8000', '13800138000'],
    [f.moment({ label }), '2020-02-14 08:30', '2020-02-14T00:30:00.000Z'],
  ])('is read by its kind', (field, written, value) => {
    expect((field as Field).fromForm(written, here)).toEqual(ok(value))
  })

  it.each([
    [f.date({ label }), '2020-02-30'],
    [f.count({ label }), '-1'],
    [f.count({ label }), '2147483648'],
    [f.temperature({ label }), '365'],
    [f.money({ label }), '1.005'],
    [f.phone({ label }), '1234'],
    [f.nationalId({ label }), '513101198201130011'],
  ])('is refused when it cannot be meant', (field, written) => {
    expect((field as Field).fromForm(written, here).ok).toBe(false)
  })
})

describe('resident identity numbers', () => {
  it('follow the check of GB 11643', () => {
    expect(isNationalId('513101198201130014')).toBe(true)
    for (const wrong of '012356789X') expect(isNationalId(`51310119820113001${wrong}`)).toBe(false)
  })
  it('of 15 digits become the 18 that replaced them', () => {
    const lengthened = fromOldNationalId('513101820113001')
    expect(lengthened).toBe('513101198201130014')
    expect(fromOldNationalId('513101821313001')).toBeUndefined()
  })
  it('never depend on the code of the place, which may have been abolished', () => {
    const seventeen = '99999919900101001'
    expect('0123456789X'.split('').filter((check) => isNationalId(seventeen + check))).toHaveLength(1)
  })
})
