import { type BulkAction, type Preset, RecordList, usePlace, useSpeech, w } from '@guatu/client'
import { addDays } from '@guatu/kernel'
import { Flex, Segmented, Typography } from 'antd'
import { useMemo, useState } from 'react'

/** Who comes and who leaves: what is to be confirmed first. */
export default function Arrivals() {
  const { t } = useSpeech()
  const { registry, today } = usePlace()
  const [which, setWhich] = useState<'arrival' | 'departure'>('arrival')
  const def = registry.records.get(which)
  const arriving = useMemo<readonly Preset[]>(
    () => [
      { key: 'confirm', label: w('待核实', 'To confirm'), filters: { state: 'declared' } },
      { key: 'today', label: w('今日到达', 'Arrived today'), filters: { 'arrivedOn.from': today, state: 'declared,confirmed' } },
      { key: 'listed', label: w('疫情较重地区', 'From listed places'), filters: { listed: 'true', state: 'declared,confirmed' } },
      { key: 'late', label: w('迟报', 'Declared late'), filters: { late: 'true', state: 'declared,confirmed' } },
      { key: 'self', label: w('本人申报', 'By themselves'), filters: { channel: 'self' } },
      { key: 'all', label: w('全部', 'All'), filters: {} },
    ],
    [today],
  )
  const leaving = useMemo<readonly Preset[]>(
    () => [
      { key: 'leaving', label: w('待离开', 'To leave'), filters: { state: 'declared', sort: 'leavesOn' } },
      { key: 'week', label: w('近7天离开', 'Left within 7 days'), filters: { state: 'left', 'leavesOn.from': addDays(today, -6) } },
      { key: 'all', label: w('全部', 'All'), filters: {} },
    ],
    [today],
  )
  const bulk = useMemo<readonly BulkAction[]>(() => (def ? [{ def, action: 'confirm' }] : []), [def])
  if (!def) return null
  return (
    <Flex vertical gap={8}>
      <Flex gap={16} align="center" wrap>
        <Typography.Title level={3} style={{ margin: 0 }}>
          {t(w('返巴离巴', 'Arrivals and departures'))}
        </Typography.Title>
        <Segmented
          aria-label={t(w('方向', 'Direction'))}
          value={which}
          onChange={setWhich}
          options={[
            { value: 'arrival', label: t(w('返巴', 'Arrivals')) },
            { value: 'departure', label: t(w('离巴', 'Departures')) },
          ]}
        />
      </Flex>
      <RecordList key={which} def={def} presets={which === 'arrival' ? arriving : leaving} bulk={bulk} />
    </Flex>
  )
}
