import { RecordList, usePlace, useSpeech, w } from '@guatu/client'
import { Flex, Typography } from 'antd'

/** The list of the assignments that this person may see. */
export default function Assignments() {
  const { t } = useSpeech()
  const { registry } = usePlace()
  const def = registry.records.get('assignment')
  if (!def) return null
  return (
    <Flex vertical gap={12}>
      <Typography.Title level={3}>{t(w('包保分工', 'Assignments'))}</Typography.Title>
      <RecordList def={def} />
    </Flex>
  )
}
