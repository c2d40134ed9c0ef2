import { CaretRightOutlined, PauseOutlined } from '@ant-design/icons'
import { type Board, usePlace, useSpeech, w } from '@guatu/client'
import { addDays, daysBetween, dayWords } from '@guatu/kernel'
import { Button, Slider } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { EpidemicCurve } from './epidemic-curve.tsx'
import './day-line.css'

/** How long one day is shown while playing, milliseconds. */
const STEP_MS = 700

interface Props {
  readonly start: string
  /** New cases by day up to today, as the books have them. */
  readonly cases: Board | undefined
  /** Area whose cases these are. */
  readonly place: string
}

/** The days from the start of the response with the epidemic curve: drag to any, everything shows that day; play to watch it unfold. */
export function DayLine({ start, cases, place }: Props) {
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
  const days = useMemo(() => Array.from({ length: last + 1 }, (_, i) => addDays(start, i)), [start, last])
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
      <div className="wall-days-line" style={{ ['--half' as string]: `${50 / (last + 1)}%` }}>
        <EpidemicCurve days={days} cases={cases} place={place} />
        <Slider
          min={0}
          max={last}
          value={Math.max(0, at)}
          onChange={(next) => lookAt(addDays(start, next))}
          tooltip={{ formatter: (next) => t(dayWords(addDays(start, next ?? 0))) }}
          ariaLabelForHandle={t(w('数据日', 'Day looked at'))}
          ariaValueTextFormatterForHandle={(next) => t(dayWords(addDays(start, next ?? 0)))}
          marks={{ 0: t(dayWords(start)), [last]: t(dayWords(today)) }}
        />
      </div>
      <div className={day === today ? 'wall-day' : 'wall-day wall-day-past'}>
        {t(dayWords(day))}
        <small>{day === today ? t(w('今天', 'today')) : t({ zh: `${day.slice(0, 4)}年 · 历史`, en: `${day.slice(0, 4)} · past` })}</small>
      </div>
    </div>
  )
}
