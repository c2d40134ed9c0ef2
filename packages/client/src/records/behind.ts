import type { Expression, Measure, Registry } from '@guatu/kernel'
import type { Filters } from '../api/queries.ts'

/** The condition of a measure as filters of its list; undefined where a list cannot say it. */
function asFilters(where: Expression): Filters | undefined {
  if (where.op === 'is') return { [where.field]: String(where.value) }
  if (where.op === 'in') return { [where.field]: where.values.join() }
  if (where.op === 'given') return { [where.field]: 'given' }
  if (where.op === 'not') return where.of.op === 'given' ? { [where.of.field]: 'none' } : undefined
  if (where.op === 'between')
    return {
      ...(where.low === undefined ? {} : { [`${where.field}.from`]: String(where.low) }),
      ...(where.high === undefined ? {} : { [`${where.field}.to`]: String(where.high) }),
    }
  if (where.op !== 'every') return undefined
  const parts = where.of.map(asFilters)
  return parts.some((one) => one === undefined) ? undefined : Object.assign({}, ...parts)
}

/** Where the records behind a figure of today are found: the list of its record with the same condition. Flows count acts, not records. */
export function filtersOf(registry: Registry, measure: Measure): { readonly record: string; readonly filters: Filters } | undefined {
  const filters = measure.type === 'stock' && registry.records.has(measure.record) ? asFilters(measure.where) : undefined
  return filters && { record: measure.record, filters }
}
