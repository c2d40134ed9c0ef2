import { type BulkAction, type Preset, RecordList, usePlace, useSpeech, w } from '@guatu/client'
import { addDays } from '@guatu/kernel'
import { Flex, Segmented, Typography } from 'antd'
import { useMemo, useState } from 'react'

type Which = 'transfer' | 'need' | 'visit' | 'listCheck'

/** What is done on many rows at once. */
const BULK: Readonly<Partial<Record<Which, string>>> = { need: 'assign', visit: 'assign', listCheck: 'answer' }

/** Transfers to the fever clinic, needs of daily life, visits and people of pushed lists to be looked for: what is overdue first. */
export default function Care() {
  const { t } = useSpeech()
  const { registry, today } = usePlace()
  const [which, setWhich] = useState<Which>('transfer')
  const def = registry.records.get(which)
  const presets = useMemo<Readonly<Record<Which, readonly Preset[]>>>(() => {
    const late = { 'dueOn.to': addDays(today, -1) }
    const open = 'open,taken'
    return {
      transfer: [
        { key: 'open', label: w('待转运', 'To be sent'), filters: { state: 'open,sent', sort: 'openedOn' } },
        { key: 'clinic', label: w('已接诊', 'At the clinic'), filters: { state: 'admitted,suspected' } },
        { key: 'all', label: w('全部', 'All'), filters: {} },
      ],
      need: [
        { key: 'find', label: w('立即查找', 'Find at once'), filters: { state: open, kind: 'find' } },
        { key: 'late', label: w('逾期', 'Overdue'), filters: { state: open, ...late } },
        { key: 'open', label: w('待办', 'Open'), filters: { state: open } },
        { key: 'all', label: w('全部', 'All'), filters: { sort: '-dueOn' } },
      ],
      visit: [
        { key: 'due', label: w('待走访', 'Due'), filters: { state: 'due' } },
        { key: 'late', label: w('逾期', 'Overdue'), filters: { state: 'due', ...late } },
        { key: 'done', label: w('已走访', 'Visited'), filters: { state: 'done', sort: '-doneOn' } },
      ],
      listCheck: [
        { key: 'open', label: w('待核查', 'To be looked for'), filters: { state: 'open' } },
        { key: 'late', label: w('逾期', 'Overdue'), filters: { state: 'open', ...late } },
        { key: 'here', label: w('查到在本地', 'Found to live here'), filters: { finding: 'here', sort: '-settledOn' } },
        { key: 'all', label: w('全部', 'All'), filters: { sort: '-settledOn' } },
      ],
    }
  }, [today])
  const bulk = useMemo<readonly BulkAction[]>(() => (def && BULK[which] ? [{ def, action: BULK[which] }] : []), [def, which])
  if (!def) return null
  return (
    <Flex vertical gap={8}>
      <Flex gap={16} align="center" wrap>
        <Typography.Title level={3} style={{ margin: 0 }}>
          {t(w('转诊和需求', 'Transfers and needs'))}
        </Typography.Title>
        <Segmented<Which>
          aria-label={t(w('类别', 'Kind'))}
          value={which}
          onChange={setWhich}
          options={[
            { value: 'transfer', label: t(w('转诊', 'Transfers')) },
            { value: 'need', label: t(w('生活需求', 'Needs')) },
            { value: 'visit', label: t(w('走访', 'Visits')) },
            { value: 'listCheck', label: t(w('名单核查', 'List checks')) },
          ]}
        />
      </Flex>
      <RecordList key={which} def={def} presets={presets[which]} bulk={bulk} />
    </Flex>
  )
}
