import { useSpeech, w } from '@guatu/client/language'
import { gates } from '@guatu/domains'
import { counted, type Label } from '@guatu/kernel'
import { useState } from 'react'

type Decision = gates.GateDecision

export interface Otherwise {
  readonly decision: Decision
  readonly because: string
}

interface Props {
  /** What the table says, or what has to be asked first. */
  readonly ruling: gates.Ruling | { readonly ask: Label }
  readonly otherwise: Otherwise | undefined
  readonly busy: boolean
  onOtherwise(otherwise: Otherwise | undefined): void
  onReset(): void
}

const isDecision = (text: string): text is Decision => text in gates.DECISIONS

/** What happens now, large and by a sign as well as a colour, with its reason; another decision only with one. */
export function DecisionCard({ ruling, otherwise, busy, onOtherwise, onReset }: Props) {
  const { t } = useSpeech()
  const [choosing, setChoosing] = useState(false)
  const decided = 'decision' in ruling ? ruling : undefined
  const decision = otherwise?.decision ?? decided?.decision
  const look = decision && gates.SIGNS[decision]
  const differs = otherwise !== undefined && otherwise.decision !== decided?.decision
  const unexplained = differs && otherwise.because.trim() === ''
  return (
    <section className={`decision ${look?.tone ?? 'wait'}`} aria-live="assertive">
      <div className="sign" aria-hidden="true">
        {look?.sign ?? '…'}
      </div>
      <p className="word">
        {decision ? t(gates.DECISIONS[decision]) : t(w('待查验', 'Not decided yet'))}
        {decided?.days !== undefined && otherwise === undefined ? (
          <small> {t(w(`${decided.days}天`, counted(decided.days, 'day')))}</small>
        ) : null}
      </p>
      <p>
        {differs ? t(w('按规则：', 'By the rule: ')) : null}
        {'ask' in ruling ? t(ruling.ask) : t(ruling.why)}
      </p>
      {choosing || otherwise ? (
        <>
          <label>
            {t(w('改作', 'Decide instead'))}
            <select
              value={otherwise?.decision ?? ''}
              onChange={({ target: { value } }) =>
                onOtherwise(isDecision(value) ? { decision: value, because: otherwise?.because ?? '' } : undefined)
              }
            >
              <option value="">{t(w('按规则', 'As the rule says'))}</option>
              {Object.entries(gates.DECISIONS).map(([value, label]) => (
                <option key={value} value={value}>
                  {t(label)}
                </option>
              ))}
            </select>
          </label>
          {differs ? (
            <label>
              {t(w('理由（必填，供核查）', 'Why (needed; kept for the auditor)'))}
              <input
                value={otherwise.because}
                maxLength={300}
                autoComplete="off"
                onChange={(e) => onOtherwise({ ...otherwise, because: e.target.value })}
              />
            </label>
          ) : null}
        </>
      ) : null}
      <div className="doing">
        <button type="submit" className="main" disabled={decision === undefined || unexplained || busy}>
          {t(w('登记', 'Log it'))}
        </button>
        {choosing || otherwise ? null : (
          <button type="button" onClick={() => setChoosing(true)}>
            {t(w('改作其他处置', 'Decide otherwise'))}
          </button>
        )}
        <button type="button" onClick={onReset}>
          {t(w('清空', 'Clear'))}
        </button>
      </div>
    </section>
  )
}
