import { gates } from '@guatu/domains'
import { type Actor, type Command, no, ok, plateNumber, problem, type Result, scopeOf, today, within } from '@guatu/kernel'
import type { Desk } from '../store/desk/desk.ts'
import type { Receipt } from '../store/log/receipt.ts'
import type { Store } from '../store/store.ts'
import { keptInDrivers } from './drivers.ts'
import { asBefore, isSick, type Line, lineAbout, momentOf, noted, withDrivers } from './lines.ts'
import { namedByPlate, registered } from './observed.ts'
import { definition, rowOf, text } from './register.ts'
import { holdersThen, registeredAs } from './vehicles.ts'

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

/** What became of somebody who was not known at the gate; `otherwise`: the register has another name under that number, and the line is about nobody. */
export type Identified = 'linked' | 'created' | 'unplaced' | 'unnamed' | 'otherwise'

export interface Crossed {
  readonly receipt: Receipt
  readonly identified: Identified
}

/** Levels at which a person can be registered: where a home is. */
const HOME: readonly string[] = ['village', 'grid', 'building']

/**
 * Logs a crossing with whoever crossed, in one gesture: linked to the register where the document, or the plate, is known, wherever that is, and
 * registered at the destination where a document is not. Somebody without a name or a destination is logged all the same.
 */
export async function cross(store: Store, desk: Desk, crossing: Command, who: AtTheGate): Promise<Result<Crossed>> {
  return (await recognised(store, desk, crossing, who))()
}

/**
 * Looks up whoever stood at the gate, and leaves the logging to be done: it enters the queue of the writer as soon as it is called, so that
 * several crossings are looked up together and logged in their order. A line that is sent again is answered as the first time.
 */
export async function recognised(store: Store, desk: Desk, crossing: Command, who: AtTheGate): Promise<() => Promise<Result<Crossed>>> {
  const log = await lookedUp(store, desk, crossing, who)
  return async () => {
    const done = await log()
    if (done.ok) return done
    const before = (await asBefore(store, [{ command: crossing }])).get(crossing.id)
    return before ? logged(desk, before, identifiedBy(who, before)) : done
  }
}

/** What became of whoever crossed, by whom the line names. */
function identifiedBy(who: AtTheGate, { shown }: Line): Identified {
  if (shown !== undefined) return shown.includes(who.person) ? 'created' : 'linked'
  return who.document === undefined || isUnnamed(who) ? 'unnamed' : 'unplaced'
}

const isUnnamed = ({ name = '' }: AtTheGate): boolean => name.trim() === ''

async function lookedUp(store: Store, desk: Desk, crossing: Command, who: AtTheGate): Promise<() => Promise<Result<Crossed>>> {
  const { actor } = desk
  const log = (line: Line) => () => logged(desk, line, identifiedBy(who, line))
  if (who.document === undefined) {
    return log(lineAbout(crossing, await noted(store, actor, await drivenBy(store, crossing, who.plate))))
  }
  const shown = gates.readDocument(who.document)
  const person = shown && (await knownAs(store, actor, shown.document))
  if (!shown || (shown.doubtful && person === undefined))
    return async () =>
      no(
        problem(
          'invalid',
          { field: { zh: '证件号码', en: 'document number' }, why: { zh: '请与证件核对。', en: 'compare it with the document.' } },
          { path: 'document' },
        ),
      )
  if (person !== undefined) return loggedAs(store, desk, crossing, who, person)
  const area = placeFor(store, desk, crossing)
  if (isUnnamed(who) || area === undefined) {
    const [line = { command: crossing }] = await withDrivers(store, actor, [crossing])
    return log(line)
  }
  return () => register(store, desk, { crossing, who, shown, area })
}

/**
 * Is somebody who came with a name the one whom the register has under their number? Who comes in under another name is somebody else, and nobody is
 * moved by a slip in a number; whoever goes out is kept in by the document, under whichever name.
 */
async function isTheirs(store: Store, { input }: Command, who: AtTheGate, person: string): Promise<boolean> {
  if (input.direction === 'out' || isUnnamed(who)) return true
  return written((await rowOf(store, 'person', person))?.fields.name) === written(who.name)
}

async function loggedAs(
  store: Store,
  desk: Desk,
  crossing: Command,
  who: AtTheGate,
  person: string,
): Promise<() => Promise<Result<Crossed>>> {
  const line = lineAbout(crossing, person)
  const is = await isTheirs(store, crossing, who, person)
  return () => (is ? logged(desk, line, identifiedBy(who, line)) : logged(desk, { command: crossing }, 'otherwise'))
}

const written = (name: unknown): string => text(name).replaceAll(/\s/gu, '')

/** Whom the plate beside a line names, by whose it was and who was kept in at its moment, whenever it arrives; of a fever nobody. */
async function drivenBy(store: Store, crossing: Command, plate: string | undefined): Promise<string | undefined> {
  const at = momentOf(store, crossing)
  if (plate === undefined || isSick(store, crossing.input, at)) return undefined
  const [holders = []] = await holdersThen(store, [{ plate: plateNumber(plate), at }])
  const people = await registeredAs(store, holders)
  const isAsked = people.length > 1 && crossing.input.direction === 'out'
  const [keptIn] = isAsked ? await keptInDrivers(store, [{ plate: plateNumber(plate), at }]) : []
  return namedByPlate(people, keptIn)
}

interface Unknown {
  readonly crossing: Command
  readonly who: AtTheGate
  readonly shown: gates.ShownDocument
  /** Where they are registered. */
  readonly area: string
}

async function register(store: Store, desk: Desk, { crossing, who, shown, area }: Unknown): Promise<Result<Crossed>> {
  const line = lineAbout(crossing, who.person)
  const registering: Command = {
    id: who.event,
    record: 'person',
    recordId: who.person,
    action: 'register',
    area,
    input: {
      name: who.name?.trim(),
      ...(shown.type === undefined ? {} : { documentType: shown.type }),
      documentNumber: shown.document,
      ...(who.phone === undefined ? {} : { phone: who.phone }),
      ...(who.plate === undefined ? {} : { plate: who.plate }),
    },
    ...(crossing.happenedAt === undefined ? {} : { happenedAt: crossing.happenedAt }),
  }
  const done = await desk.submitTogether([registering, line.command])
  if (done.ok) {
    const receipt = done.value.at(-1)
    return receipt ? ok({ receipt, identified: identifiedBy(who, line) }) : no(problem('not-found', { what: crossing.record }))
  }
  // Somebody registered the same document in the meantime.
  const taken = done.problem.code === 'already-exists' || done.problem.code === 'registered-elsewhere'
  const person = taken ? await knownAs(store, desk.actor, shown.document) : undefined
  return person === undefined ? done : (await loggedAs(store, desk, crossing, who, person))()
}

/** The number of a document as the register writes it, so that two ways of typing it are one; or the plate. */
export const shownBy = ({ document, plate }: AtTheGate): string | undefined =>
  document === undefined ? plate : (gates.readDocument(document)?.document ?? document)

async function logged(desk: Desk, { command, shown }: Line, identified: Identified): Promise<Result<Crossed>> {
  const done = await desk.submit(command, shown)
  return done.ok ? ok({ receipt: done.value, identified }) : done
}

/** The id under which the register knows a document, wherever that is; the look is written down. */
async function knownAs(store: Store, actor: Actor, document: string): Promise<string | undefined> {
  return noted(store, actor, (await registered(store, document, 'documentNumber'))?.person)
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
