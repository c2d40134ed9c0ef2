import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { BrowserContext, Page } from 'playwright-core'
import { DEMO_PASSWORD } from '../packages/server/src/demo/bazhong.ts'
import { startServer } from '../packages/server/src/main.ts'
import type { Server } from '../packages/server/src/serving.ts'
import { launchChromium } from '../testing/src/chromium.ts'
import { DEMO_DAY, demoFolder } from './demo-folder.ts'

const WEB = fileURLToPath(new URL('../apps/web/dist', import.meta.url))

/** A whole city in a temporary folder, with a browser: what the tests walk through. */
export interface City {
  readonly server: Server
  /** A page of somebody signed in; `-` for nobody. Fails the test on errors of the page itself. */
  page(account: string, options?: { readonly width?: number; readonly height?: number; readonly lang?: 'zh' | 'en' }): Promise<Page>
  /** Calls the API as somebody. */
  call(account: string, path: string, body?: unknown): Promise<{ readonly status: number; readonly body: unknown }>
  readonly troubles: string[]
  /** Goes on on another day, on the same folder, at a new address. */
  goOn(today: string): Promise<void>
  close(): Promise<void>
}

/** Opens the city of a folder, a copy of the demonstration city where none is given. The folder goes when the city is closed. */
export async function startCity(folder?: string): Promise<City> {
  const data = folder ?? (await demoFolder())
  const begin = (today: string) => startServer({ data, port: 0, today, web: WEB, log: () => undefined })
  let server = await begin(DEMO_DAY)
  const browser = await launchChromium()
  const contexts = new Map<string, BrowserContext>()
  const troubles: string[] = []

  const signIn = async (context: BrowserContext, username: string) => {
    const answer = await context.request.post(`${server.url}/api/auth/sign-in/username`, {
      data: { username, password: DEMO_PASSWORD },
      headers: { origin: server.url },
    })
    if (!answer.ok()) throw new Error(`cannot sign in ${username}: ${answer.status()}`)
  }
  const contextOf = async (account: string) => {
    const known = contexts.get(account)
    if (known) return known
    const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' })
    if (account !== '-') await signIn(context, account)
    contexts.set(account, context)
    return context
  }

  return {
    get server() {
      return server
    },
    troubles,
    goOn: async (today) => {
      await server.close()
      server = await begin(today)
    },
    page: async (account, { width = 1440, height = 900, lang = 'zh' } = {}) => {
      const page = await (await contextOf(account)).newPage()
      await page.setViewportSize({ width, height })
      await page.addInitScript((one) => localStorage.setItem('guatu.lang', one), lang)
      page.on('pageerror', (error) => troubles.push(`${page.url()}: ${error.message}`))
      page.on('console', (message) => {
        // A refusal shows as a failed request; only what the program itself complains of is trouble.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
          troubles.push(`${page.url()}: ${message.text()}`)
      })
      return page
    },
    call: async (account, path, body) => {
      const { request } = await contextOf(account)
      const answer = body === undefined ? await request.get(server.url + path) : await request.post(server.url + path, { data: body })
      return { status: answer.status(), body: await answer.json().catch(() => undefined) }
    },
    close: async () => {
      await browser.close()
      await server.close()
      rmSync(data, { recursive: true, force: true })
    },
  }
}
