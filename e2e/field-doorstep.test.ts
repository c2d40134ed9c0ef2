import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeQR } from 'qr'
import { decodeQR } from 'qr/decode.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ORDER } from './closing-order.ts'
import { type FieldCity, IDENTITY, type Phone, peopleUnderWatch, startFieldCity } from './field-city.ts'

const SIDE = 480

/** A film of one still picture, as a browser's make-believe camera plays it: a code on white, greys only. */
function film(text: string): Buffer {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 4 })
  const scale = Math.floor(SIDE / rows.length)
  const luma = Buffer.alloc(SIDE * SIDE, 255)
  for (const [y, row] of rows.entries())
    for (const [x, dark] of row.entries())
      for (let dy = 0; dark && dy < scale; dy += 1) {
        const at = (y * scale + dy) * SIDE + x * scale
        luma.fill(0, at, at + scale)
      }
  const head = Buffer.from(`YUV4MPEG2 W${SIDE} H${SIDE} F10:1 Ip A1:1 C420jpeg\n`)
  return Buffer.concat([head, Buffer.from('FRAME\n'), luma, Buffer.alloc((SIDE * SIDE) / 2, 128)])
}

describe('at the doorstep and behind the desk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'guatu-film-'))
  let city: FieldCity
  let phone: Phone
  let people: string[] = []
  let area = ''

  beforeAll(async () => {
    writeFileSync(join(folder, 'card.y4m'), film(IDENTITY))
    city = await startFieldCity([
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${join(folder, 'card.y4m')}`,
    ])
    const made = await peopleUnderWatch(city, ['1栋101'])
    people = made.people
    area = made.area
    // A home that nobody watches, so that a pass may be had for it.
    const home = crypto.randomUUID()
    const act = (record: string, id: string, action: string, input: object, as = 'grid') =>
      city.call(as, `/api/${record}/${id}/${action}`, { event: crypto.randomUUID(), area, input })
    await act('household', home, 'register', { door: '7栋701', kind: 'family' })
    await act('person', crypto.randomUUID(), 'register', { name: '测试戊', household: home, documentType: 'none' })
    const me = await city.call<{ grants: { path: string }[] }>('grid', '/api/me')
    const county = me.body.grants[0]?.path.split('/')[2] ?? ''
    const order = crypto.randomUUID()
    for (const [as, action, input] of [
      ['hq-511902', 'draft', { ...ORDER, organ: county, areas: [area] }],
      ['hq-511902', 'submit', {}],
      ['duty', 'approve', { decidedBy: '市应急指挥部', decisionNo: '市指〔2020〕9号' }],
      ['hq-511902', 'announce', { announcedWhere: '广播' }],
    ] as const) {
      const done = await act('closure', order, action, input, as)
      expect([action, done.status, done.status < 300 ? '' : done.body]).toEqual([action, action === 'draft' ? 201 : 200, ''])
    }
    phone = await city.phone({ width: 390, height: 844 })
    await phone.signIn()
    await phone.page.evaluate('navigator.serviceWorker.ready')
  }, 240_000)
  afterAll(async () => {
    await city?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const tab = (name: string) => phone.page.locator('nav.tabs').getByText(name, { exact: true }).click()
  /** The text of the code that a page shows, read from its picture. */
  const shownCode = async (page: Phone['page']): Promise<string> => {
    const path = await page.locator('svg.qr-code path').getAttribute('d')
    const size = Number((await page.locator('svg.qr-code').getAttribute('viewBox'))?.split(' ')[2])
    const scale = 4
    const data = new Uint8ClampedArray(size * size * scale * scale * 4).fill(255)
    for (const [, x, y] of path?.matchAll(/M(\d+) (\d+)h1/g) ?? [])
      for (let dy = 0; dy < scale; dy += 1)
        for (let dx = 0; dx < scale; dx += 1) {
          const at = ((Number(y) * scale + dy) * size * scale + Number(x) * scale + dx) * 4
          data.fill(0, at, at + 3)
        }
    return decodeQR({ width: size * scale, height: size * scale, data })
  }

  it('reads a code by the camera where the browser itself cannot, and typing is always there', async () => {
    await tab('扫码')
    await phone.page.getByLabel(/证件号码、通行证码/).waitFor()
    await phone.page.getByRole('button', { name: '打开摄像头扫码' }).click()
    await phone.page.locator('.card', { hasText: '测*' }).waitFor({ timeout: 20_000 })
  })

  it('makes a self-report link at the door, which opens without an account', async () => {
    await phone.page.getByRole('button', { name: '本人申报二维码' }).click()
    await phone.page.locator('svg.qr-code').waitFor()
    const address = await shownCode(phone.page)
    expect(address).toMatch(new RegExp(`^${city.url}/p/[\\w-]{38}$`))
    const answer = await fetch(address)
    expect(answer.status).toBe(200)
    await phone.page.getByRole('button', { name: '收回链接' }).click()
    await phone.page.getByRole('button', { name: '本人申报二维码' }).waitFor()
    expect((await fetch(address)).status).toBe(404)
  })

  it('issues a pass without a network, whose code is found good without one and in the register', async () => {
    await tab('我的')
    await phone.page.getByRole('button', { name: '立即同步' }).click()
    await expect
      .poll(async () => (await city.call<{ rows: unknown[] }>('duty', '/api/passKey?limit=50')).body.rows.length, { timeout: 20_000 })
      .toBeGreaterThan(0)
    await phone.page.waitForTimeout(500)
    await phone.context.setOffline(true)
    await tab('扫码')
    await phone.page.getByLabel(/按姓、门牌/).fill('7栋701')
    await phone.page.locator('.rows .row').first().click()
    await phone.page.getByRole('button', { name: '发证', exact: true }).click()
    await phone.page.locator('svg.qr-code').waitFor()
    const code = await shownCode(phone.page)
    expect(code).toMatch(/^GT1:/)
    await phone.page.getByLabel(/证件号码、通行证码/).fill(code)
    await phone.page.getByRole('button', { name: '查找' }).click()
    await phone.page.locator('.verdict', { hasText: '通行证有效' }).waitFor()
    // Coming home later, with a network again, it is in the register, and its code is good there too.
    await phone.context.setOffline(false)
    await tab('我的')
    await phone.page.getByRole('button', { name: '立即同步' }).click()
    await expect
      .poll(async () => (await city.call<{ rows: unknown[] }>('town', '/api/pass?limit=50')).body.rows.length, { timeout: 20_000 })
      .toBe(1)
    await expect
      .poll(
        async () =>
          (await city.call<{ verdict: { code: string } }>('town', '/api/passes/verify', { code, direction: 'out' })).body.verdict?.code,
        {
          timeout: 60_000,
          interval: 2_000,
        },
      )
      .toBe('valid')
  }, 120_000)

  /** A village of another county. */
  const farVillage = async () => {
    const me = await city.call<{ grants: { area: string }[] }>('hq-511921', '/api/me')
    const below = await city.call<{ areas: { id: string; level: string }[] }>('hq-511921', `/api/areas?below=${me.body.grants[0]?.area}`)
    return below.body.areas.find(({ level }) => level === 'village')?.id
  }

  it('takes in whoever is registered elsewhere and stands at the door, once their arrival is declared', async () => {
    const number = 'E55501234'
    const known = {
      event: crypto.randomUUID(),
      area: await farVillage(),
      input: { name: '测试庚', documentType: 'passport', documentNumber: number },
    }
    const id = crypto.randomUUID()
    expect((await city.call('hq-511921', `/api/person/${id}/register`, known)).status).toBe(201)
    await tab('登记')
    await phone.page.getByRole('button', { name: /新户/ }).click()
    await phone.page.getByLabel(/门牌/).fill('9栋902')
    await phone.page.getByRole('button', { name: '护照' }).click()
    await phone.page.getByLabel(/证件号码/).fill(number)
    await phone.page.getByLabel('姓名', { exact: true }).fill('测试庚')
    await phone.page.getByRole('button', { name: /保存/ }).click()
    await tab('我的')
    const card = phone.page.locator('.conflict', { hasText: '此人已在' })
    await card.waitFor({ timeout: 20_000 })
    expect(await card.getByRole('button', { name: '仍按我的' }).count()).toBe(0)
    await card.getByRole('button', { name: '人已到本村，申报到达' }).click()
    await card.getByLabel(/来源地/).fill('湖北省武汉市')
    await card.getByRole('button', { name: '申报', exact: true }).click()
    await card.waitFor({ state: 'detached' })
    await expect
      .poll(async () => (await city.call<{ area: string }>('grid', `/api/person/${id}`)).body?.area, { timeout: 20_000 })
      .toBe(area)
    const watches = await city.call<{ rows: { fields: { person?: string }; state: string }[] }>('grid', '/api/watch?limit=50')
    expect(watches.body.rows.find(({ fields }) => fields.person === id)?.state).toBe('watching')
  })

  it('leaves to the town whoever is registered under the number by another name: it sees both sides and says whether it is them', async () => {
    const [id, number] = [crypto.randomUUID(), 'E77000779']
    const known = {
      event: crypto.randomUUID(),
      area: await farVillage(),
      input: { name: '测试辛', documentType: 'passport', documentNumber: number },
    }
    expect((await city.call('hq-511921', `/api/person/${id}/register`, known)).status).toBe(201)
    // Entered and declared where there is no signal: both arrive together.
    await phone.context.setOffline(true)
    await tab('登记')
    await phone.page.getByRole('button', { name: /新户/ }).click()
    await phone.page.getByLabel(/门牌/).fill('9栋903')
    await phone.page.getByRole('button', { name: '护照' }).click()
    await phone.page.getByLabel(/证件号码/).fill(number)
    await phone.page.getByLabel('姓名', { exact: true }).fill('测试壬')
    await phone.page.getByRole('button', { name: /保存/ }).click()
    await phone.page.getByText('已存在手机上').waitFor()
    await phone.page.getByRole('button', { name: '代报返巴申报' }).click()
    await phone.page.getByPlaceholder('姓、门牌或证件后四位').first().fill('9栋903')
    await phone.page.locator('ul.rows button.row').first().click()
    await phone.page.getByLabel(/来源地/).fill('湖北省武汉市')
    await phone.page.getByRole('button', { name: '申报', exact: true }).click()
    await phone.page.getByText('已存在手机上').waitFor()
    await phone.context.setOffline(false)
    await tab('我的')
    await phone.page.getByRole('button', { name: '立即同步' }).click()
    await phone.page
      .getByText(/移交箱中等待经办员处理/)
      .first()
      .waitFor({ timeout: 20_000 })
    const page = await city.desk('town', '/handed-over')
    const entry = page.locator('section.handed-over', { hasText: '不同之处：姓名' })
    await entry.getByText('登记中的人').waitFor()
    expect(await page.locator('main, #root').first().textContent()).not.toContain('测试辛')
    await entry.getByRole('button', { name: '是同一人，按已有登记接收' }).click()
    await page.getByText('没有待处理的移交').waitFor()
    expect((await city.call<{ area: string }>('grid', `/api/person/${id}`)).body.area).toBe(area)
    await phone.page.getByRole('button', { name: '立即同步' }).click()
    await phone.page.getByText('已由经办员接收入账').first().waitFor({ timeout: 20_000 })
    await page.close()
  })

  it('shows the town its phones, and wipes one', async () => {
    const page = await city.desk('town', '/phones')
    const row = page.locator('tr', { hasText: 'grid' }).first()
    await row.getByText('使用中').waitFor()
    const other = await city.phone()
    await other.signIn('grid')
    await page.reload()
    await page.locator('tr', { hasText: 'grid' }).first().getByRole('button', { name: '远程清除' }).click()
    await page
      .locator('.ant-popconfirm')
      .getByRole('button', { name: /清\s*除/ })
      .click()
    await page.getByText('已清除').first().waitFor()
    await other.reopen()
    await other.page.getByRole('heading', { name: '本机已清除' }).waitFor()
    await other.context.close()
    await page.close()
  }, 60_000)

  it('makes a link at the desk for a person and takes it back', async () => {
    const page = await city.desk('town', `/records/person/${people[0]}`)
    await page.getByRole('button', { name: '生成链接' }).click()
    await page.locator('svg.qr-code').waitFor()
    const address = await shownCode(page)
    expect((await fetch(address)).status).toBe(200)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /收\s*回/ }).click()
    await page.getByText('没有有效的链接').waitFor()
    expect((await fetch(address)).status).toBe(404)
    await page.close()
  })

  it('hands over what a revoked worker had not sent, and the clerk takes it over', async () => {
    await phone.context.setOffline(true)
    await tab('登记')
    await phone.page.getByRole('button', { name: /新户/ }).click()
    await phone.page.getByLabel(/门牌/).fill('9栋901')
    await phone.page.getByLabel('姓名', { exact: true }).fill('测试庚')
    await phone.page.getByRole('button', { name: '无证件' }).click()
    await phone.page.getByRole('button', { name: /保存/ }).click()
    await phone.page.getByText('已存在手机上').waitFor()
    const { body } = await city.call<{ accounts: { id: string; username: string; grants: { id: string }[] }[] }>(
      'admin',
      '/api/accounts?text=grid',
    )
    const account = body.accounts.find((one) => one.username === 'grid')
    await city.call('admin', `/api/accounts/${account?.id}/grants/${account?.grants[0]?.id}/end`, { to: '2020-02-13' })
    await phone.context.setOffline(false)
    await tab('我的')
    await phone.page.getByRole('button', { name: '立即同步' }).click()
    await phone.page.getByText('→ 已移交').first().waitFor({ timeout: 20_000 })
    const page = await city.desk('town', '/handed-over')
    await page.getByText('网格员（演示） · 2条').waitFor()
    expect(await page.locator('main, #root').first().textContent()).not.toContain('测试庚')
    await page.getByRole('button', { name: '全部接收' }).click()
    await page.getByText('没有待处理的移交').waitFor()
    const homes = await city.call<{ rows: { fields: { door: string } }[] }>('town', '/api/household?limit=100')
    expect(homes.body.rows.map((row) => row.fields.door)).toContain('9栋901')
    await page.close()
  })

  it('had no trouble of its own', () => {
    expect(city.troubles).toEqual([])
  })
})
