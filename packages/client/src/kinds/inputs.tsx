import { UploadOutlined } from '@ant-design/icons'
import type { Field, FileReference, KindName, Label } from '@guatu/kernel'
import { Button, DatePicker, Input, InputNumber, Segmented, Select, Space, Switch, Upload } from 'antd'
import dayjs from 'dayjs'
import type { ReactNode } from 'react'
import { call } from '../api/client.ts'
import { useSpeech, w } from '../shell/language.tsx'
import { usePlace } from '../shell/place.tsx'

export interface InputProps {
  readonly field: Field
  readonly id?: string
  readonly value?: unknown
  onChange?(value: unknown): void
  readonly autoFocus?: boolean
}

const text = (value: unknown): string => (value === undefined || value === null ? '' : String(value))
const orNothing = (value: string) => (value === '' ? undefined : value)

function TextInput({ field, id, value, onChange, autoFocus }: InputProps) {
  const shared = {
    id,
    value: text(value),
    maxLength: field.limits?.max,
    autoFocus,
    onChange: (e: { target: { value: string } }) => onChange?.(orNothing(e.target.value)),
  }
  return field.limits?.multiline ? <Input.TextArea {...shared} autoSize={{ minRows: 2, maxRows: 10 }} /> : <Input {...shared} />
}

/** Exact numbers stay text all the way: what is typed is what is kept. */
function ExactInput({ id, value, onChange, autoFocus }: InputProps) {
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

function NumberInput({ field, id, value, onChange, autoFocus }: InputProps) {
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

function ChoiceInput({ field, id, value, onChange }: InputProps) {
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

function FlagInput({ id, value, onChange }: InputProps) {
  return <Switch id={id ?? ''} checked={value === true} onChange={(next) => onChange?.(next)} />
}

function DateInput({ id, value, onChange, autoFocus }: InputProps) {
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

function MomentInput({ field, id, value, onChange }: InputProps) {
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

/** Areas are found by name or code, from the person's own jurisdiction down. */
function AreaInput({ id, value, onChange }: InputProps) {
  const { areas, home } = usePlace()
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
      virtual
      allowClear
      showSearch={{ filterOption: (typed, option) => `${option?.label} ${option?.code}`.toLowerCase().includes(typed.toLowerCase()) }}
      onChange={(next) => onChange?.(next ?? undefined)}
    />
  )
}

function UnitInput({ id, value, onChange }: InputProps) {
  const { units } = usePlace()
  return (
    <Select
      id={id ?? ''}
      value={value === undefined ? null : text(value)}
      options={units.map((one) => ({ value: one.id, label: one.name }))}
      showSearch={{ optionFilterProp: 'label' }}
      allowClear
      onChange={(next) => onChange?.(next ?? undefined)}
    />
  )
}

function ReferenceInput({ id, value, onChange }: InputProps) {
  return <Input id={id} value={text(value)} onChange={(e) => onChange?.(orNothing(e.target.value.trim()))} />
}

function GeoInput({ field, id, value, onChange }: InputProps) {
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

function LocalizedInput({ id, value, onChange }: InputProps) {
  const both = (typeof value === 'object' && value !== null ? value : { zh: '', en: '' }) as Label
  return (
    <Space.Compact block>
      <Input id={id} value={both.zh} placeholder="中文" onChange={(e) => onChange?.({ ...both, zh: e.target.value })} />
      <Input value={both.en} placeholder="English" onChange={(e) => onChange?.({ ...both, en: e.target.value })} />
    </Space.Compact>
  )
}

const isFile = (value: unknown): value is FileReference => typeof value === 'object' && value !== null && 'hash' in value

function FileInput({ value, onChange }: InputProps) {
  return <FileInputs value={isFile(value) ? [value] : []} most={1} onChange={(files) => onChange?.(files[0])} />
}

function FileInputs({
  value,
  most,
  onChange,
}: {
  readonly value: readonly FileReference[]
  readonly most: number
  onChange(value: FileReference[]): void
}) {
  const { t } = useSpeech()
  return (
    <Upload
      fileList={value.map((one) => ({ uid: one.hash, name: one.name, status: 'done' as const }))}
      maxCount={most}
      multiple={most > 1}
      onRemove={(file) => onChange(value.filter((one) => one.hash !== file.uid))}
      customRequest={({ file, onSuccess, onError }) => {
        const form = new FormData()
        form.append('file', file as Blob)
        call<FileReference>('/api/files', { form }).then(
          (kept) => {
            onChange([...value, kept])
            onSuccess?.(kept)
          },
          (error: Error) => onError?.(error),
        )
      }}
    >
      <Button icon={<UploadOutlined />}>{t(w('上传', 'Upload'))}</Button>
    </Upload>
  )
}

function ListInput({ field, id, value, onChange }: InputProps) {
  const { t } = useSpeech()
  const { units, at } = usePlace()
  const { item } = field
  const values = Array.isArray(value) ? (value as unknown[]) : []
  if (item?.kind === 'file')
    return <FileInputs value={values.filter(isFile)} most={field.limits?.max ?? 30} onChange={onChange ?? (() => undefined)} />
  if (item?.kind === 'unit') {
    return (
      <Select
        id={id ?? ''}
        mode="multiple"
        value={values.map(String)}
        options={units.map((one) => ({ value: one.id, label: one.name }))}
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

/** Which input a kind is typed into. A new kind does not compile until it stands here. */
const INPUTS = {
  text: TextInput,
  code: TextInput,
  choice: ChoiceInput,
  count: NumberInput,
  decimal: ExactInput,
  money: ExactInput,
  date: DateInput,
  moment: MomentInput,
  flag: FlagInput,
  area: AreaInput,
  person: ReferenceInput,
  record: ReferenceInput,
  unit: UnitInput,
  phone: TextInput,
  nationalId: TextInput,
  temperature: NumberInput,
  file: FileInput,
  geoPoint: GeoInput,
  localizedText: LocalizedInput,
  list: ListInput,
} satisfies Record<KindName, (props: InputProps) => ReactNode>

export function FieldInput(props: InputProps) {
  const Input = INPUTS[props.field.kind]
  return <Input {...props} />
}
