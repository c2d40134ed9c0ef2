import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { layDatabase } from '../databases/index.ts'
import { fill, newDisk, noSmallDisk, untilAskedAgain } from '../databases/small-disk.ts'
import { cookieOf, type LighthouseHttp, lighthouseHttp, PASSWORD } from '../stores/lighthouse-http.ts'
import { lighthouseTables } from '../stores/lighthouse-store.ts'
import { totp } from '../stores/totp.ts'

interface Refusal {
  readonly code: string
}
interface City extends LighthouseHttp {
  fillDisk(): Promise<void>
  freeDisk(): Promise<void>
}

const reason = noSmallDisk()

async function embeddedCity(): Promise<City> {
  const disk = newDisk(400)
  const dir = join(disk, 'data')
  await layDatabase(dir, lighthouseTables)
  const http = await lighthouseHttp({ place: { target: { dir } }, files: join(disk, 'files') })
  const freeDisk = async () => {
    rmSync(join(disk, 'filler'), { force: true })
    await untilAskedAgain()
  }
  onTestFinished(() => rmSync(join(disk, 'filler'), { force: true }))
  const fillDisk = async () => {
    fill(disk, 20 * 1024 * 1024)
    await untilAskedAgain()
  }
  return { ...http, fillDisk, freeDisk }
}

const WRITTEN = ['session', 'verification', 'twoFactor', 'signInFailure', 'accountEvent']

/** A server whose disk is full answers every write with SQLSTATE 53100; here its own triggers do. */
async function serverCity(): Promise<City> {
  const http = await lighthouseHttp()
  await http.store.db.query(
    `create function no_room() returns trigger language plpgsql as $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$`,
  )
  const all = async (statement: (table: string) => string) => {
    for (const table of WRITTEN) await http.store.db.query(statement(table))
  }
  return {
    ...http,
    fillDisk: () =>
      all((table) => `create trigger full_disk before insert or update or delete on "${table}" for each row execute function no_room()`),
    freeDisk: () => all((table) => `drop trigger full_disk on "${table}"`),
  }
}

