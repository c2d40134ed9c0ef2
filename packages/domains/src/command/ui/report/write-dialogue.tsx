import { asProblem, newId, type Row, useAct, usePlace, useRecords, useSpeech, w } from '@guatu/client'
import { fullDayWords } from '@guatu/kernel'
import { useNavigate } from '@tanstack/react-router'
import { Alert, DatePicker, Form, Modal, Select } from 'antd'
import type { Dayjs } from 'dayjs'
import { useState } from 'react'

/** Which meetings, up to when: everything else of the report follows from the log. */
export function WriteDialogue({ onClose }: { onClose(): void }) {
  const { t } = useSpeech()
  const { me } = usePlace()
  const navigate = useNavigate()
  const act = useAct()
  const query = useRecords('meeting', { state: 'approved', limit: '50' })
  const meetings = query.data?.pages.flatMap((page) => page.rows) ?? []
  const called = ({ fields: { title, heldOn } }: Row) => {
    const held = fullDayWords(String(heldOn))
    return t(w(`${title}（${held.zh}）`, `${title} (${held.en})`))
  }
  const [chosen, setChosen] = useState<readonly string[]>()
  const [cutOff, setCutOff] = useState<Dayjs | null>(null)
  const [working, setWorking] = useState(false)
  const [refused, setRefused] = useState<string>()
  // The latest meeting is what the next one will ask about.
  const latest = meetings[0]?.id
  const wanted = chosen ?? (latest === undefined ? [] : [latest])

  const write = async () => {
    setWorking(true)
    setRefused(undefined)
    try {
      const moment =
        cutOff === null
          ? undefined
          : Temporal.PlainDateTime.from(cutOff.format('YYYY-MM-DDTHH:mm:00')).toZonedDateTime(me.zone).toInstant().toString()
      const id = newId()
      await act.mutateAsync({
        record: 'report',
        id,
        action: 'write',
        ...(me.grants[0] ? { area: me.grants[0].area } : {}),
        input: { meetings: wanted, ...(moment === undefined ? {} : { cutOff: moment }) },
      })
      onClose()
      await navigate({ to: '/reports/$id', params: { id } as never })
    } catch (error) {
      setRefused(t(asProblem(error).message))
    } finally {
      setWorking(false)
    }
  }

  return (
    <Modal
      open
      title={t(w('生成进展报告', 'Write the progress report'))}
      okText={t(w('生成', 'Write'))}
      okButtonProps={{ disabled: wanted.length === 0 }}
      confirmLoading={working}
      onOk={() => void write()}
      onCancel={onClose}
    >
      <Form layout="vertical">
        <Form.Item label={t(w('会议', 'Meetings'))} required>
          <Select
            mode="multiple"
            autoFocus
            aria-label={t(w('会议', 'Meetings'))}
            loading={query.isPending}
            value={[...wanted]}
            onChange={(next: string[]) => setChosen(next)}
            options={meetings.map((row) => ({ value: row.id, label: called(row) }))}
            showSearch={{ optionFilterProp: 'label' }}
            notFoundContent={t(w('没有已批准的会议', 'No meeting is approved yet'))}
          />
        </Form.Item>
        <Form.Item
          label={t(w('数据截止', 'Figures as of'))}
          extra={t(
            w(
              '留空即截至此刻。截止之后录入的办理情况和数字不写入报告。',
              'Empty means now. What was recorded after the cut-off is not in the report.',
            ),
          )}
        >
          <DatePicker
            showTime={{ format: 'HH:mm' }}
            format="YYYY-MM-DD HH:mm"
            style={{ width: '100%' }}
            aria-label={t(w('数据截止', 'Figures as of'))}
            placeholder={t(w('此刻', 'Now'))}
            value={cutOff}
            onChange={setCutOff}
          />
        </Form.Item>
      </Form>
      {refused !== undefined && <Alert type="error" showIcon title={refused} />}
    </Modal>
  )
}
