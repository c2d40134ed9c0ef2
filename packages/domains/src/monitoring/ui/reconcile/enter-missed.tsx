import { asProblem, call, usePlace, useSpeech, w } from '@guatu/client'
import type { Problem } from '@guatu/kernel'
import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Flex, Form, List, Modal, Select, Typography } from 'antd'
import { useMemo, useState } from 'react'
import { CLASSES, KINDS } from '../../options.ts'
import { type Decided, formOf } from './types.ts'

interface Asked {
  readonly area: string
  readonly kind: string
  readonly class: string
}

/** Enters the chosen rows into observation, each on its own; people who are not in the register yet are registered with it. */
export function EnterMissed(props: {
  readonly file: File
  readonly purpose: string
  readonly lines: readonly number[]
  onClose(entered: boolean): void
}) {
  const { file, purpose, lines, onClose } = props
  const { t } = useSpeech()
  const { areas, home } = usePlace()
  const client = useQueryClient()
  const [problem, setProblem] = useState<Problem>()
  const [decided, setDecided] = useState<Decided>()
  const [busy, setBusy] = useState(false)
  const villages = useMemo(() => {
    const within = (id: string): boolean => {
      for (let node = areas.get(id); node; node = node.parent === null ? undefined : areas.get(node.parent))
        if (node.id === home?.id) return true
      return false
    }
    return [...areas.values()]
      .filter((one) => one.level === 'village' && within(one.id))
      .map((one) => ({ value: one.id, label: `${areas.get(one.parent ?? '')?.name ?? ''} ${one.name}` }))
  }, [areas, home])
  const send = async (asked: Asked) => {
    setBusy(true)
    setProblem(undefined)
    try {
      setDecided(await call<Decided>('/api/reconcile/enter', { form: formOf(file, { purpose, lines, ...asked }) }))
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'areas' && queryKey[0] !== 'me' })
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  const done = decided?.results.filter((one) => one.done).length ?? 0
  const title = t({ zh: `纳入观察：${lines.length}人`, en: `Enter ${lines.length} into observation` })
  return (
    <Modal open title={title} footer={null} onCancel={() => onClose(decided !== undefined)}>
      {problem && <Alert type="error" showIcon role="alert" title={t(problem.message)} style={{ marginBottom: 12 }} />}
      {decided ? (
        <Flex vertical gap={12}>
          <Alert
            type={done === decided.results.length ? 'success' : 'warning'}
            showIcon
            title={t({ zh: `${decided.results.length}人中${done}人已纳入。`, en: `${done} of ${decided.results.length} entered.` })}
          />
          <List
            size="small"
            dataSource={decided.results.filter((one) => !one.done)}
            locale={{ emptyText: ' ' }}
            renderItem={(one) => (
              <List.Item>
                {t({ zh: `第${one.line}行`, en: `Line ${one.line}` })}
                <Typography.Text type="danger">{one.problem && t(one.problem.message)}</Typography.Text>
              </List.Item>
            )}
          />
          <Button type="primary" onClick={() => onClose(true)}>
            {t(w('知道了', 'Close'))}
          </Button>
        </Flex>
      ) : (
        <Form<Asked> layout="vertical" initialValues={{ kind: 'home', class: 'listed' }} onFinish={(asked) => void send(asked)}>
          <Form.Item
            name="area"
            label={t(w('不在册人员登记到', 'Register those who are not in the register in'))}
            rules={[{ required: true, message: t(w('请选择村（社区）', 'Choose a village')) }]}
          >
            <Select showSearch={{ optionFilterProp: 'label' }} options={villages} />
          </Form.Item>
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
          <Button type="primary" htmlType="submit" loading={busy}>
            {t(w('纳入', 'Enter'))}
          </Button>
        </Form>
      )}
    </Modal>
  )
}
