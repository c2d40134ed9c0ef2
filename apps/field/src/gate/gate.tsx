import { useSpeech, w } from '@guatu/client/language'
import { gates } from '@guatu/domains'
import { dayOf, type Label } from '@guatu/kernel'
import { type FormEvent, useCallback, useEffect, useId, useRef, useState } from 'react'
import { Icon } from '../parts/icon.tsx'
import { clock, tellsApart, townOf } from '../parts/words.ts'
import { Wrong } from '../parts/wrong.tsx'
import { Camera } from '../scan/camera.tsx'
import { useWork } from '../work.tsx'
import { useCarried } from './carried.ts'
import { DecisionCard, type Otherwise } from './decision.tsx'
import { exitsOf, noteExit } from './exits.ts'
import { type Looked, look } from './look.ts'
import { Questions } from './questions.tsx'
import { ShownCard } from './shown.tsx'
import { hereOf, postsOf, useStanding } from './standing.ts'
import { type LastLine, Undo } from './undo.tsx'
import { Where } from './where.tsx'

const HOMES: readonly string[] = ['village', 'grid', 'building']
const SENDS_ON: readonly string[] = ['home', 'central', 'clinic', 'holding']

/** The gate: show a pass, a card or a plate, see the decision large, log it. From the keyboard, by touch, with and without a network. */
export default function Gate() {
  const work = useWork()
  const { t, lang } = useSpeech()
  const { replica } = work
  const [standing, change] = useStanding(work)
  const { asOf, areas, orders } = useCarried()
  const [shown, setShown] = useState('')
  const [checked, setChecked] = useState<gates.Checked>()
  const [problem, setProblem] = useState<Label>()
  const [asked, setAsked] = useState(gates.NOTHING_ASKED)
  const [otherwise, setOtherwise] = useState<Otherwise>()
  const [camera, setCamera] = useState(false)
  const [busy, setBusy] = useState(false)
  const [logged, setLogged] = useState<Label>()
  const [last, setLast] = useState<LastLine>()
  /** Counts who comes by: what was opened for one is not open for the next. */
  const [nth, setNth] = useState(0)
  const entry = useRef<HTMLInputElement>(null)
  const temperature = useRef<HTMLInputElement>(null)
  const entryId = useId()
  /** Which look is the present one: an answer to an earlier one comes too late. */
  const looks = useRef(0)
  const way = standing?.way ?? 'out'

  const found = useCallback((looked: Looked) => {
    if ('problem' in looked) {
      setChecked(undefined)
      setProblem(looked.problem)
      return
    }
    setChecked(looked)
    setShown(looked.number ?? looked.plate ?? looked.document ?? '')
  }, [])
  const check = useCallback(
    async (text: string) => {
      setCamera(false)
      setProblem(undefined)
      setChecked(undefined)
      setLogged(undefined)
      if (text.trim() === '') return
      setShown(text)
      looks.current += 1
      const mine = looks.current
      const corrected = (late: Looked) => {
        if (mine === looks.current) found(late)
      }
      const first = await look(work, text, way, await exitsOf(work), corrected)
      if (mine !== looks.current) return
      found(first)
      // What was not recognised is typed again; else the temperature is next.
      if ('problem' in first) entry.current?.select()
      else temperature.current?.focus()
    },
    [work, way, found],
  )
  // What was found stands above what is being filled in and moves it: it stays in sight, not behind the decision.
  useEffect(() => {
    if (checked) document.activeElement?.scrollIntoView({ block: 'nearest' })
  }, [checked])
  const closeCamera = useCallback(() => setCamera(false), [])
  const readCode = useCallback((text: string) => void check(text), [check])
  const reset = () => {
    looks.current += 1
    setShown('')
    setChecked(undefined)
    setProblem(undefined)
    setAsked(gates.NOTHING_ASKED)
    setOtherwise(undefined)
    setNth((n) => n + 1)
    entry.current?.focus()
  }
  if (!standing) return null
  const { kind } = standing
  const { area, post, allowed, parts } = hereOf(work, standing, orders)
  const rules = replica.parameters(dayOf(replica.clock.now(), replica.clock.zone), replica.area(area)?.path ?? '')
  const crossing = gates.crossingOf(kind, way, asked, checked, rules, areas?.here ?? [])
  const ruling = gates.isSlip(asked.temperature) ? { ask: gates.SLIP } : gates.rulingOf(crossing, rules, allowed)
  const decided = 'decision' in ruling ? ruling : undefined
  const decision = otherwise?.decision ?? decided?.decision
  const who = gates.whoOf(asked, checked)
  // Somebody is registered where a home can be: where they go, or else where this post stands.
  const placed = crossing.destination !== undefined || HOMES.includes(replica.area(area)?.level ?? '')
  const log = async () => {
    if (decision === undefined || busy) return
    // What was typed and not looked at yet is looked at first: nobody is let through on a number that nobody checked.
    if (shown.trim() !== '' && !checked && !problem) return check(shown)
    setBusy(true)
    const id = crypto.randomUUID()
    const because = otherwise?.because.trim() ?? ''
    const done = await work.act([
      {
        record: 'crossing',
        id,
        action: 'record',
        area,
        input: {
          ...crossing,
          decision,
          ...(post ? { post: post.id } : {}),
          ...(decided?.days !== undefined && otherwise === undefined ? { days: decided.days } : {}),
          ...(because === '' ? {} : { because }),
        },
        ...(who ? { beside: { ...who, person: crypto.randomUUID(), event: crypto.randomUUID() } } : {}),
      },
    ])
    setBusy(false)
    if (!done.ok) {
      setProblem(done.problem.message)
      return
    }
    const exit = way === 'out' && decision === 'pass' ? crossing.passNumber : undefined
    if (exit !== undefined) await noteExit(work, exit)
    setLast({ id, area, ...(exit === undefined ? {} : { exit }) })
    setLogged(
      work.status.online
        ? w('✓ 已登记', '✓ Logged')
        : w('✓ 已存本机，有信号时自动上传', '✓ Kept on this device; sent when there is a signal'),
    )
    reset()
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    void log()
  }
  // Whoever is sent on needs a destination that confirms the arrival, and whoever is not known a place to be registered in.
  const asksWhere =
    (decision !== undefined && SENDS_ON.includes(decision)) || (kind === 'road' && way === 'in' && who !== undefined && 'document' in who)
  const destinations = asksWhere && crossing.destination === asked.destination ? (areas?.areas ?? []) : undefined
  return (
    <form className="post" onSubmit={send}>
      <div className="bar">
        <h1>{t(w('卡口查验', 'Gate'))}</h1>
        <span className="quiet">
          {asOf === undefined
            ? t(w('尚无查验数据，请联网一次', 'No data to check with: go online once'))
            : t(w(`数据 ${clock(asOf, replica).zh}`, `data of ${clock(asOf, replica).en}`))}
        </span>
      </div>
      <Where
        standing={standing}
        posts={postsOf(work, kind)}
        parts={kind === 'estate' ? parts : []}
        onChange={(part) => {
          change(part)
          // Who goes out is looked up otherwise than who comes in.
          if (part.way) reset()
        }}
      />
      <div className="columns">
        <div className="asking">
          {camera ? <Camera onRead={readCode} onClose={closeCamera} /> : null}
          <div>
            <label htmlFor={entryId}>{t(w('通行证、证件或车牌', 'Pass, document or plate'))}</label>
            <div className="entry">
              <input
                id={entryId}
                ref={entry}
                value={shown}
                maxLength={200}
                autoComplete="off"
                autoCapitalize="characters"
                enterKeyHint="search"
                placeholder={t(w('扫码，或输入后查验', 'Scan, or type and check'))}
                onChange={(e) => {
                  // What was found belongs to what was shown, not to what is typed now.
                  looks.current += 1
                  setShown(e.target.value)
                  setChecked(undefined)
                  setProblem(undefined)
                }}
                onKeyDown={(e) => {
                  // Enter in the box asks what was shown; anywhere else it logs the decision.
                  if (e.key !== 'Enter') return
                  e.preventDefault()
                  void check(shown)
                }}
              />
              <button
                type="button"
                aria-label={t(w('打开摄像头扫码', 'Scan with the camera'))}
                disabled={camera}
                onClick={() => setCamera(true)}
              >
                <Icon name="scan" />
              </button>
              <button type="button" disabled={shown.trim() === ''} onClick={() => void check(shown)}>
                {t(w('查验', 'Check'))}
              </button>
            </div>
          </div>
          {logged ? <p className="done-note">{t(logged)}</p> : null}
          {last ? (
            <Undo
              key={last.id}
              line={last}
              onDone={() => {
                setLast(undefined)
                setLogged(w('✓ 已撤销，请重新登记', '✓ Cancelled: log it anew'))
              }}
            />
          ) : null}
          {problem ? <Wrong>{t(problem)}</Wrong> : null}
          {problem === gates.EITHER ? (
            <div className="pair">
              <button type="button" onClick={() => void check(gates.sayWhich('document', shown))}>
                {t(w('按证件查', 'It is a document'))}
              </button>
              <button type="button" onClick={() => void check(gates.sayWhich('pass', shown))}>
                {t(w('按通行证查', 'It is a pass'))}
              </button>
            </div>
          ) : null}
          {checked ? (
            <ShownCard
              checked={checked}
              asked={asked}
              areaName={(id) => areas?.areas.find((one) => one.id === id)?.name ?? townOf(replica, id)}
              tells={(one) => [tellsApart(replica, one, lang), one.fields.phone].filter(Boolean).join(' · ')}
              placed={placed}
              onChange={setAsked}
              onDriver={(person) => setChecked(gates.drivenBy(checked, person))}
            />
          ) : null}
          <Questions
            gate={kind}
            asked={asked}
            trades={[...allowed.trades.keys()]}
            destinations={destinations}
            temperature={temperature}
            onChange={setAsked}
          />
        </div>
        <DecisionCard
          key={nth}
          ruling={ruling}
          otherwise={otherwise}
          busy={busy}
          onOtherwise={setOtherwise}
          onReset={() => {
            setLogged(undefined)
            setLast(undefined)
            reset()
          }}
        />
      </div>
    </form>
  )
}
