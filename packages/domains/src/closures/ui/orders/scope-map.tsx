import { CartogramMap, type Look, layCity, useGeo, usePlace, useSpeech, w } from '@guatu/client'
import { useMemo } from 'react'

const CLOSED = '#b3401f'
const AROUND = '#dfe6ee'
const WITHIN = '#f2c9a8'

/** Where an order reaches: its areas dark, the rest of the area in which it stands light. Grids and buildings show as their village. */
export function ScopeMap({ areas: closed, within }: { readonly areas: readonly string[]; readonly within: string }) {
  const { t } = useSpeech()
  const { areas } = usePlace()
  const geo = useGeo()
  const above = useMemo(() => {
    const chain = (id: string): string[] => {
      const out: string[] = []
      for (let at = areas.get(id); at; at = at.parent === null ? undefined : areas.get(at.parent)) out.push(at.id)
      return out
    }
    return chain
  }, [areas])
  const cityId = useMemo(
    () => above(within).find((id) => areas.get(id)?.level === 'city') ?? [...areas.values()].find((one) => one.level === 'city')?.id,
    [above, areas, within],
  )
  const city = useMemo(() => (cityId && geo.data ? layCity(areas, cityId, geo.data.centres) : undefined), [areas, cityId, geo.data])
  const look = useMemo<Look>(() => {
    const shown = new Set(closed.map((id) => above(id).find((one) => areas.get(one)?.level === 'village') ?? id))
    const covers = (cell: { readonly id: string; readonly patch: string; readonly block: string }, of: ReadonlySet<string>) =>
      of.has(cell.id) || of.has(cell.patch) || of.has(cell.block)
    const around = new Set([within])
    return {
      colourOf: (cell) => (covers(cell, shown) ? CLOSED : covers(cell, around) ? WITHIN : AROUND),
      nameOf: (id) => areas.get(id.replace(/:self$/, ''))?.name ?? '',
      dark: false,
    }
  }, [closed, within, areas, above])
  const focus = above(within).find((id) => areas.get(id)?.level === 'town') ?? above(within).find((id) => areas.get(id)?.level === 'county')
  if (!city) return <div className="scope-map" />
  return (
    <div className="scope-map">
      <CartogramMap city={city} look={look} focus={focus} caption={t(w('封控范围示意图', 'Where the order reaches'))} />
      <div className="scope-legend">
        <span style={{ background: CLOSED }} /> {t(w('封控范围', 'closed'))}
        <span style={{ background: WITHIN }} /> {t(w('登记区划', 'area of the order'))}
      </div>
    </div>
  )
}
