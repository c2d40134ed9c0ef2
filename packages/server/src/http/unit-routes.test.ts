import { expect, it } from 'vitest'
import { lighthouseHttp } from '../../../../testing/src/stores/lighthouse-http.ts'

interface Refusal {
  readonly code: string
  readonly path?: string
  readonly message: { readonly zh: string; readonly en: string }
}
interface Unit {
  readonly id: string
  readonly level: string
  readonly name: string
  readonly aliases: readonly string[]
  readonly to: string | null
}

const instrument = '示例批复'

it('lets who administers all areas record, rename and end units, and nobody else', async () => {
  const at = await lighthouseHttp()
  await at.account('admin', [{ role: 'administrator', area: '1' }])
  await at.account('part', [{ role: 'administrator', area: '11' }])
  await at.account('town', [{ role: 'town-clerk', area: '11a' }])
  const [admin, part, town] = [await at.signIn('admin'), await at.signIn('part'), await at.signIn('town')]
  const office = { name: '海事办公室', parent: '1', aliases: ['海事办'], instrument }
  expect((await at.post<Refusal>('/api/areas/units', office, part)).body.code).toBe('outside-jurisdiction')
  expect((await at.post<Refusal>('/api/areas/units', office, town)).body.code).toBe('not-allowed')
  expect((await at.post<Refusal>('/api/areas/units', { ...office, instrument: ' ' }, admin)).body).toMatchObject({ path: 'instrument' })
  expect((await at.post<Refusal>('/api/areas/units', { ...office, level: 'village' }, admin)).body.code).toBe('unit-row-level')
  const made = await at.post<{ id: string }>('/api/areas/units', office, admin)
  expect([made.status, made.body.id]).toEqual([201, 'u-hsbgs'])
  expect((await at.post<Refusal>('/api/areas/units', office, admin)).body.code).toBe('already-exists')
  const grid = await at.post<{ id: string }>('/api/areas/units', { name: '一网格', level: 'grid', parent: '11a1', instrument }, admin)
  expect(grid.status).toBe(201)

  // Somebody works for it: it is there, its name is found by the short one, and it does not end under them.
  const clerk = (unit?: string) => ({
    username: 'clerk',
    name: '经办',
    grants: [{ role: 'agency-clerk', area: '1', ...(unit ? { unit } : {}) }],
  })
  expect((await at.post<Refusal>('/api/accounts', clerk(), admin)).body).toMatchObject({ code: 'unit-missing', path: 'unit' })
  expect((await at.post<Refusal>('/api/accounts', clerk('u-health'), admin)).body.code).toBe('unit-not-listed')
  expect((await at.post<Refusal>('/api/accounts', clerk('11a'), admin)).body.code).toBe('unit-not-listed')
  const account = await at.post<{ id: string }>('/api/accounts', clerk(made.body.id), admin)
  expect(account.status).toBe(201)
  expect(
    (await at.get<{ areas: Unit[] }>(`/api/areas/search?q=${encodeURIComponent('海事办')}`, town)).body.areas.map((one) => one.id),
  ).toEqual([made.body.id])
  const change = (what: string, body: object, by = admin) => at.post<Refusal>(`/api/areas/units/${made.body.id}/${what}`, body, by)
  expect((await change('end', { instrument })).body).toMatchObject({
    code: 'unit-has-accounts',
    message: { zh: expect.stringContaining('1个账号') },
  })

  const next = { name: '海事局', aliases: ['海局'], date: '2020-02-16', instrument }
  expect((await change('rename', next, part)).status).toBe(403)
  expect((await change('rename', { ...next, date: '2020-02-31' })).body).toMatchObject({ code: 'invalid', path: 'date' })
  expect((await change('rename', next)).status).toBe(204)
  const named = async (day: string) =>
    (await at.get<{ areas: Unit[] }>(`/api/areas?day=${day}`, town)).body.areas.find((one) => one.id === made.body.id)
  expect(await named('2020-02-15')).toMatchObject({ name: '海事办公室', aliases: ['海事办'] })
  expect(await named('2020-02-16')).toMatchObject({ name: '海事局', aliases: ['海局'] })
  const inRegister = async () =>
    (await at.get<{ units: Unit[] }>('/api/areas/units', town)).body.units.find((one) => one.id === made.body.id)
  // The register says what it is called today, as the tree does.
  expect(await inRegister()).toMatchObject({ name: '海事办公室', aliases: ['海事办'] })

  const { body: listed } = await at.get<{ accounts: { grants: { id: string }[] }[] }>('/api/accounts?q=clerk', admin)
  const grant = listed.accounts[0]?.grants[0]?.id ?? ''
  await at.post(`/api/accounts/${account.body.id}/grants/${grant}/end`, { to: '2020-02-19' }, admin)
  expect((await change('end', { date: '2020-02-20', instrument })).status).toBe(204)
  expect(await inRegister()).toMatchObject({ name: '海事办公室', to: '2020-02-20' })
  expect(await named('2020-02-20')).toBeUndefined()
})

it('takes yes or no in an address as 1 or true, 0 or false, and refuses what is neither', async () => {
  const at = await lighthouseHttp()
  await at.account('admin', [{ role: 'administrator', area: '1' }])
  const cookie = await at.signIn('admin')
  const send = async (path: string, name: string, sheet: string) => {
    const payload = `--b\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n\r\n${sheet}\r\n--b--\r\n`
    const headers = { cookie, 'content-type': 'multipart/form-data; boundary=b' }
    const answer = await at.app.inject({ method: 'POST', url: path, headers, payload })
    return answer.json<{ recorded?: number; code?: string; path?: string }>()
  }
  const units = async () => (await at.get<{ units: Unit[] }>('/api/areas/units', cookie)).body.units.map((one) => one.name)
  const list = (flag: string) => send(`/api/areas/units/import?dryRun=${flag}`, 'units.csv', '名称,上级\n海事办公室,1\n')
  for (const flag of ['1', 'true']) expect(await list(flag)).toMatchObject({ recorded: 1 })
  for (const flag of ['yes', '', '1&dryRun=0']) expect(await list(flag)).toMatchObject({ code: 'invalid', path: 'dryRun' })
  expect(await units()).not.toContain('海事办公室')
  expect(await list('0')).toMatchObject({ recorded: 1 })
  expect(await units()).toContain('海事办公室')
  expect(await send('/api/lamp/import?dryRun=yes', 'lamps.csv', '编号\nDT-1\n')).toMatchObject({ code: 'invalid', path: 'dryRun' })
})
