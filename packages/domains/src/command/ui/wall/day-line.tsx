import { CaretRightOutlined, PauseOutlined } from '@ant-design/icons'
import { type Board, usePlace, useSpeech, w } from '@guatu/client'
import { addDays, daysBetween } from '@guatu/kernel'
import { Button, Slider } from 'antd'
import { useEffect, useState } from 'react'
import './day-line.css'

/** How long one day is shown while playing, milliseconds. */
const STEP_MS = 700

interface Props {
  readonly start: string
  readonly series: Board['series'][number] | undefined
  readonly label: string
}

/** The days from the start of the response: drag to any, everything shows that day; play to watch it unfold. */
export function DayLine({ start, series, label }: Props) {
  const { t } = useSpeech()
  const { day, today, lookAt } = usePlace()
  const [playing, setPlaying] = useState(false)
  const last = Math.max(1, daysBetween(start, today))
  const at = daysBetween(start, day)
  useEffect(() => {
    if (!playing) return
    const timer = setTimeout(() => {
      if (day >= today) setPlaying(false)
      else lookAt(addDays(day, 1))
    }, STEP_MS)
    return () => clearTimeout(timer)
  }, [playing, day, today, lookAt])
  const values = (series?.days ?? []).slice(-(last + 1)).map((one) => one.stock)
  const most = Math.max(1, ...values)
  return (
    <div className="wall-days">
      <Button
        type="primary"
        size="large"
        icon={playing ? <PauseOutlined /> : <CaretRightOutlined />}
        aria-label={playing ? t(w('暂停', 'Pause')) : t(w('播放', 'Play'))}
        onClick={() => {
          if (!playing && day >= today) lookAt(start)
          setPlaying(!playing)
        }}
      />
      <div className="wall-days-line">
        <svg
          viewBox={`0 0 ${values.length} 20`}
          preserveAspectRatio="none"
          role="img"
          aria-label={t({ zh: `${label}逐日`, en: `${label} by day` })}
        >
          {values.map((value, i) => (
            <rect
              key={addDays(start, i)}
              x={i + 0.1}
              width={0.8}
              y={20 - (value / most) * 19}
              height={(value / most) * 19}
              className={i === at ? 'day-now' : 'day'}
            />
          ))}
        </svg>
        <Slider
          min={0}
          max={last}
          value={Math.max(0, at)}
          onChange={(next) => lookAt(addDays(start, next))}
          tooltip={{ formatter: (next) => addDays(start, next ?? 0) }}
          ariaLabelForHandle={t(w('数据日', 'Day looked at'))}
          marks={{ 0: start.slice(5), [last]: today.slice(5) }}
        />
      </div>
      <div className={day === today ? 'wall-day' : 'wall-day wall-day-past'}>
        {day}
        <small>{day === today ? t(w('今天', 'today')) : t(w('历史', 'past'))}</small>
      </div>
    </div>
  )
}
