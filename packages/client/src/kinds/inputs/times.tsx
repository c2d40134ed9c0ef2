import { DatePicker, Input } from 'antd'
import dayjs from 'dayjs'
import { usePlace } from '../../shell/place.tsx'
import type { InputProps } from './props.ts'

export function DateInput({ id, value, onChange, autoFocus }: InputProps) {
  const { today } = usePlace()
  return (
    <DatePicker
      id={id ?? ''}
      autoFocus={autoFocus ?? false}
      value={typeof value === 'string' ? dayjs(value) : null}
      defaultPickerValue={dayjs(today)}
      onChange={(next) => onChange?.(next ? next.format('YYYY-MM-DD') : undefined)}
      style={{ width: '100%' }}
      presets={[1, 3, 7, 14].map((days) => ({ label: `+${days}`, value: dayjs(today).add(days, 'day') }))}
    />
  )
}

export function MomentInput({ field, id, value, onChange }: InputProps) {
  const { at } = usePlace()
  const shown = typeof value === 'string' ? field.toForm(value, at).slice(0, 16) : ''
  return (
    <Input
      id={id}
      type="datetime-local"
      value={shown.replace(' ', 'T')}
      onChange={(e) => {
        const read = field.fromForm(e.target.value.replace('T', ' '), at)
        onChange?.(read.ok ? read.value : undefined)
      }}
    />
  )
}
