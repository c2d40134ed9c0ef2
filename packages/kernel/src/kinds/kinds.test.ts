import { lamp, valueOfField, visitor } from '@guatu/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Cell,
  calledBy,
  documentNumber,
  ERASED,
  erase,
  type Field,
  f,
  fromOldNationalId,
  isDocumentNumber,
  isNationalId,
  no,
  ok,
  PLATE,
  plateNumber,
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
    [f.phone({ label }), '+86 138-0013-8000', '13800138000'],
    [f.phone({ label }), '08275261234', '0827-5261234'],
    [f.phone({ label }), '（0827）526 1234', '0827-5261234'],
    [f.phone({ label }), '+86-827-5261234', '0827-5261234'],
    [f.phone({ label }), '01062345678', '010-62345678'],
    [f.phone({ label }), '08275261234-801', '0827-5261234-801'],
    [f.phone({ label }), '+49 151 12345678', '+4915112345678'],
    [f.phone({ label }), '+1 (415) 555-2671', '+14155552671'],
    [f.phone({ label }), '+44 (0)20 7946 0958', '+442079460958'],
    [f.phone({ label }), '00852 1234 5678', '+85212345678'],
    [f.phone({ label }), '138.0013.8000', '13800138000'],
    [f.phone({ label }), '138‑0013·8000', '13800138000'],
    [f.phone({ label }), '013800138000', '13800138000'],
    [f.phone({ label }), '+86 013800138000', '13800138000'],
    [f.phone({ label }), '08271234567', '0827-1234567'],
    [f.phone({ label }), '0827.1234567', '0827-1234567'],
    [f.phone({ label }), '0827-5261234转801', '0827-5261234-801'],
    [f.phone({ label }), '08275261234 ext. 801', '0827-5261234-801'],
    [f.phone({ label }), '+864008001234', '+864008001234'],
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
    [f.phone({ label }), '+1 415 5552671 ext 12'],
    [f.phone({ label }), '+1-415-5552671-12'],
    [f.phone({ label }), '13800138000 13900139000'],
    [f.nationalId({ label }), '513101198201130011'],
  ])('is refused when it cannot be meant', (field, written) => {
    expect((field as Field).fromForm(written, here).ok).toBe(false)
  })
})

