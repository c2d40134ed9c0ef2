import { SearchOutlined } from '@ant-design/icons'
import { asProblem, call, PurposeInput, RecordPanel, type Row, usePlace, useSpeech, w } from '@guatu/client'
import type { Problem } from '@guatu/kernel'
import { Alert, Button, Drawer, Empty, Flex, Form, Input, List, Tag, Typography } from 'antd'
import { useState } from 'react'

interface Asked {
  readonly purpose: string
  readonly word: string
}

/** Looking for somebody: the purpose first, then what is known. What is found is masked; the look is recorded. */
export default function FindPerson() {
  const { t } = useSpeech()
  const { registry, areas, reads } = usePlace()
  const def = registry.records.get('person')
  const [rows, setRows] = useState<readonly Row[]>()
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)
  const [open, setOpen] = useState<string>()
  if (!def) return null
  // Whoever reads no list finds the one that shows a document, a plate or a phone, and opens nothing further.
  const byName = reads('person')
  const find = async (asked: Asked) => {
    setBusy(true)
    setProblem(undefined)
    try {
      setRows((await call<{ rows: readonly Row[] }>('/api/person/find', { body: asked })).rows)
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Flex vertical gap={12} style={{ maxWidth: 760 }}>
      <Typography.Title level={3}>{t(w('查找人员', 'Find a person'))}</Typography.Title>
      <Form layout="vertical" onFinish={(asked: Asked) => void find(asked)}>
        <Form.Item
          name="purpose"
          label={t(w('查找目的', 'Purpose'))}
          rules={[{ required: true, min: 2, message: t(w('请先写明目的', 'Say first what it is for')) }]}
        >
          <PurposeInput />
        </Form.Item>
        <Form.Item
          name="word"
          label={t(
            byName
              ? w('姓名、拼音首字母、证件号码、电话或车牌', 'Name, pinyin initials, document number, phone or plate')
              : w('完整的证件号码、电话或车牌', 'The whole document number, phone or plate'),
          )}
          extra={t(
            byName
              ? w(
                  '例如：测试甲、csj、ceshijia。只查您管辖范围内的人员。',
                  'Such as 测试甲, csj or ceshijia. Only people in your jurisdiction.',
                )
              : w('不按姓名查找。只查您管辖范围内的人员。', 'Nobody is found by name. Only people in your jurisdiction.'),
          )}
          rules={[{ required: true, message: t(w('请填写要查找的内容', 'Write what to look for')) }]}
        >
          <Input autoComplete="off" maxLength={60} />
        </Form.Item>
        <Button type="primary" htmlType="submit" icon={<SearchOutlined />} loading={busy}>
          {t(w('查找', 'Find'))}
        </Button>
      </Form>
      {problem && <Alert type="error" showIcon role="alert" title={t(problem.message)} />}
      {rows && rows.length === 0 && (
        <Empty
          description={t(w('管辖范围内没有找到，请核对后再查或登记。', 'Nobody in your jurisdiction; compare and try again, or register.'))}
        />
      )}
      {rows && rows.length > 0 && (
        <List
          size="small"
          bordered
          dataSource={[...rows]}
          renderItem={(row) => (
            <List.Item
              actions={
                byName
                  ? [
                      <Button key="open" type="link" onClick={() => setOpen(row.id)}>
                        {t(w('打开', 'Open'))}
                      </Button>,
                    ]
                  : []
              }
            >
              <Flex gap={12} wrap align="center">
                <strong>{String(row.fields.name ?? '—')}</strong>
                <span>{String(row.fields.documentNumber ?? t(w('无证件', 'no document')))}</span>
                <span>{String(row.fields.phone ?? '')}</span>
                <Typography.Text type="secondary">{areas.get(row.area)?.name}</Typography.Text>
                <Tag>{def.states[row.state] ? t(def.states[row.state] ?? w('', '')) : row.state}</Tag>
              </Flex>
            </List.Item>
          )}
        />
      )}
      <Drawer open={open !== undefined} onClose={() => setOpen(undefined)} size={680} title={t(def.label)} destroyOnHidden>
        {open && <RecordPanel def={def} id={open} />}
      </Drawer>
    </Flex>
  )
}
