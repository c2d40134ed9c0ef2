import { expect, it } from 'vitest'
import { renewWhenUpdated } from './renewed.ts'

/** A page over a real event target; what is kept for the session outlives a reload. */
function open(kept: Map<string, string>, at: number) {
  const events = new EventTarget()
  const said: [string, string][] = []
  let reloads = 0
  renewWhenUpdated({
    events,
    notes: { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) },
    now: () => at,
    say: (words, role) => void said.push([role, words]),
    reload: () => {
      reloads += 1
    },
    later: (work) => work(),
  })
  /** A part that is missing; answers whether the error goes on to the console. */
  const miss = () => events.dispatchEvent(new Event('vite:preloadError', { cancelable: true }))
  return { miss, said, reloads: () => reloads }
}

it('loads the page anew once when a part of it has another name by now, says so in both languages, and never goes round in circles', () => {
  const kept = new Map<string, string>()
  const first = open(kept, 1_000_000)
  expect([first.miss(), first.miss(), first.reloads()]).toEqual([false, false, 1])
  expect(first.said).toHaveLength(1)
  expect(first.said[0]?.[0]).toBe('status')
  expect(first.said[0]?.[1]).toMatch(/系统已更新.*updated/)
  // Loaded anew it is still missing: the page says what to do, stays, and the error is seen.
  const second = open(kept, 1_002_000)
  expect([second.miss(), second.reloads()]).toEqual([true, 0])
  expect(second.said[0]?.[0]).toBe('alert')
  expect(second.said[0]?.[1]).toMatch(/刷新页面.*refresh the page/)
  // The next update is another matter.
  const later = open(kept, 2_000_000)
  expect([later.miss(), later.reloads()]).toEqual([false, 1])
})
