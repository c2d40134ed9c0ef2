import { registry } from '@guatu/domains'
import { type Actor, type AreaFact, fixedClock, Refused, type Role, SYSTEM } from '@guatu/kernel'
import type { FastifyInstance } from 'fastify'
import { type Accounts, openAccounts } from '../../../packages/server/src/accounts/accounts.ts'
import { createAuth, migrateAuth } from '../../../packages/server/src/accounts/auth.ts'
import { addressOf } from '../../../packages/server/src/accounts/sign-on.ts'
import { createHttp } from '../../../packages/server/src/http/server.ts'
import { openAttachments } from '../../../packages/server/src/store/attachments/attachments.ts'
import type { DatabaseTarget } from '../../../packages/server/src/store/database/index.ts'
import { migrations } from '../../../packages/server/src/store/migrations/index.ts'
import { openStore, type Store } from '../../../packages/server/src/store/store.ts'

const FOUNDED = '2019-10-31'
/** A county in which nothing happens: its clerk has no business in any history. */
export const ELSEWHERE = 'elsewhere'
export const START = '2020-02-03T00:00:00Z'

/** The land of one history: a county of its own, so that thousands of histories share databases and never meet. */
export interface Land {
  readonly county: string
  readonly towns: readonly [string, string]
  readonly villages: readonly [string, string, string, string]
}

export function landOf(seed: number): Land {
  const county = `s${seed}`
  return {
    county,
    towns: [`${county}-a`, `${county}-b`],
    villages: [`${county}-a1`, `${county}-a2`, `${county}-a3`, `${county}-b1`],
  }
}

const area = (id: string, level: 'county' | 'town' | 'village', parent: string, name: string): AreaFact => ({
  kind: 'created',
  id,
  level,
  code: null,
  name,
  parent,
  date: FOUNDED,
  instrument: '示例',
})
const countyOf = (id: string, name: string): AreaFact => area(id, 'county', 'city', name)

function factsOf(seed: number): AreaFact[] {
  const { county, towns, villages } = landOf(seed)
  return [
    countyOf(county, `示例县${seed}`),
    area(towns[0], 'town', county, '甲镇'),
    area(towns[1], 'town', county, '乙镇'),
    ...villages.map((id, i) => area(id, 'village', towns[i < 3 ? 0 : 1], `示例${i + 1}村`)),
  ]
}

/** A server that can be closed and opened again, over a database that stays. */
export class World {
  readonly clock = fixedClock(START)
  readonly #target: DatabaseTarget
  readonly #files: string | undefined
  #open: { readonly store: Store; readonly accounts: Accounts; readonly app: FastifyInstance } | undefined
  /** What went wrong inside the server: there must be nothing. */
  readonly errors: string[] = []

  private constructor(target: DatabaseTarget, files: string | undefined) {
    this.#target = target
    this.#files = files
  }

  /** Opens an empty database as the land of these histories; with a folder for attached files where they have any. */
  static async of(target: DatabaseTarget, seeds: readonly number[], files?: string): Promise<World> {
    const world = new World(target, files)
    await world.start()
    const city: AreaFact = {
      kind: 'created',
      id: 'city',
      level: 'city',
      code: null,
      name: '示例市',
      parent: null,
      date: FOUNDED,
      instrument: '示例',
    }
    const founded = await world.store.areas.confirm(
      [city, countyOf(ELSEWHERE, '示例邻县'), ...seeds.flatMap(factsOf)],
      SYSTEM,
      world.store.writer,
    )
    if (!founded.ok) throw new Refused(founded.problem)
    return world
  }

  get #up() {
    if (!this.#open) throw new Error('the server is down')
    return this.#open
  }
  get up(): boolean {
    return this.#open !== undefined
  }
  get store(): Store {
    return this.#up.store
  }
  get accounts(): Accounts {
    return this.#up.accounts
  }
  get app(): FastifyInstance {
    return this.#up.app
  }

  async start(): Promise<void> {
    const store = await openStore({
      target: this.#target,
      registry,
      clock: this.clock,
      migrations,
      ...(this.#files === undefined ? {} : { attachments: openAttachments({ dir: this.#files }) }),
      // The same one whenever it is opened, as the key file of a server is.
      identityKey: new Uint8Array(32).fill(7),
      onError: (reference, error) => this.errors.push(`${reference} ${error instanceof Error ? error.stack : String(error)}`),
    })
    const auth = createAuth({ kysely: store.db.kysely, secret: 'only-for-simulations-0123456789abcdef', baseUrl: 'http://localhost' })
    await migrateAuth(auth)
    const real = openAccounts(store, auth)
    // Who asks is named instead of signed in; what they may do is asked of the real grants of the day.
    const accounts: Accounts = {
      ...real,
      of: async ({ authorization }) =>
        typeof authorization === 'string' ? { actor: await real.actorOf(authorization), session: authorization } : undefined,
    }
    const app = await createHttp({ store, accounts, requestsAMinute: 1e9, log: (line) => this.errors.push(JSON.stringify(line)) })
    this.#open = { store, accounts, app }
  }

  async stop(): Promise<void> {
    const open = this.#open
    this.#open = undefined
    await open?.app.close()
    await open?.store.close()
  }

  /** An account with one role, of a unit where the role acts for one; its id is its name. */
  async employ(name: string, role: Role, area: string, unit?: string): Promise<void> {
    await this.store.db.query(
      `insert into "user" (id, name, email, "emailVerified", username, "displayUsername", "createdAt", "updatedAt") values ($1, $1, $2, true, $1, $1, $3, $3)`,
      [name, addressOf(name), START],
    )
    await this.#up.accounts.grant(name, { role, area, ...(unit === undefined ? {} : { unit }) }, 'system')
  }

  async actor(name: string): Promise<Actor> {
    return this.#up.accounts.actorOf(name)
  }
}
