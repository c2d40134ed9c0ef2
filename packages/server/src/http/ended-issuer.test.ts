import { type AreaFact, SYSTEM } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { TERM, villageClosed } from './testing/closed-village.ts'
import { VILLAGE_ORDER } from './testing/closing-order.ts'
import { phoneKey, seenAtGate } from './testing/phone-key.ts'

/** Ways in which somebody ceases to issue passes, each as it is kept. */
const ENDS = {
  'whose grant ended': `insert into grants (id, account, role, area, from_day, to_day, granted_by, recorded_at)
    values (gen_random_uuid(), 'grid', 'grid-worker', $1, '2020-01-20', '2020-02-13', 'admin', now())`,
  'whose phone was wiped': `insert into devices (id, account, salt, registered_at, seen_at, wiped_at)
    values (gen_random_uuid(), 'grid', left($1, 1), '2020-02-13', '2020-02-13', '2020-02-14T03:05:00Z')`,
  'whose account was closed': `insert into "user" (id, name, email, "emailVerified", "createdAt", "updatedAt", closed)
    values ('grid', left($1, 1), 'grid@example.org', true, now(), now(), true)`,
}

onServer('the key of somebody', ({ engine }) => {
  it.each(Object.keys(ENDS) as (keyof typeof ENDS)[])('%s goes on for the passes that the register has, and for no other', async (end) => {
    const at = await villageClosed(engine)
    const key = await phoneKey(at, 'grid')
    const [own, minted] = [await key.codeOf(at.pass), await key.codeOf(crypto.randomUUID())]
    expect(await seenAtGate(at, minted)).toEqual(['valid', 'not-found'])
    await at.store.db.query(ENDS[end], [at.village])
    at.clock.set('2020-02-14T03:10:00Z')
    expect(await seenAtGate(at, minted)).toEqual(['key-ended', 'not-found'])
    expect(await seenAtGate(at, own)).toEqual(['valid', 'valid'])
    expect(await seenAtGate(at, at.code.code)).toEqual(['valid', 'valid'])
    expect(at.errors).toEqual([])
  })

  it('is good in all parts into which its area was split, and once they issue no more for the passes of all of them', async () => {
    const at = await villageClosed(engine)
    const born = { kind: 'created', code: null, date: '2020-02-01', instrument: '示例' } as const
    const east = { ...born, id: 'east', level: 'village', name: '东村', parent: at.area('511921106') } as const
    const west = { ...born, id: 'west', level: 'village', name: '西村', parent: at.area('511902105') } as const
    const grid = { ...born, id: 'grid', level: 'grid', name: '一网格', parent: at.village } as const
    expect(await at.store.areas.confirm([east, west, grid], SYSTEM, at.store.writer)).toMatchObject({ ok: true })
    const [household, pass] = [crypto.randomUUID(), crypto.randomUUID()]
    expect(await at.act('grid', 'household', household, 'register', { door: '7', kind: 'family' }, grid.id)).toBe('done')
    expect(await at.act('grid', 'pass', pass, 'issue', { closure: at.closure, kind: 'household', household, ...TERM }, grid.id)).toBe(
      'done',
    )
    const key = await phoneKey(at, 'grid')
    const [here, there, minted] = [await key.codeOf(at.pass), await key.codeOf(pass), await key.codeOf(crypto.randomUUID())]
    const dated = { date: '2020-02-15', instrument: '区划调整文件' } as const
    const into = [
      { id: east.id, parts: 1 },
      { id: west.id, parts: 3 },
    ]
    const reform = [
      { kind: 'moved', id: grid.id, parent: east.id, ...dated } as const,
      { kind: 'split', id: at.village, into, ...dated } as const,
    ]
    at.clock.set('2020-02-15T01:00:00Z')
    expect(await at.store.areas.confirm(reform, SYSTEM, at.store.writer)).toMatchObject({ ok: true })
    at.clock.set('2020-02-15T02:00:00Z')
    const seen = async () => [await seenAtGate(at, here), await seenAtGate(at, there, 'farGate'), await seenAtGate(at, minted)]
    const valid = ['valid', 'valid']
    expect(await seen()).toEqual([valid, valid, ['valid', 'not-found']])
    await at.store.db.query(ENDS['whose grant ended'], [at.village])
    at.clock.set('2020-02-15T03:00:00Z')
    expect(await seen()).toEqual([valid, valid, ['key-ended', 'not-found']])
    expect(at.errors).toEqual([])
  })

  it('of somebody who was granted anew in one part of it is good for that part, and elsewhere for what the register has', async () => {
    const at = await villageClosed(engine)
    const parent = at.area('511902105')
    const born = { kind: 'created', level: 'village', code: null, parent, date: '2020-02-01', instrument: '示例' } as const
    const [east, west] = [
      { ...born, id: 'east', name: '东村' },
      { ...born, id: 'west', name: '西村' },
    ] as const
    expect(await at.store.areas.confirm([east, west], SYSTEM, at.store.writer)).toMatchObject({ ok: true })
    await at.store.db.query(ENDS['whose grant ended'].replace(`'2020-02-13'`, 'null'), [at.village])
    const key = await phoneKey(at, 'grid')
    const into = [
      { id: east.id, parts: 1 },
      { id: west.id, parts: 3 },
    ]
    const reform = { kind: 'split', id: at.village, into, date: '2020-02-15', instrument: '区划调整文件' } as const
    at.clock.set('2020-02-15T01:00:00Z')
    expect(await at.store.areas.confirm([reform], SYSTEM, at.store.writer)).toMatchObject({ ok: true })
    // Each part is closed by an order of its own besides.
    const closing = async (area: string) => {
      const id = crypto.randomUUID()
      const order = { ...VILLAGE_ORDER, start: '2020-02-15T01:00:00.000Z', organ: at.county, areas: [area] }
      expect(await at.act('county', 'closure', id, 'draft', order, area)).toBe('done')
      expect(await at.act('county', 'closure', id, 'submit', {})).toBe('done')
      expect(await at.act('head', 'closure', id, 'approve', { decidedBy: '市应急指挥部', decisionNo: '市指〔2020〕13号' })).toBe('done')
      expect(await at.act('county', 'closure', id, 'announce', { announcedWhere: '广播' })).toBe('done')
      return id
    }
    const [inEast, inWest] = [await closing(east.id), await closing(west.id)]
    const codes = [at.closure, inEast, inWest].map((order) => key.codeOf(crypto.randomUUID(), TERM, order))
    const own = await key.codeOf(at.pass)
    const seen = async () => Promise.all((await Promise.all(codes)).map(async (code) => (await seenAtGate(at, code))[0]))
    at.clock.set('2020-02-15T02:00:00Z')
    expect(await seen()).toEqual(['valid', 'valid', 'valid'])
    await at.store.db.query(`update grants set to_day = '2020-02-14'`)
    await at.store.db.query(ENDS['whose grant ended'].replace(`'2020-02-13'`, 'null').replace('2020-01-20', '2020-02-15'), [east.id])
    at.clock.set('2020-02-15T03:00:00Z')
    expect(await seen()).toEqual(['valid', 'valid', 'key-ended'])
    expect(await seenAtGate(at, own)).toEqual(['valid', 'valid'])
    expect(at.errors).toEqual([])
  })

  it('of a town is good in another county for a village that went there, in two reforms, and for no other', async () => {
    const at = await villageClosed(engine)
    const far = at.area('511921106')
    const dated = { code: null, date: '2020-02-01', instrument: '示例' } as const
    const own = { ...dated, kind: 'created', id: 'own', level: 'village', name: '东村', parent: at.area('511902105') } as const
    const over = { ...dated, kind: 'created', id: 'over', level: 'village', name: '西村', parent: far } as const
    const confirmed = async (on: string, ...facts: readonly AreaFact[]) => {
      at.clock.set(`${on}T01:00:00Z`)
      expect(await at.store.areas.confirm(facts, SYSTEM, at.store.writer)).toMatchObject({ ok: true })
      at.clock.set(`${on}T02:00:00Z`)
    }
    await confirmed('2020-02-14', own, over)
    at.clock.set('2020-02-14T03:00:00Z')
    const town = await phoneKey(at, 'town', at.area('511902105'))
    const neighbour = await phoneKey(at, 'county', at.area('511902106'))
    const [signed, strange] = [await town.codeOf(at.pass), await neighbour.codeOf(at.pass)]
    const instrument = '区划调整文件'
    await confirmed('2020-02-15', { kind: 'merged', ids: [at.village], into: own.id, date: '2020-02-15', instrument })
    const [valid, unknown] = [
      ['valid', 'valid'],
      ['key-unknown', 'key-unknown'],
    ]
    expect(await seenAtGate(at, signed)).toEqual(valid)
    const into = [
      { id: own.id, parts: 1 },
      { id: over.id, parts: 3 },
    ]
    await confirmed('2020-02-17', { kind: 'split', id: own.id, into, date: '2020-02-17', instrument } as const)
    const seen = async (code: string) => [await seenAtGate(at, code), await seenAtGate(at, code, 'farGate')]
    expect(await seen(signed)).toEqual([valid, valid])
    expect((await seen(strange))[1]).toEqual(unknown)
    expect(at.errors).toEqual([])
  })
})
