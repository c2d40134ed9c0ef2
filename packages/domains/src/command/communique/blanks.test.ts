import { describe, expect, it } from 'vitest'
import { type Communique, joinWithNext, readCommunique, relabel, splitAt } from './index.ts'

const OPTIONS = { today: '2021-09-30' }
/** As a typesetting program writes it: `_` is where it puts its blank. */
const SET = `松岭市召开疫情防控指挥部第_7_次会议
2021_年_9_月_13_日，市长主持召开市疫情防控指挥部第_7_次会议。会议要求，
市水利局要在_9_月_20_日前完成_48_座山塘清淤；市商务局_9_月底前储备大米_1,200_吨、面粉_37.5_吨。
各社区要对_8_月_28_日以来到过甲地的_326_名人员逐户核查。`
const written = SET.replaceAll('_', '')

/** A reading without its places and with its quotations by hand. */
const said = ({ directives, ...read }: Communique, blank: string) => ({
  ...read,
  headings: read.headings.length,
  skipped: read.skipped.map(({ quote, why }) => [quote.replaceAll(blank, ''), why.rule]),
  directives: directives.map((one) => ({
    ...one,
    quote: one.quote.replaceAll(blank, ''),
    start: 0,
    end: 0,
    numbers: one.numbers.map(({ quote, value, unit }) => [quote.replaceAll(blank, ''), value, unit]),
    dates: one.dates.map(({ quote, iso }) => [quote.replaceAll(blank, ''), iso]),
  })),
})

describe('blanks beside digits', () => {
  it.each([
    ['blanks', ' '],
    ['no-break spaces', '\u00a0'],
    ['thin spaces', '\u2009'],
    ['full-width spaces', '\u3000'],
  ])('%s change nothing that is read, and every quotation is of the text as given', (_name, blank) => {
    const text = SET.replaceAll('_', blank)
    const read = readCommunique(text, OPTIONS)
    expect(read).toMatchObject({ session: 7, meetingDate: '2021-09-13', body: '市疫情防控指挥部' })
    expect(read.directives.map(({ deadline, deadlineDate }) => [deadline, deadlineDate])).toEqual([
      ['9月20日前', '2021-09-20'],
      ['9月底前', '2021-09-30'],
      [null, null],
    ])
    expect(said(read, blank)).toEqual(said(readCommunique(written, OPTIONS), blank))
    for (const one of [...read.directives, ...read.skipped, ...read.directives.flatMap(({ numbers, dates }) => [...numbers, ...dates])])
      expect(text.slice(one.start, one.end)).toBe(one.quote)
    expect(read.directives.flatMap(({ numbers }) => numbers.map(({ value, unit }) => `${value}${unit}`))).toEqual([
      '48座',
      '1200吨',
      '37.5吨',
      '326名',
    ])
  })

  it('are read the same where the digits are full-width', () => {
    const wide = (text: string) => text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
    const dues = (text: string) => readCommunique(text, OPTIONS).directives.map(({ deadlineDate }) => deadlineDate)
    expect(dues(wide(SET.replaceAll('_', ' ')))).toEqual(['2021-09-20', '2021-09-30', null])
  })

  it('hold where a person cuts and joins', () => {
    const text = SET.replaceAll('_', ' ')
    const read = readCommunique(text, OPTIONS)
    const joined = joinWithNext(read, text, 0).directives[0]
    expect(joined?.quote).toBe(text.slice(joined?.start, joined?.end))
    expect(joined?.quote).toMatch(/^市水利局.*37\.5 吨$/)
    const first = read.directives[0]
    expect(relabel(text, first?.start ?? 0, first?.end ?? 0, { heldOn: '2021-09-13' })).toMatchObject({
      quote: first?.quote,
      start: first?.start,
      deadlineDate: '2021-09-20',
    })
    const cut = splitAt(read, text, text.indexOf('、面粉'))
    expect(cut.directives.map(({ quote }) => quote).slice(1, 3)).toEqual(['市商务局 9 月底前储备大米 1,200 吨', '面粉 37.5 吨'])
  })

  it.each([
    ['an ordinal that opens a line', '\n1 清运垃圾。', '清运垃圾'],
    ['an ordinal with its point', '\n1. 清运垃圾。', '清运垃圾'],
    ['words of Latin letters', '要推广 APP 2 代扫码登记。', '要推广 APP 2 代扫码登记'],
    ['two numbers', '要开通热线 12345 12320。', '要开通热线 12345 12320'],
  ])('that part something stay: %s', (_name, orders, quote) => {
    const found = readCommunique(`${written}\n会议强调，${orders}`, OPTIONS).directives.at(-1)?.quote
    expect(found?.endsWith(quote)).toBe(true)
  })
})
