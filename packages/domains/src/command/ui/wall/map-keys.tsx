import { usePlace, useSpeech, w } from '@guatu/client'
import { type KeyboardEvent, useMemo, useState } from 'react'

interface Props {
  /** Area that the map is zoomed to; the whole city when left out. */
  readonly focus: string | undefined
  onFocus(area: string | undefined): void
  /** Area that the keys stand on, to be shown on the map. */
  onStand(area: string | undefined): void
  /** Makes the map larger (1), smaller (−1), by one step. */
  onZoom(step: 1 | -1): void
  /** What is said of an area: its figure. */
  say(area: string): string
  readonly caption: string
}

const ZOOMS: Readonly<Record<string, 1 | -1>> = { '+': 1, '=': 1, '-': -1, '−': -1 }
const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

/**
 * The way into the map for whoever has no mouse or does not see it: arrows go from area to area, Enter goes in, Escape goes out; where they stand is
 * shown on the map and said with its figure.
 */
export function MapKeys({ focus, onFocus, onStand, onZoom, say, caption }: Props) {
  const { t } = useSpeech()
  const { areas } = usePlace()
  const [standing, setStanding] = useState<string>()
  const inside = useMemo(
    () =>
      [...areas.values()].filter((one) => (focus === undefined ? one.level === 'county' : one.parent === focus && one.level !== 'unit')),
    [areas, focus],
  )
  const stand = (area: string | undefined) => {
    setStanding(area)
    onStand(area)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    const zoom = ZOOMS[event.key]
    const at = inside.findIndex((one) => one.id === standing)
    if (step !== undefined) stand(inside[at < 0 ? (step > 0 ? 0 : inside.length - 1) : (at + step + inside.length) % inside.length]?.id)
    else if (zoom !== undefined) onZoom(zoom)
    else if (event.key === 'Enter' && standing !== undefined) {
      stand(undefined)
      onFocus(standing)
    } else if (event.key === 'Escape' && focus !== undefined) {
      const parent = areas.get(areas.get(focus)?.parent ?? '')
      stand(focus)
      onFocus(parent && parent.level !== 'city' && parent.level !== 'province' ? parent.id : undefined)
    } else return
    event.preventDefault()
  }
  const heard = standing ?? focus
  return (
    <div className="wall-keys">
      <button
        type="button"
        className="wall-keys-button"
        aria-label={t({
          zh: `${caption}：方向键选区域，回车进入，Esc返回上级，加减键缩放`,
          en: `${caption}: arrows choose an area, Enter goes in, Escape goes up, plus and minus zoom`,
        })}
        onKeyDown={onKeyDown}
        onBlur={() => stand(undefined)}
      >
        ⌨ {t(w('方向键 · 回车 · Esc · + −', 'arrows · Enter · Esc · + −'))}
      </button>
      <span className="wall-heard" role="status">
        {heard === undefined ? '' : `${areas.get(heard)?.name ?? ''} ${say(heard)}`}
      </span>
    </div>
  )
}
