import { type Actor, type Command, EVERYTHING, type Problem, problem } from '@guatu/kernel'
import { registered } from '../gates/observed.ts'
import { definition, rowOf, text } from '../gates/register.ts'
import { namedBy } from '../store/log/mentions.ts'
import { elsewhereKnown, elsewhereOtherwise } from '../store/query/elsewhere.ts'
import { recordsOf } from '../store/query/list.ts'
import type { Store } from '../store/store.ts'
import type { Known } from './boxed.ts'
import type { From, HandOverBox } from './hand-over-box.ts'

/** What stands for the phone where there was none: it was done at a desk. */
const DESK = '00000000-0000-0000-0000-000000000000'
/** What is written beside the look by which somebody of elsewhere is known at the door, or at a desk: the auditor reads it. */
const PURPOSE = '上门核对证件接收'
const PURPOSE_AT_DESK = '柜台核对证件接收'

interface Door {
  readonly store: Store
  readonly box: HandOverBox
}

export const isRegistering = ({ record, action }: Command): boolean => record === 'person' && action === 'register'
const isDeclaring = ({ record, action }: Command): boolean => record === 'arrival' && action === 'declare'

/** Entries of a delivery of whom it says that they arrived: they stood before whoever sends it. */
export const arrivedAmong = (commands: readonly Command[]): ReadonlySet<string> => {
  const arrived = new Set(commands.filter(isDeclaring).map(({ input }) => text(input.person)))
  return new Set(commands.filter(isRegistering).flatMap(({ recordId }) => (arrived.has(recordId) ? [recordId] : [])))
}

/**
 * Whom a phone enters and declares, and the register knows already by this document and this name, wherever that is: no second entry is made, and
 * whatever the phone does with its own entry is about the one that is there. The document was shown at the door; the look is written down.
 */
export async function knownAtTheDoor(
  at: Door,
  actor: Actor,
  commands: readonly Command[],
  from: (command: Command) => Omit<From, 'problem'>,
): Promise<ReadonlyMap<string, Known>> {
  const arrived = arrivedAmong(commands)
  const entered = commands.filter((one) => isRegistering(one) && arrived.has(one.recordId))
  const known = new Map(await knownBefore(at, actor, commands))
  for (const command of entered) {
    if (known.has(command.recordId) || (await rowOf(at.store, 'person', command.recordId))) continue
    const one = await settled(at, actor, command, from(command))
    if (one) known.set(command.recordId, one)
  }
  return known
}

/** Whom entries that were refused before are of. One that was entered after all, under another number, is its own. */
async function knownBefore({ store, box }: Door, actor: Actor, commands: readonly Command[]): Promise<ReadonlyMap<string, Known>> {
  const known = await box.knownAs(actor.id, namedIn(store, commands))
  if (known.size === 0) return known
  const own = await recordsOf(store.db, definition(store, 'person'), EVERYTHING, [...known.keys()])
  const ids = new Set(own.map(({ id }) => id))
  return new Map([...known].filter(([id]) => !ids.has(id)))
}

/**
 * Keeps whom an entry that was refused is of, where number and name are theirs: should whoever sent it declare that they arrived, that is about them.
 * Until then they stay where they are. Whether it is theirs is told whoever has the document before them, so the look is written down either way.
 */
async function settled({ store, box }: Door, actor: Actor, command: Command, from: Omit<From, 'problem'>): Promise<Known | undefined> {
  const { name, documentNumber, household } = command.input
  const found = await registered(store, text(documentNumber), 'documentNumber')
  const there = await rowOf(store, 'person', found?.person)
  if (!there) return undefined
  const isTheirs = written(there.fields.name) === written(name)
  const purpose = from.device === DESK ? PURPOSE_AT_DESK : PURPOSE
  await store.noteLook({ actor: actor.id, what: 'search', record: 'person', purpose, rows: isTheirs ? 1 : 0, recordId: there.id })
  if (!isTheirs) return undefined
  const one = { person: there.id, ...(typeof household === 'string' ? { household } : {}) }
  const twin = problem('already-exists', { what: definition(store, 'person').label }, { data: { id: there.id } })
  await box.settleAs(command, { ...from, problem: twin }, one)
  return one
}

/** Why somebody is not entered a second time: the way on where number and name are theirs, else that the name is another one. */
export async function refusedElsewhere(
  at: Door,
  actor: Actor,
  command: Command,
  from: Omit<From, 'problem'>,
  refused: Problem,
): Promise<Problem> {
  if (refused.code !== 'registered-elsewhere' || !isRegistering(command)) return refused
  return (await settled(at, actor, command, from)) ? elsewhereKnown(refused) : elsewhereOtherwise(refused)
}

/** The same of an act that was done at a desk. */
export const refusedAtDesk = (at: Door, actor: Actor, command: Command, refused: Problem): Promise<Problem> => {
  const { area, happenedAt = at.store.clock.now().toString() } = command
  return refusedElsewhere(
    at,
    actor,
    command,
    { account: actor.id, device: DESK, at: happenedAt, ...(area === undefined ? {} : { area }) },
    refused,
  )
}

/** An arrival that is declared at a desk, about the entry that is there where the officer could not enter that person a second time. */
export async function declaredAtDesk(at: Door, actor: Actor, command: Command): Promise<ReturnType<typeof aboutKnown>> {
  return isDeclaring(command) ? aboutKnown(command, await knownBefore(at, actor, [command])) : { command, shown: [] }
}

const written = (name: unknown): string => text(name).replaceAll(/\s/gu, '')

/** Persons that acts name, or are about. */
const namedIn = ({ registry }: Pick<Store, 'registry'>, commands: readonly Command[]): readonly string[] => [
  ...new Set(
    commands.flatMap((command) => {
      const def = registry.records.get(command.record)
      const names = def ? namedBy(def, command).filter(({ of }) => of.kind === 'person') : []
      return [...(command.record === 'person' ? [command.recordId] : []), ...names.map(({ id }) => id)]
    }),
  ),
]

/**
 * An act about the entry that is there, in place of the one that the phone made. Only the declaration is of whoever stands at the door, wherever they are
 * registered; anything else is done within the jurisdiction, as by anybody who names them.
 */
export function aboutKnown(
  command: Command,
  known: ReadonlyMap<string, Known>,
): { readonly command: Command; readonly shown: readonly string[] } {
  if (known.size === 0 || isRegistering(command)) return { command, shown: [] }
  const shown = new Set<string>()
  const meant = (value: unknown): unknown => {
    const one = typeof value === 'string' ? known.get(value) : undefined
    if (one && isDeclaring(command)) shown.add(one.person)
    return one?.person ?? value
  }
  const input = Object.fromEntries(
    Object.entries(command.input).map(([name, value]) => [name, Array.isArray(value) ? value.map(meant) : meant(value)]),
  )
  const household = isDeclaring(command) ? known.get(text(command.input.person))?.household : undefined
  const recordId = command.record === 'person' ? text(meant(command.recordId)) : command.recordId
  return {
    command: { ...command, recordId, input: household === undefined ? input : { household, ...input } },
    shown: [...shown],
  }
}
