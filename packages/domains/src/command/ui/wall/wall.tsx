import { useBoard, useLive, usePlace, useRemembered, useSpeech, wallTheme } from '@guatu/client'
import { addDays, daysBetween } from '@guatu/kernel'
import { ConfigProvider, Segmented } from 'antd'
import { useMemo, useState } from 'react'
import { DayLine } from './day-line.tsx'
import { CASES } from './epidemic-curve.tsx'
import { Headlines } from './headlines.tsx'
import { setsOf } from './indicator-sets.ts'
import { MapPane } from './map-pane.tsx'
import { NoFigures } from './no-figures.tsx'
import { GREEN_TASKS, PastSide } from './past-side.tsx'
import { PrintedAsOf } from './printed-as-of.tsx'
import { TaskSide } from './task-side.tsx'
import { useMarks } from './use-marks.ts'
import { isTour, type Tour, useTour } from './use-tour.ts'
import { WallTools } from './wall-tools.tsx'
import { withinOf } from './within.ts'
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
  const [picked, setPicked] = useState<string>()
  const holds = (id: string | undefined) => sets.find((one) => one.indicators.some(([known]) => known === id))
  const set = holds(picked) ?? sets.find((one) => one.key === kept) ?? sets[0]
  const chosen = picked ?? set?.indicators[0]?.[0] ?? ''
  // Whoever answers for a county looks at that county; the others have no figures for them.
  const [focus, setFocus] = useState<string | undefined>(home?.level === 'county' ? home.id : undefined)
  const [tour, setTour] = useRemembered<Tour>('wall.tour', 'none', isTour)
  const area = focus ?? home?.id
  const ids = useMemo(() => sets.flatMap((one) => one.indicators.map(([id]) => id)), [sets])
  const where = useMemo(() => (area ? [area] : []), [area])
  const always = useMemo(() => [...ids, GREEN_TASKS], [ids])
  const asked = useMemo(() => (always.includes(chosen) ? always : [...always, chosen]), [always, chosen])
  const board = useBoard({ areas: where, indicators: asked, day, days: CURVE_DAYS })
  // The line begins where the books begin, so that nothing that happened is left out and no empty years are shown.
  const first = board.data?.first ?? today
  const earliest = addDays(today, 1 - LONGEST_LINE)
  const start = [earliest, [first, today].sort()[0] ?? today].sort()[1] ?? today
  // Cases are counted by county: a town or village is shown within its county's curve.
  const counted = withinOf(areas, area, 'county') ?? area
  const curve = useMemo(() => (counted ? [counted] : []), [counted])
  const cases = useBoard({ areas: curve, indicators: NEW_CASES, day: today, days: daysBetween(start, today) + 1 })
  const { marked, failed } = useMarks()
  const def = registry.indicators.get(chosen)
  const known = home !== undefined && !(board.data?.first !== undefined && day < board.data.first)
  const figures = known ? board.data : undefined
  const choose = (id: string) => {
    setPicked(id)
    const holding = holds(id)
    if (holding) keep(holding.key)
  }

  useTour(tour === 'indicators', ids, chosen, setPicked)
  const below = home?.level === 'county' ? 'town' : 'county'
  const stops = useMemo(() => {
    const all = [...areas.values()].filter((one) => one.level === below && (below === 'county' || one.parent === home?.id))
    return [...all.map((one) => one.id), home?.level === 'county' ? home.id : '']
  }, [areas, below, home])
  useTour(tour === 'areas', stops, withinOf(areas, focus, below) ?? focus ?? '', (stop) => setFocus(stop === '' ? undefined : stop))

  return (
    <ConfigProvider theme={wallTheme}>
      <main className="wall">
        <header className="wall-head">
          <h1>{t({ zh: `${home?.name ?? ''}疫情防控与复工复产挂图`, en: `${home?.name ?? ''}: response and recovery` })}</h1>
          <PrintedAsOf asOf={board.data?.asOf} />
          <WallTools live={live} failed={board.isError || failed} asOf={board.data?.asOf} tour={tour} below={below} onTour={setTour} />
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
            board={figures}
            known={known}
            where={areas.get(area ?? '')?.name ?? ''}
            indicators={set?.indicators ?? []}
            chosen={chosen}
            onChoose={choose}
          />
        </div>
        {!known && <NoFigures first={home && board.data?.first} />}
        {def && known && (
          <MapPane
            indicator={chosen}
            def={def}
            onChoose={choose}
            focus={focus}
            onFocus={setFocus}
            marked={marked}
            series={figures?.series.find((one) => one.indicator === chosen)}
          />
        )}
        {day === today ? <TaskSide /> : <PastSide board={figures} known={known} place={areas.get(area ?? '')?.name ?? ''} />}
        <DayLine start={start} cases={cases.data} place={areas.get(counted ?? '')?.name ?? ''} />
      </main>
    </ConfigProvider>
  )
}

const NEW_CASES = [CASES.confirmed, CASES.suspected]
