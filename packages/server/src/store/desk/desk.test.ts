import { type Actor, type AnyRecord, type Command, erase, type Grant, ROLES, type Role } from '@guatu/kernel'
import { lamp } from '@guatu/testing'
import fc from 'fast-check'
import { expect, it, onTestFinished } from 'vitest'
import { isForeign, mayRead, reaches } from '../../../../../testing/src/access/readable.ts'
import { onBothEngines } from '../../../../../testing/src/databases/index.ts'
import { lighthouseStore, lighthouseTables } from '../../../../../testing/src/stores/lighthouse-store.ts'
import type { Listed } from '../query/list.ts'

const AREAS = ['1', '11', '12', '11a', '11b', '12a', '11a1', '11a2', '11b1', '12a1']
const VILLAGES = ['11a1', '11a2', '11b1', '12a1']
const def: AnyRecord = erase(lamp)
const boss: Actor = {
  id: 'boss',
  name: 'boss',
  grants: (['duty-officer', 'town-clerk', 'county-clerk'] as const).map((role) => ({ role, path: '1/' })),
}
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

const grantOf = (pathOf: (area: string) => string): fc.Arbitrary<Grant> =>
  fc
    .record({
      role: fc.constantFrom(...(Object.keys(ROLES) as Role[])),
      area: fc.constantFrom(...AREAS),
      unit: fc.option(fc.constantFrom('harbour', 'hq-11', 'other'), { nil: undefined }),
    })
    .map(({ role, area, unit }) => ({
      role,
      path: pathOf(area),
      ...(unit === undefined ? {} : { unit }),
    }))

