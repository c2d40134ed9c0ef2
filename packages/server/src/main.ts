import { createServer } from 'node:net'
import { openDataFolder } from './data-folder.ts'
import type { Prepare, Server, ServerOptions } from './serving.ts'

/** Address that only this machine reaches. */
const HERE = '127.0.0.1'

/** @throws what listening there throws, such as EADDRINUSE */
async function tryPort(port: number, host: string): Promise<void> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen({ port, host }, resolve))
  await new Promise((resolve) => probe.close(resolve))
}

/** Opens everything, lets `prepare` work on it and listens; this machine alone reaches it unless a host is named. */
export async function startServer(options: Omit<ServerOptions, 'host'> & { readonly host?: string }, prepare?: Prepare): Promise<Server> {
  const host = options.host ?? HERE
  // Before a city is loaded for minutes: nobody waits for that to read that the port is taken.
  await tryPort(options.port, host)
  // What answers is read while the database opens (decision 0050).
  const [store, { serveStore }] = await Promise.all([openDataFolder(options), import('./serving.ts')])
  try {
    return await serveStore(store, { ...options, host }, prepare)
  } catch (error) {
    await store.close()
    throw error
  }
}
