import { type Book, json, jsonBody, media, query } from './book.ts'
import { list, moment, object, type Schema, text } from './schemas.ts'

const anything: Schema = { type: 'object' }

/** Addresses of gates and passes. */
export function gatePaths(book: Book): void {
  const tags = ['gates']
  book.add('post', '/api/passes/verify', {
    operationId: 'passes.verify',
    summary: '查验通行证 / check a pass by code or number',
    tags,
    requestBody: jsonBody(object({ code: text, number: text, direction: { enum: ['in', 'out'] } }, ['code', 'number', 'direction'])),
    responses: { 200: json(object({ verdict: anything, pass: anything }, ['pass'])) },
  })
  book.add('get', '/api/passes/book', {
    operationId: 'passes.book',
    summary: '卡口包：离线查验所需 / what a gate carries to work without a network',
    tags,
    responses: {
      200: json(
        object({
          asOf: moment,
          zone: text,
          keys: list(anything),
          orders: list(anything),
          stopped: text,
          isolated: text,
          observed: text,
          vehicles: list(anything),
        }),
      ),
    },
  })
  book.add('post', '/api/gate/look', {
    operationId: 'gate.look',
    summary: '按证件或车牌查验 / look somebody up by document or plate',
    tags,
    requestBody: jsonBody(object({ shown: text, direction: { enum: ['in', 'out'] } }, ['direction'])),
    responses: { 200: json(anything) },
  })
  book.add('get', '/api/gate/key', {
    operationId: 'gate.key',
    summary: '卡口识别密钥 / the key by which a gate recognises what its book carries',
    tags,
    responses: { 200: json(object({ recognise: text })) },
  })
  book.add('get', '/api/pass/{id}/code', {
    operationId: 'pass.code',
    summary: '通行证二维码内容，及此刻卡口查验结果 / the text of the code of a pass, and what a gate says of it now',
    tags,
    responses: { 200: json(object({ code: text, number: text, verdict: anything })) },
  })
  book.add('get', '/api/closure/{id}/document.docx', {
    operationId: 'closure.document',
    summary: '封控公告（GB/T 9704） / the announcement as a document',
    tags,
    parameters: [query('lang')],
    responses: { 200: media('application/vnd.openxmlformats-officedocument.wordprocessingml.document') },
  })
}
