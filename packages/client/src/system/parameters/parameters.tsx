import { fullDayWords, type Label, type ParameterSetting } from '@guatu/kernel'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, DatePicker, Flex, Form, Input, InputNumber, Modal, Select, Switch, Table, Tag, Typography } from 'antd'
import type { Dayjs } from 'dayjs'
import dayjs from 'dayjs'
import { useEffect, useState } from 'react'
import { asProblem, call } from '../../api/client.ts'
import { useSpeech, w } from '../../shell/language.tsx'
import { usePlace } from '../../shell/place.tsx'
import { Loaded } from '../../shell/states.tsx'

interface Parameter {
  readonly code: string
  readonly label: Label
  readonly unit?: Label
  readonly settings: readonly ParameterSetting[]
  readonly inForce: ParameterSetting['value'] | null
}

const NONE = w('无', 'none')
const shown = (value: ParameterSetting['value'] | null): Label => {
  if (value === null) return w('—', '—')
  if (typeof value === 'boolean') return value ? w('是', 'yes') : w('否', 'no')
  const text = typeof value === 'object' ? w(value.join('、'), value.join(', ')) : w(String(value), String(value))
  return text.zh === '' ? NONE : text
}

/** Every number of a rule: what holds on the day looked at, since when, by which document. Settings are added, never changed. */
export default function Parameters() {
  const { t } = useSpeech()
  const { day, has } = usePlace()
  const [editing, setEditing] = useState<Parameter>()
  const query = useQuery({
    queryKey: ['settings', day],
    queryFn: () => call<{ day: string; parameters: readonly Parameter[] }>(`/api/settings?day=${day}`),
  })
  const arrived = query.data !== undefined
  // A page that says which parameter is missing leads to its line.
  useEffect(() => {
    const code = decodeURIComponent(window.location.hash.slice(1))
    if (arrived && code !== '') document.getElementById(code)?.scrollIntoView({ block: 'center' })
  }, [arrived])
  return (
    <Flex vertical gap={8}>
      <Typography.Title level={3}>{t(w('参数', 'Parameters'))}</Typography.Title>
      <Typography.Text type="secondary">
        {t({
          zh: `规则中的数字，按${fullDayWords(day).zh}有效的显示。新的设置从其起始日期生效，以前的日子仍按当时的规定。`,
          en: `The numbers in rules, as in force on ${fullDayWords(day).en}. A new setting holds from its first day; earlier days keep theirs.`,
        })}
      </Typography.Text>
      <Loaded query={query} empty={(data) => data.parameters.length === 0} emptyText={t(w('没有参数', 'No parameters'))}>
        {({ parameters }) => (
          <Table<Parameter>
            size="small"
            rowKey="code"
            onRow={(one) => ({ id: one.code })}
            pagination={false}
            scroll={{ x: 880 }}
            dataSource={[...parameters]}
            expandable={{ expandedRowRender: (one) => <History of={one} day={day} /> }}
            columns={[
              { title: t(w('参数', 'Parameter')), width: '30%', render: (_, one) => t(one.label) },
              { title: t(w('现行值', 'In force')), render: (_, one) => <InForce of={one} /> },
              { title: t(w('依据', 'Instrument')), width: '24%', render: (_, one) => <Instrument of={one} day={day} /> },
              ...(has('administrator')
                ? [
                    { title: t(w('代码', 'Code')), width: 210, render: (_: unknown, one: Parameter) => <code>{one.code}</code> },
                    {
                      width: 96,
                      title: '',
                      render: (_: unknown, one: Parameter) => (
                        <Button size="small" onClick={() => setEditing(one)}>
                          {t(w('新设置', 'New setting'))}
                        </Button>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        )}
      </Loaded>
      {editing && <NewSetting of={editing} onClose={() => setEditing(undefined)} />}
    </Flex>
  )
}

/** What the values of a parameter are called. */
function useNames(code: string): (value: ParameterSetting['value'] | null) => Label {
  const options = usePlace().registry.parameters.get(code)?.options
  return (value) => (typeof value === 'string' ? options?.[value] : undefined) ?? shown(value)
}

/** One value on one line; a rule of several lines, or a list of names, below each other. */
function InForce({ of }: { readonly of: Parameter }) {
  const { t } = useSpeech()
  const named = useNames(of.code)
  const { inForce, unit } = of
  if (Array.isArray(inForce) && inForce.length > 0)
    return (
      <ul className="parameter-lines">
        {inForce.map((line) => (
          <li key={line}>{t(named(line))}</li>
        ))}
      </ul>
    )
  return (
    <strong>
      {t(named(inForce))} {unit && t(unit)}
    </strong>
  )
}

const holdsOn = (one: ParameterSetting, day: string) => (one.from ?? '') <= day && (one.to === undefined || one.to >= day)

function Instrument({ of, day }: { readonly of: Parameter; readonly day: string }) {
  const { t } = useSpeech()
  const now = of.settings
    .filter((one) => one.path === undefined && holdsOn(one, day))
    .findLast((one) => JSON.stringify(one.value) === JSON.stringify(of.inForce))
  return <>{now ? t(now.instrument) : '—'}</>
}

function History({ of, day }: { readonly of: Parameter; readonly day: string }) {
  const { t } = useSpeech()
  const named = useNames(of.code)
  const rows = of.settings.map((one, i) => ({ ...one, key: String(i) })).reverse()
  return (
    <Table
      size="small"
      pagination={false}
      dataSource={rows}
      columns={[
        { title: t(w('值', 'Value')), render: (_, one) => t(named(one.value)) },
        { title: t(w('起', 'From')), render: (_, one) => one.from ?? t(w('起初', 'the start')) },
        { title: t(w('止', 'To')), render: (_, one) => one.to ?? t(w('未定', 'open')) },
        { title: t(w('依据', 'Instrument')), render: (_, one) => t(one.instrument) },
        { title: '', render: (_, one) => holdsOn(one, day) && <Tag color="green">{t(w('当日在有效期内', 'holds that day'))}</Tag> },
      ]}
    />
  )
}

interface Written {
  readonly value: ParameterSetting['value']
  readonly from: Dayjs
  readonly to?: Dayjs | null
  readonly instrument: string
}

function NewSetting({ of, onClose }: { readonly of: Parameter; onClose(): void }) {
  const { t } = useSpeech()
  const { today, registry } = usePlace()
  const options = registry.parameters.get(of.code)?.options
  const client = useQueryClient()
  const sample = of.inForce ?? of.settings[0]?.value
  const kind = Array.isArray(sample) ? 'list' : typeof sample
  const save = useMutation({
    mutationFn: ({ value, from, to, instrument }: Written) =>
      call(`/api/settings/${encodeURIComponent(of.code)}`, {
        body: { value, from: from.format('YYYY-MM-DD'), ...(to ? { to: to.format('YYYY-MM-DD') } : {}), instrument },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['settings'] })
      onClose()
    },
  })
  const needed = (label: Label) => [{ required: true, message: t({ zh: `请填写“${label.zh}”`, en: `Fill in “${label.en}”` }) }]
  const LABELS = { value: w('值', 'Value'), from: w('起始日期', 'First day'), instrument: w('依据文件', 'Instrument') }
  return (
    <Modal open title={t(of.label)} footer={null} onCancel={onClose}>
      <Form<Written>
        layout="vertical"
        onFinish={(written) => save.mutate(written)}
        initialValues={{ ...(of.inForce === null ? {} : { value: of.inForce }), from: dayjs(today) }}
      >
        {save.error && <Alert type="error" showIcon role="alert" title={t(asProblem(save.error).message)} style={{ marginBottom: 12 }} />}
        <Form.Item
          name="value"
          label={t(LABELS.value)}
          rules={kind === 'boolean' || kind === 'list' ? [] : needed(LABELS.value)}
          {...(kind === 'boolean' ? { valuePropName: 'checked' } : {})}
        >
          {kind === 'number' ? (
            <InputNumber style={{ width: '100%' }} autoFocus />
          ) : kind === 'boolean' ? (
            <Switch />
          ) : options ? (
            <Select
              {...(kind === 'list' ? { mode: 'multiple' as const } : {})}
              options={Object.entries(options).map(([value, label]) => ({ value, label: t(label) }))}
            />
          ) : kind === 'list' ? (
            <Select mode="tags" tokenSeparators={[',', '，', '、']} />
          ) : (
            <Input autoFocus />
          )}
        </Form.Item>
        <Form.Item name="from" label={t(LABELS.from)} rules={needed(LABELS.from)}>
          <DatePicker style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="to" label={t(w('截止日期（可不填）', 'Last day (optional)'))}>
          <DatePicker style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="instrument" label={t(LABELS.instrument)} rules={needed(LABELS.instrument)}>
          <Input maxLength={300} placeholder={t(w('例如：市指挥部第3号通知', 'such as: HQ notice no. 3'))} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t(w('保存', 'Save'))}
        </Button>
      </Form>
    </Modal>
  )
}
