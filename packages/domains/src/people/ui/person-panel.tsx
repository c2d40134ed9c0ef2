import { OtherEntries, RecordLink, type Row, useRecords, useSpeech, w } from '@guatu/client'
import { fullDayWords } from '@guatu/kernel'
import { Alert, Flex, Typography } from 'antd'
import { KnownOf } from './known.tsx'
import { SelfLinks } from './self-link.tsx'

/** What stands behind an entry: the one that it was merged into, those that were merged into it, what is to be decided, and what others know. */
export default function PersonPanel({ row }: { readonly row: Row }) {
  const { t } = useSpeech()
  const merged = useRecords('person', { mergedInto: row.id, state: 'merged' })
  const rows = merged.data?.pages.flatMap((page) => page.rows) ?? []
  const { mergedInto, erasureProposedOn } = row.fields
  return (
    <Flex vertical gap={8}>
      <OtherEntries of="person" id={row.id} area={row.area} />
      {typeof mergedInto === 'string' && (
        <Alert
          type="info"
          showIcon
          title={
            <>
              {t(w('此条已并入：', 'Merged into: '))}
              <RecordLink of="person" id={mergedInto} />
            </>
          }
        />
      )}
      {row.state === 'erased' && (
        <Alert type="warning" showIcon title={t(w('个人信息已删除，统计保留。', 'Identity has been erased; the statistics stay.'))} />
      )}
      {typeof erasureProposedOn === 'string' && (
        <Alert
          type="warning"
          showIcon
          title={t(
            w(
              `保存期已满（${fullDayWords(erasureProposedOn).zh}），请删除或说明继续保留的理由。`,
              `Retention ended (${fullDayWords(erasureProposedOn).en}): erase, or say why it is still needed.`,
            ),
          )}
        />
      )}
      {rows.length > 0 && (
        <div>
          <Typography.Text type="secondary">{t(w('并入此条的登记：', 'Entries merged into this one:'))}</Typography.Text>
          <Flex gap={8} wrap>
            {rows.map((one) => (
              <RecordLink key={one.id} of="person" id={one.id} />
            ))}
          </Flex>
        </div>
      )}
      <SelfLinks record="person" row={row} />
      {row.state !== 'erased' && <KnownOf row={row} />}
    </Flex>
  )
}
