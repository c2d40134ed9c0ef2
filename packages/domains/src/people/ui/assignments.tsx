import { type BulkAction, type Preset, RecordList, usePlace, useSpeech, w } from '@guatu/client'
import { Flex, Typography } from 'antd'
import { useMemo } from 'react'

const PRESETS: readonly Preset[] = [
  { key: 'active', label: w('在岗', 'Active'), filters: { state: 'active' } },
  { key: 'grid', label: w('网格员', 'Grid workers'), filters: { state: 'active', part: 'grid' } },
  { key: 'cadre', label: w('干部', 'Cadres'), filters: { state: 'active', part: 'cadre,village' } },
  { key: 'all', label: w('全部', 'All'), filters: {} },
]

/** Who looks after whom: filtered by account and area, what somebody leaves is handed over in one go. */
export default function Assignments() {
  const { t } = useSpeech()
  const { registry } = usePlace()
  const def = registry.records.get('assignment')
  const bulk = useMemo<readonly BulkAction[]>(
    () =>
      def
        ? [
            { def, action: 'handOver' },
            { def, action: 'end' },
          ]
        : [],
    [def],
  )
  if (!def) return null
  return (
    <Flex vertical gap={12}>
      <Typography.Title level={3}>{t(w('包保分工', 'Assignments'))}</Typography.Title>
      <RecordList def={def} presets={PRESETS} bulk={bulk} />
    </Flex>
  )
}
