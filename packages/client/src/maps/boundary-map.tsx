import { type Ref, useEffect, useImperativeHandle, useMemo, useRef } from 'react'
import type { Geo } from '../api/map-queries.ts'
import type { Look } from './draw.ts'
import { MarkShape } from './mark-shape.tsx'
import type { MarkLevel } from './marks.ts'
import { type Box, useMovedBox } from './use-moved-box.ts'
import { type Zoom, ZoomButtons } from './zoom-buttons.tsx'

type Ring = readonly (readonly [number, number])[]

interface Props {
  readonly features: NonNullable<Geo['boundaries']>['features']
  readonly look: Look
  readonly caption: string
  /** Level of the boundaries, which marks stand on. */
  readonly level: MarkLevel
  /** Area to zoom to; the whole city when left out, or when it has no boundary. */
  readonly focus?: string | undefined
  onPick?(area: string | undefined): void
  onHover?(area: string | undefined): void
  /** For keys that stand elsewhere. */
  readonly zoomer?: Ref<Zoom>
}

/** Outer and inner rings of a polygon or of many. */
function ringsOf(geometry: unknown): readonly Ring[] {
  const { type, coordinates } = geometry as { type: string; coordinates: readonly unknown[] }
  if (type === 'Polygon') return coordinates as readonly Ring[]
  if (type === 'MultiPolygon') return (coordinates as readonly (readonly Ring[])[]).flat()
  return []
}

const WIDTH = 1000
/** Room around the whole city, so that its outline is not cut. */
const EDGE = 8
/** Room left around an area that is looked at closely, as a share of it. */
const MARGIN = 0.12

/**
 * Imported boundaries, coloured, zoomed and moved like the cartogram: equirectangular about the middle latitude, which a city is small enough for.
 */
export function BoundaryMap({ features, look, caption, level, focus, onPick, onHover, zoomer }: Props) {
  const { shapes, whole } = useMemo(() => {
    const points = features.flatMap((one) => ringsOf(one.geometry).flat())
    const lons = points.map(([lon]) => lon)
    const lats = points.map(([, lat]) => lat)
    const [west, east, south, north] = [min(lons), max(lons), min(lats), max(lats)]
    const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180)
    const scale = WIDTH / Math.max(1e-6, (east - west) * squeeze)
    const at = ([lon, lat]: readonly [number, number]) => [(lon - west) * squeeze * scale, (north - lat) * scale] as const
    const whole: Box = [-EDGE, -EDGE, WIDTH + 2 * EDGE, Math.max(1, (north - south) * scale) + 2 * EDGE]
    return {
      whole,
      shapes: features.map((one) => {
        const rings = ringsOf(one.geometry).map((ring) => ring.map(at))
        const largest = rings.reduce<readonly (readonly [number, number])[]>((best, ring) => (ring.length > best.length ? ring : best), [])
        return {
          area: one.properties.area,
          path: rings.map((ring) => `M${ring.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`).join(''),
          label: [mean(largest.map(([x]) => x)), mean(largest.map(([, y]) => y))] as const,
          box: boxOf(rings.flat()),
        }
      }),
    }
  }, [features])
  const sheet = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = sheet.current
    if (!element) return
    const areaAt = ({ target }: Event) => (target instanceof SVGPathElement ? target.dataset.area : undefined)
    const pick = (event: Event) => {
      const area = areaAt(event)
      if (area !== undefined) onPick?.(area)
    }
    const hover = (event: Event) => onHover?.(areaAt(event))
    element.addEventListener('click', pick)
    element.addEventListener('pointermove', hover)
    return () => {
      element.removeEventListener('click', pick)
      element.removeEventListener('pointermove', hover)
    }
  }, [onPick, onHover])
  const asked = shapes.find((one) => one.area === focus)?.box ?? whole
  const { box, zoom } = useMovedBox(sheet, asked, whole)
  useImperativeHandle(zoomer, () => zoom, [zoom])
  const [left, top, wide, high] = box
  // Lines stay as thick as they are, however closely one looks.
  const pixel = wide / WIDTH
  const marks = new Map((look.marks?.[level] ?? []).map((one) => [one.area, one]))
  const ink = look.dark ? '#f4f7fa' : '#14202c'
  return (
    <div className="city-map boundary-map">
      {/* Every area is a button by its name; a press anywhere inside its line does the same. */}
      <div className="boundary-sheet" ref={sheet} style={{ ['--proportion' as string]: wide / high }}>
        <svg viewBox={`${left} ${top} ${wide} ${high}`} width="100%" height="100%" role="img" aria-label={caption}>
          {shapes.map(({ area, path }) => (
            <path
              key={area}
              d={path}
              className={area === look.selected ? 'boundary-chosen' : undefined}
              style={{ ['--paper' as string]: look.paperOf?.({ id: area, patch: area, block: area }) }}
              fill={look.colourOf({ id: area, patch: area, block: area })}
              fillRule="evenodd"
              stroke={area === look.selected ? '#ffb020' : ink}
              strokeWidth={(area === look.selected ? 4 : 2) * pixel}
              data-area={area}
            />
          ))}
        </svg>
        {shapes
          .filter(({ label: [x, y] }) => x > left && x < left + wide && y > top && y < top + high)
          .map(({ area, label: [x, y] }) => (
            <button
              type="button"
              key={area}
              className="boundary-label"
              style={{ left: `${((x - left) / wide) * 100}%`, top: `${((y - top) / high) * 100}%` }}
              onClick={() => onPick?.(area)}
              onPointerEnter={() => onHover?.(area)}
              onPointerLeave={() => onHover?.(undefined)}
              onFocus={() => onHover?.(area)}
            >
              {look.nameOf(area)}
              {marks.get(area)?.parts.map((part) => (
                <small key={part.path} style={{ ['--mark' as string]: part.colour, ['--paper' as string]: part.paper }}>
                  <MarkShape path={part.path} /> {part.count}
                </small>
              ))}
            </button>
          ))}
      </div>
      <ZoomButtons zoom={zoom} />
    </div>
  )
}

const min = (all: readonly number[]) => all.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
const max = (all: readonly number[]) => all.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
const mean = (all: readonly number[]) => all.reduce((a, b) => a + b, 0) / Math.max(1, all.length)

/** The box of some points with a margin around them. */
function boxOf(points: readonly (readonly [number, number])[]): Box {
  const xs = points.map(([x]) => x)
  const ys = points.map(([, y]) => y)
  const [left, top] = [min(xs), min(ys)]
  const [wide, high] = [Math.max(1, max(xs) - left), Math.max(1, max(ys) - top)]
  return [left - wide * MARGIN, top - high * MARGIN, wide * (1 + 2 * MARGIN), high * (1 + 2 * MARGIN)]
}
