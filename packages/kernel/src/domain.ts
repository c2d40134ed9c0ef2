import type { Charge, DailyDuty, StandingDuty, SurveyDuty, TimedDuty } from './duties.ts'
import { fieldsOf } from './indicators/expression.ts'
import type { Indicator, Measure } from './indicators/measure.ts'
import type { Label } from './label.ts'
import type { ParameterDef } from './parameters/parameter.ts'
import type { AnyRecord } from './records/define.ts'
import { asksIdentity, countsIdentity, disclosures } from './records/disclosure.ts'
import { MOVE } from './records/fold.ts'
import type { Relation } from './records/relation.ts'

/** A folder of the city's work: its records, indicators and parameters. Everything else is derived. */
export interface Domain {
  readonly name: string
  readonly label: Label
  readonly records: readonly AnyRecord[]
  readonly indicators?: Readonly<Record<string, Indicator>>
  readonly parameters?: readonly ParameterDef[]
  /** What the system does by itself at every city midnight. */
  readonly daily?: readonly DailyDuty[]
  /** What it does at moments that stand in records. */
  readonly timed?: readonly TimedDuty[]
  /** What it keeps true of open records while others change. */
  readonly standing?: readonly StandingDuty[]
  /** What it works out over whole registers. */
  readonly surveys?: readonly SurveyDuty[]
  /** What an account holds; given up in this order, what others hang on first. */
  readonly charges?: readonly Charge[]
}

export const defineDomain = <const D extends Domain>(domain: D): D => domain

/** All domains of a program, looked up by name; built once, contradictions found at start. */
export interface Registry {
  readonly domains: readonly Domain[]
  readonly records: ReadonlyMap<string, AnyRecord>
  /** Keyed `domain.indicator`. */
  readonly indicators: ReadonlyMap<string, Indicator>
  /** Measures to keep books of, by the record they look at: `[measure id, measure]`. The denominator of `x` is `x/per`. */
  readonly measures: ReadonlyMap<string, readonly (readonly [string, Measure])[]>
  readonly parameters: ReadonlyMap<string, ParameterDef>
}

/** @throws Error naming every contradiction between the definitions: a mistake of the programmer, found at start. */
export function buildRegistry(domains: readonly Domain[]): Registry {
  const wrong: string[] = []
  const records = new Map<string, AnyRecord>()
  const indicators = new Map<string, Indicator>()
  const measures = new Map<string, (readonly [string, Measure])[]>()
  const parameters = new Map<string, ParameterDef>()
  for (const domain of domains) {
    for (const record of domain.records) {
      if (records.has(record.name)) wrong.push(`record ${record.name} is defined twice`)
      records.set(record.name, record)
      wrong.push(...contradictions(record), ...disclosures(record))
    }
    for (const parameter of domain.parameters ?? []) {
      if (parameters.has(parameter.code)) wrong.push(`parameter ${parameter.code} is defined twice`)
      parameters.set(parameter.code, parameter)
    }
  }
  for (const domain of domains) {
    for (const [name, indicator] of Object.entries(domain.indicators ?? {})) {
      const id = `${domain.name}.${name}`
      indicators.set(id, indicator)
      for (const [key, measure] of [
        [id, indicator.value],
        [`${id}/per`, indicator.per],
      ] as const) {
        if (!measure) continue
        const record = records.get(measure.record)
        if (!record) wrong.push(`indicator ${id} counts unknown record ${measure.record}`)
        for (const field of [...fieldsOf(measure.where), ...(measure.sum ? [measure.sum] : [])]) {
          if (field !== 'state' && record && !record.fields[field]) wrong.push(`indicator ${id} looks at unknown field ${field}`)
        }
        for (const field of record ? countsIdentity(record, measure) : [])
          wrong.push(`indicator ${id} needs sensitive field ${field} in clear`)
        measures.set(measure.record, [...(measures.get(measure.record) ?? []), [key, measure]])
      }
    }
  }
  for (const duty of domains.flatMap((domain) => domain.daily ?? [])) {
    const record = records.get(duty.record)
    if (!record) wrong.push(`daily duty ${duty.name} looks at unknown record ${duty.record}`)
    else if (asksIdentity(record, duty.where)) wrong.push(`daily duty ${duty.name} needs a sensitive field in clear`)
  }
  for (const duty of domains.flatMap((domain) => domain.timed ?? [])) {
    if (records.get(duty.record)?.fields[duty.at]?.kind !== 'moment')
      wrong.push(`timed duty ${duty.name} waits for ${duty.record}.${duty.at}, which is no moment`)
  }
  for (const { name, record, account, act, back } of domains.flatMap((domain) => domain.charges ?? [])) {
    const { fields, actions } = records.get(record) ?? {}
    if (!fields) wrong.push(`charge ${name} looks at unknown record ${record}`)
    else if (fields[account]?.kind !== 'account') wrong.push(`charge ${name} goes by ${record}.${account}, which is no account`)
    if (actions && !actions[act.action]?.automatic)
      wrong.push(`charge ${name} ends by ${record}.${act.action}, which nobody does by itself`)
    if (actions && back && !actions[back.act.action]?.automatic)
      wrong.push(`charge ${name} is given back by ${record}.${back.act.action}, which nobody does by itself`)
    for (const field of back?.same ?? [])
      if (fields && !fields[field]) wrong.push(`charge ${name} compares unknown field ${record}.${field}`)
  }
  for (const survey of domains.flatMap((domain) => domain.surveys ?? [])) {
    for (const { record } of Object.values(survey.reads))
      if (!records.has(record)) wrong.push(`survey ${survey.name} reads unknown record ${record}`)
  }
  const relates = (what: string, relations: Readonly<Record<string, Relation>> = {}, amends = false) => {
    for (const related of Object.values(relations)) {
      const other = records.get(related.record)
      if (!other) wrong.push(`${what} relates to unknown record ${related.record}`)
      for (const field of [...related.sees, ...(related.by === undefined ? [] : [related.by]), ...(related.above?.empty ?? [])])
        if (other && !other.fields[field]) wrong.push(`${what} looks at unknown field ${field} of ${related.record}`)
      for (const field of related.never ? fieldsOf(related.never) : [])
        if (other && field !== 'state' && !other.fields[field]) wrong.push(`${what} looks at unknown field ${field} of ${related.record}`)
      if ((related.anew || related.never) && (!related.onward || !related.atAct))
        wrong.push(`${what} judges itself by rows of ${related.record} as they were: it must be onward, and see them at the act`)
      if (related.anew && !amends) wrong.push(`${what} looks again at rows of ${related.record}: say what it makes of them, with amends`)
      if (related.near && (related.onward !== true || !related.sees.includes(related.near.at)))
        wrong.push(`${what} sees rows of ${related.record} that are near in time: it must be onward, and see ${related.near.at}`)
      if (related.near && other && other.fields[related.near.at]?.kind !== 'moment')
        wrong.push(`${what} looks for ${related.record} near in ${related.near.at}, which is no moment`)
      for (const hop of related.via ?? [])
        if (!records.get(hop.record)?.fields[hop.field]) wrong.push(`${what} leads through unknown field ${hop.field} of ${hop.record}`)
    }
  }
  for (const record of records.values())
    for (const [name, { related, amends }] of Object.entries(record.actions))
      relates(`${record.name}.${name}`, related, amends !== undefined)
  for (const duty of domains.flatMap((domain) => domain.standing ?? [])) {
    if (!records.has(duty.record)) wrong.push(`standing duty ${duty.name} looks at unknown record ${duty.record}`)
    relates(`standing duty ${duty.name}`, duty.related)
  }
  if (wrong.length > 0) throw new Error(`The definitions contradict each other:\n- ${wrong.join('\n- ')}`)
  return { domains, records, indicators, measures, parameters }
}

