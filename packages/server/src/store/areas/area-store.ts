import {
  type Actor,
  type AreaFact,
  type AreaTree,
  type Clock,
  MOVE,
  no,
  ok,
  Refused,
  type Registry,
  type Result,
  refuse,
  SYSTEM,
  today,
} from '@guatu/kernel'
import { type Database, type Session, StoreProblem } from '../database/index.ts'
import { carriage } from '../log/carriage.ts'
import type { AreaIndex } from '../log/places.ts'
import { sqlOf } from '../log/state-rows.ts'
import { type Runner, takeTurn } from '../log/statements.ts'
import type { Writer } from '../log/writer.ts'
import { rebook, repath } from './follow-reform.ts'
import { type Loaded, loadAfter, withFacts } from './loaded.ts'
import { moveUp } from './spanning.ts'

export interface AreaStore {
  readonly tree: AreaTree
  readonly index: AreaIndex
  /**
   * Appends dated facts, refolds the tree, and writes paths and books anew, all of it or nothing; then the records of vanished areas move to their
   * heirs. What takes effect on a later day is known from now on; its records move on that day ({@link AreaStore.settle}). Answers how many records
   * moved, whoever took them along: another process or the clock may be quicker.
   */
  confirm(facts: readonly AreaFact[], actor: Actor, writer: Writer): Promise<Result<{ readonly facts: number; readonly moved: number }>>
  /**
   * Learns what another process has confirmed, and does what reforms whose day has come still ask for: those decided ahead, and those that were
   * interrupted. Again changes nothing. Answers how many records moved.
   */
  settle(writer: Writer): Promise<number>
  /** Learns what another process has confirmed. */
  newest(run: Runner): Promise<void>
}

/** Which reforms were seen through: by their day, the number of the last fact that was. */
const SETTLED = 'areas.settled'
/** Records handed to the writer at a time. */
const AT_A_TIME = 3_000

/** Loads the dated area tree from its facts and keeps it; a reform swaps it whole. */
export async function openAreas(db: Database<unknown>, registry: Registry, clock: Clock): Promise<AreaStore> {
  let known: Loaded = await loadAfter(db, clock)
  const learn = (next: Loaded) => {
    if (next.seq > known.seq) known = next
  }
  const newest = async (run: Runner) => {
    const [last] = await run.query<{ seq: number | null }>('select max(seq) as seq from area_facts')
    if ((last?.seq ?? 0) > known.seq) learn(await loadAfter(run, clock, known))
  }

  const take = async (run: Session<unknown>, added: readonly AreaFact[], actor: Actor): Promise<Result<Loaded>> => {
    // Who decided on the old tree decides again.
    await takeTurn(run)
    const before = await loadAfter(run, clock, known)
    const done = withFacts(before, added, clock)
    if (!done.ok) return done
    const { next, lines } = done.value
    const at = { recorded_at: clock.now().toString(), actor: actor.id }
    for (let start = 0; start < lines.length; start += 5_000) {
      await run.query(
        `insert into area_facts (seq, day, fact, recorded_at, actor, hash) select seq, (fact->>'date')::date, fact, recorded_at, actor, hash
           from jsonb_to_recordset($1::jsonb) as t(seq bigint, fact jsonb, recorded_at timestamptz, actor text, hash text)`,
        [JSON.stringify(lines.slice(start, start + 5_000).map((line) => ({ ...line, ...at })))],
      )
    }
    await repath(run, registry, next.index)
    await rebook(run, registry, before.index, next.index)
    return ok(next)
  }

  /** The days of reforms that have come and were not seen through, each with the number of its last fact. */
  const due = async (day: string): Promise<ReadonlyMap<string, number>> => {
    const come = [...known.reforms].filter(([one]) => one <= day)
    if (come.length === 0) return new Map()
    const [row] = await db.query<{ value: Readonly<Record<string, number>> }>('select value from facts where name = $1', [SETTLED])
    return new Map(come.filter(([one, seq]) => (row?.value[one] ?? 0) < seq))
  }

  const pathsOfToday = (run: Session<unknown>) => takeTurn(run).then(() => repath(run, registry, known.index))
  const settleNow = async (writer: Writer, pathsOf?: string): Promise<number> => {
    await newest(db)
    const day = today(clock)
    const days = await due(day)
    if (days.size === 0) return 0
    if (pathsOf !== day) await writer.exclusively(() => db.transaction(pathsOfToday))
    const moved = await carryAll(db, registry, known, new Set(days.keys()), clock, writer)
    await moveUp(db, registry, known, day, clock, writer)
    await db.query(
      'insert into facts (name, value) values ($1, $2::jsonb) on conflict (name) do update set value = facts.value || excluded.value',
      [SETTLED, JSON.stringify(Object.fromEntries(days))],
    )
    return moved
  }
  let settling: Promise<unknown> = Promise.resolve()
  /** One after the other; `pathsOf` is a day as of which paths have just been written. */
  const settle = (writer: Writer, pathsOf?: string): Promise<number> => {
    const mine = settling.then(() => settleNow(writer, pathsOf))
    settling = mine.catch(() => undefined)
    return mine
  }

  return {
    get tree() {
      return known.tree
    },
    get index() {
      return known.index
    },
    newest,
    settle: (writer) => settle(writer),
    confirm: async (added, actor, writer) => {
      const day = today(clock)
      const began = clock.now().toString()
      let movedBefore = 0
      const done = await writer.exclusively(async () => {
        let asked: Loaded | undefined
        try {
          const taken = await db.transaction(async (run) => {
            const all = await take(run, added, actor)
            movedBefore = await movedSince(run, began)
            if (all.ok) asked = all.value
            return all
          })
          if (taken.ok) learn(taken.value)
          return taken
        } catch (error) {
          // The answer may have been lost after everything was written.
          if (!asked || !(await isThere(db, asked))) throw error
          learn(asked)
          return ok(asked)
        }
      })
      if (!done.ok) return done
      try {
        await settle(writer, day)
        return ok({ facts: added.length, moved: (await movedSince(db, began)) - movedBefore })
      } catch (error) {
        return no(unfinished(added.length, error))
      }
    },
  }
}

