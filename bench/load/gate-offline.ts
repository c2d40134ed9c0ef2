// Codes, documents and plates without asking anybody, in a browser slowed down four times.
import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { gates, passes } from '@guatu/domains'
import { build } from 'vite'
import { launchChromium } from '../../testing/src/chromium.ts'
import { spread, uuid } from './gate-figures.ts'
import type { Measured } from './gate-page.ts'

/** Reading and checking codes in a browser slowed down four times, without asking anybody. */
export async function offline(): Promise<Record<string, unknown>> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const key = Buffer.alloc(32, 7)
  const hash: gates.KeyedHash = async (text) => createHmac('sha256', key).update(text).digest()
  const shown = Array.from({ length: 200 }, (_, i) => `E${String(10_000_000 + i)}`)
  const tokens = await Promise.all(shown.filter((_, i) => i % 2 === 0).map((one) => gates.tokenOf(hash, 'document', one)))
  const numbers = (from: number, many: number) => Array.from({ length: many }, (_, i) => passes.numberOf(uuid(from + i)))
  const shorts = (from: number, many: number) => Array.from({ length: many }, (_, i) => passes.shortNumberOf(uuid(from + i)))
  const orders = shorts(1, 2_000)
  const [stopped, isolated] = [passes.packBoth(numbers(5_000_000, 8_000)), passes.packBoth(numbers(6_000_000, 8_000))]
  const book: passes.GateBook = {
    asOf: '2020-02-14T01:00:00.000Z',
    zone: 'Asia/Shanghai',
    keys: Array.from({ length: 400 }, (_, i) => ({
      name: i.toString(16).padStart(8, '0'),
      publicKey: String(publicKey.export({ format: 'jwk' }).x),
      path: '1/',
      until: '2020-03-14T00:00:00.000Z',
    })),
    orders: orders.map((number) => ({
      number,
      path: '1/11/',
      start: '2020-02-10T00:00:00.000Z',
      end: '2020-02-24T00:00:00.000Z',
      outings: 1,
      outingDays: 2,
    })),
    stopped: stopped.short,
    isolated: isolated.short,
    full: { stopped: stopped.full, isolated: isolated.full, elsewhere: '' },
    observed: passes.packNumbers([...shorts(9_000_000, 20_000), ...tokens]),
    vehicles: shorts(4_000_000, 2_000).map((token, i) => ({
      token,
      pass: passes.numberOf(uuid(4_500_000 + i)),
      order: orders[i % orders.length] ?? '',
      from: '2020-02-10T00:00:00.000Z',
      to: '2020-02-20T00:00:00.000Z',
    })),
  }
  const codes = await Promise.all(
    Array.from({ length: 400 }, (_, i) =>
      passes.signTicket(
        {
          kind: 'household',
          pass: passes.numberOf(uuid((i % 10 === 0 ? 5_000_000 : 7_000_000) + i)),
          order: orders[i] ?? '',
          from: '2020-02-10T00:00:00.000Z',
          to: '2020-02-20T00:00:00.000Z',
          key: i.toString(16).padStart(8, '0'),
          tail: '',
        },
        async (message) => sign(null, message, privateKey),
      ),
    ),
  )
  const output = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, lib: { entry: fileURLToPath(new URL('./gate-page.ts', import.meta.url)), formats: ['iife'], name: 'gate' } },
  })
  const [bundle] = [output].flat()
  const script = bundle && 'output' in bundle ? bundle.output.map((one) => ('code' in one ? one.code : '')).join('\n') : ''
  const browser = await launchChromium()
  try {
    const page = await browser.newPage()
    await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>gate</title>' }))
    await page.goto('http://localhost/')
    await page.addScriptTag({ content: script })
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    const measured = await page.evaluate(
      ([one, texts, now, documents, secret]) =>
        (
          globalThis as unknown as {
            measureGate(book: unknown, codes: readonly string[], now: string, documents: readonly string[], key: string): Promise<Measured>
          }
        ).measureGate(one, texts, now, documents, secret),
      [book, codes, '2020-02-14T02:00:00.000Z', shown, key.toString('base64')] as const,
    )
    return {
      cpuThrottle: 4,
      keys: 400,
      orders: 2_000,
      stopped: 8_000,
      isolated: 8_000,
      observed: 20_100,
      checkMs: spread(measured.checks),
      documentMs: spread(measured.documents),
      observedFound: measured.observed,
      readMs: spread(measured.reads),
      verdicts: measured.verdicts,
      letters: codes[0]?.length,
    }
  } finally {
    await browser.close()
  }
}
