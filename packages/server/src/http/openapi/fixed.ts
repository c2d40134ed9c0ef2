import { type Book, DAY, FLAG, fileBody, json, jsonBody, media, query, SHEETS } from './book.ts'
import { list, moment, object, ref, text, whole } from './schemas.ts'

export function commonPaths(book: Book): void {
  const tags = ['system']
  const any = json({ type: 'object' })
  book.add('get', '/healthz', {
    operationId: 'health',
    summary: '存活检查 / is it well',
    tags,
    open: true,
    responses: { 200: json(object({ ok: { type: 'boolean' }, now: moment })) },
  })
  book.add('get', '/metrics', {
    operationId: 'metrics',
    summary: '指标（Prometheus） / metrics',
    tags,
    open: true,
    responses: { 200: media('text/plain') },
  })
  book.add('get', '/openapi.json', {
    operationId: 'openapi',
    summary: '接口说明 / this document',
    tags,
    open: true,
    responses: { 200: any },
  })
  book.add('post', '/api/auth/{path}', {
    operationId: 'auth.other',
    summary: '登录、退出、两步验证、会话 / sign-in and sessions',
    tags: ['account'],
    open: true,
    responses: { 200: { description: 'As the sign-in library answers' } },
  })
  const me = object({ id: text, name: text, grants: list(ref('Grant')), now: moment, zone: text })
  book.add('get', '/api/me', { operationId: 'me', summary: '当前账号 / who is signed in', tags: ['account'], responses: { 200: json(me) } })
  const colleague = object({ username: text, name: text, role: text, area: text }, ['role', 'area'])
  book.add('get', '/api/colleagues', {
    operationId: 'colleagues',
    summary: '本辖区的工作人员，或某一账号的姓名 / who works in one’s area, or who signs in by a name',
    tags: ['account'],
    parameters: [query('q'), query('of')],
    responses: { 200: json(object({ colleagues: list(colleague) })) },
  })
  book.add('get', '/api/audit/events', {
    operationId: 'audit',
    summary: '审计日志 / the log as an auditor reads it',
    tags: ['account'],
    parameters: [query('after'), query('record')],
    responses: { 200: json(object({ events: list(ref('Event')) })) },
  })
  const acts = object({ acts: { type: 'array', maxItems: 2000, items: { type: 'object' } }, together: { type: 'boolean' } }, ['together'])
  book.add('post', '/api/events', {
    operationId: 'events',
    summary: '批量操作 / many acts at once',
    tags,
    requestBody: jsonBody(acts),
    responses: { 200: json(object({ results: list({ type: 'object' }) })) },
  })
  const board = object({ asOf: moment, day: DAY, first: DAY, series: list(ref('Series')) }, ['first'])
  book.add('get', '/api/board', {
    operationId: 'board',
    summary: '指标看板 / figures by area and day',
    tags: ['figures'],
    parameters: [query('indicators'), query('areas'), query('day', DAY), query('days', { type: 'integer', minimum: 1 })],
    responses: { 200: json(board) },
  })
  const same = object({ actor: text, minute: moment, value: text, records: whole, area: text })
  book.add('get', '/api/watch/quality', {
    operationId: 'watch.quality',
    summary: '测温数据质量 / how the readings of a day came in',
    tags: ['figures'],
    parameters: [query('area'), query('day', DAY)],
    responses: { 200: json(object({ day: DAY, acts: whole, late: whole, copied: list(same) })) },
  })
  const map = object({ asOf: moment, day: DAY, figures: list({ type: 'object' }) })
  book.add('get', '/api/map', {
    operationId: 'map',
    summary: '地图着色 / figures of all areas on a day',
    tags: ['figures'],
    parameters: [query('indicator'), query('day', DAY)],
    responses: { 200: json(map) },
  })
  book.add('get', '/api/live', {
    operationId: 'live',
    summary: '实时更新（SSE） / live updates',
    tags,
    parameters: [query('after')],
    responses: { 200: media('text/event-stream') },
  })
  book.add('get', '/api/geo', {
    operationId: 'geo',
    summary: '中心点与边界 / centres and boundaries',
    tags: ['areas'],
    responses: { 200: any },
  })
}

