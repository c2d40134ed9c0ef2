import {
  type AreaNode,
  type Board,
  BoundaryMap,
  CartogramMap,
  type CityMap,
  type ColourScale,
  filtersOf,
  type Look,
  layCity,
  type MarkLevel,
  Spark,
  sequentialScale,
  useGeo,
  useMapFigures,
  usePlace,
  useSpeech,
  w,
  ZOOM_STEP,
  type Zoom,
} from '@guatu/client'
import { dayWords, type Indicator } from '@guatu/kernel'
import { Link } from '@tanstack/react-router'
import { Breadcrumb, Select } from 'antd'
import { useCallback, useMemo, useRef, useState } from 'react'
import { choicesOf } from '../indicator-choices.ts'
import { MapKeys } from './map-keys.tsx'
import { MapLegend } from './map-legend.tsx'
import { type Marked, marksAt } from './map-marks.ts'
import { MarksList } from './marks-list.tsx'
import './map-pane.css'

interface Props {
  readonly indicator: string
  readonly def: Indicator
  /** Colours the map by another indicator. */
  onChoose(indicator: string): void
  readonly focus: string | undefined
  onFocus(area: string | undefined): void
  /** What is marked on the map; undefined as long as that is not known. */
  readonly marked: readonly Marked[] | undefined
  /** The figures of the indicator over the last days in the area looked at. */
  readonly series: Board['series'][number] | undefined
}

