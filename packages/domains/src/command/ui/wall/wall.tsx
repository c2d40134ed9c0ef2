import { FullscreenOutlined, PrinterOutlined, RetweetOutlined } from '@ant-design/icons'
import { AsOf, useBoard, useGroups, useLive, usePlace, useSpeech, w, wallTheme } from '@guatu/client'
import { daysBetween } from '@guatu/kernel'
import { Link } from '@tanstack/react-router'
import { Button, ConfigProvider } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { DayLine } from './day-line.tsx'
import { Headlines } from './headlines.tsx'
import { MapPane } from './map-pane.tsx'
import { TaskSide } from './task-side.tsx'
import './wall.css'

/** First day of the response in the reference city: where the day line begins unless the figures begin later. */
const RESPONSE_START = '2020-01-20'
const TOUR_MS = 8_000
const RED = { light: 'red' }

/** The map on the wall: what a leader sees first, across the room. */
export default function Wall() {
  const { t, lang } = useSpeech()
  const place = usePlace()
  const live = useLive(true)
  const { registry, home, day, today, areas } = place
  const headline = useMemo(() => [...registry.indicators].filter(([, one]) => one.headline).slice(0, 6), [registry])
  const [chosen, setChosen] = useState(headline[0]?.[0] ?? '')
  const [focus, setFocus] = useState<string>()
  const [tour, setTour] = useState(false)
  const area = focus ?? home?.id
  const ids = useMemo(() => headline.map(([id]) => id), [headline])
  const where = useMemo(() => (area ? [area] : []), [area])
  const board = useBoard({ areas: where, indicators: ids, day, days: 14 })
  const start = today < RESPONSE_START ? today : RESPONSE_START
  const days = Math.min(400, daysBetween(start, today) + 1)
  const course = useBoard({ areas: where, indicators: useMemo(() => [chosen], [chosen]), day: today, days })
  const red = useGroups('task', ['unit'], RED)
  const redByArea = useMemo(() => {
    const sums = new Map<string, number>()
    for (const { values, count } of red.data?.groups ?? []) {
      let at = areas.get(String(values.unit))
      while (at && at.level !== 'county') at = at.parent === null ? undefined : areas.get(at.parent)
      if (at) sums.set(at.id, (sums.get(at.id) ?? 0) + count)
    }
    return sums
  }, [red.data, areas])
  const def = registry.indicators.get(chosen)

  useEffect(() => {
    if (!tour) return
    const timer = setInterval(() => setChosen((now) => ids[(ids.indexOf(now) + 1) % ids.length] ?? now), TOUR_MS)
    return () => clearInterval(timer)
  }, [tour, ids])

  const seen = board.data
    ? new Date(board.data.asOf).toLocaleTimeString(lang === 'zh' ? 'zh-CN' : 'en-GB', {
        timeZone: place.me.zone,
        hour: '2-digit',
        minute: '2-digit',
      })
    : '…'
  return (
    <ConfigProvider theme={wallTheme}>
      <main className="wall">
        <header className="wall-head">
          <h1>
            <Link to="/meetings">
              {t({ zh: `${home?.name ?? ''}疫情防控与复工复产挂图`, en: `${home?.name ?? ''}: response and recovery` })}
            </Link>
          </h1>
          <div className="wall-tools">
            <span role="status" className={live.connected ? 'wall-live' : 'wall-stale'}>
              {live.connected
                ? `● ${t(w('实时', 'live'))} ${seen}`
                : `▲ ${t(w('连接中断，数据截至', 'connection lost, figures as of'))} ${seen}`}
            </span>
            <AsOf />
            <Button icon={<RetweetOutlined />} type={tour ? 'primary' : 'default'} aria-pressed={tour} onClick={() => setTour(!tour)}>
              {t(w('轮播', 'Tour'))}
            </Button>
            <Button
              icon={<FullscreenOutlined />}
              aria-label={t(w('全屏', 'Full screen'))}
              onClick={() => void document.documentElement.requestFullscreen()}
            />
            <Button icon={<PrinterOutlined />} aria-label={t(w('打印', 'Print'))} onClick={() => window.print()} />
          </div>
        </header>
        <Headlines board={board.data} indicators={headline} chosen={chosen} onChoose={setChosen} />
        {def && <MapPane indicator={chosen} def={def} focus={focus} onFocus={setFocus} redByArea={redByArea} />}
        <TaskSide />
        <DayLine start={start} series={course.data?.series[0]} label={def ? t(def.label) : ''} />
      </main>
    </ConfigProvider>
  )
}
