import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FieldCity, IDENTITY, type Phone, peopleUnderWatch, startFieldCity } from './field-city.ts'

interface Event {
  readonly action: string
  readonly happenedAt: string
  readonly input: Readonly<Record<string, unknown>>
}

describe('the field app on a phone', () => {
  let city: FieldCity
  let watches: string[] = []
  let area = ''
  let phone: Phone
  const DOORS = ['2栋1单元1002', '2栋1单元201', '1栋301', '10栋101']

  beforeAll(async () => {
    city = await startFieldCity()
    const made = await peopleUnderWatch(city, DOORS)
    watches = made.watches
    area = made.area
    phone = await city.phone()
  }, 240_000)
  afterAll(() => city?.close())

  const checksOf = async (door: string) => {
    const { body } = await city.call<{ events: Event[] }>('grid', `/api/watch/${watches[DOORS.indexOf(door)]}/timeline`)
    return body.events.filter((event) => event.action === 'check')
  }
  const tab = (one: Phone, name: string) => one.page.locator('nav.tabs').getByText(name, { exact: true }).click()
  const read = async (one: Phone, door: string, tenth: number) => {
    await tab(one, '今日')
    await one.page.getByRole('button', { name: /^测温 \d/ }).click()
    await one.page.getByRole('button', { name: new RegExp(`${door}.*测温`) }).click()
    await one.page
      .locator('.keys')
      .getByRole('button', { name: String(tenth), exact: true })
      .click()
    await one.page.getByRole('button', { name: '保存' }).click()
    // It is kept when the screen has gone on: to the next one without a figure yet, or back.
    await one.page.locator('.reading output', { hasText: /\d\.\d/ }).waitFor({ state: 'detached' })
  }
  const states = async (one: Phone) => {
    await tab(one, '我的')
    await one.page.getByRole('heading', { name: '我的记录' }).waitFor()
    return one.page.locator('.rows .tag').allTextContents()
  }
  const syncNow = async (one: Phone) => {
    await tab(one, '我的')
    await one.page.getByRole('button', { name: '立即同步' }).click()
  }

  it('lists today in walking order, with targets and words that a thumb and the sun allow', async () => {
    await phone.signIn()
    await phone.page.evaluate('navigator.serviceWorker.ready')
    await tab(phone, '我的')
    await phone.page.getByText('系统的日期与手机不是同一时期').waitFor()
    await tab(phone, '今日')
    await phone.page.getByText('10栋101').first().waitFor()
    const doors = await phone.page.locator('.row small').allTextContents()
    expect([...new Set(doors)]).toEqual(['1栋301', '2栋1单元201', '2栋1单元1002 · 男 · 1990年生', '10栋101'])
    const small = await phone.page.evaluate(`[...document.querySelectorAll('button, nav a, input, select')]
      .map((one) => one.getBoundingClientRect()).filter((box) => box.width > 0 && (box.height < 48 || box.width < 48)).length`)
    expect(small).toBe(0)
    const tiny = await phone.page.evaluate(`[...document.querySelectorAll('body *')]
      .filter((one) => one.children.length === 0 && one.textContent.trim() !== '' && parseFloat(getComputedStyle(one).fontSize) < 16).map((one) => one.textContent)`)
    expect(tiny).toEqual([])
  })

  it('takes a reading without a network, survives being closed, and sends it exactly once', async () => {
    await phone.context.setOffline(true)
    await read(phone, '1栋301', 5)
    await phone.reopen()
    await phone.unlock()
    expect(await states(phone)).toEqual(['◇ 在手机上'])
    expect(await phone.page.locator('.banner').textContent()).toMatch(/离线，自.*1条待上传/)
    await phone.context.setOffline(false)
    await syncNow(phone)
    await expect.poll(() => states(phone), { timeout: 20_000 }).toEqual(['✓ 已确认'])
    expect((await checksOf('1栋301')).map((event) => event.input)).toMatchObject([{ temperature: 36.5, half: 'morning', how: 'worker' }])
  })

  it('loses and doubles nothing when the server is killed while it sends', async () => {
    await phone.context.setOffline(true)
    await read(phone, '2栋1单元201', 7)
    await read(phone, '2栋1单元1002', 6)
    await phone.context.setOffline(false)
    await syncNow(phone)
    await city.kill()
    await phone.page.waitForTimeout(500)
    await city.start()
    await syncNow(phone)
    await expect.poll(() => states(phone), { timeout: 30_000 }).toEqual(['✓ 已确认', '✓ 已确认', '✓ 已确认'])
    expect(await checksOf('2栋1单元201')).toHaveLength(1)
    expect(await checksOf('2栋1单元1002')).toHaveLength(1)
  })

  it('shows both sides when two people did the same thing, and a person decides', async () => {
    const need = crypto.randomUUID()
    const input = { kind: 'daily', dueOn: '2020-02-14', text: '送米' }
    expect((await city.call('grid', `/api/need/${need}/open`, { event: crypto.randomUUID(), area, input })).status).toBeLessThan(300)
    await syncNow(phone)
    await tab(phone, '今日')
    await phone.page.getByRole('button', { name: /^需求 1/ }).click()
    await phone.context.setOffline(true)
    await phone.page.locator('.row', { hasText: '需求' }).click()
    await phone.page.getByLabel(/办理结果/).fill('已送到')
    await phone.page.locator('.foot').getByRole('button', { name: '办结' }).click()
    // The last of its kind is done: what else is due is seen, not an empty list.
    await phone.page.getByText('10栋101').first().waitFor()
    const finish = { event: crypto.randomUUID(), input: { result: '邻居已送' } }
    expect((await city.call('town', `/api/need/${need}/finish`, finish)).status).toBe(200)
    await phone.context.setOffline(false)
    await syncNow(phone)
    const conflict = phone.page.locator('.conflict', { hasText: '邻居已送' })
    await conflict.waitFor()
    expect(await conflict.textContent()).toMatch(/已送到.*系统里现在.*已办/)
    // What it says is what the server said: nothing above it says offline any more.
    expect(await phone.page.locator('.banner').count()).toBe(0)
    await conflict.getByRole('button', { name: '以系统为准' }).click()
    await conflict.waitFor({ state: 'detached' })
    expect((await states(phone))[0]).toBe('已放弃')
  })

  it('writes the right time from a phone whose clock is three days ahead', async () => {
    const late = await city.phone({ aheadMs: 3 * 86_400_000 })
    await late.signIn()
    await late.page.getByText('10栋101').first().waitFor()
    await late.context.setOffline(true)
    await read(late, '10栋101', 4)
    await late.context.setOffline(false)
    await syncNow(late)
    await expect.poll(() => states(late), { timeout: 20_000 }).toEqual(['✓ 已确认'])
    const [event] = await checksOf('10栋101')
    const now = await city.call<{ now: string }>('grid', '/api/me')
    expect(Math.abs(Date.parse(now.body.now) - Date.parse(event?.happenedAt ?? ''))).toBeLessThan(120_000)
    await late.context.close()
  })

  it('recognises somebody by a number that it does not hold, and names no more than a surname and a town', async () => {
    await tab(phone, '扫码')
    await phone.page.getByLabel(/证件号码、通行证码/).fill('51990019900101001X')
    await phone.page.getByRole('button', { name: '查找' }).click()
    await phone.page.getByText('这不是有效的证件号码').waitFor()
    await phone.page.getByLabel(/证件号码、通行证码/).fill(IDENTITY)
    await phone.page.getByRole('button', { name: '查找' }).click()
    const card = phone.page.locator('.card', { hasText: '测*' })
    await card.waitFor()
    expect(await card.textContent()).not.toContain('测试')
  })

  it('shows who stands there already when somebody is registered a second time, and that one stays', async () => {
    await tab(phone, '登记')
    await phone.page.getByRole('button', { name: /新户/ }).click()
    await phone.page.getByLabel(/门牌/).fill('8栋801')
    await phone.page.getByLabel('姓名', { exact: true }).fill('测试辛')
    await phone.page.getByLabel(/证件号码/).fill(IDENTITY)
    await phone.page.getByRole('button', { name: /保存/ }).click()
    await syncNow(phone)
    const conflict = phone.page.locator('.conflict', { hasText: '2栋1单元1002' })
    await conflict.waitFor()
    expect(await conflict.locator('.sides').textContent()).toMatch(/测试辛.*系统里现在.*测\*/)
    expect(await conflict.getByRole('button', { name: '仍按我的' }).count()).toBe(0)
    await conflict.getByRole('button', { name: '以系统为准' }).click()
    await conflict.waitFor({ state: 'detached' })
  })

  it('keeps what a revoked worker had not sent, for the clerk of the town', async () => {
    await phone.context.setOffline(true)
    await tab(phone, '登记')
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
    const ended = await city.call('admin', `/api/accounts/${account?.id}/grants/${account?.grants[0]?.id}/end`, { to: '2020-02-13' })
    expect(ended.status).toBeLessThan(300)
    await phone.context.setOffline(false)
    await syncNow(phone)
    await expect.poll(() => states(phone), { timeout: 20_000 }).toContain('→ 已移交')
    const box = await city.call<{ acts: { record: string; command: { input: { name?: string } } }[] }>('town', '/api/field/handed-over')
    expect(box.body.acts.map((one) => one.record).sort()).toEqual(['household', 'person'])
    expect(JSON.stringify(box.body)).not.toContain('测试庚')
  })

  it('of a worker who was moved loses the old village with the next sync, and gets the new one', async () => {
    await tab(phone, '今日')
    await phone.page.getByText('您目前没有任何辖区的授权').waitFor()
    await tab(phone, '扫码')
    await phone.page.getByLabel(/按姓、门牌/).fill('10栋101')
    await phone.page.getByText(/没有找到/).waitFor()

    const { body } = await city.call<{ areas: { id: string; level: string; parent: string | null }[] }>('town', '/api/areas')
    const { parent } = body.areas.find((one) => one.id === area) ?? {}
    const other = body.areas.find((one) => one.parent === parent && one.level === 'village' && one.id !== area)?.id
    const act = async (record: string, action: string, input: object) => {
      const id = crypto.randomUUID()
      const sent = { event: crypto.randomUUID(), area: other, happenedAt: '2020-02-13T02:00:00Z', input }
      expect((await city.call('town', `/api/${record}/${id}/${action}`, sent)).status).toBeLessThan(300)
      return id
    }
    const household = await act('household', 'register', { door: '7栋702', kind: 'family' })
    const person = await act('person', 'register', { name: '测试壬', household, phone: '13800000009', documentType: 'none' })
    await act('watch', 'enter', { person, household, kind: 'home', entry: 'list', class: 'other' })
    const accounts = await city.call<{ accounts: { id: string; username: string }[] }>('admin', '/api/accounts?text=grid')
    const account = accounts.body.accounts.find((one) => one.username === 'grid')
    const grant = { role: 'grid-worker', area: other, from: '2020-02-14' }
    expect((await city.call('admin', `/api/accounts/${account?.id}/grants`, grant)).status).toBeLessThan(300)
    await syncNow(phone)
    await tab(phone, '今日')
    await phone.page.getByText('7栋702').first().waitFor()
    expect(await phone.page.getByText('10栋101').count()).toBe(0)
    await phone.reopen()
    await phone.unlock()
    await phone.page.getByText('7栋702').first().waitFor()
    expect(new Set(await phone.page.locator('.row small').allTextContents())).toEqual(new Set(['7栋702']))
  })

  it('is never given a page in place of a file of its own that is gone', async () => {
    const gone = await fetch(`${city.url}/field/assets/gone.js`)
    expect([gone.status, gone.headers.get('content-type')]).toEqual([404, 'application/problem+json; charset=utf-8'])
  })

  it('keeps nothing after a wipe from afar', async () => {
    const { body } = await city.call<{ devices: { id: string }[] }>('grid', '/api/field/devices')
    for (const { id } of body.devices) expect((await city.call('admin', `/api/field/devices/${id}/wipe`, {})).status).toBe(200)
    await phone.reopen()
    await phone.page.getByRole('heading', { name: '本机已清除' }).waitFor()
    const left = await phone.page.evaluate(`new Promise((resolve) => {
      const open = indexedDB.open('guatu-field')
      open.onsuccess = async () => {
        const names = [...open.result.objectStoreNames]
        const counts = names.map((name) => new Promise((done) => { const n = open.result.transaction(name).objectStore(name).count(); n.onsuccess = () => done(n.result) }))
        resolve((await Promise.all(counts)).reduce((a, b) => a + b, 0))
      }
    })`)
    expect(left).toBe(0)
  })

  it('had no trouble of its own', () => {
    expect(city.troubles).toEqual([])
  })
})
