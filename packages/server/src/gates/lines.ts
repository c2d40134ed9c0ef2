import { gates, passes } from '@guatu/domains'
import { type Actor, CORRECT, type Command, EVERYTHING, instantMs, isId, plateNumber, type Result, stampOf } from '@guatu/kernel'
import type { Moment } from '../store/log/related.ts'
import { earlierThan } from '../store/log/when.ts'
import { recordsOf } from '../store/query/list.ts'
import type { Store } from '../store/store.ts'
import { dayAt, keptInDrivers } from './drivers.ts'
import { definition, rowOf, text } from './register.ts'
import { passesByNumbers } from './verify.ts'

/** What is written beside every look at a gate: the auditor reads it. */
export const PURPOSE = '卡口查验'

/** An act, and whom it may name though who sends it reads nothing of them. */
export interface Line {
  readonly command: Command
  readonly shown?: readonly string[]
}

type Input = Command['input']

const isLine = ({ record, action }: Command): boolean => record === 'crossing' && action === 'record'

const isUnnamed = ({ person }: Input): boolean => person === undefined || person === null

/** What a correction says anew; undefined for what is none, or strikes an act. */
function saidAnew({ record, action, input }: Command): Input | undefined {
  if (record !== 'crossing' || action !== CORRECT || input.void === true) return undefined
  return typeof input.input === 'object' && input.input !== null ? (input.input as Input) : {}
}

/** A line about somebody, or about nobody. */
export function lineAbout(command: Command, person: string | undefined): Line {
  if (person === undefined) return { command }
  const anew = saidAnew(command)
  const input = anew ? { ...command.input, input: { ...anew, person } } : { ...command.input, person }
  return { command: { ...command, input }, shown: [person] }
}

/** When a line was: for one of now, and one whose time says nothing, undefined. */
export const momentOf = (store: Store, line: Pick<Command, 'id' | 'happenedAt'>): Moment | undefined =>
  line.happenedAt !== undefined && instantMs(line.happenedAt) === undefined
    ? undefined
    : earlierThan(stampOf(store.clock.now()), line, false)

/**
 * Lines of who went out that name nobody, with the plate or the pass of a vehicle: where whoever's vehicle it is was kept in at the moment of the line,
 * they are about them, so that they are marked; not where whoever drives has a fever, which is their own. By a form, a phone, a clerk who takes over or
 * a sheet, and corrected so that they read so: every line of a gate goes through here. Other acts stay as they are.
 */
export async function withDrivers(store: Store, actor: Actor, commands: readonly Command[]): Promise<readonly Line[]> {
  if (commands.every(({ record }) => record !== 'crossing')) return commands.map((command) => ({ command }))
  const outs = await Promise.all(commands.map((command) => outOn(store, command)))
  const plates = await platesOf(store, outs)
  const drives = outs.flatMap((out, line) => (plates[line] ?? []).map((plate) => ({ line, plate, at: out?.at })))
  if (drives.length === 0) return commands.map((command) => ({ command }))
  const drivers = new Map<number, string>()
  for (const [i, person] of (await keptInDrivers(store, drives)).entries()) {
    const line = drives[i]?.line
    if (person !== undefined && line !== undefined && !drivers.has(line)) drivers.set(line, person)
  }
  return Promise.all(commands.map(async (command, i) => lineAbout(command, await noted(store, actor, drivers.get(i)))))
}

/** Does a line ask for the clinic, by what held on its day? A fever is whoever's who drives, and nobody's by a plate. */
export function isSick(store: Store, line: Input, at: Moment | undefined): boolean {
  return gates.asksForClinic(line, store.settings.at(dayAt(store, at), ''))
}

/** A line of who went out that names nobody, with the plate, the number or the pass of a vehicle by which it may be about somebody. */
interface Out {
  readonly by: { readonly plate: string } | { readonly number: string } | { readonly pass: string }
  readonly at: Moment | undefined
}

async function outOn(store: Store, command: Command): Promise<Out | undefined> {
  if (isLine(command)) return outOf(store, command.input, momentOf(store, command))
  const anew = saidAnew(command)
  const line = anew && (await lineOf(store, command))
  return line && outOf(store, { ...line.stands, ...anew }, momentOf(store, line))
}

