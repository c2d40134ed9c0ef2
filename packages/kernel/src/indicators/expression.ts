/** A test on one row: small, closed, and the same for the reference evaluator here and for the SQL compiler of the server. */
export type Expression =
  | { readonly op: 'every'; readonly of: readonly Expression[] }
  | { readonly op: 'some'; readonly of: readonly Expression[] }
  | { readonly op: 'not'; readonly of: Expression }
  | { readonly op: 'is'; readonly field: string; readonly value: Scalar }
  | { readonly op: 'in'; readonly field: string; readonly values: readonly Scalar[] }
  | { readonly op: 'given'; readonly field: string }
  | { readonly op: 'between'; readonly field: string; readonly low?: number | string; readonly high?: number | string }

export type Scalar = string | number | boolean

export const ALWAYS: Expression = { op: 'every', of: [] }

/** What a row offers to an expression: its fields, its state, its area. */
export type Readable = Readonly<Record<string, unknown>>

/**
 * Reference evaluator. A missing value satisfies only `not`; comparisons never guess across types: exact decimals, kept as
 * text, compare as numbers when the bound is a number.
 */
export function holds(expression: Expression, row: Readable): boolean {
  switch (expression.op) {
    case 'every':
      return expression.of.every((one) => holds(one, row))
    case 'some':
      return expression.of.some((one) => holds(one, row))
    case 'not':
      return !holds(expression.of, row)
    case 'is':
      return row[expression.field] === expression.value
    case 'in':
      return expression.values.some((value) => row[expression.field] === value)
    case 'given':
      return row[expression.field] !== undefined && row[expression.field] !== null
    case 'between': {
      const value = row[expression.field]
      if (value === undefined || value === null) return false
      const { low, high } = expression
      return (low === undefined || atLeast(value, low)) && (high === undefined || atMost(value, high))
    }
  }
}

/** A row in two parts, as records keep it: a field called `state` means the record's state. */
export type Test = (fields: Readable, state: string) => boolean

/** An expression made into a function once, for whoever asks of every row; says the same as {@link holds}. */
export function tester(expression: Expression): Test {
  switch (expression.op) {
    case 'every': {
      const [first, ...rest] = expression.of.map(tester)
      if (!first) return () => true
      if (rest.length === 0) return first
      return (fields, state) => {
        if (!first(fields, state)) return false
        for (const one of rest) if (!one(fields, state)) return false
        return true
      }
    }
    case 'some': {
      const of = expression.of.map(tester)
      return (fields, state) => {
        for (const one of of) if (one(fields, state)) return true
        return false
      }
    }
    case 'not': {
      const of = tester(expression.of)
      return (fields, state) => !of(fields, state)
    }
    default:
      return expression.field === 'state' ? ofState(expression) : ofField(expression)
  }
}

type Comparison = Extract<Expression, { readonly field: string }>

const ofState = (expression: Comparison): Test => {
  // The states of a record are few: each is judged once.
  const known = new Map<string, boolean>()
  return (_, state) => {
    const before = known.get(state)
    if (before !== undefined) return before
    const now = holds(expression, { state })
    known.set(state, now)
    return now
  }
}

const ofField = (expression: Comparison): Test => {
  const { field } = expression
  switch (expression.op) {
    case 'is': {
      const { value } = expression
      return (fields) => fields[field] === value
    }
    case 'in': {
      const { values } = expression
      return (fields) => {
        const held = fields[field]
        for (const value of values) if (held === value) return true
        return false
      }
    }
    case 'given':
      return (fields) => fields[field] !== undefined && fields[field] !== null
    default:
      return (fields) => holds(expression, fields)
  }
}

const atLeast = (value: unknown, low: number | string) => (typeof low === 'number' ? Number(value) >= low : String(value) >= low)
const atMost = (value: unknown, high: number | string) => (typeof high === 'number' ? Number(value) <= high : String(value) <= high)

/** Fields whose values an expression compares; whether one is given at all tells nothing of it. */
export function comparedFields(expression: Expression): readonly string[] {
  if (expression.op === 'every' || expression.op === 'some') return expression.of.flatMap(comparedFields)
  if (expression.op === 'not') return comparedFields(expression.of)
  return expression.op === 'given' ? [] : [expression.field]
}

/** Fields an expression looks at, for checking definitions and choosing indexes. */
export function fieldsOf(expression: Expression): readonly string[] {
  switch (expression.op) {
    case 'every':
    case 'some':
      return expression.of.flatMap(fieldsOf)
    case 'not':
      return fieldsOf(expression.of)
    default:
      return [expression.field]
  }
}
