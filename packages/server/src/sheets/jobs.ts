import { randomUUID } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { type Actor, isProblem, type Problem, problem } from '@guatu/kernel'
import type { Store } from '../store/store.ts'
import { type ImportProgress, importSheet } from './import.ts'
import { openReport, type RowAnswer } from './report.ts'

/** A long piece of work that goes on when its page is left, and can be found again. */
export interface Job {
  readonly id: string
  readonly kind: 'import'
  readonly record: string
  /** Name of the file as it was sent. */
  readonly file: string
  readonly actor: string
  readonly dryRun: boolean
  readonly state: 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted'
  readonly startedAt: string
  readonly endedAt: string | null
  readonly progress: ImportProgress
  /** The first rows that were not taken; all of them stand in the report. */
  readonly examples: readonly RowAnswer[]
  readonly problem: Problem | null
}

export interface NewImport {
  readonly record: string
  readonly file: string
  /** Where the file lies; it is removed when the job ends. */
  readonly path: string
  readonly dryRun: boolean
  readonly area?: string
}

export interface Jobs {
  /** Begins an import; the promise inside resolves when it has ended, whatever the end. */
  import(wanted: NewImport, actor: Actor): Promise<{ readonly id: string; readonly ended: Promise<Job> }>
  /** A job of this person. */
  get(id: string, actor: Actor): Promise<Job | undefined>
  /** Jobs of this person, newest first. */
  list(actor: Actor): Promise<readonly Job[]>
  cancel(id: string, actor: Actor): Promise<Job | undefined>
  /** Answers per row as CSV; undefined when the job has none, or none any more. */
  report(id: string, actor: Actor): Promise<Readable | undefined>
  close(): Promise<void>
}

const NOTHING_YET: ImportProgress = { total: 0, done: 0, accepted: 0, repeated: 0, refused: 0, ignored: [], left: [] }
const EXAMPLES = 100
/** Jobs kept for looking back. */
const KEPT = 200
const SAVE_EVERY_MS = 1_000

/** The register of long work. What another run of the program left running was interrupted: it says so, and the same file may be sent again. */
export async function openJobs(store: Store): Promise<Jobs> {
  const folder = store.attachments ? join(dirname(store.attachments.dir), 'jobs') : join(tmpdir(), `guatu-jobs-${process.pid}`)
  await mkdir(folder, { recursive: true })
  const reportOf = (id: string) => join(folder, `${id}.csv`)
  const running = new Map<string, { job: Job; abort: AbortController; ended: Promise<Job> }>()

  const save = (job: Job) =>
    store.db.query('insert into facts (name, value) values ($1, $2::jsonb) on conflict (name) do update set value = excluded.value', [
      `job/${job.id}`,
      JSON.stringify(job),
    ])
  const saved = (where: string, parameters: readonly unknown[]) =>
    store.db.query<{ value: Job }>(
      `select value from facts where name like 'job/%' and ${where} order by value->>'startedAt' desc limit ${KEPT}`,
      parameters,
    )
  await store.db.query(
    `update facts set value = value || jsonb_build_object('state', 'interrupted', 'endedAt', $1::text)
     where name like 'job/%' and value->>'state' = 'running'`,
    [store.clock.now().toString()],
  )

  async function run(job: Job, wanted: NewImport, actor: Actor, abort: AbortController): Promise<Job> {
    let now = job
    let due = performance.now() + SAVE_EVERY_MS
    const change = (next: Partial<Job>) => {
      now = { ...now, ...next }
      const entry = running.get(job.id)
      if (entry) entry.job = now
    }
    const report = openReport(reportOf(job.id))
    try {
      await report.opened()
      const done = await importSheet({
        store,
        actor,
        record: wanted.record,
        path: wanted.path,
        dryRun: wanted.dryRun,
        signal: abort.signal,
        ...(wanted.area === undefined ? {} : { area: wanted.area }),
        onProgress: (progress) => change({ progress }),
        onAnswers: async (answers) => {
          await report.add(answers)
          if (now.examples.length < EXAMPLES) {
            const refused = answers.filter((one) => one.result === 'refused')
            if (refused.length > 0) change({ examples: [...now.examples, ...refused].slice(0, EXAMPLES) })
          }
          if (performance.now() > due) {
            due = performance.now() + SAVE_EVERY_MS
            await save(now)
          }
        },
      })
      if (done.ok) {
        const { cancelled, ...progress } = done.value
        change({ state: cancelled ? 'cancelled' : 'done', progress })
      } else change({ state: 'failed', problem: done.problem })
    } catch (error) {
      change({ state: 'failed', problem: isProblem(error) ? error : problem('unavailable') })
    } finally {
      await report.close()
      await rm(wanted.path, { force: true })
    }
    change({ endedAt: store.clock.now().toString() })
    await save(now)
    running.delete(job.id)
    return now
  }

  const get = async (id: string, actor: Actor) => {
    const job = running.get(id)?.job ?? (await saved('name = $1', [`job/${id}`]))[0]?.value
    return job?.actor === actor.id ? job : undefined
  }

  return {
    import: async (wanted, actor) => {
      const job: Job = {
        id: randomUUID(),
        kind: 'import',
        record: wanted.record,
        file: wanted.file,
        actor: actor.id,
        dryRun: wanted.dryRun,
        state: 'running',
        startedAt: store.clock.now().toString(),
        endedAt: null,
        progress: NOTHING_YET,
        examples: [],
        problem: null,
      }
      await save(job)
      const abort = new AbortController()
      const entry = { job, abort, ended: Promise.resolve(job) }
      running.set(job.id, entry)
      entry.ended = run(job, wanted, actor, abort)
      return { id: job.id, ended: entry.ended }
    },
    get,
    list: async (actor) => (await saved(`value->>'actor' = $1`, [actor.id])).map(({ value }) => running.get(value.id)?.job ?? value),
    cancel: async (id, actor) => {
      const job = await get(id, actor)
      const entry = running.get(id)
      if (!job || !entry) return job
      entry.abort.abort()
      return entry.ended
    },
    report: async (id, actor) => {
      const job = await get(id, actor)
      return job && job.state !== 'running' && existsSync(reportOf(id)) ? createReadStream(reportOf(id)) : undefined
    },
    close: async () => {
      for (const { abort } of running.values()) abort.abort()
      await Promise.all([...running.values()].map(({ ended }) => ended))
    },
  }
}
