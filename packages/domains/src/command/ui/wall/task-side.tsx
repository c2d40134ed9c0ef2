import { Light, useGroups, usePlace, useRecords, useSpeech, w } from '@guatu/client'
import { dayOf, dayWords, timeOf } from '@guatu/kernel'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { LIGHTS } from '../../lights/light.ts'
import { FittingList } from './fitting-list.tsx'
import { rank } from './rank.ts'
import './task-side.css'

const RED = { light: 'red', sort: 'due', limit: '8' }
const RECENT = { sort: '-reportedAt', limit: '8', reportedAt: 'given' }
/** Units listed at most; as many are seen as there is room for. */
const MOST_UNITS = 12
const DONE = { state: 'accepted' }
const LIGHT_ORDER = ['red', 'yellow', 'green', 'notStarted', 'done'] as const

/** Tasks by light with the oldest red first, units by on-time rate, what came in last. */
export function TaskSide() {
  const { t } = useSpeech()
  const { named, at, today } = usePlace()
  const lights = useGroups('task', ['light'])
  const red = useRecords('task', RED)
  const recent = useRecords('task', RECENT)
  const onTime = useGroups('task', ['unit', 'onTime'], DONE)
  const open = useGroups('task', ['unit', 'light'])
  // What is not known yet is not nought.
  const countOf = (light: string) => (lights.data ? (lights.data.groups.find((group) => group.values.light === light)?.count ?? 0) : '…')
  const ranking = useMemo(() => rank(onTime.data?.groups ?? [], open.data?.groups ?? []), [onTime.data, open.data])
  /** What came in today says when; what came in before says on which day. */
  const clock = (iso: unknown) => {
    const instant = Temporal.Instant.from(String(iso))
    const [on, time] = [dayOf(instant, at.zone), timeOf(instant, at.zone)]
    return on === today ? time : `${t(dayWords(on))} ${time}`
  }
  const rows = (query: typeof red) => query.data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <div className="wall-side">
      <section>
        <h2>{t(w('任务状态', 'Tasks by light'))}</h2>
        <div className="wall-lights">
          {LIGHT_ORDER.map((light) => (
            <div key={light}>
              <Light light={light} />
              <strong>
                <Link to="/records/task" search={{ light }}>
                  {countOf(light)}
                </Link>
              </strong>
              <span>{t(LIGHTS[light])}</span>
            </div>
          ))}
        </div>
      </section>
      <section>
        <h2>
          {t(w('红灯任务（最久在前）', 'Red tasks, oldest first'))}{' '}
          <Link to="/records/task" search={{ light: 'red' }}>
            {t({ zh: `共${countOf('red')}项`, en: `· all ${countOf('red')}` })}
          </Link>
        </h2>
        <FittingList>
          {rows(red).map((row) => (
            <li key={row.id}>
              <Light light="red" />
              <span className="wall-list-text">
                <Link to={`/records/task/${row.id}`}>{String(row.fields.content)}</Link>
              </span>
              <span className="wall-list-meta">{`${named(row.fields.unit)} · ${t(dayWords(String(row.fields.due)))}`}</span>
            </li>
          ))}
          {red.data && rows(red).length === 0 && <li className="wall-none">{t(w('没有红灯任务', 'No red tasks'))}</li>}
        </FittingList>
      </section>
      <section>
        <h2>
          {t(w('单位按期率（低在前）', 'Units by on-time rate, lowest first'))}{' '}
          <Link to="/scoreboard">{t({ zh: `共${ranking.length}个`, en: `· all ${ranking.length}` })}</Link>
        </h2>
        <FittingList>
          {ranking.slice(0, MOST_UNITS).map((one) => (
            <li key={one.unit}>
              <span className="wall-list-text">
                <Link to="/records/task" search={{ unit: one.unit }}>
                  {named(one.unit)}
                </Link>
              </span>
              <span className="wall-bar" aria-hidden>
                <span className="wall-bar-fill" style={{ width: `${one.done === 0 ? 0 : (one.onTime / one.done) * 100}%` }} />
              </span>
              <span className="wall-list-meta">
                {one.done === 0 ? t({ zh: `在办${one.open}`, en: `${one.open} open` }) : `${one.onTime}/${one.done}`}
              </span>
            </li>
          ))}
        </FittingList>
      </section>
      <section>
        <h2>{t(w('最新反馈', 'Latest reports'))}</h2>
        <FittingList>
          {rows(recent).map((row) => (
            <li key={row.id}>
              <span className="wall-list-meta">{clock(row.fields.reportedAt)}</span>
              <span className="wall-list-text">
                <Link to={`/records/task/${row.id}`}>{`${named(row.fields.unit)}：${String(row.fields.progress ?? '')}`}</Link>
              </span>
            </li>
          ))}
          {recent.data && rows(recent).length === 0 && <li className="wall-none">{t(w('还没有反馈', 'No report yet'))}</li>}
        </FittingList>
      </section>
    </div>
  )
}
