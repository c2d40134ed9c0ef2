// How long the wall takes to paint while somebody zooms, and when the map is coloured anew, in Chromium.
// Usage: node bench/load/wall-frames.ts [--frames 120]
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startCity } from '../../e2e/city.ts'
import { loadDemo } from '../../e2e/demo-folder.ts'

const { values } = parseArgs({ options: { frames: { type: 'string', default: '120' } } })
const folder = mkdtempSync(join(tmpdir(), 'guatu-frames-'))
await loadDemo(folder)
const city = await startCity(folder)
const page = await city.page('leader', { width: 1920, height: 1080 })
await page.goto(`${city.server.url}/wall`)
await page.locator('.city-map canvas').waitFor()
await page.waitForTimeout(2_000)

/** Runs in the page: does something before each frame and takes the time of the whole frame's work. */
const measure = `async ({ frames, kind }) => {
  const canvas = document.querySelector('.city-map canvas')
  const box = canvas.getBoundingClientRect()
  const buttons = [...document.querySelectorAll('.headline')]
  const work = []
  const request = window.requestAnimationFrame
  // The map paints inside an animation frame: the time of those callbacks is the time of painting.
  window.requestAnimationFrame = (callback) => request((at) => { const from = performance.now(); callback(at); work.push(performance.now() - from) })
  for (let i = 0; i < frames; i += 1) {
    if (kind === 'zoom') canvas.dispatchEvent(new WheelEvent('wheel', { deltaY: i % 40 < 20 ? -60 : 60, clientX: box.left + 400, clientY: box.top + 300, bubbles: true, cancelable: true }))
    else if (i % 10 === 0) buttons[(i / 10) % buttons.length].click()
    await new Promise((resolve) => request(() => setTimeout(resolve, 0)))
  }
  window.requestAnimationFrame = request
  work.sort((a, b) => a - b)
  const at = (p) => Number((work[Math.min(work.length - 1, Math.floor(work.length * p))] ?? 0).toFixed(2))
  return { frames: work.length, p50: at(0.5), p95: at(0.95), worst: at(1) }
}`
const run = (kind: string) => page.evaluate(`(${measure})({ frames: ${Number(values.frames)}, kind: '${kind}' })`)
const cells = city.server.store.areas.tree.asOf('2020-02-14')
const villages = [...cells.nodes()].filter((one) => one.level === 'village').length
interface Frames {
  readonly p50: number
  readonly p95: number
  readonly worst: number
}
const said: object[] = []
for (const kind of ['zoom', 'recolour']) {
  const { p50, p95, worst } = (await run(kind)) as Frames
  said.push({ key: `wall-${kind}`, value: p95, more: { p50, worst, villages } })
}
console.log(JSON.stringify(said))
await city.close()
