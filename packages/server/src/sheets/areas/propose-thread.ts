import { Worker } from 'node:worker_threads'
import { type Problem, type Result, refuse, type Vintage } from '@guatu/kernel'
import type { BuiltIn, ListOptions } from './list.ts'
import type { ReformDraft } from './reform-draft.ts'

/** What is compared: our list of the day before, and a newer one by name or in a file. */
export interface Comparison {
  readonly ours: Vintage
  readonly eve: string
  readonly list:
    | { readonly builtIn: BuiltIn; readonly options: ListOptions }
    | { readonly path: string; readonly name: string; readonly options: ListOptions }
}

export interface Compared {
  readonly draft: ReformDraft
  /** Lines of the newer list that were refused. */
  readonly refusals: readonly Problem[]
}

/** Compares on a thread of its own: a national list takes seconds to read, and the server goes on answering meanwhile. */
export function proposeOnThread(comparison: Comparison): Promise<Result<Compared>> {
  const worker = new Worker(new URL('./propose-worker.ts', import.meta.url), { workerData: comparison, name: 'reform' })
  return new Promise((resolve) => {
    let answer: Result<Compared> = {
      ok: false,
      problem: refuse('reform-compare', {
        zh: '比对没有完成，请重试；如再次出现，请换用较小的名单。',
        en: 'The comparison did not finish; try again, with a smaller list if it happens twice.',
      }),
    }
    worker.once('message', (value: Result<Compared>) => {
      answer = value
    })
    worker.once('error', () => undefined)
    worker.once('exit', () => resolve(answer))
  })
}
