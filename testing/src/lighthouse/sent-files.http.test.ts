import { describe, expect, it } from 'vitest'
import { testEngine } from '../databases/both-engines.ts'
import { type LighthouseHttp, lighthouseHttp } from '../stores/lighthouse-http.ts'

interface File {
  readonly hash: string
  readonly name: string
}
interface Refusal {
  readonly code: string
  readonly message: { readonly zh: string; readonly en: string }
}

const uuid = () => crypto.randomUUID()
let numbers = 7000

describe.each(['pglite', 'postgres'] as const)('a file on a record, on %s', (engine) => {
  async function city() {
    const at = await lighthouseHttp({ place: await testEngine(engine).place() })
    await at.account('here', [{ role: 'town-clerk', area: '11a' }])
    await at.account('there', [{ role: 'town-clerk', area: '12a' }])
    const [here, there] = [await at.signIn('here'), await at.signIn('there')]
    const build = async (plan: File | undefined, area: string, cookie: string, id = uuid()) => {
      numbers += 1
      const input = { number: `DT-${numbers}`, name: '塔', colour: 'red', candela: 5, ...(plan ? { plan } : {}) }
      return { id, answer: await at.post<Refusal>(`/api/lamp/${id}/build`, { event: uuid(), area, input }, cookie) }
    }
    return { ...at, here, there, build }
  }
  const send = async (at: LighthouseHttp, cookie: string): Promise<File> => {
    const body = new FormData()
    body.append('file', new Blob(['the plan of a tower\n']), 'plan.txt')
    const sent = await at.app.inject({ method: 'POST', url: '/api/files', headers: { cookie }, payload: body })
    expect(sent.statusCode).toBe(201)
    return sent.json<File>()
  }

  it('is one that its sender sent: who knows only its hash is no nearer to reading it', { timeout: 300_000 }, async () => {
    const at = await city()
    const plan = await send(at, at.here)
    const mine = await at.build(plan, '11a1', at.here)
    expect(mine.answer.status).toBe(201)
    const theirs = await at.build(plan, '12a1', at.there)
    expect([theirs.answer.status, theirs.answer.body.code]).toEqual([422, 'file-not-sent'])
    expect(theirs.answer.body.message.zh).toContain('重新上传')
    // Neither by setting right a record of their own.
    const event = uuid()
    const other = uuid()
    numbers += 1
    const input = { number: `DT-${numbers}`, name: '塔', colour: 'red', candela: 5 }
    expect((await at.post(`/api/lamp/${other}/build`, { event, area: '12a1', input }, at.there)).status).toBe(201)
    const correct = (file: File) =>
      at.post<Refusal>(`/api/lamp/${other}/correct`, { event: uuid(), input: { event, reason: '补图', input: { plan: file } } }, at.there)
    expect((await correct(plan)).body.code).toBe('file-not-sent')
    // Nor from a sheet.
    const sheet = `编号,名称,灯色,光强,图纸\nDT-9999,塔,红,5,plan.txt (${plan.hash}:20:text/plain)\n`
    const body = new FormData()
    body.append('file', new Blob([sheet]), 'a.csv')
    const taken = await at.app.inject({ method: 'POST', url: '/api/lamp/import?area=12a1', headers: { cookie: at.there }, payload: body })
    expect(taken.json<{ examples: { problem?: Refusal }[] }>().examples.map((one) => one.problem?.code)).toEqual(['file-not-sent'])
    // Whoever has the same paper may send it too.
    expect((await correct(await send(at, at.there))).status).toBe(200)
    const own = await at.build(await send(at, at.there), '12a1', at.there)
    expect(own.answer.status).toBe(201)
  })

  it('stays when somebody else who may act on the record sends it along', { timeout: 300_000 }, async () => {
    const at = await city()
    const plan = await send(at, at.here)
    const event = uuid()
    const id = uuid()
    numbers += 1
    const input = { number: `DT-${numbers}`, name: '塔', colour: 'red', candela: 5, plan }
    expect((await at.post(`/api/lamp/${id}/build`, { event, area: '11a1', input }, at.here)).status).toBe(201)
    await at.account('duty', [{ role: 'duty-officer', area: '1' }])
    const duty = await at.signIn('duty')
    const same = await at.post(`/api/lamp/${id}/correct`, { event: uuid(), input: { event, reason: '核对', input: { plan } } }, duty)
    expect(same.status).toBe(200)
  })
})
