import { RecordLink, type Row, useSpeech, w } from '@guatu/client'
import type { Label } from '@guatu/kernel'
import { Alert, Flex } from 'antd'

/** What the rule says of a declaration comes before its facts: the measure, and why. */
export default function ArrivalPanel({ row }: { readonly row: Row }) {
  const { t } = useSpeech()
  const reason = row.fields.reason as Label | undefined
  if (!reason) return null
  const none = row.fields.measure === 'none'
  return (
    <Alert
      type={none ? 'success' : row.fields.class === 'other' ? 'info' : 'warning'}
      showIcon
      title={t(reason)}
      description={
        <Flex gap={12} wrap>
          {row.fields.late === true && <span>{t(w('▲ 超过申报时限', '▲ Declared after the time allowed'))}</span>}
          {typeof row.fields.watch === 'string' && (
            <span>
              {t(w('观察记录：', 'Observation: '))}
              <RecordLink of="watch" id={row.fields.watch} />
            </span>
          )}
        </Flex>
      }
    />
  )
}