/** Acts by which records left an area that ended, recorded since a moment. */
async function movedSince(run: Runner, moment: string): Promise<number> {
  const [row] = await run.query<{ moved: number }>(
    'select count(*)::bigint as moved from events where recorded_at >= $1 and action = $2 and actor = $3 and cause is null',
    [moment, MOVE, SYSTEM.id],
  )
  return row?.moved ?? 0
}

const isThere = async (db: Database<unknown>, { seq, hash }: Loaded): Promise<boolean> =>
  (await db.query('select 1 from area_facts where seq = $1 and hash = $2', [seq, hash]).catch(() => [])).length > 0

const unfinished = (facts: number, error: unknown) =>
  refuse(
    'reform-unfinished',
    {
      zh: '区划调整已登记并生效，台账尚未全部随迁；系统会自动继续，请勿再次确认。',
      en: 'The reform is recorded and in force, but not all of its records have moved yet; that goes on by itself. Do not confirm it again.',
    },
    {
      status: 503,
      data: { facts },
      ...(error instanceof Refused ? { problems: [error.problem] } : {}),
      ...(error instanceof StoreProblem
        ? { problems: [refuse(error.code, { zh: error.zh, en: error.en }, { status: error.status })] }
        : {}),
    },
  )

/** Every record of an area that ended on one of these days moves to its heir, by an event of its own: history stays where it was. */
async function carryAll(
  db: Database<unknown>,
  registry: Registry,
  { tree, index }: Loaded,
  days: ReadonlySet<string>,
  clock: Clock,
  writer: Writer,
): Promise<number> {
  const ended = [...days].flatMap((day) => tree.moveTable(day).map(({ from }) => from))
  if (ended.length === 0) return 0
  let moved = 0
  for (const def of registry.records.values()) {
    const rows = await db.query<{ id: string; area: string; changed_at: Date }>(
      `select id, area, changed_at from ${sqlOf(def).table} where area = any($1::text[])`,
      [[...new Set(ended)]],
    )
    for (let start = 0; start < rows.length; start += AT_A_TIME) {
      const acts = rows.slice(start, start + AT_A_TIME).flatMap((row) => {
        const heir = index.heir(row.area)
        return heir ? [carriage(def.name, { ...row, changedAt: row.changed_at.toISOString() }, heir, clock)] : []
      })
      // Others pass before them: a record that somebody works on meanwhile is taken along there.
      const answers = await Promise.all(acts.map((act) => writer.submitTogether([act], SYSTEM, { bulk: true })))
      for (const answer of answers) {
        if (!answer.ok) throw new Refused(answer.problem)
        if (answer.value.some(({ repeated }) => !repeated)) moved += 1
      }
    }
  }
  return moved
}
