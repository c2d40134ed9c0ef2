import { once } from 'node:events'
import { request } from 'node:http'
import { type Command, SYSTEM } from '@guatu/kernel'
import { cast } from '@guatu/testing'
import { describe, expect, it, onTestFinished } from 'vitest'
import { testEngine } from '../../../../../testing/src/databases/index.ts'
import { lighthouseHttp } from '../../../../../testing/src/stores/lighthouse-http.ts'
import { lighthouseStore, lighthouseTables } from '../../../../../testing/src/stores/lighthouse-store.ts'
import type { Store } from '../store.ts'
import { OwnWriting } from './own-writing.ts'

const building = (n: number, area = '11a1'): Command => ({
  id: crypto.randomUUID(),
  record: 'lamp',
  recordId: crypto.randomUUID(),
  action: 'build',
  area,
  input: { number: `DT-${String(n).padStart(5, '0')}`, name: '塔', colour: 'red', candela: 10 },
})
async function built(store: Store, n: number, area?: string): Promise<string> {
  const done = await store.writer.submit(building(n, area), cast.dutyOfficer)
  if (!done.ok) throw new Error(done.problem.message.en)
  return done.value.state.id
}

describe('several processes on one PostgreSQL', () => {
  const engine = testEngine('postgres')

  /** A server, and another process beside it. */
  async function both() {
    const place = await engine.place(lighthouseTables)
    const here = await lighthouseHttp({ place })
    const { store: there } = await lighthouseStore(place)
    onTestFinished(() => there.close())
    return { here, there }
  }

  it('hold to what one of them sets, from the next request on that is a second later, and in what they decide at once', async () => {
    const { here, there } = await both()
    const code = [...here.store.registry.parameters.keys()][0] ?? ''

    const before = here.store.settings.of(code).length
    const set = (n: number) => there.settings.add(code, { value: n, from: '2020-02-01', instrument: { zh: '测试', en: 'test' } }, SYSTEM)
    await built(here.store, 1)
    await set(7)
    expect(there.settings.of(code)).toHaveLength(before + 1)
    // Whoever writes next finds that another process had a turn, before what it decided is kept.
    await built(here.store, 2)
    expect(here.store.settings.of(code).at(-1)).toMatchObject({ value: 7 })
    expect(here.store.settings.added()).toBe(1)

    await there.settings.add('accounts.attempts', { value: 2, from: '2020-02-14', instrument: { zh: '测试', en: 'test' } }, SYSTEM)
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    const wrong = async () => (await here.post('/api/auth/sign-in/username', { username: 'nobody', password: 'wrong-password-1' })).status
    expect([await wrong(), await wrong(), await wrong()]).toEqual([401, 401, 423])
  })

  it('tell on their live streams what the others write, once, in order, to those who may see it', { timeout: 30_000 }, async () => {
    const { here, there } = await both()
    await here.account('duty', [{ role: 'duty-officer', area: '1' }])
    await here.account('town', [{ role: 'town-clerk', area: '11b' }])
    await here.app.listen({ port: 0, host: '127.0.0.1' })
    const address = here.app.server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const listen = async (name: string, after?: string) => {
      const cookie = await here.signIn(name)
      const headers = { cookie, ...(after === undefined ? {} : { 'last-event-id': after }) }
      const asked = request({ port, path: '/api/live', headers }).end()
      onTestFinished(() => void asked.destroy())
      asked.on('error', () => undefined)
      const [answer] = await once(asked, 'response')
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (piece: string) => {
        text += piece
      })
      answer.on('error', () => undefined)
      return {
        told: () => [...text.matchAll(/^data: (\{"record".*)$/gm)].map(([, data]) => (JSON.parse(data ?? '') as { id: string }).id),
        place: () => [...text.matchAll(/^id: (.*)$/gm)].at(-1)?.[1],
        stop: () => asked.destroy(),
      }
    }
    await built(there, 1)
    const duty = await listen('duty')
    const town = await listen('town')
    const own = await built(here.store, 2)
    const others = [await built(there, 3), await built(there, 4)]
    await expect.poll(() => duty.told().length, { timeout: 10_000 }).toBe(3)
    expect(duty.told()).toEqual([own, ...others])

    // Both write at once: each event comes once, to the town only its own.
    const mixed = await Promise.all(
      Array.from({ length: 30 }, (_, i) => built(i % 2 === 0 ? here.store : there, 10 + i, i % 3 === 0 ? '11b1' : '11a1')),
    )
    await expect.poll(() => duty.told().length, { timeout: 10_000 }).toBe(33)
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(duty.told().slice(3).sort()).toEqual([...mixed].sort())
    expect(town.told().sort()).toEqual(mixed.filter((_, i) => i % 3 === 0).sort())

    // Whoever comes back is told what was missed, of others too.
    const place = duty.place()
    duty.stop()
    const missed = await built(there, 100)
    const again = await listen('duty', place)
    await expect.poll(() => again.told(), { timeout: 10_000 }).toEqual([missed])
  })
})

it('own turns and numbers are told from those of others, also while something is being written', () => {
  const own = new OwnWriting()
  own.begin([{ county: '11', from: 1, to: 3 }])(5)
  own.begin([{ county: '11', from: 4, to: 4 }])(6)
  expect(own.tookAll(4, 6)).toBe(true)
  expect(own.tookAll(3, 6)).toBe(false)
  expect(own.tookAll(4, 7)).toBe(false)
  expect(own.others('11', 0, 4)).toEqual({ gaps: [], upTo: 4 })
  const failing = own.begin([{ county: '11', from: 7, to: 8 }])
  expect(own.others('11', 0, 8)).toEqual({ gaps: [{ county: '11', from: 5, to: 6 }], upTo: 6 })
  failing(false)
  expect(own.others('11', 6, 8)).toEqual({ gaps: [{ county: '11', from: 7, to: 8 }], upTo: 8 })
  const written = own.begin([{ county: '11', from: 9, to: 9 }])
  expect(own.others('11', 8, 9)).toEqual({ gaps: [], upTo: 8 })
  written(9)
  expect(own.others('11', 8, 10)).toEqual({ gaps: [{ county: '11', from: 10, to: 10 }], upTo: 10 })
})

it('costs the embedded database, which has one process, nothing', async () => {
  const { store } = await lighthouseStore(await testEngine('pglite').place(lighthouseTables))
  onTestFinished(() => store.close())
  expect(store.elsewhere).toBeUndefined()
})
