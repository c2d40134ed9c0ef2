import type { AnyRecord } from '@guatu/kernel'
import { waysOf } from '../../store/identity/forms.ts'
import { hasIdentity } from '../../store/schema/model.ts'
import { type Book, json, jsonBody, query } from './book.ts'
import { list, object, ref, schemaName, text } from './schemas.ts'

/** Addresses of identity: seeing it in clear, finding by it, comparing by it, and the names behind references. */
export function identityPaths(book: Book, def: AnyRecord): void {
  const { name, label } = def
  const tags = [name]
  const one = ref(schemaName(name))
  book.add('get', `/api/${name}/names`, {
    operationId: `${name}.names`,
    summary: `${label.zh}：名称 / names behind references`,
    tags,
    parameters: [query('ids')],
    responses: { 200: json(object({ names: { type: 'object', additionalProperties: object({ id: text, name: text }) } })) },
  })
  if (def.survivor) {
    const entry = object({ area: text, stays: { type: 'boolean' }, held: list(object({ record: text, area: text })) })
    book.add('get', `/api/${name}/entries`, {
      operationId: `${name}.entries`,
      summary: `${label.zh}：同一人的其他登记 / where else a merged one is entered`,
      tags,
      parameters: [query('ids')],
      responses: { 200: json(object({ entries: { type: 'object', additionalProperties: list(entry) } })) },
    })
  }
  if (!hasIdentity(def)) return
  book.add('post', `/api/${name}/{id}/reveal`, {
    operationId: `${name}.reveal`,
    summary: `${label.zh}：查看个人信息 / see personal data; the look is logged`,
    tags,
    requestBody: jsonBody(object({ purpose: text })),
    responses: { 200: json(one) },
  })
  if (waysOf(def).length > 0)
    book.add('post', `/api/${name}/find`, {
      operationId: `${name}.find`,
      summary: def.lookUp
        ? `${label.zh}：按身份查找（仅可查验者须用完整号码） / find by identity, for who may only look up by a whole number; the look is logged`
        : `${label.zh}：按身份查找 / find by identity; the look is logged`,
      tags,
      requestBody: jsonBody(object({ word: text, purpose: text, area: text }, ['area'])),
      responses: { 200: json(object({ rows: list(one) })) },
    })
  if (!def.duplicates) return
  const pair = object({ one, other: one, twinship: object({ weight: { type: 'number' }, grounds: list({ type: 'object' }) }) })
  book.add('get', `/api/${name}/duplicates`, {
    operationId: `${name}.duplicates`,
    summary: `${label.zh}：疑似重复 / entries that may be doubles`,
    tags,
    parameters: [query('area'), query('days', { type: 'integer', minimum: 1 })],
    responses: { 200: json(object({ pairs: list(pair) })) },
  })
}
