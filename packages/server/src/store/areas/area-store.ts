import {
  type Actor,
  type AreaFact,
  type AreaTree,
  type Clock,
  canonicalText,
  dayOf,
  derivedId,
  foldAreas,
  MOVE,
  no,
  ok,
  postings,
  problem,
  Refused,
  type Registry,
  type Result,
  reversed,
  steps,
  today,
} from '@guatu/kernel'
import type { Database } from '../database/index.ts'
import { GENESIS, sealed } from '../log/chain.ts'
import { readHistory } from '../log/event-rows.ts'
import type { AreaIndex } from '../log/places.ts'
import { sqlOf } from '../log/state-rows.ts'
import type { Writer } from '../log/writer.ts'
import { Books } from '../tallies/books.ts'
import { areaIndex } from './area-index.ts'

export interface AreaStore {
  readonly tree: AreaTree
  readonly index: AreaIndex
  /**
   * Appends dated facts, refolds the tree and lets the records of vanished areas move to their heirs. All or nothing. What takes
   * effect on a later day is known from now on; its records move on that day ({@link AreaStore.settle}).
   */
  confirm(facts: readonly AreaFact[], actor: Actor, writer: Writer): Promise<Result<{ readonly facts: number; readonly moved: number }>>
  /** Does what reforms decided ahead ask for once their day has come; again changes nothing. Answers how many records moved. */
  settle(writer: Writer): Promise<number>
}

/** Loads the dated area tree from its facts and keeps it; a reform swaps it whole. */
export async function openAreas(db: Database<unknown>, registry: Registry, clock: Clock): Promise<AreaStore> {
  const rows = await db.query<{ seq: number; fact: AreaFact; hash: string; recorded_at: Date }>(
    'select seq, fact, hash, recorded_at from area_facts order by seq',
  )
  let facts: readonly AreaFact[] = rows.map((row) => row.fact)
  let seq = rows.at(-1)?.seq ?? 0
  let hash = rows.at(-1)?.hash ?? GENESIS
  const folded = foldAreas(facts)
  if (!folded.ok) throw new Refused(folded.problem)
  let tree = folded.value
  let index = areaIndex(tree, () => today(clock))

  /** Days of reforms that were decided before them, as far as their records were not seen to have moved since this started. */
  const ahead = new Set<string>()
  for (const { fact, recorded_at: at } of rows) if (fact.date > dayOf({ epochMilliseconds: at.getTime() }, clock.zone)) ahead.add(fact.date)

  const append = async (added: readonly AreaFact[], actor: Actor) => {
    const lines = added.map((fact) => {
      seq += 1
      hash = sealed(hash, canonicalText(fact))
      return { seq, day: fact.date, fact, recorded_at: clock.now().toString(), actor: actor.id, hash }
    })
    for (let start = 0; start < lines.length; start += 5_000) {
      await db.query(
        `insert into area_facts (seq, day, fact, recorded_at, actor, hash) select seq, day, fact, recorded_at, actor, hash
           from jsonb_to_recordset($1::jsonb) as t(seq bigint, day date, fact jsonb, recorded_at timestamptz, actor text, hash text)`,
        [JSON.stringify(lines.slice(start, start + 5_000))],
      )
    }
  }

  return {
    get tree() {
      return tree
    },
    get index() {
      return index
    },
    confirm: async (added, actor, writer) => {
      const next = foldAreas([...facts, ...added])
      if (!next.ok) return next
      const before = index
      const day = today(clock)
      await writer.exclusively(async () => {
        await append(added, actor)
        facts = [...facts, ...added]
        tree = next.value
        index = areaIndex(tree, () => today(clock))
        await repath(db, registry, index)
        await rebook(db, registry, before, index)
      })
      let moved = 0
      for (const date of [...new Set(added.map((fact) => fact.date))].sort()) {
        if (date > day) {
          ahead.add(date)
          continue
        }
        const done = await moveRecords(db, registry, tree, date, clock, writer)
        if (!done.ok) return done
        moved += done.value
      }
      return ok({ facts: added.length, moved })
    },
    settle: async (writer) => {
      const day = today(clock)
      const come = [...ahead].filter((one) => one <= day).sort()
      if (come.length > 0) await writer.exclusively(() => repath(db, registry, index))
      let moved = 0
      for (const date of come) {
        const done = await moveRecords(db, registry, tree, date, clock, writer)
        if (!done.ok) throw new Refused(done.problem)
        moved += done.value
        ahead.delete(date)
      }
      return moved
    },
  }
}

