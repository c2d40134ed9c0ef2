import { FileExcelOutlined } from '@ant-design/icons'
import type { Label, Problem } from '@guatu/kernel'
import { Alert, Button, Form, Modal, Radio, Typography } from 'antd'
import { useState } from 'react'
import { asProblem } from '../api/client.ts'
import { download } from '../api/download.ts'
import { useSpeech, w } from '../shell/language.tsx'
import { usePlace } from '../shell/place.tsx'
import { AreaSelect } from './area-choice.tsx'
import { PurposeInput } from './reveal.tsx'

export interface SheetOutProps {
  readonly label: Label
  /** Address of the sheet without what is asked here. */
  readonly address: string
  /** Filters that go with it. */
  readonly query?: Readonly<Record<string, string>>
  /** It is of a list, and may be of one area of it. */
  readonly ofArea?: true
  /** Whose identity stands in it; who may see that in clear is offered to. */
  readonly of: string
}

/** A derived table as a sheet: masked at once, in clear for who may see that and says what for. */
export function SheetOut(props: SheetOutProps) {
  const { t } = useSpeech()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button icon={<FileExcelOutlined />} onClick={() => setOpen(true)}>
        {t(props.label)}
      </Button>
      {open && <SheetDialogue {...props} onClose={() => setOpen(false)} />}
    </>
  )
}

interface Asked {
  readonly area?: string
  readonly clear: boolean
  readonly purpose?: string
}

function SheetDialogue({ label, address, query, ofArea, of, onClose }: SheetOutProps & { onClose(): void }) {
  const { t, lang } = useSpeech()
  const { me, registry, areas } = usePlace()
  const [form] = Form.useForm<Asked>()
  const clear = Form.useWatch('clear', form) ?? false
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)
  const may = me.grants.some((grant) => registry.records.get(of)?.reveal?.[grant.role])
  const take = async (asked: Asked) => {
    setBusy(true)
    setProblem(undefined)
    const area = asked.area === undefined ? {} : { area: asked.area }
    const reveal = asked.clear ? { reveal: '1', purpose: asked.purpose ?? '' } : {}
    try {
      await download(`${address}?${new URLSearchParams({ ...query, ...area, lang, ...reveal })}`)
      onClose()
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal open title={t(label)} footer={null} onCancel={onClose} destroyOnHidden>
      <Form<Asked> form={form} layout="vertical" onFinish={(asked) => void take(asked)} initialValues={{ clear: false }}>
        {problem && <Alert type="error" showIcon role="alert" title={t(problem.message)} style={{ marginBottom: 16 }} />}
        {ofArea && (
          <Form.Item name="area" label={t(w('区划', 'Area'))} extra={t(w('不选则为可见的全部。', 'All that is visible when left empty.'))}>
            <AreaSelect places={[...areas.values()].filter((one) => one.level !== 'unit')} />
          </Form.Item>
        )}
        <Form.Item name="clear" label={t(w('个人信息', 'Personal data'))}>
          <Radio.Group
            options={[
              { value: false, label: t(w('打码', 'Masked')) },
              { value: true, label: t(w('完整', 'In clear')), disabled: !may },
            ]}
          />
        </Form.Item>
        {clear && (
          <Form.Item
            name="purpose"
            label={t(w('查看目的', 'Purpose'))}
            rules={[{ required: true, min: 2, message: t(w('请写明目的', 'Say what it is for')) }]}
            extra={t(w('不写姓名和号码。', 'Without names or numbers.'))}
          >
            <PurposeInput />
          </Form.Item>
        )}
        <Typography.Paragraph type="secondary">
          {t(
            w(
              '由各项登记自动汇成，不需填写。谁在何时导出了多少行，会被记录，供审计查看。',
              'Put together from what was entered elsewhere; nothing to fill in. Who took how many rows when is recorded for the auditor.',
            ),
          )}
        </Typography.Paragraph>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t(w('下载 .xlsx', 'Download .xlsx'))}
        </Button>
      </Form>
    </Modal>
  )
}
