import type { DailyDuty } from '../duties.ts'
import { comparedFields, type Expression } from '../indicators/expression.ts'
import type { Measure } from '../indicators/measure.ts'
import type { ParameterReader } from '../parameters/parameter.ts'
import type { AnyRecord } from './define.ts'

/**
 * What of a definition would need a sensitive value in clear at rest: to sort, to compare, to index, to count. Such a definition is
 * refused when the program starts; whether a value is given at all may be asked, it tells nothing of it.
 */
export function disclosures(record: AnyRecord): string[] {
  const wrong: string[] = []
  const none = (names: readonly string[], what: string) => {
    for (const name of names)
      if (record.fields[name]?.sensitive) wrong.push(`${record.name}: ${what} needs sensitive field ${name} in clear`)
  }
  const asked = (expression: Expression | undefined) => (expression ? comparedFields(expression) : [])
  none([record.list.sort.replace(/^-/, '')], 'the order of the list')
  none(record.list.filters, 'a filter')
  none((record.indexes ?? []).flat(), 'an index')
  none(record.units ?? [], 'access by unit')
  none(asked(record.carried?.rows), 'the choice of carried rows')
  for (const [name, { when, notBefore }] of Object.entries(record.actions))
    none([...asked(when), ...(notBefore === undefined ? [] : [notBefore])], `the offer of ${name}`)
  for (const name of record.key ?? []) {
    const field = record.fields[name]
    if (field?.sensitive && field.find !== 'exact' && field.find !== 'number')
      wrong.push(`${record.name}: key ${name} is sensitive and must be found exactly`)
  }
  for (const [name, field] of Object.entries(record.fields)) {
    if (field.find && !field.sensitive) wrong.push(`${record.name}: ${name} is found by hash although it is not sensitive`)
    if (field.find && field.column !== 'text') wrong.push(`${record.name}: ${name} is found by hash and must be a text`)
  }
  return wrong
}

/** The same for what is counted. */
export const countsIdentity = (record: AnyRecord, measure: Measure): readonly string[] =>
  [...comparedFields(measure.where), ...(measure.sum ? [measure.sum] : [])].filter((name) => record.fields[name]?.sensitive)

/** Stands for every parameter where only the fields matter. */
const anyNumber: ParameterReader = (_code, fallback) => (fallback ?? 0) as never

/** Whether a due list compares what is sensitive; which fields it asks for does not depend on the day. */
export const asksIdentity = (record: AnyRecord, where: DailyDuty['where']): boolean =>
  comparedFields(typeof where === 'function' ? where('0001-01-01', anyNumber) : where).some((field) => record.fields[field]?.sensitive)

/** Whether a record says of somebody who they are, or is about a person: what it carries, such as a signed paper, is opened with a purpose only. */
export const concernsPerson = (record: Pick<AnyRecord, 'fields'>): boolean =>
  Object.values(record.fields).some((field) => field.kind === 'person' || field.sensitive)
