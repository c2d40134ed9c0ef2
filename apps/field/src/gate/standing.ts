import type { FieldWork } from '@guatu/client/offline'
import { gates, type passes } from '@guatu/domains'
import type { CarriedRow } from '@guatu/kernel'
import { useEffect, useState } from 'react'
import { ownAreas } from '../register/own-areas.ts'

/** Where a phone stands: chosen once, remembered by the phone. */
export interface Standing {
  readonly kind: gates.GateKind
  readonly way: 'in' | 'out'
  readonly post?: string
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

/** What the orders over this gate let in now, by the book that this phone carries. */
export function allowedHere(
  { replica }: FieldWork,
  orders: passes.GateBook['orders'],
  area: string,
  post: CarriedRow | undefined,
): gates.Allowed {
  const gate = { path: replica.area(area)?.path ?? '', places: gates.placesOf(post) }
  return gates.allowedNow(orders, gate, replica.clock.now().toString({ smallestUnit: 'millisecond' }))
}
