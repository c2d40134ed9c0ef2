// Reforms among the acts of the kill -9 trial: what a writer confirms, and what has to hold of it after every kill.
import { type AreaFact, addDays, canonicalText, fixedClock, SYSTEM } from '@guatu/kernel'
import { GENESIS, sealed } from '../../../packages/server/src/store/log/chain.ts'
import type { Store } from '../../../packages/server/src/store/store.ts'

const FIRST = '2020-02-14'

/** Every round is a day of its own, so that what one decides ahead falls due in the next. */
export const clockOfRound = (round: number) => fixedClock(`${addDays(FIRST, round)}T02:00:00Z`)

/** A town with two villages that is about to be reformed. */
interface Plot {
  readonly town: string
  readonly ends: string
  readonly stays: string
}

/** Founds a town in one county; its villages live since yesterday. */
export async function found(store: Store, round: number, n: number): Promise<Plot | undefined> {
  const town = `t${round}-${n}`
  const plot: Plot = { town, ends: `${town}a`, stays: `${town}b` }
  const dated = { code: null, date: addDays(FIRST, round - 1), instrument: `foundation ${round}-${n} of 3` }
  const facts: AreaFact[] = [
    { kind: 'created', id: town, level: 'town', name: `镇${round}-${n}`, parent: '11', ...dated },
    { kind: 'created', id: plot.ends, level: 'village', name: '旧村', parent: town, ...dated },
    { kind: 'created', id: plot.stays, level: 'village', name: '新村', parent: town, ...dated },
  ]
  return (await store.areas.confirm(facts, SYSTEM, store.writer)).ok ? plot : undefined
}

/** One village is merged into the other, and the town comes under the other county: today, or with the next day. @returns its name once it is confirmed */
export async function reform(store: Store, { town, ends, stays }: Plot, round: number, ahead: boolean): Promise<string | undefined> {
  const dated = { date: addDays(FIRST, round + (ahead ? 1 : 0)), instrument: `reform ${town} of 3` }
  const facts: AreaFact[] = [
    { kind: 'merged', ids: [ends], into: stays, ...dated },
    { kind: 'moved', id: town, parent: '12', ...dated },
    { kind: 'renamed', id: stays, name: '并村', ...dated },
  ]
  return (await store.areas.confirm(facts, SYSTEM, store.writer)).ok ? dated.instrument : undefined
}

/** What of the reforms is lost or half done, in words; and how many records a kill had kept from moving, which have moved now. */
export async function examine(store: Store, acknowledged: readonly string[]): Promise<{ wrong: string[]; caughtUp: number }> {
  const wrong: string[] = []
  const lines = await store.db.query<{ fact: AreaFact; hash: string }>('select fact, hash from area_facts order by seq')
  let hash = GENESIS
  for (const line of lines) {
    hash = sealed(hash, canonicalText(line.fact))
    if (line.hash !== hash) wrong.push(`the chain of facts is broken at ${line.fact.instrument}`)
  }
  const recorded = Map.groupBy(lines, ({ fact }) => fact.instrument)
  for (const name of acknowledged) if (!recorded.has(name)) wrong.push(`${name} is lost`)
  for (const [name, facts] of recorded) {
    const whole = / of (\d+)$/.exec(name)?.[1]
    if (whole !== undefined && facts.length !== Number(whole)) wrong.push(`${name} has ${facts.length} facts`)
  }
  // Where the kill came before the first look of a day, states are still found under the paths of the day before.
  const before = (await store.rebuild({ check: true })).differences.filter((one) => !one.includes('the stored state differs'))
  const caughtUp = await store.areas.settle(store.writer)
  if ((await store.areas.settle(store.writer)) !== 0) wrong.push('records moved twice')
  for (const { id, area, path } of await store.db.query<{ id: string; area: string; path: string }>('select id, area, path from r_lamp')) {
    if (store.areas.index.heir(area)) wrong.push(`${id} stands in ${area}, which has ended`)
    if (store.areas.index.currentPath(area) !== path) wrong.push(`${id} of ${area} is found under ${path}`)
  }
  wrong.push(...before, ...(await store.rebuild({ check: true })).differences)
  return { wrong, caughtUp }
}
