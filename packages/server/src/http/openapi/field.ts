import { type Book, json, jsonBody, media, query } from './book.ts'
import { list, moment, object, orNull, ref, type Schema, text, uuid, whole } from './schemas.ts'

const anything: Schema = { type: 'object' }
const flag: Schema = { type: 'boolean' }

const device = object({
  id: uuid,
  account: text,
  registeredAt: moment,
  seenAt: moment,
  skew: orNull({ type: 'integer' }),
  app: orNull(text),
  wipedAt: orNull(moment),
})
const workersDevice: Schema = { allOf: [device, object({ username: text, name: text })] }
const act = {
  id: uuid,
  account: text,
  record: text,
  recordId: uuid,
  action: text,
  area: text,
  happenedAt: moment,
  receivedAt: moment,
  problem: anything,
  state: { enum: ['waiting', 'taken', 'dropped'] },
} as const
const handedOver = object(act)
const other = object({ fields: anything, differs: list(text) })
const boxed = object(
  { ...act, command: anything, worker: text, needs: list(handedOver), without: list(text), unreadable: anything, other },
  ['unreadable', 'other'],
)
const own = object({ id: uuid, state: act.state, area: text, problem: anything, reason: orNull(text) })
const takenOver = object({ ...act, along: list(handedOver) })

/** Addresses of work on phones. */
export function fieldPaths(book: Book): void {
  const tags = ['field']
  const get = (path: string, operationId: string, summary: string, answer: Schema, more: object = {}) =>
    book.add('get', path, { operationId, summary, tags, responses: { 200: json(answer) }, ...more })
  const post = (path: string, operationId: string, summary: string, body: Schema, answer: Schema, more: object = {}) =>
    book.add('post', path, { operationId, summary, tags, requestBody: jsonBody(body), responses: { 200: json(answer) }, ...more })

  post(
    '/api/field/devices',
    'field.register',
    '登记手机，取得密钥 / make a phone known',
    object({ device: uuid }),
    object({ key: text, account: text, now: moment }),
  )
  get('/api/field/devices', 'field.devices', '账号的手机 / phones of an account', object({ devices: list(device) }), {
    parameters: [query('account')],
  })
  get(
    '/api/field/workers-devices',
    'field.workersDevices',
    '辖区人员的手机 / phones of the workers of an area',
    object({ devices: list(workersDevice) }),
  )
  get(
    '/api/field/devices/{id}',
    'field.device',
    '手机是否已清除 / whether a phone was wiped',
    object({ known: flag, wiped: flag, now: moment }),
    { open: true },
  )
  post('/api/field/devices/{id}/wipe', 'field.wipe', '远程清除 / wipe from afar', anything, device)
  book.add('get', '/api/field/snapshot', {
    operationId: 'field.snapshot',
    summary: '随身数据，逐行JSON，当日应办在前 / rows of an area as lines of JSON, what is due first',
    tags,
    parameters: [query('device'), query('cursor')],
    responses: { 200: media('application/x-ndjson') },
  })
  post(
    '/api/field/changes',
    'field.changes',
    '此后的变化 / what changed since',
    object({ device: uuid, since: { type: 'object', additionalProperties: whole } }),
    object({ now: moment, heads: anything, reset: flag, blocks: list(anything), gone: list(object({ record: text, id: uuid })) }),
  )
  get('/api/field/recognition', 'field.recognition', '证件识别密钥 / key by which identity numbers are recognised', object({ key: text }), {
    parameters: [query('device')],
  })
  post(
    '/api/field/acts',
    'field.acts',
    '上传离线操作，逐条答复 / acts of a phone, answered one by one',
    object({ device: uuid, acts: list(anything), deviceNow: moment, app: text }, ['deviceNow', 'app']),
    object({
      now: moment,
      results: list(
        object(
          {
            event: uuid,
            record: anything,
            repeated: flag,
            identified: { enum: ['linked', 'created', 'unplaced', 'unnamed', 'otherwise'] },
            handedOver: { enum: ['waiting', 'taken', 'dropped'] },
            problem: ref('Problem'),
          },
          ['record', 'repeated', 'identified', 'handedOver', 'problem'],
        ),
      ),
    }),
  )
  post(
    '/api/field/hand-over',
    'field.handOver',
    '移交加密的未上传操作 / sealed work of a phone that can send no more',
    object({ device: uuid, offsets: anything, entries: list(anything), files: list(anything) }, ['offsets', 'files']),
    object({ now: moment, kept: list(flag), files: list(flag), again: flag }),
    { open: true },
  )
  get('/api/field/handed-over', 'field.box', '待处理的移交 / handed-over work that waits', object({ acts: list(boxed), waiting: whole }))
  get(
    '/api/field/handed-over/count',
    'field.box.count',
    '提醒本人处理的移交数 / how much of it calls whoever asks',
    object({ count: whole }),
  )
  get('/api/field/handed-over/own', 'field.box.own', '本人移交的记录 / what lies there of whoever asks', object({ acts: list(own) }))
  post(
    '/api/field/handed-over/{id}/take',
    'field.box.take',
    '接收一条移交及其依据；same 为真时与同一证件号码的登记为同一人 / take an act over, with what it builds on; with `same`, an entry is of whoever is registered under its number',
    object({ same: flag }, ['same']),
    takenOver,
  )
  post('/api/field/handed-over/{id}/drop', 'field.box.drop', '不予接收 / let an act rest', object({ reason: text }), handedOver)
  post(
    '/api/self-links',
    'selfLinks.issue',
    '发放本人申报链接 / give out a self-report link',
    object({ record: { enum: ['person', 'household'] }, id: uuid }),
    object({ id: uuid, path: text, expiresAt: moment }),
  )
  get(
    '/api/self-links',
    'selfLinks.list',
    '有效的本人申报链接 / self-report links in force',
    object({ links: list(object({ id: uuid, issuedBy: text, issuedAt: moment, expiresAt: moment })) }),
    { parameters: [query('record'), query('id')] },
  )
  post('/api/self-links/{id}/revoke', 'selfLinks.revoke', '收回链接 / revoke it', anything, object({ revoked: flag }))
  const page = { tags: ['public'], responses: { 200: media('text/html') }, open: true } as const
  book.add('get', '/p/{token}', { operationId: 'public.menu', summary: '本人申报 / self-report', ...page })
  book.add('get', '/p/{token}/{path}', {
    operationId: 'public.back',
    summary: '回到本人申报链接 / back to the link itself',
    ...page,
    responses: { 303: { description: '转到 /p/{token} / leads to /p/{token}' } },
  })
  book.add('post', '/p/{token}/{record}/{action}', { operationId: 'public.step', summary: '逐题填写 / one question at a time', ...page })
}