onBothEngines('a desk', (engine) => {
  it('shows and allows exactly what a plain oracle says, for any grants, records and actions', { timeout: 180_000 }, async () => {
    const { store } = await lighthouseStore(await engine.place(lighthouseTables))
    onTestFinished(() => store.close())
    const pathOf = (area: string) => store.areas.index.currentPath(area) ?? ''
    for (let i = 0; i < 60; i += 1) {
      const build: Command = {
        id: uuid(1000 + i),
        record: 'lamp',
        recordId: uuid(i),
        action: 'build',
        area: VILLAGES[i % 4] ?? '11a1',
        input: {
          number: `DT-${String(i).padStart(6, '0')}`,
          name: `塔${i}`,
          colour: ['red', 'white', 'green'][i % 3],
          candela: i,
          phone: '13800138000',
          ...(i % 3 === 0 ? { keeper: 'harbour' } : i % 5 === 0 ? { guests: ['hq-11', 'harbour'] } : {}),
        },
      }
      expect((await store.writer.submit(build, boss)).ok).toBe(true)
      if (i % 2 === 0)
        expect(
          (await store.writer.submit({ id: uuid(2000 + i), record: 'lamp', recordId: uuid(i), action: 'light', input: {} }, boss)).ok,
        ).toBe(true)
    }
    const all: Listed[] = []
    for (let i = 0; i < 60; i += 1) {
      const one = await store.as({ ...boss, system: true }).get('lamp', uuid(i))
      if (one.ok) all.push(one.value)
    }
    expect(all).toHaveLength(60)
    let tried = 3000

    await fc.assert(
      fc.asyncProperty(
        fc.array(grantOf(pathOf), { maxLength: 3 }),
        fc.nat({ max: 59 }),
        fc.constantFrom('light', 'dim', 'refit', 'storm'),
        async (grants, n, action) => {
          const actor: Actor = { id: 'someone', name: 'someone', grants }
          const desk = store.as(actor)
          const readable = all.filter((row) => mayRead(def, actor, row)).map((row) => row.id)
          // Whatever the role: a grant is a role in an area, and nothing of a tower is everybody's.
          const foreign = all.filter((row) => isForeign(def, actor, row))
          expect(foreign.filter((row) => readable.includes(row.id))).toEqual([])

          const listed: string[] = []
          for (let cursor: string | undefined; ; ) {
            const page = await desk.list('lamp', { limit: 7, ...(cursor === undefined ? {} : { cursor }) })
            if (!page.ok) break
            for (const row of page.value.rows) {
              listed.push(row.id)
              expect(row.fields.phone).toBe('138****8000')
            }
            cursor = page.value.next
            if (cursor === undefined) break
          }
          expect(listed.sort()).toEqual(readable)
          const count = await desk.count('lamp')
          expect(count.ok ? count.value : 0).toBe(readable.length)
          const groups = await desk.groups('lamp', ['state', 'colour'])
          expect(groups.ok ? groups.value.reduce((sum, group) => sum + group.count, 0) : 0).toBe(readable.length)

          const heard = await desk.heard('lamp', { typed: 't', limit: 100 })
          expect(heard.ok ? heard.value.map((one) => one.id).sort() : []).toEqual(readable)

          const row = all[n]
          if (!row) return
          const may = readable.includes(row.id)
          expect((await desk.get('lamp', row.id)).ok).toBe(may)
          const history = await desk.history('lamp', row.id)
          expect(history.ok).toBe(may)
          // Whoever may do an act may set it right; what made a record is not taken back.
          const builds = reaches(def, def.actions.build?.by, actor, row)
          const first = history.ok ? history.value.events[0]?.id : undefined
          const offered = history.ok ? history.value.correctable.find((one) => one.event === first) : undefined
          if (history.ok) expect(offered).toEqual(builds ? { event: first, void: false } : undefined)
          const revealed = await desk.identity.reveal('lamp', row.id, '核对')
          expect(revealed.ok).toBe(reaches(def, def.reveal, actor, row))
          if (revealed.ok) expect(revealed.value.fields.phone).toBe('13800138000')

          const allowed = reaches(def, def.actions[action]?.by, actor, row)
          if (foreign.includes(row)) expect([allowed, revealed.ok]).toEqual([false, false])
          const offer = desk.offers(def, row).find((one) => one.action === action)
          if (offer) expect(offer.allowed).toBe(allowed)
          tried += 1
          // A version that nobody has: what is permitted fails at the version, what is not fails before it, and nothing changes.
          const done = await desk.submit({ id: uuid(tried), record: 'lamp', recordId: row.id, action, version: 99, input: {} })
          const code = done.ok ? 'accepted' : done.problem.code
          // Whoever may not do it learns nothing of the state.
          if (allowed) expect(['wrong-state', 'version-conflict']).toContain(code)
          else expect(['not-allowed', 'outside-jurisdiction']).toContain(code)
        },
      ),
      { numRuns: 120, seed: 51 },
    )
  })

  it('takes no act that names a place or a body which the register never had', async () => {
    const { store } = await lighthouseStore(await engine.place(lighthouseTables))
    onTestFinished(() => store.close())
    const input = { number: 'DT-000001', name: '塔', colour: 'red', candela: 1 }
    const build = (n: number, more: object) =>
      store.as(boss).submit({ id: uuid(n), record: 'lamp', recordId: uuid(n), action: 'build', area: '11a1', input: { ...input, ...more } })
    for (const [i, strange] of [{ keeper: 'u-nonesuch' }, { guests: ['harbour', 'u-nonesuch'] }, { shines: 'nowhere' }].entries()) {
      const done = await build(10 + i, strange)
      expect(done.ok ? 'taken' : [done.problem.code, done.problem.path]).toEqual(['invalid', `input.${Object.keys(strange)[0]}`])
    }
    expect((await build(20, { keeper: 'harbour', guests: ['harbour'], shines: '11b' })).ok).toBe(true)
    const corrected = await store.as(boss).submit({
      id: uuid(21),
      record: 'lamp',
      recordId: uuid(20),
      action: 'correct',
      input: { event: uuid(20), reason: '填错', input: { keeper: 'u-nonesuch' } },
    })
    expect(corrected.ok ? 'taken' : [corrected.problem.code, corrected.problem.path]).toEqual(['invalid', 'input.input.keeper'])
    // A stretch of land has no inbox.
    const land = await build(22, { keeper: '11a1' })
    expect(land.ok ? 'taken' : [land.problem.code, land.problem.path]).toEqual(['invalid', 'input.keeper'])
  })

  it('takes no act that names a record which was never made, unless it is made with it', async () => {
    const { store } = await lighthouseStore(await engine.place(lighthouseTables))
    onTestFinished(() => store.close())
    const build = (n: number): Command => ({
      id: uuid(n),
      record: 'lamp',
      recordId: uuid(n),
      action: 'build',
      area: '11a1',
      input: { number: `DT-${String(n).padStart(6, '0')}`, name: '塔', colour: 'red', candela: 1 },
    })
    const order = (n: number, lamp: string): Command => ({
      id: uuid(n),
      record: 'repair',
      recordId: uuid(n),
      action: 'order',
      area: '11a1',
      input: { lamp, what: '检修', due: '2020-03-01' },
    })
    const desk = store.as(boss)
    const said = (done: Awaited<ReturnType<typeof desk.submitTogether>>) => (done.ok ? 'taken' : [done.problem.code, done.problem.path])
    // At the same moment as others, of which none fails with it.
    const together = await Promise.all(
      [[build(30)], [order(31, uuid(99))], [build(32), order(33, uuid(32))]].map((one) => desk.submitTogether(one)),
    )
    expect(together.map(said)).toEqual(['taken', ['invalid', 'input.lamp'], 'taken'])
    expect(said(await desk.submitTogether([order(34, uuid(30))]))).toBe('taken')
    expect(said(await desk.submitTogether([build(35), order(36, uuid(99))]))).toEqual(['invalid', 'commands.1.input.lamp'])
    expect((await desk.get('lamp', uuid(35))).ok).toBe(false)
  })

  it('answers the figures of an area only to those whose grant covers it', async () => {
    const { store } = await lighthouseStore(await engine.place(lighthouseTables))
    onTestFinished(() => store.close())
    const request = (area: string) => ({ indicators: ['lighthouse.lit'], areas: [area], day: '2020-02-14', days: 2 })
    const clerk = store.as({ id: 'c', name: 'c', grants: [{ role: 'county-clerk', path: '1/11/' }] })
    expect((await clerk.board(request('11a1'))).ok).toBe(true)
    expect((await clerk.board(request('12'))).ok).toBe(false)
    expect((await clerk.board(request('1'))).ok).toBe(false)
    const seen = await clerk.map('lighthouse.lit', '2020-02-14')
    expect(seen.ok && seen.value.every((figure) => figure.area.startsWith('11'))).toBe(true)
  })
})
