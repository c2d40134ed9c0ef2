import { CartogramMap, type Look, layCity, useGeo, usePlace, useSpeech, w } from '@guatu/client'
import { useMemo } from 'react'
import { CLASSES, type ZoneName } from '../tables.ts'

/** Mild to severe within each scheme: lightness alone tells the classes apart. */
export const COLOURS: Readonly<Record<ZoneName, string>> = {
  'no-active-cases': '#dceaf5',
  sporadic: '#9cc3e4',
  'community-outbreak': '#3d84bd',
  'local-epidemic': '#0b3f73',
  low: '#dceaf5',
  medium: '#6aa5d3',
  high: '#0b3f73',
}
const NONE = '#f3f5f8'
/** Outside the scale of the classes: not mild, not severe, not known. */
const UNDECIDED = '#f6d9a8'

/** The city coloured by the class of each county; a county without one of its own has that of the city, unless its own cannot be told. */
export function ZoneMap({
  classes,
  undecided,
  classesShown,
  onPick,
}: {
  readonly classes: ReadonlyMap<string, ZoneName>
  /** Areas of which what is known decides no class. */
  readonly undecided: ReadonlySet<string>
  readonly classesShown: readonly ZoneName[]
  onPick(area: string | undefined): void
}) {
  const { t } = useSpeech()
  const { areas } = usePlace()
  const geo = useGeo()
  const cityId = useMemo(() => [...areas.values()].find((one) => one.level === 'city')?.id, [areas])
  const city = useMemo(() => (cityId && geo.data ? layCity(areas, cityId, geo.data.centres) : undefined), [areas, cityId, geo.data])
  const look = useMemo<Look>(
    () => ({
      colourOf: (cell) => {
        const own = classes.get(cell.block)
        if (own === undefined && undecided.has(cell.block)) return UNDECIDED
        const zone = own ?? (cityId === undefined ? undefined : classes.get(cityId))
        return zone === undefined ? NONE : COLOURS[zone]
      },
      nameOf: (id) => areas.get(id.replace(/:self$/, ''))?.name ?? '',
      dark: false,
    }),
    [classes, undecided, areas, cityId],
  )
  if (!city) return <div className="zone-map" />
  return (
    <div className="zone-map">
      <CartogramMap city={city} look={look} caption={t(w('分区分级图', 'Map of zones'))} onPick={(area) => onPick(area?.county)} />
      <div className="zone-legend">
        {classesShown.map((one) => (
          <span key={one}>
            <i style={{ background: COLOURS[one] }} /> {t(CLASSES[one])}
          </span>
        ))}
        {undecided.size > 0 && (
          <span>
            <i style={{ background: UNDECIDED }} /> {t(w('无法定级，见说明', 'cannot be classed: see why'))}
          </span>
        )}
        <span>
          <i style={{ background: NONE }} /> {t(w('未定', 'none'))}
        </span>
      </div>
    </div>
  )
}
