import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { registry } from '@guatu/domains'
import mammoth from 'mammoth'
import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { doDailyDuties } from '../jobs/daily.ts'
import { endFiles, fileEnder } from '../jobs/file-ender.ts'
import { openCity } from './testing/city.ts'

const NAME = '测试甲'
const DOCUMENT = '519900199001010015'
const PHOTO = '已签收的告知书'

onServer('whoever was erased', ({ engine }) => {
  const city = async () => {
    const at = await openCity(engine, registry)
    const ask = (as: string, record: string, id: string, action: string, input: object, happenedAt?: string) =>
      at.ask(as, 'POST', `/api/${record}/${id}/${action}`, { event: randomUUID(), area: at.village, input, happenedAt })
    const act = async (...sent: Parameters<typeof ask>) => {
      const answer = await ask(...sent)
      expect(answer.statusCode, answer.body).toBeLessThan(300)
      return sent[2]
    }
    const register = (more: object = {}) => act('town', 'person', randomUUID(), 'register', { name: NAME, documentType: 'none', ...more })
    const erase = async (id: string) => {
      const { code, message } = (await ask('town', 'person', id, 'erase', { ground: 'request' })).json<{
        code?: string
        message?: { zh: string }
      }>()
      return code === undefined ? 'done' : `${code} ${message?.zh}`
    }
    const shown = async (record: string, id: string) =>
      (await at.ask('town', 'POST', `/api/${record}/${id}/reveal`, { purpose: '核对' })).body
    const asFolded = async () => expect((await at.store.rebuild({ check: true })).differences).toEqual([])
    return { ...at, act, asked: ask, register, erase, shown, asFolded }
  }

  it('is named by no row of a pushed list: open ones are answered first, and none is kept for ever', { timeout: 240_000 }, async () => {
    const at = await city()
    const { act, shown } = at
    const person = await at.register()
    const list = (line: number, more: object = {}) => ({ list: 'f'.repeat(64), line, outcome: 'missed', decision: 'visit', ...more })
    const who = { name: NAME, document: DOCUMENT, phone: '13800000000', address: '示例1栋101', dueOn: '2020-02-15' }
    const [known, stranger] = [randomUUID(), randomUUID()]
    await act('town', 'listCheck', known, 'ask', list(2, { ...who, person }))
    await act('town', 'listCheck', stranger, 'ask', list(3, who))
    expect(await shown('listCheck', known)).toContain(DOCUMENT)
    expect(await at.erase(person)).toMatch(/^still-needed .*“名单核查”，反馈核查结果或改变处理之后/)
    await act('grid', 'listCheck', known, 'answer', { finding: 'gone' })
    expect(await at.erase(person)).toBe('done')
    for (const secret of [NAME, DOCUMENT, '13800000000', '示例1栋101']) expect(await shown('listCheck', known)).not.toContain(secret)
    // What was asked before the erasure and arrives after it is forgotten at once.
    const late = await act('town', 'listCheck', randomUUID(), 'ask', list(4, { ...who, person }), '2020-02-14T01:30:00.000Z').catch(
      () => '',
    )
    if (late !== '') expect(await shown('listCheck', late)).not.toContain(DOCUMENT)
    const states = async (day: string) => {
      at.clock.set(`${day}T01:00:00Z`)
      await doDailyDuties(at.store)
      return (
        await at.store.db.query<{ state: string; named: boolean }>(
          'select state, sealed is not null as named from r_list_check where id = $1',
          [stranger],
        )
      )[0]
    }
    expect(await states('2020-04-13')).toEqual({ state: 'open', named: true })
    expect(await states('2020-04-14')).toEqual({ state: 'forgotten', named: false })
    expect(await shown('listCheck', stranger)).not.toContain(DOCUMENT)
    await at.asFolded()
    expect(at.errors).toEqual([])
  })

  it('leaves no signed paper: neither its name nor its bytes, and the hash stays in the log', { timeout: 240_000 }, async () => {
    const at = await city()
    const { act, store } = at
    const attachments = store.attachments
    if (!attachments) throw new Error('no attachments')
    const household = await act('town', 'household', randomUUID(), 'register', { door: '示例1栋101', kind: 'family' })
    const person = await at.register({ household })
    const watch = randomUUID()
    await act('town', 'watch', watch, 'enter', { person, household, kind: 'home', entry: 'list', class: 'listed', from: '2020-02-12' })
    const sent = await at.send('grid', '/api/files', `${NAME}${DOCUMENT}.txt`, PHOTO)
    const servedFile = sent.json<{ hash: string; name: string }>()
    const { hash } = servedFile
    const path = join(at.folder, 'attachments', hash.slice(0, 2), hash)
    const serving = { event: randomUUID(), area: at.village, input: { servedFile } }
    const serve = () => at.ask('grid', 'POST', `/api/watch/${watch}/serve`, serving)
    expect((await serve()).statusCode).toBe(200)
    const fetched = (as: string) => at.ask(as, 'POST', `/api/watch/${watch}/files/${hash}`, { purpose: '核对' })
    expect((await fetched('town')).body).toBe(PHOTO)
    const told = async () =>
      (await Promise.all([`/api/watch/${watch}`, `/api/watch/${watch}/events`].map((url) => at.ask('town', 'GET', url))))
        .map(({ body }) => body)
        .join()
    expect(await told()).toContain('告知书.txt')
    await act('town', 'watch', watch, 'void', { why: 'mistaken' })
    const job = fileEnder(store, attachments)
    expect(await job()).toBe(0)
    expect(existsSync(path)).toBe(true)

    expect(await at.erase(person)).toBe('done')
    expect(await job()).toBe(1)
    expect([await job(), await endFiles(store, attachments)]).toEqual([0, 0])
    expect(existsSync(path)).toBe(false)
    for (const as of ['grid', 'town']) expect((await fetched(as)).statusCode).toBe(404)
    expect(await told()).not.toMatch(new RegExp(`${NAME}|${DOCUMENT}`))
    const kept = await store.db.query<{ input: object }>("select input from events where record_id = $1 and action = 'serve'", [watch])
    expect(JSON.stringify(kept)).toContain(hash)
    expect(JSON.stringify(kept)).not.toContain(NAME)
    // A phone that did not hear the answer is told that it was taken.
    expect((await serve()).json()).toMatchObject({ repeated: true })
    const printed = await at.ask('town', 'POST', `/api/watch/${watch}/notice.docx?lang=zh`, { purpose: '核对' })
    expect(printed.statusCode).toBe(409)
    await at.asFolded()
    expect(at.errors).toEqual([])
  })

  it('is printed on no release with the door that they lived behind', { timeout: 240_000 }, async () => {
    const at = await city()
    const { act } = at
    at.clock.set('2020-01-31T02:00:00Z')
    const household = await act('town', 'household', randomUUID(), 'register', { door: '示例1栋101', kind: 'family' })
    const person = await at.register({ household })
    const watch = randomUUID()
    await act('town', 'watch', watch, 'enter', { person, household, kind: 'home', entry: 'list', class: 'listed', from: '2020-01-31' })
    at.clock.set('2020-02-14T02:00:00Z')
    await act('town', 'watch', watch, 'check', { half: 'morning', temperature: 36.5, how: 'worker' })
    await act('town', 'watch', watch, 'release', { signed: true })
    const release = async () => {
      const printed = await at.ask('town', 'POST', `/api/watch/${watch}/release.docx?lang=zh`, { purpose: '补打' })
      expect(printed.statusCode, printed.body.slice(0, 300)).toBe(200)
      return (await mammoth.extractRawText({ buffer: printed.rawPayload })).value
    }
    expect(await release()).toContain('示例1栋101')
    expect(await at.erase(person)).toBe('done')
    const after = await release()
    expect(after).not.toContain('示例1栋101')
    expect(after).toContain('信息已删除')
    expect(at.errors).toEqual([])
  })

  it('is one of two on whose papers the same file stands: it goes with the last', { timeout: 240_000 }, async () => {
    const at = await city()
    const { act, store } = at
    const attachments = store.attachments
    if (!attachments) throw new Error('no attachments')
    const servedFile = (await at.send('grid', '/api/files', '合影.txt', PHOTO)).json<{ hash: string }>()
    const served = async () => {
      const [person, watch] = [await at.register(), randomUUID()]
      await act('town', 'watch', watch, 'enter', { person, kind: 'home', entry: 'list', class: 'listed', from: '2020-02-12' })
      await act('grid', 'watch', watch, 'serve', { servedFile })
      await act('town', 'watch', watch, 'void', { why: 'mistaken' })
      return person
    }
    const [first, last] = [await served(), await served()]
    expect(await at.erase(first)).toBe('done')
    expect(await endFiles(store, attachments)).toBe(0)
    expect(attachments.kept(servedFile.hash)).toBeDefined()
    expect(await at.erase(last)).toBe('done')
    expect(await endFiles(store, attachments)).toBe(1)
    expect(attachments.kept(servedFile.hash)).toBeUndefined()
  })
})
