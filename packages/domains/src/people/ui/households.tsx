import { RecordList, usePlace, useSpeech, w } from '@guatu/client'
import { Flex, Typography } from 'antd'

/** The list of the households that this person may see. */
export default function Households() {
  const { t } = useSpeech()
  const { registry } = usePlace()
  const def = registry.records.get('household')
  if (!def) return null
  return (
    <Flex vertical gap={12}>
      <Typography.Title level={3}>{t(w('户', 'Households'))}</Typography.Title>
      <RecordList def={def} />
    </Flex>
  )
}
