import { ScanOutlined } from '@ant-design/icons'
import { usePlace, useRemembered, useSpeech, w } from '@guatu/client'
import type { Label } from '@guatu/kernel'
import { Alert, App, Button, Flex, Input, type InputRef, Segmented, Select, Tag } from 'antd'
import { useCallback, useMemo, useRef, useState } from 'react'
import { DECISIONS, GATES, type GateDecision, type GateKind } from '../../gate/decide.ts'
import { crossingOf, NOTHING_ASKED, rulingOf, SIGNS, whoOf } from './facts.ts'
import { FactsForm } from './facts-form.tsx'
import type { Checked } from './look.ts'
import { PostPicker, usePost } from './post-picker.tsx'
import { Scanner } from './scanner.tsx'
import { ShownAlert } from './shown-alert.tsx'
import { type Identified, useGate } from './use-gate.ts'
import '../closures.css'

const isKind = (value: unknown): value is GateKind => value === 'road' || value === 'estate'
const isWay = (value: unknown): value is 'in' | 'out' => value === 'in' || value === 'out'
const SENDS_ON: readonly string[] = ['home', 'central', 'clinic', 'holding']

/** What is said when something was logged. */
const SAID: Readonly<Record<Identified, Label>> = {
  none: { zh: '已登记', en: 'Logged' },
  linked: { zh: '已登记，已关联登记册', en: 'Logged, linked to the register' },
  created: { zh: '已登记，已建档', en: 'Logged and registered' },
  unplaced: { zh: '已登记；未选到村（社区）的目的地，未建档', en: 'Logged; not registered, as no village was given as destination' },
  unnamed: { zh: '已登记；没有姓名，未建档', en: 'Logged; not registered, as there is no name' },
}

/** 巴州区 is said as 巴州 as well. */
const stem = (name: string) => (name.length > 2 ? name.replace(/[市区县]$/, '') : name)

const timeOf = (instant: string, at: { readonly lang: string; readonly zone: string }) =>
  new Date(instant).toLocaleTimeString(at.lang === 'zh' ? 'zh-CN' : 'en-GB', { timeZone: at.zone, hour: '2-digit', minute: '2-digit' })

