import { type FieldWork, NoNetwork } from '@guatu/client/offline'
import type { passes } from '@guatu/domains'
import { dayOf } from '@guatu/kernel'
import type { Standing } from './standing.ts'

/** A place where somebody may be going. */
export interface Destination {
  readonly id: string
  readonly name: string
  readonly level: string
  /** Name of what it stands in. */
  readonly within: string
}

export interface KeptAreas {
  readonly day: string
  readonly areas: readonly Destination[]
  /** Names of the city and its counties: who names one of them as origin comes from within. */
  readonly here: readonly string[]
}

const LOGS: readonly string[] = ['gate-officer', 'grid-worker', 'town-clerk']

/** May this worker stand at a gate? */
export const mayStand = (work: FieldWork): boolean => work.replica.head?.actor.grants.some((grant) => LOGS.includes(grant.role)) ?? false

/** Is standing at a gate all that this worker does? Whoever holds no grant at all does nothing. */
export const onlyStands = (work: FieldWork): boolean =>
  mayStand(work) && (work.replica.head?.actor.grants.every((grant) => grant.role === 'gate-officer') ?? false)

/** Whoever stands at a gate carries its book, whatever is closed around here; others only while something is. */
export const carriesBook = async (work: FieldWork): Promise<boolean> =>
  mayStand(work) && (onlyStands(work) || (await work.kept<Standing>('gate-post')) !== undefined)

/** A book younger than this is not asked for again, milliseconds: the server would answer with the same. */
const FRESH = 30_000
const running = new WeakMap<FieldWork, Promise<void>>()

/** Fetches what a gate needs where there is no network; what was fetched before stays when there is none. */
export function prepareGate(work: FieldWork): Promise<void> {
  const known = running.get(work)
  if (known) return known
  const now = fetchAll(work).finally(() => running.delete(work))
  running.set(work, now)
  return now
}

/** Fetches the book by which passes are checked. */
export async function fetchBook(work: FieldWork): Promise<void> {
  const known = await work.kept<passes.GateBook>('gate-book')
  if (known && work.replica.clock.now().epochMilliseconds - Date.parse(known.asOf) < FRESH) return
  const book = await work.ask('/api/passes/book')
  if (book.status === 200) await work.keep('gate-book', book.body)
}

async function fetchAll(work: FieldWork): Promise<void> {
  try {
    await fetchBook(work)
    const key = await work.ask('/api/gate/key')
    if (key.status === 200) await work.keep('gate-key', (key.body as { recognise: string }).recognise)
    const day = dayOf(work.replica.clock.now(), work.replica.clock.zone)
    if ((await work.kept<KeptAreas>('gate-areas'))?.day === day) return
    const areas = await work.ask('/api/areas')
    if (areas.status === 200) await work.keep('gate-areas', destinations(day, (areas.body as { areas: readonly Node[] }).areas))
  } catch (error) {
    if (!(error instanceof NoNetwork)) throw error
  }
}

interface Node {
  readonly id: string
  readonly name: string
  readonly level: string
  readonly parent: string | null
}

/** 巴州区 is said as 巴州 as well. */
const stem = (name: string) => (name.length > 2 ? name.replace(/[市区县]$/, '') : name)

function destinations(day: string, nodes: readonly Node[]): KeptAreas {
  const names = new Map(nodes.map((node) => [node.id, node.name]))
  return {
    day,
    areas: nodes
      .filter(({ level }) => level === 'village' || level === 'town' || level === 'county')
      .map(({ id, name, level, parent }) => ({ id, name, level, within: names.get(parent ?? '') ?? '' })),
    here: nodes.flatMap(({ name, level }) => (level === 'city' || level === 'county' ? [stem(name)] : [])),
  }
}
