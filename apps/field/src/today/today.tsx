import { useSpeech, w } from '@guatu/client/language'
import type { Replica } from '@guatu/client/offline'
import { dayOf, dayWords, type GeoPoint, type Label, type Lang, readable, timeOf } from '@guatu/kernel'
import { useEffect, useMemo, useState } from 'react'
import { ActForm } from '../parts/act-form.tsx'
import { Icon } from '../parts/icon.tsx'
import { InClear } from '../parts/in-clear.tsx'
import { nameOf, said, tellsApart } from '../parts/words.ts'
import { useWork } from '../work.tsx'
import { Notice } from './notice.tsx'
import { Reading } from './reading.tsx'
import { halfAt, type Line, linesOf, type Task, walk } from './round.ts'

const TASKS: Readonly<Record<Task, Label>> = {
  reading: w('测温', 'Reading'),
  notice: w('告知书', 'Notice'),
  release: w('解除', 'Release'),
  transit: w('接收在途', 'On the way'),
  arrival: w('核实返巴', 'Arrival'),
  visit: w('走访', 'Visit'),
  need: w('需求', 'Need'),
  check: w('名单核查', 'List check'),
}

/** What a line leads to, beside the readings and notices that have screens of their own. */
const ACTS: Readonly<Partial<Record<Task, readonly string[]>>> = {
  release: ['release'],
  transit: ['arrive'],
  arrival: ['confirm', 'amend'],
  visit: ['finish'],
  need: ['finish', 'take'],
  check: ['answer'],
}

/** Where this phone is, once, if its owner lets it say so. */
function useHere(): GeoPoint | undefined {
  const [here, setHere] = useState<GeoPoint>()
  useEffect(() => {
    navigator.geolocation?.getCurrentPosition(
      ({ coords }) => setHere({ lon: coords.longitude, lat: coords.latitude }),
      () => undefined,
      { maximumAge: 600_000, timeout: 10_000 },
    )
  }, [])
  return here
}