const RESERVED = new Set([
  'id',
  'county',
  'area',
  'path',
  'state',
  'version',
  'created_at',
  'changed_at',
  'last_event',
  'sealed',
  'wrapped',
])

/** Is it said what becomes of the consequences of an act that somebody corrects, or does nobody correct it? */
const mayFollow = (
  record: AnyRecord,
  name: string,
  { automatic, erases, composed, amends, undoes, settles, to }: AnyRecord['actions'][string],
) =>
  automatic || erases || composed || name === MOVE || amends !== undefined || undoes || settles !== undefined || record.sealed?.includes(to)

function contradictions(record: AnyRecord): string[] {
  const wrong: string[] = []
  const known = (names: readonly string[], where: string) => {
    for (const name of names)
      if (!record.fields[name] && name !== 'state' && name !== 'area') wrong.push(`${record.name}: ${where} names unknown field ${name}`)
  }
  for (const name of Object.keys(record.fields)) if (RESERVED.has(name)) wrong.push(`${record.name}: field name ${name} is reserved`)
  known([...record.list.columns, ...record.list.filters, record.list.sort.replace(/^-/, '')], 'list')
  known([...(record.key ?? []), ...(record.units ?? []), ...(record.alike?.by ?? []), record.title], 'key, units, likeness or title')
  known([...(record.carried?.fields ?? []), ...(record.carried?.knownBy ? [record.carried.knownBy] : [])], 'carried')
  known(record.holds ? [record.holds.of] : [], 'holds')
  known(record.filesEnd === undefined ? [] : [record.filesEnd], 'filesEnd')
  if (record.carried?.rows) known(fieldsOf(record.carried.rows), 'carried rows')
  for (const state of record.carried?.aside ?? [])
    if (!record.states[state]) wrong.push(`${record.name}: carried aside names unknown state ${state}`)
  for (const [name, action] of Object.entries(record.actions)) {
    known([...(action.needs ?? []), ...(action.takes ?? [])], `action ${name}`)
    known([...(action.vouches?.of ?? []), ...(action.answersBeside ? [action.answersBeside] : [])], `action ${name}`)
    if (action.notBefore !== undefined && record.fields[action.notBefore]?.kind !== 'date')
      wrong.push(`${record.name}.${name} waits for ${action.notBefore}, which is no date`)
    if (action.vouches?.of.some((one) => record.carried && !record.carried.fields.includes(one)))
      wrong.push(`${record.name}.${name} vouches for what no phone carries`)
    if (
      name === MOVE &&
      (record.moves || action.effect || action.needs || action.takes || action.with || action.guard || action.to !== 'same')
    )
      wrong.push(`${record.name}.${name} only says who moves it and what goes along`)
    if (action.follows && !mayFollow(record, name, action))
      wrong.push(
        `${record.name}.${name} has consequences: say what its correction does to them, with amends, undoes or settles (settles: [] for none)`,
      )
    if (action.to === 'same' ? action.from === 'new' : !record.states[action.to])
      wrong.push(`${record.name}.${name} leads to unknown state ${action.to}`)
    if (action.from !== 'new')
      for (const from of action.from) if (!record.states[from]) wrong.push(`${record.name}.${name} starts from unknown state ${from}`)
  }
  return wrong
}
