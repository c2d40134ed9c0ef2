import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { Usage } from './command.ts'
import { readSettings } from './settings.ts'

it('takes size and seed of the demonstration city from flag or environment, and says what neither can be', () => {
  const data = `${tmpdir()}/guatu-none`
  const of = (values: object, environment = {}) => {
    const { people, seed } = readSettings({ data, ...values }, environment)
    return [people, seed]
  }
  expect(of({})).toEqual([2_000, 5119])
  expect(of({ people: '7', seed: '0' })).toEqual([7, 0])
  expect(of({}, { GUATU_SEED: '42' })).toEqual([2_000, 42])
  for (const seed of ['-1', '1.5', 'x', '2147483648']) expect(() => of({ seed }), seed).toThrow('--seed')
})

const KEPT = mkdtempSync(join(tmpdir(), 'guatu-settings-'))
afterAll(() => rmSync(KEPT, { recursive: true, force: true }))

/** Settings of a folder whose file says this. */
const ofFile = (written: object | string) => {
  writeFileSync(join(KEPT, 'guatu.json'), typeof written === 'string' ? written : JSON.stringify(written))
  return readSettings({ data: KEPT }, {})
}
const BOTH = /\p{Script=Han}[^/]* \/ [A-Z-]/u

it('refuses a file with a name that it does not know, and says which it knows', () => {
  expect(ofFile({ port: 8081, 'base-url': 'https://guatu.example' })).toMatchObject({ port: 8081, baseUrl: 'https://guatu.example' })
  for (const kept of [{ prot: 8081 }, { 'data-base': 'postgres://x' }, { data: '/elsewhere' }])
    expect(() => ofFile(kept)).toThrow(new RegExp(`${Object.keys(kept)[0]}.*base-url`))
})

it('refuses in a file what would be passed over or misread, with its name, in both languages, and takes the mark of an encoding', () => {
  expect(ofFile('\ufeff{"port":8094}')).toMatchObject({ port: 8094 })
  const sign = { discoveryUrl: 'https://sso.example/x', clientId: 'a', clientSecret: 'b' }
  expect(ofFile({ oidc: { ...sign, claim: 'uid' } })).toMatchObject({ oidc: { ...sign, claim: 'uid' } })
  for (const [kept, said] of [
    [{ database: null }, '“database”'],
    [{ port: true }, '“port”'],
    [{ today: 20200214 }, '“today”'],
    [{ host: ['a'] }, '“host”'],
    [{ zone: '' }, '“zone”'],
    [{ people: 'many' }, '--people'],
    [{ oidc: 'x' }, '“oidc”'],
    [{ oidc: { ...sign, clame: 'uid' } }, 'oidc.clame'],
    [{ oidc: { ...sign, claim: 7 } }, '“oidc.claim”'],
    [{ oidc: { clientId: 'a' } }, '--oidc-client-secret'],
    [{ oidc: { ...sign, discoveryUrl: 'nourl' } }, '“nourl”'],
    ['[]', 'guatu.json'],
    ['{', 'guatu.json'],
  ] as const) {
    const wrong = wrongOf(() => ofFile(kept))
    expect([wrong, wrong.message], JSON.stringify(kept)).toEqual([expect.any(Usage), expect.stringContaining(said)])
    expect(wrong.message).toMatch(BOTH)
  }
})

it('takes a variable that is set to nothing for none, and a flag without its value for wrong', () => {
  const none = { GUATU_DATA: '', GUATU_DATABASE: '', GUATU_PORT: ' ', GUATU_TODAY: '', GUATU_OIDC_CLIENT_ID: '' }
  const { data, port, ...others } = readSettings({}, none)
  expect([data, port]).toEqual([resolve('.guatu'), 8080])
  expect(Object.keys(others)).not.toEqual(expect.arrayContaining(['database', 'today', 'oidc']))
  for (const flag of ['data', 'database', 'port']) expect(() => readSettings({ [flag]: '' }, {}), flag).toThrow(`--${flag}`)
})

function wrongOf(read: () => unknown): Error {
  try {
    read()
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('nothing was wrong')
}
