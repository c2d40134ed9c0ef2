import { buildRegistry, CORRECT, type Command, fixedClock, MOVE, readParameters, SYSTEM } from '@guatu/kernel'
import { cast, lighthouse, places, VILLAGES } from '@guatu/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { onBothEngines } from '../../../../../testing/src/databases/index.ts'
import { migrated, tablesOf } from '../../../../../testing/src/stores/tables.ts'
import { createWriter } from '../log/writer.ts'
import { rebuild } from './rebuild.ts'

const registry = buildRegistry([lighthouse])
const tables = migrated(tablesOf(registry))

/** One step of a random history: which lamp, what, when (hours back from the end), and a number to draw details from. */
const step = fc.record({
  lamp: fc.nat({ max: 5 }),
  act: fc.constantFrom('build', 'light', 'dim', 'refit', 'storm', 'move', 'correct', 'retire', 'repeat'),
  hoursBack: fc.nat({ max: 400 }),
  draw: fc.nat({ max: 1000 }),
})

onBothEngines('books and states', (engine) => {
  it('are what the events say, whatever was done in whatever order', { timeout: 180_000 }, async () => {
    let run = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (history) => {
        run += 1
        const db = await engine.open<unknown>({}, tables)
        const clock = fixedClock('2020-02-14T02:00:00Z')
        const settings = new Map(lighthouse.parameters.map((p) => [p.code, p.settings]))
        const writer = createWriter(
          db,
          { registry, clock, areas: () => places, parameters: (day, path) => readParameters(settings, day, path) },
          (_r, error) => {
            throw error
          },
        )
        const uuid = (kind: number, n: number) =>
          `${String(run).padStart(8, '0')}-0000-4000-8${String(kind).padStart(3, '0')}-${String(n).padStart(12, '0')}`
        const sent: Command[] = []
        for (const [i, { lamp, act, hoursBack, draw }] of history.entries()) {
          const recordId = uuid(1, lamp)
          const happenedAt = clock.now().subtract({ hours: hoursBack }).toString({ smallestUnit: 'millisecond' })
          const base = { id: uuid(2, i), record: 'lamp', recordId, happenedAt, input: {} }
          const village = VILLAGES[draw % VILLAGES.length] ?? '11a1'
          const colours = ['red', 'white', 'green']
          const original = sent.find((c) => c.recordId === recordId)
          const command: Command | undefined =
            act === 'build'
              ? {
                  ...base,
                  action: 'build',
                  area: village,
                  input: { number: `DT-${String(lamp).padStart(6, '0')}`, name: '塔', colour: colours[draw % 3], candela: draw },
                }
              : act === 'refit'
                ? { ...base, action: 'refit', input: { candela: draw, colour: colours[draw % 3] } }
                : act === 'move'
                  ? { ...base, action: MOVE, area: village }
                  : act === 'retire'
                    ? { ...base, action: 'retire', input: { reason: '旧' } }
                    : act === 'correct'
                      ? original && {
                          ...base,
                          action: CORRECT,
                          input: {
                            event: original.id,
                            reason: '误',
                            ...(draw % 3 === 0 ? { void: true } : { input: original.action === 'build' ? { candela: draw } : {} }),
                          },
                        }
                      : act === 'repeat'
                        ? sent[draw % Math.max(1, sent.length)]
                        : { ...base, action: act }
          if (!command) continue
          const actor =
            act === 'move'
              ? SYSTEM
              : act === 'storm' || act === 'retire'
                ? cast.dutyOfficer
                : { ...cast.dutyOfficer, grants: [...cast.dutyOfficer.grants, { role: 'town-clerk' as const, path: '1/' }] }
          const done = await writer.submit(command, actor)
          if (done.ok && act !== 'repeat') sent.push(command)
        }
        await writer.close()
        const report = await rebuild(db, registry, places, { check: true })
        expect(report.differences).toEqual([])
        const before = await db.query(
          'select * from tallies where entered <> 0 or "left" <> 0 or moved_in <> 0 or moved_out <> 0 order by county, area, measure, day',
        )
        await rebuild(db, registry, places, { check: false })
        expect(await db.query('select * from tallies order by county, area, measure, day')).toEqual(before)
        // Stock of a county is the sum of its villages: moves inside cancel, moves across are booked on both sides.
        const [uneven] = await db.query(
          `select c.measure from (select measure, sum(entered - "left" + moved_in - moved_out) n from tallies where area in ('11', '12') group by measure) c
           join (select measure, sum(entered - "left" + moved_in - moved_out) n from tallies where area in ('11a1', '11a2', '11b1', '12a1') group by measure) v on v.measure = c.measure where c.n <> v.n`,
        )
        expect(uneven).toBeUndefined()
        await db.close()
      }),
      { numRuns: engine.engine === 'pglite' ? 12 : 25, seed: 20200214 },
    )
  })

  it('show a forged event by the broken chain', async () => {
    const db = await engine.open<unknown>({}, tables)
    const clock = fixedClock('2020-02-14T02:00:00Z')
    const writer = createWriter(
      db,
      {
        registry,
        clock,
        areas: () => places,
        parameters:
          () =>
          <T>(_: string, fallback?: T) =>
            fallback as T,
      },
      () => undefined,
    )
    for (let i = 0; i < 3; i += 1) {
      const done = await writer.submit(
        {
          id: crypto.randomUUID(),
          record: 'lamp',
          recordId: crypto.randomUUID(),
          action: 'build',
          area: '11a1',
          input: { number: `DT-000${i}`, name: '塔', colour: 'red', candela: 5 },
        },
        cast.townClerk,
      )
      expect(done.ok).toBe(true)
    }
    await writer.close()
    expect((await rebuild(db, registry, places, { check: true })).differences).toEqual([])
    await db.query(`update events set input = jsonb_set(input, '{candela}', '6') where seq = 2`)
    const { differences } = await rebuild(db, registry, places, { check: true })
    expect(differences.some((one) => one.startsWith('chain of 11: broken at event 2'))).toBe(true)
    expect(differences.some((one) => one.startsWith('lamp '))).toBe(true)

    // A number far away leaves a gap that no walk could count through; a code with a tab in it is no line of the log.
    await db.query(`update events set input = jsonb_set(input, '{candela}', '5') where seq = 2`)
    await db.query('update events set seq = 9000000000000 where seq = 3')
    const gap = await rebuild(db, registry, places, { check: true })
    expect(gap.differences).toEqual(['chain of 11: broken at event 9000000000000; whole up to 2, the head says 3'])
    await db.query(`update events set action = E'bu\\tild' where seq = 2`)
    const tab = await rebuild(db, registry, places, { check: true })
    expect(tab.differences.some((one) => one.startsWith('chain of 11: broken at event 2; whole up to 1'))).toBe(true)
  })
})
