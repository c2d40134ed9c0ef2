import { type Command, MOVE, SYSTEM } from '@guatu/kernel'
import { cast } from '@guatu/testing'
import { expect, it, onTestFinished } from 'vitest'
import { onBothEngines, type TestEngine } from '../../../../../testing/src/databases/index.ts'
import { lighthouseStore, lighthouseTables } from '../../../../../testing/src/stores/lighthouse-store.ts'

async function setUp(engine: TestEngine) {
  const { store, clock } = await lighthouseStore(await engine.place(lighthouseTables))
  onTestFinished(() => store.close())
  const clerk = { ...cast.townClerk, grants: [{ role: 'town-clerk' as const, path: '1/' }] }
  const build = async (n: number, area: string, happenedAt: string) => {
    const command: Command = {
      id: crypto.randomUUID(),
      record: 'lamp',
      recordId: crypto.randomUUID(),
      action: 'build',
      area,
      happenedAt,
      input: { number: `DT-${String(n).padStart(5, '0')}`, name: '塔', colour: 'red', candela: 10 },
    }
    expect((await store.writer.submit(command, clerk)).ok).toBe(true)
    const lit = await store.writer.submit(
      {
        id: crypto.randomUUID(),
        record: 'lamp',
        recordId: command.recordId,
        action: 'light',
        happenedAt: happenedAt.replace('01:00', '02:00'),
        input: {},
      },
      clerk,
    )
    expect(lit.ok).toBe(true)
    return command.recordId
  }
  const courseOf = async (area: string, day: string, days: number) => {
    const board = await store
      .as({ ...cast.dutyOfficer, grants: [{ role: 'duty-officer', path: '1/' }] })
      .board({ indicators: ['lighthouse.lit'], areas: [area], day, days })
    const course = board.ok ? (board.value[0]?.days ?? []) : []
    return course.map(({ stock, entered, left, movedIn, movedOut }) => ({ stock, entered, left, movedIn, movedOut }))
  }
  const figures = async (area: string, day: string) => (await courseOf(area, day, 1))[0]
  const balanced = async () => expect((await store.rebuild({ check: true })).differences).toEqual([])
  return { store, clock, build, figures, courseOf, balanced, clerk }
}

