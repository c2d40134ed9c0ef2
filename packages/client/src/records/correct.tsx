import { type AnyRecord, CORRECT, type DomainEvent, inputFields, type Problem } from '@guatu/kernel'
import { Alert, App, Button, Form, Input, Modal, Radio, Space, Typography } from 'antd'
import { useMemo, useState } from 'react'
import { asProblem } from '../api/client.ts'
import { newId, useAct } from '../api/queries.ts'
import { useSpeech, w } from '../shell/language.tsx'
import { ActFields } from './act-fields.tsx'
import { inputNow } from './corrected.ts'
import { WaitsForFiles } from './sending.tsx'
import { Submit } from './submit.tsx'

export interface CorrectProps {
  readonly def: AnyRecord
  readonly event: DomainEvent
  readonly events: readonly DomainEvent[]
  /** May it be taken back as a whole? */
  readonly mayVoid: boolean
  /** When it was done, in words. */
  readonly when: string
  onClose(): void
}

/** Sets an act right, or takes it back: a new act that names the old one and says why; both stay in the timeline. */
export function CorrectDialogue(props: CorrectProps) {
  const { t } = useSpeech()
  const label = props.def.actions[props.event.action]?.label ?? w('', '')
  return (
    <Modal
      open
      title={t({ zh: `更正：${label.zh}`, en: `Correct: ${label.en}` })}
      footer={null}
      onCancel={props.onClose}
      mask={{ closable: false }}
    >
      <WaitsForFiles>
        <CorrectForm {...props} />
      </WaitsForFiles>
    </Modal>
  )
}

const NOTHING: Problem = {
  code: 'nothing-changed',
  status: 422,
  message: w(
    '没有更改任何内容：请改正有误的一项；整个操作有误的请作废。',
    'Nothing was changed: set right what is wrong, or take the act back as a whole.',
  ),
}

/** Sent beside the fields of the act, which may have any name. */
const REASON = '@reason'

function CorrectForm({ def, event, events, mayVoid, when, onClose }: CorrectProps) {
  const { t } = useSpeech()
  const { message } = App.useApp()
  const act = useAct()
  const [form] = Form.useForm<Record<string, unknown>>()
  const [problem, setProblem] = useState<Problem>()
  const id = useMemo(() => newId(), [])
  const action = def.actions[event.action]
  const now = useMemo(() => inputNow(event, events), [event, events])
  // What is shown masked is not known here: it is sent only where somebody writes it anew.
  const fields = action ? inputFields(def, action).map((one) => (one.field.sensitive ? { ...one, required: false } : one)) : []
  const values = Object.fromEntries(fields.filter(({ field }) => !field.sensitive).map(({ name }) => [name, now[name]]))
  const [voids, setVoids] = useState(fields.length === 0)

  const submit = async ({ [REASON]: reason, ...given }: Record<string, unknown>) => {
    setProblem(undefined)
    const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
    const emptied = (value: unknown) => value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
    const input = Object.fromEntries(
      Object.entries(given).flatMap(([name, value]) => {
        if (emptied(value)) return emptied(values[name]) ? [] : [[name, null]]
        return same(value, values[name]) ? [] : [[name, value]]
      }),
    )
    if (!voids && Object.keys(input).length === 0) return setProblem(NOTHING)
    try {
      await act.mutateAsync({
        record: def.name,
        id: event.recordId,
        action: CORRECT,
        event: id,
        input: { event: event.id, reason, ...(voids ? { void: true } : { input }) },
      })
      void message.success(t(w('已更正', 'Corrected')))
      onClose()
    } catch (error) {
      const refused = asProblem(error)
      const all = refused.problems ?? [refused]
      const placed = all.filter((one) => one.path?.startsWith('input.input.'))
      form.setFields(placed.map((one) => ({ name: one.path?.slice('input.input.'.length) ?? '', errors: [t(one.message)] })))
      // A refusal of what others rest on says what to do instead: it stands above, whichever field it names.
      if (placed.length < all.length || refused.code === 'correction-settled') setProblem(refused)
    }
  }

  return (
    <Form form={form} layout="vertical" initialValues={values} onFinish={(given) => void submit(given)}>
      <Typography.Paragraph type="secondary">
        {when} ·{' '}
        {t(
          w(
            '原来的操作仍留在办理记录里，更正写明理由，另记一笔。',
            'The act itself stays in the timeline; the correction is recorded beside it, with its reason.',
          ),
        )}
      </Typography.Paragraph>
      {problem && <Alert type="error" showIcon role="alert" style={{ marginBottom: 16 }} title={t(problem.message)} />}
      {mayVoid && fields.length > 0 && (
        <Form.Item>
          <Radio.Group
            value={voids}
            onChange={({ target }) => setVoids(target.value === true)}
            options={[
              { value: false, label: t(w('更正内容', 'Set it right')) },
              { value: true, label: t(w('作废这次操作', 'Take it back')) },
            ]}
          />
        </Form.Item>
      )}
      {!voids && <ActFields fields={fields} />}
      <Form.Item
        name={REASON}
        label={t(w('更正原因', 'Reason'))}
        rules={[{ required: true, whitespace: true, message: t(w('请写明更正原因', 'Say why it is corrected')) }]}
      >
        <Input.TextArea maxLength={1_000} autoSize={{ minRows: 2, maxRows: 6 }} autoFocus={fields.length === 0} />
      </Form.Item>
      <Space wrap>
        <Submit busy={act.isPending} danger={voids}>
          {t(voids ? w('作废', 'Take it back') : w('更正', 'Correct'))}
        </Submit>
        <Button onClick={onClose}>{t(w('取消', 'Cancel'))}</Button>
      </Space>
    </Form>
  )
}
