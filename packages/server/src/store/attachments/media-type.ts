import { decode, isText } from './encoding.ts'

const starts = (head: Buffer, ...bytes: number[]) => bytes.every((byte, i) => head[i] === byte)

const OFFICE: readonly (readonly [string, string])[] = [
  ['word/', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['xl/', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
]

/** How names of a kind of file may end; the first where a name ends otherwise. */
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'application/pdf': ['pdf'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'text/plain': ['txt', 'csv', 'tsv', 'md', 'json', 'geojson'],
}

/**
 * A name that ends as what the file is: a text called `notice.pdf.bat` would be run by whoever opens it.
 * @param type media type, as of its bytes
 */
export function endingAs(type: string, name: string): string {
  const [usual = 'bin', ...others] = ENDINGS[type] ?? []
  const ending = /\.([^.]*)$/.exec(name.trimEnd())?.[1]?.toLowerCase()
  return ending !== undefined && [usual, ...others].includes(ending) ? name : `${name}.${usual}`
}

/** What a file is by its own bytes; undefined for what is not taken (programs, archives, macros, scripts in disguise). */
export function mediaTypeOf(head: Buffer): string | undefined {
  if (starts(head, 0xff, 0xd8, 0xff)) return 'image/jpeg'
  if (starts(head, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png'
  if (head.subarray(0, 4).toString('latin1') === 'RIFF' && head.subarray(8, 12).toString('latin1') === 'WEBP') return 'image/webp'
  if (head.subarray(0, 5).toString('latin1') === '%PDF-') return 'application/pdf'
  if (starts(head, 0x50, 0x4b, 0x03, 0x04)) {
    const text = head.toString('latin1')
    if (text.includes('vbaProject')) return undefined
    return OFFICE.find(([mark]) => text.includes(mark))?.[1] ?? (text.includes('[Content_Types].xml') ? OFFICE[0]?.[1] : undefined)
  }
  return isPlainText(head) ? 'text/plain' : undefined
}

/** Text in any encoding that offices write; a page, a drawing or a script is none, whatever its encoding. */
function isPlainText(head: Buffer): boolean {
  if (head.length === 0) return false
  const utf8 = head.toString('utf8')
  // The last character may have been cut in two.
  const text = utf8.slice(0, -1).includes('\ufffd') ? decode(head) : utf8
  return isText(text) && !/[^\P{Cc}\s]/u.test(text) && !/^\ufeff?\s*(?:<!doctype|<html|<script|<svg|<\?xml|#!)/i.test(text)
}
