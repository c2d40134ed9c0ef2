import type { Label } from '@guatu/kernel'
import { Input, Space } from 'antd'
import { type InputProps, orNothing, text } from './props.ts'

export function TextInput({ field, id, value, onChange, autoFocus }: InputProps) {
  const shared = {
    id,
    value: text(value),
    maxLength: field.limits?.max,
    autoFocus,
    onChange: (e: { target: { value: string } }) => onChange?.(orNothing(e.target.value)),
  }
  return field.limits?.multiline ? <Input.TextArea {...shared} autoSize={{ minRows: 2, maxRows: 10 }} /> : <Input {...shared} />
}

export function LocalizedInput({ id, value, onChange }: InputProps) {
  const both = (typeof value === 'object' && value !== null ? value : { zh: '', en: '' }) as Label
  return (
    <Space.Compact block>
      <Input id={id} value={both.zh} placeholder="中文" onChange={(e) => onChange?.({ ...both, zh: e.target.value })} />
      <Input value={both.en} placeholder="English" onChange={(e) => onChange?.({ ...both, en: e.target.value })} />
    </Space.Compact>
  )
}
