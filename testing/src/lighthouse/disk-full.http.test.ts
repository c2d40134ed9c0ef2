import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { fill, newDisk, noSmallDisk, untilAskedAgain } from '../databases/small-disk.ts'
import { lighthouseHttp } from '../stores/lighthouse-http.ts'

interface Refusal {
  readonly code: string
  readonly message: { readonly zh: string; readonly en: string }
}

const reason = noSmallDisk()
const megabyte = 1024 * 1024

test.skipIf(reason !== undefined)(
  `a full disk refuses acts and files over HTTP and goes on answering${reason ? ` (skipped: ${reason})` : ''}`,
  async () => {
    const disk = newDisk(400)
    const { account, signIn, post, get, store, app, logged } = await lighthouseHttp({
      place: { target: { dir: join(disk, 'data') } },
      files: join(disk, 'files'),
    })
    await account('town', [{ role: 'town-clerk', area: '11a' }])
    const town = await signIn('town')
    const lamp = (n: number) => ({
      event: crypto.randomUUID(),
      area: '11a1',
      input: { number: `DT-${5000 + n}`, name: '塔', colour: 'red', candela: 5 },
    })
    const build = (act: object) => post<Refusal>(`/api/lamp/${crypto.randomUUID()}/build`, act, town)
    expect((await build(lamp(0))).status).toBe(201)

    onTestFinished(() => rmSync(join(disk, 'filler'), { force: true }))
    fill(disk, 20 * megabyte)
    await untilAskedAgain()
    const late = lamp(1)
    const refused = await Promise.all([build(late), ...Array.from({ length: 20 }, (_, i) => build(lamp(2 + i)))])
    for (const answer of refused)
      expect([answer.status, answer.body.code, answer.body.message.zh.includes('磁盘'), answer.body.message.en.includes('disk')]).toEqual([
        507,
        'store-full',
        true,
        true,
      ])
    // Reading goes on: lists, figures, the own account, health.
    for (const address of ['/api/lamp', '/api/lamp/count', '/api/me', '/healthz'])
      expect([address, (await get(address, town)).status]).toEqual([address, 200])

    // What has to be noted before it leaves the house is refused as plainly, and not begun.
    for (const address of ['/api/lamp/export.csv', '/api/lamp/export.xlsx', '/api/repair/export.xlsx']) {
      const sheet = await app.inject({ url: address, headers: { cookie: town } })
      expect([address, sheet.statusCode, sheet.json<Refusal>().code]).toEqual([address, 507, 'disk-full'])
      expect(sheet.json<Refusal>().message).toEqual({ zh: expect.stringContaining('磁盘'), en: expect.stringContaining('disk') })
    }

    // A file that does not fit is refused as plainly, and leaves nothing behind.
    fill(disk, 0)
    const body = new FormData()
    body.append('file', new Blob([`note\n${'x'.repeat(60_000)}`]), 'note.txt')
    const sent = await app.inject({ method: 'POST', url: '/api/files', headers: { cookie: town }, payload: body })
    expect([sent.statusCode, sent.json<Refusal>().code]).toEqual([507, 'disk-full'])
    expect(logged).toEqual([])

    rmSync(join(disk, 'filler'))
    await untilAskedAgain()
    expect((await build(late)).status).toBe(201)
    expect((await get<{ count: number }>('/api/lamp/count', town)).body.count).toBe(2)
    expect((await get<string>('/api/lamp/export.csv', town)).body).toContain('DT-5001')
    expect(await store.db.query('select what, record, rows from looks')).toEqual([{ what: 'export', record: 'lamp', rows: 2 }])
    expect((await store.rebuild({ check: true })).differences).toEqual([])
  },
  120_000,
)
