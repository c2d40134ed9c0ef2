import { type Board, Light, useMapFigures, usePlace, useSpeech, w } from '@guatu/client'
import { dayWords } from '@guatu/kernel'
import { Button } from 'antd'
import { useMemo } from 'react'
import { LIGHTS } from '../../lights/light.ts'
import { FittingList } from './fitting-list.tsx'
import { MARK_KINDS } from './map-marks.ts'
import './task-side.css'

const [{ indicator: RED_TASKS }] = MARK_KINDS
/** No headline, but one of the lights of a day. */
export const GREEN_TASKS = 'command.tasksGreen'

interface Props {
  /** Figures of the area in view on the day looked at. */
  readonly board: Board | undefined
  /** Whether the day has figures at all. */
  readonly known: boolean
  readonly place: string
}

/** The tasks of a day that is past: what the books know of it, and in words what is known of the present only. */
export function PastSide({ board, known, place }: Props) {
  const { t } = useSpeech()
  const { areas, day, lookAt } = usePlace()
  const red = useMapFigures(RED_TASKS, day)
  const of = (indicator: string) => board?.series.find((one) => one.indicator === `command.${indicator}`)?.days.at(-1)?.stock
  const [reds, yellows, greens, open, done] = [of('tasksRed'), of('tasksYellow'), of('tasksGreen'), of('tasksOpen'), of('tasksDone')]
  const idle =
    open === undefined || reds === undefined || yellows === undefined || greens === undefined ? undefined : open - reds - yellows - greens
  const counties = useMemo(
    () =>
      (red.data?.figures ?? []).filter((one) => one.value > 0 && areas.get(one.area)?.level === 'county').sort((a, b) => b.value - a.value),
    [red.data, areas],
  )
  const lines = [
    { key: 'red', sign: <Light light="red" />, value: reds, label: LIGHTS.red },
    { key: 'yellow', sign: <Light light="yellow" />, value: yellows, label: LIGHTS.yellow },
    { key: 'green', sign: <Light light="green" />, value: greens, label: LIGHTS.green },
    { key: 'notStarted', sign: <Light light="notStarted" />, value: idle, label: LIGHTS.notStarted },
    { key: 'done', sign: <Light light="done" />, value: done, label: LIGHTS.done },
  ]
  return (
    <div className="wall-side wall-past">
      <section>
        <h2>{t({ zh: `任务状态 · ${place} · ${dayWords(day).zh}`, en: `Tasks by light · ${place} · ${dayWords(day).en}` })}</h2>
        <div className="wall-lights">
          {lines.map((line) => (
            <div key={line.key}>
              {line.sign}
              <strong>{line.value ?? (known ? '…' : '—')}</strong>
              <span>{t(line.label)}</span>
            </div>
          ))}
        </div>
      </section>
      <section>
        <h2>{t({ zh: `各区县红灯任务 · ${dayWords(day).zh}`, en: `Red tasks by county · ${dayWords(day).en}` })}</h2>
        <FittingList>
          {counties.map((one) => (
            <li key={one.area}>
              <Light light="red" />
              <span className="wall-list-text">{areas.get(one.area)?.name}</span>
              <span className="wall-list-meta">{one.value}</span>
            </li>
          ))}
          {!known && <li className="wall-none">{t(w('当日没有数据', 'No figures of that day'))}</li>}
          {known && red.data && counties.length === 0 && (
            <li className="wall-none">{t(w('当日没有区县红灯任务', 'No county had red tasks'))}</li>
          )}
        </FittingList>
      </section>
      <section>
        <h2>{t(w('红灯清单、单位排名、最新反馈', 'Red tasks, units, latest reports'))}</h2>
        <p className="wall-none">
          {t(
            w(
              '逐项清单只有现在的，不与过去的数字放在一起看。当时的经过在每项任务的办理记录里。',
              'Lists of single tasks are known for the present only and are not shown beside figures of the past. What was done then stands in the timeline of each task.',
            ),
          )}
        </p>
        <Button onClick={() => lookAt(undefined)}>{t(w('回到今天', 'Back to today'))}</Button>
      </section>
    </div>
  )
}
