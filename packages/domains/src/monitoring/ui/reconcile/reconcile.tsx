import { InboxOutlined } from '@ant-design/icons'
import { asProblem, call, useSpeech, w } from '@guatu/client'
import type { Problem } from '@guatu/kernel'
import { Alert, Button, Flex, Input, Typography, Upload } from 'antd'
import { useState } from 'react'
import { Answers } from './answers.tsx'
import { ColumnMeanings } from './column-meanings.tsx'
import { SheetsLeft } from './sheets-left.tsx'
import { formOf, type Meaning, type Reconciled } from './types.ts'

/** A list pushed from above against the register: columns are named once for a sender, each row gets its answer and is decided on. */
export default function Reconcile() {
  const { t } = useSpeech()
  const [purpose, setPurpose] = useState(t(w('上级推送名单比对', 'Comparing a pushed list')))
  const [file, setFile] = useState<File>()
  const [answer, setAnswer] = useState<Reconciled>()
  const [problem, setProblem] = useState<Problem>()
  const [busy, setBusy] = useState(false)
  const [naming, setNaming] = useState(false)
  const [sheet, setSheet] = useState<number>()
  const compare = async (list: File, chosen: number | undefined, meanings?: readonly Meaning[]) => {
    setBusy(true)
    setProblem(undefined)
    try {
      const asked = { purpose, sheet: chosen, ...(meanings ? { meanings } : {}) }
      const got = await call<Reconciled>('/api/reconcile', { form: formOf(list, asked) })
      setFile(list)
      setSheet(chosen)
      setAnswer(got)
      setNaming(got.rows === undefined)
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Flex vertical gap={12}>
      <Typography.Title level={3} style={{ margin: 0 }}>
        {t(w('名单比对', 'Reconciliation of a list'))}
      </Typography.Title>
      <Flex gap={8} align="center" wrap>
        <label htmlFor="reconcile-purpose">{t(w('查看目的', 'Purpose'))}</label>
        <Input
          id="reconcile-purpose"
          value={purpose}
          onChange={(event) => setPurpose(event.target.value)}
          maxLength={200}
          style={{ maxWidth: 360 }}
        />
        <Typography.Text type="secondary">
          {t(w('将记入审计；名单比对后不保存。', 'This is logged; the list is not kept.'))}
        </Typography.Text>
      </Flex>
      <Upload.Dragger
        accept=".csv,.xlsx"
        showUploadList={false}
        disabled={busy}
        beforeUpload={(list) => {
          void compare(list, undefined)
          return false
        }}
      >
        <InboxOutlined style={{ fontSize: 28 }} />{' '}
        {file ? file.name : t(w('把Excel或CSV名单拖到这里，或点击选择', 'Drop an Excel or CSV list here, or press to choose'))}
      </Upload.Dragger>
      {problem && <Alert type="error" showIcon role="alert" title={t(problem.message)} />}
      {answer && file && (
        <>
          <SheetsLeft answer={answer} busy={busy} onChoose={(one) => void compare(file, one)} />
          <Flex gap={8} align="center" wrap>
            <Typography.Text type="secondary">
              {answer.remembered
                ? t(w('列的含义按此发送方上次的设定。', 'Columns as they were named for this sender before.'))
                : t(w('列的含义按表头判断，请核对。', 'Columns by their headings; check them.'))}
            </Typography.Text>
            <Button size="small" aria-expanded={naming} onClick={() => setNaming(!naming)}>
              {t(w('列的含义', 'Columns'))}
            </Button>
          </Flex>
          {naming && (
            <ColumnMeanings
              key={answer.layout.headings.join()}
              headings={answer.layout.headings}
              meanings={answer.meanings}
              doubts={answer.doubts}
              busy={busy}
              onDone={(meanings) => void compare(file, sheet, meanings)}
            />
          )}
          {answer.rows && (
            <Answers
              key={`${file.name}/${sheet ?? ''}`}
              file={file}
              purpose={purpose}
              sheet={sheet}
              counts={answer.counts}
              rows={answer.rows}
              onDecided={() => void compare(file, sheet)}
            />
          )}
        </>
      )}
    </Flex>
  )
}
