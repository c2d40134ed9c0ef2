import { communique } from '@guatu/domains'
import { Document, type ITableCellOptions, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx'
import { describe, expect, it } from 'vitest'
import { docxText } from './docx-text.ts'

type Cell = string | (Partial<ITableCellOptions> & { readonly words: readonly string[] })
const cellOf = (cell: Cell): TableCell => {
  const { words, ...options } = typeof cell === 'string' ? { words: [cell] } : cell
  return new TableCell({ ...options, children: words.map((word) => new Paragraph(word)) })
}
const table = (...rows: readonly (readonly Cell[])[]) =>
  new Table({ rows: rows.map((cells) => new TableRow({ children: cells.map(cellOf) })) })
const textOf = async (...children: readonly (Paragraph | Table)[]) =>
  docxText(await Packer.toBuffer(new Document({ sections: [{ children }] })))

const HEAD = ['序号', '工作任务', '责任单位', '完成时限']
const LEAD = [new Paragraph('松岭县应急指挥部第十二次会议纪要'), new Paragraph('2020年3月4日，县长主持召开县应急指挥部第十二次会议。')]

describe('the text of a .docx', () => {
  it('is a line for each paragraph and for each row, with tabs between cells', async () => {
    expect(
      await textOf(
        new Paragraph('一'),
        new Paragraph(''),
        new Paragraph({ children: [new TextRun('二'), new TextRun({ text: '三', break: 1 })] }),
        table(HEAD, ['1', { words: ['排查渡口', '停航船只'] }, '', '3月10日前'], ['2', '上门送药', '各乡镇', '']),
        new Paragraph('四'),
      ),
    ).toBe('一\n二\n三\n序号\t工作任务\t责任单位\t完成时限\n1\t排查渡口 停航船只\t\t3月10日前\n2\t上门送药\t各乡镇\t\n四')
  })

  it('keeps the columns of merged cells: down in every row, across once', async () => {
    const merged = table(
      [{ words: ['三月任务'], columnSpan: 4 }],
      HEAD,
      ['1', '排查渡口', { words: ['县交通运输局'], rowSpan: 2 }, '3月10日前'],
      [{ words: ['2'], rowSpan: 2 }, '查验渡船', { words: ['3月12日前'], rowSpan: 2 }],
      [{ words: ['登记船主', '核对电话'], columnSpan: 2 }],
      ['3', { words: ['消毒候船室'], columnSpan: 2 }, '立即'],
    )
    expect((await textOf(merged)).split('\n')).toEqual([
      '三月任务\t\t\t',
      HEAD.join('\t'),
      '1\t排查渡口\t县交通运输局\t3月10日前',
      '2\t查验渡船\t县交通运输局\t3月12日前',
      '2\t登记船主 核对电话\t\t3月12日前',
      '3\t消毒候船室\t\t立即',
    ])
  })

  it('takes a table of one column for paragraphs, a table in a cell for words, and keeps an empty corner', async () => {
    const inner = new TableCell({ children: [table(['甲', '乙']), new Paragraph('丙')] })
    expect(await textOf(table([{ words: ['一', '二'] }], ['三']))).toBe('一\n二\n三')
    const nested = new Table({
      rows: [new TableRow({ children: [cellOf(''), inner] }), new TableRow({ children: [cellOf('丁'), cellOf('')] })],
    })
    expect(await textOf(nested)).toBe('—\t甲 乙 丙\n丁\t')
  })

  it('is read row by row: one directive each, with the unit and the time of its row', async () => {
    const text = await textOf(
      ...LEAD,
      new Paragraph('会议要求，各乡镇要加密巡查。具体任务如下：'),
      table(
        HEAD,
        [{ words: ['一、交通'], columnSpan: 4 }],
        ['1', '排查渡口停航船只', { words: ['县交通运输局'], rowSpan: 2 }, '3月10日前'],
        ['2', '查验渡船救生设备', '3月底'],
        ['3', '为独居老人上门送药', '各乡镇（街道）', '立即'],
      ),
      table(['乡镇', '渡口', '渡船'], ['东岭镇', '3', '7'], ['西岭镇', '1', '2']),
    )
    const read = communique.readCommunique(text)
    expect(read.directives.map((one) => [one.action, one.addressee, one.deadlineDate ?? one.urgency])).toEqual([
      ['加密巡查', '各乡镇', null],
      ['排查渡口停航船只', '县交通运输局', '2020-03-10'],
      ['查验渡船救生设备', '县交通运输局', '2020-03-31'],
      ['为独居老人上门送药', '各乡镇（街道）', '立即'],
    ])
    for (const one of read.directives) expect(text.slice(one.start, one.end)).toBe(one.quote)
  })
})
