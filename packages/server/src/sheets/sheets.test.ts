import exceljs from 'exceljs'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { openCity } from '../http/testing/city.ts'
import type { Job } from './jobs.ts'

const HEAD = '编号,名称,灯色,光强,区划,备注'
const lamp = (n: number, over: Partial<Record<'name' | 'colour' | 'candela' | 'area', string>> = {}) =>
  `DT-${String(n).padStart(4, '0')},${over.name ?? `灯塔${n}`},${over.colour ?? '红'},${over.candela ?? n},${over.area ?? '书台村委会'},x`
const csv = (...rows: string[]) => `${[HEAD, ...rows].join('\r\n')}\r\n`

async function workbook(rows: readonly (readonly exceljs.CellValue[])[], change?: (sheet: exceljs.Worksheet) => void): Promise<Buffer> {
  const book = new exceljs.Workbook()
  const sheet = book.addWorksheet('表')
  for (const row of rows) sheet.addRow([...row])
  change?.(sheet)
  return Buffer.from(await book.xlsx.writeBuffer())
}

describe.each(['pglite', 'postgres'] as const)('sheets on %s', (engine) => {
  it('are taken in row by row: each with its own answer, duplicates found in the file and in the store', async () => {
    const city = await openCity(engine)
    const rows = csv(
      lamp(1),
      lamp(2, { colour: '紫' }),
      lamp(1, { name: '又一座' }),
      '',
      lamp(4, { candela: '很多', area: '没有村' }),
      lamp(5, { area: '通江县兴隆镇红光村委会' }),
      lamp(6, { area: '511902106201' }),
      lamp(7, { area: '红光村委会' }),
      lamp(1),
    )
    const dry = await city.send('county', '/api/lamp/import?dryRun=1', 'a.csv', rows)
    const done = await city.send('county', '/api/lamp/import', 'a.csv', rows)
    for (const answer of [dry, done]) {
      expect(answer.statusCode).toBe(200)
      const job = answer.json<Job>()
      expect(job.progress).toEqual({ total: 8, done: 8, accepted: 2, repeated: 0, refused: 6, ignored: ['备注'], left: [] })
      expect(job.examples.map((one) => [one.line, one.problem?.code])).toEqual([
        [3, 'invalid'],
        [4, 'register-says-otherwise'],
        [6, 'invalid'],
        [7, 'outside-jurisdiction'],
        [9, 'area-name-ambiguous'],
        [10, 'row-repeats'],
      ])
    }
    const { records } = await city.store.rebuild({ check: true })
    expect(records).toBe(2)
    const again = await city.send('county', '/api/lamp/import', 'renamed.csv', rows)
    expect(again.json<Job>().progress).toMatchObject({ accepted: 0, repeated: 2, refused: 6 })
    const other = await city.send('county', '/api/lamp/import', 'b.csv', csv(lamp(1), lamp(8)))
    expect(other.json<Job>().examples.map((one) => one.problem?.code)).toEqual(['already-exists'])
    const report = await city.ask('county', 'GET', `/api/jobs/${done.json<Job>().id}/report.csv`)
    const lines = report.body.trim().split('\r\n')
    expect(lines).toHaveLength(9)
    expect(lines[1]).toBe('2,已导入 accepted,,,')
    expect(lines[3]).toContain('在第2行对应另一名称')
    expect(lines[8]).toContain('与第2行是同一条')
    expect((await city.ask('other', 'GET', `/api/jobs/${done.json<Job>().id}`)).statusCode).toBe(404)
    expect((await city.store.rebuild({ check: true })).differences).toEqual([])
  })

  it('keep a line that a cell wraps, and say of what cannot be kept what it is', async () => {
    const city = await openCity(engine)
    const rows = csv(lamp(1, { name: '"多行\r\n文字"' }), lamp(2, { name: '多\u0001行' }), lamp(3, { name: ' ' }))
    const done = (await city.send('county', '/api/lamp/import', 'a.csv', rows)).json<Job>()
    expect(done.progress).toMatchObject({ accepted: 1, refused: 2 })
    expect(done.examples.map((one) => one.problem?.message.zh)).toEqual([
      '“名称”不正确：第2个字符是看不见的控制字符（U+0001），请删除后重新填写。',
      '请填写“名称”。',
    ])
    const kept = (await city.ask('county', 'GET', '/api/lamp')).json<{ rows: { fields: { name: string } }[] }>()
    expect(kept.rows.map((row) => row.fields.name)).toEqual(['多行 文字'])
  })

  it('go out as the list shows them: scope, masking, filters, neutral formulas; and come back as they went', async () => {
    const city = await openCity(engine)
    const rows = `编号,名称,灯色,光强,电话,区划\n${['DT-0001,=1+1,红,5,13800000001,书台村委会', 'DT-0002,+平安,绿,6,13800000002,书台村委会', 'DT-0003,白塔,白,7,,通江县兴隆镇红光村委会'].join('\n')}\n`
    expect((await city.send('duty', '/api/lamp/import', 'a.csv', rows)).json<Job>().progress.accepted).toBe(3)
    const seen = await city.ask('county', 'GET', '/api/lamp/export.csv?columns=all')
    const [asOf = '', heading = '', ...lines] = seen.body
      .replace(/^\ufeff/, '')
      .trim()
      .split('\r\n')
    expect(asOf).toMatch(/巴中市 灯塔｜区域：全部可见范围｜筛选：无｜截至2020-02-14 10:00/)
    expect(heading.startsWith('编号,名称,灯色,光强')).toBe(true)
    expect(lines.map((line) => line.split(',').slice(0, 3))).toEqual([
      ['DT-0001', "'=1+1", '红'],
      ['DT-0002', "'+平安", '绿'],
    ])
    expect(lines[0]).toContain('138****0001')
    expect(lines[0]).toContain('巴州区曾口镇书台村委会,熄灭')
    const english = await city.ask('duty', 'GET', `/api/lamp/export.csv?lang=en&colour=white&purpose=check`)
    expect(english.body).toMatch(/Filters: Colour=White \|/)
    expect(english.body.trim().split('\r\n')).toHaveLength(3)
    const [look] = await city.store.db.query<{ what: string; rows: number; purpose: string }>(
      "select what, rows, purpose from looks where purpose = 'check'",
    )
    expect(look).toEqual({ what: 'export', rows: 1, purpose: 'check' })

    const book = new exceljs.Workbook()
    const out = await city.ask('duty', 'GET', '/api/lamp/export.xlsx?columns=all')
    await book.xlsx.load(out.rawPayload as unknown as exceljs.Buffer)
    const sheet = book.worksheets[0]
    expect(sheet?.getCell('B3').value).toBe('=1+1')
    expect(sheet?.getCell('B3').type).toBe(exceljs.ValueType.String)

    const fresh = await openCity(engine)
    const back = await fresh.send('duty', '/api/lamp/import', 'back.xlsx', out.rawPayload)
    expect(back.json<Job>().progress).toMatchObject({ accepted: 1, refused: 2, total: 3 })
    expect(back.json<Job>().examples.map((one) => one.problem?.path)).toEqual(['rows.3.phone', 'rows.4.phone'])
    const named = await fresh.ask('duty', 'GET', '/api/lamp')
    expect(named.json<{ rows: { fields: { name: string } }[] }>().rows.map((row) => row.fields.name)).toEqual(['白塔'])
  })
})

