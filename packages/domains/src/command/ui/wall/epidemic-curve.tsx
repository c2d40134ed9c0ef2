import { type Board, usePlace, useSpeech, w } from '@guatu/client'
import { dayWords } from '@guatu/kernel'

/** New confirmed and suspected cases by the day of the count, which the epidemic curve is drawn from. */
export const CASES = { confirmed: 'zoning.newConfirmed', suspected: 'zoning.newSuspected' } as const

interface Props {
  readonly days: readonly string[]
  readonly cases: Board | undefined
  /** Area whose cases these are. */
  readonly place: string
}

const HEIGHT = 20

/** The epidemic curve: new confirmed cases of each day as filled bars, new suspected ones as outlined bars on them. */
export function EpidemicCurve({ days, cases, place }: Props) {
  const { t } = useSpeech()
  const { day: looked } = usePlace()
  const by = (indicator: string) =>
    new Map(cases?.series.find((one) => one.indicator === indicator)?.days.map((one) => [one.day, one.stock]) ?? [])
  const [confirmed, suspected] = [by(CASES.confirmed), by(CASES.suspected)]
  const bars = days.map((day) => ({ day, sure: confirmed.get(day) ?? 0, unsure: suspected.get(day) ?? 0 }))
  const most = Math.max(1, ...bars.map((one) => one.sure + one.unsure))
  const total = bars.reduce((sum, one) => sum + one.sure, 0)
  const peak = bars.reduce((best, one) => (one.sure > best.sure ? one : best), bars[0] ?? { day: looked, sure: 0, unsure: 0 })
  const now = bars.find((one) => one.day === looked)
  const anyUnsure = bars.some((one) => one.unsure > 0)
  const words = cases
    ? total === 0
      ? w(`${place}开始以来没有新增确诊`, `${place}: no new confirmed case since the start`)
      : w(
          `${place}每日新增确诊：共${total}例，最多${dayWords(peak.day).zh}${peak.sure}例`,
          `${place}, new confirmed cases by day: ${total} in all, most on ${dayWords(peak.day).en}, ${peak.sure}`,
        )
    : w('…', '…')
  return (
    <figure className="wall-curve">
      <figcaption>
        <strong>{t(w('流行曲线', 'Epidemic curve'))}</strong> {t(words)}
        {cases && now && (
          <span className="wall-curve-now">
            {t({ zh: `${dayWords(looked).zh} ${now.sure}例`, en: `${dayWords(looked).en}: ${now.sure}` })}
            {now.unsure > 0 && t({ zh: `，疑似${now.unsure}例`, en: `, suspected ${now.unsure}` })}
          </span>
        )}
        {anyUnsure && <span className="wall-curve-legend">{t(w('■ 确诊　□ 疑似', '■ confirmed  □ suspected'))}</span>}
      </figcaption>
      <svg viewBox={`0 0 ${Math.max(1, days.length - 1)} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={t(words)}>
        {bars.map(({ day, sure, unsure }, i) => {
          const [high, more] = [(sure / most) * (HEIGHT - 1), (unsure / most) * (HEIGHT - 1)]
          return (
            <g key={day} className={day === looked ? 'day-now' : 'day'}>
              {/* The day looked at is seen also where it had no case. */}
              {day === looked && <rect className="day-at" x={i - 0.5} width={1} y={0} height={HEIGHT} />}
              <rect x={i - 0.4} width={0.8} y={HEIGHT - high} height={high} />
              {more > 0 && <rect className="day-unsure" x={i - 0.36} width={0.72} y={HEIGHT - high - more} height={more} />}
            </g>
          )
        })}
      </svg>
    </figure>
  )
}
