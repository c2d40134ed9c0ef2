import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import type { Problem } from '@guatu/kernel'
import { csvLine } from './csv/write.ts'

export interface RowAnswer {
  /** Line of the sheet. */
  readonly line: number
  readonly result: 'accepted' | 'repeated' | 'refused'
  readonly problem?: Problem
}

const WORDS = {
  accepted: '已导入 accepted',
  repeated: '此前已导入 repeated',
  refused: '未导入 refused',
} as const

/** Answers per row as a file that a spreadsheet opens: line, result, and what is wrong in both languages. */
export function openReport(path: string) {
  const file = createWriteStream(path, { mode: 0o600 })
  const failed = new Promise<never>((_, reject) => file.once('error', reject))
  failed.catch(() => undefined)
  file.write(`\ufeff${csvLine(['行 row', '结果 result', '代码 code', '问题（中文）', 'Problem (English)'])}`)
  return {
    /** Waits until the file is there: work whose answers cannot be kept is not begun. */
    opened: async (): Promise<void> => {
      if (file.pending) await Promise.race([once(file, 'open'), failed])
    },
    add: async (answers: readonly RowAnswer[]): Promise<void> => {
      let text = ''
      for (const { line, result, problem } of answers) {
        if (!problem) text += `${line},${WORDS[result]},,,\r\n`
        else text += csvLine([line, WORDS[result], problem.code, said(problem, 'zh'), said(problem, 'en')])
      }
      if (!file.write(text)) await Promise.race([once(file, 'drain'), failed])
    },
    close: async (): Promise<void> => {
      if (!file.closed) file.end()
      await Promise.race([file.closed ? Promise.resolve() : once(file, 'close'), failed])
    },
  }
}

/** All that is wrong with a row, not only the first thing. */
const said = (problem: Problem, lang: 'zh' | 'en'): string =>
  problem.problems ? problem.problems.map((one) => one.message[lang]).join(' ') : problem.message[lang]