describe('what a sheet may be', () => {
  it('is read in the encodings that offices use, and with titles above the heading', async () => {
    const city = await openCity('postgres')
    const rows = (n: number) => `灯塔登记表\n填报单位：巴州区\n${csv(lamp(n), lamp(n + 1))}`
    const files = [
      Buffer.from(rows(10)),
      Buffer.from(`\ufeff${rows(20)}`),
      iconv.encode(rows(30), 'utf16le', { addBOM: true }),
      iconv.encode(rows(40), 'utf16le', { addBOM: false }),
      iconv.encode(rows(50), 'utf16be', { addBOM: true }),
      iconv.encode(rows(60), 'gb18030'),
      Buffer.from(rows(70).replaceAll(',', '\t')),
      Buffer.from(rows(80).replaceAll(',', ';')),
    ]
    for (const file of files) {
      const answer = await city.send('duty', '/api/lamp/import', 'a.csv', file)
      expect(answer.json<Job>().progress).toMatchObject({ accepted: 2, refused: 0 })
    }
  })

  it('is refused whole, before the first row, where it is broken or hostile', async () => {
    const city = await openCity('postgres')
    const good = await workbook([HEAD.split(','), ['DT-0001', '灯塔', '红', 5, '书台村委会']])
    const at = good.indexOf('xl/worksheets/sheet1.xml')
    const damaged = Buffer.from(good)
    damaged.fill(0x55, at + 40, at + 60)
    const cases: readonly (readonly [string, string | Buffer])[] = [
      ['sheet-quote', csv(lamp(1), 'DT-0002,"没有关上的引号,红,5,书台村委会')],
      ['sheet-quote', csv(lamp(1), 'DT-0002,引"号",红,5,书台村委会')],
      ['sheet-nul', csv(lamp(1), 'DT-0002,灯\u0000塔,红,5,书台村委会')],
      ['sheet-empty', ''],
      ['sheet-kind', Buffer.from('%PDF-1.7 ...')],
      ['sheet-old', Buffer.from('d0cf11e0a1b11ae1000000', 'hex')],
      ['sheet-damaged', good.subarray(0, good.length - 200)],
      ['sheet-damaged', damaged],
      [
        'sheet-encoding-mixed',
        Buffer.concat([
          Buffer.from('编号,名称,灯色,光强,区划\nDT-0001,灯塔,红,5,书台村委会\n'),
          Buffer.from([0x44, 0x54, 0x2c, 0xb5, 0xc6, 0xcb, 0xfe, 0x2c, 0xba, 0xec, 0x0a]),
        ]),
      ],
      ['sheet-encoding', Buffer.from([0xff, 0x30, 0x81, 0x20, 0xff, 0xff, 0x2c, 0x0a])],
      ['import-columns', '编号,名称\nDT-0001,灯塔\n'],
      ['import-column-twice', '编号,名称,灯色,光强,区划,Number\nDT-0001,灯塔,红,5,书台村委会,DT-0002\n'],
    ]
    for (const [code, content] of cases) {
      const answer = await city.send('duty', '/api/lamp/import', 'a', content)
      expect([code, answer.json<{ code: string; message: { zh: string; en: string } }>().code]).toEqual([code, code])
      expect(answer.statusCode).toBeGreaterThanOrEqual(400)
      expect(answer.json<{ message: { zh: string } }>().message.zh).toMatch(/请|只接受|重试/)
    }
    const line = (await city.send('duty', '/api/lamp/import', 'a', cases[0]?.[1] ?? '')).json<{ message: { zh: string } }>()
    expect(line.message.zh).toContain('第3行')
    expect((await city.send('grid', '/api/lamp/import', 'a.csv', csv(lamp(1)))).json<{ code: string }>().code).toBe('not-allowed')
    expect((await city.ask('duty', 'GET', '/api/lamp/count')).json()).toEqual({ count: 0 })
    expect(city.errors).toEqual([])
  })

  it('takes the kept result of a formula, and names the cell of one that has none', async () => {
    const city = await openCity('postgres')
    const file = await workbook([
      ['编号', '名称', '灯色', '光强', '区划', '建成日期'],
      ['DT-0001', '甲', '红', { formula: '2+3', result: 5 }, '书台村委会', new Date(Date.UTC(2019, 4, 6))],
      ['DT-0002', '乙', '红', { formula: '2+3' } as exceljs.CellFormulaValue, '书台村委会', '2019年5月7日'],
    ])
    const job = (await city.send('duty', '/api/lamp/import', 'a.xlsx', file)).json<Job>()
    expect(job.progress).toMatchObject({ accepted: 1, refused: 1 })
    expect((job.examples[0]?.problem as { message: { zh: string } } | undefined)?.message.zh).toContain('D3')
    const { rows } = (await city.ask('duty', 'GET', '/api/lamp')).json<{ rows: { fields: Record<string, unknown> }[] }>()
    expect(rows[0]?.fields).toMatchObject({ candela: 5, builtOn: '2019-05-06' })
  })

  it('goes out whole over several pages, each counted in the note of the export', async () => {
    const city = await openCity('postgres')
    await city.send('duty', '/api/lamp/import', 'a.csv', csv(...Array.from({ length: 1001 }, (_, i) => lamp(1000 + i))))
    await expect.poll(async () => (await city.ask('duty', 'GET', '/api/lamp/count')).json(), { timeout: 20_000 }).toEqual({ count: 1001 })
    for (const query of ['', '?reveal=1&purpose=check']) {
      const lines = (await city.ask('duty', 'GET', `/api/lamp/export.csv${query}`)).body.trim().split('\r\n')
      expect(new Set(lines).size).toBe(1003)
    }
    const noted = await city.store.db.query('select what, record, rows from looks order by what')
    expect(noted).toEqual(['export', 'export-in-clear'].map((what) => ({ what, record: 'lamp', rows: 1001 })))
  })

  it('shows interrupted imports as such after a restart', async () => {
    const city = await openCity('postgres')
    const job = (await city.send('duty', '/api/lamp/import', 'a.csv', csv(lamp(1)))).json<Job>()
    await city.store.db.query(`update facts set value = value || '{"state": "running", "endedAt": null}' where name = $1`, [
      `job/${job.id}`,
    ])
    const { openJobs } = await import('./jobs.ts')
    const jobs = await openJobs(city.store)
    expect((await jobs.get(job.id, city.actor('duty')))?.state).toBe('interrupted')
    await jobs.close()
  })
})