/** Records keep the path of their area for jurisdiction; where today's is another one, it is written anew. */
async function repath(db: Database<unknown>, registry: Registry, index: AreaIndex): Promise<void> {
  for (const def of registry.records.values()) {
    const sql = sqlOf(def)
    const areas = await db.query<{ area: string; path: string }>(`select distinct area, path from ${sql.table}`)
    const changed = areas.flatMap(({ area, path: was }) => {
      const path = index.currentPath(area)
      return path !== undefined && path !== was ? [{ area, path }] : []
    })
    if (changed.length === 0) continue
    await db.query(
      `update ${sql.table} r set path = n.path from jsonb_to_recordset($1::jsonb) as n(area text, path text) where r.area = n.area`,
      [JSON.stringify(changed)],
    )
  }
}

/**
 * Where a reform put an area under another town or county, the books move along: the records that ever stood there are posted
 * anew, the old postings taken back. Flows stay with the boundaries of their day.
 */
async function rebook(db: Database<unknown>, registry: Registry, before: AreaIndex, after: AreaIndex): Promise<void> {
  const known = await db.query<{ area: string }>('select distinct area from events')
  const text = (index: AreaIndex, area: string) => JSON.stringify(index.lineage.changes(area))
  const concerned = known.map((row) => row.area).filter((area) => text(before, area) !== text(after, area))
  if (concerned.length === 0) return
  await db.transaction(async (run) => {
    for (const def of registry.records.values()) {
      const measures = registry.measures.get(def.name) ?? []
      if (measures.length === 0) continue
      const ids = await run.query<{ record_id: string }>(
        'select distinct record_id from events where record = $1 and area = any($2::text[])',
        [def.name, concerned],
      )
      const books = new Books()
      for (const { record_id: id } of ids) {
        for (const s of steps(def, await readHistory(run, def.name, id))) {
          books.add(s.event.county, postings(measures, s.event, s.before, s.after, before.lineage).map(reversed))
          books.add(s.event.county, postings(measures, s.event, s.before, s.after, after.lineage))
        }
      }
      await books.post(run)
    }
  })
}

/** Every record of an area that ended on `day` moves to its first heir, by an event of its own: history stays where it was. */
async function moveRecords(
  db: Database<unknown>,
  registry: Registry,
  tree: AreaTree,
  day: string,
  clock: Clock,
  writer: Writer,
): Promise<Result<number>> {
  const heirs = new Map<string, string>()
  for (const move of tree.moveTable(day)) if (!heirs.has(move.from)) heirs.set(move.from, move.to)
  if (heirs.size === 0) return ok(0)
  const system: Actor = { id: 'system', name: 'system', grants: [], system: true }
  const start = Temporal.PlainDate.from(day).toZonedDateTime(clock.zone).toInstant().toString({ smallestUnit: 'millisecond' })
  let moved = 0
  for (const def of registry.records.values()) {
    const rows = await db.query<{ id: string; area: string; changed_at: Date }>(
      `select id, area, changed_at from ${sqlOf(def).table} where area = any($1::text[])`,
      [[...heirs.keys()]],
    )
    const answers = await Promise.all(
      rows.map((row) =>
        writer.submit(
          {
            id: derivedId(`reform/${day}/${row.id}`),
            record: def.name,
            recordId: row.id,
            action: MOVE,
            area: heirs.get(row.area) ?? row.area,
            happenedAt:
              start > row.changed_at.toISOString()
                ? start
                : Temporal.Instant.from(row.changed_at.toISOString()).add({ milliseconds: 1 }).toString({ smallestUnit: 'millisecond' }),
            input: {},
          },
          system,
        ),
      ),
    )
    const refused = answers.find((answer) => !answer.ok)
    if (refused && !refused.ok) return no(problem('unavailable', {}, { problems: [refused.problem] }))
    moved += answers.length
  }
  return ok(moved)
}
