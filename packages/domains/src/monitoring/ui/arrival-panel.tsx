import { RecordLink, type Row, useSpeech, w } from '@guatu/client'
import type { Label } from '@guatu/kernel'
import { Alert, Flex } from 'antd'

/** What the rule says of a declaration comes before its facts: the measure, and why. */
export default function ArrivalPanel({ row }: { readonly row: Row }) {
  const { t } = useSpeech()
  const reason = row.fields.reason as Label | undefined
  if (!reason) return null
  // What was declared asks for nothing, and an observation that was opened for it may go on all the same.
  const none = row.fields.measure === 'none' && row.fields.watch === undefined
  const heldBack = row.fields.heldBack === true
  return (
    <Alert
      type={heldBack ? 'warning' : none ? 'success' : row.fields.class === 'other' ? 'info' : 'warning'}
      showIcon
      title={t(reason)}
      description={
        <Flex gap={12} wrap>
          {heldBack && (
            <strong>
              {t(
                w(
                  '▲ 本人已更正，待核实：核实前观察照旧，核实后按更正后的内容调整或结束观察。',
                  '▲ Corrected by the person, to be checked: the observation goes on as before, and follows the correction once it is confirmed.',
                ),
              )}
            </strong>
          )}
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
