import exceljs from 'exceljs'
import { expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { listStore, numberOf } from '../../../../../testing/src/stores/list-store.ts'
import { importSheet } from '../import.ts'

const HEADS = ['姓名', '证件号码', '到达时间']

onServer('a pushed workbook with several sheets', (engine) => {
  it('is compared sheet by sheet of one layout together, and names those left out', { timeout: 300_000 }, async () => {
    const at = await listStore(engine)
    const book = new exceljs.Workbook()
    book.addWorksheet('说明').addRow(['本表由县指挥部推送'])
    const person = (serial: number, name = `测试${serial}`) => [name, numberOf(serial), '2020-02-13']
    book.addWorksheet('东城街道').addRows([HEADS, person(1), person(2)])
    book.addWorksheet('空表')
    book.addWorksheet('西城街道').addRows([HEADS, person(3), person(1)])
    book.addWorksheet('外省').addRows([
      ['姓名', '手机', '备注'],
      ['测试9', '13800000009', ''],
    ])
    book.addWorksheet('已核', { state: 'hidden' }).addRows([HEADS, person(5)])
    book.addWorksheet('选项', { state: 'hidden' }).addRows([['男'], ['女']])
    const path = at.list(new Uint8Array(await book.xlsx.writeBuffer()), 'xlsx')
    const answer = await at.compare(path)
    expect(answer.sheets).toEqual([
      { sheet: 1, name: '东城街道', rows: 3 },
      { sheet: 3, name: '西城街道', rows: 3 },
    ])
    expect(answer.left).toMatchObject([
      { sheet: 0, name: '说明', rows: 1, comparable: true },
      { sheet: 4, name: '外省', rows: 2, comparable: true },
      { sheet: 5, name: '已核', rows: 2, why: { zh: '工作表已隐藏' }, comparable: true },
    ])
    expect(answer.rows?.map(({ within, outcome, why }) => [within?.name, within?.line, outcome, why.zh])).toEqual([
      ['东城街道', 2, 'missed', '不在册，请核查是否在本地'],
      ['东城街道', 3, 'missed', '不在册，请核查是否在本地'],
      ['西城街道', 2, 'missed', '不在册，请核查是否在本地'],
      ['西城街道', 3, 'wrong', '与“东城街道”第2行重复'],
    ])
    expect(answer.counts).toMatchObject({ missed: 3, wrong: 1 })
    const lines = answer.rows?.map(({ line }) => line) ?? []
    expect(new Set(lines).size).toBe(4)
    const enter = { decision: 'enter', kind: 'home', class: 'listed', area: '11a2' } as const
    expect(await at.decide(path, { ...enter, lines: lines.slice(0, 3) })).toEqual(['done', 'done', 'done'])
    expect((await at.compare(path)).rows?.map(({ outcome }) => outcome)).toEqual(['found', 'found', 'found', 'wrong'])
    // Another layout is compared in its turn, and what was decided on the first stays with its rows.
    const other = await at.compare(path, { sheet: 4 })
    expect(other.sheets).toMatchObject([{ name: '外省' }])
    expect(other.rows?.map(({ outcome, decided }) => [outcome, decided])).toEqual([['missed', undefined]])
    expect(await at.decide(path, { ...enter, sheet: 4, lines: other.rows?.map(({ line }) => line) ?? [] })).toEqual(['done'])
    await expect(at.compare(path, { sheet: 9 })).rejects.toThrow('there is no sheet 10')

    const clerk = { id: 'duty', name: 'duty', grants: [{ role: 'duty-officer', path: '1/' }] } as const
    const taken = await importSheet({
      store: at.store,
      actor: clerk,
      record: 'person',
      path: at.list(await people(), 'xlsx'),
      area: '11a1',
    })
    expect(taken).toMatchObject({ ok: true, value: { accepted: 1, left: [{ name: '第二张', rows: 3 }] } })
  })
})

async function people(): Promise<Uint8Array> {
  const book = new exceljs.Workbook()
  book.addWorksheet('空表')
  book.addWorksheet('第一张').addRows([['姓名'], ['测试子']])
  book.addWorksheet('第二张').addRows([['姓名'], ['测试丑'], ['测试寅']])
  return new Uint8Array(await book.xlsx.writeBuffer())
}
