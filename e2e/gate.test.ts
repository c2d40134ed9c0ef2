import { passes } from '@guatu/domains'
import { idCheckCharacter } from '@guatu/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ORDER } from './closing-order.ts'
import { type FieldCity, IDENTITY, type Phone, peopleUnderWatch, startFieldCity } from './field-city.ts'

const PATIENT = { timeout: 45_000 }
const TERM = { validFrom: '2020-02-14T01:00:00.000Z', validTo: '2020-02-20T02:00:00.000Z' }
const PLATE = '川Y00000'

/** The old short number of the pass, and the number of a passport. */
const EITHER = passes.shortNumberOf('018f3c5a-7b10-7000-8000-000000000001').replaceAll('-', '')

/** A number with an issuing code that nobody has. */
const idOf = (n: number) => {
  const seventeen = `5199001990010${n}001`.slice(0, 17)
  return seventeen + idCheckCharacter(seventeen)
}

interface Row {
  readonly fields: Readonly<Record<string, unknown>>
}

describe('a gate', () => {
  let city: FieldCity
  let phone: Phone
  let number = ''
  let code = ''
  let area = ''
  let order = ''
  let county = ''

  beforeAll(async () => {
    city = await startFieldCity()
    area = (await peopleUnderWatch(city, ['1栋101'])).area
    const act = async (as: string, record: string, id: string, action: string, input: object) => {
      const done = await city.call(as, `/api/${record}/${id}/${action}`, { event: crypto.randomUUID(), area, input })
      expect([action, done.status < 300 ? '' : done.body]).toEqual([action, ''])
      return id
    }
    const me = await city.call<{ grants: { path: string }[] }>('grid', '/api/me')
    county = me.body.grants[0]?.path.split('/')[2] ?? ''
    order = crypto.randomUUID()
    const allows = { couriers: 'door', trades: ['医疗'] }
    await act('hq-511902', 'closure', order, 'draft', { ...ORDER, ...allows, organ: county, areas: [area] })
    await act('hq-511902', 'closure', order, 'submit', {})
    await act('duty', 'closure', order, 'approve', { decidedBy: '市应急指挥部', decisionNo: '市指〔2020〕9号' })
    await act('hq-511902', 'closure', order, 'announce', { announcedWhere: '广播' })
    const home = await act('grid', 'household', crypto.randomUUID(), 'register', { door: '7栋701', kind: 'family' })
    await act('grid', 'place', crypto.randomUUID(), 'register', { name: '测试村路口', kind: 'road' })
    await act('grid', 'place', crypto.randomUUID(), 'register', { name: '测试村大门', kind: 'gate' })
    const pass = '018f3c5a-7b10-7000-8000-000000000001'
    await act('grid', 'pass', pass, 'issue', { closure: order, kind: 'household', household: home, ...TERM })
    const traveller = { name: '测试己', documentType: 'passport', documentNumber: EITHER }
    const observed = await act('grid', 'person', crypto.randomUUID(), 'register', traveller)
    await act('grid', 'watch', crypto.randomUUID(), 'enter', { person: observed, kind: 'home', entry: 'list', class: 'listed' })
    await act('grid', 'pass', crypto.randomUUID(), 'issue', { closure: order, kind: 'vehicle', plate: PLATE, ...TERM })
    const shown = await city.call<{ code: string; number: string }>('grid', `/api/pass/${pass}/code`)
    number = shown.body.number
    code = shown.body.code
    phone = await city.phone({ width: 390, height: 844 })
    await phone.signIn('gate')
    await phone.page.evaluate('navigator.serviceWorker.ready')
    await phone.page.getByRole('heading', { name: '卡口查验' }).waitFor(PATIENT)
    await phone.page.getByText(/^数据 /).waitFor(PATIENT)
  }, 240_000)
  afterAll(() => city?.close())

  const crossings = async (): Promise<readonly Row[]> =>
    (await city.call<{ rows: readonly Row[] }>('gate', '/api/crossing?limit=50')).body.rows
  const show = async (text: string) => {
    const box = phone.page.getByLabel('通行证、证件或车牌')
    await box.fill(text)
    await box.press('Enter')
  }
  const card = (text: string | RegExp) => phone.page.locator('.card.verdict', { hasText: text })
  const says = (word: string, why: string) => phone.page.locator('.decision', { hasText: word }).filter({ hasText: why }).waitFor(PATIENT)
  const press = (name: string) => phone.page.getByRole('button', { name, exact: true }).click()
  /** Does what is being filled in lie behind the decision, which is always in sight? */
  const behindTheDecision = () =>
    phone.page.evaluate(
      `document.activeElement.getBoundingClientRect().bottom > document.querySelector('.decision').getBoundingClientRect().top`,
    )
  /** Somebody healthy comes by, within the city: what the officer does from the first key to the last. */
  const comesBy = async (document: string, name: string | undefined) => {
    await show(document)
    await phone.page.locator('.card.verdict').waitFor()
    if (name !== undefined) await phone.page.getByLabel('姓名').fill(name)
    await phone.page.getByLabel('体温 ℃').fill('36.4')
    expect(await behindTheDecision()).toBe(false)
    await phone.page.locator('fieldset', { hasText: '市内往来' }).getByRole('button', { name: '是' }).click()
    await phone.page.locator('.decision .word', { hasText: '放行' }).waitFor()
    await phone.page.getByLabel('体温 ℃').press('Enter')
  }

  it('registers whom it does not know, and knows them the next time', async () => {
    expect(await phone.page.locator('nav.tabs a').allTextContents()).toEqual(['卡口', '我的'])
    await press('道路卡口')
    await press('进')
    await phone.page.getByLabel('本卡口').selectOption({ label: '测试村路口' })
    await comesBy(idOf(4), '测试甲')
    await phone.page.getByText('✓ 已登记').waitFor()
    await expect.poll(async () => (await crossings()).map(({ fields }) => typeof fields.person), PATIENT).toEqual(['string'])
    await show(idOf(4))
    await card('测*').waitFor()
    await press('清空')
  })

  it('comes up again without a network, and checks a code, a number, a plate and a document', async () => {
    await phone.context.setOffline(true)
    await phone.reopen()
    await phone.unlock()
    await phone.page.getByRole('heading', { name: '卡口查验' }).waitFor()
    await phone.page.locator('.banner', { hasText: '离线' }).waitFor()
    await press('小区（村组）大门')
    await press('出')
    for (const [shown, said] of [
      [code, '通行证有效'],
      [number.toLowerCase().replace('-', ' '), '通行证有效'],
      [PLATE, '通行证有效'],
      [IDENTITY, '正在隔离观察'],
      [idOf(2), '本机名册里没有此人'],
      ['ZZZZ-ZZZZ', ''],
    ] as const) {
      await show(shown)
      await (said === '' ? phone.page.getByText('本辖区的通行证里没有这个证号') : card(said)).waitFor()
      await press('清空')
    }
    // What is found under two meanings is asked for, and said by one touch.
    for (const [which, said] of [
      ['按证件查', '正在隔离观察'],
      ['按通行证查', '通行证有效'],
    ] as const) {
      await show(EITHER)
      await press(which)
      await card(said).waitFor()
      await press('清空')
    }
  })

  it('says without a network what the order at this gate allows of couriers and trades, once it is said which gate this is', async () => {
    const { page } = phone
    await press('进')
    await page.getByLabel('体温 ℃').fill('36.4')
    await press('快递外卖')
    await says('待查验', '请先选明本卡口')
    // The gate of a county, of which one village is closed: one that is not registered, of elsewhere or of there.
    const part = page.getByLabel('本卡口属于哪个封控范围')
    await part.selectOption('都不是，本卡口不在封控范围')
    await says('放行', '这里没有实施中的封控，不需要通行证')
    await part.selectOption({ index: 1 })
    await says('放行', '快递外卖可送上门（《测试村封闭管理》）')
    await page.getByLabel('本卡口', { exact: true }).selectOption({ label: '测试村大门' })
    await part.waitFor({ state: 'detached' })
    await says('放行', '快递外卖可送上门（《测试村封闭管理》）')
    await press('✓ 快递外卖')
    await says('劝返', '无有效通行证')
    await press('医疗')
    await says('放行', '医疗属可通行行业（《测试村封闭管理》）')
    await press('清空')
    await press('出')
  })

  it('logs without a network by the rule or against it with a reason, counts the outings that it saw, and keeps no name in clear', async () => {
    const { page } = phone
    await show(number)
    await card('本周期还可出行1人次').waitFor()
    await page.getByLabel('体温 ℃').fill('36.4')
    await page.locator('.decision .word', { hasText: '放行' }).waitFor()
    await page.getByLabel('体温 ℃').press('Enter')
    await page.getByText('已存本机').waitFor()
    await show(number)
    await card('本周期出行次数已用完').waitFor()
    await page.getByLabel('体温 ℃').fill('36.4')
    await page.locator('.decision .word', { hasText: '劝返' }).waitFor()
    await press('改作其他处置')
    await page.getByLabel('改作').selectOption({ label: '放行' })
    expect(await page.getByRole('button', { name: '登记', exact: true }).isDisabled()).toBe(true)
    await page.getByLabel('理由（必填，供核查）').fill('送医')
    await press('登记')
    await page.getByText('已存本机').waitFor()
    await press('道路卡口')
    await press('进')
    await page.getByLabel('本卡口').selectOption({ label: '测试村路口' })
    await comesBy(idOf(3), '测试丙')
    await page.getByText('已存本机').waitFor()
    await page.locator('.banner', { hasText: '3条待上传' }).waitFor()
    const kept = String(
      await page.evaluate(`new Promise((resolve) => {
        const open = indexedDB.open('guatu-field')
        open.onsuccess = async () => {
          const all = [...open.result.objectStoreNames].map((name) => new Promise((done) => {
            const read = open.result.transaction(name).objectStore(name).getAll()
            read.onsuccess = () => done(read.result)
          }))
          const text = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value)
            ? new TextDecoder().decode(value)
            : Array.isArray(value) ? value.map(text).join() : value && typeof value === 'object' ? Object.values(value).map(text).join() : String(value)
          resolve(text(await Promise.all(all)) + JSON.stringify(localStorage))
        }
      })`),
    )
    expect(kept.length).toBeGreaterThan(1_000)
    for (const secret of [idOf(3), '测试丙', number, PLATE]) expect(kept).not.toContain(secret)
  })

  it('sends all of it once when the network is back', async () => {
    await phone.context.setOffline(false)
    await phone.page.locator('nav.tabs').getByText('我的').click()
    await phone.page.getByRole('button', { name: '立即同步' }).click()
    await expect.poll(async () => (await crossings()).length, { timeout: 30_000 }).toBe(4)
    const rows = (await crossings()).map(({ fields }) => fields)
    expect(
      rows
        .filter((one) => one.passNumber === number)
        .map((one) => [one.decision, one.because ?? '', one.differs ?? false])
        .sort(),
    ).toEqual([
      ['pass', '', false],
      ['pass', '送医', true],
    ])
    expect(rows.filter((one) => typeof one.person === 'string')).toHaveLength(2)
    expect(city.troubles).toEqual([])
  })

  it('takes back what was logged by a slip of the finger, without a network and with one, and the outing with it', async () => {
    const { page, context } = phone
    await page.locator('nav.tabs').getByText('卡口').click()
    await press('小区（村组）大门')
    await press('进')
    const cancelled = async () =>
      (await city.call<{ rows: readonly unknown[] }>('gate', '/api/crossing?state=cancelled&limit=50')).body.rows.length
    const log = async () => {
      await show(number)
      await page.getByLabel('体温 ℃').fill('36.4')
      await page.locator('.decision .word', { hasText: '放行' }).waitFor()
      await page.getByLabel('体温 ℃').press('Enter')
      // A device notices that there is no network when it has something to send.
      await page.getByText(/✓ 已(登记|存本机)/).waitFor(PATIENT)
    }
    const undo = async () => {
      await press('撤销刚才的登记')
      await press('点错了人')
      await page.getByText('✓ 已撤销').waitFor(PATIENT)
      await page.getByRole('button', { name: '撤销刚才的登记' }).waitFor({ state: 'detached' })
    }
    await context.setOffline(true)
    await log()
    await undo()
    await context.setOffline(false)
    await expect.poll(cancelled, { timeout: 60_000 }).toBe(1)
    await log()
    await undo()
    await expect.poll(cancelled, { timeout: 60_000 }).toBe(2)
  })

  it('tells the worker of the destination whom it sent there, and the worker confirms the arrival without a network', async () => {
    const me = await city.call<{ grants: { area: string }[] }>('grid', '/api/me')
    const sent = await city.call('gate', `/api/crossing/${crypto.randomUUID()}/record`, {
      event: crypto.randomUUID(),
      area,
      input: {
        gate: 'road',
        direction: 'in',
        temperature: 36.4,
        mask: true,
        listed: true,
        home: true,
        local: false,
        through: false,
        origin: '湖北省黄冈市',
        destination: me.body.grants[0]?.area,
        decision: 'home',
        days: 14,
      },
    })
    expect([sent.status, sent.status < 300 ? '' : sent.body]).toEqual([201, ''])
    const worker = await city.phone({ width: 390, height: 844 })
    await worker.signIn('grid')
    await worker.page.evaluate('navigator.serviceWorker.ready')
    await worker.page.getByRole('button', { name: /^接收在途 1/ }).click()
    await worker.context.setOffline(true)
    await worker.page.locator('.row', { hasText: '湖北省黄冈市' }).click()
    await worker.page.locator('.foot').getByRole('button', { name: '确认接收' }).click()
    await worker.page.locator('.banner', { hasText: '1条待上传' }).waitFor()
    await worker.context.setOffline(false)
    await worker.page.locator('nav.tabs').getByText('我的').click()
    await worker.page.getByRole('button', { name: '立即同步' }).click()
    await expect
      .poll(
        async () => (await city.call<{ rows: { state: string }[] }>('grid', '/api/transit?limit=5')).body.rows.map((one) => one.state),
        PATIENT,
      )
      .toEqual(['arrived'])
    await worker.context.close()
  })

  it('decides nothing by a temperature that no thermometer shows, and says so where the decision stands', async () => {
    await phone.page.locator('nav.tabs').getByText('卡口').click()
    await press('小区（村组）大门')
    await phone.page.getByLabel('体温 ℃').fill('20')
    await phone.page.locator('.decision', { hasText: '体温应在30到45之间' }).waitFor()
    expect(await phone.page.getByRole('button', { name: '登记', exact: true }).isDisabled()).toBe(true)
    await press('清空')
  })

  it('turns nobody back once the order is lifted, and the page of a household on a phone says the same', async () => {
    const { page, context } = phone
    const worker = await city.phone({ width: 390, height: 844 })
    const sync = async (of: Phone) => {
      await of.page.locator('nav.tabs').getByText('我的').click()
      await of.page.getByRole('button', { name: '立即同步' }).click()
      // A book is made anew after half a minute.
      await of.page.waitForTimeout(2_000)
    }
    const atHome = async () => {
      await worker.page.locator('nav.tabs').getByText('扫码').click()
      await worker.page.getByLabel(/按姓、门牌/).fill('9栋901')
      await worker.page.locator('.rows .row').first().click()
    }
    const atGate = async (of: Phone) => {
      await of.page.getByLabel('本卡口', { exact: true }).selectOption({ label: '测试村大门' })
      await of.page.getByLabel('体温 ℃').fill('36.4')
    }
    const household = crypto.randomUUID()
    const register = (record: string, id: string, input: object) =>
      city.call('grid', `/api/${record}/${id}/register`, { event: crypto.randomUUID(), area, input })
    expect((await register('household', household, { door: '9栋901', kind: 'family' })).status).toBe(201)
    expect((await register('person', crypto.randomUUID(), { name: '试甲子', documentType: 'none', household })).status).toBe(201)
    await worker.signIn('grid')
    await worker.page.evaluate('navigator.serviceWorker.ready')
    await atHome()
    await worker.page.getByRole('button', { name: '发证', exact: true }).waitFor(PATIENT)
    await page.locator('nav.tabs').getByText('卡口').click()
    await press('小区（村组）大门')
    await press('出')
    await atGate(phone)
    await says('劝返', '无有效通行证')
    const lifted = { liftedBy: county, liftReason: '风险解除' }
    const done = await city.call('hq-511902', `/api/closure/${order}/lift`, { event: crypto.randomUUID(), area, input: lifted })
    expect(done.status).toBe(200)
    await expect
      .poll(
        async () => {
          await sync(phone)
          await page.locator('nav.tabs').getByText('卡口').click()
          await atGate(phone)
          return page.locator('.decision').textContent()
        },
        { timeout: 90_000 },
      )
      .toContain('这里没有实施中的封控，不需要通行证')
    // Neither needs a network for it, nor does the gate page of whoever stands at no gate otherwise.
    await expect
      .poll(
        async () => {
          await worker.context.setOffline(false)
          await sync(worker)
          await worker.context.setOffline(true)
          await worker.page.locator('nav.tabs').getByText('扫码').click()
          await worker.page.getByRole('link', { name: '卡口值守' }).click()
          await worker.page.getByLabel('体温 ℃').fill('36.4')
          return worker.page.locator('.decision').textContent()
        },
        { timeout: 90_000 },
      )
      .toContain('这里没有实施中的封控，不需要通行证')
    await context.setOffline(true)
    await phone.reopen()
    await phone.unlock()
    await atGate(phone)
    for (const way of ['进', '出']) {
      await press(way)
      await phone.page.getByLabel('体温 ℃').fill('36.4')
      await says('放行', '这里没有实施中的封控，不需要通行证')
    }
    await atHome()
    await worker.page.getByText('这里没有实施中的封控，不需要通行证').waitFor(PATIENT)
    for (const of of [context, worker.context]) await of.setOffline(false)
    await worker.context.close()
  })

  it('lists those on the way by filters that say what they ask', async () => {
    const page = await city.desk('town', '/crossings')
    await page.getByText('逾期未到：是').waitFor()
    await page.close()
  })

  it('has no list of the register at its desk: it finds by a whole number and declares, and its navigation leads nowhere else', async () => {
    const page = await city.desk('gate', '/')
    await page.waitForURL(/\/gate$/, PATIENT)
    for (const name of ['人员', '户', '场所', '包保分工', '通行证'])
      expect(await page.getByRole('link', { name, exact: true }).count()).toBe(0)
    await page.getByRole('link', { name: '查找人员', exact: true }).click()
    await page.getByLabel('查找目的').fill('核对证件')
    await page.getByLabel('完整的证件号码、电话或车牌').fill(idOf(4))
    await page.keyboard.press('Escape')
    await page.locator('main form button[type=submit]').click()
    await page.getByText('测*', { exact: true }).waitFor(PATIENT)
    expect(await page.getByRole('button', { name: '打开' }).count()).toBe(0)
    await page.getByRole('link', { name: '返巴', exact: true }).click()
    await page.getByRole('button', { name: '申报' }).click()
    const asked = page.locator('.ant-modal')
    await asked.getByLabel('本人').fill(idOf(4))
    await page.locator('.ant-select-item-option', { hasText: '测*' }).waitFor(PATIENT)
    expect(await asked.getByLabel('所在户').count()).toBe(0)
    await page.close()
    expect(city.troubles).toEqual([])
  })

  it('is opened from the desk of whoever stands at one', async () => {
    const page = await city.desk('grid', '/gate')
    const door = page.getByRole('link', { name: '在本机打开卡口' })
    expect(await door.getAttribute('href')).toBe('/field/#gate')
    await page.close()
  })
})
