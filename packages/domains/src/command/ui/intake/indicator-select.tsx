import { usePlace, useSpeech, w } from '@guatu/client'
import { Select } from 'antd'
import { useMemo } from 'react'
import { choicesOf } from '../indicator-choices.ts'

interface Props {
  readonly value: unknown
  /** Nothing chosen is no list. */
  onChange(indicators: readonly string[] | null): void
}

/** The figures of the city that the matter is watched by; the progress report carries them. */
export function IndicatorSelect({ value, onChange }: Props) {
  const { t } = useSpeech()
  const { registry } = usePlace()
  const options = useMemo(
    () =>
      choicesOf(registry).map((group) => ({
        label: t(group.label),
        options: group.indicators.map(([id, one]) => ({ value: id, label: t(one.label) })),
      })),
    [registry, t],
  )
  const label = t(w('指标', 'Indicators'))
  return (
    <Select
      size="small"
      mode="multiple"
      maxTagCount={3}
      aria-label={label}
      placeholder={label}
      value={Array.isArray(value) ? value.map(String) : []}
      options={options}
      showSearch={{ optionFilterProp: 'label' }}
      onChange={(next: string[]) => onChange(next.length > 0 ? next : null)}
      style={{ flex: '1 1 100%', minWidth: 180 }}
    />
  )
}
