import { type Board, Spark, useSpeech, w } from '@guatu/client'
import type { Indicator } from '@guatu/kernel'
import { changeOf, numberOf } from './change.ts'
import './headlines.css'

interface Props {
  readonly board: Board | undefined
  /** Whether the day has figures at all. */
  readonly known: boolean
  /** Name of the area whose figures these are. */
  readonly where: string
  readonly indicators: readonly (readonly [string, Indicator])[]
  readonly chosen: string
  onChoose(id: string): void
}

const percent = (value: number, per: number | undefined) =>
  per === undefined ? undefined : per === 0 ? '—' : `${((value / per) * 100).toFixed(per >= 1000 ? 1 : 0)}%`

/** Six large figures: today, what entered and left, the course of 14 days. A click colours the map by one of them. */
export function Headlines({ board, known, where, indicators, chosen, onChoose }: Props) {
  const { t, lang } = useSpeech()
  const unknown = known ? '…' : '—'
  const show = (value: number) => numberOf(value, lang)
  return (
    <div className="wall-headlines">
      {indicators.map(([id, indicator]) => {
        const days = board?.series.find((one) => one.indicator === id)?.days ?? []
        const now = days.at(-1)
        const before = days.at(-2)
        const alarm = indicator.alert !== undefined && (now?.stock ?? 0) > indicator.alert.above
        const ratio = percent(now?.stock ?? 0, now?.per)
        return (
          <button
            type="button"
            key={id}
            className={`headline ${id === chosen ? 'headline-chosen' : ''} ${alarm ? 'headline-alarm' : ''}`}
            aria-pressed={id === chosen}
            onClick={() => onChoose(id)}
          >
            <span className="headline-label">
              {t(indicator.label)}
              {alarm && <span className="headline-sign"> ■ {t(w('预警', 'alarm'))}</span>}
            </span>
            <span className="headline-row">
              <strong>{now ? (ratio ?? show(now.stock)) : unknown}</strong>
              <Spark
                values={days.map((day) => (day.per === undefined ? day.stock : day.per === 0 ? 0 : day.stock / day.per))}
                width={110}
                height={40}
                label={t({
                  zh: `${where}${indicator.label.zh}近${days.length}天`,
                  en: `${where}: ${indicator.label.en}, last ${days.length} days`,
                })}
              />
            </span>
            <span className="headline-flow">
              {now?.per !== undefined && <span>{`${show(now.stock)} / ${show(now.per)}`}</span>}
              <span>{`↑ ${now ? show(now.entered) : unknown}`}</span>
              <span>{`↓ ${now ? show(now.left) : unknown}`}</span>
              <span className="headline-change">{`${t(w('较昨日', 'since yesterday'))} ${changeOf(now, before, lang)}`}</span>
            </span>
          </button>
        )
      })}
    </div>
  )
}
