import { expect, it } from 'vitest'
import type { SheetRow } from '../sheet.ts'
import { fault, readPushed } from './classify.ts'

const read = (...cells: SheetRow['cells'][number][]) => readPushed({ line: 5, cells }, ['name', 'document', 'arrivedOn'])

it('takes a number that the sheet kept as a figure for no document of anybody', () => {
  for (const written of ['5.11902198405051E+17', '5.119e+17', 511902198405051e3])
    expect(fault(read('测试甲', written), undefined)?.zh).toContain('末几位已丢失')
  expect(fault(read('测试甲', '519900199001010015'), undefined)).toBeUndefined()
  // A passport is no figure.
  expect(fault(read('测试甲', 'E12345678'), undefined)).toBeUndefined()
})

it('reads words that stand for no number as no number', () => {
  for (const written of ['不详', '无', ' 暂无 ', '/', '——', 'n/a', '0'])
    expect(fault(read('测试甲', written), undefined)?.zh, written).toContain('没有证件号码')
})

it('finds the name in one that was spread over the width of its column', () => {
  expect(read('测　甲', 'E12345678').name).toBe('测甲')
  expect(read(' 测  甲 ', 'E12345678').name).toBe('测甲')
  expect(read('Test  Person', 'E12345678').name).toBe('Test Person')
})

it('reads digits in full width, with blanks and of fifteen places as the one number they mean', () => {
  for (const written of ['５１９９００１９９００１０１００１５', '519900 19900101 0015  ', '519900900101001'])
    expect(read('测试甲', written).document, written).toBe('519900199001010015')
})

it('takes letters that look like digits for a slip in an identity number, and guesses nothing', () => {
  for (const written of ['51990O199001010015', '5l9900199001010015', '519900I99001010015', 'O19900199001010015', '51990019900101oo15'])
    expect(fault(read('测试甲', written), undefined)?.zh, written).toContain('字母O、I或l')
  // What is a letter by right: the check character, a passport, a residence card.
  for (const written of ['51990019900101004X', 'OL1234567', 'LIO123456789012'])
    expect(fault(read('测试甲', written), undefined)?.zh ?? '', written).not.toContain('字母')
})
