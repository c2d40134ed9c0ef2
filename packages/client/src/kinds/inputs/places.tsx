import { Input, Select } from 'antd'
import { usePlace } from '../../shell/place.tsx'
import { type InputProps, orNothing, text } from './props.ts'

/** Areas are found by name or code, from the person's own jurisdiction down. */
export function AreaInput({ id, value, onChange }: InputProps) {
  const { areas, home, named } = usePlace()
  const parentOf = (one: { parent: string | null }) => (one.parent === null ? '' : (areas.get(one.parent)?.name ?? ''))
  const options = [...areas.values()]
    .filter((one) => one.level !== 'unit')
    .map((one) => ({ value: one.id, label: `${one.name}  ${parentOf(one)}`, code: one.code ?? '' }))
  return (
    <Select
      id={id ?? ''}
      value={value === undefined ? null : text(value)}
      placeholder={home?.name}
      options={options}
      labelRender={({ label, value: chosen }) => label ?? named(chosen)}
      virtual
      allowClear
      showSearch={{ filterOption: (typed, option) => `${option?.label} ${option?.code}`.toLowerCase().includes(typed.toLowerCase()) }}
      onChange={(next) => onChange?.(next ?? undefined)}
    />
  )
}

export function UnitInput({ id, value, onChange }: InputProps) {
  const { units, named } = usePlace()
  return (
    <Select
      id={id ?? ''}
      value={value === undefined ? null : text(value)}
      options={units.map((one) => ({ value: one.id, label: one.name }))}
      labelRender={({ value: chosen }) => named(chosen)}
      showSearch={{ optionFilterProp: 'label' }}
      allowClear
      onChange={(next) => onChange?.(next ?? undefined)}
    />
  )
}

export function GeoInput({ field, id, value, onChange }: InputProps) {
  const { at } = usePlace()
  return (
    <Input
      id={id}
      defaultValue={value === undefined ? '' : field.toForm(value, at)}
      placeholder="106.749,31.861"
      onBlur={(e) => {
        const read = field.fromForm(e.target.value, at)
        onChange?.(read.ok ? read.value : orNothing(e.target.value))
      }}
    />
  )
}
