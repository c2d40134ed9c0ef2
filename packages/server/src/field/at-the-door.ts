import { type Actor, type Command, problem } from '@guatu/kernel'
import { registered } from '../gates/observed.ts'
import { definition, rowOf, text } from '../gates/register.ts'
import { namedBy } from '../store/log/mentions.ts'
import type { Store } from '../store/store.ts'
import type { Known } from './boxed.ts'
import type { From, HandOverBox } from './handed-over.ts'

/** What is written beside the look by which somebody of elsewhere is known at the door: the auditor reads it. */
const PURPOSE = '上门核对证件接收'

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
  { store, box }: { readonly store: Store; readonly box: HandOverBox },
  actor: Actor,
  commands: readonly Command[],
  from: (command: Command) => Omit<From, 'problem'>,
): Promise<ReadonlyMap<string, Known>> {
  const arrived = arrivedAmong(commands)
  const entered = commands.filter((one) => isRegistering(one) && arrived.has(one.recordId))
  const known = new Map(await box.knownAs(actor.id, namedIn(store, commands)))
  for (const command of entered) {
    if (known.has(command.recordId) || (await rowOf(store, 'person', command.recordId))) continue
    const one = await settled({ store, box }, actor, command, from(command))
    if (one) known.set(command.recordId, one)
  }
  return known
}

/**
 * Keeps whom an entry that was refused is of, where number and name are theirs: should the phone declare that they arrived, that is about them. Until
 * then they stay where they are.
 */
export async function settled(
  { store, box }: { readonly store: Store; readonly box: HandOverBox },
  actor: Actor,
  command: Command,
  from: Omit<From, 'problem'>,
): Promise<Known | undefined> {
  const { name, documentNumber, household } = command.input
  const found = await registered(store, text(documentNumber), 'documentNumber')
  const there = await rowOf(store, 'person', found?.person)
  if (!there || written(there.fields.name) !== written(name)) return undefined
  const one = { person: there.id, ...(typeof household === 'string' ? { household } : {}) }
  await store.noteLook({ actor: actor.id, what: 'search', record: 'person', purpose: PURPOSE, rows: 1, recordId: there.id })
  const twin = problem('already-exists', { what: definition(store, 'person').label }, { data: { id: there.id } })
  await box.settleAs(command, { ...from, problem: twin }, one)
  return one
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

/** An act about the entry that is there, in place of the one that the phone made. */
export function aboutKnown(
  command: Command,
  known: ReadonlyMap<string, Known>,
): { readonly command: Command; readonly shown: readonly string[] } {
  if (known.size === 0 || isRegistering(command)) return { command, shown: [] }
  const shown = new Set<string>()
  const meant = (value: unknown): unknown => {
    const one = typeof value === 'string' ? known.get(value) : undefined
    if (one) shown.add(one.person)
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
