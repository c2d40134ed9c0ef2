import { FieldInput, useSpeech, w } from '@guatu/client'
import type { AnyRecord, Label } from '@guatu/kernel'
import { Checkbox, Flex, Input, Segmented } from 'antd'
import { type RefObject, useId } from 'react'
import type { GateKind } from '../../gate/decide.ts'
import type { Asked } from './facts.ts'

interface Props {
  readonly def: AnyRecord
  readonly gate: GateKind
  readonly asked: Asked
  /** Does the decision need a destination that confirms the arrival? */
  readonly sendsOn: boolean
  readonly temperature: RefObject<HTMLInputElement | null>
  onChange(asked: Asked): void
  onEnter(): void
}

/** The few questions of a gate. What is not asked stays unknown, and the rule says when it needs it. */
export function FactsForm({ def, gate, asked, sendsOn, temperature, onChange, onEnter }: Props) {
  const { t } = useSpeech()
  const set = (change: Partial<Asked>) => onChange({ ...asked, ...change })
  const id = useId()
  const yesNo = (name: 'listed' | 'home' | 'local', label: Label) => (
    <div className="gate-question">
      <span id={`${id}-${name}`}>{t(label)}</span>
      <Segmented
        size="large"
        aria-labelledby={`${id}-${name}`}
        value={asked[name] === undefined ? 'unknown' : asked[name] ? 'yes' : 'no'}
        options={[
          { value: 'unknown', label: t(w('未问', 'not asked')) },
          { value: 'yes', label: t(w('是', 'Yes')) },
          { value: 'no', label: t(w('否', 'No')) },
        ]}
        onChange={(value) => set({ [name]: value === 'unknown' ? undefined : value === 'yes' })}
      />
    </div>
  )
  const word = (name: 'origin' | 'certificate' | 'plate' | 'travellers', label: Label, max: number) => (
    <div className="gate-question">
      <label htmlFor={`${id}-${name}`}>{t(label)}</label>
      <Input
        id={`${id}-${name}`}
        size="large"
        value={asked[name]}
        maxLength={max}
        onChange={(e) => set({ [name]: e.target.value })}
        onPressEnter={onEnter}
      />
    </div>
  )
  return (
    <div className="gate-facts">
      <label className="gate-question">
        <span>{t(w('体温 ℃', 'Temperature °C'))}</span>
        <input
          ref={temperature}
          className="gate-temperature"
          inputMode="decimal"
          placeholder="36.5"
          value={asked.temperature}
          maxLength={4}
          onChange={(e) => set({ temperature: e.target.value })}
          onKeyDown={(e) => {
            if (e.key === 'Enter') onEnter()
          }}
        />
      </label>
      <Flex gap={16} wrap align="center">
        <Checkbox checked={asked.mask} onChange={(e) => set({ mask: e.target.checked })}>
          {t(w('佩戴口罩', 'Wears a mask'))}
        </Checkbox>
        {gate === 'estate' && (
          <Checkbox checked={asked.courier} onChange={(e) => set({ courier: e.target.checked })}>
            {t(w('快递外卖', 'Courier'))}
          </Checkbox>
        )}
        {gate === 'road' && (
          <Checkbox checked={asked.through} onChange={(e) => set({ through: e.target.checked })}>
            {t(w('过境', 'Passes through'))}
          </Checkbox>
        )}
        <Checkbox checked={asked.refuses} onChange={(e) => set({ refuses: e.target.checked })}>
          {t(w('拒绝测温登记', 'Refuses'))}
        </Checkbox>
      </Flex>
      {gate === 'road' && (
        <>
          {word('origin', w('来源地', 'Origin'), 60)}
          {yesNo('local', w('市内往来', 'Moves within the city'))}
          {yesNo('listed', w('来自或14天内到过重点地区', 'From a listed place'))}
          {yesNo('home', w('本地有住处', 'Has a home here'))}
          {word('plate', w('车牌', 'Number plate'), 12)}
          {word('travellers', w('同车人数', 'People in the vehicle'), 3)}
          {word('certificate', w('健康证明号', 'Health certificate no.'), 40)}
        </>
      )}
      {sendsOn && def.fields.destination && (
        <div className="gate-question">
          <span>{t(w('目的地（由其确认接收）', 'Destination (confirms the arrival)'))}</span>
          <FieldInput
            field={def.fields.destination}
            value={asked.destination}
            onChange={(value) => set({ destination: typeof value === 'string' ? value : undefined })}
          />
        </div>
      )}
    </div>
  )
}
