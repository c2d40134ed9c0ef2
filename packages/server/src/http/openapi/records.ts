import { type AnyRecord, CORRECT, MOVE } from '@guatu/kernel'
import { carriesFiles } from '../../store/desk/files.ts'
import { isHeard } from '../../store/query/by-sound.ts'
import { type Book, FLAG, fileBody, json, jsonBody, media, query, SHEETS } from './book.ts'
import { actBody, actSchema, list, object, ref, type Schema, schemaName, text, whole } from './schemas.ts'

function filters(def: AnyRecord): Schema[] {
  const own = Object.entries(def.fields).flatMap(([name, field]) => {
    if (field.column === 'jsonb' || field.sensitive) return []
    const ordered = ['count', 'decimal', 'money', 'date', 'moment', 'temperature'].includes(field.kind)
    return [query(name, text, field.label.zh), ...(ordered ? [query(`${name}.from`), query(`${name}.to`)] : [])]
  })
  return [query('state', text, Object.keys(def.states).join(',')), ...own, query('area'), query('q')]
}

/** What follows from the definition of one record. */
export function recordPaths(book: Book, def: AnyRecord): void {
  const { name, label } = def
  const tags = [name]
  const one = ref(schemaName(name))
  const asked = filters(def)
  const paging = [query('sort'), query('limit', { type: 'integer', minimum: 1 }), query('cursor'), query('lang', { enum: ['zh', 'en'] })]
  const listed = object({ rows: list(one), next: text }, ['next'])
  const count = object({ count: whole })
  book.add('get', `/api/${name}`, {
    operationId: `${name}.list`,
    summary: `${label.zh}：列表 / list`,
    tags,
    parameters: [...asked, ...paging],
    responses: { 200: json(listed) },
  })
  book.add('get', `/api/${name}/count`, {
    operationId: `${name}.count`,
    summary: `${label.zh}：计数 / count`,
    tags,
    parameters: asked,
    responses: { 200: json(count) },
  })
  const groups = object({ groups: list(object({ values: { type: 'object' }, count: whole })) })
  book.add('get', `/api/${name}/groups`, {
    operationId: `${name}.groups`,
    summary: `${label.zh}：分组计数 / count by fields`,
    tags,
    parameters: [query('by'), ...asked],
    responses: { 200: json(groups) },
  })
  const out = [query('sort'), query('lang', { enum: ['zh', 'en'] }), query('purpose'), query('reveal', FLAG)]
  const columns = query(
    'columns',
    text,
    'Names with commas between them, shown as the list shows them; of the list when left out; all: every field as an import reads it',
  )
  for (const format of ['csv', 'xlsx'] as const) {
    book.add('get', `/api/${name}/export.${format}`, {
      operationId: `${name}.export.${format}`,
      summary: `${label.zh}：导出 / export`,
      tags,
      parameters: [...asked, columns, ...out],
      responses: { 200: media(SHEETS[format]) },
    })
    for (const sheet of def.sheets ?? [])
      book.add('get', `/api/${name}/${sheet.name}.${format}`, {
        operationId: `${name}.${sheet.name}.${format}`,
        summary: `${sheet.label.zh}：由${label.zh}等记录汇成 / ${sheet.label.en}, derived`,
        tags,
        parameters: [...asked, ...out],
        responses: { 200: media(SHEETS[format]) },
      })
  }
  book.add('post', `/api/${name}/import`, {
    operationId: `${name}.import`,
    summary: `${label.zh}：导入 / import`,
    tags,
    parameters: [query('dryRun', FLAG), query('area')],
    requestBody: fileBody,
    responses: { 200: json(ref('Job'), 'Ended'), 202: json(ref('Job'), 'Goes on; look at its job') },
  })
  if (isHeard(def))
    book.add('get', `/api/${name}/heard`, {
      operationId: `${name}.heard`,
      summary: `${label.zh}：按拼音查找 / found by sound`,
      tags,
      parameters: [query('q')],
      responses: { 200: json(object({ rows: list(one) })) },
    })
  book.add('get', `/api/${name}/{id}`, {
    operationId: `${name}.get`,
    summary: `${label.zh}：详情 / detail`,
    tags,
    responses: { 200: json(one), 304: { description: 'Unchanged' } },
  })
  book.add('get', `/api/${name}/{id}/timeline`, {
    operationId: `${name}.timeline`,
    summary: `${label.zh}：经过 / timeline`,
    tags,
    responses: {
      200: json(
        object({
          events: list(ref('Event')),
          correctable: list(object({ event: text, void: { type: 'boolean' } })),
          actors: { type: 'object', additionalProperties: text },
        }),
      ),
    },
  })
  if (carriesFiles(def)) {
    const file = { tags, responses: { 200: media('application/octet-stream') } }
    book.add('get', `/api/${name}/{id}/files/{hash}`, { ...file, operationId: `${name}.file`, summary: `${label.zh}：附件 / a file` })
    book.add('post', `/api/${name}/{id}/files/{hash}`, {
      ...file,
      operationId: `${name}.fileFor`,
      summary: `${label.zh}：附件，写明查看目的 / a file, with the purpose`,
      requestBody: jsonBody(object({ purpose: text }, ['purpose'])),
    })
  }
  const receipt = object({ event: ref('Event'), record: one, repeated: { type: 'boolean' } })
  for (const [action, { label: called, automatic, composed, from }] of Object.entries(def.actions)) {
    if (automatic || composed || action === MOVE) continue
    book.add('post', `/api/${name}/{id}/${action}`, {
      operationId: `${name}.${action}`,
      summary: `${label.zh}：${called.zh} / ${called.en}`,
      tags,
      requestBody: jsonBody(actSchema(def, action)),
      responses: from === 'new' ? { 201: json(receipt, 'Made'), 200: json(receipt, 'Known already') } : { 200: json(receipt) },
    })
  }
  const correction = actBody(
    object({ event: text, reason: text, input: { type: 'object' }, void: { type: 'boolean' } }, ['input', 'void']),
    false,
  )
  book.add('post', `/api/${name}/{id}/${CORRECT}`, {
    operationId: `${name}.${CORRECT}`,
    summary: `${label.zh}：更正 / correct an act`,
    tags,
    requestBody: jsonBody(correction),
    responses: { 200: json(receipt) },
  })
  book.add('post', `/api/${name}/{id}/${MOVE}`, {
    operationId: `${name}.${MOVE}`,
    summary: `${label.zh}：迁移区划 / move to another area`,
    tags,
    requestBody: jsonBody(actBody({ type: 'object' }, true)),
    responses: { 200: json(receipt) },
  })
}
