import { gates, registry } from '@guatu/domains'
import { fieldRegistry } from '@guatu/domains/field'
import { expect, it } from 'vitest'
import { openCity } from '../../../../packages/server/src/http/testing/city.ts'
import { phone } from '../../../../testing/src/stores/field-phone.ts'
import { find } from './recognised.ts'

const PASSWORD = 'only-for-tests-2020'
const DOCUMENTS = [
  ['nationalId', '519900199001010015', '519900 19900101 0015'],
  ['nationalId', '519900900101002', '519900900101002'],
  ['passport', 'E91000777', 'e 9100 0777'],
  ['passport', 'E-91000779', 'e91000779'],
  ['passport', 'C01X00T47', 'Ｃ01X00T47'],
  ['permit', 'H1234567801', 'h1234567801'],
  ['permit', 'H1234567802', 'h12345-678.02'],
  ['permit', '12345678', '1234 5678'],
  ['permit', 'A123456(7)', 'a123456（7）'],
  ['permit', '811234567890123', '811234567890123'],
  ['permit', '830000199001010019', '830000199001010019'],
] as const

it('finds whoever is registered under a document on a phone without a network, of whatever document it is, and names a surname alone', async () => {
  const city = await openCity('pglite', registry)
  const registered = new Map<string, string>()
  for (const [documentType, documentNumber, written] of DOCUMENTS) {
    const id = crypto.randomUUID()
    const input = { name: `测试${registered.size}`, documentType, documentNumber }
    const act = { event: crypto.randomUUID(), area: city.village, input }
    expect([documentNumber, (await city.ask('grid', 'POST', `/api/person/${id}/register`, act)).statusCode]).toEqual([documentNumber, 201])
    registered.set(written, id)
  }
  expect((await city.accounts.add({ username: 'grid', name: 'grid', password: PASSWORD, grants: [] }, 'test')).ok).toBe(true)
  const one = await phone(city.app, { registry: fieldRegistry, as: 'grid' })
  expect(await one.work.signIn('grid', PASSWORD)).toBeUndefined()
  await one.work.choosePin('246813')
  await one.work.sync()
  await one.work.loaded
  one.weather.offline = true
  const seen = (written: string) => find(one.work.replica, one.work.recognition, gates.readDocument(written)?.document ?? '')
  for (const [written, id] of registered) expect([written, await seen(written)]).toMatchObject([written, { row: { id }, name: '测*' }])
  for (const written of ['E91000778', 'E81000777', '22345678', 'hello'])
    expect([written, await seen(written)]).toEqual([written, undefined])
  expect(city.errors).toEqual([])
})
