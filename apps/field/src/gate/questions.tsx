import { useSpeech, w } from '@guatu/client/language'
import type { gates } from '@guatu/domains'
import type { Label } from '@guatu/kernel'
import { type RefObject, useId } from 'react'
import { DestinationPicker } from './destination.tsx'
import type { Destination } from './ready.ts'

interface Props {
  readonly gate: gates.GateKind
  readonly asked: gates.Asked
  /** Those that the orders here exempt. */
  readonly trades: readonly string[]
  /** Where somebody may be sent, when the decision needs a destination that confirms the arrival. */
  readonly destinations: readonly Destination[] | undefined
  readonly temperature: RefObject<HTMLInputElement | null>
  onChange(asked: gates.Asked): void
}

/** The few questions of a gate. What is not asked stays unknown, and the rule says when it needs it. */
export function Questions({ gate, asked, trades, destinations, temperature, onChange }: Props) {
  const { t } = useSpeech()
  const id = useId()
  const set = (change: Partial<gates.Asked>) => onChange({ ...asked, ...change })
  const tick = (name: 'mask' | 'courier' | 'through' | 'refuses', label: Label) => (
    <button type="button" aria-pressed={asked[name]} onClick={() => set({ [name]: !asked[name] })}>
      {asked[name] ? '✓ ' : ''}
      {t(label)}
    </button>
  )
  const yesNo = (name: 'listed' | 'home' | 'local', label: Label) => (
    <fieldset>
      <legend className="label">{t(label)}</legend>
      <div className="chips">
        {([true, false] as const).map((answer) => (
          <button
            type="button"
            key={String(answer)}
            aria-pressed={asked[name] === answer}
            onClick={() => set({ [name]: asked[name] === answer ? undefined : answer })}
          >
            {t(answer ? w('是', 'Yes') : w('否', 'No'))}
          </button>
        ))}
      </div>
    </fieldset>
  )
  const word = (name: 'origin' | 'certificate' | 'plate' | 'travellers', label: Label, max: number, mode?: 'numeric') => (
    <label htmlFor={`${id}-${name}`}>
      {t(label)}
      <input
        id={`${id}-${name}`}
        value={asked[name]}
        maxLength={max}
        inputMode={mode}
        autoComplete="off"
        onChange={(e) => set({ [name]: e.target.value })}
      />
    </label>
  )
  return (
    <>
      <label>
        {t(w('体温 ℃', 'Temperature °C'))}
        <input
          ref={temperature}
          className="degrees"
          inputMode="decimal"
          placeholder="36.5"
          value={asked.temperature}
          maxLength={4}
          autoComplete="off"
          onChange={(e) => set({ temperature: e.target.value })}
        />
      </label>
      <div className="chips">
        {tick('mask', w('佩戴口罩', 'Wears a mask'))}
        {gate === 'estate' ? tick('courier', w('快递外卖', 'Courier')) : tick('through', w('过境', 'Passes through'))}
        {tick('refuses', w('拒绝测温登记', 'Refuses'))}
      </div>
      {gate === 'estate' && trades.length > 0 ? (
        <fieldset>
          <legend className="label">{t(w('可通行行业（请看工作证明）', 'Works in an exempt trade (see their proof)'))}</legend>
          <div className="chips">
            {trades.map((trade) => (
              <button
                type="button"
                key={trade}
                aria-pressed={asked.trade === trade}
                onClick={() => set({ trade: asked.trade === trade ? undefined : trade })}
              >
                {trade}
              </button>
            ))}
          </div>
        </fieldset>
      ) : null}
      {gate === 'road' ? (
        <>
          {word('origin', w('来源地', 'Origin'), 60)}
          {yesNo('local', w('市内往来', 'Moves within the city'))}
          {yesNo('listed', w('来自或14天内到过重点地区', 'From a listed place, or was there'))}
          {yesNo('home', w('本地有住处', 'Has a home here'))}
          <div className="pair">
            {word('plate', w('车牌', 'Number plate'), 12)}
            {word('travellers', w('同车人数', 'People in the vehicle'), 3, 'numeric')}
          </div>
          {word('certificate', w('健康证明号', 'Health certificate no.'), 40)}
        </>
      ) : null}
      {destinations ? (
        <DestinationPicker areas={destinations} value={asked.destination} onChange={(destination) => set({ destination })} />
      ) : null}
    </>
  )
}
