import { expect, it } from 'vitest'
import { refusedForGood } from './transport.ts'

it('knows a file that no server will ever take, also where a proxy says so in a page of its own', () => {
  expect(refusedForGood({ status: 413, body: '<html>413 Request Entity Too Large</html>' })?.code).toBe('too-large')
  expect(refusedForGood({ status: 422, body: { code: 'file-type', message: { zh: '', en: '' } } })?.code).toBe('file-type')
  for (const status of [429, 500, 502, 503]) expect(refusedForGood({ status, body: '' })).toBeUndefined()
})
