import type { Command } from '@guatu/kernel'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { byArea } from './by-area.ts'

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const pathOf = (area: string) => `1/${area}/`

it('rows are taken in by area, each once, and those that name one record as the sheet has them', () => {
  const row = fc.record({ area: fc.constantFrom('11', '12', '13', '21'), names: fc.array(fc.nat({ max: 12 }), { maxLength: 2 }) })
  fc.assert(
    fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
      const groups = rows.map(({ area, names: [first, ...rest] }, i): Command[] => [
        {
          id: id(i),
          record: 'arrival',
          recordId: id(1000 + i),
          action: 'declare',
          area,
          input: { person: first === undefined ? '甲' : id(first), with: rest.map(id) },
        },
      ])
      const order = byArea(groups, pathOf)
      expect([...order].sort((a, b) => a - b)).toEqual(rows.map((_, i) => i))
      const place = new Map(order.map((at, i) => [at, i]))
      for (const [i, one] of rows.entries())
        for (const [k, other] of rows.entries())
          if (i < k && one.names.some((name) => other.names.includes(name))) expect(place.get(i)).toBeLessThan(place.get(k) ?? -1)
      if (rows.every(({ names }) => names.length === 0)) {
        const areas = order.map((at) => rows[at]?.area ?? '')
        expect(areas).toEqual([...areas].sort())
      }
    }),
  )
})

it('rows of one area come together', () => {
  const groups = ['12', '11', '12', '11'].map((area, i): Command[] => [
    { id: id(i), record: 'lamp', recordId: id(100 + i), action: 'build', area, input: { name: '塔' } },
  ])
  expect(byArea(groups, pathOf)).toEqual([1, 3, 0, 2])
})
