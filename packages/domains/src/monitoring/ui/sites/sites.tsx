import { RecordList, usePlace, useSpeech, w } from '@guatu/client'
import { Flex, Typography } from 'antd'

const PRESETS = [
  { key: 'open', label: w('启用', 'Open'), filters: { state: 'open' } },
  { key: 'planned', label: w('备用', 'Stand-by'), filters: { state: 'planned' } },
  { key: 'all', label: w('全部', 'All'), filters: {} },
] as const

/** The central observation sites; each opens with its rooms. */
export default function Sites() {
  const { t } = useSpeech()
  const { registry } = usePlace()
  const def = registry.records.get('site')
  if (!def) return null
  return (
    <Flex vertical gap={8}>
      <Typography.Title level={3}>{t(w('集中隔离点', 'Sites'))}</Typography.Title>
      <RecordList def={def} presets={PRESETS} />
    </Flex>
  )
}