describe('a text that is refused', () => {
  const here = at('zh')
  const label = { zh: '事项', en: 'Item' }
  const [line, lines] = [f.text({ label, max: 10 }) as Field, f.text({ label, max: 10, multiline: true }) as Field]

  it.each([
    [line, '多行\n文字', '应为一行文字，请把换行改为空格。', 'it is one line of text; put a blank in the place of the line break.'],
    [line, '多行\t文字', '应为一行文字，请把制表符（Tab）改为空格。', 'it is one line of text; put a blank in the place of the tab.'],
    [
      lines,
      '多\u0000行',
      '第2个字符是看不见的控制字符（U+0000），请删除后重新填写。',
      'character 2 is a control character that nobody sees (U+0000); remove it.',
    ],
    [line, '一二三四五六七八九十一', '现有11字，请缩短到10字以内。', 'it has 11 characters; shorten it to at most 10.'],
    [line, 12, '请填写不超过10字的文字。', 'write at most 10 characters.'],
  ])('is told what is wrong with it, not what would be wrong with another', (field, value, zh, en) => {
    expect(field.schema.safeParse(value).success).toBe(false)
    expect(field.why(value)).toEqual({ zh, en })
  })

  it.each([' \u3000', '\u200b', '\u2060 \u00ad', '\u202e', '\u3164', '\u2800'])('is not there where nobody sees it: %j', (nothing) => {
    expect(line.schema.safeParse(nothing).success).toBe(false)
    expect(line.why(nothing)).toEqual({
      zh: '只有空格或看不见的字符，请填写文字。',
      en: 'it holds only blanks or what nobody sees; write words.',
    })
    expect(line.schema.parse(`见${nothing}`)).toContain('见')
  })

  it('says so for one language of two, and for one entry of a list', () => {
    const motto = f.localizedText({ label, max: 10 }) as Field
    expect(motto.why({ zh: '一\n二', en: 'a' }).zh).toContain('换行')
    const list = f.list({ label, item: f.text({ label, max: 3 }), max: 2 }) as Field
    expect(list.why(['一', '一二三四'])).toEqual({
      zh: '第2项：现有4字，请缩短到3字以内。',
      en: 'entry 2: it has 4 characters; shorten it to at most 3.',
    })
    expect(list.why(['一', '二', '三']).zh).toContain('不超过2项')
  })

  it('is read from a cell as offices write several: one a line, or with commas where a line is no value; of a wrong one it says which', () => {
    const units = f.list({
      label: { zh: '协办单位', en: 'Assisting' },
      item: f.code({ label, pattern: /^u-[a-z]+$/, example: 'u-a' }),
      max: 3,
    })
    for (const cell of ['u-a\nu-b', 'u-a、u-b', 'u-a， u-b；', 'u-a,u-b']) expect(units.fromCell(cell, here)).toEqual(ok(['u-a', 'u-b']))
    const wrong = units.fromCell('u-a、市公安局', here)
    expect(wrong.ok ? '' : wrong.problem.message.zh).toMatch(/“协办单位”.*第2项.*用“、”隔开/)
    expect(wrong.ok ? '' : wrong.problem.message.en).toMatch(/Assisting.*entry 2/)
    // A text may hold a comma itself.
    expect(f.list({ label, item: f.text({ label, max: 9 }), max: 2 }).fromCell('甲、乙', here)).toEqual(ok(['甲、乙']))
  })

  it('is not one that a cell only wraps: its line breaks become blanks, or stay where lines are kept', () => {
    for (const cell of ['多行\n文字', '多行\r\n文字', '多行 \r\n\n 文字', '多行\t文字', '\n多行\u2028文字\n'])
      expect([line.fromCell(cell, here), line.fromForm(cell, here)]).toEqual([ok('多行 文字'), ok('多行 文字')])
    expect(lines.fromCell('多行\r\n文字\r末', here)).toEqual(ok('多行\n文字\n末'))
    expect(f.localizedText({ label, max: 10 }).fromCell('中\n文 | a\nb', here)).toEqual(ok({ zh: '中 文', en: 'a b' }))
    const refused = line.fromCell('多\u0000行', here)
    expect(refused.ok ? '' : refused.problem.message.zh).toBe('“事项”不正确：第2个字符是看不见的控制字符（U+0000），请删除后重新填写。')
  })
})

describe('numbers of documents and plates', () => {
  it('are one whatever signs somebody wrote between their characters', () => {
    const signs = fc.array(fc.constantFrom('', ' ', '-', '—', '·', '.', '’', '－'), { minLength: 18, maxLength: 18 })
    const between = (number: string, between: readonly string[]) => [...number].map((one, i) => one + (between[i] ?? '')).join('')
    fc.assert(
      fc.property(fc.constantFrom('E91000777', 'H1234567801', 'A123456(7)', '513101198201130014'), signs, (number, all) => {
        expect([documentNumber(between(number, all)), isDocumentNumber(number)]).toEqual([number, true])
        expect(documentNumber(number.toLowerCase())).toBe(number)
      }),
    )
    for (const plate of ['川Y·12345', '川y-12345', '川Ｙ 12345']) expect(plateNumber(plate)).toBe('川Y12345')
    // As it is printed, of a vehicle of new energy too, typed, in a cell or sent as it is.
    const plate = f.code({
      label: { zh: '车牌', en: 'Plate' },
      pattern: /^[\u4e00-\u9fa5][A-Z][A-Z0-9]{5,6}$/,
      example: '川Y00000',
      foundAs: PLATE,
    })
    for (const printed of ['川YD12345', '川Y·D12345', '川y・d12345', '川Y D1234-5']) {
      expect([plate.fromForm(printed, at('zh')), plate.fromCell(printed, at('zh'))]).toEqual([ok('川YD12345'), ok('川YD12345')])
      expect(plate.schema.safeParse(printed)).toMatchObject({ success: true, data: '川YD12345' })
    }
    expect(plate.schema.safeParse('川·12345').success).toBe(false)
    expect(documentNumber('513101-820113-001')).toBe('513101198201130014')
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
