import { ScanOutlined } from '@ant-design/icons'
import { usePlace, useRemembered, useSpeech, w } from '@guatu/client'
import type { Label } from '@guatu/kernel'
import { Alert, App, Button, Flex, Input, type InputRef, Segmented, Select, Tag } from 'antd'
import { useCallback, useMemo, useRef, useState } from 'react'
import { DECISIONS, GATES, type GateDecision, type GateKind } from '../../gate/decide.ts'
import { crossingOf, NOTHING_ASKED, rulingOf, SIGNS } from './facts.ts'
import { FactsForm } from './facts-form.tsx'
import { Scanner } from './scanner.tsx'
import { type Checked, useGate } from './use-gate.ts'
import '../closures.css'

const isKind = (value: unknown): value is GateKind => value === 'road' || value === 'estate'
const isWay = (value: unknown): value is 'in' | 'out' => value === 'in' || value === 'out'
const SENDS_ON: readonly string[] = ['home', 'central', 'clinic', 'holding']

/** The gate: show a pass or ask, see the decision large, press Enter. Works from the keyboard, by touch, and without a network. */
export default function GateScreen() {
  const { t } = useSpeech()
  const { registry, home, at } = usePlace()
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

  const crossing = useMemo(() => crossingOf(kind, way, asked, checked, gate.rules), [kind, way, asked, checked, gate.rules])
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
        setShown(answer.number ?? '')
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
      decision,
      ...(decided?.days !== undefined && other === undefined ? { days: decided.days } : {}),
      ...(because.trim() === '' ? {} : { because: because.trim() }),
    }
    const done = await gate.record(input, home?.id ?? '')
    setBusy(false)
    if (done.problem) {
      setProblem(done.problem)
      return
    }
    void message.success(t(done.sent ? w('已登记', 'Logged') : w('已存本机，联网后上报', 'Kept on this device, sent when online')))
    reset()
  }
  if (!def) return null
  const asOf =
    gate.book &&
    new Date(gate.book.asOf).toLocaleTimeString(at.lang === 'zh' ? 'zh-CN' : 'en-GB', {
      timeZone: at.zone,
      hour: '2-digit',
      minute: '2-digit',
    })
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
        <Tag color={gate.online ? 'green' : 'gold'} role="status">
          {gate.online
            ? t(w('● 联网', '● online'))
            : t({ zh: `▲ 无网络，按本机${asOf ?? '—'}的数据查验`, en: `▲ offline, by the data of ${asOf ?? '—'}` })}
        </Tag>
        {gate.waiting > 0 && <Tag color="gold">{t({ zh: `${gate.waiting}条待上报`, en: `${gate.waiting} waiting` })}</Tag>}
      </Flex>
      <div className="gate-columns">
        <Flex vertical gap={12}>
          <Flex gap={8}>
            <Input
              ref={entry}
              size="large"
              autoFocus
              className="gate-entry"
              placeholder={t(w('扫码或输入证号，回车', 'Scan, or type the number, Enter'))}
              aria-label={t(w('通行证', 'Pass'))}
              value={shown}
              onChange={(e) => setShown(e.target.value)}
              onPressEnter={() => void check(shown)}
            />
            <Button size="large" icon={<ScanOutlined />} onClick={() => setScanning(true)}>
              {t(w('扫码', 'Scan'))}
            </Button>
          </Flex>
          {checked && (
            <Alert
              type={checked.verdict.ok ? 'success' : 'error'}
              showIcon
              title={`${checked.number ?? ''} ${t(checked.verdict.why)}`}
              description={
                checked.verdict.next
                  ? t({ zh: `下次可出行：${checked.verdict.next}`, en: `Next outing: ${checked.verdict.next}` })
                  : checked.verdict.left !== undefined
                    ? t({ zh: `本周期还可出行${checked.verdict.left}人次`, en: `${checked.verdict.left} outings left in this period` })
                    : undefined
              }
            />
          )}
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
