import { InputError } from '../../src/outcome.ts'

/** Where a file is wrong; a column may have a name in each language. */
export interface Place {
  readonly row?: number
  readonly column?: string
  readonly columnEn?: string
}

/** What is wrong with a file or with the question, in both languages, with the place where it is wrong. */
export class FileProblem extends Error {
  override readonly name = 'FileProblem'
  readonly code: string
  readonly zh: string
  readonly en: string
  readonly row: number | null
  readonly column: string | null

  constructor(code: string, zh: string, en: string, place: Place = {}) {
    const row = place.row ?? null
    const column = place.column ?? null
    const where = {
      zh: [row === null ? '' : `第 ${row} 行`, column === null ? '' : `“${column}”列`].join(''),
      en: [row === null ? '' : `row ${row}`, column === null ? '' : `column "${place.columnEn ?? column}"`].filter(Boolean).join(', '),
    }
    const full = { zh: where.zh === '' ? zh : `${where.zh}：${zh}`, en: where.en === '' ? en : `${where.en}: ${en}` }
    super(`${full.zh}\n${full.en}`)
    this.code = code
    this.zh = full.zh
    this.en = full.en
    this.row = row
    this.column = column
  }

  /** The same problem with the name of its file before it. */
  of(file: string): FileProblem {
    return new FileProblem(this.code, `${file} ${this.zh}`, `${file}, ${this.en}`)
  }
}

/** Runs what may find an entry of its input at fault, and says then where that entry stands in the file. */
export function placed<Result>(place: (index: number) => Place, compute: () => Result): Result {
  try {
    return compute()
  } catch (problem) {
    if (problem instanceof InputError && problem.index !== null)
      throw new FileProblem(problem.code, problem.zh, problem.en, place(problem.index))
    throw problem
  }
}

/** Runs what reads a second file, and says then which file is at fault. */
export async function inFile<Result>(file: string, read: () => Promise<Result>): Promise<Result> {
  try {
    return await read()
  } catch (problem) {
    if (problem instanceof FileProblem && problem.row !== null) throw problem.of(file)
    throw problem
  }
}
