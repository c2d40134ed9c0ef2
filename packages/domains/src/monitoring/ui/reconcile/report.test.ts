import { expect, it } from 'vitest'
import { reportCsv } from './report.ts'

it('writes one line a row, quoted, and nothing that a spreadsheet would run', () => {
  const why = { zh: '与第2行重复', en: 'the same as line 2, "twice"' }
  const rows = [
    { line: 3, outcome: 'wrong', why, name: '=测*', document: '5199**********0014' },
    {
      line: 10_000_004,
      within: { name: '西城', line: 4 },
      outcome: 'missed',
      why,
      phone: '138****0000',
      decided: { decision: 'visit', state: 'done', finding: 'here' },
    },
  ] as const
  expect(reportCsv(rows, 'zh')).toBe(
    "\ufeff行,结果,原因,姓名,证件号码（无则电话）,处理,核查结果\r\n3,信息有误,与第2行重复,'=测*,5199**********0014,,\r\n西城 4,漏排,与第2行重复,,138****0000,交村核查,在本地\r\n",
  )
  expect(reportCsv(rows, 'en')).toContain('3,Wrong data,"the same as line 2, ""twice"""')
})
