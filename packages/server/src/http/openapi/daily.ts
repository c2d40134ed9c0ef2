import { type Book, DAY, json, jsonBody, media, query, SHEETS } from './book.ts'
import { object, text } from './schemas.ts'

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

export function dailyPaths(book: Book): void {
  const tags = ['daily']
  const lang = query('lang', { enum: ['zh', 'en'] })
  const content = json({ type: 'object' })
  book.add('post', '/api/daily/compose', {
    operationId: 'daily.compose',
    summary: '统计疫情日报，不保存 / count the daily report, storing nothing',
    tags,
    requestBody: jsonBody(object({ area: text, day: DAY })),
    responses: { 200: content },
  })
  book.add('post', '/api/dailyReport/{id}/compose', {
    operationId: 'dailyReport.compose',
    summary: '疫情日报：生成，数字由系统统计 / make one; the system counts its figures',
    tags,
    requestBody: jsonBody(object({ event: text, area: text, input: object({ day: DAY, replaces: text }, ['replaces']) })),
    responses: { 201: content, 200: content },
  })
  book.add('get', '/api/dailyReport/{id}/since', {
    operationId: 'dailyReport.since',
    summary: '日报之后的变化 / what changed since the report',
    tags,
    responses: { 200: content },
  })
  book.add('get', '/api/dailyReport/{id}/bulletin', {
    operationId: 'dailyReport.bulletin',
    summary: '公众通报初稿 / first draft of the bulletin',
    tags,
    responses: { 200: content },
  })
  book.add('get', '/api/dailyReport/{id}/report.xlsx', {
    operationId: 'dailyReport.sheet',
    summary: '疫情日报：表格 / as a workbook',
    tags,
    parameters: [lang],
    responses: { 200: media(SHEETS.xlsx) },
  })
  book.add('get', '/api/dailyReport/{id}/document.docx', {
    operationId: 'dailyReport.document',
    summary: '疫情日报：公文 / as a document',
    tags,
    parameters: [lang],
    responses: { 200: media(DOCX) },
  })
  book.add('get', '/api/publicBulletin/{id}/english', {
    operationId: 'publicBulletin.english',
    summary: '通报中各地区的英文名 / what its areas are called in English',
    tags,
    responses: { 200: content },
  })
  book.add('get', '/api/public/bulletins', {
    operationId: 'bulletins.public',
    summary: '已发布的公众通报 / published bulletins, for everybody',
    tags,
    open: true,
    responses: { 200: content },
  })
  book.add('get', '/p/bulletins', {
    operationId: 'bulletins.page',
    summary: '公众通报网页 / bulletins as a page',
    tags,
    open: true,
    parameters: [lang],
    responses: { 200: media('text/html') },
  })
}
