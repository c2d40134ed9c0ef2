import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { zipOf } from './testing/zip-file.ts'
import { textOf } from './text-of.ts'

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** A .docx that is small and unfolds to `count` paragraphs. */
function paragraphs(count: number): Buffer {
  const words = '<w:p><w:r><w:t>要逐户排查。</w:t></w:r></w:p>'.repeat(count)
  const part = Buffer.from(
    `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${words}</w:body></w:document>`,
  )
  return zipOf('word/document.xml', deflateRawSync(part), part.length)
}

describe('an upload is read beside the server', () => {
  it('and refused where it unfolds to more than its thread may hold, saying what to do; the next is read', async () => {
    const bomb = paragraphs(1_000_000)
    expect(bomb.length).toBeLessThan(1024 * 1024)
    const [refused, read] = await Promise.all([textOf(bomb, DOCX), textOf(paragraphs(2), DOCX)])
    expect(refused.ok ? '' : refused.problem.code).toBe('document-too-much')
    expect(refused.ok ? '' : refused.problem.message.zh).toContain('粘贴')
    expect(read.ok && read.value).toBe('要逐户排查。\n要逐户排查。')
  })
})
