import { asProblem, newId, useAct, usePlace, useSpeech, w } from '@guatu/client'
import { addDays } from '@guatu/kernel'
import { useNavigate } from '@tanstack/react-router'
import { Alert, Button, DatePicker, Flex, Modal } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'

/** Days that a bulletin looks back unless another period is chosen. */
const PERIOD_DAYS = 14

/** One button: of a period that is chosen the system counts the figures, freezes them, and puts them into words. */
export function DraftBulletin() {
  const { t } = useSpeech()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t(w('起草通报', 'Draft a bulletin'))}
      </Button>
      {open && <Drafting onClose={() => setOpen(false)} />}
    </>
  )
}

function Drafting({ onClose }: { onClose(): void }) {
  const { t, lang } = useSpeech()
  const { today, home } = usePlace()
  const navigate = useNavigate()
  const act = useAct()
  const [problem, setProblem] = useState<string>()
  const [ids] = useState(() => ({ record: newId(), event: newId() }))
  const [[from, to], setRange] = useState<readonly [string, string]>([addDays(today, 1 - PERIOD_DAYS), today])
  const draft = async () => {
    setProblem(undefined)
    try {
      await act.mutateAsync({
        record: 'bulletin',
        id: ids.record,
        action: 'write',
        event: ids.event,
        ...(home ? { area: home.id } : {}),
        input: { from, to },
      })
      await navigate({ to: `/bulletins/${ids.record}` })
    } catch (refused) {
      setProblem(t(asProblem(refused).message))
    }
  }
  return (
    <Modal
      open
      title={t(w('起草通报', 'Draft a bulletin'))}
      onCancel={onClose}
      onOk={() => void draft()}
      okText={t(w('起草', 'Draft'))}
      confirmLoading={act.isPending}
    >
      <Flex vertical gap={12}>
        <span>
          {t(w('统计这段时间交办的任务，数据在起草时冻结：', 'Tasks issued in this period; the figures are frozen when it is drafted:'))}
        </span>
        <DatePicker.RangePicker
          allowClear={false}
          value={[dayjs(from), dayjs(to)]}
          maxDate={dayjs(today)}
          onChange={(range) => range?.[0] && range[1] && setRange([range[0].format('YYYY-MM-DD'), range[1].format('YYYY-MM-DD')])}
        />
        {problem !== undefined && <Alert type="error" showIcon role="alert" title={problem} />}
        {lang === 'en' && <span>The bulletin itself is written in Chinese.</span>}
      </Flex>
    </Modal>
  )
}
