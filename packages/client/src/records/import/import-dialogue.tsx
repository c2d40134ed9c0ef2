import { InboxOutlined } from '@ant-design/icons'
import { type AnyRecord, broughtBy, inputFields, type Problem } from '@guatu/kernel'
import { Alert, Button, Flex, Input, Modal, Tabs, Typography, Upload } from 'antd'
import { useState } from 'react'
import { asProblem } from '../../api/client.ts'
import { useSpeech, w } from '../../shell/language.tsx'
import { usePlace } from '../../shell/place.tsx'
import { AreaChoice, usePlaces } from '../area-choice.tsx'
import './import.css'
import { JobView } from './job-view.tsx'
import { pastedFile } from './pasted.ts'
import { useJob, useUpload } from './use-jobs.ts'

/** A sheet of records in: a file or cells pasted from a spreadsheet, looked through first, then taken row by row. */
export function ImportDialogue({ def, action, onClose }: { readonly def: AnyRecord; readonly action: string; onClose(): void }) {
  const { t } = useSpeech()
  const { places, usual, choose } = usePlaces(def, action)
  const { registry } = usePlace()
  const [file, setFile] = useState<File>()
  const [pasted, setPasted] = useState('')
  const [area, setArea] = useState(usual)
  const [job, setJob] = useState<{ readonly id: string; readonly dryRun: boolean }>()
  const [problem, setProblem] = useState<Problem>()
  const upload = useUpload()
  const looked = useJob(job?.id)
  const maker = def.actions[action]
  if (!maker) return null
  const source = file ?? (pasted.trim() === '' ? undefined : pastedFile(pasted))
  const brings = broughtBy(def, action, registry.records)
  const register = brings?.def.actions[brings.action]
  // A sheet describes people by the columns of their register; ids are for programs.
  const columns = [
    ...inputFields(def, maker).filter((one) => one.name !== brings?.field),
    ...(brings && register ? inputFields(brings.def, register) : []),
  ]
  const send = (dryRun: boolean) => {
    if (!source) return
    setProblem(undefined)
    upload.mutate(
      { record: def.name, file: source, dryRun, ...(area === undefined ? {} : { area }) },
      { onSuccess: (id) => setJob({ id, dryRun }), onError: (error) => setProblem(asProblem(error)) },
    )
  }
  const headings = (required: boolean) =>
    columns
      .filter((one) => one.required === required)
      .map((one) => t(one.field.label))
      .join(t(w('、', '; ')))
  return (
    <Modal open title={t({ zh: `导入${def.label.zh}`, en: `Import: ${def.label.en}` })} footer={null} onCancel={onClose} width={680}>
      <Flex vertical gap={12}>
        {problem && <Alert type="error" showIcon role="alert" title={t(problem.message)} />}
        {job ? (
          <>
            <JobView key={job.id} id={job.id} />
            <Flex gap={8}>
              {job.dryRun && looked.data?.state === 'done' && looked.data.progress.accepted > 0 && (
                <Button type="primary" loading={upload.isPending} onClick={() => send(false)}>
                  {t(w('正式导入', 'Import now'))}
                </Button>
              )}
              <Button onClick={() => setJob(undefined)}>{t(w('换一份', 'Another sheet'))}</Button>
              <Button onClick={onClose}>{t(w('关闭（可在“导入”页找到）', 'Close (found under “Imports”)'))}</Button>
            </Flex>
          </>
        ) : (
          <>
            <Typography.Text type="secondary">
              {t({
                zh: `第一行写列名。必填：${headings(true)}。选填：${headings(false) || '无'}。`,
                en: `Headings in the first row. Needed: ${headings(true)}. Optional: ${headings(false) || 'none'}.`,
              })}
            </Typography.Text>
            <Tabs
              items={[
                {
                  key: 'file',
                  label: t(w('选择文件', 'A file')),
                  children: (
                    <Upload.Dragger
                      accept=".xlsx,.csv"
                      maxCount={1}
                      fileList={file ? [{ uid: 'file', name: file.name, status: 'done' as const }] : []}
                      beforeUpload={(chosen) => {
                        setFile(chosen)
                        return false
                      }}
                      onRemove={() => setFile(undefined)}
                    >
                      <p>
                        <InboxOutlined style={{ fontSize: 28 }} />
                      </p>
                      <p>{t(w('把表格拖到这里，或点击选择（.xlsx、.csv）', 'Drop the sheet here, or choose it (.xlsx, .csv)'))}</p>
                    </Upload.Dragger>
                  ),
                },
                {
                  key: 'paste',
                  label: t(w('从Excel粘贴', 'Paste from Excel')),
                  children: (
                    <Input.TextArea
                      value={pasted}
                      rows={6}
                      aria-label={t(w('从Excel粘贴', 'Paste from Excel'))}
                      placeholder={t(
                        w(
                          '在Excel中选中含列名的单元格，复制后粘贴到这里',
                          'Copy the cells with their headings in Excel and paste them here',
                        ),
                      )}
                      onChange={(e) => {
                        setFile(undefined)
                        setPasted(e.target.value)
                      }}
                    />
                  ),
                },
              ]}
            />
            {choose && (
              <AreaChoice places={places} value={area} onChange={setArea} label={t(w('未写区划的行归入', 'Area of rows that name none'))} />
            )}
            <Flex gap={8}>
              <Button type="primary" disabled={!source} loading={upload.isPending} onClick={() => send(true)}>
                {t(w('先核对', 'Check first'))}
              </Button>
              <Button disabled={!source} loading={upload.isPending} onClick={() => send(false)}>
                {t(w('直接导入', 'Import at once'))}
              </Button>
            </Flex>
          </>
        )}
      </Flex>
    </Modal>
  )
}