/** The gate: show a pass or ask, see the decision large, press Enter. Works from the keyboard, by touch, and without a network. */
export default function GateScreen() {
  const { t } = useSpeech()
  const { registry, home, at, areas } = usePlace()
  const { message } = App.useApp()
  const gate = useGate()
  const [kind, setKind] = useRemembered<GateKind>('gate.kind', 'estate', isKind)
  const [way, setWay] = useRemembered<'in' | 'out'>('gate.way', 'out', isWay)
  const [shown, setShown] = useState('')
  const [checked, setChecked] = useState<Checked>()
  const [problem, setProblem] = useState<Label>()
  const [asked, setAsked] = useState(NOTHING_ASKED)
  const [other, setOther] = useState<GateDecision>()
  const [because, setBecause] = useState('')
  const [scanning, setScanning] = useState(false)
  const [busy, setBusy] = useState(false)
  const entry = useRef<InputRef>(null)
  const temperature = useRef<HTMLInputElement>(null)
  const def = registry.records.get('crossing')
  const standing = usePost(kind)

  const here = useMemo(
    () => [...areas.values()].flatMap(({ level, name }) => (level === 'city' || level === 'county' ? [stem(name)] : [])),
    [areas],
  )
  const crossing = useMemo(() => crossingOf(kind, way, asked, checked, gate.rules, here), [kind, way, asked, checked, gate.rules, here])
  const ruling = useMemo(() => rulingOf(crossing, gate.rules), [crossing, gate.rules])
  const decided = 'decision' in ruling ? ruling : undefined
  const decision = other ?? decided?.decision

  const check = useCallback(
    async (text: string) => {
      setScanning(false)
      setProblem(undefined)
      setChecked(undefined)
      if (text.trim() === '') return
      setShown(text)
      const answer = await gate.check(text, way)
      if ('problem' in answer) setProblem(answer.problem)
      else {
        setChecked(answer)
        setShown(answer.number ?? answer.plate ?? answer.document ?? '')
      }
      temperature.current?.focus()
    },
    [gate.check, way],
  )
  const reset = () => {
    setShown('')
    setChecked(undefined)
    setProblem(undefined)
    setAsked(NOTHING_ASKED)
    setOther(undefined)
    setBecause('')
    entry.current?.focus()
  }
  const record = async () => {
    if (decision === undefined || busy) return
    setBusy(true)
    const input = {
      ...crossing,
      ...(standing.post ? { post: standing.post.id } : {}),
      decision,
      ...(decided?.days !== undefined && other === undefined ? { days: decided.days } : {}),
      ...(because.trim() === '' ? {} : { because: because.trim() }),
    }
    const done = await gate.record(input, standing.post?.area ?? home?.id ?? '', whoOf(asked, checked))
    setBusy(false)
    if (done.problem) {
      setProblem(done.problem)
      return
    }
    void message.success(
      t(done.sent ? SAID[done.identified ?? 'none'] : w('已存本机，联网后上报', 'Kept on this device, sent when online')),
    )
    reset()
  }
  if (!def) return null
  const asOf = gate.book && timeOf(gate.book.asOf, at)
  const look = decision && SIGNS[decision]
  return (
    <div className="gate">
      <Flex gap={8} wrap align="center" className="gate-bar">
        <Segmented
          size="large"
          value={kind}
          options={Object.entries(GATES).map(([value, label]) => ({ value, label: t(label) }))}
          onChange={(value) => isKind(value) && setKind(value)}
        />
        <Segmented
          size="large"
          value={way}
          options={[
            { value: 'out', label: t(w('出', 'Out')) },
            { value: 'in', label: t(w('进', 'In')) },
          ]}
          onChange={(value) => isWay(value) && setWay(value)}
        />
        <PostPicker {...standing} />
        <Tag color={gate.online ? 'green' : 'gold'} role="status">
          {gate.online
            ? t(w('● 联网', '● online'))
            : t({ zh: `▲ 无网络，按本机${asOf ?? '—'}的数据查验`, en: `▲ offline, by the data of ${asOf ?? '—'}` })}
        </Tag>
        {gate.waiting > 0 && <Tag color="gold">{t({ zh: `${gate.waiting}条待上报`, en: `${gate.waiting} waiting` })}</Tag>}
      </Flex>
      {gate.refused.length > 0 && (
        <Alert
          type="error"
          showIcon
          role="alert"
          className="gate-bar"
          title={t({
            zh: `离线登记中有${gate.refused.length}条未被接受`,
            en: `${gate.refused.length} lines written offline were not taken`,
          })}
          description={gate.refused.map(({ happenedAt, why }) => (
            <div key={happenedAt}>
              {timeOf(happenedAt, at)} {t(why)}
            </div>
          ))}
          action={<Button onClick={gate.forgetRefused}>{t(w('知道了', 'Noted'))}</Button>}
        />
      )}
      <div className="gate-columns">
        <Flex vertical gap={12}>
          <Flex gap={8}>
            <Input
              ref={entry}
              size="large"
              autoFocus
              className="gate-entry"
              placeholder={t(w('扫码，或输证号、身份证、车牌，回车', 'Scan, or type a pass, ID or plate, Enter'))}
              aria-label={t(w('通行证、证件或车牌', 'Pass, document or plate'))}
              value={shown}
              onChange={(e) => setShown(e.target.value)}
              onPressEnter={() => void check(shown)}
            />
            <Button size="large" icon={<ScanOutlined />} onClick={() => setScanning(true)}>
              {t(w('扫码', 'Scan'))}
            </Button>
          </Flex>
          {checked && <ShownAlert checked={checked} asked={asked} onChange={setAsked} onEnter={() => void record()} />}
          {problem && <Alert type="warning" showIcon role="alert" title={t(problem)} />}
          <FactsForm
            def={def}
            gate={kind}
            asked={asked}
            sendsOn={decision !== undefined && SENDS_ON.includes(decision)}
            temperature={temperature}
            onChange={setAsked}
            onEnter={() => void record()}
          />
        </Flex>
        <section className={`gate-decision gate-${look?.tone ?? 'wait'}`} aria-live="assertive">
          <div className="gate-sign" aria-hidden>
            {look?.sign ?? '…'}
          </div>
          <div className="gate-word">
            {decision ? t(DECISIONS[decision]) : t(w('待查验', 'Not decided yet'))}
            {decided?.days !== undefined && other === undefined && (
              <small>{t({ zh: `${decided.days}天`, en: `${decided.days} days` })}</small>
            )}
          </div>
          <p className="gate-why">{'ask' in ruling ? t(ruling.ask) : t(ruling.why)}</p>
          <Button size="large" type="primary" block disabled={decision === undefined} loading={busy} onClick={() => void record()}>
            {t(w('登记（回车）', 'Log it (Enter)'))}
          </Button>
          <Flex gap={8} wrap className="gate-other">
            <Select<GateDecision>
              allowClear
              value={other ?? null}
              placeholder={t(w('改作其他处置', 'Decide otherwise'))}
              options={(Object.keys(DECISIONS) as GateDecision[]).map((value) => ({ value, label: t(DECISIONS[value]) }))}
              onChange={(value) => setOther(value ?? undefined)}
            />
            {other !== undefined && other !== decided?.decision && (
              <Input
                value={because}
                maxLength={300}
                placeholder={t(w('理由（必填，供核查）', 'Why (kept for the auditor)'))}
                onChange={(e) => setBecause(e.target.value)}
              />
            )}
            <Button onClick={reset}>{t(w('清空', 'Clear'))}</Button>
          </Flex>
        </section>
      </div>
      {scanning && <Scanner onRead={(text) => void check(text)} onClose={() => setScanning(false)} />}
    </div>
  )
}
