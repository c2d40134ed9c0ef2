import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FieldCity, peopleUnderWatch, startFieldCity } from './field-city.ts'

/** First load of a public page, bytes: an old phone on a weak signal. */
const BUDGET = 100 * 1024

describe('the public pages, without an account and without a script', () => {
  let city: FieldCity
  let made: Awaited<ReturnType<typeof peopleUnderWatch>>
  let link: { id: string; path: string }
  let context: BrowserContext
  let page: Page

  beforeAll(async () => {
    city = await startFieldCity()
    made = await peopleUnderWatch(city, ['3栋1单元102', '3栋1单元101'])
    const issued = await city.call<{ id: string; path: string }>('grid', '/api/self-links', { record: 'person', id: made.people[0] })
    expect(issued.status).toBe(201)
    link = issued.body
    context = await city.browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 640 } })
    page = await context.newPage()
  }, 240_000)
  afterAll(() => city?.close())

  const next = (name = '下一题') => page.getByRole('button', { name, exact: true }).click()
  const arrivals = async () =>
    (
      await city.call<{ rows: { id: string; version: number; state: string; fields: Record<string, unknown> }[] }>(
        'grid',
        '/api/arrival?limit=50',
      )
    ).body.rows
  const begin = async (button: RegExp) => {
    await page.goto(city.url + link.path)
    await page.getByRole('button', { name: button }).click()
  }

  it('say nothing of the person in the address, and weigh little', async () => {
    expect(link.path).toMatch(/^\/p\/[\w-]{38}$/)
    const answer = await page.goto(city.url + link.path)
    expect((await answer?.body())?.length).toBeLessThan(BUDGET)
    const words = await page.locator('body').textContent()
    expect(words).toContain('测*')
    expect(words).not.toContain('测试甲')
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
    await page.goto(`${city.url}${link.path}?lang=en`)
    await page.getByRole('button', { name: 'Arrival: Declare' }).waitFor()
  })

  it('ask one question at a time, say what is wrong, and give a receipt', async () => {
    await begin(/返巴申报：申报/)
    expect(await page.locator('legend, label.q').count()).toBe(1)
    await next()
    expect(await page.getByRole('alert').textContent()).toContain('到达日期')
    await page.getByLabel('到达日期').fill('2020-02-13')
    await next()
    await page.getByLabel('来源地', { exact: true }).fill('重庆市渝中区')
    const asked: string[] = []
    for (let i = 0; i < 30 && (await page.getByRole('button', { name: '提交' }).count()) === 0; i += 1) {
      await next()
      asked.push(...(await page.locator('legend, label.q').allTextContents()))
    }
    // Nobody knows the code of a place by heart.
    expect(asked).not.toContain('来源地代码')
    expect(asked).toContain('到达时间')
    expect(await page.locator('dt').allTextContents()).toEqual(['到达日期', '来源地'])
    expect(await page.locator('dl').textContent()).toContain('重庆市渝中区')
    const fields = await page.locator('form input').all()
    const form: Record<string, string> = { go: 'send' }
    for (const one of fields) form[String(await one.getAttribute('name'))] = String(await one.getAttribute('value'))
    const code = page.locator('.code')
    await next('提交')
    expect(await code.textContent()).toMatch(/^[0-9A-F]{4}-[0-9A-F]{4}$/)
    const [arrival] = await arrivals()
    expect(arrival).toMatchObject({ state: 'declared', fields: { channel: 'self', origin: '重庆市渝中区', arrivedOn: '2020-02-13' } })
    // Sent again by an impatient thumb: the same declaration.
    const again = await context.request.post(`${city.url}${link.path}/arrival/declare`, { form, headers: { origin: city.url } })
    expect(await again.text()).toContain(String(await code.textContent()))
    expect(await arrivals()).toHaveLength(1)
  })

  it('let people correct their own entry until somebody confirms it', async () => {
    const through = async (answer: () => Promise<unknown>) => {
      await begin(/更正申报/)
      for (let i = 0; i < 30 && (await page.getByRole('button', { name: '提交' }).count()) === 0; i += 1) {
        await answer()
        await next()
      }
      await next('提交')
    }
    const tick = async (name: string) => {
      if (
        (await page
          .locator('legend')
          .textContent({ timeout: 500 })
          .catch(() => '')) === '症状'
      )
        await page.getByLabel(name).check()
    }
    await through(async () => undefined)
    expect(await page.getByRole('alert').textContent()).toContain('没有更正任何内容')
    await through(() => tick('咳嗽'))
    expect((await arrivals())[0]?.fields.symptoms).toEqual(['cough'])
    await through(() => tick('都没有'))
    expect((await arrivals())[0]?.fields.symptoms).toEqual([])
    await begin(/更正申报/)
    for (let i = 0; i < 30 && (await page.getByRole('button', { name: '提交' }).count()) === 0; i += 1) {
      const origin = page.getByLabel('来源地', { exact: true })
      if (await origin.count()) await origin.fill('重庆市江北区')
      await next()
    }
    await next('提交')
    await page.locator('.code').waitFor()
    const [arrival] = await arrivals()
    expect(arrival?.fields).toMatchObject({ origin: '重庆市江北区', arrivedOn: '2020-02-13' })
    const confirm = (seen: object) =>
      city.call('grid', `/api/arrival/${arrival?.id}/confirm`, { event: crypto.randomUUID(), input: {}, ...seen })
    // A correction that asks for less than the observation that runs is confirmed by whoever has looked at it.
    expect((await confirm({})).status).toBe(409)
    expect((await confirm({ version: arrival?.version })).status).toBe(200)
    // Sent after that, from a page that stood open: told so, and nothing is changed.
    const form = { go: 'send', row: String(arrival?.id), event: crypto.randomUUID(), origin: '重庆市南岸区' }
    const late = await context.request.post(`${city.url}${link.path}/arrival/amend`, { form, headers: { origin: city.url } })
    expect([late.status(), await late.text()]).toEqual([409, expect.stringContaining('没有提交')])
    expect((await arrivals())[0]?.fields.origin).toBe('重庆市江北区')
    await page.goto(city.url + link.path)
    expect(await page.getByRole('button', { name: /更正申报/ }).count()).toBe(0)
  })

  it('take the daily reading of the person, as the person’s own', async () => {
    await begin(/测温/)
    await page.getByLabel('上午').check()
    await next()
    await page.getByLabel('体温').fill('36.6')
    for (let i = 0; i < 30 && (await page.getByRole('button', { name: '提交' }).count()) === 0; i += 1) {
      await next()
      // What the office did is not the person's to say.
      expect(await page.getByText('处置', { exact: true }).count()).toBe(0)
    }
    await next('提交')
    await page.locator('.code').waitFor()
    const { body } = await city.call<{ events: { action: string; actor: string; input: Record<string, unknown> }[] }>(
      'grid',
      `/api/watch/${made.watches[0]}/timeline`,
    )
    expect(body.events.find((event) => event.action === 'check')).toMatchObject({
      actor: `self ${link.id}`,
      input: { how: 'self', half: 'morning', temperature: 36.6 },
    })
  })

  it('stay with what was written when the language is changed, and when somebody goes back or opens a step again', async () => {
    await begin(/测温/)
    await page.getByLabel('上午').check()
    await next()
    await page.getByLabel('体温').fill('36.4')
    await page.getByRole('button', { name: 'English' }).click()
    expect(await page.getByLabel('Temperature').inputValue()).toBe('36.4')
    await next('Next')
    await page.getByText('Question 3 of 5').waitFor()
    await page.goBack()
    expect(await page.getByLabel('Temperature').inputValue()).toBe('36.4')
    for (let i = 0; i < 30 && (await page.getByRole('button', { name: 'Send' }).count()) === 0; i += 1) await next('Next')
    const fields = await page.locator('form input').all()
    const form: Record<string, string> = { go: 'send' }
    for (const one of fields) form[String(await one.getAttribute('name'))] = String(await one.getAttribute('value'))
    await next('Send')
    const code = await page.locator('.code').textContent()
    // A reading waits for nobody's confirmation, and is not corrected but taken again.
    expect(await page.locator('main').textContent()).toContain('report once more')
    await page.getByRole('button', { name: '中文' }).click()
    expect([await page.locator('h1').textContent(), await page.locator('.code').textContent()]).toEqual(['已收到', code])
    // Back from the receipt and sent with another answer: said in words for the person, not of ids.
    const changed = await context.request.post(`${city.url}${link.path}/watch/check`, {
      form: { ...form, temperature: '36.8' },
      headers: { origin: city.url },
    })
    const words = await changed.text()
    expect([changed.status(), words.includes('You sent this before'), words.includes('event id')]).toEqual([409, true, false])
    for (const tail of ['/watch/check', '/', '。', '%20请勿转发']) {
      const opened = await page.goto(city.url + link.path + tail)
      expect([opened?.status(), await page.locator('h1').textContent()], tail).toEqual([200, '本人申报'])
    }
  })

  it('of a household tell people of one surname apart, and say at every question for whom it is', async () => {
    const household = crypto.randomUUID()
    const act = (record: string, id: string, action: string, input: object) =>
      city.call('grid', `/api/${record}/${id}/${action}`, { event: crypto.randomUUID(), area: made.area, input })
    expect((await act('household', household, 'register', { door: '9栋1单元901', kind: 'family' })).status).toBeLessThan(300)
    for (const [name, sex, birthYear] of [
      ['测试甲', 'female', 1980],
      ['测试乙', 'male', 2011],
      ['曾试丙', 'female', 1950],
    ] as const)
      expect(
        (await act('person', crypto.randomUUID(), 'register', { name, documentType: 'none', household, sex, birthYear })).status,
      ).toBeLessThan(300)
    const shared = await city.call<{ path: string }>('grid', '/api/self-links', { record: 'household', id: household })
    await page.goto(city.url + shared.body.path)
    const all = await page.locator('main').textContent()
    for (const who of ['测*（女，1980年生）', '测*（男，2011年生）', '曾*']) expect(all).toContain(who)
    expect(all).not.toContain('1950')
    await page.getByRole('link', { name: '测*（男，2011年生）' }).click()
    await page.getByRole('button', { name: /返巴/ }).click()
    expect(await page.locator('main').textContent()).toContain('测*（男，2011年生）')
  })

  it('do nothing else by the same link, and end when it is revoked or made up', async () => {
    const post = (path: string) => context.request.post(city.url + path, { form: { go: 'send' }, headers: { origin: city.url } })
    expect(await (await post(`${link.path}/person/update`)).text()).not.toContain('class="code"')
    const forged = `${link.path.slice(0, -2)}${link.path.endsWith('AA') ? 'BB' : 'AA'}`
    expect((await page.goto(city.url + forged))?.status()).toBe(404)
    const foreign = await context.request.post(`${city.url}${link.path}/watch/check`, {
      form: {},
      headers: { origin: 'http://elsewhere.example' },
    })
    expect(foreign.status()).toBe(403)
    expect((await city.call('grid', `/api/self-links/${link.id}/revoke`, {})).status).toBe(200)
    expect((await page.goto(city.url + link.path))?.status()).toBe(404)
    expect(await page.locator('body').textContent()).toContain('链接无效或已过期')
  })
})
