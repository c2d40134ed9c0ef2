import { type AreaNode, MarkShape, usePlace, useSpeech, w } from '@guatu/client'
import { dayWords } from '@guatu/kernel'
import type { Marked } from './map-marks.ts'

interface Props {
  /** Where each thing that is marked lies; undefined as long as that is not known. */
  readonly marked: readonly Marked[] | undefined
  onFocus(area: string | undefined): void
  onClose(): void
}

const ON_THE_MAP: readonly string[] = ['county', 'town', 'village']

/** What is marked on the map as a list, for keyboard, screen reader and whoever looks for one: each with its place, a press goes there. */
export function MarksList({ marked, onFocus, onClose }: Props) {
  const { t } = useSpeech()
  const { areas, day } = usePlace()
  const placeOf = (id: string) => {
    const names: string[] = []
    for (let one: AreaNode | undefined = areas.get(id); one; one = areas.get(one.parent ?? ''))
      if (ON_THE_MAP.includes(one.level)) names.unshift(one.name)
    return names.length > 0 ? names.join(' ') : t({ zh: `${areas.get(id)?.name ?? ''}本级`, en: `${areas.get(id)?.name ?? ''} itself` })
  }
  const lines = (marked ?? []).filter((one) => one.own > 0)
  const heading = t({ zh: `图上标记 · ${dayWords(day).zh}`, en: `Marks on the map · ${dayWords(day).en}` })
  return (
    <section
      className="wall-marks"
      aria-label={heading}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <h2>{heading}</h2>
      {lines.length === 0 && <p>{marked ? t(w('当日没有可标记的', 'Nothing to be marked on that day')) : '…'}</p>}
      <ul>
        {lines.map(({ kind, area, own }) => (
          <li key={`${kind.indicator} ${area}`}>
            <button
              type="button"
              style={{ ['--mark' as string]: kind.colour }}
              onClick={() => onFocus(ON_THE_MAP.includes(areas.get(area)?.level ?? '') ? area : undefined)}
            >
              <MarkShape path={kind.path} />
              <span>{`${t(kind.label)} ${own}`}</span>
              <span>{placeOf(area)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