export function filePaths(book: Book): void {
  book.add('post', '/api/files', {
    operationId: 'files.keep',
    summary: '上传附件 / keep a file',
    tags: ['files'],
    requestBody: fileBody,
    responses: { 201: json(ref('File'), 'Kept') },
  })
  book.add('post', '/api/communique/text', {
    operationId: 'communique.text',
    summary: '公报文件转文字 / text of a communiqué',
    tags: ['files'],
    requestBody: fileBody,
    responses: { 200: json(object({ text, file: ref('File') })) },
  })
  const counts = object({ found: whole, wrong: whole, missed: whole, notResident: whole, past: whole })
  const compared = {
    layout: { type: 'object' },
    meanings: list(text),
    doubts: list(object({ meaning: text, columns: list(whole) })),
    remembered: { type: 'boolean' },
    sheets: list(object({ sheet: whole, name: text, rows: whole })),
    left: list(
      object({ sheet: whole, name: text, rows: whole, why: object({ zh: text, en: text }), comparable: { type: 'boolean' } }, ['rows']),
    ),
    rows: list({ type: 'object' }),
    counts,
  }
  book.add('post', '/api/reconcile', {
    operationId: 'reconcile',
    summary: '名单比对（须说明目的，记入审计） / a pushed list against the register; states a purpose, is logged',
    tags: ['files'],
    requestBody: fileBody,
    responses: { 200: json(object(compared, ['rows', 'counts'])) },
  })
  book.add('post', '/api/reconcile/decide', {
    operationId: 'reconcile.decide',
    summary: '名单批量处理，逐行答复 / one decision on many lines, each answered',
    tags: ['files'],
    requestBody: fileBody,
    responses: { 200: json(object({ results: list({ type: 'object' }) })) },
  })
  const tags = ['jobs']
  book.add('get', '/api/jobs', {
    operationId: 'jobs.list',
    summary: '我的任务 / my long work',
    tags,
    responses: { 200: json(object({ jobs: list(ref('Job')) })) },
  })
  book.add('get', '/api/jobs/{id}', { operationId: 'jobs.get', summary: '任务进度 / progress', tags, responses: { 200: json(ref('Job')) } })
  book.add('post', '/api/jobs/{id}/cancel', {
    operationId: 'jobs.cancel',
    summary: '取消任务 / cancel',
    tags,
    responses: { 200: json(ref('Job')) },
  })
  book.add('get', '/api/jobs/{id}/report.csv', {
    operationId: 'jobs.report',
    summary: '逐行结果 / answers per row',
    tags,
    responses: { 200: media('text/csv') },
  })
}

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

export function documentPaths(book: Book): void {
  const tags = ['documents']
  const asked = object({ meetings: list(text), cutOff: moment }, ['cutOff'])
  book.add('post', '/api/reports/progress', {
    operationId: 'reports.progress',
    summary: '统计进展报告，不保存 / compose the progress report, storing nothing',
    tags,
    requestBody: jsonBody(asked),
    responses: { 200: json({ type: 'object' }) },
  })
  book.add('post', '/api/report/{id}/write', {
    operationId: 'report.write',
    summary: '进展报告：生成，数字由系统统计 / make one; the system counts its figures',
    tags,
    requestBody: jsonBody(object({ event: text, area: text, input: asked })),
    responses: { 201: json({ type: 'object' }), 200: json({ type: 'object' }) },
  })
  book.add('post', '/api/bulletin/{id}/write', {
    operationId: 'bulletin.write',
    summary: '督查通报：起草，数字由系统统计 / draft one; the system counts its figures',
    tags,
    requestBody: jsonBody(object({ event: text, area: text, input: object({ from: DAY, to: DAY }) })),
    responses: { 201: json({ type: 'object' }), 200: json({ type: 'object' }) },
  })
  book.add('get', '/api/report/{id}/since', {
    operationId: 'report.since',
    summary: '报告之后的变化 / what changed since the report',
    tags,
    responses: { 200: json({ type: 'object' }) },
  })
  const whose = query('of', { enum: ['value', 'per'] })
  book.add('get', '/api/report/{id}/figures/{figure}/acts', {
    operationId: 'report.figureActs',
    summary: '报告数字所依据的操作 / the acts that a figure of the books counts, as of the cut-off',
    tags,
    parameters: [whose, { name: 'from', in: 'query', schema: { type: 'integer', minimum: 0 } }],
    responses: { 200: json({ type: 'object' }) },
  })
  book.add('get', '/api/report/{id}/figures/{figure}/acts/check', {
    operationId: 'report.figureActsCheck',
    summary: '操作记录是否仍与冻结时一致 / whether the log still gives the acts that were counted',
    tags,
    parameters: [whose],
    responses: { 200: json(object({ intact: { type: 'boolean' } }, ['intact'])) },
  })
  for (const [record, called] of [
    ['report', '进展报告'],
    ['bulletin', '督查通报'],
    ['meeting', '会议纪要'],
  ] as const)
    book.add('get', `/api/${record}/{id}/document.docx`, {
      operationId: `${record}.document`,
      summary: `${called}：公文 / as a document`,
      tags,
      parameters: [query('lang', { enum: ['zh', 'en'] })],
      responses: { 200: media(DOCX) },
    })
  const paper = object({ purpose: text, cadre: text, gridWorker: text, doctor: text }, ['cadre', 'gridWorker', 'doctor'])
  for (const [name, called] of [
    ['notice', '告知书'],
    ['release', '解除通知书'],
  ] as const)
    book.add('post', `/api/watch/{id}/${name}.docx`, {
      operationId: `watch.${name}.document`,
      summary: `${called}（须说明目的，记入审计） / states a purpose, is logged`,
      tags,
      parameters: [query('lang', { enum: ['zh', 'en'] })],
      requestBody: jsonBody(paper),
      responses: { 200: media(DOCX) },
    })
  book.add('get', '/api/watch/{id}/log.xlsx', {
    operationId: 'watch.log',
    summary: '逐日监测记录（完整信息须说明目的，记入审计） / the daily log of one observation; in clear with a purpose, is logged',
    tags,
    parameters: [query('lang', { enum: ['zh', 'en'] }), query('purpose'), query('reveal', FLAG)],
    responses: { 200: media(SHEETS.xlsx) },
  })
}
