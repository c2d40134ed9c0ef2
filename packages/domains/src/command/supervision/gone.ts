import type { Label, Places } from '@guatu/kernel'

const FIELDS = { lead: { zh: '牵头单位', en: 'lead unit' }, assisting: { zh: '协办单位', en: 'assisting unit' } } as const

/** A unit that is to do something and does not exist on the day. */
interface Gone {
  readonly field: keyof typeof FIELDS
  readonly called: Label
  readonly name: string
}

/** The first unit of a directive or matter that has ended or not begun on a day: a task for it would wait in nobody's inbox. */
export function goneOf(
  { lead, assisting }: Readonly<Record<string, unknown>>,
  { places, today }: { readonly places: Places; readonly today: string },
): Gone | undefined {
  const named = [[lead, 'lead'] as const, ...(Array.isArray(assisting) ? assisting : []).map((unit) => [unit, 'assisting'] as const)]
  const [gone] = named.filter(([unit]) => typeof unit === 'string' && places.path(unit, today) === undefined)
  if (!gone) return undefined
  const [unit, field] = gone
  return { field, called: FIELDS[field], name: places.name(String(unit)) ?? String(unit) }
}
