import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { CORRECT, type Command } from '@guatu/kernel'
import { cast } from '@guatu/testing'
import { expect, it, onTestFinished } from 'vitest'
import { onBothEngines } from '../../../../../testing/src/databases/index.ts'
import { scratchFolder } from '../../../../../testing/src/databases/postgres-server.ts'
import { lighthouseStore } from '../../../../../testing/src/stores/lighthouse-store.ts'

const uuid = () => crypto.randomUUID()

onBothEngines('an act that names a file', (engine) => {
  it('says of it what is kept, whatever its sender wrote, and is refused for one that is not kept', async () => {
    const folder = scratchFolder('guatu-named-files-')
    const { store } = await lighthouseStore(await engine.place(), undefined, join(folder, 'attachments'))
    onTestFinished(async () => {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    })
    const text = '北岸灯塔图纸'
    const kept = await store.attachments?.keep('图纸.txt', Readable.from([Buffer.from(text)]))
    if (!kept?.ok) throw new Error('not kept')
    const size = Buffer.byteLength(text)
    const strange = { hash: '0'.repeat(64), name: '证明.pdf', type: 'application/pdf', size: 3 }
    const lamp = uuid()
    const build = (plan: object, recordId = lamp, id = uuid(), number = 'DT-000001') => ({
      id,
      record: 'lamp',
      recordId,
      action: 'build',
      area: '11a1',
      input: { number, name: '北岸灯塔', colour: 'red', candela: 100, plan },
    })
    const submit = (command: Command, actor = cast.townClerk) => store.writer.submit(command, actor, { outside: true })
    const planOf = () => store.db.query('select plan from r_lamp where id = $1', [lamp])

    const refused = await submit(build(strange))
    expect(refused).toMatchObject({ ok: false, problem: { code: 'file-not-kept', status: 422, path: 'input.plan' } })
    expect(refused.ok ? '' : refused.problem.message.zh).toBe('附件“证明.pdf”不在服务器上，请重新上传后再提交。')
    // Acts that come otherwise than from outside are no exception, and who may not do it is told that alone.
    expect(await store.writer.submit(build(strange), cast.townClerk)).toMatchObject({ problem: { code: 'file-not-kept' } })
    expect(await store.writer.submitTogether([build(strange)], cast.townClerk, { bulk: true })).toMatchObject({
      problem: { code: 'file-not-kept' },
    })
    expect(await submit(build(strange), cast.auditor)).toMatchObject({ problem: { code: 'not-allowed' } })

    const wrong = { ...kept.value, type: 'image/jpeg', size: 3 }
    const first = build(wrong)
    const done = await submit(first)
    expect(done).toMatchObject({ ok: true, value: { event: { input: { plan: { type: 'text/plain', size, hash: kept.value.hash } } } } })
    expect(await planOf()).toEqual([{ plan: { hash: kept.value.hash, name: '图纸.txt', type: 'text/plain', size } }])
    // Sent again it is the same act, whichever way it is described.
    expect(await submit({ ...first, input: { ...first.input, plan: kept.value } })).toMatchObject({
      ok: true,
      value: { repeated: true },
    })
    expect(await submit(first)).toMatchObject({ ok: true, value: { repeated: true } })

    const correct = (plan: object) =>
      submit({
        id: uuid(),
        record: 'lamp',
        recordId: lamp,
        action: CORRECT,
        input: { event: first.id, reason: '图纸有误', input: { plan } },
      })
    expect(await correct(strange)).toMatchObject({ problem: { code: 'file-not-kept', path: 'input.input.plan' } })
    expect(await correct({ ...wrong, name: '新图纸.txt' })).toMatchObject({ ok: true })
    expect(await planOf()).toEqual([{ plan: { hash: kept.value.hash, name: '新图纸.txt', type: 'text/plain', size } }])
  })
})
