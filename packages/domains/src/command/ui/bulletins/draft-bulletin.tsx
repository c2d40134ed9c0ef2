import { asProblem, newId, useAct, usePlace, useSpeech, w } from '@guatu/client'
import { addDays } from '@guatu/kernel'
import { useNavigate } from '@tanstack/react-router'
import { Alert, Button, DatePicker, Flex, Modal } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { byUnit } from '../scoreboard/scores.ts'
import { useScores } from '../scoreboard/use-scores.ts'
import { freeze, titleOf, wordsOf } from './draft.ts'

/** Days that a bulletin looks back unless another period is chosen. */
const PERIOD_DAYS = 14

/** One button: the figures of a period are read, frozen, and put into words. */
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
  const { today, home, areas, me } = usePlace()
  const navigate = useNavigate()
  const act = useAct()
  const [problem, setProblem] = useState<string>()
  const [ids] = useState(() => ({ record: newId(), event: newId() }))
  const [[from, to], setRange] = useState<readonly [string, string]>([addDays(today, 1 - PERIOD_DAYS), today])
  const { scores, error } = useScores(from, to)
  const draft = async () => {
    if (!scores || !home) return
    const figures = freeze(byUnit(scores), { from, to }, me.now, (unit) => areas.get(unit)?.name ?? unit)
    try {
      await act.mutateAsync({
        record: 'bulletin',
        id: ids.record,
        action: 'write',
        event: ids.event,
        area: home.id,
        input: { title: titleOf(figures).zh, from, to, text: wordsOf(figures), figures: JSON.stringify(figures) },
      })
      await navigate({ to: `/bulletins/${ids.record}` })
    } catch (refused) {
      setProblem(t(asProblem(refused).message))
    }
  }
  const nothing = scores?.length === 0
  return (
    <Modal
      open
      title={t(w('起草通报', 'Draft a bulletin'))}
      onCancel={onClose}
      onOk={() => void draft()}
      okText={t(w('起草', 'Draft'))}
      okButtonProps={{ disabled: !scores || nothing, loading: act.isPending || (!scores && !error) }}
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
        {nothing && (
          <Alert
            type="info"
            showIcon
            title={t(w('这段时间没有交办任务，请另选。', 'No tasks were issued in this time; choose another.'))}
          />
        )}
        {(problem ?? (error ? t(asProblem(error).message) : undefined)) && (
          <Alert type="error" showIcon role="alert" title={problem ?? t(asProblem(error).message)} />
        )}
        {lang === 'en' && <span>The bulletin itself is written in Chinese.</span>}
      </Flex>
    </Modal>
  )
}
