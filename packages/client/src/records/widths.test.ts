import { type AnyRecord, erase, f, label } from '@guatu/kernel'
import { lamp } from '@guatu/testing'
import { expect, it } from 'vitest'
import { widthOf } from './widths.ts'

const measure = f.choice({
  label: label('措施', 'Measure'),
  options: { close: label('封闭管理（小区、村组）', 'Closed management'), short: label('其他', 'Other') },
})
const differs = f.flag({ label: label('当日认定的聚集性疫情起数', 'Other than the rule') })
const def: AnyRecord = { ...erase(lamp), fields: { ...erase(lamp).fields, measure, differs } }
const width = (name: string, lang: 'zh' | 'en') => widthOf(def, name, def.fields[name]?.label ?? label('', ''), false, lang)

it('gives a column the room of its heading and of the longest choice in it, and to others what their kind needs', () => {
  // Letters as they were measured: a tag has a pixel more around each, a heading is bold.
  expect(width('measure', 'zh')).toBeGreaterThanOrEqual(11 * 12 + 32)
  expect(width('differs', 'en')).toBeGreaterThanOrEqual('Other than the rule'.length * 7 + 16)
  expect(width('differs', 'zh')).toBeGreaterThanOrEqual(12 * 13 + 16)
  expect([width('measure', 'en'), widthOf(def, 'other', label('其他', 'Other'), true, 'zh')]).toEqual([149, 168])
})
