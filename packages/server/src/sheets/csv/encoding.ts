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
  if (await fits(path, 'gb18030')) return 'gb18030'
  throw new SheetRefused('sheet-encoding', { where: 'UTF-8, UTF-16, GB 18030' })
}

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
