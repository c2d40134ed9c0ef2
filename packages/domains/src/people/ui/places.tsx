import { RecordList, usePlace, useSpeech, w } from '@guatu/client'
import { Flex, Typography } from 'antd'

/** The list of the places that this person may see. */
export default function Places() {
  const { t } = useSpeech()
  const { registry } = usePlace()
  const def = registry.records.get('place')
  if (!def) return null
  return (
    <Flex vertical gap={12}>
      <Typography.Title level={3}>{t(w('场所', 'Places'))}</Typography.Title>
      <RecordList def={def} />
    </Flex>
  )
}
