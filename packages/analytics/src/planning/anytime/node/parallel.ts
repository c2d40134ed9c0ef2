/**
 * Searches on several threads of Node. A planner's worker file calls `serveSearch`; the caller `runOnThreads` or `openThread`.
 */
import { availableParallelism } from 'node:os'
import { parentPort, Worker } from 'node:worker_threads'
import { InputError, type Refusal } from '../../../outcome.ts'

/** What a worker's search may do besides computing. */
export interface SearchContext<Message> {
  /** Sends an intermediate finding to the caller. */
  report(message: Message): void
  /** True once the caller asked to stop. Cheap: one atomic load. */
  stopped(): boolean
}

interface Start<Task> {
  readonly task: Task
  readonly flag: SharedArrayBuffer
}
type Reply<Message, Result> =
  | { readonly message: Message }
  | { readonly result: Result }
  | { readonly refused: Refusal }
  | { readonly failure: string }

/**
 * Makes the calling worker thread answer tasks, one after another, until it is terminated.
 *
 * @throws Error when called on the main thread
 */
export function serveSearch<Task, Message, Result>(
  search: (task: Task, context: SearchContext<Message>) => Result | Promise<Result>,
): void {
  const port = parentPort
  if (port === null) throw new Error('serveSearch runs in a worker thread only')
  port.on('message', async ({ task, flag }: Start<Task>) => {
    const view = new Int32Array(flag)
    const send = (reply: Reply<Message, Result>) => port.postMessage(reply)
    try {
      send({ result: await search(task, { report: (message) => send({ message }), stopped: () => Atomics.load(view, 0) !== 0 }) })
    } catch (error) {
      // An error keeps its class only on its own thread.
      if (error instanceof InputError) send({ refused: { code: error.code, zh: error.zh, en: error.en } })
      else send({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
  })
}

/** One thread that can be given tasks, stopped within a task, and closed. */
export interface SearchThread<Task, Message, Result> {
  /** Runs one task; tasks of one thread must not overlap. */
  run(task: Task, onMessage?: (message: Message) => void): Promise<Result>
  /** Asks the running task to end with its best plan. */
  stop(): void
  close(): Promise<void>
}

/** Threads that were closed in good order, by worker file: the next search finds their code loaded and compiled. */
const idle = new Map<string, Worker[]>()

/**
 * A thread on a worker file that calls `serveSearch`: one that rests from an earlier search, or a new one. Give it
 * `new URL('./x.worker.ts', import.meta.url)`. Resting threads do not keep the process alive.
 */
export function openThread<Task, Message, Result>(file: URL): SearchThread<Task, Message, Result> {
  const worker = idle.get(file.href)?.pop() ?? new Worker(file)
  worker.ref()
  const flag = new SharedArrayBuffer(4)
  const view = new Int32Array(flag)
  let working = false
  let broken = false
  return {
    run(task, onMessage) {
      Atomics.store(view, 0, 0)
      working = true
      return new Promise<Result>((resolve, reject) => {
        const settle = (finish: () => void) => {
          worker.off('message', onReply)
          worker.off('error', onError)
          working = false
          finish()
        }
        const onError = (error: unknown) => {
          broken = true
          settle(() => reject(error))
        }
        const onReply = (reply: Reply<Message, Result>) => {
          if ('message' in reply) onMessage?.(reply.message)
          else if ('result' in reply) settle(() => resolve(reply.result))
          else if ('refused' in reply) settle(() => reject(new InputError(reply.refused)))
          else settle(() => reject(new Error(reply.failure)))
        }
        worker.on('message', onReply)
        worker.on('error', onError)
        worker.postMessage({ task, flag } satisfies Start<Task>)
      })
    },
    stop: () => void Atomics.store(view, 0, 1),
    close: async () => {
      const resting = idle.get(file.href) ?? []
      if (working || broken || resting.length >= availableParallelism()) await worker.terminate()
      else {
        worker.unref()
        idle.set(file.href, [...resting, worker])
      }
    },
  }
}

/** Runs one task on each of as many threads, and closes them. Results come in the order of the tasks. */
export async function runOnThreads<Task, Message, Result>(
  file: URL,
  tasks: readonly Task[],
  onMessage?: (message: Message, thread: number) => void,
): Promise<Result[]> {
  const threads = tasks.map(() => openThread<Task, Message, Result>(file))
  try {
    return await Promise.all(threads.map((thread, k) => thread.run(tasks[k] as Task, (message) => onMessage?.(message, k))))
  } finally {
    await Promise.all(threads.map((thread) => thread.close()))
  }
}
