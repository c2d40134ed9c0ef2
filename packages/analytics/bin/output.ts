/** What the programs on files share: reading their words, writing where they were told to. */
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { FileProblem } from './input/file-problem.ts'

/** Where a run writes. */
export interface Streams {
  out(text: string): void
  error(text: string): void
}

/** @throws FileProblem for an unknown option */
export function parseWords(args: readonly string[], options: Record<string, { type: 'string' | 'boolean' }>) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (problem) {
    const reason = problem instanceof Error ? problem.message : String(problem)
    throw new FileProblem('option-unknown', `参数有误：${reason}`, `Wrong option: ${reason}`)
  }
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** @throws FileProblem where the file cannot be written */
export async function writeTarget(target: string, content: string | Uint8Array): Promise<void> {
  await writeFile(target, content).catch((problem: NodeJS.ErrnoException) => {
    throw new FileProblem(
      'file-unwritable',
      `无法写入 ${target}（${problem.code}），请检查目录是否存在、是否有权限`,
      `${target} cannot be written (${problem.code}): check that the folder exists and may be written`,
    )
  })
}

/** Typed arrays as lists; what is not finite as text, so that nothing turns into null in silence. */
export function plainJson(value: object): string {
  const plain = (_: string, cell: unknown): unknown => {
    if (cell instanceof Float64Array || cell instanceof Int32Array || cell instanceof Uint32Array) return Array.from(cell)
    return typeof cell === 'number' && !Number.isFinite(cell) ? String(cell) : cell
  }
  return `${JSON.stringify(value, plain, 2)}\n`
}
