import { centreOf, type LabelBox } from '@guatu/analytics/cartogram'
import { type Ref, useCallback, useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { usePrinting } from '../shell/printing.ts'
import type { CityMap } from './cartogram-layout.ts'
import { drawCity, type Look, labelsFor, onPaper } from './draw.ts'
import { fit, type View } from './view.ts'
import { DRAG, WHEEL, type Zoom, ZoomButtons } from './zoom-buttons.tsx'
import './cartogram-map.css'

interface Props {
  readonly city: CityMap
  readonly look: Look
  readonly large?: boolean
  /** Area to zoom to; the whole city when left out. */
  readonly focus?: string | undefined
  onPick?(area: { readonly cell: string; readonly town: string; readonly county: string } | undefined): void
  /** What the pointer is over, for a caption. */
  onHover?(area: { readonly cell: string; readonly town: string; readonly county: string } | undefined): void
  readonly caption: string
  /** For keys that stand elsewhere. */
  readonly zoomer?: Ref<Zoom>
}

const WIDEST = 60
/** Room round a village that is looked at, in radii of a cell. */
const AROUND = 6
/** How long a zoom has to rest before labels are placed for it, milliseconds. */
const REST_MS = 140

/** The city as a map that needs no geodata: wheel and pinch to zoom, drag to move, click to go into a county, town or village. */
export function CartogramMap({ city, look, large = false, focus, onPick, onHover, caption, zoomer }: Props) {
  const printing = usePrinting()
  const seen = useMemo(() => (printing ? onPaper(look) : look), [printing, look])
  const canvas = useRef<HTMLCanvasElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  const view = useRef<View>({ scale: 1, x: 0, y: 0 })
  /** Placing labels costs more than painting; they are placed once for a map, a zoom and a language. */
  const labels = useRef<{ scale: number; city?: CityMap; nameOf?: Look['nameOf']; boxes: readonly LabelBox[] }>({ scale: 0, boxes: [] })
  const frame = useRef(0)
  /** The zoom is still changing; labels are placed anew when it rests. */
  const moving = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const dragged = useRef<{ x: number; y: number; moved: boolean } | undefined>(undefined)

  const paint = useCallback(() => {
    frame.current = 0
    const pen = canvas.current?.getContext('2d')
    if (!pen || size.width === 0) return
    const ratio = window.devicePixelRatio
    pen.setTransform(ratio, 0, 0, ratio, 0, 0)
    const { scale } = view.current
    const kept = labels.current
    if ((kept.scale !== scale && !moving.current) || kept.city !== city || kept.nameOf !== seen.nameOf) {
      labels.current = { scale, city, nameOf: seen.nameOf, boxes: labelsFor(city, scale, seen.nameOf, large) }
    }
    drawCity(pen, city, view.current, seen, labels.current, size.width, size.height)
  }, [city, seen, large, size])
  // A frame that is already asked for paints what is true when it comes, not when it was asked for.
  const latest = useRef(paint)
  const repaint = useCallback(() => {
    frame.current ||= requestAnimationFrame(() => latest.current())
  }, [])

  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const watch = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }))
    watch.observe(element)
    return () => watch.disconnect()
  }, [])

  const target = useMemo(() => {
    const shape = [...city.shapes.blocks, ...city.shapes.patches].find((one) => one.id === focus)
    const cell = shape ? undefined : city.map.cells.find((one) => one.id === focus)
    // A village is looked at with its neighbours.
    if (cell) {
      const { x, y } = centreOf(cell)
      return [x - AROUND, y - AROUND, x + AROUND, y + AROUND] as const
    }
    if (!shape) return city.shapes.bounds
    const points = shape.cells.map(centreOf)
    const xs = points.map((p) => p.x)
    const ys = points.map((p) => p.y)
    return [Math.min(...xs) - 2, Math.min(...ys) - 2, Math.max(...xs) + 2, Math.max(...ys) + 2] as const
  }, [city, focus])

  useEffect(() => {
    if (size.width === 0) return
    view.current = fit(target, size.width, size.height)
    repaint()
  }, [target, size, repaint])
  useLayoutEffect(() => {
    // Whatever changed the picture, it is painted once more; paper waits for no frame.
    latest.current = paint
    if (printing) paint()
    else repaint()
  }, [paint, printing, repaint])

  const zoom = useCallback(
    (factor: number, at: { x: number; y: number }) => {
      const { scale, x, y } = view.current
      const whole = fit(city.shapes.bounds, size.width, size.height)
      const next = Math.min(WIDEST, scale * factor)
      clearTimeout(moving.current)
      moving.current = setTimeout(() => {
        moving.current = undefined
        repaint()
      }, REST_MS)
      // As small as can be, the city stands in the middle again, wherever it was dragged to.
      view.current =
        next <= whole.scale ? whole : { scale: next, x: at.x - ((at.x - x) * next) / scale, y: at.y - ((at.y - y) * next) / scale }
      repaint()
    },
    [city, repaint, size],
  )

  useEffect(() => {
    const element = canvas.current
    if (!element) return
    // React's wheel listener is passive; the page must not scroll while the map zooms.
    const wheel = (e: WheelEvent) => {
      e.preventDefault()
      zoom(Math.exp(e.deltaY * WHEEL), { x: e.offsetX, y: e.offsetY })
    }
    element.addEventListener('wheel', wheel, { passive: false })
    return () => element.removeEventListener('wheel', wheel)
  }, [zoom])

  const areaAt = (e: { nativeEvent: MouseEvent }) => {
    const { scale, x, y } = view.current
    const cell = city.cellAt({ x: (e.nativeEvent.offsetX - x) / scale, y: (e.nativeEvent.offsetY - y) / scale })
    return cell && { cell: cell.id, town: cell.patch, county: cell.block }
  }
  const about = useCallback<Zoom>((factor) => zoom(factor, { x: size.width / 2, y: size.height / 2 }), [zoom, size])
  useImperativeHandle(zoomer, () => about, [about])

  return (
    <div ref={box} className="city-map">
      <canvas
        ref={canvas}
        width={size.width * window.devicePixelRatio}
        height={size.height * window.devicePixelRatio}
        role="img"
        aria-label={caption}
        tabIndex={-1}
        onPointerDown={(e) => {
          dragged.current = { x: e.clientX, y: e.clientY, moved: false }
          e.currentTarget.setPointerCapture(e.pointerId)
        }}
        onPointerMove={(e) => {
          const from = dragged.current
          if (!from) return onHover?.(areaAt(e))
          if (Math.abs(e.clientX - from.x) + Math.abs(e.clientY - from.y) < DRAG && !from.moved) return
          view.current = { ...view.current, x: view.current.x + e.clientX - from.x, y: view.current.y + e.clientY - from.y }
          dragged.current = { x: e.clientX, y: e.clientY, moved: true }
          repaint()
        }}
        onPointerUp={(e) => {
          if (!dragged.current?.moved) onPick?.(areaAt(e))
          dragged.current = undefined
        }}
        onPointerLeave={() => onHover?.(undefined)}
      />
      <ZoomButtons zoom={about} />
    </div>
  )
}
