import { createHash } from 'node:crypto'
import {
  type Actor,
  type AnyRecord,
  type Command,
  today as cityToday,
  isEmpty,
  no,
  ok,
  type Problem,
  problem,
  type Result,
  readersOf,
  scopeOf,
} from '@guatu/kernel'
import { entered, type Line, unlessBefore, withDrivers } from '../gates/lines.ts'
import { carriesFiles } from '../store/desk/files.ts'
import { strangeFile } from '../store/desk/sent-files.ts'
import { Batch } from '../store/log/batch.ts'
import { namesRecord } from '../store/log/mentions.ts'
import type { Receipt } from '../store/log/receipt.ts'
import type { Store } from '../store/store.ts'
import { withoutAlike } from './alike.ts'
import { areaFinder } from './area-finder.ts'
import { bringing, type SubmitGroups } from './brought.ts'
import { takenByArea } from './by-area.ts'
import { type Column, type ImportPlan, planImport } from './columns.ts'
import { bytesOf } from './csv/encoding.ts'
import { firstRows } from './first-rows.ts'
import { openSheet } from './open.ts'
import type { RowAnswer } from './report.ts'
import { type RowAct, type RowReader, rowReader } from './rows.ts'
import { type LeftSheet, leftOut, type Sheet, SheetRefused, type SheetRow } from './sheet.ts'

export interface ImportOptions {
  readonly store: Store
  readonly actor: Actor
  readonly record: string
  readonly path: string
  /** Decides on every row, writes none. */
  readonly dryRun?: boolean
  /** Area of rows that name none, by id. */
  readonly area?: string
  readonly signal?: AbortSignal
  /** Called once the file is found sound and before the first row, then while rows are written and after every group. */
  readonly onProgress?: (progress: ImportProgress) => void
  /** Answers of every row, in the order of the sheet; the next group waits for it. */
  readonly onAnswers?: (answers: readonly RowAnswer[]) => Promise<void> | void
}

export interface ImportProgress {
  /** Rows of data in all; blank lines do not count. */
  readonly total: number
  /** Rows that are done with; the other counts follow when their group has ended. */
  readonly done: number
  readonly accepted: number
  readonly repeated: number
  readonly refused: number
  readonly ignored: readonly string[]
  /** Sheets of the workbook that were not read. */
  readonly left: readonly LeftSheet[]
}

export interface ImportSummary extends ImportProgress {
  readonly cancelled: boolean
}

/** Rows handed to the writer at a time; other people's acts pass before them. Among so many, each village has some that are written together. */
const GROUP = 10_000
/** Characters of a group: few rows of much text wait for nobody. */
const HEAVY = 16_000_000
/** Groups under way: some are written while the next are read and the people of their rows found. */
const AHEAD = 2
/** Rows written between two reports of progress. */
const STEP = 500

/**
 * Takes a sheet in, row by row, each by the act that makes such a record: permission, checks, duplicates, books and audit are those of that
 * act. The file is looked through to its end before the first row. Each row has an id that follows from the file and its line, so sending the
 * same file again, after a break or by mistake, changes nothing.
 */
export async function importSheet(options: ImportOptions): Promise<Result<ImportSummary>> {
  const { store, actor } = options
  const def = store.registry.records.get(options.record)
  if (!def) return no(problem('not-found', { what: options.record }))
  try {
    const sheet = await openSheet(options.path)
    const plan = planImport(def, await firstRows(sheet), options.area !== undefined, store.registry.records)
    if (!plan.ok) return plan
    const action = def.actions[plan.value.action]
    if (!action || isEmpty(scopeOf(action.by, actor))) return no(problem('not-allowed', { action: action?.label ?? def.label }))
    // What a sheet answers row by row is a list of who is known: whoever reads no list of them enters one at a time.
    const listed = [def, ...(plan.value.brings ? [plan.value.brings.def] : [])].find((one) => isEmpty(readersOf(one, actor)))
    if (listed)
      return no(problem('not-allowed', { action: { zh: `批量导入${listed.label.zh}`, en: `import ${listed.label.en} by sheet` } }))
    return ok(await takeRows(options, def, sheet, plan.value))
  } catch (error) {
    if (error instanceof SheetRefused) return no(error.problem)
    throw error
  }
}

async function takeRows(options: ImportOptions, def: AnyRecord, sheet: Sheet, plan: ImportPlan): Promise<ImportSummary> {
  const { store, onAnswers, onProgress, signal } = options
  const read = await readerOf(options, def, plan)
  // Whoever is described in a row was found or made with it; whoever is named by an id was not.
  const named = plan.columns.some((one) => one.means === 'field' && namesRecord(store.registry, one.field))
  const groups = takenByArea(
    store,
    options.dryRun ? dryRun(store, options.actor, named) : written(store, options.actor, named, () => passed()),
  )
  const submit = plan.brings ? bringing(options, plan.brings, groups) : withoutAlike(store, def, (acts) => groups(acts.map((act) => [act])))
  const tally = { total: 0, done: 0, accepted: 0, repeated: 0, refused: 0, ignored: plan.ignored, left: leftOut(sheet) }
  const underWay: Promise<readonly RowAnswer[]>[] = []
  let reached = 0
  const tell = () => onProgress?.({ ...tally, done: Math.max(tally.done, Math.min(reached, tally.total)) })
  const passed = () => {
    reached += 1
    if (reached % STEP === 0) tell()
  }
  const settle = async () => {
    const answers = (await underWay.shift()) ?? []
    for (const { result } of answers) tally[result] += 1
    tally.done += answers.length
    await onAnswers?.(answers)
    tell()
  }
  let above = 0
  let started = false
  for await (const rows of rowGroups(sheet, plan.heading, (skipped) => (above = skipped))) {
    if (!started) {
      tally.total = sheet.rows - above
      tell()
      started = true
    }
    if (signal?.aborted) break
    underWay.push(answer(rows, read, submit))
    if (underWay.length >= AHEAD) await settle()
  }
  while (underWay.length > 0) await settle()
  return { ...tally, cancelled: signal?.aborted ?? false }
}

