// How fast the app stands on a phone-class processor without a network: four times slower than this machine.
// Usage: node bench/field/start.ts   (build the app first: node scripts/setup.mjs)
import type { Page } from 'playwright-core'
import { PIN, peopleUnderWatch, startFieldCity } from '../../e2e/field-city.ts'

const SLOWER = 4
const RUNS = 7

const middle = (list: readonly number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0

/** Asks the page until it has an answer; the page's own rules forbid it to run code from text. */
async function answer(page: Page, expression: string): Promise<number> {
  for (;;) {
    const value = Number(await page.evaluate(expression))
    if (value > 0) return value
    await page.waitForTimeout(20)
  }
}

const city = await startFieldCity()
try {
  await peopleUnderWatch(city, ['1栋101', '1栋102', '1栋103', '1栋201'])
  const phone = await city.phone()
  await phone.signIn()
  await phone.page.evaluate('navigator.serviceWorker.ready')
  await phone.page.locator('.row').first().waitFor()
  await phone.context.setOffline(true)
  const [shown, opened]: [number[], number[]] = [[], []]
  for (let i = 0; i < RUNS; i += 1) {
    await phone.page.close()
    const page = await phone.context.newPage()
    const cdp = await phone.context.newCDPSession(page)
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
    // From the beginning of the navigation, by the page's own clock, until the field for the PIN is painted.
    await page.addInitScript(`addEventListener('DOMContentLoaded', () => new MutationObserver((_, watcher) => {
      if (document.querySelector('input.pin') && !window.stood) requestAnimationFrame(() => { window.stood ??= performance.now() })
      if (document.querySelector('.row')) window.listed ??= performance.now()
    }).observe(document.body, { childList: true, subtree: true }))`)
    await page.goto(`${city.url}/field/`)
    shown.push(await answer(page, 'window.stood'))
    await page.getByLabel('开机码').fill(PIN)
    const pressed = Number(await page.evaluate('performance.now()'))
    await page.getByRole('button', { name: '打开', exact: true }).click()
    opened.push((await answer(page, 'window.listed')) - pressed)
    phone.page = page
  }
  console.log(
    JSON.stringify({
      slower: SLOWER,
      runs: RUNS,
      startMs: Math.round(middle(shown)),
      startWorstMs: Math.round(Math.max(...shown)),
      unlockToListMs: Math.round(middle(opened)),
    }),
  )
} finally {
  await city.close()
}
