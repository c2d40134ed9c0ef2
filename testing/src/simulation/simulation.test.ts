import { describe, expect, it } from 'vitest'
import { testEngine } from '../databases/both-engines.ts'
import { live } from './history.ts'
import { MERGING } from './office.ts'
import { accounted, compare, inOrderOn } from './oracle.ts'
import { simulate } from './simulate.ts'
import { stranger } from './stranger.ts'
import { ELSEWHERE, World } from './world.ts'

const { place } = testEngine('postgres')
const places = async () => ({ first: (await place()).target, second: (await place()).target })
const seeds = (from: number, n: number) => Array.from({ length: n }, (_, i) => from + i)
/** A correction that became known after one that said the same: what follows from it once stood a day too late. */
const CONSEQUENCE_LATE = 1217
/** A visit, and a way to the clinic, that became known after what they belong to was void, and had moved. */
const OVERTAKEN = [7922, 7970]
/** A move that became known late, of somebody observed to a home that had a pass by then; of one who is entered twice and observed twice. */
const MOVED_LATE = [20145, 20164]
/** An arrival while two entries were one person, that became known after they were two again. */
const PARTED = 61085
/** A fever that became known after another one was corrected, for which nobody was to be called back. */
const FEVER_LATE = 62399
/** Histories in which entries are merged and undone most of the time; in the first a transfer moved on another day than who was to tell of it. */
const MERGED = seeds(MERGING + 1, 4)

describe('random histories over bad networks', () => {
  it('end as they would without any network: nothing lost, nothing twice, books balanced, nobody seen from elsewhere', {
    timeout: 600_000,
  }, async () => {
    const verdicts = await simulate(await places(), [
      ...seeds(1, 16),
      CONSEQUENCE_LATE,
      ...OVERTAKEN,
      ...MOVED_LATE,
      PARTED,
      FEVER_LATE,
      ...MERGED,
    ])
    expect(verdicts.flatMap(({ seed, wrong }) => wrong.map((one) => `seed ${seed}: ${one}`))).toEqual([])
    const ends = (state: string) => verdicts.reduce((sum, { acts }) => sum + (acts[state] ?? 0), 0)
    // Histories in which nothing went wrong would prove nothing.
    expect(ends('confirmed')).toBeGreaterThan(300)
    expect(ends('dropped')).toBeGreaterThan(12)
  })

  it('are the same for the same seed, alone or among others', { timeout: 300_000 }, async () => {
    const [alone] = await simulate(await places(), [3])
    const [, among] = await simulate(await places(), [2, 3])
    expect(among?.trace).toEqual(alone?.trace)
    expect(among?.hash).toBe(alone?.hash)
  })

  it('are judged by something that notices: a lost act, a changed state, a figure that is off', { timeout: 300_000 }, async () => {
    const { first, second } = await places()
    const [with_, without] = [await World.of(first, [5]), await World.of(second, [5])]
    try {
      const lived = await live(with_, 5)
      expect(await inOrderOn(without, with_, lived)).toEqual([])
      expect(await compare(with_, without, lived)).toEqual([])
      expect(await accounted(with_, lived)).toEqual([])
      // A clerk of the county itself is no stranger: the same questions find what is there.
      await with_.employ('at-home', 'county-clerk', 's5')
      const learned = await stranger(with_, lived, 'at-home')
      for (const way of ['limit=500', '/timeline', 'export.csv', '/names?', 'counts'])
        expect(
          learned.some((one) => one.includes(way)),
          way,
        ).toBe(true)
      await with_.employ('foreign', 'county-clerk', ELSEWHERE)
      expect(await stranger(with_, lived, 'foreign')).toEqual([])
      const { db } = with_.store
      const [tally] = await db.query<{ measure: string }>(`update tallies set entered = entered + 1 where area = 's5' returning measure`)
      expect(tally).toBeDefined()
      expect((await compare(with_, without, lived)).length).toBeGreaterThan(0)
      await db.query(`update r_watch set state = 'died' where id = (select id from r_watch where county = 's5' limit 1)`)
      expect((await compare(with_, without, lived))[0]).toMatch(/^watch /)
      const sent = lived.phones.flatMap((phone) => phone.entries).find((entry) => entry.state === 'confirmed')
      await db.query('delete from events where id = $1', [sent?.act.event])
      expect(await accounted(with_, lived)).toEqual([expect.stringContaining('confirmed, and not stored')])
    } finally {
      await with_.stop()
      await without.stop()
    }
  })
})
