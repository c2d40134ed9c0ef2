/** Where a page notes that it loaded itself anew, milliseconds. */
const NOTE = 'guatu.renewed'
/** A second reload within this time would not help, milliseconds. */
const AGAIN_MS = 60_000
/** Time to read why the page goes away, milliseconds. */
const READ_MS = 1_500

/** As much of a browser's page as this needs. */
export interface Page {
  readonly events: EventTarget
  readonly notes: Pick<Storage, 'getItem' | 'setItem'>
  now(): number
  /** Shows words above everything, in both languages: whoever reads them cannot load a dictionary. */
  say(words: string, role: 'status' | 'alert'): void
  reload(): void
  later(work: () => void, ms: number): void
}

/**
 * The system was updated under an open page: a part of it that was not loaded yet has another name by now. The page loads itself anew, once; where
 * that does not help it says what to do and stays as it is.
 */
export function renewWhenUpdated(page: Page): void {
  let going = false
  page.events.addEventListener('vite:preloadError', (event) => {
    const last = Number(page.notes.getItem(NOTE) ?? 0)
    if (going) return event.preventDefault()
    if (page.now() - last < AGAIN_MS) {
      page.say(
        '系统刚刚更新，有一部分未能载入。请稍候一分钟刷新页面；仍不行请联系系统管理员。 The system was just updated and a part of it could not be loaded. Wait a minute and refresh the page; if that does not help, call the administrator.',
        'alert',
      )
      return
    }
    event.preventDefault()
    going = true
    page.notes.setItem(NOTE, String(page.now()))
    page.say('系统已更新，正在重新载入… The system was updated; the page is loaded anew…', 'status')
    page.later(() => page.reload(), READ_MS)
  })
}

/** The page of a browser window. */
export const pageOf = (of: Window): Page => ({
  events: of,
  notes: of.sessionStorage,
  now: () => Date.now(),
  say: (words, role) => {
    const { document } = of
    const bar = document.getElementById(NOTE) ?? document.body.appendChild(document.createElement('div'))
    bar.id = NOTE
    bar.setAttribute('role', role)
    bar.className = 'guatu-renewed'
    bar.textContent = words
  },
  reload: () => of.location.reload(),
  later: (work, ms) => void of.setTimeout(work, ms),
})
