import { open } from 'node:fs/promises'
import { SheetRefused } from '../sheet.ts'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030'

const CHUNK = 1 << 20

/** Bytes of a file in pieces; each piece is a copy that may be kept. */
export async function* bytesOf(path: string): AsyncGenerator<Buffer, void, undefined> {
  const file = await open(path, 'r')
  try {
    for (;;) {
      const piece = Buffer.allocUnsafe(CHUNK)
      const { bytesRead } = await file.read(piece, 0, CHUNK)
      if (bytesRead === 0) return
      yield piece.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}

/** The text of a file in pieces. A byte order mark is left out. @throws TypeError for bytes that are no text in this encoding */
export async function* textOfFile(path: string, encoding: Encoding): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  for await (const piece of bytesOf(path)) yield decoder.decode(piece, { stream: true })
  const rest = decoder.decode()
  if (rest !== '') yield rest
}

/**
 * The encoding of a text file: by its mark, else UTF-8 when every byte of it fits, else UTF-16 without a mark when every other byte of
 * the beginning is zero, else GB 18030, which covers GBK and GB 2312.
 */
export async function encodingOf(path: string): Promise<Encoding> {
  const head = await beginning(path)
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const zeros = [0, 0]
  for (let i = 0; i < head.length; i++) if (head[i] === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  const half = head.length / 2
  // Commas, digits and line ends of a sheet show every second byte as zero, however much Chinese stands between.
  if (odd > half * 0.2 && even < half * 0.02) return 'utf-16le'
  if (even > half * 0.2 && odd < half * 0.02) return 'utf-16be'
  if (await fits(path, 'utf-8')) return 'utf-8'
  const mixed = await lineOfOtherEncoding(path)
  if (mixed !== undefined) throw new SheetRefused('sheet-encoding-mixed', { line: mixed })
  if (await fits(path, 'gb18030')) return 'gb18030'
  throw new SheetRefused('sheet-encoding', { where: 'UTF-8, UTF-16, GB 18030' })
}

const NEWLINE = 0x0a
/** Chinese characters on a line that is UTF-8: so many are none by chance in a line of GBK. */
const SURELY = 4

/**
 * Where a file that is not UTF-8 as a whole has lines that are: the first line written otherwise than the first that is not plain ASCII.
 * A GBK text read as UTF-8 gives no Chinese, but for a rare pair of characters.
 */
async function lineOfOtherEncoding(path: string): Promise<number | undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const isUtf8 = (bytes: Buffer): boolean | undefined => {
    if (bytes.every((byte) => byte < 0x80)) return undefined
    try {
      return (decoder.decode(bytes).match(/\p{Script=Han}/gu)?.length ?? 0) >= SURELY ? true : undefined
    } catch {
      return false
    }
  }
  let first: boolean | undefined
  let line = 0
  let rest: Buffer = Buffer.alloc(0)
  const differs = (bytes: Buffer): boolean => {
    line += 1
    const own = isUtf8(bytes)
    first ??= own
    return own !== undefined && own !== first
  }
  for await (const piece of bytesOf(path)) {
    const all = rest.length > 0 ? Buffer.concat([rest, piece]) : piece
    let start = 0
    for (let end = all.indexOf(NEWLINE); end >= 0; end = all.indexOf(NEWLINE, start)) {
      if (differs(all.subarray(start, end))) return line
      start = end + 1
    }
    rest = all.subarray(start)
    if (rest.length > LONGEST_LINE) return undefined
  }
  return rest.length > 0 && differs(rest) ? line : undefined
}

/** A line that is longer is no line of a sheet, and is refused where it is read. */
const LONGEST_LINE = 16 * CHUNK

async function beginning(path: string): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const head = Buffer.alloc(4096)
    const { bytesRead } = await file.read(head, 0, head.length, 0)
    return head.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

async function fits(path: string, encoding: Encoding): Promise<boolean> {
  try {
    for await (const _ of textOfFile(path, encoding));
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}
