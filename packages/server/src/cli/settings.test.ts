import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
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

it('refuses a file with a name that it does not know, and says which it knows', () => {
  const data = mkdtempSync(join(tmpdir(), 'guatu-settings-'))
  onTestFinished(() => rmSync(data, { recursive: true, force: true }))
  const of = (kept: object) => {
    writeFileSync(join(data, 'guatu.json'), JSON.stringify(kept))
    return readSettings({ data }, {})
  }
  expect(of({ port: 8081, 'base-url': 'https://guatu.example' })).toMatchObject({ port: 8081, baseUrl: 'https://guatu.example' })
  for (const kept of [{ prot: 8081 }, { 'data-base': 'postgres://x' }])
    expect(() => of(kept)).toThrow(new RegExp(`${Object.keys(kept)[0]}.*base-url`))
})