/** Rows below the heading in groups of one size, whatever pieces the file comes in; smaller ones where rows are full of text. */
async function* rowGroups(sheet: Sheet, heading: number, above: (rows: number) => void): AsyncGenerator<SheetRow[], void, undefined> {
  let group: SheetRow[] = []
  let weight = 0
  let skipped = 0
  for await (const batch of sheet.read()) {
    for (const row of batch) {
      if (row.line <= heading) {
        skipped += 1
        above(skipped)
        continue
      }
      group.push(row)
      for (const cell of row.cells) if (typeof cell === 'string') weight += cell.length
      if (group.length < GROUP && weight < HEAVY) continue
      yield group
      group = []
      weight = 0
    }
  }
  yield group
}

async function readerOf(options: ImportOptions, def: AnyRecord, plan: ImportPlan): Promise<RowReader> {
  const { store } = options
  const today = cityToday(store.clock)
  const hash = createHash('sha256')
  for await (const piece of bytesOf(options.path)) hash.update(piece)
  return rowReader({
    def,
    plan,
    zone: store.clock.zone,
    findArea: areaFinder(store.areas.tree.asOf(today)),
    countyOf: (area) => store.areas.index.county(area, today),
    idsFrom: `${hash.digest('hex')}/${def.name}/${plan.action}/${options.area ?? ''}`,
    ...(options.area === undefined ? {} : { area: options.area }),
  })
}

type Submit = (acts: readonly RowAct[]) => Promise<readonly Result<Receipt>[]>

/** Every row stands alone: what one is refused for does not concern the others. */
const written =
  (store: Store, actor: Actor, named: boolean, passed: () => void): SubmitGroups =>
  async (groups) =>
    Promise.all(
      (await linesOf(store, actor, groups)).map(async (lines) => {
        const strange = await strangeAmong(store, lines, actor)
        if (strange) return no(strange)
        const enter = (all: readonly Line[]) =>
          store.writer.submitTogether(all.map(commandOf), actor, { bulk: true, outside: named, shown: shownIn(all) })
        const done = await entered(store, lines, enter)
        passed()
        return lastOf(done)
      }),
    )

/** Groups as they are entered: lines of gates with whom they turn out to be about. */
async function linesOf(store: Store, actor: Actor, groups: Parameters<SubmitGroups>[0]): Promise<readonly (readonly Line[])[]> {
  const lines = (await withDrivers(store, actor, groups.flat())).values()
  return groups.map((commands) => commands.map((command) => lines.next().value ?? { command }))
}

const commandOf = ({ command }: Line): Command => command
const shownIn = (lines: readonly Line[]): readonly string[] => lines.flatMap(({ shown = [] }) => shown)

async function strangeAmong(store: Store, lines: readonly Line[], actor: Actor): Promise<Problem | undefined> {
  for (const { command } of lines) {
    const def = store.registry.records.get(command.record)
    const strange = def && carriesFiles(def) ? await strangeFile(store, def, command, actor.id) : undefined
    if (strange) return strange
  }
  return undefined
}

const lastOf = (done: Result<readonly Receipt[]>): Result<Receipt> => {
  if (!done.ok) return done
  const last = done.value.at(-1)
  return last ? ok(last) : no(problem('unavailable'))
}

/** Decides with the eyes of the write path and leaves it at that. */
const dryRun =
  (store: Store, actor: Actor, named: boolean): SubmitGroups =>
  async (groups) => {
    const batch = new Batch(store.db, {
      registry: store.registry,
      clock: store.clock,
      areas: () => store.areas.index,
      parameters: (day, path) => store.settings.at(day, path),
      ...(store.attachments ? { files: store.attachments.kept } : {}),
    })
    const decide = (all: readonly (readonly Line[])[]) =>
      batch.decideAll(all.map((lines) => ({ commands: lines.map(commandOf), actor, outside: named, shown: shownIn(lines) })))
    const groupsOfLines = await linesOf(store, actor, groups)
    const done: Result<Receipt>[] = []
    for (const [i, answer] of (await decide(groupsOfLines)).entries())
      done.push(lastOf(await unlessBefore(store, groupsOfLines[i] ?? [], answer, async (lines) => (await decide([lines]))[0] ?? answer)))
    return done
  }

async function answer(rows: readonly SheetRow[], read: RowReader, submit: Submit): Promise<readonly RowAnswer[]> {
  const commands: RowAct[] = []
  const at: number[] = []
  const answers: RowAnswer[] = rows.map((row, i) => {
    const command = read(row)
    if (!command.ok) return { line: row.line, result: 'refused', problem: command.problem }
    commands.push(command.value)
    at.push(i)
    return { line: row.line, result: 'accepted' }
  })
  const done = commands.length > 0 ? await submit(commands) : []
  done.forEach((one, k) => {
    const i = at[k]
    const line = i === undefined ? undefined : rows[i]?.line
    if (i === undefined || line === undefined) return
    if (!one.ok) answers[i] = { line, result: 'refused', problem: one.problem }
    else if (one.value.repeated) answers[i] = { line, result: 'repeated' }
  })
  return answers
}

export type { Column }
