import { expect, it } from 'vitest'
import { lighthouseHttp } from '../../../../testing/src/stores/lighthouse-http.ts'

const MOST = 20

it('counts the requests of a minute by session where the cookie is genuine, and by address otherwise', async () => {
  const { app, account, signIn, get } = await lighthouseHttp({ requestsAMinute: MOST })
  for (const name of ['duty', 'watch']) await account(name, [{ role: 'duty-officer', area: '1' }])
  const [duty, watch] = [await signIn('duty'), await signIn('watch')]
  const asked = async (cookie: (n: number) => string) => {
    const statuses: number[] = []
    for (let n = 0; n < MOST + 2; n += 1) statuses.push((await get('/api/lamp', cookie(n))).status)
    return statuses
  }
  const then429 = (status: number) => [...Array.from({ length: MOST }, () => status), 429, 429]
  // A cookie that anybody can make up buys nothing, and takes nothing from those who are signed in at the same address.
  expect(await asked((n) => `guatu.session_token=${n}.made-up`)).toEqual(then429(401))
  expect(await asked((n) => `other=${n}; ${duty}`)).toEqual(then429(200))
  expect((await get('/api/lamp', watch)).status).toBe(200)
  const refused = await app.inject({ url: '/api/lamp', headers: { cookie: duty } })
  expect(refused.json<{ message: { en: string } }>().message.en).toContain(`try again in ${refused.headers['retry-after']} s`)
})
