import fc from 'fast-check'
import { expect, it } from 'vitest'
import { covers, type Scope, scopeOf, union, within } from './scope.ts'

const scopes = fc.record({
  all: fc.boolean(),
  paths: fc.subarray(['1/', '1/11/', '1/11/a/', '1/12/', '2/']),
  above: fc.subarray(['1/', '1/11/', '3/']),
  units: fc.subarray(['u1', 'u2', 'u3']),
})
const rows = fc.record({
  path: fc.constantFrom('1/', '1/11/', '1/11/a/', '1/11/a/x/', '1/12/z/', '2/', '3/'),
  units: fc.subarray(['u1', 'u2', 'u3']),
})

it('a scope that covers another sees every row that the other sees', () => {
  fc.assert(
    fc.property(scopes, scopes, rows, (outer, inner, row) => {
      if (covers(outer, inner) && within(inner, row)) expect(within(outer, row)).toBe(true)
    }),
  )
})

it('a union of scopes sees what one or the other sees, and nothing else', () => {
  fc.assert(
    fc.property(scopes, scopes, rows, (one, other, row) => {
      expect(within(union(one, other), row)).toBe(within(one, row) || within(other, row))
    }),
  )
})

it('reaches what stands right at the areas that contain a granted one, where that is permitted, and nothing else there', () => {
  const clerk = (path: string) => ({ id: 'a', name: 'a', grants: [{ role: 'town-clerk' as const, path }] })
  const scope = scopeOf({ 'town-clerk': 'area-and-above' }, clerk('1/11/a/'))
  expect(scope).toEqual({ all: false, paths: ['1/11/a/'], above: ['1/', '1/11/'], units: [] })
  const at = (path: string) => within(scope, { path, units: [] })
  expect(['1/', '1/11/', '1/11/a/', '1/11/a/x/', '1/11/b/', '1/12/'].map(at)).toEqual([true, true, true, true, false, false])
})

it('says so of the same scope, of a wider area and of everything, and not of a narrower one', () => {
  const of = (paths: string[], units: string[] = []): Scope => ({ all: false, paths, units })
  expect(covers(of(['1/'], ['u1']), of(['1/'], ['u1']))).toBe(true)
  expect(covers(of(['1/']), of(['1/11/']))).toBe(true)
  expect(covers({ all: true, paths: [], units: [] }, of(['1/'], ['u1']))).toBe(true)
  expect(covers(of(['1/11/']), of(['1/']))).toBe(false)
  expect(covers(of(['1/']), of(['1/'], ['u1']))).toBe(false)
  expect(covers(of(['1/']), { all: true, paths: [], units: [] })).toBe(false)
})

it('answers the same again for the same actor, and another for another grant or permit', () => {
  const clerk = (path: string) => ({ id: 'a', name: 'a', grants: [{ role: 'town-clerk' as const, path }] })
  const [one, other] = [clerk('1/11/'), clerk('1/12/')]
  const [inArea, everywhere] = [{ 'town-clerk': 'area' as const }, { 'town-clerk': 'all' as const }]
  for (const _ of [1, 2]) {
    expect(scopeOf(inArea, one).paths).toEqual(['1/11/'])
    expect(scopeOf(inArea, other).paths).toEqual(['1/12/'])
    expect(scopeOf(everywhere, one).all).toBe(true)
    expect(scopeOf({}, one).paths).toEqual([])
  }
})
