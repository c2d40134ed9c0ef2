import { gates, passes } from '@guatu/domains'
import { type Command, no, ok, problem, type Result, scopeOf, today, within } from '@guatu/kernel'
import type { Desk } from '../store/desk/desk.ts'
import type { Receipt } from '../store/log/receipt.ts'
import type { Store } from '../store/store.ts'
import { PURPOSE } from './look.ts'
import { registered } from './observed.ts'
import { plateOf } from './recognition.ts'
import { definition, rowOf, text } from './register.ts'
import { passesByNumber } from './verify.ts'

/** Who stood at the gate, as far as a document was shown, or the plate they came with; ids are made where it was entered, so that sending twice is once. */
export interface AtTheGate {
  readonly document?: string
  readonly name?: string
  readonly phone?: string
  readonly plate?: string
  /** Id of the person and of the act that registers, should nobody be registered under this document. */
  readonly person: string
  readonly event: string
}

/** What became of somebody who was not known at the gate. */
export type Identified = 'linked' | 'created' | 'unplaced' | 'unnamed'

export interface Crossed {
  readonly receipt: Receipt
  readonly identified: Identified
}

/** Levels at which a person can be registered: where a home is. */
const HOME: readonly string[] = ['village', 'grid', 'building']

/** What a document says of whoever crosses, and the id under which the register knows them already. */
interface Recognised extends gates.ShownDocument {
  readonly person: string | undefined
}

/**
 * Logs a crossing with whoever crossed, in one gesture: linked to the register where the document, or the plate, is known, wherever that is, and
 * registered at the destination where a document is not. Somebody without a name or a destination is logged all the same.
 */
export async function cross(store: Store, desk: Desk, crossing: Command, who: AtTheGate): Promise<Result<Crossed>> {
  return (await recognised(store, desk, who))(crossing)
}

/**
 * Looks up whoever stood at the gate, and leaves the logging to be done: it enters the queue of the writer as soon as it is called, so that
 * several crossings are looked up together and logged in their order.
 */
export async function recognised(store: Store, desk: Desk, who: AtTheGate): Promise<(crossing: Command) => Promise<Result<Crossed>>> {
  if (who.document === undefined) {
    const person = who.plate === undefined ? undefined : await noted(store, desk, (await registered(store, who.plate, 'plate'))?.person)
    return async (crossing) =>
      person === undefined
        ? logged(await desk.submit(crossing), 'unnamed')
        : logged(await desk.submit(withPerson(crossing, person), [person]), 'linked')
  }
  const shown = gates.readDocument(who.document)
  const person = shown && (await knownAs(store, desk, shown.document))
  if (!shown || (shown.doubtful && person === undefined))
    return async () =>
      no(
        problem(
          'invalid',
          { field: { zh: '证件号码', en: 'document number' }, why: { zh: '请与证件核对。', en: 'compare it with the document.' } },
          { path: 'document' },
        ),
      )
  return (crossing) => enter(store, desk, crossing, who, { ...shown, person })
}

/** A line, and whom it may name though who sends it reads nothing of them. */
interface Line {
  readonly command: Command
  readonly shown?: readonly string[]
}

/**
 * A line of who went out that names nobody, with the plate or the pass of a vehicle: where whoever's vehicle it is is kept in, it is about them, so
 * that it is marked. Sent again it is about whom it was.
 */
export async function withDriver(store: Store, desk: Desk, command: Command): Promise<Line> {
  const { record, action, input } = command
  if (record !== 'crossing' || action !== 'record' || input.direction !== 'out' || input.person !== undefined) return { command }
  const plates = typeof input.plate === 'string' ? [input.plate] : await platesOfPass(store, input.passNumber)
  if (plates.length === 0) return { command }
  const line = await rowOf(store, 'crossing', command.recordId)
  const person = line ? line.fields.person : await noted(store, desk, await driverKeptIn(store, plates))
  return typeof person === 'string' ? { command: withPerson(command, person), shown: [person] } : { command }
}

