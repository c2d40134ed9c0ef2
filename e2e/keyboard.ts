import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** More presses than a page of the app has stops. */
const MOST = 60
/** A screen whose code is still on its way has its stops a moment later; ms. */
const PATIENCE = 20_000

/** Where the focus stands, by the words that name it, and whether it is seen to. */
export const focused = (page: Page) =>
  page.evaluate(`(() => {
    const one = document.activeElement
    if (one === document.body) return { name: '', seen: false }
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one)
    return {
      name: [one.getAttribute('aria-label'), one.labels?.[0]?.textContent, one.textContent].filter(Boolean).join(' ').trim(),
      seen: (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none',
    }
  })()`) as Promise<{ readonly name: string; readonly seen: boolean }>

/** Goes on by the tab key alone until it stands on what is wanted, which has to be seen to have the focus. */
export async function reach(page: Page, wanted: RegExp): Promise<void> {
  const end = Date.now() + PATIENCE
  let met: string[] = []
  do {
    met = []
    for (let i = 0; i < MOST; i += 1) {
      await page.keyboard.press('Tab')
      const { name, seen } = await focused(page)
      met.push(name)
      if (!wanted.test(name)) continue
      expect([name, seen]).toEqual([name, true])
      return
    }
  } while (Date.now() < end)
  throw new Error(`${wanted} is not reached by keyboard: ${met.join(' | ')}`)
}

/** Presses, by keys alone, what is wanted. */
export async function press(page: Page, wanted: RegExp): Promise<void> {
  await reach(page, wanted)
  await page.keyboard.press('Enter')
}
