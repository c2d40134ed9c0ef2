import { InboxOutlined } from '@ant-design/icons'
import { asProblem, call, useActs, usePlace, useRemembered, useSpeech, w } from '@guatu/client'
import { counted } from '@guatu/kernel'
import { useNavigate } from '@tanstack/react-router'
import { Alert, Button, DatePicker, Flex, Form, Input, Typography, Upload } from 'antd'
import dayjs from 'dayjs'
import { useMemo, useState } from 'react'
import { readCommunique } from '../../communique/index.ts'
import { cleanText, draftActs, unitNames } from './drafts.ts'

const isText = (value: unknown): value is string => typeof value === 'string'

/** Paste or upload a communiqué; it is read at once and kept as a draft. */
export default function NewMeeting() {
  const { t } = useSpeech()
  const { units, home, today, registry } = usePlace()
  const navigate = useNavigate()
  const acts = useActs()
  // Kept while it is worked on: a closed page loses nothing.
  const [raw, setRaw] = useRemembered('draft.communique', '', isText)
  const [source, setSource] = useState<unknown>()
  const [problem, setProblem] = useState<string>()
  const [title, setTitle] = useState<string>()
  const [heldOn, setHeldOn] = useState<string>()
  const names = useMemo(() => unitNames(units), [units])
  const text = useMemo(() => cleanText(raw), [raw])
  // A day that the clerk sets is the day from which the deadlines count.
  const read = useMemo(
    () => (text === '' ? undefined : readCommunique(text, { units: names, today, ...(heldOn === undefined ? {} : { heldOn }) })),
    [text, names, today, heldOn],
  )
  const meetingDay = heldOn ?? read?.meetingDate ?? read?.date ?? today
  const meetingTitle = title ?? read?.title ?? ''

  const save = async () => {
    if (!read || !home) return
    setProblem(undefined)
    try {
      const { meeting, acts: all } = draftActs(text, read, {
        title: meetingTitle,
        heldOn: meetingDay,
        area: home.id,
        known: { units: names, indicators: registry.indicators },
        source,
      })
      await acts.mutateAsync(all)
      setRaw('')
      await navigate({ to: `/meetings/${meeting}` })
    } catch (error) {
      setProblem(t(asProblem(error).message))
    }
  }

  const upload = async (file: Blob) => {
    setProblem(undefined)
    const form = new FormData()
    form.append('file', file)
    try {
      const found = await call<{ text: string; file: unknown }>('/api/communique/text', { form })
      setRaw(found.text)
      setSource(found.file)
    } catch (error) {
      setProblem(t(asProblem(error).message))
    }
  }

  return (
    <Flex vertical gap={16} style={{ maxWidth: 960 }}>
      <Typography.Title level={3}>{t(w('新会议', 'New meeting'))}</Typography.Title>
      <Upload.Dragger
        accept=".txt,.docx,.pdf"
        maxCount={1}
        showUploadList={false}
        customRequest={({ file, onSuccess }) => void upload(file as Blob).then(() => onSuccess?.(undefined))}
      >
        <p>
          <InboxOutlined style={{ fontSize: 28 }} />
        </p>
        <p>
          {t(
            w(
              '把会议通稿拖到这里，或点击选择（.txt、.docx、带文字的.pdf）',
              'Drop the communiqué here, or click to choose (.txt, .docx, .pdf with text)',
            ),
          )}
        </p>
      </Upload.Dragger>
      <Form layout="vertical">
        <Form.Item label={t(w('或直接粘贴全文', 'Or paste the whole text'))} htmlFor="communique-text">
          <Input.TextArea
            id="communique-text"
            value={raw}
            onChange={(e) => setRaw(e.target.value)}
            autoSize={{ minRows: 10, maxRows: 24 }}
            autoFocus
          />
        </Form.Item>
        {read && !read.refusal && (
          <>
            <Form.Item label={t(w('标题', 'Title'))} htmlFor="communique-title" required>
              <Input id="communique-title" value={meetingTitle} maxLength={200} onChange={(e) => setTitle(e.target.value)} />
            </Form.Item>
            <Form.Item label={t(w('召开日期', 'Held on'))} htmlFor="communique-day" required>
              <DatePicker
                id="communique-day"
                value={dayjs(meetingDay)}
                allowClear={false}
                onChange={(next) => setHeldOn(next?.format('YYYY-MM-DD'))}
              />
            </Form.Item>
          </>
        )}
      </Form>
      {units.length === 0 && (
        <Alert
          type="warning"
          showIcon
          title={t(
            w(
              '本市还没有登记单位，读出的部署没有可选的牵头单位：请系统管理员先在“区划 → 单位和网格”登记或导入。',
              'The city has no units yet, so no directive can have a lead: ask the system administrator to record or import them under Areas → Units and grids.',
            ),
          )}
        />
      )}
      {read?.refusal && <Alert type="warning" showIcon title={t(read.refusal)} />}
      {problem && <Alert type="error" showIcon role="alert" title={problem} />}
      {read && !read.refusal && (
        <Alert
          type={read.directives.length > 0 ? 'info' : 'warning'}
          showIcon
          title={t(
            read.directives.length > 0
              ? {
                  zh: `读出${read.directives.length}条部署，其中原则性要求${read.directives.filter((d) => d.soft).length}条，待核${read.directives.filter((d) => d.unsure).length}条。`,
                  en: `${counted(read.directives.length, 'directive')} found: ${read.directives.filter((d) => d.soft).length} soft, ${read.directives.filter((d) => d.unsure).length} unsure.`,
                }
              : w(
                  '没有读出部署：文中没有要求任何单位做什么。请核对是否为会议通稿全文。',
                  'No directive was found: the text tells nobody to do anything. Check that it is the full communiqué.',
                ),
          )}
        />
      )}
      <div>
        <Button
          type="primary"
          size="large"
          loading={acts.isPending}
          disabled={!read || read.refusal !== null || meetingTitle.trim() === ''}
          onClick={() => void save()}
        >
          {t(w('保存草稿并核对', 'Save the draft and check it'))}
        </Button>
      </div>
    </Flex>
  )
}
