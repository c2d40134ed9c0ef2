import { useSpeech, w } from '../shell/language.tsx'

/** Makes the map larger or smaller about its middle, by a factor. */
export type Zoom = (factor: number) => void

/** By how much one press makes the map larger. */
export const ZOOM_STEP = 1.4
/** By how much one unit of a wheel's turn does, as an exponent. */
export const WHEEL = -0.0015
/** How far a pointer moves before it drags the map, pixels. */
export const DRAG = 4

/** Larger and smaller, for whoever has no wheel. */
export function ZoomButtons({ zoom }: { readonly zoom: Zoom }) {
  const { t } = useSpeech()
  return (
    <div className="city-map-zoom">
      <button type="button" onClick={() => zoom(ZOOM_STEP)} aria-label={t(w('放大', 'Zoom in'))}>
        +
      </button>
      <button type="button" onClick={() => zoom(1 / ZOOM_STEP)} aria-label={t(w('缩小', 'Zoom out'))}>
        −
      </button>
    </div>
  )
}
