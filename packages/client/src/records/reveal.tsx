import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons'
import type { AnyRecord, Label, Problem } from '@guatu/kernel'
import { Alert, AutoComplete, Button, Form, Modal, Typography } from 'antd'
import { useState } from 'react'
import { asProblem, call } from '../api/client.ts'
import type { Row } from '../api/types.ts'
import { useSpeech, w } from '../shell/language.tsx'
import { usePlace } from '../shell/place.tsx'

/** Purposes that people state most; anything else is written out. */
const PURPOSES = [
  w('电话核实情况', 'To verify by phone'),
  w('上门走访', 'To visit at home'),
  w('核对证件', 'To compare a document'),
  w('流行病学调查', 'Epidemiological investigation'),
  w('安排转运或就诊', 'To arrange transport or treatment'),
  w('处理本人申请', 'To answer the person’s request'),
]

/** Why somebody looks; asked before anything is shown. */
export function PurposeInput(props: { readonly value?: string; onChange?(value: string): void; readonly id?: string }) {
  const { t } = useSpeech()
  return (
    <AutoComplete
      {...props}
      options={PURPOSES.map((one) => ({ value: t(one) }))}
      showSearch={{ filterOption: (typed, option) => String(option?.value).includes(typed) }}
      placeholder={t(w('例如：上门走访', 'Such as: to visit at home'))}
      maxLength={200}
    />
  )
}

/** Shows what is masked, after a purpose has been stated; hides it again when the record is left. */
export function Reveal({
  def,
  row,
  shown,
  onChange,
}: {
  readonly def: AnyRecord
  readonly row: Row
  readonly shown: boolean
  onChange(clear: Row | undefined): void
}) {
  const { t } = useSpeech()
  const { me } = usePlace()
  const [asking, setAsking] = useState(false)
  const may = me.grants.some((grant) => def.reveal?.[grant.role]) && Object.keys(row.fields).some((name) => def.fields[name]?.sensitive)
  if (!may) return null
  if (shown)
    return (
      <Button icon={<EyeInvisibleOutlined />} onClick={() => onChange(undefined)}>
        {t(w('隐藏', 'Hide'))}
      </Button>
    )
  return (
    <>
      <Button icon={<EyeOutlined />} onClick={() => setAsking(true)}>
        {t(w('查看完整信息', 'See in full'))}
      </Button>
      {asking && (
        <PurposeDialogue
          title={w('查看完整信息', 'See in full')}
          onCancel={() => setAsking(false)}
          onAsked={async (purpose) => {
            const clear = await call<Row>(`/api/${def.name}/${row.id}/reveal`, { body: { purpose } })
            setAsking(false)
            onChange(clear)
          }}
        />
      )}
    </>
  )
}

/** Asks why somebody looks before anything is shown; a refusal of the server stands above what was typed. */
export function PurposeDialogue({
  title,
  onCancel,
  onAsked,
}: {
  readonly title: Label
  onCancel(): void
  onAsked(purpose: string): Promise<void>
}) {
  const { t } = useSpeech()
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)
  const ask = async ({ purpose }: { purpose: string }) => {
    setBusy(true)
    setProblem(undefined)
    try {
      await onAsked(purpose)
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal open title={t(title)} footer={null} onCancel={onCancel} destroyOnHidden>
      <Form layout="vertical" onFinish={(values: { purpose: string }) => void ask(values)}>
        {problem && <Alert type="error" showIcon role="alert" title={t(problem.message)} style={{ marginBottom: 16 }} />}
        <Form.Item
          name="purpose"
          label={t(w('查看目的', 'Purpose'))}
          rules={[{ required: true, min: 2, message: t(w('请写明目的', 'Say what it is for')) }]}
        >
          <PurposeInput />
        </Form.Item>
        <Typography.Paragraph type="secondary">
          {t(w('您的姓名、时间和目的会被记录，供审计查看。', 'Your name, the time and the purpose are recorded for the auditor.'))}
        </Typography.Paragraph>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t(w('查看', 'Show'))}
        </Button>
      </Form>
    </Modal>
  )
}
