import { useBoard, useLive, useMapFigures, usePlace, useRemembered, useSpeech, wallTheme } from '@guatu/client'
import { addDays, daysBetween } from '@guatu/kernel'
import { ConfigProvider, Segmented } from 'antd'
import { useMemo, useState } from 'react'
import { DayLine } from './day-line.tsx'
import { Headlines } from './headlines.tsx'
import { setsOf } from './indicator-sets.ts'
import { MapPane } from './map-pane.tsx'
import { GREEN_TASKS, PastSide, RED_TASKS } from './past-side.tsx'
import { TaskSide } from './task-side.tsx'
import { type Tour, useTour } from './use-tour.ts'
import { WallTools } from './wall-tools.tsx'
import './wall.css'

/** Days that the day line shows at most; older ones are looked at by the day chosen above. */
const LONGEST_LINE = 400
/** Days of the small curves. */
const CURVE_DAYS = 14
const isText = (value: unknown): value is string => typeof value === 'string'

/** The map on the wall: what a leader sees first, across the room. */
export default function Wall() {
  const { t } = useSpeech()
  const { registry, home, day, today, areas } = usePlace()
  const live = useLive(true)
  const sets = useMemo(() => setsOf(registry), [registry])
  const [kept, keep] = useRemembered('wall.set', sets[0]?.key ?? '', isText)
  const set = sets.find((one) => one.key === kept) ?? sets[0]
  const [picked, setPicked] = useState<string>()
  const chosen = picked ?? set?.indicators[0]?.[0] ?? ''
  // Whoever answers for a county looks at that county; the others have no figures for them.
  const [focus, setFocus] = useState<string | undefined>(home?.level === 'county' ? home.id : undefined)
  const [tour, setTour] = useState<Tour>('none')
  const area = focus ?? home?.id
  const ids = useMemo(() => sets.flatMap((one) => one.indicators.map(([id]) => id)), [sets])
  const where = useMemo(() => (area ? [area] : []), [area])
  const asked = useMemo(() => [...ids, GREEN_TASKS], [ids])
  const board = useBoard({ areas: where, indicators: asked, day, days: CURVE_DAYS })
  // The line begins where the books begin, so that nothing that happened is left out and no empty years are shown.
  const first = board.data?.first ?? today
  const earliest = addDays(today, 1 - LONGEST_LINE)
  const start = [earliest, [first, today].sort()[0] ?? today].sort()[1] ?? today
  const course = useBoard({ areas: where, indicators: useMemo(() => [chosen], [chosen]), day: today, days: daysBetween(start, today) + 1 })
  const red = useMapFigures(RED_TASKS, day)
  const redByArea = useMemo(
    () =>
      new Map(
        (red.data?.figures ?? []).flatMap((one) =>
          one.value > 0 && areas.get(one.area)?.level === 'county' ? [[one.area, one.value] as const] : [],
        ),
      ),
    [red.data, areas],
  )
  const def = registry.indicators.get(chosen)
  const choose = (id: string) => {
    setPicked(id)
    const holds = sets.find((one) => one.indicators.some(([known]) => known === id))
    if (holds) keep(holds.key)
  }

  useTour(tour === 'indicators', ids, chosen, choose)
  const stops = useMemo(() => [...[...areas.values()].filter((one) => one.level === 'county').map((one) => one.id), ''], [areas])
  useTour(tour === 'counties', stops, focus ?? '', (stop) => setFocus(stop === '' ? undefined : stop))

  return (
    <ConfigProvider theme={wallTheme}>
      <main className="wall">
        <header className="wall-head">
          <h1>{t({ zh: `${home?.name ?? ''}疫情防控与复工复产挂图`, en: `${home?.name ?? ''}: response and recovery` })}</h1>
          <WallTools live={live} failed={board.isError || red.isError} asOf={board.data?.asOf} tour={tour} onTour={setTour} />
        </header>
        <div className="wall-left">
          <Segmented
            block
            value={set?.key ?? ''}
            options={sets.map((one) => ({ value: one.key, label: t(one.label) }))}
            onChange={(key) => {
              keep(key)
              setPicked(undefined)
            }}
          />
          <Headlines
            board={board.data}
            where={areas.get(area ?? '')?.name ?? ''}
            indicators={set?.indicators ?? []}
            chosen={chosen}
            onChoose={choose}
          />
        </div>
        {def && <MapPane indicator={chosen} def={def} onChoose={choose} focus={focus} onFocus={setFocus} redByArea={redByArea} />}
        {day === today ? <TaskSide /> : <PastSide board={board.data} place={areas.get(area ?? '')?.name ?? ''} />}
        <DayLine start={start} series={course.data?.series[0]} label={def ? t(def.label) : ''} />
      </main>
    </ConfigProvider>
  )
}
