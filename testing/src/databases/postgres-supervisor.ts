// Runs a PostgreSQL server for as long as its own standard input is open: when the test run ends, in whatever way, the input closes and the server goes with it.
import { startPostgres } from './postgres-server.ts'

process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => process.stdin.destroy())
const server = await startPostgres({ durable: process.argv.includes('--durable') })
process.stdout.write(`${JSON.stringify({ url: server.url('postgres'), version: server.version, pid: server.process.pid })}\n`)
await new Promise<void>((resolve) => {
  process.stdin.on('close', resolve)
  process.stdin.on('end', resolve)
  process.stdin.resume()
  server.process.once('exit', () => resolve())
})
await server.stop()
process.exit(0)
