import { RecordList, usePlace, useSpeech, w } from '@guatu/client'
import { Flex, Typography } from 'antd'
import { Entered } from './entered.tsx'

/** The list of the persons that this person may see. */
export default function People() {
  const { t } = useSpeech()
  const { registry } = usePlace()
  const def = registry.records.get('person')
  if (!def) return null
  return (
    <Flex vertical gap={12}>
      <Typography.Title level={3}>{t(w('人员', 'People'))}</Typography.Title>
      <RecordList def={def} cells={{ name: (row) => <Entered def={def} row={row} /> }} />
    </Flex>
  )
}
