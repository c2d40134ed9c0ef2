import { idCheckCharacter } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onBothEngines } from '../../../../testing/src/databases/index.ts'
import { TERM, villageClosed } from './testing/closed-village.ts'

/** Somebody with an issuing code that nobody has. */
const idOf = (n: number) => `51990019680214${n}0${n}${idCheckCharacter(`51990019680214${n}0${n}`)}`

async function looking(engine: 'pglite' | 'postgres') {
  const at = await villageClosed(engine)
  const look = (n: number) => at.ask('gate', 'POST', '/api/gate/look', { shown: idOf(n), direction: 'out' })
  const enter = async (n: number, household: string) => {
    const person = { name: '测试甲', documentType: 'nationalId', documentNumber: idOf(n), household }
    expect(await at.act('grid', 'person', crypto.randomUUID(), 'register', person)).toBe('done')
  }
  await enter(1, at.household)
  return { ...at, look, enter }
}

onBothEngines('a look at a gate', ({ engine }) => {
  it('tells nothing of anybody where it cannot be written down', async () => {
    const at = await looking(engine)
    expect((await at.look(1)).json()).toMatchObject({ person: { name: '测*' }, verdict: { code: 'valid' } })
    await at.store.db.query('alter table looks rename to elsewhere')
    const refused = await at.look(1)
    expect([refused.statusCode, Object.keys(refused.json())]).toEqual([500, expect.not.arrayContaining(['person', 'verdict', 'pass'])])
    await at.store.db.query('alter table elsewhere rename to looks')
    expect((await at.look(1)).json()).toMatchObject({ person: { name: '测*' } })
  })
})

// The embedded database has one connection, which knows all plans.
it('a look at a gate asks the same questions of everybody, so that each is planned once', async () => {
  const at = await looking('pglite')
  const planned = async () => {
    const asked = await at.store.db.query<{ statement: string }>('select statement from pg_prepared_statements order by statement')
    return asked.map(({ statement }) => statement)
  }
  for (let again = 0; again < 10; again += 1) await at.look(1)
  const before = await planned()
  expect(before.filter((statement) => statement.includes('recursive entry'))).toHaveLength(1)
  expect(before.filter((statement) => statement.includes('from "r_crossing"'))).toHaveLength(1)
  // A home with a building, and with more passes than one.
  const [building, home] = [crypto.randomUUID(), crypto.randomUUID()]
  expect(await at.act('town', 'place', building, 'register', { name: '示例1栋', kind: 'building' })).toBe('done')
  expect(await at.act('grid', 'household', home, 'register', { door: '101', kind: 'family', place: building })).toBe('done')
  await at.enter(2, home)
  const change = '2020-02-17T02:00:00.000Z'
  for (const term of [
    { ...TERM, validTo: change },
    { ...TERM, validFrom: change },
  ]) {
    const pass = { closure: at.closure, kind: 'household', household: home, ...term }
    expect(await at.act('grid', 'pass', crypto.randomUUID(), 'issue', pass)).toBe('done')
  }
  for (let again = 0; again < 10; again += 1) expect((await at.look(2)).json()).toMatchObject({ verdict: { code: 'valid' } })
  const more = (await planned()).filter(
    (statement) => !before.includes(statement) && /"r_(pass|crossing|watch|transfer|closure)"/.test(statement),
  )
  expect(more).toEqual([])
})
