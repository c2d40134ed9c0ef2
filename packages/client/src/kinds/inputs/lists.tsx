import { Input, Select } from 'antd'
import { useSpeech, w } from '../../shell/language.tsx'
import { usePlace } from '../../shell/place.tsx'
import { FileInputs, isFile } from './files.tsx'
import type { InputProps } from './props.ts'

export function ListInput({ field, id, value, onChange }: InputProps) {
  const { t } = useSpeech()
  const { units, at } = usePlace()
  const { item } = field
  const values = Array.isArray(value) ? (value as unknown[]) : []
  if (item?.kind === 'file')
    return <FileInputs value={values.filter(isFile)} most={field.limits?.max ?? 30} onChange={onChange ?? (() => undefined)} />
  const choices =
    item?.kind === 'unit'
      ? units.map((one) => ({ value: one.id, label: one.name }))
      : item?.options && Object.entries(item.options).map(([value, label]) => ({ value, label: t(label) }))
  if (choices) {
    return (
      <Select
        id={id ?? ''}
        mode="multiple"
        value={values.map(String)}
        options={choices}
        showSearch={{ optionFilterProp: 'label' }}
        onChange={(next) => onChange?.(next.length > 0 ? next : undefined)}
      />
    )
  }
  return (
    <Input.TextArea
      id={id}
      defaultValue={field.toForm(values, at)}
      placeholder={t(w('每行一项', 'One a line'))}
      autoSize={{ minRows: 2, maxRows: 8 }}
      onBlur={(e) => {
        const read = field.fromForm(e.target.value, at)
        onChange?.(read.ok ? read.value : undefined)
      }}
    />
  )
}
