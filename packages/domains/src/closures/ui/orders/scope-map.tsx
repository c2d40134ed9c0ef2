import { CartogramMap, type Look, layCity, useGeo, usePlace, useSpeech, w, wayUp } from '@guatu/client'
import type { Label } from '@guatu/kernel'
import { useCallback, useMemo } from 'react'
import { aroundAll, type Covered, drawnOf } from './covered.ts'

const CLOSED = '#b3401f'
const PARTLY = '#dd8350'
const AROUND = '#dfe6ee'
const WITHIN = '#f2c9a8'
/** What a map can begin with. */
const FOCUSED: readonly string[] = ['town', 'county', 'city']

interface Props {
  readonly places: Covered['places']
  /** What the order names. */
  readonly named: readonly string[]
  readonly within: string
}

/**
 * Where an order reaches: what it covers dark, what it covers together with others less so, the rest of the area in which it stands light. Grids
 * and buildings show as their village.
 */
export function ScopeMap({ places, named, within }: Props) {
  const { t } = useSpeech()
  const { areas } = usePlace()
  const geo = useGeo()
  const above = useCallback((id: string) => wayUp(areas, id), [areas])
  const cityId = useMemo(
    () => above(within).find((id) => areas.get(id)?.level === 'city') ?? [...areas.values()].find((one) => one.level === 'city')?.id,
    [above, areas, within],
  )
  const city = useMemo(() => (cityId && geo.data ? layCity(areas, cityId, geo.data.centres) : undefined), [areas, cityId, geo.data])
  const drawn = useMemo(
    () => drawnOf(places, named, (id) => above(id).find((one) => areas.get(one)?.level === 'village') ?? id),
    [places, named, above, areas],
  )
  const [whole, partly] = [true, false].map((one) => [...drawn.values()].includes(one))
  const look = useMemo<Look>(() => {
    const [closed, shared] = [true, false].map((whole) => new Set([...drawn].flatMap(([id, one]) => (one === whole ? [id] : []))))
    const covers = (cell: { readonly id: string; readonly patch: string; readonly block: string }, of: ReadonlySet<string> = new Set()) =>
      of.has(cell.id) || of.has(cell.patch) || of.has(cell.block)
    const around = new Set([within])
    return {
      colourOf: (cell) => (covers(cell, closed) ? CLOSED : covers(cell, shared) ? PARTLY : covers(cell, around) ? WITHIN : AROUND),
      nameOf: (id) => areas.get(id.replace(/:self$/, ''))?.name ?? '',
      dark: false,
    }
  }, [drawn, within, areas])
  const focus = aroundAll(drawn.keys(), above, (id) => FOCUSED.includes(areas.get(id)?.level ?? ''))
  if (!city) return <div className="scope-map" />
  return (
    <div className="scope-map">
      <CartogramMap city={city} look={look} focus={focus} caption={t(w('封控范围示意图', 'Where the order reaches'))} />
      <div className="scope-legend">
        {whole && <Key colour={CLOSED} of={w('封控范围', 'closed')} />}
        {partly && <Key colour={PARTLY} of={w('其中一部分属封控范围', 'closed in part')} />}
        <Key colour={WITHIN} of={w('登记区划', 'area of the order')} />
      </div>
    </div>
  )
}

function Key({ colour, of }: { readonly colour: string; readonly of: Label }) {
  const { t } = useSpeech()
  return (
    <span>
      <i style={{ background: colour }} /> {t(of)}
    </span>
  )
}
