import { constants, deflateRawSync } from 'node:zlib'
import { Document, Packer, Paragraph } from 'docx'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { mediaTypeOf } from '../store/attachments/media-type.ts'
import { readText } from './read-text.ts'
import { pdfFile } from './testing/pdf-file.ts'
import { zipOf } from './testing/zip-file.ts'

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const MB = 1024 * 1024
const SENTENCE = '要逐户排查，不漏一人。'
const code = (done: Awaited<ReturnType<typeof readText>>) => (done.ok ? done.value : done.problem.code)

/** A PDF of one page, its cross-reference table counted out; `trailer` goes into the trailer dictionary. */
function pdfOf(text: string, trailer = ''): Buffer {
  const stream = `BT /F1 12 Tf 72 700 Td (${text}) Tj ET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  return pdfFile(objects, trailer)
}

describe('the text of an upload', () => {
  it('is read in every encoding that offices write', async () => {
    const encodings = [
      Buffer.from(SENTENCE),
      Buffer.from(`\ufeff${SENTENCE}`),
      iconv.encode(SENTENCE, 'gbk'),
      iconv.encode(SENTENCE, 'gb18030'),
      iconv.encode(SENTENCE, 'utf16le', { addBOM: true }),
      iconv.encode(SENTENCE, 'utf16be', { addBOM: true }),
    ]
    for (const content of encodings) {
      expect(mediaTypeOf(content)).toBe('text/plain')
      expect(code(await readText(content, 'text/plain'))).toBe(SENTENCE)
    }
    expect(code(await readText(Buffer.from('第一行\r\n第二行\r第三行'), 'text/plain'))).toBe('第一行\n第二行\n第三行')
  })
  it('is read without a mark of its encoding, and refused where it is no text', async () => {
    const plain = SENTENCE.repeat(4)
    for (const encoding of ['utf16le', 'utf16be', 'gb18030']) {
      const content = iconv.encode(plain, encoding, { addBOM: false })
      expect(mediaTypeOf(content)).toBe('text/plain')
      expect(code(await readText(content, 'text/plain'))).toBe(plain)
      // Where the look at the head of a long file ends within a character.
      expect(mediaTypeOf(iconv.encode(`x${plain.repeat(100)}`, encoding, { addBOM: false }).subarray(0, 4_100))).toBe('text/plain')
      for (const script of ['<script>alert("看")</script>', '  <svg onload="看"/>', '#!/bin/sh 看'])
        expect(mediaTypeOf(iconv.encode(script + plain, encoding, { addBOM: true }))).toBeUndefined()
    }
    const traditional = '會議要求，各鄉鎮要加強卡口值守，嚴防疫情輸入。'
    expect(code(await readText(iconv.encode(traditional, 'big5'), 'text/plain'))).toBe(traditional)
    const noise = Buffer.from(Array.from({ length: 4_000 }, (_, k) => (k * 7919 + (k >> 3)) % 251))
    expect(code(await readText(noise, 'text/plain'))).toBe('unreadable-file')
    expect(mediaTypeOf(noise)).toBeUndefined()
    for (const head of [
      [0xd0, 0xcf, 0x11, 0xe0],
      [0x4d, 0x5a, 0x90, 0x00],
      [0x1f, 0x8b, 0x08],
    ])
      expect(mediaTypeOf(Buffer.concat([Buffer.from(head), Buffer.alloc(512), noise]))).toBeUndefined()
  })

  it('is read from .docx and .pdf', async () => {
    const docx = await Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph(SENTENCE), new Paragraph('二')] }] }))
    expect(code(await readText(docx, DOCX))).toBe(`${SENTENCE}\n二`)
    expect(code(await readText(pdfOf('All gates are manned.'), 'application/pdf'))).toBe('All gates are manned.')
  })

  it('is refused for a zip bomb before anything is unpacked', async () => {
    const packed = deflateRawSync(Buffer.alloc(MB))
    expect(code(await readText(zipOf('word/document.xml', packed, 900 * 1024 * 1024), DOCX))).toBe('too-large')
  })

  it('is refused for what is encrypted, damaged, empty, too long or of another type, saying what to do', async () => {
    const key = `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${'11'.repeat(32)}> /U <${'22'.repeat(32)}> >> /ID [<00> <00>]`
    expect(code(await readText(pdfOf('secret', key), 'application/pdf'))).toBe('unreadable-file')
    expect(code(await readText(Buffer.from('%PDF-1.4 broken'), 'application/pdf'))).toBe('unreadable-file')
    expect(code(await readText(Buffer.from('PK no zip at all'), DOCX))).toBe('unreadable-file')
    expect(code(await readText(Buffer.from('  \n '), 'text/plain'))).toBe('unreadable-file')
    expect(code(await readText(Buffer.from('x'), 'image/png'))).toBe('unreadable-file')
    expect(code(await readText(Buffer.from('字'.repeat(500_001)), 'text/plain'))).toBe('too-large')
    const refused = await readText(Buffer.from('x'), 'image/png')
    expect(refused.ok ? '' : refused.problem.message.zh).toContain('请')
  })

  it('stops unpacking a zip where it lies about its size', async () => {
    // 1.6 GB of spaces that state 10 bytes: 100 flushed pieces of a deflate stream and its end.
    const piece = deflateRawSync(Buffer.alloc(16 * MB, ' '), { finishFlush: constants.Z_FULL_FLUSH })
    const packed = Buffer.concat([...Array.from({ length: 100 }, () => piece), deflateRawSync(Buffer.alloc(0))])
    const before = process.resourceUsage().maxRSS
    expect(code(await readText(zipOf('word/document.xml', packed, 10), DOCX))).toBe('unreadable-file')
    expect((process.resourceUsage().maxRSS - before) * 1024).toBeLessThan(400 * MB)
  })
})