onBothEngines('a reform', (engine) => {
  it('moves the records of a merged village to its heir, outside of entered and left', async () => {
    const { store, build, figures, balanced, clerk } = await setUp(engine)
    const id = await build(1, '11a1', '2020-02-05T01:00:00Z')
    await build(2, '11a2', '2020-02-05T01:00:00Z')
    const done = await store.areas.confirm(
      [{ kind: 'merged', ids: ['11a1'], into: '11a2', date: '2020-02-10', instrument: '并村文件' }],
      SYSTEM,
      store.writer,
    )
    expect(done).toMatchObject({ ok: true, value: { moved: 1 } })
    const row = await store.as(clerk).get('lamp', id)
    expect(row.ok && [row.value.area, row.value.path, row.value.state]).toEqual(['11a2', '1/11/11a/11a2/', 'lit'])
    expect(await figures('11a1', '2020-02-09')).toMatchObject({ stock: 1 })
    expect(await figures('11a1', '2020-02-10')).toEqual({ stock: 0, entered: 0, left: 0, movedIn: 0, movedOut: 1 })
    expect(await figures('11a2', '2020-02-10')).toEqual({ stock: 2, entered: 0, left: 0, movedIn: 1, movedOut: 0 })
    expect(await figures('11a', '2020-02-10')).toEqual({ stock: 2, entered: 0, left: 0, movedIn: 0, movedOut: 0 })
    const timeline = await store.as(clerk).timeline('lamp', id)
    expect(timeline.ok && timeline.value.map((event) => event.action)).toEqual(['build', 'light', MOVE])
    await balanced()
  })

  it('moves the books of a town that comes under another county, also for acts that arrive late', async () => {
    const { store, build, figures, balanced } = await setUp(engine)
    await build(1, '11b1', '2020-02-05T01:00:00Z')
    const done = await store.areas.confirm(
      [{ kind: 'moved', id: '11b', parent: '12', date: '2020-02-10', instrument: '区划调整' }],
      SYSTEM,
      store.writer,
    )
    expect(done.ok).toBe(true)
    await build(2, '11b1', '2020-02-06T01:00:00Z')
    await build(3, '11b1', '2020-02-12T01:00:00Z')
    expect(await figures('11', '2020-02-09')).toMatchObject({ stock: 2 })
    expect(await figures('12', '2020-02-09')).toMatchObject({ stock: 0 })
    expect(await figures('11', '2020-02-10')).toEqual({ stock: 0, entered: 0, left: 0, movedIn: 0, movedOut: 2 })
    expect(await figures('12', '2020-02-10')).toEqual({ stock: 2, entered: 0, left: 0, movedIn: 2, movedOut: 0 })
    expect(await figures('12', '2020-02-12')).toMatchObject({ stock: 3, entered: 1 })
    expect(await figures('1', '2020-02-12')).toMatchObject({ stock: 3 })
    expect(await figures('11b', '2020-02-12')).toMatchObject({ stock: 3, movedIn: 0, movedOut: 0 })
    await balanced()
  })

  it('that dissolves a county leaves the books of the city balanced, on its day and looking back over it', async () => {
    const { store, build, figures, courseOf, balanced } = await setUp(engine)
    await build(1, '12a1', '2020-02-05T01:00:00Z')
    await build(2, '12a1', '2020-02-06T01:00:00Z')
    await build(3, '11a1', '2020-02-05T01:00:00Z')
    const before = await courseOf('1', '2020-02-09', 6)
    const dated = { date: '2020-02-10', instrument: '撤县文件' } as const
    const done = await store.areas.confirm(
      [
        { kind: 'moved', id: '12a', parent: '11', ...dated },
        { kind: 'merged', ids: ['12'], into: '11', ...dated },
      ],
      SYSTEM,
      store.writer,
    )
    expect(done.ok).toBe(true)
    await build(4, '12a1', '2020-02-11T01:00:00Z')
    expect(await figures('12', '2020-02-10')).toEqual({ stock: 0, entered: 0, left: 0, movedIn: 0, movedOut: 2 })
    expect(await figures('11', '2020-02-10')).toEqual({ stock: 3, entered: 0, left: 0, movedIn: 2, movedOut: 0 })
    expect(await figures('1', '2020-02-10')).toEqual({ stock: 3, entered: 0, left: 0, movedIn: 2, movedOut: 2 })
    // What the city had before is the same whether it is asked for before the reform or after it.
    expect(await courseOf('1', '2020-02-09', 6)).toEqual(before)
    const course = await courseOf('1', '2020-02-11', 8)
    expect(course.slice(0, 6)).toEqual(before)
    expect(course.at(-1)).toMatchObject({ stock: 4, entered: 1, movedIn: 0, movedOut: 0 })
    for (const [i, one] of course.slice(1).entries())
      expect(one.stock).toBe((course[i]?.stock ?? 0) + one.entered - one.left + one.movedIn - one.movedOut)
    await balanced()
  })

  it('says how many records moved also when the clock took them along', async () => {
    const { store, build } = await setUp(engine)
    await build(1, '11a1', '2020-02-05T01:00:00Z')
    await build(2, '11a1', '2020-02-05T01:00:00Z')
    let open = true
    const taken: number[] = []
    const watch = async () => {
      while (open) taken.push(await store.areas.settle(store.writer))
    }
    const watches = [watch(), watch()]
    const done = await store.areas.confirm(
      [{ kind: 'merged', ids: ['11a1'], into: '11a2', date: '2020-02-10', instrument: '并村文件' }],
      SYSTEM,
      store.writer,
    )
    open = false
    await Promise.all(watches)
    // The clock was quicker indeed: otherwise this would test nothing.
    expect(Math.max(...taken)).toBe(2)
    expect(done).toMatchObject({ ok: true, value: { moved: 2 } })
  })

  it('lets today’s areas be asked for the figures of the old ones, without changing what was counted', async () => {
    const { store, build, clerk } = await setUp(engine)
    await build(1, '11a1', '2020-02-05T01:00:00Z')
    await build(2, '11a2', '2020-02-05T01:00:00Z')
    await build(3, '11b1', '2020-02-05T01:00:00Z')
    await build(4, '12a1', '2020-02-05T01:00:00Z')
    const dated = { date: '2020-02-10', instrument: '撤并文件' } as const
    const done = await store.areas.confirm(
      [
        {
          kind: 'split',
          id: '11a1',
          into: [
            { id: '11a2', parts: 3 },
            { id: '11b1', parts: 1 },
          ],
          ...dated,
        },
        { kind: 'moved', id: '11b', parent: '12', ...dated },
      ],
      SYSTEM,
      store.writer,
    )
    expect(done.ok).toBe(true)
    const over = async (area: string, then: string) => {
      const found = await store
        .as({ ...clerk, grants: [{ role: 'duty-officer', path: '1/' }] })
        .areaOver(area, '2020-02-14', then, ['lighthouse.lit', 'lighthouse.candela'])
      if (!found.ok) throw new Error(found.problem.message.en)
      return found.value.figures.map(({ numerator, denominator, per }) => [numerator / denominator, per && per.numerator / per.denominator])
    }
    const candela = 10
    // Three quarters of the divided village and its own; a quarter and its own; the town that came over with that quarter.
    expect(await over('11a2', '2020-02-09')).toEqual([
      [1.75, 1.75],
      [1.75 * candela, undefined],
    ])
    expect(await over('11b1', '2020-02-09')).toEqual([
      [1.25, 1.25],
      [1.25 * candela, undefined],
    ])
    expect(await over('12', '2020-02-09')).toEqual([
      [2.25, 2.25],
      [2.25 * candela, undefined],
    ])
    expect(await over('11', '2020-02-09')).toEqual([
      [1.75, 1.75],
      [1.75 * candela, undefined],
    ])
    expect(await over('1', '2020-02-09')).toEqual([
      [4, 4],
      [4 * candela, undefined],
    ])
    expect(await over('12', '2020-02-14')).toEqual([
      [2, 2],
      [2 * candela, undefined],
    ])
    expect(await store.as(clerk).areaOver('11', '2020-02-14', '2020-02-09', ['no.such'])).toMatchObject({
      ok: false,
      problem: { code: 'not-found' },
    })
    expect(
      await store.as({ ...clerk, grants: [{ role: 'town-clerk', path: '1/12/' }] }).areaOver('11', '2020-02-14', '2020-02-09', []),
    ).toMatchObject({
      problem: { code: 'outside-jurisdiction' },
    })
  })

  it('may be decided ahead: everything stands until its day, and moves then', async () => {
    const { store, clock, build, figures, balanced, clerk } = await setUp(engine)
    const merged = await build(1, '11a1', '2020-02-05T01:00:00Z')
    const carried = await build(2, '11b1', '2020-02-05T01:00:00Z')
    const dated = { date: '2020-02-20', instrument: '撤并文件' } as const
    const done = await store.areas.confirm(
      [
        { kind: 'merged', ids: ['11a1'], into: '11a2', ...dated },
        { kind: 'moved', id: '11b', parent: '12', ...dated },
        { kind: 'renamed', id: '11a2', name: '新名村', ...dated },
      ],
      SYSTEM,
      store.writer,
    )
    expect(done).toMatchObject({ ok: true, value: { facts: 3, moved: 0 } })
    const where = async (id: string) => {
      const row = await store.as(clerk).get('lamp', id)
      return row.ok ? row.value.path : row.problem.code
    }
    expect(await store.areas.settle(store.writer)).toBe(0)
    expect([await where(merged), await where(carried)]).toEqual(['1/11/11a/11a1/', '1/11/11b/11b1/'])
    expect(store.areas.index.name('11a2')).not.toBe('新名村')
    // Work goes on in the area that will end.
    await build(3, '11a1', '2020-02-14T01:00:00Z')
    expect(await figures('11', '2020-02-14')).toMatchObject({ stock: 3 })
    await balanced()

    clock.set('2020-02-19T16:00:30Z')
    expect(await store.areas.settle(store.writer)).toBe(2)
    expect(await store.areas.settle(store.writer)).toBe(0)
    expect([await where(merged), await where(carried)]).toEqual(['1/11/11a/11a2/', '1/12/11b/11b1/'])
    expect(store.areas.index.name('11a2')).toBe('新名村')
    expect(await figures('11a1', '2020-02-19')).toMatchObject({ stock: 2 })
    expect(await figures('11a2', '2020-02-20')).toMatchObject({ stock: 2, entered: 0, movedIn: 2 })
    expect(await figures('12', '2020-02-20')).toMatchObject({ stock: 1, movedIn: 1 })
    expect(await figures('1', '2020-02-20')).toMatchObject({ stock: 3 })
    await balanced()
  })

  it('that contradicts the tree changes nothing', async () => {
    const { store, balanced } = await setUp(engine)
    const refused = await store.areas.confirm(
      [{ kind: 'merged', ids: ['11a1'], into: 'nowhere', date: '2020-02-10', instrument: '错' }],
      SYSTEM,
      store.writer,
    )
    expect(refused.ok).toBe(false)
    expect(store.areas.tree.asOf('2020-02-14').get('11a1')).toBeDefined()
    expect(await store.db.query("select 1 from area_facts where fact->>'kind' = 'merged'")).toHaveLength(0)
    await balanced()
  })
})
