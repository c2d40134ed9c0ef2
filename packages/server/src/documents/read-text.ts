import { no, ok, problem, type Result } from '@guatu/kernel'
import { fromBuffer } from 'yauzl'
import { decode, isText } from '../store/attachments/encoding.ts'
import { docxText } from './docx-text.ts'

/** What a zipped document may unfold to, bytes: a bomb is refused before it is opened. */
const UNFOLDED = 80 * 1024 * 1024
const MOST_PAGES = 500
const MOST_CHARACTERS = 500_000

const refuse = (zh: string, en: string) => no({ code: 'unreadable-file', status: 422, message: { zh, en } })

/** The text of an uploaded document, by what it is and not by its name. What it costs to read is not bounded here: see `textOf`. */
export async function readText(content: Buffer, type: string): Promise<Result<string>> {
  const read = await readers(content, type)
  if (!read.ok) return read
  const text = read.value.replace(/\r\n?/g, '\n').trim()
  if (text.length > MOST_CHARACTERS)
    return no(problem('too-large', { limit: `${MOST_CHARACTERS / 10_000}万字 / ${MOST_CHARACTERS} characters` }))
  if (text === '')
    return refuse(
      '文件里没有文字；扫描件请先识别文字，或直接粘贴全文。',
      'The file holds no text; recognise a scan first, or paste the text.',
    )
  return ok(text)
}

async function readers(content: Buffer, type: string): Promise<Result<string>> {
  try {
    if (type === 'application/pdf') {
      const { pdfText } = await import('./pdf-text.ts')
      const text = await pdfText(new Uint8Array(content), MOST_PAGES)
      return text === undefined ? no(problem('too-large', { limit: `${MOST_PAGES}页 / pages` })) : ok(text)
    }
    if (type.endsWith('wordprocessingml.document')) {
      if ((await unfoldedSize(content)) > UNFOLDED) return no(problem('too-large', { limit: '80 MB' }))
      return ok(await docxText(content))
    }
    if (type === 'text/plain') {
      const text = decode(content)
      if (isText(text)) return ok(text)
      return refuse(
        '文件不是文本（编码无法识别）；请另存为UTF-8文本，或上传.docx、带文字的.pdf。',
        'The file is no text, or its encoding is unknown; save it as UTF-8 text, or upload a .docx or a .pdf with text.',
      )
    }
  } catch {
    return refuse(
      '文件已损坏或加密，无法读取；请另存后重试，或直接粘贴全文。',
      'The file is damaged or encrypted; save it again, or paste the text.',
    )
  }
  return refuse('请上传.txt、.docx或带文字的.pdf文件。', 'Upload a .txt, a .docx or a .pdf with text.')
}

/**
 * What the entries of a zip unfold to, bytes; more than the limit is not read on. Every entry is unfolded once and thrown away: a
 * header that states less than there is breaks off here, before anything keeps the content in memory.
 */
function unfoldedSize(content: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    fromBuffer(content, { lazyEntries: true, validateEntrySizes: true }, (error, zip) => {
      if (error || !zip) return reject(error ?? new Error('no zip'))
      let size = 0
      zip.on('entry', (entry) => {
        size += entry.uncompressedSize
        if (size > UNFOLDED) return resolve(size)
        zip.openReadStream(entry, (failed, stream) => {
          if (failed || !stream) return reject(failed ?? new Error('no entry'))
          stream.on('error', reject)
          stream.on('end', () => zip.readEntry())
          stream.resume()
        })
      })
      zip.on('end', () => resolve(size))
      zip.on('error', reject)
      zip.readEntry()
    })
  })
}
