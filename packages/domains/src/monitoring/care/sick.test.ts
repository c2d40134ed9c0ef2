import { expect, it } from 'vitest'
import { adviceOn } from './sick.ts'

it('tells somebody with fever or symptoms what to do, in both languages, and nobody else', () => {
  const advice = adviceOn({ temperature: 37.3, feverFrom: 37.3 })
  expect(advice?.zh).toContain('发热门诊')
  expect(advice?.en).toContain('fever clinic')
  expect(adviceOn({ temperature: 36.6, symptoms: ['cough'], feverFrom: 37.3 })).toEqual(advice)
  expect(adviceOn({ temperature: 37.2, symptoms: [], feverFrom: 37.3 })).toBeUndefined()
  expect(adviceOn({ feverFrom: 37.3 })).toBeUndefined()
})
