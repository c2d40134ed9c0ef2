import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/** Below those that machines give to whoever connects somewhere: nobody else takes such a port between the look and its use. */
const [LOWEST, HIGHEST] = [20_000, 32_000]

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })

/** A port for a server whose address has to be known before it listens. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(LOWEST, HIGHEST)
    if (await isFree(port)) return port
  }
}
