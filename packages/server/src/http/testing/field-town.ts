import { rmSync } from 'node:fs'
import { onTestFinished } from 'vitest'
import type { TestEngine } from '../../../../../testing/src/databases/index.ts'
import { scratchFolder } from '../../../../../testing/src/databases/postgres-server.ts'
import { landOf, World } from '../../../../../testing/src/simulation/world.ts'
import { migrated } from '../../../../../testing/src/stores/tables.ts'
import { seal } from '../../field/sealing.ts'
import { migrations } from '../../store/migrations/index.ts'

export interface Boxed {
  readonly id: string
  readonly record: string
  readonly recordId: string
  readonly action: string
  readonly area: string
  readonly needs: readonly { readonly id: string }[]
  readonly without: readonly string[]
  readonly unreadable?: { readonly message: { readonly zh: string; readonly en: string } }
  readonly problem: { readonly code: string }
}

/** What a phone was told of one act. */
interface Told {
  readonly event: string
  readonly handedOver?: string
  readonly record?: { readonly state: string }
  readonly problem?: { readonly code: string }
}

/** A file of a phone. */
export interface Paper {
  readonly name: string
  readonly content: Buffer
}

/** What a wiped phone was told. */
interface HandedIn {
  readonly kept: readonly boolean[]
  readonly files: readonly boolean[]
  readonly again: boolean
}

/** Two towns with their real grants, and phones of whoever works there. */
export async function fieldTown(engine: TestEngine) {
  const files = scratchFolder('guatu-files-')
  const world = await World.of((await engine.place(migrated(migrations))).target, [1], files)
  onTestFinished(async () => {
    await world.stop()
    rmSync(files, { recursive: true, force: true })
  })
  const { county, towns, villages } = landOf(1)
  const [home, , ending, other] = villages
  await world.employ('worker', 'grid-worker', home)
  await world.employ('town', 'town-clerk', towns[0])
  await world.employ('next', 'town-clerk', towns[1])
  await world.employ('county', 'county-clerk', county)
  await world.employ('duty', 'duty-officer', 'city')
  await world.employ('admin', 'administrator', 'city')
  const ask = async <T>(as: string | undefined, method: 'GET' | 'POST', url: string, payload?: object) => {
    const headers = as === undefined ? {} : { authorization: as }
    const answer = await world.app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) })
    return { status: answer.statusCode, body: answer.json<T>() }
  }
  /** A phone of somebody: what it sends, and what it hands over sealed once it is wiped. */
  const phone = async (as: string) => {
    const device = crypto.randomUUID()
    const { body } = await ask<{ key: string }>(as, 'POST', '/api/field/devices', { device })
    const key = Buffer.from(body.key, 'base64')
    return {
      send: async (acts: readonly object[]) =>
        (await ask<{ results: readonly Told[] }>(as, 'POST', '/api/field/acts', { device, acts })).body.results,
      wipe: async (acts: readonly object[], papers: readonly Paper[] = []) => {
        await ask('admin', 'POST', `/api/field/devices/${device}/wipe`, {})
        const at = world.clock.now().epochMilliseconds
        const entries = acts.map((act, i) => seal(key, Buffer.from(JSON.stringify({ act, deviceAt: at - acts.length + i, era: 'e' }))))
        const files = papers.map(({ name, content }) => ({ name, ...seal(key, content) }))
        return (await ask<HandedIn>(undefined, 'POST', '/api/field/hand-over', { device, entries, files })).body
      },
    }
  }
  const revoke = (account: string) =>
    world.store.db.query(`update grants set to_day = '2020-02-02', from_day = '2020-01-20' where account = $1`, [account])
  const act = (record: string, id: string, action: string, input: object, area?: string) => ({
    record,
    id,
    action,
    event: crypto.randomUUID(),
    input,
    ...(area === undefined ? {} : { area }),
  })
  const person = () => act('person', crypto.randomUUID(), 'register', { name: '测试甲', documentType: 'none' }, home)
  return {
    world,
    home,
    ending,
    other,
    county,
    ask,
    phone,
    person,
    /** An observation from its beginning: entered, read, its notice signed; only its beginning says where. */
    observed: (of: string, area: string | undefined = home) => {
      const watch = crypto.randomUUID()
      return [
        act('watch', watch, 'enter', { person: of, kind: 'home', entry: 'list', class: 'listed' }, area),
        act('watch', watch, 'check', { half: 'morning', temperature: 38.4, how: 'worker' }),
        act('watch', watch, 'serve', {}),
      ] as const
    },
    act,
    registered: async () => {
      const one = person()
      const answer = await ask('town', 'POST', `/api/person/${one.id}/register`, one)
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
      return one.id
    },
    /** Their work ended the day before, wherever it was. */
    revoke,
    /** From today on they work in another village. */
    posted: async (account: string, area: string) => {
      await revoke(account)
      await world.store.db.query(
        `insert into grants (id, account, role, area, from_day, granted_by, recorded_at) values (gen_random_uuid(), $1, 'grid-worker', $2, '2020-02-03', 'admin', now())`,
        [account, area],
      )
    },
    box: async (as: string) => (await ask<{ acts: readonly Boxed[] }>(as, 'GET', '/api/field/handed-over')).body.acts,
    take: (as: string, id: string) =>
      ask<{ code?: string; message?: { zh: string; en: string }; along?: readonly Boxed[] }>(
        as,
        'POST',
        `/api/field/handed-over/${id}/take`,
        {},
      ),
    drop: (as: string, id: string) => ask<{ code?: string }>(as, 'POST', `/api/field/handed-over/${id}/drop`, { reason: '重复' }),
    watches: () => world.store.db.query<{ id: string; state: string; person: string }>('select id, state, person from r_watch'),
  }
}
