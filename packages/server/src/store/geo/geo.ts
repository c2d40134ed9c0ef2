import type { Runner } from '../log/statements.ts'

/** Longitude and latitude, WGS-84 degrees. */
export type LonLat = readonly [number, number]

export interface Feature {
  readonly type: 'Feature'
  readonly properties: { readonly area: string }
  readonly geometry: { readonly type: 'Polygon' | 'MultiPolygon'; readonly coordinates: unknown }
}

/** What is known of where areas lie. Boundaries are public facts about areas, not about people. */
export interface GeoFacts {
  readonly centres: Readonly<Record<string, LonLat>>
  readonly boundaries: { readonly type: 'FeatureCollection'; readonly features: readonly Feature[] } | null
}

export async function readGeo(run: Runner): Promise<GeoFacts> {
  const rows = await run.query<{ name: string; value: unknown }>(
    "select name, value from facts where name in ('geo/centres', 'geo/boundaries')",
  )
  const found = new Map(rows.map((row) => [row.name, row.value]))
  return {
    centres: (found.get('geo/centres') ?? {}) as GeoFacts['centres'],
    boundaries: (found.get('geo/boundaries') ?? null) as GeoFacts['boundaries'],
  }
}

export async function writeGeo(run: Runner, facts: Partial<GeoFacts>): Promise<void> {
  for (const [name, value] of Object.entries(facts)) {
    await run.query('insert into facts (name, value) values ($1, $2::jsonb) on conflict (name) do update set value = excluded.value', [
      `geo/${name}`,
      JSON.stringify(value),
    ])
  }
}
