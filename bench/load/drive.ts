import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { openConnection } from './connection.ts'
import type { Usage } from './serve.ts'

export interface Driving {
  readonly connections: number
  readonly seconds: number
  /** PostgreSQL server to work on, in a database of its own; the embedded database when left out. */
  readonly database: string | undefined
  /** Folder for processor profiles of the server. */
  readonly profile?: string | undefined
}

/** What one run of a server under load gave. */
export interface Driven {
  readonly perSecond: number
  readonly refused: number
  /** Milliseconds from asking to the answer. */
  readonly p50: number
  readonly p99: number
  /** Processor time per event, microseconds: of the whole server process, its main thread, and the client. */
  readonly serverMicroseconds: number
  readonly mainMicroseconds: number
  readonly clientMicroseconds: number
  /** Resident memory of the server at the end, MB. */
  readonly memory: number
}

/** Starts the program `name` of this folder and has each of many connections send one act after the other. */
export async function drive(name: string, how: Driving): Promise<Driven> {
  const data = mkdtempSync(join(tmpdir(), 'guatu-bench-'))
  const place = how.database === undefined ? undefined : await freshDatabase(how.database)
  const server = fork(fileURLToPath(new URL(name, import.meta.url)), [data, ...(place ? [place.url] : [])], {
    execArgv: how.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${how.profile}`],
  })
  const failed = once(server, 'exit').then(() => Promise.reject(new Error(`${name} ended too early`)))
  failed.catch(() => undefined)
  const said = async <T>() => ((await Promise.race([once(server, 'message'), failed])) as [T])[0]
  const usage = () => {
    server.send('usage')
    return said<Usage>()
  }
  try {
    const { port, token, villages } = await said<{ port: number; token: string; villages: readonly string[] }>()
    // The first seconds warm up what is compiled while it runs.
    await load(port, token, villages, { ...how, seconds: how.seconds / 2 })
    const before = await usage()
    const own = process.cpuUsage()
    const { times, refused, seconds } = await load(port, token, villages, how)
    const { user, system } = process.cpuUsage(own)
    const after = await usage()
    times.sort((a, b) => a - b)
    const at = (p: number) => times[Math.floor(times.length * p)] ?? 0
    const accepted = times.length - refused
    const per = (cpu: number) => (cpu * 1e6) / times.length
    return {
      perSecond: accepted / seconds,
      refused,
      p50: at(0.5),
      p99: at(0.99),
      serverMicroseconds: per(after.cpu - before.cpu),
      mainMicroseconds: per(after.main - before.main),
      clientMicroseconds: (user + system) / times.length,
      memory: after.memory,
    }
  } finally {
    const ended = once(server, 'exit')
    if (server.kill('SIGTERM')) await ended
    await place?.drop()
    rmSync(data, { recursive: true, force: true })
  }
}

let made = 0

async function load(port: number, token: string, villages: readonly string[], { connections, seconds }: Driving) {
  const times: number[] = []
  let refused = 0
  const started = performance.now()
  const end = started + seconds * 1000
  const worker = async () => {
    const { post, close } = openConnection(new URL(`http://127.0.0.1:${port}`), token)
    while (performance.now() < end) {
      made += 1
      const body = `{"event":"${crypto.randomUUID()}","area":"${villages[made % villages.length]}","input":{"number":"DT-${String(made).padStart(8, '0')}","name":"灯塔${made}","colour":"red","candela":${made % 1000}}}`
      const asked = performance.now()
      const { status } = await post(`/api/lamp/${crypto.randomUUID()}/build`, body)
      times.push(performance.now() - asked)
      if (status !== 201) refused += 1
    }
    close()
  }
  await Promise.all(Array.from({ length: connections }, worker))
  return { times, refused, seconds: (performance.now() - started) / 1000 }
}

/** A database of its own on that server, removed afterwards: every run begins with nothing. */
export async function freshDatabase(server: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `bench_${crypto.randomUUID().replaceAll('-', '')}`
  const administer = async (statement: string) => {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    try {
      await client.query(statement)
    } finally {
      await client.end()
    }
  }
  await administer(`create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => administer(`drop database ${name} with (force)`) }
}
