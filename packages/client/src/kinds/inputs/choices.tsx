import { Segmented, Select, Switch } from 'antd'
import { useSpeech } from '../../shell/language.tsx'
import { type InputProps, text } from './props.ts'

export function ChoiceInput({ field, id, value, onChange }: InputProps) {
  const { t } = useSpeech()
  const options = Object.entries(field.options ?? {}).map(([key, label]) => ({ value: key, label: t(label) }))
  // A few choices are seen at once; many are searched.
  if (options.length <= 4) return <Segmented id={id ?? ''} options={options} value={text(value)} onChange={(next) => onChange?.(next)} />
  return (
    <Select
      id={id ?? ''}
      value={value === undefined ? null : text(value)}
      options={options}
      showSearch={{ optionFilterProp: 'label' }}
      allowClear
      onChange={(next) => onChange?.(next ?? undefined)}
    />
  )
}

export function FlagInput({ id, value, onChange }: InputProps) {
  return <Switch id={id ?? ''} checked={value === true} onChange={(next) => onChange?.(next)} />
}
