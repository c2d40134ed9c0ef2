import type { FieldWork, Replica } from '@guatu/client/offline'
import { gates, type passes } from '@guatu/domains'
import type { CarriedRow } from '@guatu/kernel'
import { useEffect, useState } from 'react'
import { ownAreas } from '../register/own-areas.ts'

/** Where a phone stands: chosen once, remembered by the phone. */
export interface Standing {
  readonly kind: gates.GateKind
  readonly way: 'in' | 'out'
  readonly post?: string
  /** The closed part of this area of which this is a gate, as somebody said: path of an area, or id of a place. */
  readonly part?: string
  /** Closed parts of which it is none. */
  readonly outside?: readonly string[]
}

const AT_FIRST: Standing = { kind: 'estate', way: 'out' }

/** Where this phone stands, and how to change it; undefined until it was read. */
export function useStanding(work: FieldWork): readonly [Standing | undefined, (change: Partial<Standing>) => void] {
  const [standing, setStanding] = useState<Standing>()
  useEffect(() => {
    void work.kept<Standing>('gate-post').then((kept) => setStanding(kept ?? AT_FIRST))
  }, [work])
  const change = (part: Partial<Standing>) => {
    const next = { ...(standing ?? AT_FIRST), ...part }
    setStanding(next)
    void work.keep('gate-post', next)
  }
  return [standing, change]
}

/** Gates and posts of the register around here, of one kind. */
export const postsOf = (work: FieldWork, kind: gates.GateKind): readonly CarriedRow[] =>
  work.replica.all('place').filter((row) => row.fields.kind === (kind === 'road' ? 'road' : 'gate'))

/** Area in which a line is written: that of the post, else the worker's own. */
export function areaOf(work: FieldWork, post: CarriedRow | undefined): string {
  const grants = work.replica.head?.actor.grants ?? []
  const granted = (work.replica.head?.areas ?? []).find((area) => grants.some((grant) => grant.path === area.path))
  return post?.area ?? granted?.id ?? ownAreas(work)[0] ?? ''
}

/** Where lines are written, and what the orders there ask for and let in. */
interface Here {
  readonly area: string
  readonly post: CarriedRow | undefined
  readonly allowed: gates.Allowed
  /** Closed parts of this area: whether this is a gate of one of them nobody but whoever stands there can tell. */
  readonly parts: readonly gates.ClosedPart[]
}

/** Where this phone stands by what was said of it, and by the book that it carries. */
export function hereOf(work: FieldWork, standing: Standing, orders: passes.GateBook['orders'] | undefined): Here {
  const { replica } = work
  const post = postsOf(work, standing.kind).find((row) => row.id === standing.post)
  const area = areaOf(work, post)
  if (!orders) return { area, post, parts: [], allowed: { closed: { ask: gates.NOTHING_CARRIED, parts: [] }, trades: new Map() } }
  const now = replica.clock.now().toString({ smallestUnit: 'millisecond' })
  const path = replica.area(area)?.path ?? ''
  const at = (gate: string, of: CarriedRow | undefined) => gates.allowedNow(orders, { path: gate, places: gates.placesOf(of) }, now)
  const allowed = at(path, post)
  if (standing.kind === 'road' || typeof allowed.closed === 'boolean') return { area, post, parts: [], allowed }
  // A place that this phone does not carry lies somewhere else.
  const parts = allowed.closed.parts.filter(({ what }) => isArea(what) || liesAround(replica, what, path))
  const part = parts.find(({ what }) => what === standing.part)?.what
  if (part === undefined) {
    const isOutside = parts.every(({ what }) => standing.outside?.includes(what))
    return { area, post, parts, allowed: isOutside ? { ...allowed, closed: false } : allowed }
  }
  const place = replica.get('place', part)
  const within = place?.area ?? (part === path ? area : (part.split('/').at(-2) ?? area))
  const there = at(place ? (replica.area(place.area)?.path ?? path) : part, place ?? post)
  return { area: within, post: place ?? post, parts, allowed: { ...there, closed: true } }
}

const isArea = (what: string): boolean => what.endsWith('/')

function liesAround(replica: Replica, id: string, path: string): boolean {
  const place = replica.get('place', id)
  const where = place && (replica.area(place.area)?.path ?? '')
  return where !== undefined && (where.startsWith(path) || path.startsWith(where))
}
