import type { Action, Fields } from '@guatu/kernel'
import { askedOf } from './round-figures.ts'
import type { Workspace } from './workspace.ts'

/** What was entered of an act's own indicators in the area and on the day that it speaks of, written or about to be written. */
export async function figuresOf(
  work: Workspace,
  action: Action<Fields, string> | undefined,
  fields: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, number>> | undefined> {
  const asked = askedOf(action, fields)
  if (!asked) return undefined
  const { area, day } = asked
  return Object.fromEntries(
    (await work.figures(asked)).map(
      ({ measure, days }) => [measure, (days[0]?.entered ?? 0) + work.unwritten({ area, day, measure })] as const,
    ),
  )
}