/** The city coloured by one indicator as of the day looked at. Figures are shown at the finest level at which they are kept. */
export function MapPane({ indicator, def, onChoose, focus, onFocus, marked, series }: Props) {
  const { t, lang } = useSpeech()
  const { areas, home, day, today, registry } = usePlace()
  const geo = useGeo()
  const figures = useMapFigures(indicator, day)
  const [over, setOver] = useState<{ cell: string; town: string; county: string }>()
  const [real, setReal] = useState(false)
  const [standing, setStanding] = useState<string>()
  const [listed, setListed] = useState(false)
  const zoomer = useRef<Zoom>(null)
  const kept = useRef<CityMap>(undefined)
  const cityId = useMemo(() => [...areas.values()].find((one) => one.level === 'city')?.id, [areas])
  const city = useMemo(() => {
    if (!cityId || !geo.data) return undefined
    // The same place stays at the same place when the boundaries of another day are shown.
    kept.current = layCity(areas, cityId, geo.data.centres, kept.current?.map)
    return kept.current
  }, [areas, cityId, geo.data])

  const values = useMemo(
    () =>
      new Map(
        (figures.data?.figures ?? []).map((one) => [
          one.area,
          one.per === undefined ? one.value : one.per === 0 ? 0 : (one.value / one.per) * 100,
        ]),
      ),
    [figures.data],
  )
  const boundaries = real ? geo.data?.boundaries?.features : undefined
  const level = useMemo<MarkLevel>(() => {
    // Boundaries are coloured at the level at which they were imported, whatever is kept below it.
    const known = boundaries ? boundaries.map((one) => one.properties.area) : [...values.keys()]
    const at = (wanted: MarkLevel) => known.some((id) => areas.get(id)?.level === wanted)
    return at('village') ? 'village' : at('town') ? 'town' : 'county'
  }, [values, areas, boundaries])
  const [scale, paper] = useMemo<readonly [ColourScale, ColourScale]>(() => {
    const shown = [...values].filter(([id]) => areas.get(id)?.level === level).map(([, value]) => value)
    return [sequentialScale(shown, 'dark', 6), sequentialScale(shown, 'light', 6)]
  }, [values, areas, level])
  const nameOf = useCallback((id: string) => areas.get(id.replace(/:self$/, ''))?.name ?? '', [areas])
  const marks = useMemo<NonNullable<Look['marks']>>(() => {
    const at = (wanted: MarkLevel) => marksAt(wanted, marked ?? [], areas)
    return { county: at('county'), town: at('town'), village: at('village') }
  }, [marked, areas])
  const look = useMemo<Look>(() => {
    const at = (cell: Parameters<Look['colourOf']>[0]) =>
      values.get(level === 'village' ? cell.id : level === 'town' ? cell.patch : cell.block)
    return {
      colourOf: (cell) => scale.colourOf(at(cell)),
      paperOf: (cell) => paper.colourOf(at(cell)),
      nameOf,
      dark: true,
      selected: standing ?? focus,
      marks,
    }
  }, [scale, paper, values, level, nameOf, focus, standing, marks])
  const show = (value: number | undefined) =>
    value === undefined ? '—' : def.per ? `${value.toFixed(0)}%` : value.toLocaleString(lang === 'zh' ? 'zh-CN' : 'en-GB')
  const course = (series?.days ?? []).map(({ stock, per }) => (per === undefined ? stock : per === 0 ? 0 : (stock / per) * 100))
  const behind = day === today ? filtersOf(registry, def.value) : undefined
  const LEVEL_NAMES = { village: w('按村', 'by village'), town: w('按乡镇', 'by town'), county: w('按区县', 'by county') }
  const hovered = over && areas.get((level === 'village' ? over.cell : level === 'town' ? over.town : over.county).replace(/:self$/, ''))
  const choices = useMemo(
    () =>
      choicesOf(registry).map((group) => ({
        label: t(group.label),
        options: group.indicators.map(([value, one]) => ({ value, label: t(one.label) })),
      })),
    [registry, t],
  )
  const trail = useMemo(() => {
    const out: AreaNode[] = []
    for (let one = areas.get(focus ?? ''); one && one.id !== home?.id && one.level !== 'city' && one.level !== 'province'; ) {
      out.unshift(one)
      one = areas.get(one.parent ?? '')
    }
    return out
  }, [areas, focus, home])
  const caption = t({
    zh: `${home?.name ?? ''}${def.label.zh}分布图，${dayWords(day).zh}`,
    en: `${def.label.en} by area, ${dayWords(day).en}`,
  })
  /** Into the county, then the town, then the village; a village once more, and back to its town. */
  const pick = (area: { readonly cell: string; readonly town: string; readonly county: string } | undefined) => {
    const within = new Set(trail.map((one) => one.id))
    if (area === undefined) onFocus(undefined)
    else if (!within.has(area.county)) onFocus(area.county)
    else if (!within.has(area.town) || area.cell === focus || !areas.has(area.cell)) onFocus(area.town)
    else onFocus(area.cell)
  }

  return (
    <div className="wall-map">
      <div className="wall-map-head">
        <Breadcrumb
          items={[
            {
              title: (
                <button type="button" className="wall-crumb" onClick={() => onFocus(undefined)}>
                  {home?.name}
                </button>
              ),
            },
            ...trail.map((one) => ({
              title: (
                <button type="button" className="wall-crumb" onClick={() => onFocus(one.id)}>
                  {one.name}
                </button>
              ),
            })),
          ]}
        />
        <span>
          <Select
            size="small"
            variant="filled"
            className="wall-indicator"
            aria-label={t(w('上色指标', 'Coloured by'))}
            value={indicator}
            onChange={onChoose}
            showSearch={{ optionFilterProp: 'label' }}
            popupMatchSelectWidth={false}
            options={choices}
          />
          {course.length > 1 && (
            <span className="wall-course">
              <Spark
                values={course}
                width={110}
                height={26}
                label={t({ zh: `${def.label.zh}近${course.length}天`, en: `${def.label.en}, last ${course.length} days` })}
              />
              {t({
                zh: `近${course.length}天 ${show(course.at(0))}→${show(course.at(-1))}`,
                en: `${course.length} days ${show(course.at(0))}→${show(course.at(-1))}`,
              })}
            </span>
          )}
          {' · '}
          {t(LEVEL_NAMES[level])}
          {hovered && ` · ${hovered.name} ${show(values.get(hovered.id))}`}
          {behind && (
            <>
              {' · '}
              <Link to={`/records/${behind.record}`} search={{ ...behind.filters, ...(focus === undefined ? {} : { area: focus }) }}>
                {t(w('查看记录', 'Records behind it'))}
              </Link>
            </>
          )}
        </span>
      </div>
      <MapKeys
        focus={focus}
        onFocus={onFocus}
        onStand={setStanding}
        say={(one) => show(values.get(one))}
        onZoom={(step) => zoomer.current?.(ZOOM_STEP ** step)}
        caption={caption}
      />
      {boundaries && (
        <BoundaryMap
          features={boundaries}
          look={look}
          focus={focus}
          level={level}
          caption={t({
            zh: `${home?.name ?? ''}${def.label.zh}边界图，${dayWords(day).zh}`,
            en: `${def.label.en} by boundary, ${dayWords(day).en}`,
          })}
          onHover={(area) => setOver(area === undefined ? undefined : { cell: area, town: area, county: area })}
          onPick={(area) => onFocus(area === focus ? undefined : area)}
          zoomer={zoomer}
        />
      )}
      {city && !boundaries && (
        <CartogramMap city={city} look={look} large focus={focus} caption={caption} onHover={setOver} onPick={pick} zoomer={zoomer} />
      )}
      {listed && <MarksList marked={marked} onFocus={onFocus} onClose={() => setListed(false)} />}
      <MapLegend
        scale={scale}
        paper={paper}
        show={show}
        marked={marked}
        real={geo.data?.boundaries ? real : undefined}
        onReal={setReal}
        listed={listed}
        onList={setListed}
      />
    </div>
  )
}
