import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { scratchFolder } from '../databases/postgres-server.ts'
import { lighthouseHttp } from '../stores/lighthouse-http.ts'

it('serves what was built anew while it runs: the page from no cache, new parts at once, old ones as gone', async () => {
  const web = scratchFolder('guatu-web-')
  onTestFinished(() => rmSync(web, { recursive: true, force: true }))
  const build = (n: number) => {
    rmSync(join(web, 'assets'), { recursive: true, force: true })
    mkdirSync(join(web, 'assets'), { recursive: true })
    writeFileSync(join(web, 'index.html'), `<script type="module" src="/assets/main-${n}.js"></script>`)
    writeFileSync(join(web, 'assets', `main-${n}.js`), `export const build = ${n}`)
  }
  build(1)
  const { app } = await lighthouseHttp({ web })
  const get = async (url: string) => {
    const { statusCode, headers, body } = await app.inject({ method: 'GET', url })
    return [statusCode, headers['cache-control'], body] as const
  }
  const first = await get('/')
  expect([first[0], first[1], first[2].includes('main-1')]).toEqual([200, 'no-cache', true])
  expect(await get('/assets/main-1.js')).toEqual([200, 'public, max-age=31536000, immutable', 'export const build = 1'])
  build(2)
  for (const url of ['/', '/records/lamp']) {
    const page = await get(url)
    expect([url, page[0], page[1], page[2].includes('main-2')]).toEqual([url, 200, 'no-cache', true])
  }
  expect(await get('/assets/main-2.js')).toEqual([200, 'public, max-age=31536000, immutable', 'export const build = 2'])
  expect((await get('/assets/main-1.js'))[0]).toBe(404)
  expect((await get('/assets/..%2findex.html'))[0]).toBeGreaterThanOrEqual(400)
})
