import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pastedFile, readPasted } from './pasted.ts'

it('reads what a spreadsheet copies: quotes, line ends inside cells, empty cells and rows', async () => {
  expect(readPasted('编号\t名称\r\nDT-0001\t"两行\n的""名称"""\r\n\r\nDT-0002\t\r\n')).toEqual([
    ['编号', '名称'],
    ['DT-0001', '两行\n的"名称"'],
    ['DT-0002', ''],
  ])
  expect(await pastedFile('a\tb,c\n1\t"x\ny"').text()).toBe('\ufeffa,"b,c"\r\n1,"x\ny"\r\n'.slice(1))
})

it('gives back every table that is written the way spreadsheets write it', () => {
  const cell = fc.string({ unit: fc.constantFrom('甲', 'a', ' ', ',', '"', '\n', '\t', '1') })
  const written = (value: string) => (/["\n\t]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 5 }), (rows) => {
      const kept = rows.filter((row) => row.some((one) => one.trim() !== ''))
      expect(readPasted(rows.map((row) => row.map(written).join('\t')).join('\r\n'))).toEqual(kept)
    }),
  )
})
