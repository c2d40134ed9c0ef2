import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { constants, crc32, deflateRawSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openSheet } from './open.ts'
import { SheetRefused } from './sheet.ts'

const MILLIONS = 10_000_000
/** Memory that reading may take on top of what was taken before, bytes: the same for a thousand rows and for ten million. */
const MEMORY = 400_000_000

/** A file that is written piece by piece and is never in memory. */
function written(write: (put: (piece: Buffer) => void) => void): string {
  const folder = mkdtempSync(join(tmpdir(), 'guatu-huge-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'file')
  const file = openSync(path, 'w')
  write((piece) => void writeSync(file, piece))
  closeSync(file)
  return path
}

/** One part of a workbook: text before, a block that is repeated, text after; `says` is what the directory claims of its size. */
interface Part {
  readonly name: string
  readonly before: string
  readonly block?: string
  readonly times?: number
  readonly after?: string
  readonly says?: number
}

/** A workbook whose parts are folded once for each block and repeated as they are: a flushed piece of a stream stands for itself. */
const workbook = (parts: readonly Part[]) =>
  written((put) => {
    let offset = 0
    const out = (piece: Buffer) => {
      offset += piece.length
      put(piece)
    }
    const directory: Buffer[] = []
    for (const { name, before, block = '', times = 0, after = '', says } of parts) {
      const [head, body, tail] = [before, block, after].map((text) => Buffer.from(text))
      if (!head || !body || !tail) continue
      const flush = (text: Buffer) => deflateRawSync(text, { level: 1, finishFlush: constants.Z_FULL_FLUSH })
      const folded = flush(body)
      const pieces = [flush(head), ...Array.from({ length: times }, () => folded), deflateRawSync(tail)]
      let sum = crc32(head)
      for (let i = 0; i < times; i += 1) sum = crc32(body, sum)
      const size = pieces.reduce((bytes, piece) => bytes + piece.length, 0)
      const whole = head.length + body.length * times + tail.length
      const header = Buffer.alloc(30)
      const entry = Buffer.alloc(46)
      header.writeUInt32LE(0x04034b50, 0)
      entry.writeUInt32LE(0x02014b50, 0)
      entry.writeUInt32LE(offset, 42)
      for (const [one, at] of [
        [header, 4],
        [entry, 6],
      ] as const) {
        one.writeUInt16LE(20, at)
        one.writeUInt16LE(8, at + 4)
        one.writeUInt32LE(crc32(tail, sum), at + 10)
        one.writeUInt32LE(size, at + 14)
        one.writeUInt32LE(says ?? whole, at + 18)
        one.writeUInt16LE(name.length, at + 22)
      }
      directory.push(entry, Buffer.from(name))
      out(header)
      out(Buffer.from(name))
      for (const piece of pieces) out(piece)
    }
    const end = Buffer.alloc(22)
    end.writeUInt32LE(0x06054b50, 0)
    end.writeUInt16LE(parts.length, 8)
    end.writeUInt16LE(parts.length, 10)
    end.writeUInt32LE(Buffer.concat(directory).length, 12)
    end.writeUInt32LE(offset, 16)
    for (const piece of [...directory, end]) out(piece)
  })

const BOOK = {
  name: 'xl/workbook.xml',
  before: '<workbook xmlns:r="x"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
}
const RELATIONS = {
  name: 'xl/_rels/workbook.xml.rels',
  before: '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
}
const SHEET = 'xl/worksheets/sheet1.xml'
/** Numbers that do not fold to nothing. */
const number = (i: number) => ((i * 7_919 + 13) * 104_729) % 1_000_003
const ROWS = 10_000
const rows = Array.from({ length: ROWS }, (_, i) => `<row><c><v>${number(i)}</v></c></row>`).join('')
const sheet = (more: Partial<Part> = {}): Part => ({
  name: SHEET,
  before: '<worksheet><dimension ref="A1:B2"/><sheetData>',
  block: rows,
  times: MILLIONS / ROWS,
  after: '</sheetData></worksheet>',
  ...more,
})

/** What opening a file answers, and how much memory it took at most. */
async function answerTo(path: string): Promise<{ readonly code: string; readonly memory: number }> {
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  let most = before
  const watching = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss)
  }, 20)
  try {
    const code = await openSheet(path).then(
      ({ rows: n }) => String(n),
      (error: unknown) => (error instanceof SheetRefused ? error.problem.code : String(error)),
    )
    return { code, memory: most - before }
  } finally {
    clearInterval(watching)
  }
}

describe('sheets of ten million rows', { timeout: 120_000 }, () => {
  it.each([
    [
      'CSV',
      'sheet-rows',
      () =>
        written((put) => {
          const block = Buffer.from(Array.from({ length: ROWS }, (_, i) => `${number(i)},示例村\n`).join(''))
          for (let i = 0; i < MILLIONS / ROWS; i += 1) put(block)
        }),
    ],
    ['a workbook', 'sheet-rows', () => workbook([BOOK, RELATIONS, sheet()])],
    ['a workbook whose directory says that they are few', 'sheet-damaged', () => workbook([BOOK, RELATIONS, sheet({ says: 4_000 })])],
    [
      'texts that cells share, a gigabyte of them',
      'sheet-bomb',
      () => {
        const block = Array.from({ length: 200 }, (_, i) => `<si><t>${String(number(i)).repeat(200)}${i}</t></si>`).join('')
        const strings = { name: 'xl/sharedStrings.xml', before: '<sst>', block, times: Math.ceil(1e9 / block.length), after: '</sst>' }
        return workbook([BOOK, RELATIONS, sheet({ times: 1 }), strings])
      },
    ],
    [
      'one cell that never ends',
      'sheet-bomb',
      () => {
        const block = Array.from({ length: 20_000 }, (_, i) => String(number(i))).join(' ')
        const before = '<worksheet><sheetData><row><c t="inlineStr"><is><t>'
        return workbook([
          BOOK,
          RELATIONS,
          sheet({ before, block, times: Math.ceil(6e8 / block.length), after: '</t></is></c></row></sheetData></worksheet>' }),
        ])
      },
    ],
  ] as const)('%s: are refused as %s, in little memory', async (_what, code, make) => {
    const answer = await answerTo(make())
    expect(answer.code).toBe(code)
    expect(answer.memory).toBeLessThan(MEMORY)
  })

  it('a false word about the size of a sheet changes nothing', async () => {
    const forged = sheet({ before: '<worksheet><dimension ref="A1:XFD1048576"/><sheetData>', times: 1 })
    expect((await answerTo(workbook([BOOK, RELATIONS, forged]))).code).toBe(String(ROWS))
  })
})
