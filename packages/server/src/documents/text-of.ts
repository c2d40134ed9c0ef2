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

/** Lines of a page that were broken by the width of the page belong together; a line that ends a sentence ends a paragraph. */
const unwrapped = (page: string) => page.replace(/(?<![。！？：；\n])\n(?!\n)/g, '')

/** UTF-8, UTF-16 with a mark or without, else GB 18030 or Big5: what Chinese offices write. */
export function decode(content: Buffer): string {
  if (content[0] === 0xff && content[1] === 0xfe) return iconv.decode(content, 'utf16le')
  if (content[0] === 0xfe && content[1] === 0xff) return iconv.decode(content, 'utf16be')
  const utf8 = content.toString('utf8')
  if (!utf8.includes('\ufffd')) return utf8.replace(/^\ufeff/, '')
  if (hanBytes(content, 0) > 0.5) return iconv.decode(content, 'utf16be')
  if (hanBytes(content, 1) > 0.5) return iconv.decode(content, 'utf16le')
  const [mainland, taiwan] = [iconv.decode(content, 'gb18030'), iconv.decode(content, 'big5')]
  return commonMarks(taiwan) > commonMarks(mainland) ? taiwan : mainland
}

/** The commonest characters and marks: the wrong decoding of Chinese text hardly has any. */
const commonMarks = (text: string): number => text.slice(0, 4_000).match(/[，。、：；的一不是在有人要和工作]/g)?.length ?? 0

/** Share of the pairs of bytes whose byte `at` is the high one of a Han character in UTF-16 (0x4e–0x9f); GB 18030 leads with 0xb0 and above. */
function hanBytes(content: Buffer, at: 0 | 1): number {
  const end = Math.min(content.length - 1, 8_000)
  let han = 0
  for (let k = 0; k < end; k += 2) {
    const high = content[k + at] ?? 0
    if (high >= 0x4e && high <= 0x9f) han += 1
  }
  return end < 2 ? 0 : (2 * han) / end
}

/** Control and replacement characters beyond a few say that no text was read, whatever the encoding. */
function isText(text: string): boolean {
  const seen = text.slice(0, 20_000)
  let strange = 0
  for (let k = 0; k < seen.length; k += 1) {
    const code = seen.charCodeAt(k)
    if (code === 0xfffd || code < 9 || (code > 13 && code < 32)) strange += 1
  }
  return strange * 200 <= seen.length
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
