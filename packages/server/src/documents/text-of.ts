import { no, ok, problem, type Result } from '@guatu/kernel'
import iconv from 'iconv-lite'
import mammoth from 'mammoth'
import { extractText, getDocumentProxy } from 'unpdf'
import { fromBuffer } from 'yauzl'

/** What a zipped document may unfold to, bytes: a bomb is refused before it is opened. */
const UNFOLDED = 80 * 1024 * 1024
const MOST_PAGES = 500
const MOST_CHARACTERS = 500_000

const refuse = (zh: string, en: string) => no({ code: 'unreadable-file', status: 422, message: { zh, en } })

/** The text of an uploaded document, by what it is and not by its name. */
export async function textOf(content: Buffer, type: string): Promise<Result<string>> {
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
      const pdf = await getDocumentProxy(new Uint8Array(content))
      if (pdf.numPages > MOST_PAGES) return no(problem('too-large', { limit: `${MOST_PAGES}页 / pages` }))
      const { text } = await extractText(pdf, { mergePages: false })
      return ok(text.map(unwrapped).join('\n'))
    }
    if (type.endsWith('wordprocessingml.document')) {
      if ((await unfoldedSize(content)) > UNFOLDED) return no(problem('too-large', { limit: '80 MB' }))
      const { value } = await mammoth.extractRawText({ buffer: content })
      return ok(value.replace(/\n{2,}/g, '\n'))
    }
    if (type === 'text/plain') return ok(decode(content))
  } catch {
    return refuse(
      '文件已损坏或加密，无法读取；请另存后重试，或直接粘贴全文。',
      'The file is damaged or encrypted; save it again, or paste the text.',
    )
  }
  return refuse('请上传.txt、.docx或带文字的.pdf文件。', 'Upload a .txt, a .docx or a .pdf with text.')
}

/** Lines of a page that were broken by the width of the page belong together; a line that ends a sentence ends a paragraph. */
const unwrapped = (page: string) => page.replace(/(?<![。！？：；\n])\n(?!\n)/g, '')

/** UTF-8, UTF-16 with a mark, else GB 18030: what Chinese offices write. */
export function decode(content: Buffer): string {
  if (content[0] === 0xff && content[1] === 0xfe) return iconv.decode(content, 'utf16le')
  if (content[0] === 0xfe && content[1] === 0xff) return iconv.decode(content, 'utf16be')
  const utf8 = content.toString('utf8')
  return utf8.includes('\ufffd') ? iconv.decode(content, 'gb18030') : utf8.replace(/^\ufeff/, '')
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
