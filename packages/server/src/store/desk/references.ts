import { type AnyRecord, type AreaTree, CORRECT, type Command, meaningsOf, type Problem, problem } from '@guatu/kernel'

type Target = 'area' | 'unit'
interface Reference {
  readonly name: string
  readonly target: Target
}

const known = new WeakMap<AnyRecord, Map<string, readonly Reference[]>>()

/** Which values of an act name a place or a body. */
function referencesOf(def: AnyRecord, action: string): readonly Reference[] {
  const ofDef = known.get(def) ?? new Map<string, readonly Reference[]>()
  known.set(def, ofDef)
  const before = ofDef.get(action)
  if (before) return before
  const made = Object.entries(meaningsOf(def, action)).flatMap(([name, field]): Reference[] => {
    const kind = field.item?.kind ?? field.kind
    return kind === 'area' || kind === 'unit' ? [{ name, target: kind }] : []
  })
  if (Object.hasOwn(def.actions, action)) ofDef.set(action, made)
  return made
}

/**
 * Why an act from outside names a place or a body that the register of areas never had: a task for it would wait in nobody's inbox. Whether it lives on
 * the day is for the act.
 */
export function strangeReference(def: AnyRecord, tree: AreaTree, { action, input: sent }: Command): Problem | undefined {
  // A correction carries the values that take the place of others.
  const input = (action === CORRECT ? sent.input : sent) as Readonly<Record<string, unknown>> | null | undefined
  if (typeof input !== 'object' || input === null) return undefined
  for (const { name, target } of referencesOf(def, action)) {
    const given = input[name]
    for (const id of Array.isArray(given) ? given : [given]) {
      if (typeof id !== 'string' || id === '') continue
      // An area stands for its government where a body is meant: it decides on orders.
      if (tree.has(id)) continue
      const field = meaningsOf(def, action)[name]
      const why =
        target === 'unit'
          ? {
              zh: `单位名册中没有“${id.slice(0, 64)}”，请从名册中选择。`,
              en: `there is no body “${id.slice(0, 64)}”; choose one of the register of units.`,
            }
          : { zh: `没有区划“${id.slice(0, 64)}”，请从区划中选择。`, en: `there is no area “${id.slice(0, 64)}”; choose one of the tree.` }
      return problem('invalid', { field: field?.label ?? name, why }, { path: `${action === CORRECT ? 'input.' : ''}input.${name}` })
    }
  }
  return undefined
}
