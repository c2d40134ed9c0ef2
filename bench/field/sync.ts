// How long a phone takes to get its whole town over a slow link, and when what is due today is there: the whole way in a browser, and
// apart from it what the server needs when the link is fast, how many bytes go, and what the browser's own thread has to do.
// Usage: node bench/field/sync.ts [people]   (30,000 unless told; build the app first: node scripts/setup.mjs)
import { get } from 'node:http'
import type { CDPSession } from 'playwright-core'
import { type FieldCity, PIN, startFieldCity } from '../../e2e/field-city.ts'
import { DEMO_PASSWORD } from '../../packages/server/src/demo/bazhong.ts'
import { fillTown } from './town.ts'

const PEOPLE = Number(process.argv[2] ?? 30_000)
const WATCHED = 300
const MBIT = 2
const LATENCY_MS = 60

/** The same stream read as fast as the machine gives it. */
async function serverAlone(city: FieldCity): Promise<{ firstMs: number; wholeMs: number; bytes: number }> {
  const device = crypto.randomUUID()
  const cookie = await city.cookie('town')
  await city.call('town', '/api/field/devices', { device })
  const started = performance.now()
  return new Promise((resolve, reject) => {
    let [bytes, firstMs] = [0, 0]
    get(`${city.url}/api/field/snapshot?device=${device}`, { headers: { cookie, 'accept-encoding': 'br' } }, (answer) => {
      answer.on('data', (part: Buffer) => {
        firstMs ||= performance.now() - started
        bytes += part.length
      })
      answer.on('end', () => resolve({ firstMs: Math.round(firstMs), wholeMs: Math.round(performance.now() - started), bytes }))
    }).on('error', reject)
  })
}

const busy = async (cdp: CDPSession): Promise<number> => {
  const { metrics } = await cdp.send('Performance.getMetrics')
  return metrics.find((one) => one.name === 'TaskDuration')?.value ?? 0
}

let received = 0
const city = await startFieldCity()
try {
  const filling = performance.now()
  await fillTown(city, PEOPLE, WATCHED)
  const filled = (performance.now() - filling) / 1_000
  const server = await serverAlone(city)
  const phone = await city.phone()
  const { page } = phone
  await page.getByLabel('账号').fill('town')
  await page.getByLabel('密码').fill(DEMO_PASSWORD)
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByLabel('开机码（6位以上数字）').fill(PIN)
  await page.getByLabel('再输一次').fill(PIN)
  const cdp = await phone.context.newCDPSession(page)
  await cdp.send('Network.enable')
  cdp.on('Network.dataReceived', ({ encodedDataLength }) => {
    received += encodedDataLength
  })
  const throughput = (MBIT * 1e6) / 8
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: LATENCY_MS,
    downloadThroughput: throughput,
    uploadThroughput: throughput,
  })
  await cdp.send('Performance.enable')
  const busyBefore = await busy(cdp)
  const started = performance.now()
  await page.getByRole('button', { name: '开始工作' }).click()
  await page.locator('.row').first().waitFor({ timeout: 120_000 })
  const first = performance.now() - started
  await page.getByRole('link', { name: '我的' }).click()
  await page.getByText('上次同步').waitFor({ timeout: 120_000 })
  const all = performance.now() - started
  console.log(
    JSON.stringify({
      people: PEOPLE,
      watched: WATCHED,
      mbit: MBIT,
      fillSeconds: Math.round(filled),
      server,
      receivedBytes: received,
      linkSeconds: Number(((received * 8) / (MBIT * 1e6)).toFixed(2)),
      browserBusySeconds: Number(((await busy(cdp)) - busyBefore).toFixed(2)),
      dueFirstSeconds: Number((first / 1_000).toFixed(2)),
      wholeSeconds: Number((all / 1_000).toFixed(2)),
    }),
  )
} finally {
  await city.close()
}
