import { type AnyRecord, type AreaTree, type Command, type Problem, problem } from '@guatu/kernel'
import { namedBy } from '../log/mentions.ts'

/**
 * Why an act from outside names a place that the tree never had, or a body that the register of bodies never had: a task for it would wait in nobody's
 * inbox. Whether it lives on the day is for the act.
 */
export function strangeReference(def: AnyRecord, tree: AreaTree, command: Command): Problem | undefined {
  for (const { of, field, id, path } of namedBy(def, command)) {
    if (of.kind !== 'area' && of.kind !== 'unit') continue
    const found = tree.last(id)
    if (found && (of.kind === 'area' || found.level === 'unit' || of.government === true)) continue
    const shown = found?.name ?? id.slice(0, 64)
    const why =
      of.kind === 'unit'
        ? {
            zh: `单位名册中没有“${shown}”，请从名册中选择${found ? '，例如该地的指挥部' : ''}。`,
            en: `there is no body “${shown}”; choose one of the register of units${found ? ', such as the headquarters of that place' : ''}.`,
          }
        : { zh: `没有区划“${shown}”，请从区划中选择。`, en: `there is no area “${shown}”; choose one of the tree.` }
    return problem('invalid', { field: field.label, why }, { path })
  }
  return undefined
}
