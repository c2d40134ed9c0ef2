import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, it, onTestFinished } from 'vitest'
import { openAttachments } from './attachments.ts'

it('says of a file whether it is empty, of a kind that is not taken, or too large, and keeps the others by what they are', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'guatu-files-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  const files = openAttachments({ dir, largest: 1_000 })
  const keep = async (name: string, content: Buffer) => {
    const kept = await files.keep(name, Readable.from(content.length === 0 ? [] : [content]))
    return kept.ok ? kept.value.type : `${kept.problem.status} ${kept.problem.code}`
  }
  expect(await keep('空.docx', Buffer.alloc(0))).toBe('422 file-empty')
  expect(await keep('程序.png', Buffer.from('4d5a900003', 'hex'))).toBe('415 file-type')
  expect(await keep('大.txt', Buffer.alloc(1_001, 'a'))).toBe('413 too-large')
  expect(await keep('记录.png', Buffer.from('一行字'))).toBe('text/plain')
})

it('hands a file out under a name that ends as what it is, whatever somebody called it', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'guatu-files-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  const files = openAttachments({ dir })
  const keep = async (name: string, content: string) => {
    const kept = await files.keep(name, Readable.from([Buffer.from(content)]))
    return kept.ok ? kept.value : { name: kept.problem.code, hash: '' }
  }
  const script = await keep('通知.pdf.bat', '@echo off\r\n')
  expect(script.name).toBe('通知.pdf.bat.txt')
  expect((await keep('通知.PDF', '%PDF-1.4\n')).name).toBe('通知.PDF')
  expect((await keep('表.csv', '甲,乙\n')).name).toBe('表.csv')
  expect((await keep('无后缀', '%PDF-1.4\n丙')).name).toBe('无后缀.pdf')
  // The name in a link is whatever its maker wrote.
  expect(await files.nameOf(script.hash, '../通知.exe')).toBe('通知.exe.txt')
})
