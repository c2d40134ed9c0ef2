import type { FastifyInstance } from 'fastify'

/** What a server under measurement says of itself when asked. */
export interface Usage {
  /** Processor seconds of all its threads so far. */
  readonly cpu: number
  /** Those of its main thread. */
  readonly main: number
  /** Resident memory in MB. */
  readonly memory: number
}

const seconds = ({ user, system }: { user: number; system: number }) => (user + system) / 1e6

export const usage = (): Usage => ({
  cpu: seconds(process.cpuUsage()),
  main: seconds(process.threadCpuUsage()),
  memory: Math.round(process.memoryUsage().rss / 1e6),
})

/** Listens, tells the bench where, answers its questions, and ends when told to. */
export async function serveBench(app: FastifyInstance, more: object, close: () => Promise<void>): Promise<void> {
  await app.listen({ port: 0, host: '127.0.0.1' })
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  process.on('message', () => {
    process.send?.(usage())
  })
  process.on('SIGTERM', () => {
    void app
      .close()
      .then(close)
      .then(() => process.exit(0))
  })
  process.send?.({ port, ...more })
}
