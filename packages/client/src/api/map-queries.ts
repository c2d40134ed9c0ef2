import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { call } from './client.ts'
import { together } from './together.ts'

export interface MapFigures {
  readonly asOf: string
  readonly day: string
  readonly figures: readonly { readonly area: string; readonly value: number; readonly per?: number }[]
}

export interface Geo {
  readonly centres: Readonly<Record<string, readonly [lon: number, lat: number]>>
  /** GeoJSON features with the property `area`; none until boundaries are imported. */
  readonly boundaries: {
    readonly type: 'FeatureCollection'
    readonly features: readonly { readonly type: 'Feature'; readonly properties: { readonly area: string }; readonly geometry: unknown }[]
  } | null
}

export interface Groups {
  readonly groups: readonly { readonly values: Readonly<Record<string, string | number | boolean | null>>; readonly count: number }[]
}

/** Figures of one indicator in every area on a day. */
export const useMapFigures = (indicator: string, day: string) =>
  useQuery({
    queryKey: ['board', 'map', indicator, day],
    queryFn: ({ signal }) => call<MapFigures>(`/api/map?indicator=${encodeURIComponent(indicator)}&day=${day}`, { signal }),
    placeholderData: keepPreviousData,
    enabled: indicator !== '' && day !== '',
  })

export const useGeo = () => useQuery({ queryKey: ['geo'], queryFn: () => call<Geo>('/api/geo'), staleTime: 10 * 60_000 })

const groupsOf = (record: string, by: readonly string[], filters: Readonly<Record<string, string>>) => ({
  queryKey: ['groups', record, by, filters],
  queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
    call<Groups>(`/api/${record}/groups?${new URLSearchParams({ by: by.join(), ...filters })}`, { signal }),
})

/** Counts of a record by some of its fields. */
export const useGroups = (record: string, by: readonly string[], filters: Readonly<Record<string, string>> = {}, asked = true) =>
  useQuery({ ...groupsOf(record, by, filters), placeholderData: keepPreviousData, enabled: asked })

/** Counts of a record by some of its fields for each of these filters, all of them or, as long as one is missing, none. */
export const useGroupsOfEach = (record: string, by: readonly string[], filters: readonly Readonly<Record<string, string>>[]) =>
  useQueries({ queries: filters.map((one) => groupsOf(record, by, one)), combine: together })
