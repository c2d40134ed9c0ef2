import { type AnyRecord, type Expression, no, ok, problem, type Result, type Surroundings } from '@guatu/kernel'
import { readFlag } from './flag.ts'
import type { ListRequest } from './list.ts'

/** The query part of a list address: `state=open,late&due.to=2020-02-20&area=…&q=…&sort=-due&limit=50&cursor=…`. */
export type Query = Readonly<Record<string, string | string[] | undefined>>

const RESERVED = new Set(['area', 'q', 'sort', 'limit', 'cursor', 'lang', 'columns', 'purpose', 'reveal'])

const one = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value)

/** Reads filters by field, each value through its own kind, so that a wrong one is refused with its reason. */
export function readListRequest(
  def: AnyRecord,
  query: Query,
  at: Surroundings,
  pathOf: (area: string) => string | undefined,
): Result<ListRequest> {
  const of: Expression[] = []
  for (const [key, raw] of Object.entries(query)) {
    const value = one(raw)
    if (RESERVED.has(key) || value === undefined) continue
    const [name = '', bound] = key.split('.')
    const condition = readCondition(def, name, bound, value, at)
    if (!condition.ok) return condition
    of.push(condition.value)
  }
  const area = one(query.area)
  const path = area === undefined ? undefined : pathOf(area)
  if (area !== undefined && path === undefined) return no(problem('area-not-listed', { area }, { path: 'area' }))
  const limit = Number(one(query.limit) ?? 50)
  if (!Number.isInteger(limit) || limit < 1)
    return no(
      problem('invalid', { field: 'limit', why: { zh: '请填写正整数。', en: 'write a positive whole number.' } }, { path: 'limit' }),
    )
  const [q, sort, cursor] = [one(query.q), one(query.sort), one(query.cursor)]
  return ok({
    limit,
    ...(of.length > 0 ? { where: { op: 'every', of } as const } : {}),
    ...(path === undefined ? {} : { path }),
    ...(q ? { text: q.replace(/\0/g, '') } : {}),
    ...(sort ? { sort } : {}),
    ...(cursor ? { cursor } : {}),
  })
}

function readCondition(def: AnyRecord, name: string, bound: string | undefined, value: string, at: Surroundings): Result<Expression> {
  if (name === 'state') {
    const states = value.split(',')
    const unknown = states.find((state) => !Object.hasOwn(def.states, state))
    return unknown === undefined
      ? ok({ op: 'in', field: 'state', values: states })
      : no(
          problem(
            'invalid',
            { field: 'state', why: { zh: `没有状态“${unknown}”。`, en: `there is no state “${unknown}”.` } },
            { path: 'state' },
          ),
        )
  }
  const field = Object.hasOwn(def.fields, name) ? def.fields[name] : undefined
  if (!field) return no(problem('unexpected', { field: name }, { path: name }))
  if (value === 'given' || value === 'none') {
    const given: Expression = { op: 'given', field: name }
    return ok(value === 'given' ? given : { op: 'not', of: given })
  }
  // A value of several parts has no order and no plain text to compare by.
  if (field.column === 'jsonb')
    return no(
      problem(
        'invalid',
        { field: field.label, why: { zh: '此列只能按有无筛选：given 或 none。', en: 'this column is filtered by given or none only.' } },
        { path: name },
      ),
    )
  const read = (text: string) => {
    const parsed = field.schema.safeParse(
      field.column === 'integer' || field.kind === 'temperature'
        ? Number(text)
        : field.column === 'boolean'
          ? (readFlag(text) ?? text)
          : text,
    )
    return parsed.success ? ok(parsed.data as string | number | boolean) : (field.fromForm(text, at) as Result<string | number | boolean>)
  }
  if (bound === 'from' || bound === 'to') {
    const limit = read(value)
    if (!limit.ok) return no({ ...limit.problem, path: `${name}.${bound}` })
    const text = typeof limit.value === 'number' ? limit.value : String(limit.value)
    return ok({ op: 'between', field: name, ...(bound === 'from' ? { low: text } : { high: text }) })
  }
  const values: (string | number | boolean)[] = []
  for (const part of value.split(',')) {
    const parsed = read(part)
    if (!parsed.ok) return no({ ...parsed.problem, path: name })
    values.push(parsed.value)
  }
  return ok({ op: 'in', field: name, values })
}
