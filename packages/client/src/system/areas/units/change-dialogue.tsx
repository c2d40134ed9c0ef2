import { AREA_LEVEL_LABELS, addDays } from '@guatu/kernel'
import { Alert, DatePicker, Form, Input, Modal, Segmented, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useMemo } from 'react'
import { asProblem } from '../../../api/client.ts'
import { useSpeech, w } from '../../../shell/language.tsx'
import { usePlace } from '../../../shell/place.tsx'
import { type Unit, useUnitChange } from './use-units.ts'

/** What is to be done with the register: one more, or another name or the end of one that is there. */
export type Change = { readonly what: 'add' } | { readonly what: 'rename' | 'end'; readonly unit: Unit }

interface ChangeForm {
  readonly level?: string
  readonly name?: string
  readonly aliases?: readonly string[]
  readonly parent?: string
  readonly date?: Dayjs | null
  readonly instrument: string
}

const TITLES = {
  add: w('登记单位或网格', 'Record a unit or grid'),
  rename: w('更名、变更简称', 'Another name or other short names'),
  end: w('撤销', 'End'),
} as const

/** One dated change of the register, with the document that it rests on. */
export function ChangeDialogue({ change, onClose }: { readonly change: Change; onClose(): void }) {
  const { t } = useSpeech()
  const { today } = usePlace()
  const [form] = Form.useForm<ChangeForm>()
  const send = useUnitChange()
  const { what } = change
  const unit = change.what === 'add' ? undefined : change.unit
  const required = { required: true, message: t(w('请填写', 'Fill this in')) }
  const save = ({ date, ...rest }: ChangeForm) =>
    send
      .mutateAsync({
        path: unit ? `/${encodeURIComponent(unit.id)}/${what}` : '',
        body: { ...rest, ...(date ? { date: date.format('YYYY-MM-DD') } : {}) },
      })
      .then(onClose, () => undefined)
  const first = unit && unit.from >= today ? addDays(unit.from, 1) : today
  return (
    <Modal
      open
      title={unit ? `${t(TITLES[what])}${t(w('：', ': '))}${unit.name}` : t(TITLES[what])}
      onCancel={onClose}
      onOk={() => form.submit()}
      confirmLoading={send.isPending}
    >
      {send.error && <Alert type="error" showIcon role="alert" title={t(asProblem(send.error).message)} style={{ marginBottom: 12 }} />}
      <Form
        form={form}
        layout="vertical"
        initialValues={unit ? { name: unit.name, aliases: [...unit.aliases], date: dayjs(first) } : { level: 'unit' }}
        onFinish={(values) => void save(values)}
      >
        {what === 'add' && <Belonging required={required} />}
        {what !== 'end' && (
          <>
            <Form.Item name="name" label={t(w('名称', 'Name'))} rules={[required]}>
              <Input maxLength={100} autoComplete="off" />
            </Form.Item>
            <Form.Item
              name="aliases"
              label={t(w('简称', 'Short names'))}
              extra={t(w('通稿中的叫法，如“市卫健委”；每个按回车。', 'As communiqués call it, such as 市卫健委; press Enter after each.'))}
            >
              <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={['、', '，', ',', '；', ';']} />
            </Form.Item>
          </>
        )}
        <Form.Item
          name="date"
          label={what === 'end' ? t(w('自这一天起不再存在', 'No more from this day on')) : t(w('自这一天起', 'From this day on'))}
          {...(what === 'add'
            ? { extra: t(w('不填则与所属区划同日起。', 'Left out: as long as its area is recorded.')) }
            : { rules: [required] })}
        >
          <DatePicker allowClear={what === 'add'} />
        </Form.Item>
        <Form.Item name="instrument" label={t(w('依据文件', 'Document'))} rules={[required]}>
          <Input maxLength={200} autoComplete="off" placeholder={t(w('文号或名册', 'Its number, or the list'))} />
        </Form.Item>
      </Form>
    </Modal>
  )
}

/** Whether it is a unit or a grid, and what it belongs to. */
function Belonging({ required }: { readonly required: { required: boolean; message: string } }) {
  const { t } = useSpeech()
  const { areas } = usePlace()
  const level = Form.useWatch<string | undefined>('level')
  const choices = useMemo(() => {
    const nameOf = (id: string): string => {
      const one = areas.get(id)
      return one ? `${one.parent === null ? '' : nameOf(one.parent)}${one.name}` : ''
    }
    return [...areas.values()]
      .filter((one) => one.level !== 'grid' && one.level !== 'building' && (level !== 'grid' || one.level !== 'unit'))
      .map((one) => ({ value: one.id, label: nameOf(one.id) }))
  }, [areas, level])
  return (
    <>
      <Form.Item name="level" label={t(w('类型', 'Kind'))}>
        <Segmented options={(['unit', 'grid'] as const).map((value) => ({ value, label: t(AREA_LEVEL_LABELS[value]) }))} />
      </Form.Item>
      <Form.Item name="parent" label={t(w('所属区划或单位', 'Area or unit it belongs to'))} rules={[required]}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={choices} />
      </Form.Item>
    </>
  )
}
