import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { DEMO_PASSWORD } from '../packages/server/src/demo/bazhong.ts'
import { launchChromium } from '../testing/src/chromium.ts'
import { freePort } from '../testing/src/free-port.ts'
import { demoFolder } from './demo-folder.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const NODE = join(ROOT, 'node_modules/.bin/node')
export const PIN = '246813'

/** A city in a process of its own that can be killed and started again, with phones. */
export interface FieldCity {
  readonly url: string
  readonly browser: Browser
  start(): Promise<void>
  kill(): Promise<void>
  /** Calls the API as somebody. */
  call<T = Record<string, unknown>>(account: string, path: string, body?: unknown): Promise<{ readonly status: number; readonly body: T }>
  /** A page of the office application, signed in. */
  desk(account: string, path: string): Promise<Page>
  /** The session of somebody, as a header. */
  cookie(account: string): Promise<string>
  phone(options?: {
    readonly lang?: 'zh' | 'en'
    readonly width?: number
    readonly height?: number
    readonly aheadMs?: number
  }): Promise<Phone>
  readonly troubles: string[]
  close(): Promise<void>
}

export interface Phone {
  readonly context: BrowserContext
  page: Page
  signIn(account?: string): Promise<void>
  /** Closes the app and opens it again. */
  reopen(): Promise<void>
  unlock(): Promise<void>
}

async function serve(data: string, port: number): Promise<ChildProcess> {
  const args = ['packages/server/src/cli.ts', 'serve', '--data', data, '--port', String(port), '--demo', 'bazhong', '--people', '0']
  const child = spawn(NODE, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (text: Buffer) => {
      if (text.toString().includes(`localhost:${port}`)) resolve()
    })
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
  return child
}

/** @param flags further ones for the browser, such as a camera that shows a file */
export async function startFieldCity(flags: readonly string[] = []): Promise<FieldCity> {
  const data = await demoFolder()
  const port = await freePort()
  const url = `http://localhost:${port}`
  let child: ChildProcess | undefined
  const browser = await launchChromium(flags)
  const desks = new Map<string, BrowserContext>()
  const troubles: string[] = []

  const start = async () => {
    child = await serve(data, port)
  }
  const kill = async () => {
    const dead = new Promise((resolve) => child?.once('exit', resolve))
    child?.kill('SIGKILL')
    await dead
  }
  const deskOf = async (account: string) => {
    const known = desks.get(account)
    if (known) return known
    const context = await browser.newContext()
    const answer = await context.request.post(`${url}/api/auth/sign-in/username`, {
      data: { username: account, password: DEMO_PASSWORD },
      headers: { origin: url },
    })
    if (!answer.ok()) throw new Error(`cannot sign in ${account}: ${answer.status()}`)
    desks.set(account, context)
    return context
  }
  const phone: FieldCity['phone'] = async ({ lang = 'zh', width = 360, height = 740, aheadMs = 0 } = {}) => {
    const context = await browser.newContext({
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      viewport: { width, height },
      hasTouch: true,
      isMobile: true,
      deviceScaleFactor: 2,
    })
    await context.addInitScript(
      ([language, ahead]) => {
        localStorage.setItem('guatu.lang', String(language))
        const real = Date.now.bind(Date)
        Date.now = () => real() + Number(ahead)
      },
      [lang, aheadMs] as const,
    )
    const open = async () => {
      const page = await context.newPage()
      page.on('pageerror', (error) => troubles.push(error.message))
      page.on('console', (message) => {
        if (message.type() === 'error' && !/Failed to load resource|ERR_/.test(message.text())) troubles.push(message.text())
      })
      await page.goto(`${url}/field/`)
      return page
    }
    const one: Phone = {
      context,
      page: await open(),
      signIn: async (account = 'grid') => {
        await one.page.getByLabel(/账号|Account/).fill(account)
        await one.page.getByLabel(/密码|Password/).fill(DEMO_PASSWORD)
        await one.page.getByRole('button', { name: /登录|Sign in/ }).click()
        await one.page.getByLabel(/开机码（|PIN \(/).fill(PIN)
        await one.page.getByLabel(/再输一次|Once more/).fill(PIN)
        await one.page.getByRole('button', { name: /开始工作|Start working/ }).click()
        await one.page.locator('nav.tabs').waitFor()
      },
      reopen: async () => {
        await one.page.close()
        one.page = await open()
      },
      unlock: async () => {
        await one.page.getByLabel(/开机码|PIN/).fill(PIN)
        await one.page.getByRole('button', { name: /^打开$|^Open$/ }).click()
        await one.page.locator('nav.tabs').waitFor()
      },
    }
    return one
  }
  await start()
  return {
    url,
    browser,
    start,
    kill,
    phone,
    troubles,
    desk: async (account, path) => {
      const page = await (await deskOf(account)).newPage()
      await page.setViewportSize({ width: 1280, height: 800 })
      await page.goto(url + path)
      return page
    },
    cookie: async (account) => (await (await deskOf(account)).cookies()).map((one) => `${one.name}=${one.value}`).join('; '),
    call: async <T>(account: string, path: string, body?: unknown) => {
      const { request } = await deskOf(account)
      const answer = body === undefined ? await request.get(url + path) : await request.post(url + path, { data: body })
      return { status: answer.status(), body: (await answer.json().catch(() => undefined)) as T }
    },
    close: async () => {
      await browser.close()
      await kill()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

/** Of an issuing place that does not exist; its check character is right. */
export const IDENTITY = '519900199001010015'

/** A village under observation: homes with doors out of order, one person each, all entered the day before. */
export async function peopleUnderWatch(
  city: FieldCity,
  homes: readonly string[],
): Promise<{ watches: string[]; people: string[]; area: string }> {
  const me = await city.call<{ grants: { area: string }[] }>('grid', '/api/me')
  const area = me.body.grants[0]?.area ?? ''
  const watches: string[] = []
  const people: string[] = []
  const act = async (record: string, action: string, input: object) => {
    const id = crypto.randomUUID()
    const done = await city.call('grid', `/api/${record}/${id}/${action}`, {
      event: crypto.randomUUID(),
      area,
      happenedAt: '2020-02-13T02:00:00Z',
      input,
    })
    if (done.status >= 300) throw new Error(`${record}.${action}: ${JSON.stringify(done.body)}`)
    return id
  }
  for (const [i, door] of homes.entries()) {
    const household = await act('household', 'register', { door, kind: 'family' })
    const person = await act('person', 'register', {
      name: `测试${'甲乙丙丁戊己'[i]}`,
      household,
      phone: `1380000000${i}`,
      ...(i > 0 ? { documentType: 'none' } : { documentType: 'nationalId', documentNumber: IDENTITY }),
    })
    people.push(person)
    watches.push(await act('watch', 'enter', { person, household, kind: 'home', entry: 'list', class: 'other' }))
  }
  return { watches, people, area }
}
