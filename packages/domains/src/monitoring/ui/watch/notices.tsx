import { asProblem, download, type Row, SheetOut, useSpeech, w } from '@guatu/client'
import type { Label, Problem } from '@guatu/kernel'
import { Alert, Button, Flex, Form, Input, Modal } from 'antd'
import { useState } from 'react'

type Paper = 'notice' | 'release'
const TITLES: Readonly<Record<Paper, Label>> = {
  notice: w('打印告知书', 'Print the notice'),
  release: w('打印解除通知书', 'Print the release notice'),
}

interface Asked {
  readonly purpose: string
  readonly cadre?: string
  readonly gridWorker?: string
  readonly doctor?: string
}

/** The two papers of an observation. They name the person, so printing states a purpose and is logged. */
export function Notices({ row }: { readonly row: Row }) {
  const { t } = useSpeech()
  const [paper, setPaper] = useState<Paper>()
  return (
    <Flex gap={8} wrap>
      <Button onClick={() => setPaper('notice')}>{t(TITLES.notice)}</Button>
      <Button onClick={() => setPaper('release')}>{t(TITLES.release)}</Button>
      <SheetOut label={w('逐日监测记录', 'Daily log')} address={`/api/watch/${row.id}/log.xlsx`} of="person" />
      {paper && <PrintDialogue paper={paper} row={row} onClose={() => setPaper(undefined)} />}
    </Flex>
  )
}

function PrintDialogue({ paper, row, onClose }: { readonly paper: Paper; readonly row: Row; onClose(): void }) {
  const { t, lang } = useSpeech()
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)
  const print = async (asked: Asked) => {
    setBusy(true)
    setProblem(undefined)
    try {
      // Names go in the body, never in an address.
      await download(`/api/watch/${row.id}/${paper}.docx?lang=${lang}`, { name: `${t(TITLES[paper])}.docx`, body: asked })
      onClose()
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  const named = (name: 'cadre' | 'gridWorker' | 'doctor', label: Label) => (
    <Form.Item name={name} label={t(label)}>
      <Input
        maxLength={60}
        placeholder={t(
          w(
            '姓名和电话；不填则取包保分工，分工无电话的留空手填',
            'Name and telephone; from the assignments when empty, with a line to write on where they have no number',
          ),
        )}
      />
    </Form.Item>
  )
  return (
    <Modal open title={t(TITLES[paper])} footer={null} onCancel={onClose}>
      {problem && <Alert type="error" showIcon role="alert" title={t(problem.message)} style={{ marginBottom: 12 }} />}
      <Form<Asked>
        layout="vertical"
        onFinish={(asked) => void print(asked)}
        initialValues={{ purpose: t(w('送达本人', 'Handing over to the person')) }}
      >
        <Form.Item
          name="purpose"
          label={t(w('查看目的', 'Purpose'))}
          rules={[{ required: true, min: 2 }]}
          extra={t(w('将记入审计。', 'This is logged.'))}
        >
          <Input maxLength={200} />
        </Form.Item>
        {named('cadre', w('包保干部', 'Cadre in charge'))}
        {named('gridWorker', w('网格员', 'Grid worker'))}
        {named('doctor', w('责任医生', 'Doctor'))}
        <Button type="primary" htmlType="submit" loading={busy}>
          {t(w('下载 .docx', 'Download .docx'))}
        </Button>
      </Form>
    </Modal>
  )
}