/** Today's round in walking order. */
export function Today() {
  const work = useWork()
  const { t, lang } = useSpeech()
  const { replica } = work
  const today = dayOf(replica.clock.now(), replica.clock.zone)
  const now = halfAt(replica, today, timeOf(replica.clock.now(), replica.clock.zone))
  const [only, setOnly] = useState<Task>()
  const [open, setOpen] = useState<string>()
  const here = useHere()
  const lines = useMemo(() => linesOf(replica, today, now), [replica, replica.revision, today, now])
  const counts = Map.groupBy(lines, (line) => line.task)
  // A kind of which the last was done is no longer asked for: an empty list would say that nothing is left.
  const kept = only !== undefined && counts.has(only) ? only : undefined
  const stops = useMemo(() => walk(replica, kept ? lines.filter((line) => line.task === kept) : lines, here), [replica, lines, kept, here])
  const order = stops.flatMap((stop) => stop.lines)
  const place = order.findIndex((line) => line.key === open)
  const current = order[place]

  // A line that was done is gone from the list; its place is the next one's.
  const [at, setAt] = useState(0)
  useEffect(() => {
    if (place >= 0) setAt(place)
  }, [place])
  if (open !== undefined) {
    const shown = current ?? order[Math.min(at, order.length - 1)]
    const go = (step: number) => {
      const index = order.findIndex((line) => line.key === shown?.key)
      const next = order[index + step]
      if (next) setOpen(next.key)
    }
    if (shown)
      return (
        <LineScreen
          key={shown.key}
          line={shown}
          left={order.length}
          onBack={() => setOpen(undefined)}
          onNext={() => go(1)}
          onPrevious={() => go(-1)}
          onDone={() => setOpen(order[order.findIndex((line) => line.key === shown.key) + 1]?.key)}
        />
      )
  }
  return (
    <>
      <div className="bar">
        <h1>
          {t(w(`今日 ${dayWords(today).zh}`, `Today, ${dayWords(today).en}`))}
          <small className="quiet"> {t(w(`${lines.length}件`, `${lines.length} to do`))}</small>
        </h1>
      </div>
      {lines.length > 0 ? (
        <div className="filters">
          <button type="button" aria-pressed={kept === undefined} onClick={() => setOnly(undefined)}>
            {t(w('全部', 'All'))}
          </button>
          {[...counts].map(([task, list]) => (
            <button type="button" key={task} aria-pressed={kept === task} onClick={() => setOnly(task)}>
              {t(TASKS[task])} {list.length}
            </button>
          ))}
        </div>
      ) : null}
      {stops.map((stop) => (
        <section key={stop.key} className="card" style={{ padding: 0, overflow: 'hidden' }}>
          <div className="group">
            <span>{stop.name}</span>
            <span>{stop.lines.length}</span>
          </div>
          <ul className="rows" style={{ border: 0, borderRadius: 0 }}>
            {stop.lines.map((line) => (
              <li key={line.key}>
                <button type="button" className="row" onClick={() => setOpen(line.key)}>
                  <span className="grow">
                    <strong>{titleOf(work.replica, line, lang) || t(TASKS[line.task])}</strong>
                    <small>
                      {[
                        line.household?.fields.door ?? line.row.fields.text ?? line.row.fields.address ?? line.row.fields.origin,
                        tellsApart(replica, line.person, lang),
                      ]
                        .filter(Boolean)
                        .join(' · ')}
                    </small>
                  </span>
                  {line.row.fields.alarm === true ? <span className="tag bad">■ {t(w('有症状', 'Signs'))}</span> : null}
                  <span className={`tag ${line.late ? 'late' : 'due'}`}>
                    {line.late ? '▲ ' : ''}
                    {t(TASKS[line.task])}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {lines.length === 0 ? (
        <Nothing complete={work.rowsComplete} syncing={work.status.syncing} granted={(work.replica.head?.actor.grants.length ?? 0) > 0} />
      ) : null}
    </>
  )
}

/** Whom a line is about; a need is called by its kind, as no person stands behind it. */
function titleOf(replica: Replica, line: Line, lang: Lang): string {
  if (line.task === 'check') return readable(String(line.row.fields.name ?? ''), lang)
  const kind = line.task === 'need' ? replica.registry.records.get('need')?.fields.kind : undefined
  return kind ? said(replica, kind, line.row.fields.kind, lang) : nameOf(replica, line.person, 'person', lang)
}

function Nothing({ complete, syncing, granted }: { readonly complete: boolean; readonly syncing: boolean; readonly granted: boolean }) {
  const { t } = useSpeech()
  if (complete && !granted)
    return (
      <p className="note">
        {t(
          w(
            '您目前没有任何辖区的授权，原辖区的数据已从本机移除。如仍需工作，请联系管理员授权，再点“我的”里的“立即同步”。',
            'You hold no grant for any area at present, and the data of the former one left this phone. If you still work here, ask your administrator for a grant, then press “Sync now” under “Me”.',
          ),
        )}
      </p>
    )
  if (complete) return <p className="done-note">{t(w('今日的都办完了。', 'Everything of today is done.'))}</p>
  return (
    <p className="note">
      {t(
        syncing
          ? w('正在下载辖区数据…', 'Loading your area…')
          : w('辖区数据还没有下载，请在有信号的地方打开一次。', 'Your area is not loaded yet; open the app once where there is a signal.'),
      )}
    </p>
  )
}

function LineScreen(props: {
  readonly line: Line
  readonly left: number
  readonly onBack: () => void
  readonly onNext: () => void
  readonly onPrevious: () => void
  readonly onDone: () => void
}) {
  const work = useWork()
  const { t, lang } = useSpeech()
  const { line } = props
  const [touch, setTouch] = useState<{ x: number; y: number }>()
  const actions = ACTS[line.task] ?? []
  const [action, setAction] = useState(actions[0])
  const def = work.replica.registry.records.get(line.record)
  return (
    <article
      onTouchStart={(e) => setTouch({ x: e.touches[0]?.clientX ?? 0, y: e.touches[0]?.clientY ?? 0 })}
      onTouchEnd={(e) => {
        const dx = (e.changedTouches[0]?.clientX ?? 0) - (touch?.x ?? 0)
        const dy = (e.changedTouches[0]?.clientY ?? 0) - (touch?.y ?? 0)
        if (!touch || Math.abs(dx) < 70 || Math.abs(dx) < 2 * Math.abs(dy)) return
        if (dx < 0) props.onNext()
        else props.onPrevious()
      }}
    >
      <div className="bar">
        <button type="button" aria-label={t(w('返回', 'Back'))} onClick={props.onBack}>
          <Icon name="back" />
        </button>
        <h1>
          {titleOf(work.replica, line, lang) || t(TASKS[line.task])}{' '}
          <small className="quiet">
            {[line.household?.fields.door, tellsApart(work.replica, line.person, lang)].filter(Boolean).join(' · ')}
          </small>
        </h1>
        <button type="button" aria-label={t(w('下一个', 'Next'))} onClick={props.onNext}>
          <Icon name="next" />
        </button>
      </div>
      {line.task === 'reading' ? (
        <Reading line={line} onDone={props.onDone} />
      ) : line.task === 'notice' ? (
        <Notice line={line} onDone={props.onDone} />
      ) : (
        <>
          {actions.length > 1 ? (
            <div className="chips">
              {actions.map((one) => (
                <button type="button" key={one} aria-pressed={one === action} onClick={() => setAction(one)}>
                  {t(def?.actions[one]?.label ?? w(one, one))}
                </button>
              ))}
            </div>
          ) : null}
          {line.task === 'check' ? <InClear record={line.record} id={line.row.id} /> : null}
          {action === undefined ? null : (
            <ActForm key={action} record={line.record} id={line.row.id} action={action} onDone={props.onDone} />
          )}
        </>
      )}
    </article>
  )
}
