import { FLAGS } from '../../store/query/flag.ts'
import { object, ref, type Schema, text } from './schemas.ts'

export interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly tags: readonly string[]
  readonly security?: readonly Schema[]
  readonly parameters?: readonly Schema[]
  readonly requestBody?: Schema
  readonly responses: Readonly<Record<string, Schema>>
}

export type Paths = Record<string, Record<string, Operation>>

export const json = (schema: Schema, description = 'OK'): Schema => ({ description, content: { 'application/json': { schema } } })
export const media = (type: string): Schema => ({ description: 'OK', content: { [type]: { schema: text } } })
export const jsonBody = (schema: Schema): Schema => ({ required: true, content: { 'application/json': { schema } } })
export const fileBody: Schema = {
  required: true,
  content: { 'multipart/form-data': { schema: object({ file: { type: 'string', format: 'binary' } }) } },
}
const REFUSED: Schema = { description: 'Refused, with what to do', content: { 'application/problem+json': { schema: ref('Problem') } } }
export const query = (name: string, schema: Schema = text, description?: string): Schema => ({
  name,
  in: 'query',
  schema,
  ...(description === undefined ? {} : { description }),
})
const inPath = (path: string): Schema[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: text }))

export const DAY = { type: 'string', format: 'date' }
/** Yes or no, as `flagOf` reads it. */
export const FLAG = { enum: FLAGS }
export const SHEETS = { csv: 'text/csv', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' } as const

/** Gathers operations by address; whatever may be refused says so, whatever asks for sign-in says so. */
export class Book {
  readonly paths: Paths = {}

  add(method: string, path: string, one: Omit<Operation, 'operationId'> & { readonly operationId: string; readonly open?: boolean }): void {
    const { open, parameters, responses, ...rest } = one
    const all = [...inPath(path), ...(parameters ?? [])]
    const at = this.paths[path] ?? {}
    at[method] = {
      ...rest,
      ...(open ? { security: [] } : {}),
      ...(all.length > 0 ? { parameters: all } : {}),
      responses: { ...responses, default: REFUSED },
    }
    this.paths[path] = at
  }
}
