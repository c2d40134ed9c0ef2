import { type AnyRecord, type Field, inputFields, type Label, type Problem, problem, type Surroundings } from '@guatu/kernel'

/** What a page without an account can ask: no references, no files, no codes of a list, nothing that only an office knows. */
const ASKABLE: ReadonlySet<Field['kind']> = new Set([
  'text',
  'choice',
  'count',
  'decimal',
  'date',
  'moment',
  'flag',
  'phone',
  'temperature',
  'list',
])

export interface Question {
  readonly name: string
  readonly field: Field
  readonly required: boolean
  /** Corrects what was said before: left empty, that stands. */
  readonly corrects: boolean
}

/** Ticked to say that of a list none applies any more. */
export const NONE = '-'

const askable = (field: Field) => ASKABLE.has(field.kind) && (field.kind !== 'list' || field.item?.options !== undefined)

/** Answered by the page itself: a choice that has an answer for “by the person”. */
const isBySelf = (field: Field) => field.options?.self !== undefined

export const questionsOf = (def: AnyRecord, action: string): readonly Question[] => {
  const at = def.actions[action]
  if (!at) return []
  const corrects = (name: string) => at.from !== 'new' && (at.takes ?? []).includes(name)
  return inputFields(def, at)
    .filter(({ name, field }) => askable(field) && !isBySelf(field) && !at.notAsked?.includes(name))
    .map((one) => ({ ...one, corrects: corrects(one.name) }))
}

/** What the page answers by itself: who it is about, and that it is the person who speaks. */
export function givenFor(def: AnyRecord, action: string, person: string, household: string | undefined): Record<string, unknown> {
  const at = def.actions[action]
  const given: Record<string, unknown> = {}
  for (const { name, field, required } of at ? inputFields(def, at) : []) {
    if (isBySelf(field)) given[name] = 'self'
    else if (field.kind === 'person' && required) given[name] = person
    else if (field.kind === 'record' && field.of === 'household' && household !== undefined) given[name] = household
  }
  return given
}

/** The field by which a record names the person it is about. */
export const subjectOf = (def: AnyRecord): string | undefined =>
  Object.entries(def.fields).find(([, field]) => field.kind === 'person')?.[0]

/** Reads one answer through its own kind; undefined when it was left empty. */
export function readAnswer(
  { field, required, corrects }: Question,
  written: readonly string[],
  at: Surroundings,
): { readonly value?: unknown; readonly problem?: Problem } {
  const given = written.filter((one) => one !== '')
  const [text] = given
  if (text === undefined) return required ? { problem: problem('required', { field: field.label }) } : {}
  if (corrects && field.kind === 'list' && given.includes(NONE)) return { value: [] }
  const raw = field.kind === 'list' ? given : field.kind === 'flag' ? text === 'true' : field.options ? text : undefined
  if (raw !== undefined) {
    const parsed = field.schema.safeParse(raw)
    return parsed.success ? { value: parsed.data } : { problem: problem('required', { field: field.label }) }
  }
  const read = field.fromForm(field.kind === 'moment' ? text.replace('T', ' ') : text, at)
  return read.ok ? { value: read.value } : { problem: read.problem }
}

export const YES_NO: Readonly<Record<string, Label>> = { true: { zh: '是', en: 'Yes' }, false: { zh: '否', en: 'No' } }
