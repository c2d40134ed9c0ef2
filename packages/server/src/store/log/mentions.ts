import { type AnyRecord, CORRECT, type Command, type Field, meaningsOf, type Problem, problem, type Registry } from '@guatu/kernel'
import type { Workspace } from './workspace.ts'

/** A value of an act that names something else. */
export interface Mention {
  readonly name: string
  readonly field: Field
  /** The kind of what is named; of a list, that of its items. */
  readonly of: Field
}

const known = new WeakMap<AnyRecord, Map<string, readonly Mention[]>>()

/** Which values of an act name a place, a body or a record. */
export function mentionsOf(def: AnyRecord, action: string): readonly Mention[] {
  const ofDef = known.get(def) ?? new Map<string, readonly Mention[]>()
  known.set(def, ofDef)
  const before = ofDef.get(action)
  if (before) return before
  const made = Object.entries(meaningsOf(def, action)).flatMap(([name, field]): Mention[] => {
    const of = field.item ?? field
    return ['area', 'unit', 'person', 'record'].includes(of.kind) ? [{ name, field, of }] : []
  })
  // Any name may be asked about; only those of the definition are few.
  if (action === CORRECT || Object.hasOwn(def.actions, action)) ofDef.set(action, made)
  return made
}

export interface Named extends Mention {
  readonly id: string
  readonly path: string
}

/** What an act names, one by one. */
export function namedBy(def: AnyRecord, { action, input: sent }: Pick<Command, 'action' | 'input'>): Named[] {
  const mentions = mentionsOf(def, action)
  if (mentions.length === 0) return []
  // A correction carries the values that take the place of others.
  const input = (action === CORRECT ? sent.input : sent) as Readonly<Record<string, unknown>> | null | undefined
  if (typeof input !== 'object' || input === null) return []
  return mentions.flatMap((mention) => {
    const given = input[mention.name]
    if (given === undefined) return []
    return (Array.isArray(given) ? given : [given]).flatMap((id) =>
      typeof id === 'string' && id !== '' ? [{ ...mention, id, path: `${action === CORRECT ? 'input.' : ''}input.${mention.name}` }] : [],
    )
  })
}

/** The definition of the record that is named; none for places and bodies, and for what this registry does not have. */
export function recordNamed(registry: Registry, { of }: Mention): AnyRecord | undefined {
  return registry.records.get(of.kind === 'person' ? 'person' : of.kind === 'record' ? (of.of ?? '') : '')
}

/**
 * Why an act from outside names a record that was never made: nobody would ever find what hangs on it. One that is over, merged or erased is
 * still there; whether it serves is for the act.
 */
export async function strangeRecord(work: Workspace, def: AnyRecord, command: Command): Promise<Problem | undefined> {
  for (const named of namedBy(def, command)) {
    const target = recordNamed(work.registry, named)
    // What is no id at all is refused for its form.
    if (!target || !ID.test(named.id) || (await work.state(target, named.id))) continue
    const why = {
      zh: `没有这条${target.label.zh}记录，请从已有记录中选择。`,
      en: `there is no such ${target.label.en.toLowerCase()}; choose an existing record.`,
    }
    return problem('invalid', { field: named.field.label, why }, { path: named.path })
  }
  return undefined
}

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
