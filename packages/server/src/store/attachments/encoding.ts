import iconv from 'iconv-lite'

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
export function isText(text: string): boolean {
  const seen = text.slice(0, 20_000)
  let strange = 0
  for (let k = 0; k < seen.length; k += 1) {
    const code = seen.charCodeAt(k)
    if (code === 0xfffd || code < 9 || (code > 13 && code < 32)) strange += 1
  }
  return strange * 200 <= seen.length
}
