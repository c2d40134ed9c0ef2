import { asProblem, call, liesIn, usePlace, useSpeech, w } from '@guatu/client'
import type { Problem } from '@guatu/kernel'
import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, DatePicker, Flex, Form, Input, List, Modal, Select, Typography } from 'antd'
import { useMemo, useState } from 'react'
import { DECISIONS, type Decision, NEEDS_REASON } from '../../lists/outcomes.ts'
import { CLASSES, KINDS } from '../../options.ts'
import { placeOf } from './place-of.ts'
import { type Answered, type Compared, formOf } from './types.ts'

interface Asked {
  readonly area?: string
  readonly kind?: string
  readonly class?: string
  readonly reason?: string
  readonly source?: string
  readonly dueOn?: { format(pattern: string): string }
}

/** One decision on the chosen rows, each row answered on its own; asks for what this decision needs and nothing else. */
export function DecideDialogue(props: {
  readonly decision: Decision
  readonly file: File
  readonly purpose: string
  /** The sheet that was chosen, where one was. */
  readonly sheet: number | undefined
  readonly rows: readonly Compared[]
  onClose(decided: boolean): void
}) {
  const { decision, file, purpose, sheet, rows, onClose } = props
  const lines = rows.map(({ line }) => line)
  // Who is not in the register needs a place.
  const unplaced = rows.some(({ area }) => area === undefined)
  const { t } = useSpeech()
  const { home } = usePlace()
  const client = useQueryClient()
  const villages = useVillages()
  const [problem, setProblem] = useState<Problem>()
  const [answered, setAnswered] = useState<Answered>()
  const [busy, setBusy] = useState(false)
  const places = decision === 'enter' || decision === 'visit'
  const send = async ({ dueOn, ...asked }: Asked) => {
    setBusy(true)
    setProblem(undefined)
    try {
      // What is only noted stands where the officer sits; who enters or is visited has a village.
      const area = asked.area ?? (places ? undefined : home?.id)
      const all = { purpose, sheet, lines, decision, ...asked, area, dueOn: dueOn?.format('YYYY-MM-DD') }
      setAnswered(await call<Answered>('/api/reconcile/decide', { form: formOf(file, all) }))
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'areas' && queryKey[0] !== 'me' })
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  const word = DECISIONS[decision]
  return (
    <Modal
      open
      title={t({ zh: `${word.zh}：${lines.length}人`, en: `${word.en}: ${lines.length}` })}
      footer={null}
      onCancel={() => onClose(answered !== undefined)}
    >
      {problem && <Alert type="error" showIcon role="alert" title={t(problem.message)} style={{ marginBottom: 12 }} />}
      {answered ? (
        <Result answered={answered} rows={rows} onClose={() => onClose(true)} />
      ) : (
        <Form<Asked> layout="vertical" initialValues={{ kind: 'home', class: 'listed' }} onFinish={(asked) => void send(asked)}>
          {places && unplaced && (
            <Form.Item
              name="area"
              label={t(
                decision === 'enter'
                  ? w('不在册人员登记到', 'Register those who are not in the register in')
                  : w('不在册人员交由', 'Who is not in the register is looked for by'),
              )}
              rules={[{ required: true, message: t(w('请选择村（社区）', 'Choose a village')) }]}
            >
              <Select showSearch={{ optionFilterProp: 'label' }} options={villages} />
            </Form.Item>
          )}
          {decision === 'enter' && <Observation />}
          {decision === 'visit' && (
            <Form.Item name="dueOn" label={t(w('核查时限（不填为参数规定的时限）', 'Due (by the parameter when empty)'))}>
              <DatePicker style={{ width: '100%' }} />
            </Form.Item>
          )}
          <Form.Item name="source" label={t(w('名单来源', 'Sender'))}>
            <Input maxLength={80} placeholder={t(w('例如：市大数据局2月13日', 'Such as: data office, 13 February'))} />
          </Form.Item>
          {decision !== 'enter' && decision !== 'visit' && (
            <Form.Item
              name="reason"
              label={t(w('理由（不写姓名）', 'Reason (no names)'))}
              rules={[{ required: NEEDS_REASON.includes(decision), message: t(w('请写明理由', 'Say why')) }]}
            >
              <Input maxLength={200} />
            </Form.Item>
          )}
          <Button type="primary" htmlType="submit" loading={busy}>
            {t(word)}
          </Button>
        </Form>
      )}
    </Modal>
  )
}

function Observation() {
  const { t } = useSpeech()
  return (
    <>
      <Form.Item name="kind" label={t(w('观察方式', 'Kind'))} rules={[{ required: true }]}>
        <Select options={Object.entries(KINDS).map(([value, label]) => ({ value, label: t(label) }))} />
      </Form.Item>
      <Form.Item name="class" label={t(w('管控类别', 'Class'))} rules={[{ required: true }]}>
        <Select
          // A contact is entered one by one, with the day of the last contact.
          options={Object.entries(CLASSES)
            .filter(([value]) => value !== 'contact')
            .map(([value, label]) => ({ value, label: t(label) }))}
        />
      </Form.Item>
    </>
  )
}

function Result({ answered, rows, onClose }: { readonly answered: Answered; readonly rows: readonly Compared[]; onClose(): void }) {
  const { t } = useSpeech()
  const { results } = answered
  const place = (line: number) => placeOf(rows.find((row) => row.line === line) ?? { line })
  const refused = results.filter((one) => !one.done)
  const done = results.length - refused.length
  return (
    <Flex vertical gap={12}>
      <Alert
        type={refused.length === 0 ? 'success' : 'warning'}
        showIcon
        title={t({ zh: `${results.length}行中${done}行已处理。`, en: `${done} of ${results.length} rows settled.` })}
      />
      {refused.length > 0 && (
        <List
          size="small"
          style={{ maxHeight: 320, overflow: 'auto' }}
          dataSource={refused}
          renderItem={(one) => (
            <List.Item>
              {t({ zh: `第${place(one.line)}行`, en: `Line ${place(one.line)}` })}
              <Typography.Text type="danger">{one.problem && t(one.problem.message)}</Typography.Text>
            </List.Item>
          )}
        />
      )}
      <Button type="primary" onClick={onClose}>
        {t(w('知道了', 'Close'))}
      </Button>
    </Flex>
  )
}

/** Villages of one's own area, with their town. */
function useVillages() {
  const { areas, home } = usePlace()
  return useMemo(() => {
    const within = (id: string) => home !== undefined && liesIn(areas, id, new Set([home.id]))
    return [...areas.values()]
      .filter((one) => one.level === 'village' && within(one.id))
      .map((one) => ({ value: one.id, label: `${areas.get(one.parent ?? '')?.name ?? ''} ${one.name}` }))
  }, [areas, home])
}
