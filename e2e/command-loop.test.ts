import { readFileSync } from 'node:fs'
import { LARGEST_FILE } from '@guatu/kernel'
import type { Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type City, startCity } from './city.ts'

/** Of a meeting that was held by the day on which the demonstration city stands. */
const COMMUNIQUE = readFileSync(
  new URL('../packages/domains/src/command/communique/fixtures/standing-committee-headings.txt', import.meta.url),
  'utf8',
)
  .replace('2020-02-21', '2020-02-14')
  .replace('2月20日', '2月13日')
let city: City
beforeAll(async () => {
  city = await startCity()
})
afterAll(() => city.close())

interface Row {
  readonly id: string
  readonly state: string
  readonly version: number
  readonly fields: Readonly<Record<string, unknown>>
}
const rows = async (account: string, path: string): Promise<readonly Row[]> =>
  ((await city.call(account, path)).body as { rows: readonly Row[] }).rows

describe('from the communiqué to the wall', () => {
  it('a newcomer signs in, is told what is wrong, and can change the language', async () => {
    const page = await city.page('-')
    await page.goto(city.server.url)
    await page.getByLabel('账号').fill('dubang')
    await page.getByLabel('密码').fill('not-the-password')
    await page.getByRole('button', { name: /登\s*录/ }).click()
    await page.getByText('账号或密码不正确').waitFor()
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    await page.close()
  })

  it('the clerk pastes a communiqué, checks the cards, and approves', async () => {
    const page = await city.page('dubang', { width: 1600, height: 1000 })
    await page.goto(`${city.server.url}/meetings/new`)
    await page.locator('textarea').first().fill(COMMUNIQUE)
    await page.getByRole('button', { name: '保存草稿并核对' }).click()
    await page.waitForURL(/\/meetings\/[0-9a-f-]{36}/)
    await page.locator('[data-card]').first().waitFor()
    const cards = await page.locator('[data-card]').count()
    expect(cards).toBeGreaterThan(5)
    expect(await page.locator('.mark').count()).toBe(cards)

    // One gesture each: drop a card, bring it back.
    const first = page.locator('[data-card]').first()
    await first.getByRole('button', { name: /不采用/ }).click()
    await first.getByRole('button', { name: '恢复' }).click()
    await first.getByRole('button', { name: /不采用/ }).waitFor()

    // Nothing exists before it is approved.
    const meeting = page.url().split('/').at(-1) ?? ''
    expect(await rows('dubang', `/api/item?meeting=${meeting}`)).toHaveLength(0)
    const drafts = (await rows('dubang', `/api/directive?meeting=${meeting}&limit=200`)).filter(
      (one) => one.state === 'draft' && one.fields.soft !== true,
    )
    for (const draft of drafts.filter((one) => one.fields.lead === undefined)) {
      const set = await city.call('dubang', `/api/directive/${draft.id}/revise`, {
        event: crypto.randomUUID(),
        input: { lead: 'u-health' },
      })
      expect(set.status).toBe(200)
    }
    // What is due before the meeting that decided it would be late from its first day; who was made the lead assists nobody.
    const [early] = drafts
    const due = (day: unknown, rest = {}) =>
      city.call('dubang', `/api/directive/${early?.id}/revise`, { event: crypto.randomUUID(), input: { due: day, ...rest } })
    expect((await due('2020-01-01', { lead: 'u-health', assisting: ['u-health', 'u-police'] })).status).toBe(200)
    await page.reload()
    await page.getByText('1条缺牵头单位或时限').waitFor()
    await page.getByRole('button', { name: /批准/ }).click()
    await page.getByText('有1条部署的时限早于会议日期').waitFor()
    expect((await due(early?.fields.due ?? '2020-02-20')).status).toBe(200)
    await page.reload()
    await page.getByText('0条缺牵头单位或时限').waitFor()
    await page.getByRole('button', { name: /批准/ }).click()
    await page.getByText('已批准', { exact: true }).waitFor()
    const items = await rows('dubang', `/api/item?meeting=${meeting}&limit=200`)
    expect(items.length).toBe(drafts.length)
    expect(items.find((one) => one.fields.directive === early?.id)?.fields.assisting).toEqual(['u-police'])
    await page.goto(`${city.server.url}/register`)
    await page.setViewportSize({ width: 1920, height: 1080 })
    await page.locator('.ant-table-row', { hasText: '调拨口罩' }).first().click()
    const drawer = page.locator('.ant-drawer-body')
    await drawer.getByRole('button', { name: '撤回' }).first().waitFor()
    await page.waitForTimeout(500)
    const edge = (await drawer.boundingBox())?.x ?? 0
    for (const button of await drawer.locator('td button').all()) {
      const box = await button.boundingBox()
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(edge + ((await drawer.boundingBox())?.width ?? 0))
    }
    await page.keyboard.press('Escape')
    await page.goto(`${city.server.url}/meetings/${meeting}`)
    await page.getByText('查看督办台账').click()
    await page.getByText(/^会议：/).waitFor()
    await expect.poll(() => page.locator('.ant-table-row').count()).toBe(items.length)
    await page.close()
  })

  it('units get their tasks, sign, report with evidence; the office returns, accepts and closes; the wall follows', async () => {
    const wall = await city.page('leader', { width: 1920, height: 1080 })
    await wall.goto(`${city.server.url}/wall`)
    const open = wall.locator('.headline', { hasText: '在办任务' }).locator('strong')
    await expect.poll(() => open.textContent(), { timeout: 15_000 }).toMatch(/^\d+$/)
    const before = Number(await open.textContent())

    const [item] = await rows('dubang', '/api/item?limit=200&state=filed')
    expect(item).toBeDefined()
    const assigned = await city.call('dubang', `/api/item/${item?.id}/assign`, {
      event: crypto.randomUUID(),
      input: { lead: 'u-health', assisting: ['u-hq-511902'] },
    })
    expect(assigned.status).toBe(200)
    // Live: nobody touched the wall.
    await expect.poll(async () => Number((await open.textContent())?.replace(/\D/g, '')), { timeout: 15_000 }).toBe(before + 2)

    const tasks = await rows('health', `/api/task?item=${item?.id}`)
    expect(tasks).toHaveLength(1)
    const task = tasks[0]?.id ?? ''
    const act = (account: string, action: string, input: unknown = {}) =>
      city.call(account, `/api/task/${task}/${action}`, { event: crypto.randomUUID(), input })
    expect((await act('health', 'report', { progress: '完成' })).status).toBe(409)
    expect((await act('health', 'sign')).status).toBe(200)
    expect((await act('health', 'report', { progress: '完成' })).body).toMatchObject({ code: 'evidence-missing' })
    expect((await act('labour', 'update', { progress: '旁人', percent: 10 })).status).toBe(404)
    const desk = await city.page('health')
    await desk.goto(`${city.server.url}/inbox`)
    await desk.getByRole('button', { name: '报进展', exact: true }).first().click()
    const dialogue = desk.locator('.ant-modal')
    const png = (name: string, end: string) => ({
      name,
      mimeType: 'image/png',
      buffer: Buffer.from(`89504e470d0a1a0a0000000d49484452${end}`, 'hex'),
    })
    const files = dialogue.locator('input[type=file]')
    await files.setInputFiles({ name: '程序.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('4d5a900003', 'hex') })
    await dialogue.getByText(/程序\.exe 只接受/).waitFor()
    await files.setInputFiles([png('一.png', '01'), png('二.png', '02')])
    await dialogue.getByText('一.png', { exact: true }).waitFor()
    await dialogue.getByText('二.png', { exact: true }).waitFor()
    // On a slow line: the form says how far the file is, and does not leave without it.
    const line = Promise.withResolvers<void>()
    await desk.route('**/api/files', async (route) => {
      await line.promise
      await route.continue()
    })
    await files.setInputFiles(png('三.png', '03'))
    await dialogue.getByText(/三\.png \d+%/).waitFor()
    expect(await dialogue.getByRole('button', { name: '附件上传中…' }).isDisabled()).toBe(true)
    line.resolve()
    await dialogue.getByText('三.png', { exact: true }).waitFor()
    expect(await dialogue.getByRole('button', { name: '报进展', exact: true }).isEnabled()).toBe(true)
    await desk.unroute('**/api/files')
    // A lost connection: the file is sent again by one press. Each of several that were not taken says why.
    await desk.route('**/api/files', (route) => route.abort())
    await files.setInputFiles(png('四.png', '04'))
    await dialogue.getByText(/四\.png 连接不上/).waitFor()
    await desk.unroute('**/api/files')
    await dialogue.getByRole('button', { name: '重传' }).click()
    await dialogue.getByText('四.png', { exact: true }).waitFor()
    await files.setInputFiles([
      { name: '空.png', mimeType: 'image/png', buffer: Buffer.alloc(0) },
      { name: '大.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(LARGEST_FILE + 1, '%PDF-1.4\n') },
    ])
    await dialogue.getByText(/空\.png 文件是空的/).waitFor()
    await dialogue.getByText(/大\.pdf 内容过大/).waitFor()
    await desk.close()
    const evidence = await (await city.page('health')).request.post(`${city.server.url}/api/files`, {
      multipart: { file: { name: '照片.png', mimeType: 'image/png', buffer: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex') } },
    })
    expect(evidence.status()).toBe(201)
    expect((await act('health', 'report', { progress: '已完成全部排查', evidence: [await evidence.json()] })).status).toBe(200)
    expect((await act('dubang', 'return', { returnReason: 'facts', review: '请补充数据' })).status).toBe(200)
    expect((await act('health', 'report', { progress: '已补充', evidence: [await evidence.json()] })).status).toBe(200)
    expect((await act('dubang', 'accept', { review: '同意' })).status).toBe(200)
    expect((await rows('dubang', `/api/item?limit=200`)).find((one) => one.id === item?.id)?.state).toBe('assigned')

    const [other] = await rows('hq-511902', `/api/task?item=${item?.id}`)
    const county = (action: string, input: unknown = {}) =>
      city.call('hq-511902', `/api/task/${other?.id}/${action}`, { event: crypto.randomUUID(), input })
    expect((await county('sign')).status).toBe(200)
    expect((await county('report', { progress: '已落实' })).status).toBe(200)
    expect((await city.call('dubang', `/api/task/${other?.id}/accept`, { event: crypto.randomUUID(), input: {} })).status).toBe(200)
    expect((await rows('dubang', '/api/item?limit=200')).find((one) => one.id === item?.id)?.state).toBe('concluded')
    expect((await city.call('leader', `/api/item/${item?.id}/close`, { event: crypto.randomUUID(), input: {} })).status).toBe(200)
    await wall.close()
  })

  it('the wall is readable across the room and shows any day', async () => {
    const wall = await city.page('leader', { width: 1920, height: 1080 })
    await wall.goto(`${city.server.url}/wall`)
    await wall.locator('.city-map canvas').waitFor()
    const size = await wall
      .locator('.headline strong')
      .first()
      .evaluate((one) =>
        Number.parseFloat(
          String((one as unknown as { computedStyleMap(): { get(name: string): unknown } }).computedStyleMap().get('font-size')),
        ),
      )
    expect(size).toBeGreaterThanOrEqual(48)
    expect(await wall.locator('.headline').count()).toBe(6)
    await wall.close()
  })

  it('the wall shows no nought for what it could not read, says so, and recovers by itself', async () => {
    const wall = await city.page('leader', { width: 1920, height: 1080 })
    const broken = (route: Route) => route.fulfill({ status: 503, contentType: 'text/plain', body: '' })
    await wall.route(/\/api\/(?:board|task)/, broken)
    await wall.goto(`${city.server.url}/wall`)
    await wall.getByText(/数据读取失败，停在….*正在重试/).waitFor()
    expect(await wall.locator('.wall-lights strong').allTextContents()).toEqual(['…', '…', '…', '…', '…'])
    expect(await wall.locator('.headline-flow').first().textContent()).toContain('↑ …')
    await wall.unroute(/\/api\/(?:board|task)/, broken)
    await wall.getByText(/● 实时 \d/).waitFor()
    await expect.poll(() => wall.locator('.wall-lights strong').first().textContent(), { timeout: 15_000 }).toMatch(/^\d+$/)
    await wall.close()
  })

  it('shows nobody what is not theirs', async () => {
    const page = await city.page('health')
    await page.goto(city.server.url)
    await page.locator('nav').waitFor()
    expect(await page.locator('nav').getByText('会议', { exact: true }).count()).toBe(0)
    expect((await city.call('health', '/api/meeting')).status).toBe(403)
    expect((await city.call('health', '/api/communique/text', {})).status).toBe(403)
    expect((await city.call('admin', '/api/item')).status).toBe(403)
    expect((await city.call('town', '/api/task')).status).toBe(403)
    expect((await city.call('-', '/api/task')).status).toBe(401)
    const mine = await rows('health', '/api/task?limit=500')
    expect(mine.every((one) => one.fields.unit === 'u-health')).toBe(true)
    await page.close()
  })

  it('had no trouble of its own on any page', () => {
    expect(city.troubles).toEqual([])
  })
})
