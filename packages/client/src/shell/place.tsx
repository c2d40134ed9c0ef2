import type { Permit, Registry, Role, Surroundings } from '@guatu/kernel'
import { no, ok, problem } from '@guatu/kernel'
import { createContext, type ReactNode, useContext, useMemo, useRef, useState } from 'react'
import { useAreas, useMe } from '../api/queries.ts'
import type { AreaNode, AreaTreeOfDay, Me } from '../api/types.ts'
import { usePreferences } from '../records/preference.ts'
import { useSpeech } from './language.tsx'
import type { Screen } from './screens.ts'
import { belongTo } from './whose-browser.ts'

/** What every screen stands in: who looks, the city's day, the day looked at, areas and bodies by id. */
export interface Place {
  readonly registry: Registry
  readonly me: Me
  /** The city's today. */
  readonly today: string
  /** The day looked at; today unless somebody went back. */
  readonly day: string
  lookAt(day: string | undefined): void
  /** First day on which there are areas: none before it can be looked at. */
  readonly firstDay: string
  readonly areas: ReadonlyMap<string, AreaNode>
  /** The outermost area of the person's grants. */
  readonly home: AreaNode | undefined
  readonly units: readonly AreaNode[]
  /** Units that this person works for. */
  readonly ownUnits: readonly string[]
  /** What an area or unit is called on that day, also one that has ended or not begun by then; its id where nobody knows it. */
  named(id: unknown): string
  has(...roles: readonly Role[]): boolean
  /** May this person read records of this name at all? What may not be read is not asked for. */
  reads(record: string): boolean
  /** May this person look one of them up by what names it exactly, if they read no list of them? */
  looksUp(record: string): boolean
  readonly at: Surroundings
  /** What a record shows beside its facts, by the record's name. */
  readonly panels: Panels
  readonly pages: Pages
  /** The way on from a record that could not be made, by the code of the refusal. */
  readonly waysOn: WaysOn
}

/** Pages made for one record, by its name: the path up to its id. */
export type Pages = Readonly<Record<string, string>>
export type Panels = NonNullable<Screen['panels']>
export type WaysOn = NonNullable<Screen['waysOn']>

const Context = createContext<Place | undefined>(undefined)

export function usePlace(): Place {
  const place = useContext(Context)
  if (!place) throw new Error('usePlace needs a PlaceProvider above it')
  return place
}

const dayIn = (iso: string, zone: string) => Temporal.Instant.from(iso).toZonedDateTimeISO(zone).toPlainDate().toString()

/** The areas by id: the same map as long as they are the same, so that what is laid out from them stays as it is from day to day. */
function useTree(read: AreaTreeOfDay | undefined): ReadonlyMap<string, AreaNode> | undefined {
  const kept = useRef<ReadonlyMap<string, AreaNode>>(undefined)
  return useMemo(() => {
    const before = kept.current
    const same = ({ id, name, parent, code }: AreaNode) => {
      const known = before?.get(id)
      return known !== undefined && known.name === name && known.parent === parent && known.code === code
    }
    if (read && !(before?.size === read.areas.length && read.areas.every(same)))
      kept.current = new Map(read.areas.map((one) => [one.id, one]))
    return kept.current
  }, [read])
}

export function PlaceProvider({
  registry,
  panels,
  pages,
  waysOn,
  children,
}: {
  readonly registry: Registry
  readonly panels: Panels
  readonly pages: Pages
  readonly waysOn: WaysOn
  readonly children: ReactNode
}) {
  const me = useMe()
  const [asked, lookAt] = useState<string | undefined>(undefined)
  const today = me.data ? dayIn(me.data.now, me.data.zone) : ''
  const chosen = usePreferences()
  const areas = useAreas(asked === today ? undefined : asked)
  const byId = useTree(areas.data)
  const { lang } = useSpeech()
  const value = useMemo<Place | undefined>(() => {
    if (!me.data || !areas.data || !byId || chosen.isPending) return undefined
    const person = me.data
    // Before any page reads what the browser remembers.
    belongTo(person.id)
    const homes = person.grants.flatMap((grant) => byId.get(grant.area) ?? [])
    const others = new Map(areas.data.others.map(({ id, name }) => [id, name]))
    const nameOf = (id: string) => byId.get(id)?.name ?? others.get(id)
    const at: Surroundings = {
      lang,
      zone: person.zone,
      nameOf: (_kind, id) => nameOf(id),
      find: (kind, written) => {
        const found = areas.data.areas.find((one) => one.id === written || one.name === written || one.code === written)
        if (found) return ok(found.id)
        return kind === 'record' || kind === 'person' ? ok(written) : no(problem('not-found', { what: written }))
      },
    }
    const mayBy = (permit: Permit | undefined) => person.grants.some((grant) => permit?.[grant.role] !== undefined)
    return {
      registry,
      me: person,
      today,
      day: asked ?? today,
      lookAt: (day) => lookAt(day === undefined || day >= today ? undefined : day),
      firstDay: areas.data.first ?? today,
      areas: byId,
      home: homes[0],
      units: areas.data.areas.filter((one) => one.level === 'unit'),
      ownUnits: [...new Set(person.grants.flatMap((grant) => grant.unit ?? []))],
      named: (id) => nameOf(String(id)) ?? String(id),
      has: (...roles) => person.grants.some((grant) => roles.includes(grant.role)),
      reads: (record) => mayBy(registry.records.get(record)?.read),
      looksUp: (record) => mayBy(registry.records.get(record)?.lookUp),
      at,
      panels,
      pages,
      waysOn,
    }
  }, [me.data, areas.data, byId, chosen.isPending, registry, panels, pages, waysOn, today, asked, lang])
  return value ? <Context.Provider value={value}>{children}</Context.Provider> : null
}
