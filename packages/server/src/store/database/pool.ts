import { AsyncLocalStorage } from 'node:async_hooks'
import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import pg from 'pg'
import { asStoreProblem, StoreProblem } from './problem.ts'
import { toParameters } from './values.ts'

/** Marks the code that runs inside a transaction, to catch a second connection taken from within it. */
const inside = new AsyncLocalStorage<{ open: boolean }>()

/** Runs `work` as the body of a transaction; taking another connection inside it is refused, because the embedded database has only one and would wait for ever. */
export async function asTransactionBody<T>(work: () => Promise<T>): Promise<T> {
  const mark = { open: true }
  try {
    return await inside.run(mark, work)
  } finally {
    mark.open = false
  }
}

function refuseNestedUse(): void {
  if (inside.getStore()?.open !== true) return
  throw new StoreProblem('nested-use', {
    zh: '程序错误：事务内部请使用事务自身的连接，不要再用数据库对象。请报告此问题。',
    en: 'Programming error: inside a transaction use the session of the transaction, not the database itself. Please report this.',
  })
}

/** One connection, taken for a statement, a transaction or a stream. */
export interface Connection {
  /** Runs one statement, or several without parameters, and gives the result of the last. A statement with a `name` is planned once per connection. */
  run(text: string, parameters?: readonly unknown[], name?: string): Promise<pg.QueryResult>
  release(discard?: boolean): void
}

/** Takes back what a connection began and did not end; false where it is broken. */
export const rolledBack = (connection: Connection): Promise<boolean> =>
  connection.run('rollback').then(
    () => true,
    () => false,
  )

/** A pool whose broken connections are simply replaced by the next statement; as the driver has it, one would end the process. */
export function forgivingPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config)
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** Each of them keeps a plan in the memory of every connection. */
const MOST_PREPARED = 96

/** Connections with our parameters, our errors and our refusals; both engines look alike from here on. */
export class Connections {
  readonly #pool: pg.Pool
  readonly #beforeStatement: (text: string) => void
  readonly #prepared = new Map<string, string>()

  /** `beforeStatement` may throw to refuse a statement. */
  constructor(pool: pg.Pool, beforeStatement: (text: string) => void) {
    this.#pool = pool
    this.#beforeStatement = beforeStatement
  }

  async take(): Promise<Connection> {
    refuseNestedUse()
    return this.#take()
  }

  /** A connection that nobody has to be waited for, also inside a transaction; undefined where there is none. */
  async takeSpare(): Promise<Connection | undefined> {
    const { idleCount, totalCount, waitingCount, options } = this.#pool
    const spare = waitingCount === 0 && (idleCount > 0 || totalCount < options.max)
    return spare ? this.#take().catch(() => undefined) : undefined
  }

  async #take(): Promise<Connection> {
    const client = await this.#pool.connect().catch((error: unknown) => {
      throw asStoreProblem(error)
    })
    return {
      run: async (text, parameters = [], name = undefined) => {
        this.#beforeStatement(text)
        try {
          const values = toParameters(parameters)
          const result: pg.QueryResult | pg.QueryResult[] = await (name === undefined
            ? client.query(text, values)
            : client.query({ name, text, values }))
          return lastOf(result)
        } catch (error) {
          throw asStoreProblem(error)
        }
      },
      release: (discard = false) => client.release(discard),
    }
  }

  /** Runs one statement on a connection of its own. */
  async run(text: string, parameters: readonly unknown[] = [], name?: string): Promise<pg.QueryResult> {
    const connection = await this.take()
    try {
      return await connection.run(text, parameters, name)
    } finally {
      connection.release()
    }
  }

  /** The same for a statement that comes again and again: each connection plans it once. Meant for few texts; further ones are planned each time. */
  runPrepared(text: string, parameters: readonly unknown[]): Promise<pg.QueryResult> {
    const name = this.#prepared.get(text) ?? (this.#prepared.size < MOST_PREPARED ? `prepared_${this.#prepared.size}` : undefined)
    if (name !== undefined) this.#prepared.set(text, name)
    return this.run(text, parameters, name)
  }

  /** The same connections as Kysely's PostgreSQL dialect takes them. */
  forKysely(): PostgresPool {
    return {
      options: this.#pool.options,
      connect: async () => kyselyClient(await this.take()),
      end: () => this.#pool.end(),
    }
  }

  end(): Promise<void> {
    return this.#pool.end()
  }
}

// The driver gives an array for several statements, which its types do not say.
function lastOf(result: pg.QueryResult | pg.QueryResult[]): pg.QueryResult {
  if (!Array.isArray(result)) return result
  const last = result.at(-1)
  if (last === undefined) throw new Error('a statement without a result')
  return last
}

function kyselyClient(connection: Connection): PostgresPoolClient {
  const query = async (text: unknown, parameters: readonly unknown[]): Promise<PostgresQueryResult<unknown>> => {
    if (typeof text !== 'string') throw new TypeError('use Database.stream in place of a driver cursor')
    const { command, rowCount, rows } = await connection.run(text, parameters)
    return { command: command as PostgresQueryResult<unknown>['command'], rowCount: rowCount ?? 0, rows }
  }
  // Kysely types `query` by two overloads, one for cursors; cursors are refused above.
  return { query: query as PostgresPoolClient['query'], release: (discard) => connection.release(discard) }
}
