import { places } from '@guatu/testing'
import { expect, it } from 'vitest'
import { higher, organOf } from './authority.ts'

it('the heir of an organ is the one where the order stands, else the one with the largest share', () => {
  const divided = { ...places, heirs: (area: string) => (area === 'gone' ? ['12', '11'] : [area]) }
  const of = (area: string) => ({ after: { organ: 'gone' }, area, places: divided, today: '2020-02-15' })
  expect(['11a1', '12a1', '1'].map((area) => organOf(of(area)))).toEqual(['11', '12', '12'])
  expect(higher(of('11a1'))).toEqual({ level: 'city', path: '1/' })
})
