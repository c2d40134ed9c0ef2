import { RecordList, usePlace, useSpeech, w } from '@guatu/client'
import { Flex, Typography } from 'antd'

/** The gate log, and who is on the way to a destination that has not confirmed yet. */
export default function GateLog() {
  const { t } = useSpeech()
  const { registry, reads } = usePlace()
  const crossing = registry.records.get('crossing')
  const transit = registry.records.get('transit')
  if (!crossing || !transit) return null
  // Whoever stands at a gate sends people on; who has arrived is the business of the destination.
  const awaited = reads('transit')
  return (
    <Flex vertical gap={16}>
      {awaited && (
        <>
          <Typography.Title level={3}>{t(w('在途人员', 'On the way'))}</Typography.Title>
          <RecordList
            def={transit}
            presets={[
              { key: 'late', label: w('逾期未到', 'Overdue'), filters: { overdue: 'true' } },
              { key: 'county', label: w('已转区县催办', 'Asked of the county'), filters: { asked: 'county' } },
              { key: 'unplaced', label: w('待指定村（社区）', 'Village to be said'), filters: { unplaced: 'true' } },
              { key: 'way', label: w('在途', 'On the way'), filters: { state: 'expected' } },
              { key: 'all', label: w('全部', 'All'), filters: {} },
            ]}
          />
        </>
      )}
      <Typography.Title level={3}>{t(w('卡口登记', 'Gate log'))}</Typography.Title>
      <RecordList
        def={crossing}
        lookOnly
        presets={[
          { key: 'all', label: w('全部', 'All'), filters: {} },
          { key: 'fever', label: w('发热转诊', 'Fevers'), filters: { decision: 'clinic,holding' } },
          { key: 'back', label: w('劝返', 'Turned back'), filters: { decision: 'turnBack' } },
          { key: 'two', label: w('一证两卡', 'Pass at two gates'), filters: { twoGates: 'true' } },
          { key: 'differs', label: w('与规则不同', 'Other than the rule'), filters: { differs: 'true' } },
        ]}
      />
    </Flex>
  )
}
