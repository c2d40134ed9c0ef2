/** Files as people make them wrong: every error has its row, its column and what to do, in both languages. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { afterAll, describe, expect, it } from 'vitest'
import { analyse } from './analyse.ts'

const folder = mkdtempSync(join(tmpdir(), 'wrong-files-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

async function book(name: string, rows: readonly (readonly ExcelJS.CellValue[])[]): Promise<string> {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('a')
  for (const row of rows) sheet.addRow([...row])
  const path = join(folder, name)
  await workbook.xlsx.writeFile(path)
  return path
}

async function run(...args: string[]) {
  let out = ''
  let error = ''
  const code = await analyse(args, {
    out: (text) => {
      out += text
    },
    error: (text) => {
      error += text
    },
  })
  return { code, out, error }
}

const day = (k: number) => `2020-01-${String(k + 1).padStart(2, '0')}`
const series = (counts: readonly (string | number)[]) => counts.map((count, k) => `${day(k)},${count}`).join('\n')

describe('titles above the header', () => {
  const counts = Array.from({ length: 12 }, (_, k) => [day(k), 3 + (k % 4)] as const)

  it('are passed over in a workbook, merged or not, and rows keep their numbers', async () => {
    const rows = [['某市新增病例日报表'], ['填报单位：某市疾控中心'], [], ['日期', '新增确诊'], ...counts.map((row) => [...row])]
    const path = await book('title.xlsx', rows)
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.readFile(path)
    workbook.worksheets[0]?.mergeCells('A1:B1')
    await workbook.xlsx.writeFile(path)
    const plain = await run('growth', await book('no-title.xlsx', rows.slice(3)), '--json')
    const titled = await run('growth', path, '--json')
    expect(titled.code).toBe(0)
    expect(JSON.parse(titled.out).result).toEqual(JSON.parse(plain.out).result)
    const broken = await run('growth', await book('title-broken.xlsx', [...rows, [day(12), '三']]))
    expect(broken.error).toMatch(/第 17 行“新增确诊”列[\s\S]*row 17/)
  })

  it('are passed over in a text file, whatever separates its columns', async () => {
    for (const mark of [',', '\t', ';']) {
      const body = counts.map((row) => row.join(mark)).join('\n')
      const { code, error } = await run('growth', file('title.csv', `Daily cases as reported\n\ndate${mark}cases\n${body}\n`))
      expect(error).toBe('')
      expect(code).toBe(0)
    }
  })

  it('a header of one word is a header', async () => {
    const { error } = await run('growth', file('short.csv', `date\n${series([3, 2, 1])}\n`))
    expect(error).toMatch(/row 2, column "2": the row has 2 cells, the header only 1/)
  })
})

describe('counts', () => {
  it.each(['rt', 'growth', 'forecast', 'alerts', 'cohort', 'backproject'])(
    '%s: a correction larger than all that was ever reported has its row',
    async (command) => {
      const { code, error } = await run(
        command,
        file('correction.csv', `日期,新增确诊\n${series([3, 2, 1, 4, -20, 6, 7, 5, 6, 7, 8, 9])}\n`),
      )
      expect(code).toBe(2)
      expect(error).toMatch(/第 6 行“新增确诊”列：.*更正数[\s\S]*row 6, column "新增确诊": the correction/)
    },
  )
  it('a correction in a table of places has its row', async () => {
    const rows = ['A,106,31', 'B,107,31'].flatMap((place) =>
      [1, 2, place.startsWith('A') ? 2 : -9, 3].map((n, k) => `${place},${day(k)},${n}`),
    )
    const { error } = await run('clusters', file('places.csv', `place,lon,lat,date,cases\n${rows.join('\n')}\n`), '--max-days', '2')
    expect(error).toMatch(/row 8, column "cases": the correction/)
  })
  it('a gap in the days has the row after it', async () => {
    const { error } = await run('rt', file('gap.csv', 'date,cases\n2020-01-01,3\n2020-01-04,4\n2020-01-05,4\n'))
    expect(error).toMatch(/第 3 行“date”列：缺少 2020-01-02[\s\S]*row 3, column "date": 2020-01-02 is missing before this row.*--gaps zero/)
  })
  it('a correction of deaths from before the period says that it is one', async () => {
    const rows = (deaths: number[]) => deaths.map((death, k) => `${day(k)},${20 + k},${death}`).join('\n')
    const path = file('deaths.csv', `日期,新增确诊,新增死亡\n${rows([0, 0, 0, 0, -1, 0, 0, 2, 0, 0, 1, 0])}\n`)
    const { code, error } = await run('cfr', path, '--delay-mean', '4', '--delay-sd', '2')
    expect(code).toBe(2)
    expect(error).toMatch(/第 6 行“新增死亡”列：.*所选时段之前[\s\S]*row 6, column "新增死亡": .*lies before this period/)
    const held = file('held.csv', `日期,新增确诊,新增死亡\n${rows([0, 0, 1, 0, -1, 0, 0, 2, 0, 0, 1, 0])}\n`)
    const answer = JSON.parse((await run('cfr', held, '--delay-mean', '4', '--delay-sd', '2', '--json')).out)
    expect(answer).toMatchObject({ ok: true, deaths: 3 })
    expect(answer.rolling[0]).toMatchObject({ date: '2020-01-01', fatality: null, refusal: { code: 'too-few-outcomes' } })
  })
})

describe('line lists', () => {
  it('more infected than exposed has its row', async () => {
    const { code, error } = await run('household', file('homes.csv', '户,暴露人数,续发人数\n1,2,1\n2,2,3\n'))
    expect(code).toBe(2)
    expect(error).toMatch(/第 3 行“续发人数”列：[\s\S]*row 3, column "续发人数": .*3 infected of 2 exposed is impossible/)
  })
  it('pairs the wrong way round have their row', async () => {
    const rows = ['0,1,3,4', '0,1,5,6', '4,2,6,7', '0,1,4,5', '0,1,2,3']
    expect((await run('intervals', file('windows.csv', `EL,ER,SL,SR\n${rows.join('\n')}\n`), '--family', 'gamma')).error).toMatch(
      /row 4, column "ER": .*a window ends before it begins/,
    )
  })
})

describe('workbooks', () => {
  const days = Array.from({ length: 14 }, (_, k) => new Date(Date.UTC(2020, 0, 1 + k)))
  it('a formula that fails is named, not turned into words of a program', async () => {
    const path = await book('formula.xlsx', [
      ['日期', '新增'],
      ...days.map((date, k) => [
        date,
        k === 3 ? { formula: '1/0', result: { error: '#DIV/0!' as const } } : k === 9 ? { formula: 'B2+1', result: 4 } : 2,
      ]),
    ])
    expect((await run('rt', path)).error).toMatch(
      /第 5 行“新增”列：“#DIV\/0!”不是数字：该单元格的公式出错[\s\S]*row 5.*formula of this cell fails/,
    )
    const broken = await book('broken.xlsx', [
      ['日期', '新增'],
      ...days.map((date, k) => [date, k === 2 ? { error: '#REF!' as const } : 2]),
    ])
    expect((await run('rt', broken)).error).toMatch(/row 4, column "新增": "#REF!" is not a number/)
  })
  it('bare day numbers in a date column bring the hint to format it', async () => {
    const path = await book('serial.xlsx', [['日期', '新增'], ...days.map((_, k) => [43_831 + k, 2])])
    expect((await run('rt', path)).error).toMatch(
      /第 2 行“日期”列：“43831”不是日期.*Excel 的日期序号（2020-01-01）[\s\S]*row 2.*2020-01-01.*format the column as dates/,
    )
  })
})

describe('CSV', () => {
  it('a quote that is never closed has the row and column where it opens', async () => {
    const path = file('quote.csv', 'date,place,cases\n2020-01-01,"a ""b"" c",3\n2020-01-02,"巴州,4\n2020-01-03,x,5\n')
    expect((await run('rt', path)).error).toMatch(
      /第 3 行“place”列：此处的引号没有闭合[\s\S]*row 3, column "place": the quote that opens here/,
    )
    expect((await run('rt', file('head.csv', '"date,cases\n2020-01-01,3\n'))).error).toMatch(/第 1 行.*引号[\s\S]*row 1/)
  })
  it('in UTF-16 with its mark is read like any other', async () => {
    const text = `日期,新增确诊\n${series([3, 4, 2, 5, 6, 4, 7, 8, 6, 9, 7, 8])}\n`
    const plain = await run('growth', file('utf8.csv', text))
    const little = Buffer.from(`\uFEFF${text}`, 'utf16le')
    const big = Buffer.from(little).swap16()
    expect(plain.code).toBe(0)
    expect((await run('growth', file('little.csv', little))).out).toBe(plain.out)
    expect((await run('growth', file('big.csv', big))).out).toBe(plain.out)
    const tabs = Buffer.from(`\uFEFF${text.replaceAll(',', '\t')}`, 'utf16le')
    expect((await run('growth', file('unicode-text.csv', tabs))).out).toBe(plain.out)
  })
})

describe('draws of the serial interval from a file', () => {
  it('keep their mean: no figure before it, however short the series', async () => {
    const draws = file('draws.json', JSON.stringify({ draws: [8.2, 8.5, 8.8].map((mean) => ({ mean, sd: 6 })) }))
    const short = file('short.csv', `date,cases\n${series([3, 4, 2, 5, 6, 4, 7, 8, 6, 9, 7, 8])}\n`)
    const answer = JSON.parse((await run('rt', short, '--si-draws', draws, '--window', '3', '--json')).out)
    const used = answer.windows.map((window: { end: number; posterior: { intervalsUsed: number } | null }) => [
      window.end,
      window.posterior?.intervalsUsed ?? 0,
    ])
    expect(used).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12].map((end) => [end, end > 8.8 ? 3 : 0]))
  })
})
