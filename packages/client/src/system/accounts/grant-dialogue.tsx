import { ROLES } from '@guatu/kernel'
import { DatePicker, Flex, Form, Input, Modal, Select } from 'antd'
import type { Dayjs } from 'dayjs'
import { useSpeech, w } from '../../shell/language.tsx'
import { usePlace } from '../../shell/place.tsx'
import { liesIn } from '../../shell/way-up.ts'
import { type Listed, useSend } from './use-send.tsx'

interface GrantForm {
  readonly username?: string
  readonly name?: string
  readonly role: string
  readonly area: string
  readonly unit?: string
  readonly from?: Dayjs
  readonly to?: Dayjs
}

/** A new account with its first grant, or one more grant for somebody. */
export function GrantDialogue({ of, close }: { readonly of: Listed | 'new'; readonly close: () => void }) {
  const { t } = useSpeech()
  const { areas, units, me } = usePlace()
  const send = useSend()
  const [form] = Form.useForm<GrantForm>()
  const [role, area] = [Form.useWatch('role', form), Form.useWatch('area', form)]
  // Its inbox is that of a unit: without one it has none.
  const forUnit = role === 'agency-clerk'
  const administered = new Set(me.grants.map((grant) => grant.area))
  const inside = units.filter((one) => liesIn(areas, one.id, area === undefined ? administered : new Set([area])))
  const aboutUnit =
    units.length === 0
      ? w('名册里还没有单位：先在“区划 → 单位和网格”登记。', 'No units yet: record them first, under Areas → Units and grids.')
      : role === 'county-clerk'
        ? w(
            '选了单位（如区县应急指挥部）才能签收、反馈任务；不选只能查看本区县各单位的任务。',
            'Only with a unit (such as the county headquarters) are tasks signed for and reported on; without one the tasks of the county’s units are only seen.',
          )
        : undefined
  const required = { required: true, message: t(w('请填写', 'Fill this in')) }
  const save = async ({ username, name, from, to, ...rest }: GrantForm) => {
    const grant = { ...rest, ...(from ? { from: from.format('YYYY-MM-DD') } : {}), ...(to ? { to: to.format('YYYY-MM-DD') } : {}) }
    await send
      .mutateAsync(of === 'new' ? { path: '', body: { username, name, grants: [grant] } } : { path: `/${of.id}/grants`, body: grant })
      .then(close, () => undefined)
  }
  const choices = [...areas.values()]
    .filter((one) => one.level !== 'unit' && liesIn(areas, one.id, administered))
    .map((one) => ({ value: one.id, label: one.name }))
  return (
    <Modal
      open
      title={of === 'new' ? t(w('新建账号', 'New account')) : `${t(w('授权', 'Grant'))} ${of.name}`}
      onCancel={close}
      onOk={() => form.submit()}
      confirmLoading={send.isPending}
    >
      <Form
        form={form}
        layout="vertical"
        onValuesChange={(changed: Partial<GrantForm>) => changed.area !== undefined && form.setFieldValue('unit', undefined)}
        onFinish={(values) => void save(values)}
      >
        {of === 'new' && (
          <>
            <Form.Item name="username" label={t(w('账号', 'Account'))} rules={[required]}>
              <Input autoComplete="off" />
            </Form.Item>
            <Form.Item name="name" label={t(w('姓名', 'Name'))} rules={[required]}>
              <Input autoComplete="off" />
            </Form.Item>
          </>
        )}
        <Form.Item name="role" label={t(w('角色', 'Role'))} rules={[required]}>
          <Select options={Object.entries(ROLES).map(([value, label]) => ({ value, label: t(label) }))} />
        </Form.Item>
        <Form.Item name="area" label={t(w('区划', 'Area'))} rules={[required]}>
          <Select showSearch={{ optionFilterProp: 'label' }} options={choices} />
        </Form.Item>
        <Form.Item
          name="unit"
          label={forUnit ? t(w('单位', 'Unit')) : t(w('单位（可不填）', 'Unit (optional)'))}
          {...(forUnit ? { rules: [required] } : {})}
          {...(aboutUnit ? { extra: t(aboutUnit) } : {})}
        >
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            options={inside.map((one) => ({ value: one.id, label: one.name }))}
          />
        </Form.Item>
        <Flex gap={8}>
          <Form.Item name="from" label={t(w('起始日期', 'First day'))}>
            <DatePicker />
          </Form.Item>
          <Form.Item name="to" label={t(w('截止日期', 'Last day'))}>
            <DatePicker />
          </Form.Item>
        </Flex>
      </Form>
    </Modal>
  )
}
