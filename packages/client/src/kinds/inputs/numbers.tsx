import { Input, InputNumber } from 'antd'
import { type InputProps, orNothing, text } from './props.ts'

/** Exact numbers stay text all the way: what is typed is what is kept. */
export function ExactInput({ id, value, onChange, autoFocus }: InputProps) {
  return (
    <Input
      id={id}
      value={text(value)}
      inputMode="decimal"
      autoFocus={autoFocus ?? false}
      onChange={(e) => onChange?.(orNothing(e.target.value))}
    />
  )
}

export function NumberInput({ field, id, value, onChange, autoFocus }: InputProps) {
  const { min, max, step } = field.limits ?? {}
  return (
    <InputNumber<number>
      id={id ?? ''}
      value={typeof value === 'number' ? value : null}
      onChange={(next) => onChange?.(next ?? undefined)}
      autoFocus={autoFocus ?? false}
      style={{ width: '100%' }}
      {...(min === undefined ? {} : { min })}
      {...(max === undefined ? {} : { max })}
      {...(step === undefined ? {} : { step })}
    />
  )
}
