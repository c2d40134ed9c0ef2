import { useSpeech, w } from '@guatu/client'
import { addDays, daysBetween, dayWords } from '@guatu/kernel'
import './temperature-curve.css'

export interface Reading {
  readonly day: string
  readonly half: 'morning' | 'evening'
  readonly temperature: number
  /** How many signs were named. */
  readonly symptoms: number
}

const [WIDTH, HEIGHT] = [600, 200]
const [LEFT, RIGHT, TOP, BOTTOM] = [40, 8, 10, 26]
const [LOW, HIGH] = [35.5, 39.5]

/** Two readings a day from entry to the day of release: mornings hollow, evenings filled, fever and signs square; the fever line dashed. */
export function TemperatureCurve(props: {
  readonly readings: readonly Reading[]
  readonly from: string
  readonly until: string
  readonly fever: number | undefined
}) {
  const { readings, from, until, fever } = props
  const { t } = useSpeech()
  if (from === '' || until === '') return null
  const last = [until, ...readings.map((one) => one.day)].sort().at(-1) ?? until
  const days = Math.max(1, daysBetween(from, last)) + 1
  const x = (day: string, half: Reading['half']) =>
    LEFT + ((daysBetween(from, day) + (half === 'morning' ? 0.3 : 0.75)) * (WIDTH - LEFT - RIGHT)) / days
  const y = (value: number) => TOP + ((HIGH - Math.min(HIGH, Math.max(LOW, value))) * (HEIGHT - TOP - BOTTOM)) / (HIGH - LOW)
  const sorted = [...readings].sort((a, b) => x(a.day, a.half) - x(b.day, b.half))
  const hot = (one: Reading) => (fever !== undefined && one.temperature >= fever) || one.symptoms > 0
  const step = Math.ceil(days / 8)
  return (
    <figure className="temperature-curve">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t(w('每日两次体温', 'Two temperatures a day'))}>
        {[36, 37, 38, 39].map((value) => (
          <g key={value}>
            <line x1={LEFT} x2={WIDTH - RIGHT} y1={y(value)} y2={y(value)} className="grid-line" />
            <text x={LEFT - 6} y={y(value) + 4} textAnchor="end">
              {value}
            </text>
          </g>
        ))}
        {Array.from({ length: days }, (_, i) => addDays(from, i))
          .filter((_, i) => i % step === 0)
          .map((day) => (
            <text key={day} x={x(day, 'morning')} y={HEIGHT - 8} textAnchor="middle">
              {t(dayWords(day))}
            </text>
          ))}
        {fever !== undefined && (
          <>
            <line x1={LEFT} x2={WIDTH - RIGHT} y1={y(fever)} y2={y(fever)} className="fever-line" />
            <text x={WIDTH - RIGHT} y={y(fever) - 4} textAnchor="end" className="fever-text">
              {fever.toFixed(1)} ℃
            </text>
          </>
        )}
        <line x1={x(until, 'evening')} x2={x(until, 'evening')} y1={TOP} y2={HEIGHT - BOTTOM} className="until-line" />
        <polyline points={sorted.map((one) => `${x(one.day, one.half)},${y(one.temperature)}`).join(' ')} className="course" />
        {sorted.map((one) => {
          const [cx, cy] = [x(one.day, one.half), y(one.temperature)]
          const title = `${t(dayWords(one.day))} ${t(one.half === 'morning' ? w('上午', 'morning') : w('下午', 'evening'))} ${one.temperature.toFixed(1)} ℃${one.symptoms > 0 ? t(w('，有症状', ', signs')) : ''}`
          const key = `${one.day}${one.half}${one.temperature}`
          return hot(one) ? (
            <rect key={key} x={cx - 5} y={cy - 5} width={10} height={10} className="hot">
              <title>{title}</title>
            </rect>
          ) : (
            <circle key={key} cx={cx} cy={cy} r={4} className={one.half}>
              <title>{title}</title>
            </circle>
          )
        })}
      </svg>
      <figcaption>
        {t(w('○ 上午　● 下午　■ 发热或有症状　┊ 解除日', '○ morning  ● evening  ■ fever or signs  ┊ day of release'))}
      </figcaption>
    </figure>
  )
}
