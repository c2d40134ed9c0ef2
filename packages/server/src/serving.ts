import { resolve } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Accounts } from './accounts/accounts.ts'
import { migrateAuth } from './accounts/auth.ts'
import { type AccountsOptions, accountsOf } from './accounts/open.ts'
import { relieveTheIdle } from './accounts/relieving.ts'
import { type DataFolderOptions, toStdout } from './data-folder.ts'
import { dailyFreezer } from './documents/daily/freeze.ts'
import { boxEnder } from './field/box-ending.ts'
import { driversKnownLate } from './gates/known-late.ts'
import { papersOfBefore } from './gates/papers.ts'
import { createHttp } from './http/server.ts'
import { watchClock } from './jobs/clock-watch.ts'
import { fileEnder } from './jobs/file-ender.ts'
import { clearLeftovers } from './store/attachments/leftovers.ts'
import type { Store } from './store/store.ts'

export interface ServerOptions extends DataFolderOptions, AccountsOptions {
  readonly host: string
  /** Folder of the built web application. */
  readonly web?: string
  /** Folder of the built field app. */
  readonly field?: string
}

export interface Server {
  readonly store: Store
  readonly accounts: Accounts
  readonly app: FastifyInstance
  readonly url: string
  close(): Promise<void>
}

/** What is done with an open store before anybody is served. */
export type Prepare = (store: Store, accounts: Accounts) => Promise<void>

/** Serves an open store, with all that goes by the clock. */
export async function serveStore(store: Store, options: ServerOptions, prepare: Prepare | undefined): Promise<Server> {
  const log = options.log ?? toStdout
  const data = resolve(options.data)
  await clearLeftovers(data, options.database === undefined)
  const accounts = accountsOf(store, options)
  // The addresses are laid out while the database looks through its tables.
  const [app] = await Promise.all([
    createHttp({
      store,
      accounts,
      log,
      data,
      ...(options.web === undefined ? {} : { web: options.web }),
      ...(options.field === undefined ? {} : { field: options.field }),
    }),
    migrateAuth(accounts.auth),
  ])
  await prepare?.(store, accounts)
  await app.listen({ port: options.port, host: options.host })
  const watch = watchClock(store, log, undefined, [
    { name: 'accounts without work', run: relieveTheIdle(store) },
    { name: 'drivers known late', run: driversKnownLate(store) },
    { name: 'papers of before', run: papersOfBefore(store) },
    { name: 'daily report', run: dailyFreezer(store) },
    { name: 'hand-over box', run: boxEnder(store, (await accounts.auth.$context).secret) },
    ...(store.attachments ? [{ name: 'files of the erased', run: fileEnder(store, store.attachments) }] : []),
  ])
  // Missed days are caught up while the first people sign in; what changes reaches them live.
  void watch.look()
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : options.port
  return {
    store,
    accounts,
    app,
    url: options.baseUrl ?? `http://localhost:${port}`,
    close: async () => {
      await watch.stop()
      await app.close()
      await store.close()
    },
  }
}
