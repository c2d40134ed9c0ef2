import { type AnyRecord, type Field, inputFields, type Registry } from '@guatu/kernel'
import * as z from 'zod'

export type Schema = Readonly<Record<string, unknown>>

export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })
export const text: Schema = { type: 'string' }
export const uuid: Schema = { type: 'string', format: 'uuid' }
export const moment: Schema = { type: 'string', format: 'date-time' }
export const day: Schema = { type: 'string', format: 'date' }
export const whole: Schema = { type: 'integer', minimum: 0 }
export const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] })
export const list = (items: Schema): Schema => ({ type: 'array', items })
export const object = (properties: Readonly<Record<string, Schema>>, optional: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
})
const anything: Schema = {}

/** Name of a record's schema: `task` → `Task`. */
export const schemaName = (record: string): string => `${record[0]?.toUpperCase() ?? ''}${record.slice(1)}`

/** What a field's own schema says, as JSON Schema. */
function fromZod(field: Field, io: 'input' | 'output'): Schema {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(field.schema, { io, unrepresentable: 'any', target: 'draft-2020-12' }) as Record<
    string,
    unknown
  >
  return schema
}

const titled = (field: Field, schema: Schema): Schema => ({
  ...schema,
  title: field.label.en,
  description: [field.label.zh, field.hint?.zh, field.hint?.en].filter(Boolean).join(' · '),
})

/** As it is sent: `null` or empty text empties a field. */
const sent = (field: Field): Schema => titled(field, fromZod(field, 'input'))
/** As it is shown: personal data leave masked, and what is masked is text of no certain form. */
const shown = (field: Field): Schema => titled(field, field.sensitive ? anything : fromZod(field, 'output'))

export function recordSchema(def: AnyRecord): Schema {
  const fields = Object.fromEntries(Object.entries(def.fields).map(([name, field]) => [name, shown(field)]))
  return {
    ...object(
      {
        id: uuid,
        county: text,
        area: text,
        path: text,
        state: { enum: Object.keys(def.states) },
        version: { type: 'integer', minimum: 1 },
        createdAt: moment,
        changedAt: moment,
        lastEvent: uuid,
        fields: { type: 'object', properties: fields, additionalProperties: false },
        offers: list(object({ action: text, allowed: { type: 'boolean' } })),
      },
      ['path', 'offers'],
    ),
    title: def.label.en,
    description: def.label.zh,
  }
}

/** Body of one act on a record. */
export function actSchema(def: AnyRecord, name: string): Schema {
  const action = def.actions[name]
  const fields = action ? inputFields(def, action) : []
  const input: Schema = {
    type: 'object',
    properties: Object.fromEntries(fields.map((one) => [one.name, one.required ? sent(one.field) : orNull(sent(one.field))])),
    required: fields.filter((one) => one.required).map((one) => one.name),
    additionalProperties: false,
  }
  return actBody(action ? input : { type: 'object' }, action?.from === 'new', action?.vouches?.of)
}

export const actBody = (input: Schema, begins: boolean, vouches?: readonly string[]): Schema => ({
  type: 'object',
  properties: {
    event: { ...uuid, description: 'Made by the sender; sending it again changes nothing.' },
    area: text,
    version: { type: 'integer', minimum: 1 },
    ...(vouches && {
      saw: {
        type: 'object',
        description: `What was seen of ${vouches.join(', ')}; null where nothing stood there. A version says the same of all. Without either a correction that is to be checked is refused (not-looked-at).`,
      },
    }),
    happenedAt: moment,
    authority: text,
    shape: { ...whole, minimum: 1, description: 'Shape of the input that the sender knows; that of today when left out.' },
    input,
  },
  required: begins ? ['event', 'area'] : ['event'],
})

const label = object({ zh: text, en: text })

export function sharedSchemas(registry: Registry): Readonly<Record<string, Schema>> {
  const progress = object({
    total: whole,
    done: whole,
    accepted: whole,
    repeated: whole,
    refused: whole,
    ignored: list(text),
    left: list(object({ name: text, rows: whole }, ['rows'])),
  })
  const area = {
    id: text,
    level: { enum: ['province', 'city', 'county', 'town', 'village', 'grid', 'building', 'unit'] },
    nature: { enum: ['administrative', 'statistical', 'functional'] },
    code: orNull(text),
    name: text,
    aliases: list(text),
    parent: orNull(text),
  }
  return {
    Label: label,
    Problem: {
      ...object(
        {
          type: { type: 'string', pattern: '^urn:guatu:problem:' },
          title: text,
          status: { type: 'integer', minimum: 400, maximum: 599 },
          code: text,
          message: ref('Label'),
          path: text,
          problems: list(ref('Problem')),
          data: { type: 'object' },
        },
        ['path', 'problems', 'data'],
      ),
      description: 'RFC 9457, with the sentence in both languages.',
    },
    Event: object({
      id: uuid,
      county: text,
      record: { enum: [...registry.records.keys()] },
      recordId: uuid,
      action: text,
      area: text,
      happenedAt: moment,
      recordedAt: moment,
      day,
      actor: text,
      unit: orNull(text),
      authority: orNull(text),
      corrects: orNull(uuid),
      cause: orNull(uuid),
      input: { type: 'object' },
    }),
    Area: object(area, ['aliases']),
    FoundArea: object({ ...area, fullName: text }, ['aliases']),
    File: object({ hash: { type: 'string', pattern: '^[0-9a-f]{64}$' }, name: text, type: text, size: whole }),
    Grant: object({ role: text, path: text, area: text, unit: text }, ['unit']),
    Job: object({
      id: uuid,
      kind: { enum: ['import'] },
      record: text,
      file: text,
      actor: text,
      dryRun: { type: 'boolean' },
      state: { enum: ['running', 'done', 'failed', 'cancelled', 'interrupted'] },
      startedAt: moment,
      endedAt: orNull(moment),
      progress,
      examples: list(object({ line: whole, result: { enum: ['accepted', 'repeated', 'refused'] }, problem: ref('Problem') }, ['problem'])),
      problem: orNull(ref('Problem')),
    }),
    Series: { type: 'object' },
  }
}
