import { gates, passes } from '@guatu/domains'
import { type Actor, type Command, isId, plateNumber, type Result, today } from '@guatu/kernel'
import type { Store } from '../store/store.ts'
import { registered } from './observed.ts'
import { rowOf, text } from './register.ts'
import { platesKeptIn } from './shared-orders.ts'
import { passesByNumber } from './verify.ts'

/** What is written beside every look at a gate: the auditor reads it. */
export const PURPOSE = '卡口查验'

/** An act, and whom it may name though who sends it reads nothing of them. */
export interface Line {
  readonly command: Command
  readonly shown?: readonly string[]
}

const isLine = ({ record, action }: Command): boolean => record === 'crossing' && action === 'record'

const isUnnamed = ({ input: { person } }: Command): boolean => person === undefined || person === null

/** A line about somebody, or about nobody. */
export const lineAbout = (command: Command, person: string | undefined): Line =>
  person === undefined ? { command } : { command: { ...command, input: { ...command.input, person } }, shown: [person] }

/**
 * Lines of who went out that name nobody, with the plate or the pass of a vehicle: where whoever's vehicle it is is kept in, they are about them, so
 * that they are marked; not where whoever drives has a fever, which is their own. By a form, a phone, a clerk who takes over or a sheet: every line of
 * a gate goes through here. Other acts stay as they are.
 */
export async function withDrivers(store: Store, actor: Actor, commands: readonly Command[]): Promise<readonly Line[]> {
  const plates = await Promise.all(commands.map((command) => platesOn(store, command)))
  const asked = [...new Set(plates.flat())]
  if (asked.length === 0) return commands.map((command) => ({ command }))
  const kept = [...(await platesKeptIn(store, asked))]
  const found = await Promise.all(kept.map(async (plate) => [plate, await registered(store, plate, 'plate')] as const))
  const drivers = new Map(found.flatMap(([plate, who]) => (who && who.watch !== null ? [[plate, who.person] as const] : [])))
  return Promise.all(
    commands.map(async (command, i) => {
      const [person] = (plates[i] ?? []).flatMap((plate) => drivers.get(plate) ?? [])
      return lineAbout(command, await noted(store, actor, person))
    }),
  )
}

/** Does a line ask for the clinic? A fever is whoever's who drives, and nobody's by a plate. */
export const isSick = (store: Store, { input }: Command): boolean => gates.asksForClinic(input, store.settings.at(today(store.clock), ''))

/** The plates by which a line that names nobody is about somebody. */
async function platesOn(store: Store, command: Command): Promise<readonly string[]> {
  const { direction, plate, pass, passNumber } = command.input
  if (!isLine(command) || direction !== 'out' || !isUnnamed(command)) return []
  if (isSick(store, command)) return []
  if (typeof plate === 'string' && plate !== '') return [plateNumber(plate)]
  const number = passes.readNumber(text(passNumber))
  const shown = number === undefined ? [isId(pass) ? await rowOf(store, 'pass', pass) : undefined] : await passesByNumber(store, number)
  return shown.flatMap((one) => (one?.fields.kind === 'vehicle' ? [plateNumber(text(one.fields.plate))] : []))
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
  const found = lines.filter(({ command, shown }) => isLine(command) && (shown !== undefined || isUnnamed(command)))
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
