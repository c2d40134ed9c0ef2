import { expect, it } from 'vitest'
import { buildRegistry, count, type DailyDuty, defineDomain, defineRecord, erase, f, type Indicator } from '../index.ts'

const label = { zh: '某', en: 'x' }
const fields = {
  name: f.text({ label, max: 20, sensitive: true, find: 'name' }),
  number: f.code({ label, pattern: /^\d+$/, example: '1', sensitive: true }),
  age: f.count({ label }),
}
const base = {
  name: 'guest',
  label,
  at: 'village',
  title: 'name',
  fields,
  states: { here: label },
  actions: { come: { label, from: 'new', to: 'here', by: {}, needs: ['name', 'age'] } },
  read: {},
} as const
const plain = { columns: ['name'], filters: ['age'], sort: 'age' } as const

const problems = (build: () => unknown): string => {
  try {
    build()
    return ''
  } catch (error) {
    return String(error)
  }
}

it('refuses a definition that would need identity in clear, and takes one that does not', () => {
  const built = (record: ReturnType<typeof erase>, more: { indicators?: Record<string, Indicator>; daily?: DailyDuty[] } = {}) =>
    problems(() => buildRegistry([defineDomain({ name: 'd', label, records: [record], ...more })]))
  const fine = defineRecord({ ...base, list: plain })
  expect(built(erase(fine))).toBe('')
  expect(built(erase(defineRecord({ ...base, list: { ...plain, sort: 'name' } })))).toContain('the order of the list')
  expect(built(erase(defineRecord({ ...base, list: { ...plain, filters: ['number'] } })))).toContain('a filter')
  expect(built(erase(defineRecord({ ...base, list: plain, indexes: [['name']] })))).toContain('an index')
  expect(built(erase(defineRecord({ ...base, list: plain, key: ['number'] })))).toContain('must be found exactly')
  const asked = { type: 'stock', record: 'guest', where: { op: 'is', field: 'name', value: 'x' } } as const
  expect(built(erase(fine), { indicators: { i: { label, value: asked, good: 'none' } } })).toContain('needs sensitive field name')
  const given = { type: 'stock', record: 'guest', where: { op: 'given', field: 'name' } } as const
  expect(
    built(erase(fine), { indicators: { i: { label, value: given, good: 'none' }, all: { label, value: count(fine), good: 'none' } } }),
  ).toBe('')
  const duty: DailyDuty = { name: 'x', record: 'guest', where: () => ({ op: 'is', field: 'number', value: '1' }), act: () => undefined }
  expect(built(erase(fine), { daily: [duty] })).toContain('daily duty x needs a sensitive field')
})
