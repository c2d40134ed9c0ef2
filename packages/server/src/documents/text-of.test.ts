import { Worker } from 'node:worker_threads'
import { deflateRawSync, deflateSync } from 'node:zlib'
import { describe, expect, it, vi } from 'vitest'
import { pdfFile } from './testing/pdf-file.ts'
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

/** A .pdf of one page that is small and unfolds to so many MB of blanks: 2 bytes of run lengths are 128 blanks. */
function blanks(megabytes: number): Buffer {
  const content = deflateSync(Buffer.alloc(megabytes * 2 ** 14, Buffer.from([129, 0x20])))
  return pdfFile([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>',
    `<< /Length ${content.length} /Filter [/FlateDecode /RunLengthDecode] >>\nstream\n${content.toString('latin1')}\nendstream`,
  ])
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

  it('and refused where its streams unfold to more than that, while plain texts do not wait for it', async () => {
    const bomb = blanks(1_500)
    expect(bomb.length).toBeLessThan(100_000)
    let refused: Awaited<ReturnType<typeof textOf>> | undefined
    let most = 0
    const before = process.memoryUsage().rss
    const looking = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss - before)
    }, 50)
    const reading = textOf(bomb, 'application/pdf').then((answer) => {
      refused = answer
    })
    expect(await textOf(Buffer.from('要逐户排查。'), 'text/plain')).toEqual({ ok: true, value: '要逐户排查。' })
    expect(refused).toBeUndefined()
    await reading
    clearInterval(looking)
    expect(refused).toMatchObject({ ok: false, problem: { code: 'document-too-much' } })
    expect(most).toBeLessThan(1_200 * 2 ** 20)
  })

  it('and where a thread could not be made, the next is read', async () => {
    const made = vi.spyOn(Worker.prototype, 'on')
    made.mockImplementationOnce(() => {
      throw new Error('no thread')
    })
    await expect(textOf(paragraphs(2), DOCX)).rejects.toThrow('no thread')
    made.mockRestore()
    expect((await textOf(paragraphs(2), DOCX)).ok).toBe(true)
  })
})