function outOf(store: Store, line: Input, at: Moment | undefined): Out | undefined {
  const { direction, plate, pass, passNumber } = line
  if (direction !== 'out' || !isUnnamed(line) || isSick(store, line, at)) return undefined
  if (typeof plate === 'string' && plate !== '') return { by: { plate: plateNumber(plate) }, at }
  const number = passes.readNumber(text(passNumber))
  if (number !== undefined) return { by: { number }, at }
  return isId(pass) ? { by: { pass }, at } : undefined
}

/** The plates of each, those of passes asked for together. */
async function platesOf(store: Store, outs: readonly (Out | undefined)[]): Promise<readonly (readonly string[])[]> {
  const said = outs.flatMap((out) => (out ? [out.by] : []))
  // Elsewhere there may be no passes at all.
  if (said.length === 0) return []
  const [numbered, shown] = await Promise.all([
    passesByNumbers(
      store,
      said.flatMap((by) => ('number' in by ? [by.number] : [])),
    ),
    recordsOf(
      store.db,
      definition(store, 'pass'),
      EVERYTHING,
      said.flatMap((by) => ('pass' in by ? [by.pass] : [])),
    ),
  ])
  return outs.map((out) => {
    if (!out) return []
    const { by } = out
    if ('plate' in by) return [by.plate]
    const found = 'number' in by ? (numbered.get(by.number) ?? []) : shown.filter(({ id }) => id === by.pass.toLowerCase())
    return found.flatMap(({ fields }) => (fields.kind === 'vehicle' ? [plateNumber(text(fields.plate))] : []))
  })
}

/** The line that is corrected, as it reads; undefined where it is not there, or another act of it is corrected. */
async function lineOf(
  store: Store,
  { recordId, input: { event } }: Command,
): Promise<(Pick<Command, 'id' | 'happenedAt'> & { readonly stands: Input }) | undefined> {
  if (!isId(recordId) || !isId(event)) return undefined
  const [line] = await store.db.query<{ id: string }>(
    `select id from events where record = 'crossing' and record_id = $1 and action = 'record' and id = $2`,
    [recordId, event],
  )
  const row = line && (await rowOf(store, 'crossing', recordId))
  return row && line && { id: line.id, happenedAt: row.createdAt, stands: row.fields }
}

/** Writes down that somebody was looked up. */
export async function noted(store: Store, actor: Actor, person: string | undefined): Promise<string | undefined> {
  if (person !== undefined)
    await store.noteLook({ actor: actor.id, what: 'search', record: 'person', purpose: PURPOSE, rows: 1, recordId: person })
  return person
}

/** Enters lines that stand or fall together; where they stand already, see {@link unlessBefore}. */
export const entered = async <T>(
  store: Store,
  lines: readonly Line[],
  enter: (lines: readonly Line[]) => Promise<Result<T>>,
): Promise<Result<T>> => unlessBefore(store, lines, await enter(lines), enter)

/**
 * The answer to lines that were entered. A line that was sent before is about whom it was about then, whatever the register says by now of its document
 * or plate: refused because it stands otherwise, it is sent as it was, and gets the receipt of the first time.
 */
export async function unlessBefore<T>(
  store: Store,
  lines: readonly Line[],
  done: Result<T>,
  enter: (lines: readonly Line[]) => Promise<Result<T>>,
): Promise<Result<T>> {
  if (done.ok) return done
  const before = await asBefore(store, lines)
  return before.size === 0 ? done : enter(lines.map((line) => before.get(line.command.id) ?? line))
}

/** Of these lines those that stand and whose sender named nobody, as they were sent the first time. */
export async function asBefore(store: Store, lines: readonly Line[]): Promise<ReadonlyMap<string, Line>> {
  const found = lines.filter(({ command, shown }) => isLine(command) && (shown !== undefined || isUnnamed(command.input)))
  const sent = new Map(found.map(({ command }) => [command.id, command]))
  if (sent.size === 0) return new Map()
  const rows = await store.db.query<{ id: string; person: string | null }>(
    `select id, input->>'person' as person from events where id = any($1::uuid[]) and record = 'crossing' and action = 'record'`,
    [[...sent.keys()]],
  )
  return new Map(
    rows.flatMap(({ id, person }) => {
      const command = sent.get(id)
      if (!command) return []
      const { person: _, ...input } = command.input
      return [[id, lineAbout({ ...command, input }, person ?? undefined)] as const]
    }),
  )
}