describe.each([
  ['pglite', embeddedCity, reason],
  ['postgres', serverCity, undefined],
] as const)('signing in while the disk is full, on %s', (_engine, city, none) => {
  const attempt = (at: LighthouseHttp, username: string, password = PASSWORD) =>
    at.post<Refusal & { twoFactorRedirect?: boolean }>('/api/auth/sign-in/username', { username, password })
  const cookie = (answer: { headers: Readonly<Record<string, unknown>> }) => cookieOf(answer.headers['set-cookie'] as string[])

  it.skipIf(none !== undefined)(
    'lets people in to read, until they sign out, and keeps the session when there is room again',
    async () => {
      const at = await city()
      await at.account('town', [{ role: 'town-clerk', area: '11a' }])
      const before = await at.signIn('town')
      await at.fillDisk()
      const [town, other] = [await at.signIn('town'), await at.signIn('town')]
      for (const address of ['/api/lamp', '/api/me', '/api/account'])
        expect([address, (await at.get(address, town)).status]).toEqual([address, 200])
      // Whoever signs out is out, with a session of now as with one of before.
      for (const one of [other, before]) {
        expect((await at.post('/api/auth/sign-out', {}, one)).status).toBe(200)
        expect((await at.get('/api/me', one)).status).toBe(401)
      }
      expect(at.logged).toEqual([])
      await at.freeDisk()
      expect((await at.get('/api/me', town)).status).toBe(200)
      for (const one of [other, before]) expect((await at.get('/api/me', one)).status).toBe(401)
      const own = await at.get<{ sessions: { current: boolean }[] }>('/api/account', town)
      expect(own.body.sessions.map((one) => one.current)).toEqual([true])
    },
    300_000,
  )

  it.skipIf(none !== undefined)(
    'locks after wrong passwords, counted on from before, and says so to the auditor later',
    async () => {
      const at = await city()
      const id = await at.account('town', [{ role: 'town-clerk', area: '11a' }])
      for (let i = 0; i < 2; i += 1) expect((await attempt(at, 'town', 'wrong-password-1')).status).toBe(401)
      await at.fillDisk()
      for (const username of ['town', 'nobody-here']) {
        const parallel = await Promise.all(Array.from({ length: 8 }, () => attempt(at, username, 'wrong-password-1')))
        expect(parallel.filter((one) => one.status === 401)).toHaveLength(username === 'town' ? 3 : 5)
        expect(parallel.filter((one) => one.body.code === 'account-locked')).toHaveLength(username === 'town' ? 5 : 3)
      }
      expect((await attempt(at, 'town')).status).toBe(423)
      await at.freeDisk()
      expect((await attempt(at, 'town')).status).toBe(423)
      await at.accounts.settle()
      const notes = await at.store.db.query<{ what: string }>(`select what from "accountEvent" where account = $1 and what = 'locked'`, [
        id,
      ])
      expect(notes).toEqual([{ what: 'locked' }])
      at.clock.set('2020-02-14T02:15:01Z')
      expect((await attempt(at, 'town')).status).toBe(200)
    },
    300_000,
  )

  it.skipIf(none !== undefined)(
    'still asks for the second factor, takes a challenge once, and locks after ten wrong codes',
    async () => {
      const at = await city()
      await at.account('keeper', [{ role: 'town-clerk', area: '11a' }])
      const first = await at.signIn('keeper')
      const begun = await at.post<{ secret: string; backupCodes: string[] }>('/api/account/second-factor', { password: PASSWORD }, first)
      const code = () => totp(begun.body.secret)
      expect((await at.post('/api/account/second-factor/confirm', { code: code() }, first)).status).toBe(200)
      await at.fillDisk()
      const step = await attempt(at, 'keeper')
      expect([step.status, step.body.twoFactorRedirect, (await at.get('/api/me', cookie(step))).status]).toEqual([200, true, 401])
      const verify = (value: string, by: string, how = 'totp') =>
        at.post<Refusal>(`/api/auth/two-factor/verify-${how}`, { code: value }, by)
      // The code that enrolled it opens nothing more.
      const done = await verify(totp(begun.body.secret, Date.now() + 30_000), cookie(step))
      expect([done.status, (await at.get('/api/lamp', cookie(done))).status]).toEqual([200, 200])
      expect((await verify(code(), cookie(step))).status).toBe(401)
      const backup = async () => verify(begun.body.backupCodes[0] ?? '', cookie(await attempt(at, 'keeper')), 'backup-code')
      expect([(await backup()).status, (await backup()).status]).toEqual([200, 401])
      const wrong = async () => verify(String((Number(code()) + 1) % 1_000_000).padStart(6, '0'), cookie(await attempt(at, 'keeper')))
      let codes = 0
      while ((await wrong()).body.code === 'wrong-code') codes += 1
      expect(codes).toBeLessThanOrEqual(10)
      const locked = await verify(code(), cookie(await attempt(at, 'keeper')))
      expect([locked.status, locked.body.code]).toEqual([423, 'account-locked'])
      await at.freeDisk()
      expect((await verify(code(), cookie(await attempt(at, 'keeper')))).status).toBe(423)
      expect((await at.get('/api/lamp', cookie(done))).status).toBe(200)
    },
    300_000,
  )

  it.skipIf(none !== undefined)(
    'keeps no session out of reach of who ends sessions later',
    async () => {
      const at = await city()
      await at.account('town', [{ role: 'town-clerk', area: '11a' }])
      await at.fillDisk()
      const town = await at.signIn('town')
      await at.freeDisk()
      expect((await at.accounts.resetPassword('town', 'another-tower-of-stones-8')).ok).toBe(true)
      expect((await at.get('/api/me', town)).status).toBe(401)
    },
    300_000,
  )
})
