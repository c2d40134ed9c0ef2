import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished, vi } from 'vitest'
import { run } from '../run.ts'

/** Runs a command in this process and keeps what it wrote. */
export async function guatu(...words: string[]) {
  const out: string[] = []
  const error: string[] = []
  const keep = (into: string[]) => (text: unknown) => {
    into.push(String(text))
    return true
  }
  const toOut = vi.spyOn(process.stdout, 'write').mockImplementation(keep(out))
  const toError = vi.spyOn(process.stderr, 'write').mockImplementation(keep(error))
  try {
    return { code: await run(words), out: () => out.join(''), error: () => error.join('') }
  } finally {
    toOut.mockRestore()
    toError.mockRestore()
  }
}

/** A folder that is there for one test. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'guatu-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
