import { type ColourScale, MarkShape, useSpeech, w } from '@guatu/client'
import { Segmented } from 'antd'
import { MARK_KINDS, type Marked } from './map-marks.ts'

interface Props {
  readonly scale: ColourScale
  readonly paper: ColourScale
  show(value: number): string
  /** Where each thing that is marked lies; undefined as long as that is not known. */
  readonly marked: readonly Marked[] | undefined
  /** Cells or boundaries, where boundaries are known. */
  readonly real: boolean | undefined
  onReal(real: boolean): void
  readonly listed: boolean
  onList(listed: boolean): void
}

/** What the colours and the marks of the map say. */
export function MapLegend({ scale, paper, show, marked, real, onReal, listed, onList }: Props) {
  const { t } = useSpeech()
  const total = (indicator: string) =>
    marked ? marked.filter((one) => one.kind.indicator === indicator).reduce((sum, one) => sum + one.own, 0) : '…'
  return (
    <div className="wall-legend">
      {real !== undefined && (
        <Segmented
          size="small"
          value={real ? 'real' : 'cells'}
          options={[
            { value: 'cells', label: t(w('村格图', 'Cells')) },
            { value: 'real', label: t(w('边界图', 'Boundaries')) },
          ]}
          onChange={(next) => onReal(next === 'real')}
        />
      )}
      <span>
        <span className="wall-legend-none" /> 0
      </span>
      {scale.classes.map((one, i) => (
        <span key={one.to}>
          <span
            className="wall-legend-class"
            style={{ ['--seen' as string]: one.colour, ['--paper' as string]: paper.classes[i]?.colour }}
          />{' '}
          {one.from === one.to ? show(one.to) : `${show(one.from)}–${show(one.to)}`}
        </span>
      ))}
      <span className="wall-legend-marks">
        {MARK_KINDS.map((kind) => (
          <span
            key={kind.indicator}
            className="wall-legend-mark"
            style={{ ['--mark' as string]: kind.colour, ['--paper' as string]: kind.paper }}
          >
            <MarkShape path={kind.path} /> {t(kind.label)} {total(kind.indicator)}
          </span>
        ))}
        <button type="button" className="wall-marks-button" aria-expanded={listed} onClick={() => onList(!listed)}>
          {listed ? t(w('收起清单', 'Close list')) : t(w('标记清单', 'List of marks'))}
        </button>
      </span>
    </div>
  )
}
