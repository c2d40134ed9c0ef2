import { useSpeech, w } from '@guatu/client/language'
import type { Field } from '@guatu/kernel'
import { useWork } from '../work.tsx'
import { Picker } from './picker.tsx'

interface Props {
  readonly field: Field
  readonly required: boolean
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}

const TYPES: Readonly<Partial<Record<Field['kind'], string>>> = { date: 'date', phone: 'tel' }
const MODES: Readonly<Partial<Record<Field['kind'], 'numeric' | 'decimal' | 'tel'>>> = {
  count: 'numeric',
  temperature: 'decimal',
  decimal: 'decimal',
  money: 'decimal',
  phone: 'tel',
}

/** One field for a thumb: chips for choices, pickers for people and homes of the area, a keyboard of the right sort for the rest. */
export function FieldInput({ field, required, value, onChange }: Props) {
  const { t } = useSpeech()
  const label = (
    <>
      {t(field.label)}
      {required ? null : <span className="hint"> {t(w('（可不填）', '(optional)'))}</span>}
      {field.hint ? <span className="hint"> · {t(field.hint)}</span> : null}
    </>
  )
  if (field.kind === 'flag')
    return (
      <Chips
        label={label}
        options={{ true: w('是', 'Yes'), false: w('否', 'No') }}
        chosen={value === undefined ? [] : [String(value)]}
        onChoose={(one) => onChange(one === 'true')}
      />
    )
  if (field.options)
    return <Chips label={label} options={field.options} chosen={value === undefined ? [] : [String(value)]} onChoose={onChange} />
  if (field.kind === 'list' && field.item?.options) {
    const chosen = Array.isArray(value) ? value.map(String) : []
    const toggle = (one: string) => onChange(chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one])
    return <Chips label={label} options={field.item.options} chosen={chosen} onChoose={toggle} />
  }
  if (field.kind === 'person' || field.kind === 'record')
    return (
      <Picker
        label={label}
        record={field.kind === 'person' ? 'person' : (field.of ?? '')}
        value={typeof value === 'string' ? value : undefined}
        onChange={onChange}
      />
    )
  if (field.kind === 'area') return <Areas label={label} value={value} onChange={onChange} />
  if (field.kind === 'list' || field.kind === 'file' || field.kind === 'geoPoint' || field.kind === 'localizedText') return null
  if (field.limits?.multiline)
    return (
      <label>
        {label}
        <textarea rows={3} value={String(value ?? '')} onChange={(e) => onChange(e.target.value)} />
      </label>
    )
  return (
    <label>
      {label}
      <input
        type={TYPES[field.kind] ?? 'text'}
        inputMode={MODES[field.kind]}
        value={String(value ?? '')}
        autoComplete="off"
        onChange={(e) => onChange(e.target.value)}
      />
    </label>
  )
}

/** One or several of a few, each a target for a thumb. */
export function Chips(props: {
  readonly label: React.ReactNode
  readonly options: Readonly<Record<string, { readonly zh: string; readonly en: string }>>
  readonly chosen: readonly string[]
  readonly onChoose: (one: string) => void
}) {
  const { t } = useSpeech()
  return (
    <fieldset>
      <legend className="label">{props.label}</legend>
      <div className="chips">
        {Object.entries(props.options).map(([one, text]) => (
          <button type="button" key={one} aria-pressed={props.chosen.includes(one)} onClick={() => props.onChoose(one)}>
            {t(text)}
          </button>
        ))}
      </div>
    </fieldset>
  )
}

/** Areas of the worker, smallest first. */
export function Areas({
  label,
  value,
  onChange,
}: {
  readonly label: React.ReactNode
  readonly value: unknown
  readonly onChange: (area: string) => void
}) {
  const work = useWork()
  const paths = work.replica.head?.actor.grants.map((grant) => grant.path) ?? []
  const own = (work.replica.head?.areas ?? []).filter((area) => paths.some((path) => area.path.startsWith(path)))
  const small = own.filter((area) => area.level === 'grid' || area.level === 'village')
  return (
    <label>
      {label}
      <select value={String(value ?? '')} onChange={(e) => onChange(e.target.value)}>
        <option value="" />
        {(small.length > 0 ? small : own).map((area) => (
          <option key={area.id} value={area.id}>
            {area.name}
          </option>
        ))}
      </select>
    </label>
  )
}
