import { registry } from '@guatu/domains'
import { idCheckCharacter } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { openCity } from './testing/city.ts'

interface Answer {
  readonly identified?: string
  readonly record?: { readonly state: string }
  readonly problem?: { readonly code: string }
}

/** Numbers with an issuing code that nobody has. */
const idOf = (n: number) => {
  const seventeen = `519900199001${String(1 + (n % 28)).padStart(2, '0')}${String(n).padStart(3, '0')}`
  return seventeen + idCheckCharacter(seventeen)
}

onServer('what one request of a phone brings', ({ engine }) => {
  async function phone(as: string) {
    const city = await openCity(engine, registry)
    const device = crypto.randomUUID()
    expect((await city.ask(as, 'POST', '/api/field/devices', { device })).statusCode).toBe(200)
    const send = async (acts: readonly object[]) =>
      (await city.ask(as, 'POST', '/api/field/acts', { device, acts })).json<{ results: readonly Answer[] }>().results
    return { ...city, send }
  }
  const act = (record: string, id: string, action: string, area: string, input: object) => ({
    record,
    id,
    action,
    area,
    input,
    event: crypto.randomUUID(),
  })

  it('at a gate is logged in its order: whoever crosses again is the person that the line before registered', async () => {
    const at = await phone('gate')
    const road = {
      gate: 'road',
      direction: 'in',
      origin: '某省某市',
      listed: false,
      home: true,
      local: false,
      temperature: 36.5,
      mask: true,
    }
    const cross = (document: string) => ({
      ...act('crossing', crypto.randomUUID(), 'record', at.county, { ...road, destination: at.village, decision: 'home', days: 7 }),
      beside: { document, name: '测试甲', person: crypto.randomUUID(), event: crypto.randomUUID() },
    })
    const people = Array.from({ length: 20 }, (_, n) => [cross(idOf(n)), cross(idOf(n))] as const)
    const answers = await at.send(people.flat())
    expect(answers.map(({ identified }) => identified)).toEqual(people.flatMap(() => ['created', 'linked']))
    const lines = await at.store.db.query<{ id: string; person: string }>('select id, person from r_crossing')
    const personOf = new Map(lines.map(({ id, person }) => [id, person]))
    for (const [first, again] of people)
      expect([personOf.get(first.id), personOf.get(again.id)]).toEqual([first.beside.person, first.beside.person])
    // What is done to a line comes after it; a document typed otherwise is the same document.
    const [line, small] = [cross(idOf(30)), cross(` ${idOf(30)} `)]
    const strike = act('crossing', line.id, 'cancel', at.county, { cancelReason: '点错了人' })
    const done = await at.send([line, strike, small])
    expect(done.map(({ identified, record }) => [identified, record?.state])).toEqual([
      ['created', 'logged'],
      [undefined, 'cancelled'],
      ['linked', 'logged'],
    ])
    expect(at.errors).toEqual([])
  })

  it('is judged in its order, also where an act rests on what was done to another record before it', async () => {
    const at = await phone('grid')
    const [person, first, second] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()]
    const register = act('person', person, 'register', at.village, { name: '测试甲', documentType: 'none' })
    const leaves = { person, channel: 'worker', leavesOn: '2020-02-16', destination: '四川省成都市', purpose: 'work' }
    const done = await at.send([
      register,
      act('departure', first, 'declare', at.village, leaves),
      act('departure', first, 'withdraw', at.village, {}),
      act('departure', second, 'declare', at.village, leaves),
    ])
    expect(done.map(({ record, problem }) => problem?.code ?? record?.state)).toEqual(['registered', 'declared', 'void', 'declared'])
    // The same act twice in one request is done once.
    const again = act('departure', second, 'withdraw', at.village, {})
    expect((await at.send([again, again])).map(({ record }) => record?.state)).toEqual(['void', 'void'])
    expect(at.errors).toEqual([])
  })
})