async function platesOfPass(store: Store, written: unknown): Promise<readonly string[]> {
  const number = passes.readNumber(text(written))
  const found = number === undefined ? [] : await passesByNumber(store, number)
  return found.flatMap(({ fields }) => (fields.kind === 'vehicle' ? [text(fields.plate)] : []))
}

async function driverKeptIn(store: Store, plates: readonly string[]): Promise<string | undefined> {
  const drivers = await Promise.all(plates.map((plate) => registered(store, plateOf(plate), 'plate')))
  return drivers.find((one) => typeof one?.watch === 'string')?.person
}

async function enter(store: Store, desk: Desk, crossing: Command, who: AtTheGate, known: Recognised): Promise<Result<Crossed>> {
  if (known.person !== undefined) return logged(await desk.submit(withPerson(crossing, known.person), [known.person]), 'linked')
  const area = placeFor(store, desk, crossing)
  if (who.name === undefined || who.name.trim() === '') return logged(await desk.submit(crossing), 'unnamed')
  if (area === undefined) return logged(await desk.submit(crossing), 'unplaced')
  const register: Command = {
    id: who.event,
    record: 'person',
    recordId: who.person,
    action: 'register',
    area,
    input: {
      name: who.name.trim(),
      ...(known.type === undefined ? {} : { documentType: known.type }),
      documentNumber: known.document,
      ...(who.phone === undefined ? {} : { phone: who.phone }),
      ...(who.plate === undefined ? {} : { plate: who.plate }),
    },
    ...(crossing.happenedAt === undefined ? {} : { happenedAt: crossing.happenedAt }),
  }
  const done = await desk.submitTogether([register, withPerson(crossing, who.person)])
  if (done.ok) {
    const receipt = done.value.at(-1)
    return receipt ? ok({ receipt, identified: 'created' }) : no(problem('not-found', { what: crossing.record }))
  }
  // Somebody registered the same document in the meantime.
  const taken = done.problem.code === 'already-exists' || done.problem.code === 'registered-elsewhere'
  const person = taken ? await knownAs(store, desk, known.document) : undefined
  return person === undefined ? done : logged(await desk.submit(withPerson(crossing, person), [person]), 'linked')
}

/** The number of a document as the register writes it, so that two ways of typing it are one; or the plate. */
export const shownBy = ({ document, plate }: AtTheGate): string | undefined =>
  document === undefined ? plate : (gates.readDocument(document)?.document ?? document)

const withPerson = (crossing: Command, person: string): Command => ({ ...crossing, input: { ...crossing.input, person } })

const logged = (done: Result<Receipt>, identified: Identified): Result<Crossed> =>
  done.ok ? ok({ receipt: done.value, identified }) : done

/** The id under which the register knows a document, wherever that is; the look is written down. */
async function knownAs(store: Store, desk: Desk, document: string): Promise<string | undefined> {
  return noted(store, desk, (await registered(store, document, 'documentNumber'))?.person)
}

/** Writes down that somebody was looked up. */
async function noted(store: Store, desk: Desk, person: string | undefined): Promise<string | undefined> {
  if (person !== undefined)
    await store.noteLook({ actor: desk.actor.id, what: 'search', record: 'person', purpose: PURPOSE, rows: 1, recordId: person })
  return person
}

/** Where to register somebody: at the destination, else where the gate stands; only where this officer may. */
function placeFor(store: Store, desk: Desk, crossing: Command): string | undefined {
  const def = definition(store, 'person')
  const scope = scopeOf(def.actions.register?.by ?? {}, desk.actor)
  const { index } = store.areas
  return [text(crossing.input.destination), crossing.area ?? ''].find((area) => {
    const path = area === '' ? undefined : index.currentPath(area)
    return path !== undefined && HOME.includes(index.level(area, today(store.clock)) ?? '') && within(scope, { path, units: [] })
  })
}
